#pragma once

#include <cstddef>
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

/// The octets of sub-item `position` inside `parent`, whose octets are given; empty if it is absent or out of bounds.
[[nodiscard]] std::span<const std::byte> find_child(const schema::EditionTables& tables, const schema::Node& parent,
                                                    std::span<const std::byte> octets, std::size_t position) noexcept;

/// Do the described sub-items of an expansion field fill its octets exactly?
[[nodiscard]] bool explains(const schema::EditionTables& tables, const schema::Node& node,
                            std::span<const std::byte> octets) noexcept;

}  // namespace marsad::wire::asterix
