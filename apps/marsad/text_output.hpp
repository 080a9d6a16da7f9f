#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace marsad::app {

/// Text to a file, or to standard output for an empty path. Throws RunFailure, with the path and the system's reason,
/// if it can't be written.
class TextOutput {
 public:
  explicit TextOutput(const std::string& path);
  ~TextOutput();
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  /// Hands the text to the system at once; meant for large pieces.
  void write(std::string_view text);

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
};

}  // namespace marsad::app
