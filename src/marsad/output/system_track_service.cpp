#include "marsad/output/system_track_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "marsad/output/cat062_record.hpp"
#include "marsad/output/sensor_health.hpp"
#include "marsad/output/track_view.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/fields/cat065.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using picture::SystemTrack;
using wire::asterix::BlockBuilder;
using wire::asterix::Edition;
using wire::asterix::RecordBuilder;
namespace cat065 = wire::asterix::cat065;

/// I065/000.
enum class MessageType : std::uint8_t { sdps_status = 1, end_of_batch = 2, service_status = 3 };

/// A configured sensor is not heard, or no sensor at all.
bool is_degraded(const AirPicture& picture) {
  bool any_heard = false;
  for (const auto& sensor : picture.sensors) {
    const SensorHealth health = health_of(sensor, picture.time);
    const bool heard = health == SensorHealth::ok || health == SensorHealth::late;
    if (sensor.configured && !heard) return true;
    any_heard = any_heard || heard;
  }
  return !any_heard;
}

/// A track that the receivers know of.
struct Announced {
  tracking::TrackId id;
  std::uint16_t track_number = 0;
  std::optional<observation::ModeACode> mode_a;
};

}  // namespace

class SystemTrackService::State {
 public:
  State(const SystemTrackSettings& settings, const Edition& cat062, const Edition& cat065)
      : settings_(settings),
        identity_{settings.sac, settings.sic, settings.service},
        track_record_(cat062),
        status_record_(cat065) {
    block_.limit_to(settings.max_datagram_octets);
  }

  void encode(const AirPicture& picture, DatagramBatch& batch) {
    ++counters_.pictures;
    const bool due = is_due(picture.time);
    encode_tracks(picture, due, batch);
    flush(batch);
    if (!due) return;
    last_batch_ = picture.time;
    encode_status(picture, batch);
  }

  [[nodiscard]] const SystemTrackCounters& counters() const noexcept { return counters_; }

 private:
  /// Also when time has gone back (a replay was wound back). A twentieth of a second early counts as on time.
  [[nodiscard]] bool is_due(units::UtcTime now) const {
    if (!last_batch_ || now < *last_batch_) return true;
    return now - *last_batch_ >= settings_.period - units::Duration::milliseconds(50.0);
  }

  /// Walks the tracks of the picture and those announced side by side, both in id order.
  void encode_tracks(const AirPicture& picture, bool due, DatagramBatch& batch) {
    next_announced_.clear();
    auto known = announced_.cbegin();
    for (const auto& track : picture.tracks) {
      for (; known != announced_.cend() && known->id < track.id; ++known) end_vanished(*known, picture.time, batch);
      const bool is_known = known != announced_.cend() && known->id == track.id;
      encode_track(picture, track, is_known ? &*known : nullptr, due, batch);
      if (is_known) ++known;
    }
    for (; known != announced_.cend(); ++known) end_vanished(*known, picture.time, batch);
    std::swap(announced_, next_announced_);
  }

  void encode_track(const AirPicture& picture, const SystemTrack& track, const Announced* known, bool due,
                    DatagramBatch& batch) {
    if (!is_alive(track)) {
      if (known == nullptr) return;
      fill_cat062(track_record_, identity_, picture, track,
                  {.last = true, .mode_a_changed = known->mode_a != track.mode_a});
      return add_track_record(batch);
    }
    const bool wanted = due && (is_established(track) || settings_.include_tentative);
    const bool usable = has_usable_state(track);
    if (wanted && !usable) ++counters_.not_encodable;
    if (!wanted || !usable) {
      if (known != nullptr) next_announced_.push_back(*known);
      return;
    }
    const bool changed = known != nullptr && known->mode_a != track.mode_a;
    fill_cat062(track_record_, identity_, picture, track, {.first = known == nullptr, .mode_a_changed = changed});
    add_track_record(batch);
    next_announced_.push_back({track.id, track.track_number, track.mode_a});
  }

  void end_vanished(const Announced& track, units::UtcTime time, DatagramBatch& batch) {
    fill_cat062_end(track_record_, identity_, time, track.track_number);
    add_track_record(batch);
  }

