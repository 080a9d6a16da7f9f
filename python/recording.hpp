#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bindings.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::python {

/// One damaged place: octet in the file, octets skipped, what is wrong.
struct Damage {
  std::uint64_t offset;
  std::uint64_t skipped_octets;
  std::string reason;
};

/// What of an input could not be read. So many places are told one by one; all are counted.
struct DamageReport {
  static constexpr std::size_t kPlacesTold = 1000;

  std::uint64_t faults = 0;
  std::uint64_t skipped_octets = 0;
  std::vector<Damage> places;

  void add(Damage one);
  /// What the reader has met so far.
  void add(const wire::framing::FileReader& reader);
  [[nodiscard]] py::dict to_python() const;
};

/// The kind of that name, or nothing for None. Throws ValueError, naming those that there are.
[[nodiscard]] std::optional<wire::framing::FileKind> parse_kind(const std::optional<std::string>& name);

/// Throws ValueError with the remedy.
[[nodiscard]] wire::framing::FileReader open_reader(std::span<const std::byte> content,
                                                    std::optional<wire::framing::FileKind> kind);

}  // namespace marsad::python
