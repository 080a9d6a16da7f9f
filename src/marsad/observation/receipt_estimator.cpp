#include "marsad/observation/receipt_estimator.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "marsad/observation/plot_row.hpp"
#include "marsad/observation/record_keys.hpp"
#include "marsad/observation/time_of_day.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::observation {

using units::Duration;
using units::UtcTime;
using wire::asterix::RecordView;
using wire::framing::PayloadKind;
namespace asterix = wire::asterix;

namespace {

/// A time of day this far ahead of the latest advances the clock, this far behind is merely late.
constexpr double kStepS = 30.0;
constexpr double kLateS = 600.0;
/// Records of one source that must agree on a time out of step before the clock follows it.
constexpr unsigned kAgreeing = 5;
/// Records without anything in step after which even a source that never was in step is followed.
constexpr unsigned kSilence = 100;
constexpr std::size_t kMaxSources = 64;
constexpr std::size_t kMaxPrimed = 256;
constexpr std::ptrdiff_t kPrimingNeighbours = 8;
constexpr double kPrimingAgreementS = 60.0;

/// From `from` to `to` on the circle of the day, -43 200 to 43 200 s.
double turn(double from, double to) { return std::remainder(to - from, kSecondsPerDay); }

std::uint32_t source_of(const RecordView& record) {
  const asterix::DataSource source = record.source().value_or(asterix::DataSource{0, 0});
  return static_cast<std::uint32_t>(record.category()) << 16U | static_cast<std::uint32_t>(source.sac) << 8U |
         source.sic;
}

std::uint32_t category_of(std::uint32_t source) { return source >> 16U; }

}  // namespace

class ReceiptEstimator::Impl {
 public:
  Impl(UtcTime date, const asterix::EditionSet& editions)
      : midnight_(date - Duration::seconds(time_of_day(date))), editions_(editions) {
    sources_.reserve(kMaxSources);
  }

  void prime(std::span<const std::byte> payload, PayloadKind kind) {
    if (kind != PayloadKind::asterix || now_) return;
    for_each_time(payload, [this](std::uint32_t /*source*/, double time) {
      if (primed_.size() < kMaxPrimed) primed_.push_back(time);
    });
  }

  std::optional<UtcTime> receipt_of(std::span<const std::byte> payload, PayloadKind kind) {
    if (kind == PayloadKind::plot_row) {
      const auto row = parse_plot_row({reinterpret_cast<const char*>(payload.data()), payload.size()});
      if (row && (!now_ || row->receipt > *now_)) now_ = row->receipt;
      return now_;
    }
    if (kind != PayloadKind::asterix) return std::nullopt;  // receivers' messages tell no time of day
    if (!now_ && !primed_.empty()) start(first_of_primed());
    for_each_time(payload, [this](std::uint32_t source, double time) { hear(source, time); });
    if (!now_) start_truncated(payload);
    return now_;
  }

 private:
  /// What one source has said out of step.
  struct Source {
    std::uint32_t key = 0;
    bool was_in_step = false;
    unsigned agreeing = 0;
    double latest = 0.0;
  };

  /// Calls `on_time(source, seconds of day)` for each record that tells one. Truncated times are completed by the time
  /// that the clock has reached, so they tell nothing before it has started.
  template <class OnTime>
  void for_each_time(std::span<const std::byte> payload, OnTime&& on_time) {
    const auto on_record = [&](const RecordView& record) {
      std::optional<double> time = time_of_record(record);
      if (!time && now_) {
        if (const auto truncated = truncated_time_of_record(record))
          time = time_of_day(resolve_truncated_time(*truncated, *now_));
      }
      if (time && is_time_of_day(*time)) on_time(source_of(record), *time);
    };
    asterix::decode_datagram(payload, editions_, on_record, [](const asterix::DecodeFault&) {});
  }

  void start(double time) { now_ = midnight_ + Duration::seconds(time); }

