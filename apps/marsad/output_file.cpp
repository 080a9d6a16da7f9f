#include "output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "errors.hpp"

namespace marsad::app {

OutputFile::OutputFile(const std::string& path) : path_(path), file_(path, std::ios::binary | std::ios::trunc) {
  check();
}

void OutputFile::append(std::string_view text) {
  file_.write(text.data(), static_cast<std::streamsize>(text.size()));
  check();
}

void OutputFile::append(std::span<const std::byte> octets) {
  append(std::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()));
}

void OutputFile::finish() {
  file_.close();
  check();
}

void OutputFile::check() const {
  if (!file_) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
}

}  // namespace marsad::app
