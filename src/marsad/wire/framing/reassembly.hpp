#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/framing/network.hpp"

namespace marsad::wire::framing {

/// Puts fragmented IP packets together in bounded memory: kSlots packets at a time, each up to 65 535 octets. When a
/// new packet finds no room, the one that has waited longest is given up; so is one whose next piece comes so late that
/// its number has probably been used again. Pieces that overlap with other octets give the packet up too: that is an
/// attack or damage, never a network.
class Reassembly {
 public:
  static constexpr std::size_t kSlots = 16;
  static constexpr std::size_t kLargestPacket = 65'535;

  /// A packet that will not be completed.
  struct Abandoned {
    std::uint64_t file_offset = 0;  ///< of the piece that came first
    std::uint64_t octets = 0;       ///< of all its pieces
  };
  struct Outcome {
    bool complete = false;               ///< packet() is ready
    std::optional<Abandoned> abandoned;  ///< may be this packet or an older one
  };

  /// Takes one piece that lies at `file_offset` and was received at `receipt`, where that is known.
  Outcome add(const Frame& frame, std::uint64_t file_offset, std::optional<units::UtcTime> receipt);
  /// Gives up one unfinished packet, for the end of the file; nothing when none is left.
  std::optional<Abandoned> abandon_one();

  /// The whole payload of the packet just completed; valid until the next add().
  [[nodiscard]] std::span<const std::byte> packet() const noexcept { return packet_; }
  /// Octets of the pieces of the packet just completed, repetitions included.
  [[nodiscard]] std::uint64_t packet_octets_seen() const noexcept { return packet_seen_; }
  /// Where in the file the first octet of the packet just completed lies.
  [[nodiscard]] std::uint64_t packet_file_offset() const noexcept { return packet_offset_; }

 private:
  struct Slot {
    bool used = false;
    Source source;
    std::uint32_t identification = 0;
    std::uint64_t began = 0;                ///< order of arrival
    std::optional<units::UtcTime> receipt;  ///< of the piece that came first
    std::uint64_t file_offset = 0;          ///< of the piece that came first
    std::uint64_t head_offset = 0;          ///< of the piece at 0
    std::uint64_t seen = 0;
    std::size_t covered = 0;  ///< octets filled in
    std::optional<std::size_t> total;
    std::vector<std::byte> octets;
    std::vector<bool> filled;  ///< one for each 8 octets
  };

  Slot& slot_of(const Frame& frame, std::uint64_t file_offset, std::optional<units::UtcTime> receipt,
                std::optional<Abandoned>& abandoned);
  static bool put(Slot& slot, const Frame& frame);
  static Abandoned abandon(Slot& slot);

  std::array<Slot, kSlots> slots_;
  std::uint64_t arrivals_ = 0;
  std::vector<std::byte> packet_;
  std::uint64_t packet_seen_ = 0;
  std::uint64_t packet_offset_ = 0;
};

}  // namespace marsad::wire::framing