  /// Nothing but truncated times so far: as if the file began in the first 512 s of the day, until a full time comes.
  void start_truncated(std::span<const std::byte> payload) {
    const auto on_record = [this](const RecordView& record) {
      if (const auto truncated = truncated_time_of_record(record); truncated && !now_) start(*truncated);
    };
    asterix::decode_datagram(payload, editions_, on_record, [](const asterix::DecodeFault&) {});
    provisional_ = now_.has_value();
  }

  /// Forward only: a time of day that lies behind is that of the next day.
  void jump_to(double time) {
    const double ahead_s = turn(time_of_day(*now_), time);
    now_ = *now_ + Duration::seconds(ahead_s < 0.0 ? ahead_s + kSecondsPerDay : ahead_s);
    out_of_step_ = 0;
    for (Source& other : sources_) other.agreeing = 0;
  }

  /// The first of the times seen in advance with which most of the next few agree.
  [[nodiscard]] double first_of_primed() const {
    for (auto first = primed_.begin(); first != primed_.end(); ++first) {
      const auto last = first + 1 + std::min(kPrimingNeighbours, primed_.end() - first - 1);
      const auto agreeing = std::count_if(
          first + 1, last, [&](double other) { return std::abs(turn(*first, other)) <= kPrimingAgreementS; });
      if (agreeing > 0 && 2 * agreeing >= last - first - 1) return *first;
    }
    return primed_.front();
  }

  void hear(std::uint32_t key, double time) {
    if (!now_) start(time);
    if (provisional_ && category_of(key) != 1) {
      provisional_ = false;
      jump_to(time);
    }
    const double ahead_s = turn(time_of_day(*now_), time);
    Source* const source = source_named(key);
    if (ahead_s >= -kLateS && ahead_s <= kStepS) {
      if (ahead_s > 0.0) now_ = resolve_time_of_day(time, *now_);
      out_of_step_ = 0;
      if (source != nullptr) {
        source->was_in_step = true;
        source->agreeing = 0;
      }
      return;
    }
    ++out_of_step_;
    if (source != nullptr) hear_out_of_step(*source, time);
  }

  void hear_out_of_step(Source& source, double time) {
    const bool agrees = source.agreeing > 0 && std::abs(turn(source.latest, time)) <= kStepS;
    source.agreeing = agrees ? source.agreeing + 1 : 1;
    source.latest = time;
    const bool alone = source.was_in_step ? out_of_step_ >= kAgreeing : out_of_step_ >= kSilence;
    if (source.agreeing < kAgreeing || !alone) return;
    jump_to(time);
    source.was_in_step = true;
  }

  /// The memory of a source; of at most `kMaxSources`, beyond which a source only helps the clock on.
  Source* source_named(std::uint32_t key) {
    const auto found = std::ranges::find(sources_, key, &Source::key);
    if (found != sources_.end()) return &*found;
    if (sources_.size() == kMaxSources) return nullptr;
    sources_.push_back(Source{.key = key});
    return &sources_.back();
  }

  UtcTime midnight_;
  asterix::EditionSet editions_;
  std::optional<UtcTime> now_;
  std::vector<double> primed_;
  std::vector<Source> sources_;
  bool provisional_ = false;  ///< started by a truncated time
  unsigned out_of_step_ = 0;  ///< records since the last one in step
};

ReceiptEstimator::ReceiptEstimator(UtcTime date) : ReceiptEstimator(date, asterix::EditionSet::defaults()) {}
ReceiptEstimator::ReceiptEstimator(UtcTime date, const asterix::EditionSet& editions)
    : impl_(std::make_unique<Impl>(date, editions)) {}
ReceiptEstimator::~ReceiptEstimator() = default;
ReceiptEstimator::ReceiptEstimator(ReceiptEstimator&&) noexcept = default;
ReceiptEstimator& ReceiptEstimator::operator=(ReceiptEstimator&&) noexcept = default;

void ReceiptEstimator::prime(std::span<const std::byte> payload, PayloadKind kind) { impl_->prime(payload, kind); }

std::optional<UtcTime> ReceiptEstimator::receipt_of(std::span<const std::byte> payload, PayloadKind kind) {
  return impl_->receipt_of(payload, kind);
}

}  // namespace marsad::observation
