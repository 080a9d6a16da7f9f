// links: config base
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "marsad/config/settings.hpp"

// Any text is either read, and then its canonical form reads back as the same settings, or answered with errors.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = marsad::config::parse_settings(text, "fuzz");
  if (!settings) {
    if (settings.error().empty()) std::abort();
    for (const auto& error : settings.error()) {
      if (marsad::config::to_text(error).empty()) std::abort();
    }
    return 0;
  }
  const auto again = marsad::config::parse_settings(marsad::config::to_toml(*settings), "again");
  if (!again || !(*again == *settings)) std::abort();
  return 0;
}
