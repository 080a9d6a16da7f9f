#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/file_kind.hpp"

namespace marsad::wire::framing {

/// One damaged place of a file.
struct FramingFault {
  base::FaultCode code{};
  std::uint64_t offset = 0;          ///< where in the file
  std::uint64_t skipped_octets = 0;  ///< not delivered because of it; 0 if what is there was delivered nevertheless

  friend bool operator==(const FramingFault&, const FramingFault&) = default;
};

/// What became of a file's octets. At the end of the file
/// payload_octets + framing_octets + other_octets + skipped_octets == size of the file.
struct FramingCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t payload_octets = 0;  ///< delivered to the caller; of hexadecimal text, the digits that were
  std::uint64_t framing_octets = 0;  ///< headers, trailers, padding, line ends, blocks that carry no packets
  std::uint64_t other_octets = 0;    ///< sound frames that are not ours: ARP, TCP, DNS, ...
  std::uint64_t skipped_octets = 0;  ///< damaged, see faults()
  std::uint64_t other_frames = 0;
  std::uint64_t faults = 0;
};

class Walker;

/// Reads the datagrams of one file of any kind but marsad_recording, in the order of the file. Works over the borrowed
/// octets of the whole file (a memory map): nothing is copied except IP fragments, which are put together in a bounded
/// buffer. No octet of the input can make it fail: damage is skipped up to the next place that is certainly sound, and
/// counted. A capture delivers every UDP datagram to a destination that has shown ASTERIX; until then what does not
/// look like ASTERIX is other traffic. ORADIS envelopes are removed, each data block in one becomes a datagram.
class FileReader {
 public:
  /// At most this many faults are kept one by one; all are counted.
  static constexpr std::size_t kFaultsKept = 256;

  /// `content` must outlive the reader. Fails with unknown_format where the kind is neither told nor detected (and for
  /// a marsad recording), with bad_value where plots.csv is told but its header line is another.
  static base::Result<FileReader> open(std::span<const std::byte> content, std::optional<FileKind> told = {});

  FileReader(FileReader&&) noexcept;
  FileReader& operator=(FileReader&&) noexcept;
  ~FileReader();

  /// The next datagram, or nothing at the end of the file. The payload is valid until the next call.
  [[nodiscard]] std::optional<Datagram> next();

  [[nodiscard]] FileKind kind() const noexcept;
  [[nodiscard]] const FramingCounters& counters() const noexcept;
  /// The first kFaultsKept damaged places, in the order in which they were met.
  [[nodiscard]] std::span<const FramingFault> faults() const noexcept;
  /// How far into the file the reader has come, in octets; for a progress bar.
  [[nodiscard]] std::uint64_t position() const noexcept;

 private:
  FileReader(FileKind kind, std::unique_ptr<Walker> walker);

  FileKind kind_;
  std::unique_ptr<Walker> walker_;
};

}  // namespace marsad::wire::framing
