#include "marsad/observation/stream_statistics.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "marsad/observation/record_keys.hpp"
#include "marsad/observation/time_of_day.hpp"
#include "marsad/wire/asterix/decode.hpp"

namespace marsad::observation {

namespace asterix = wire::asterix;
using asterix::DataSource;
using asterix::RecordView;
using units::UtcTime;
using wire::framing::Datagram;

namespace {

constexpr std::size_t kHeaderOctets = 3;
constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr std::size_t kMostFaultKinds = 1024;
/// A target's reports that lie further apart, or closer together, tell nothing about a period.
constexpr double kLongestIntervalS = 120.0;
constexpr double kShortestIntervalS = 0.05;
constexpr double kStepBackS = 1.0;

std::int64_t day_of(UtcTime time) noexcept {
  const std::int64_t ns = time.nanoseconds_since_epoch();
  return ns >= 0 ? ns / kDayNs : (ns - kDayNs + 1) / kDayNs;
}

std::int64_t second_of(UtcTime time) noexcept { return time.nanoseconds_since_epoch() / 1'000'000'000; }

/// Statistics and what is needed to go on with them.
struct Stream {
  StreamStatistics statistics;
  std::optional<UtcTime> last_north;
  std::int64_t second = 0;
  std::uint64_t in_second = 0;
};

/// Target `id` of stream number `stream`; addresses and track numbers lie in ranges of their own.
std::uint64_t target_key(std::size_t stream, bool is_track, std::uint32_t id) noexcept {
  return static_cast<std::uint64_t>(stream) << 33U | static_cast<std::uint64_t>(is_track) << 32U | id;
}

}  // namespace

std::int64_t StreamStatistics::midnights() const noexcept { return first && last ? day_of(*last) - day_of(*first) : 0; }

double StreamStatistics::span_s() const noexcept {
  if (first && last) return (*last - *first).seconds();
  return first_receipt && last_receipt ? (*last_receipt - *first_receipt).seconds() : 0.0;
}

class StreamStatistician::Impl {
 public:
  explicit Impl(const asterix::EditionSet& editions) : editions_(editions) {}

  void begin_input() {
    if (std::exchange(begun_, true)) ++input_;
    for (auto& [key, target] : targets_) target.last.reset();
    for (const auto& stream : streams_) stream->last_north.reset();
  }

  void take(const Datagram& datagram, UtcTime receipt) {
    std::span<const std::byte> rest = datagram.payload;
    while (!rest.empty()) {
      const std::uint64_t offset = datagram.offset + (datagram.payload.size() - rest.size());
      const auto category = std::to_integer<int>(rest[0]);
      const std::size_t length = rest.size() < kHeaderOctets ? 0
                                                             : std::to_integer<std::size_t>(rest[1]) << 8U |
                                                                   std::to_integer<std::size_t>(rest[2]);
      if (length <= kHeaderOctets || length > rest.size()) {
        note_rest(rest, offset);
        return;
      }
      take_block(rest.first(length), category, offset, datagram, receipt);
      rest = rest.subspan(length);
    }
  }

  [[nodiscard]] std::vector<const StreamStatistics*> streams() const {
    std::vector<const StreamStatistics*> all;
    for (const auto& stream : streams_) all.push_back(&stream->statistics);
    std::ranges::sort(all, {}, [](const StreamStatistics* one) { return std::tie(one->category, one->source); });
    return all;
  }
  [[nodiscard]] std::span<const FaultStatistics> faults() const noexcept { return faults_; }
  [[nodiscard]] bool saturated() const noexcept { return saturated_; }

 private:
  struct Target {
    std::optional<UtcTime> last;
  };

  /// The rest of a datagram that holds no block: as the decoder says it.
  void note_rest(std::span<const std::byte> rest, std::uint64_t offset) {
    asterix::decode_datagram(
        rest, editions_, [](const RecordView&) {}, [&](const asterix::DecodeFault& fault) { note(fault, offset); });
  }

