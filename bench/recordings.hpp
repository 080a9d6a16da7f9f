#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::bench {

/// Where the recordings lie that are not part of the project: MARSAD_SHARED, or ../shared beside the checkout.
inline std::filesystem::path shared_folder() {
  const char* const told = std::getenv("MARSAD_SHARED");
  return told != nullptr && *told != '\0' ? std::filesystem::path(told) : std::filesystem::path("../shared");
}

inline std::vector<std::byte> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  std::ranges::transform(characters, octets.begin(), [](char character) { return static_cast<std::byte>(character); });
  return octets;
}

/// The data blocks of one category in a recording, one after another in memory as they would be in a capture.
class Blocks {
 public:
  /// Empty if the file is not there.
  static Blocks of(const std::filesystem::path& path, int category) {
    Blocks blocks;
    const std::vector<std::byte> content = content_of(path);
    auto reader = wire::framing::FileReader::open(content);
    if (!reader.ok()) return blocks;
    while (const auto datagram = reader->next()) blocks.add(datagram->payload, category);
    return blocks;
  }

  [[nodiscard]] bool empty() const noexcept { return places_.empty(); }
  [[nodiscard]] std::size_t octets() const noexcept { return octets_.size(); }

  template <class OnBlock>
  void each(OnBlock&& on_block) const {
    std::size_t begin = 0;
    for (const std::size_t end : places_) {
      on_block(std::span(octets_).subspan(begin, end - begin));
      begin = end;
    }
  }

 private:
  void add(std::span<const std::byte> payload, int category) {
    while (payload.size() > 3) {
      const std::size_t size = std::to_integer<std::size_t>(payload[1]) << 8 | std::to_integer<std::size_t>(payload[2]);
      if (size <= 3 || size > payload.size()) return;
      if (std::to_integer<int>(payload[0]) == category) {
        octets_.insert(octets_.end(), payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size));
        places_.push_back(octets_.size());
      }
      payload = payload.subspan(size);
    }
  }

  std::vector<std::byte> octets_;
  std::vector<std::size_t> places_;  // where each block ends
};

}  // namespace marsad::bench
