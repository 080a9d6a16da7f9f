#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "decode_tally.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "options.hpp"

namespace marsad::app {

/// Consecutive datagrams of ASTERIX that one thread turns to text while others work on the next, and what came of them.
/// A batch without datagrams carries text that was made elsewhere to its place in the order.
class DecodeBatch {
 public:
  /// A batch is full when it holds so many octets.
  static constexpr std::size_t kFullOctets = 1U << 14U;

  /// Adds a datagram; its octets are copied unless they lie in `content`, which must outlive the batch.
  void add(const wire::framing::Datagram& datagram, std::span<const std::byte> content);
  [[nodiscard]] bool is_full() const noexcept { return octets_ >= kFullOctets; }
  [[nodiscard]] bool is_empty() const noexcept { return datagrams_.empty() && text_.empty(); }
  [[nodiscard]] bool has_datagrams() const noexcept { return !datagrams_.empty(); }

  /// Appends a line for each record to the text. Touches nothing but the batch, so that batches can be decoded at once.
  void decode(const std::string& path, const DecodeOptions& options, const wire::asterix::EditionSet& editions);

  [[nodiscard]] std::string& text() noexcept { return text_; }
  [[nodiscard]] DecodeTally& tally() noexcept { return tally_; }
  /// Forgets everything but its memory.
  void clear() noexcept;

 private:
  struct Entry {
    wire::framing::Datagram datagram;
    bool is_copied;
    std::size_t copy;  ///< where its octets lie in `copies_`
  };

  std::vector<Entry> datagrams_;
  std::vector<std::byte> copies_;
  std::size_t octets_ = 0;
  std::string text_;
  DecodeTally tally_;
};

}  // namespace marsad::app
