#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/file_kind.hpp"

namespace marsad::wire::framing {

/// The kind that a file of that name is to be: .pcap, .ff (or .rff) final-frame, .ast, .raw or .bin raw ASTERIX, in any
/// case of letters. Nothing for other endings.
[[nodiscard]] std::optional<FileKind> kind_for_writing(std::string_view path);

/// Whether a `FileWriter` writes the kind: asterix_raw, pcap and final_frame.
[[nodiscard]] bool can_write(FileKind kind) noexcept;

/// Writes datagrams as a file of one kind. What is written, `FileReader` reads: the same payloads in the same order,
/// and with them what the kind keeps: times of receipt to the nanosecond and addresses (pcap), the recorder's time of
/// day to 10 ms (final-frame), nothing (raw).
class FileWriter {
 public:
  /// `kind` must be one that `can_write`.
  explicit FileWriter(FileKind kind);

  /// Appends what comes before the first datagram.
  void begin(std::vector<std::byte>& out) const;
  /// Appends one datagram. `time` stands in where it has no receipt time (pcap) or recorder's clock (final-frame). One
  /// that is too large for the kind is split between its data blocks; too_large, and nothing is appended, where a
  /// single block is larger than a frame can be (65 523 octets in a final frame, 65 507 in UDP over IPv4).
  [[nodiscard]] std::optional<base::Fault> append(std::vector<std::byte>& out, const Datagram& datagram,
                                                  std::optional<units::UtcTime> time = std::nullopt) const;

 private:
  [[nodiscard]] std::optional<base::Fault> append_whole(std::vector<std::byte>& out, const Datagram& datagram,
                                                        std::optional<units::UtcTime> time) const;

  FileKind kind_;
};

}  // namespace marsad::wire::framing