  void note(const asterix::DecodeFault& fault, std::uint64_t offset) {
    const auto same = [&](const FaultStatistics& known) {
      return known.code == fault.code && known.category == fault.category && known.item == fault.item;
    };
    auto known = std::ranges::find_if(faults_, same);
    if (known == faults_.end()) {
      if (faults_.size() == kMostFaultKinds) return;
      faults_.push_back({.code = fault.code,
                         .category = fault.category,
                         .item = fault.item,
                         .first_offset = offset + fault.offset,
                         .first_input = input_});
      known = faults_.end() - 1;
    }
    ++known->count;
    known->octets += fault.skipped_octets;
  }

  void take_block(std::span<const std::byte> block, int category, std::uint64_t offset, const Datagram& datagram,
                  UtcTime receipt) {
    const std::size_t number = stream_number(category, asterix::peek_source(category, block.subspan(kHeaderOctets)));
    StreamStatistics& of_block = streams_[number]->statistics;
    ++of_block.blocks;
    of_block.octets += block.size();
    asterix::decode_datagram(
        block, editions_, [&](const RecordView& record) { take_record(record, datagram, receipt); },
        [&](const asterix::DecodeFault& fault) {
          note(fault, offset);
          ++of_block.faults;
          of_block.undecoded_octets += fault.skipped_octets;
        });
  }

  void take_record(const RecordView& record, const Datagram& datagram, UtcTime receipt) {
    const std::size_t number = stream_number(record.category(), record.source());
    Stream& stream = *streams_[number];
    StreamStatistics& statistics = stream.statistics;
    ++statistics.records;
    if (datagram.receipt) ++statistics.received_records;
    count_items(record, statistics);
    count_receipt(stream, receipt);
    const std::optional<UtcTime> time = moment_of(record, datagram, receipt, statistics);
    count_target(record, number, time.value_or(receipt));
    count_rotation(record, stream, time.value_or(receipt));
  }

  static void count_items(const RecordView& record, StreamStatistics& statistics) {
    if (statistics.edition != &record.edition()) return;  // one of too many sources, read by an edition of its own
    for (std::uint64_t rest = record.presence(); rest != 0; rest &= rest - 1)
      ++statistics.item_records[static_cast<std::size_t>(std::countr_zero(rest))];
  }

  static void count_receipt(Stream& stream, UtcTime receipt) {
    StreamStatistics& statistics = stream.statistics;
    if (!statistics.first_receipt || receipt < *statistics.first_receipt) statistics.first_receipt = receipt;
    if (!statistics.last_receipt || receipt > *statistics.last_receipt) statistics.last_receipt = receipt;
    if (stream.second != second_of(receipt)) stream.in_second = 0;
    stream.second = second_of(receipt);
    statistics.most_in_a_second = std::max(statistics.most_in_a_second, ++stream.in_second);
  }

  /// The moment that the record's time of day says; nothing without a possible one.
  static std::optional<UtcTime> moment_of(const RecordView& record, const Datagram& datagram, UtcTime receipt,
                                          StreamStatistics& statistics) {
    const auto truncated = truncated_time_of_record(record);
    std::optional<double> time_of_record_s = time_of_record(record);
    if (!time_of_record_s && truncated) time_of_record_s = time_of_day(resolve_truncated_time(*truncated, receipt));
    if (!time_of_record_s) return std::nullopt;
    ++statistics.timed_records;
    if (!is_time_of_day(*time_of_record_s)) {
      ++statistics.impossible_times;
      return std::nullopt;
    }
    const UtcTime time = resolve_time_of_day(*time_of_record_s, receipt);
    if (statistics.last && (*statistics.last - time).seconds() > kStepBackS) {
      ++statistics.steps_back;
      statistics.greatest_step_back_s = std::max(statistics.greatest_step_back_s, (*statistics.last - time).seconds());
    }
    if (!statistics.first || time < *statistics.first) statistics.first = time;
    if (!statistics.last || time > *statistics.last) statistics.last = time;
    if (datagram.receipt) statistics.delay.add((*datagram.receipt - time).seconds());
    if (datagram.recorder_clock)
      statistics.recorder_delay.add(
          std::remainder(datagram.recorder_clock->seconds() - *time_of_record_s, kSecondsPerDay));
    return time;
  }

