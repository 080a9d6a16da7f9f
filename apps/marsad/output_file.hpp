#pragma once

#include <cstddef>
#include <fstream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace marsad::app {

/// A file, or standard output where the path is "-", that is written from beginning to end and then closed; what was in
/// it before is gone. Throws RunFailure, with
/// the path and the system's reason, as soon as something can't be written: a full disk is never silent.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);

  void append(std::string_view text);
  void append(std::span<const std::byte> octets);
  /// After the last `append`: what the system still held back is written.
  void finish();

 private:
  void check() const;

  std::string path_;
  std::ofstream file_;
  std::ostream stream_;  ///< into the file or standard output
};

}  // namespace marsad::app
