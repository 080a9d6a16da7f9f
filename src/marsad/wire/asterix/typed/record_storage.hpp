#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "marsad/wire/asterix/record_view.hpp"
#include "marsad/wire/asterix/typed/parts.hpp"

namespace marsad::wire::asterix::typed {

/// What every typed record holds: where it lies, the presence maps of the record (the first) and of its compound items,
/// and where each item and sub-item begins. Only the places of what is present are ever written or read.
template <std::size_t kPlaces, std::size_t kMaps>
class RecordStorage {
 public:
  /// The whole record, presence map included.
  [[nodiscard]] Octets octets() const noexcept { return octets_; }
  /// Of the record's first octet in the datagram.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  /// The record's own data source or, where it has none, the last one of its block.
  [[nodiscard]] const std::optional<DataSource>& source() const noexcept { return source_; }
  /// Expansion fields that contradict their description; their sub-items are absent.
  [[nodiscard]] std::size_t unexplained_items() const noexcept { return unexplained_; }

  /// For the readers of data blocks: what a record alone doesn't tell.
  void stand_at(std::size_t offset, const std::optional<DataSource>& inherited) noexcept {
    offset_ = offset;
    if (!source_) source_ = inherited;
  }

 protected:
  [[nodiscard]] Parts all() const noexcept { return {octets_.data(), places_.data(), maps_.data(), 0}; }

  void finish(Octets octets, std::size_t unexplained) noexcept {
    octets_ = octets;
    unexplained_ = unexplained;
    source_.reset();
  }
  void finish(Octets octets, std::size_t unexplained, std::size_t source_place) noexcept {
    finish(octets, unexplained);
    const std::byte* const source = octets.data() + source_place;
    source_ = DataSource{std::to_integer<std::uint8_t>(source[0]), std::to_integer<std::uint8_t>(source[1])};
  }

  // Not initialised: a parser writes what its presence maps announce, and nothing else is read.
  std::array<std::uint64_t, kMaps> maps_;
  std::array<std::uint16_t, kPlaces> places_;

 private:
  Octets octets_;
  std::size_t offset_ = 0;
  std::size_t unexplained_ = 0;
  std::optional<DataSource> source_;
};

}  // namespace marsad::wire::asterix::typed
