#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/recording/log_entry.hpp"

namespace marsad::recording {

using ChainHash = std::array<std::byte, 32>;

/// One damaged place of a recording.
struct RecordingFault {
  base::FaultCode code{};
  std::uint64_t offset = 0;          ///< in the file
  std::uint64_t block = 0;           ///< blocks before it, sound or not
  std::uint64_t entry = 0;           ///< number of the first entry that can't be trusted
  std::uint64_t skipped_octets = 0;  ///< of the file

  friend bool operator==(const RecordingFault&, const RecordingFault&) = default;
};

struct ReaderCounters {
  std::uint64_t entries = 0;
  std::uint64_t blocks = 0;
  std::uint64_t faults = 0;
  std::uint64_t skipped_octets = 0;
  std::uint64_t missing_entries = 0;    ///< by the numbers of the entries around the gaps
  std::uint64_t unanchored_blocks = 0;  ///< sound in themselves, but what stands before them is gone
};

/// Reads the entries of a recording over the borrowed octets of the whole file, checking each block's hash against the
/// one before it. After damage it goes on with the next sound block and counts what is missing; who wants only what is
/// proven stops at the first fault (or asks verify() for the length of the valid prefix).
class Reader {
 public:
  static constexpr std::size_t kFaultsKept = 256;

  /// `content` must outlive the reader. Fails where the header is no header of a recording (unknown_format), of a later
  /// version (unknown_edition), damaged (checksum) or torn (truncated).
  static base::Result<Reader> open(std::span<const std::byte> content);

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// The next entry, or nothing at the end. The payload is valid until the next call.
  [[nodiscard]] std::optional<LogEntry> next();

  /// Goes to the first entry received at `time` or later. False, and at the end, if there is none. Uses the index of a
  /// closed recording, else walks the block headers.
  bool seek(units::UtcTime time);

  [[nodiscard]] units::UtcTime created() const noexcept;
  /// Whether the end block has been met, or seen through the index: nothing is missing at the end.
  [[nodiscard]] bool closed() const noexcept;
  [[nodiscard]] const ReaderCounters& counters() const noexcept;
  [[nodiscard]] std::span<const RecordingFault> faults() const noexcept;
  /// How far into the file the reader has come, in octets.
  [[nodiscard]] std::uint64_t position() const noexcept;

 private:
  struct State;
  explicit Reader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What a recording is worth.
struct VerifyReport {
  bool closed = false;                ///< has a sound end block, and nothing behind it
  std::uint64_t blocks = 0;           ///< sound, from the beginning on
  std::uint64_t entries = 0;          ///< in them
  std::uint64_t missing_entries = 0;  ///< that the writer itself had to refuse (disk full)
  std::uint64_t valid_octets = 0;     ///< length of the longest valid prefix of the file
  units::UtcTime first_receipt;       ///< of the first entry, if there is one
  units::UtcTime last_receipt;        ///< of the last sound entry
  ChainHash head{};  ///< hash of the last sound block: publish it to prove later that nothing was cut off
  std::optional<RecordingFault> first_fault;

  /// Closed, and not one octet other than it was written.
  [[nodiscard]] bool intact() const noexcept { return closed && !first_fault; }
  /// Sound as far as it goes, but never closed: the power went, or it is still being written.
  [[nodiscard]] bool torn_tail_only() const noexcept;
};

/// Checks every hash, length, number and time of a recording and names the first place that is wrong.
[[nodiscard]] VerifyReport verify(std::span<const std::byte> content);

}  // namespace marsad::recording