  void add_track_record(DatagramBatch& batch) {
    if (!block_.add(track_record_)) {
      flush(batch);
      if (!block_.add(track_record_)) {
        ++counters_.not_encodable;
        return;
      }
    }
    ++counters_.records;
  }

  void flush(DatagramBatch& batch) {
    if (!block_.empty()) send(block_.octets(), batch);
    block_.clear();
  }

  void send(std::span<const std::byte> datagram, DatagramBatch& batch) {
    batch.add(datagram);
    ++counters_.datagrams;
    counters_.octets += datagram.size();
  }

  void encode_status(const AirPicture& picture, DatagramBatch& batch) {
    const bool degraded = is_degraded(picture);
    begin_message(MessageType::end_of_batch, picture.time);
    status_record_.set_raw(cat065::I015_VALUE, identity_.service);
    status_record_.set_raw(cat065::I020_VALUE, batch_number_++);
    end_message();

    begin_message(MessageType::sdps_status, picture.time);
    status_record_.set_raw(cat065::I040_NOGO, degraded ? 1U : 0U);
    status_record_.set_raw(cat065::I040_OVL, 0);
    status_record_.set_raw(cat065::I040_TSV, 0);
    status_record_.set_raw(cat065::I040_PSS, 0);
    end_message();

    if (degraded != degraded_) {
      constexpr std::uint64_t kDegradation = 1;
      constexpr std::uint64_t kDegradationEnded = 2;
      begin_message(MessageType::service_status, picture.time);
      status_record_.set_raw(cat065::I015_VALUE, identity_.service);
      status_record_.set_raw(cat065::I050_VALUE, degraded ? kDegradation : kDegradationEnded);
      end_message();
      degraded_ = degraded;
    }
    send(status_block_.octets(), batch);
    status_block_.clear();
  }

  void begin_message(MessageType type, units::UtcTime time) {
    status_record_.clear();
    status_record_.set_raw(cat065::I010_SAC, identity_.sac);
    status_record_.set_raw(cat065::I010_SIC, identity_.sic);
    status_record_.set_raw(cat065::I000_VALUE, static_cast<std::uint64_t>(type));
    status_record_.set_raw(cat065::I030_VALUE, time_of_day_128ths(time));
  }

  void end_message() {
    const bool added = status_block_.add(status_record_).ok();
    MARSAD_CHECK(added);  // three short records of this category always fit
  }

  SystemTrackSettings settings_;
  ServiceIdentity identity_;
  RecordBuilder track_record_;
  RecordBuilder status_record_;
  BlockBuilder block_{62};
  BlockBuilder status_block_{65};
  std::vector<Announced> announced_;       // in id order
  std::vector<Announced> next_announced_;  // of the picture being encoded; kept for its memory
  std::optional<units::UtcTime> last_batch_;
  std::uint8_t batch_number_ = 0;
  bool degraded_ = false;
  SystemTrackCounters counters_;
};

base::Result<SystemTrackService, std::string> SystemTrackService::make(const SystemTrackSettings& settings) {
  const Edition* cat062 = wire::asterix::find_edition(62, settings.cat062_edition);
  if (cat062 == nullptr) return fmt::format("CAT062 edition \"{}\" is not described", settings.cat062_edition);
  const Edition* cat065 = wire::asterix::find_edition(65, settings.cat065_edition);
  if (cat065 == nullptr) return fmt::format("CAT065 edition \"{}\" is not described", settings.cat065_edition);
  if (settings.max_datagram_octets < 256 || settings.max_datagram_octets > 65'507)
    return fmt::format("a datagram of at most {} octets: give 256 to 65507", settings.max_datagram_octets);
  return SystemTrackService(std::make_unique<State>(settings, *cat062, *cat065));
}

SystemTrackService::SystemTrackService(std::unique_ptr<State> state) : state_(std::move(state)) {}
SystemTrackService::~SystemTrackService() = default;
SystemTrackService::SystemTrackService(SystemTrackService&&) noexcept = default;
SystemTrackService& SystemTrackService::operator=(SystemTrackService&&) noexcept = default;

void SystemTrackService::encode(const AirPicture& picture, DatagramBatch& batch) { state_->encode(picture, batch); }

const SystemTrackCounters& SystemTrackService::counters() const noexcept { return state_->counters(); }

}  // namespace marsad::output
