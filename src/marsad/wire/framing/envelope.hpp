#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace marsad::wire::framing {

/// Whether `payload` begins with a data block that fits: category 1 to 255, 4 <= length <= what is there.
[[nodiscard]] bool begins_with_block(std::span<const std::byte> payload) noexcept;

/// Whether `payload` is nothing but whole data blocks, at least one.
[[nodiscard]] bool is_block_chain(std::span<const std::byte> payload) noexcept;

/// Whether EUROCONTROL has given the category a meaning, or it is in common private use (247, 252, 255, ...).
[[nodiscard]] bool is_assigned_category(int category) noexcept;

/// Whether one UDP datagram is ASTERIX: a chain of data blocks, an assigned category whose first block fits and
/// something after it (some senders append a trailer), or an ORADIS envelope.
[[nodiscard]] bool looks_like_asterix(std::span<const std::byte> payload) noexcept;

/// The data blocks inside one UDP datagram that may wear an ORADIS envelope: a sequence of
/// { u16 length of this part, these 6 octets included; u32 time of day in ms; data blocks }, big-endian, to the end of
/// the datagram. Layout found from a recording whose times agree with those of the capture within 0.4 s; no public
/// document. Any other payload is handed out whole, as one part.
class EnvelopeParts {
 public:
  static constexpr std::size_t kOradisHeaderOctets = 6;

  explicit EnvelopeParts(std::span<const std::byte> payload) noexcept;

  [[nodiscard]] bool enveloped() const noexcept { return enveloped_; }
  /// The next part without its header.
  [[nodiscard]] std::optional<std::span<const std::byte>> next() noexcept;

 private:
  std::span<const std::byte> rest_;
  bool enveloped_ = false;
  bool done_ = false;
};

}  // namespace marsad::wire::framing
