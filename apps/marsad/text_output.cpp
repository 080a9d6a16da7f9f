#include "text_output.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "errors.hpp"

namespace marsad::app {

TextOutput::TextOutput(const std::string& path) : path_(path.empty() || path == "-" ? "standard output" : path) {
  file_ = path.empty() || path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (file_ == nullptr) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
}

TextOutput::~TextOutput() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

void TextOutput::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size() || std::fflush(file_) != 0)
    throw RunFailure(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
}

}  // namespace marsad::app
