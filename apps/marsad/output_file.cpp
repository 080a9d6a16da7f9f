#include "output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "errors.hpp"

namespace marsad::app {

OutputFile::OutputFile(const std::string& path) : path_(path == "-" ? "standard output" : path), stream_(nullptr) {
  if (path == "-") {
    stream_.rdbuf(std::cout.rdbuf());
    return;
  }
  file_.open(path, std::ios::binary | std::ios::trunc);
  stream_.rdbuf(file_.rdbuf());
  if (!file_) stream_.setstate(std::ios::failbit);
  check();
}

void OutputFile::append(std::string_view text) {
  stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
  check();
}

void OutputFile::append(std::span<const std::byte> octets) {
  append(std::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()));
}

void OutputFile::finish() {
  stream_.flush();
  check();
  if (!file_.is_open()) return;
  file_.close();
  if (!file_) stream_.setstate(std::ios::failbit);
  check();
}

void OutputFile::check() const {
  if (!stream_) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
}

}  // namespace marsad::app
