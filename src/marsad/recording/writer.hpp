#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "marsad/recording/log_entry.hpp"

namespace marsad::recording {

/// Where a recording goes: a file, a test's vector.
class OctetSink {
 public:
  virtual ~OctetSink() = default;
  /// Takes all the octets, in order, and answers true; or takes none of them and answers false (no space left).
  [[nodiscard]] virtual bool write(std::span<const std::byte> octets) = 0;
};

struct WriterSettings {
  units::UtcTime created;                  ///< kept in the header
  std::size_t block_octets = 256U << 10U;  ///< entries are sealed into a block when they reach this size
  bool compress = true;                    ///< zstd, where it makes a block smaller
  int compression_level = 3;
};

struct WriterCounters {
  std::uint64_t entries = 0;          ///< accepted
  std::uint64_t blocks = 0;           ///< taken by the sink
  std::uint64_t stored_octets = 0;    ///< taken by the sink
  std::uint64_t lifted_receipts = 0;  ///< receipt times that went back and were lifted to that of the entry before
  std::uint64_t refused_entries = 0;  ///< not accepted: no room while the sink refuses, too large, or no possible time
};

/// Neither a block's entries nor what the writer holds back while its sink refuses may exceed this.
inline constexpr std::size_t kMaxBlockOctets = std::size_t{16} << 20U;
/// The longest payload of one entry.
inline constexpr std::size_t kMaxPayloadOctets = std::size_t{8} << 20U;

/// Writes the log in the form of docs/recording-format.md: blocks of entries, each compressed and bound to all before
/// it by SHA-256, and an end block that tells a closed recording from a torn one.
///
/// A sink that refuses loses nothing at first: the sealed block is offered again at the next flush() and entries gather
/// up to kMaxBlockOctets. Beyond that they are refused and counted, and the numbers of the entries that follow show the
/// reader how many are missing.
class Writer {
 public:
  explicit Writer(OctetSink& sink, const WriterSettings& settings = {});
  /// Does not close: a recording that was not closed is told as such.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Adds one entry. False if it was refused.
  bool append(const LogEntry& entry);
  /// Takes note that `count` entries were refused before they came here, so that their numbers are left out.
  void note_refused(std::uint64_t count);
  /// Seals what has gathered and hands it to the sink. False if the sink refused something; it is kept.
  bool flush();
  /// flush(), then the end block. False if the sink refused; may be called again. No append() after it.
  bool close();

  [[nodiscard]] const WriterCounters& counters() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::recording
