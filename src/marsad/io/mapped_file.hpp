#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"

namespace marsad::io {

/// The octets of a whole file for reading. A regular file is mapped, so that its size doesn't count as memory; "-" is
/// standard input, and it and pipes are read to their end.
class MappedFile {
 public:
  /// The error is one sentence with the path and the reason of the operating system.
  static base::Result<MappedFile, std::string> open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  /// Valid as long as the object. A file that another program shortens meanwhile ends the program (SIGBUS): recordings
  /// only grow.
  [[nodiscard]] std::span<const std::byte> content() const noexcept;

 private:
  MappedFile() = default;

  std::vector<std::byte> read_;
  const std::byte* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
};

}  // namespace marsad::io
