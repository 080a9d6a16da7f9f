#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/asterix/schema.hpp"

namespace marsad::wire::asterix {

/// How many octets a node takes, or why that can't be told.
struct Extension {
  std::size_t size = 0;
  bool ok = false;
  base::FaultCode code{};
  std::size_t at = 0;  ///< of the failing octet, from the node's beginning
};

/// Measures the node that begins at the first of `rest`; never reads beyond it.
[[nodiscard]] Extension measure(const schema::EditionTables& tables, const schema::Node& node,
                                std::span<const std::byte> rest) noexcept;

/// Walks the sub-items that are present in a compound node or in a described expansion field.
class ChildWalk {
 public:
  /// `octets` are those of the whole node, or begin with it.
  ChildWalk(const schema::EditionTables& tables, const schema::Node& node, std::span<const std::byte> octets) noexcept;

  /// Steps to the next sub-item that is present. False at the end, and at the first that can't be read.
  [[nodiscard]] bool next() noexcept;

  [[nodiscard]] std::uint16_t child() const noexcept { return child_; }  ///< its node
  [[nodiscard]] std::size_t slot() const noexcept { return slot_ - 1; }  ///< its slot in the presence map
  [[nodiscard]] std::span<const std::byte> octets() const noexcept { return octets_; }
  /// After the end: the size of all that was read, or why not all could be.
  [[nodiscard]] const Extension& extension() const noexcept { return extension_; }

 private:
  bool read_map() noexcept;
  bool find_slot() noexcept;
  bool stop(base::FaultCode code, std::size_t at) noexcept;

  const schema::EditionTables& tables_;
  const schema::Node& node_;
  std::span<const std::byte> rest_;
  std::span<const std::byte> octets_;
  std::size_t map_begin_ = 0;
  std::size_t slots_per_octet_ = 7;
  std::size_t slots_ = 0;
  std::size_t slot_ = 0;
  std::uint16_t child_ = schema::kNone;
  Extension extension_;
};

/// The octets of sub-item `position` inside `parent`, whose octets are given; empty if it is absent or out of bounds.
[[nodiscard]] std::span<const std::byte> find_child(const schema::EditionTables& tables, const schema::Node& parent,
                                                    std::span<const std::byte> octets, std::size_t position) noexcept;

/// Do the described sub-items of an expansion field fill its octets exactly?
[[nodiscard]] bool explains(const schema::EditionTables& tables, const schema::Node& node,
                            std::span<const std::byte> octets) noexcept;

}  // namespace marsad::wire::asterix
