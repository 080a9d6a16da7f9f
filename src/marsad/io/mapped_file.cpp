#include "marsad/io/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/core.h>

namespace marsad::io {
namespace {

std::string because(const std::string& path, int error) { return fmt::format("{}: {}", path, std::strerror(error)); }

/// All of a pipe or terminal. The error number, or 0.
int read_all(int descriptor, std::vector<std::byte>& out) {
  constexpr std::size_t kStep = 1U << 20U;
  while (true) {
    const std::size_t have = out.size();
    out.resize(have + kStep);
    const ssize_t count = ::read(descriptor, out.data() + have, kStep);
    out.resize(have + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count == 0) return 0;
    if (count < 0 && errno != EINTR) return errno;
  }
}

}  // namespace

base::Result<MappedFile, std::string> MappedFile::open(const std::string& path) {
  MappedFile file;
  const bool standard_input = path == "-";
  const int descriptor = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return because(path, errno);
  struct stat status {};
  int error = ::fstat(descriptor, &status) == 0 ? 0 : errno;
  if (error == 0 && S_ISDIR(status.st_mode)) error = EISDIR;
  if (error == 0 && S_ISREG(status.st_mode) && !standard_input) {
    file.mapped_size_ = static_cast<std::size_t>(status.st_size);
    if (file.mapped_size_ > 0) {
      void* const address = ::mmap(nullptr, file.mapped_size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
      if (address == MAP_FAILED)
        error = errno;
      else
        file.mapped_ = static_cast<const std::byte*>(address);
    }
  } else if (error == 0) {
    error = read_all(descriptor, file.read_);
  }
  if (!standard_input) ::close(descriptor);
  if (error != 0) return because(standard_input ? "standard input" : path, error);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : read_(std::move(other.read_)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      mapped_size_(std::exchange(other.mapped_size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  read_.swap(other.read_);
  std::swap(mapped_, other.mapped_);
  std::swap(mapped_size_, other.mapped_size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (mapped_ != nullptr) ::munmap(const_cast<std::byte*>(mapped_), mapped_size_);
}

std::span<const std::byte> MappedFile::content() const noexcept {
  if (mapped_ != nullptr) return {mapped_, mapped_size_};
  return read_;
}

}  // namespace marsad::io