  void count_target(const RecordView& record, std::size_t number, UtcTime time) {
    const auto address = address_of_record(record);
    const auto track = track_number_of_record(record);
    if (address) meet(number, false, *address, time, true);
    if (track) meet(number, true, *track, time, !address);
  }

  void meet(std::size_t number, bool is_track, std::uint32_t id, UtcTime time, bool tells_interval) {
    StreamStatistics& statistics = streams_[number]->statistics;
    const std::uint64_t key = target_key(number, is_track, id);
    auto known = targets_.find(key);
    if (known == targets_.end()) {
      if (targets_.size() == kMostTargets) {
        saturated_ = true;
        return;
      }
      known = targets_.emplace(key, Target{}).first;
      ++(is_track ? statistics.track_numbers : statistics.addresses);
    }
    std::optional<UtcTime>& last = known->second.last;
    if (tells_interval && last) {
      const double interval_s = (time - *last).seconds();
      if (interval_s < kShortestIntervalS && interval_s > -kShortestIntervalS) return;
      if (interval_s > 0.0 && interval_s <= kLongestIntervalS) statistics.update_interval.add(interval_s);
    }
    last = time;
  }

  static void count_rotation(const RecordView& record, Stream& stream, UtcTime time) {
    if (const auto stated = stated_rotation_s(record)) stream.statistics.stated_rotation.add(*stated);
    if (!is_north_marker(record)) return;
    if (stream.last_north) {
      const double interval_s = (time - *stream.last_north).seconds();
      if (interval_s > kShortestIntervalS && interval_s <= kLongestIntervalS)
        stream.statistics.north_marker_interval.add(interval_s);
    }
    stream.last_north = time;
  }

  std::size_t stream_number(int category, std::optional<DataSource> source) {
    const std::uint32_t key = static_cast<std::uint32_t>(category) << 17U |
                              (source ? 0x10000U | static_cast<std::uint32_t>(source->sac) << 8U | source->sic : 0U);
    if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
    if (source && streams_.size() >= kMostStreams) return stream_number(category, std::nullopt);
    auto stream = std::make_unique<Stream>();
    stream->statistics.category = category;
    stream->statistics.source = source;
    stream->statistics.edition = editions_.of(category, source);
    if (stream->statistics.edition != nullptr)
      stream->statistics.item_records.assign(stream->statistics.edition->tables().roots.size(), 0);
    streams_.push_back(std::move(stream));
    numbers_.emplace(key, streams_.size() - 1);
    return streams_.size() - 1;
  }

  asterix::EditionSet editions_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::unordered_map<std::uint32_t, std::size_t> numbers_;
  std::unordered_map<std::uint64_t, Target> targets_;
  std::vector<FaultStatistics> faults_;
  std::size_t input_ = 0;
  bool begun_ = false;
  bool saturated_ = false;
};

StreamStatistician::StreamStatistician(const asterix::EditionSet& editions) : impl_(std::make_unique<Impl>(editions)) {}
StreamStatistician::~StreamStatistician() = default;
StreamStatistician::StreamStatistician(StreamStatistician&&) noexcept = default;
StreamStatistician& StreamStatistician::operator=(StreamStatistician&&) noexcept = default;

void StreamStatistician::begin_input() { impl_->begin_input(); }
void StreamStatistician::take(const Datagram& datagram, UtcTime receipt) { impl_->take(datagram, receipt); }
std::vector<const StreamStatistics*> StreamStatistician::streams() const { return impl_->streams(); }
std::span<const FaultStatistics> StreamStatistician::faults() const noexcept { return impl_->faults(); }
bool StreamStatistician::saturated() const noexcept { return impl_->saturated(); }

}  // namespace marsad::observation
