#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/observation/quantiles.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/field.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::observation {

/// What one source sent in one category. All times in seconds.
struct StreamStatistics {
  int category = 0;
  std::optional<wire::asterix::DataSource> source;  ///< absent: told by no record, or one of too many
  const wire::asterix::Edition* edition = nullptr;  ///< nullptr: the category is not described

  std::uint64_t blocks = 0;
  std::uint64_t octets = 0;  ///< of the blocks, headers included
  std::uint64_t records = 0;
  std::uint64_t faults = 0;            ///< places that could not be decoded
  std::uint64_t undecoded_octets = 0;  ///< skipped because of them
  /// How many records have each item; by the item's number in the edition's tables.
  std::vector<std::uint64_t> item_records;

  std::uint64_t timed_records = 0;      ///< with a time of day
  std::uint64_t impossible_times = 0;   ///< of them, beyond the end of the day: left out below
  std::optional<units::UtcTime> first;  ///< the earliest moment that its times of day say, resolved by receipt
  std::optional<units::UtcTime> last;   ///< the latest
  std::uint64_t steps_back = 0;         ///< records over a second earlier than the latest before them
  double greatest_step_back_s = 0.0;
  std::optional<units::UtcTime> first_receipt, last_receipt;  ///< estimated ones where the file kept none
  std::uint64_t received_records = 0;    ///< records that the file kept a receipt time of
  std::uint64_t most_in_a_second = 0;                         ///< records that came in one second of receipt
  Quantiles delay;           ///< receipt minus time of day, where the file keeps receipt times
  Quantiles recorder_delay;  ///< recorder's clock minus time of day, -43200 to 43200, where there is one

  Quantiles north_marker_interval;  ///< between north markers
  Quantiles stated_rotation;        ///< as the radar says
  Quantiles update_interval;        ///< between reports of one target (by address, else by track number), up to 120 s
  std::uint64_t addresses = 0;      ///< different ones; at least so many where `StreamStatistician::saturated`
  std::uint64_t track_numbers = 0;

  /// Midnights that passed between `first` and `last`.
  [[nodiscard]] std::int64_t midnights() const noexcept;
  /// From `first` to `last`, else from the first to the last receipt.
  [[nodiscard]] double span_s() const noexcept;
};

/// One kind of fault, by category.
struct FaultStatistics {
  base::FaultCode code{};
  int category = -1;
  std::optional<wire::asterix::Item> item;
  std::uint64_t count = 0;
  std::uint64_t octets = 0;        ///< skipped because of them
  std::uint64_t first_offset = 0;  ///< in the input that was current when it was first met
  std::size_t first_input = 0;     ///< number of that input

  friend bool operator==(const FaultStatistics&, const FaultStatistics&) = default;
};

/// Keeps statistics of ASTERIX streams, one datagram after another, in bounded memory: at most `kMostStreams` streams
/// (what is beyond counts under the category without a source) and `kMostTargets` targets.
class StreamStatistician {
 public:
  static constexpr std::size_t kMostStreams = 1024;
  static constexpr std::size_t kMostTargets = 1U << 18U;

  explicit StreamStatistician(const wire::asterix::EditionSet& editions);
  ~StreamStatistician();
  StreamStatistician(StreamStatistician&&) noexcept;
  StreamStatistician& operator=(StreamStatistician&&) noexcept;

  /// Another file begins: intervals don't go from one file into the next.
  void begin_input();
  /// `receipt` is the datagram's own or, where it has none, an estimate. Only the datagram's own gives delays.
  void take(const wire::framing::Datagram& datagram, units::UtcTime receipt);

  /// By category, SAC and SIC.
  [[nodiscard]] std::vector<const StreamStatistics*> streams() const;
  /// In the order in which they were first met.
  [[nodiscard]] std::span<const FaultStatistics> faults() const noexcept;
  /// True if there were more targets than are kept: numbers of addresses and tracks are least numbers then.
  [[nodiscard]] bool saturated() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace marsad::observation
