#include "marsad/output/cat021_service.hpp"

#include <fmt/format.h>

#include <utility>

#include "marsad/output/cat021_record.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"

namespace marsad::output {
namespace {

using observation::mode_s::Outcome;
using observation::mode_s::SourceKind;
using observation::mode_s::Verdict;
using wire::asterix::Edition;
using wire::modes::SquitterKind;

constexpr int kCategory = 21;
constexpr std::size_t kSmallestDatagram = 256;
constexpr std::size_t kLargestDatagram = 65'507;

/// What kind of squitter an accepted message is; nothing for another format.
std::optional<SquitterKind> squitter_kind_of(const Outcome& outcome) {
  const unsigned format = outcome.frame->downlink_format();
  if (format != 17 && format != 18) return std::nullopt;
  const wire::modes::ExtendedSquitter squitter(*outcome.frame);
  if (!squitter.has_type_code()) return std::nullopt;
  return wire::modes::squitter_kind(squitter.type_code());
}

bool is_adsb(SourceKind source, bool rebroadcasts) {
  switch (source) {
    case SourceKind::transponder:
    case SourceKind::anonymous:
      return true;
    case SourceKind::adsr:
    case SourceKind::adsr_other:
      return rebroadcasts;
    default:
      return false;
  }
}

}  // namespace

class Cat021Service::State {
 public:
  State(const Cat021Settings& settings, const Edition& edition)
      : settings_(settings), station_{settings.sac, settings.sic, settings.service}, record_(edition) {
    block_.limit_to(settings.max_datagram_octets);
  }

  bool take(const Outcome& outcome, units::UtcTime now, DatagramBatch& batch) {
    if (!is_wanted(outcome)) return false;
    fill_cat021(record_, station_, outcome, now);
    if (!block_.add(record_)) {
      flush(batch);
      if (!block_.add(record_)) {
        ++counters_.not_encodable;
        return false;
      }
    }
    ++counters_.records;
    return true;
  }

  void flush(DatagramBatch& batch) {
    if (block_.empty()) return;
    batch.add(block_.octets());
    ++counters_.datagrams;
    counters_.octets += block_.octets().size();
    block_.clear();
  }

  [[nodiscard]] const Cat021Counters& counters() const noexcept { return counters_; }

 private:
  [[nodiscard]] bool is_wanted(const Outcome& outcome) const {
    if (outcome.verdict != Verdict::accepted || !is_adsb(outcome.source, settings_.rebroadcasts)) return false;
    if (outcome.position) return true;
    const auto kind = squitter_kind_of(outcome);
    if (!kind) return false;
    switch (*kind) {
      case SquitterKind::airborne_velocity:
        return settings_.velocities;
      case SquitterKind::identification:
      case SquitterKind::aircraft_status:
      case SquitterKind::target_state:
      case SquitterKind::operational_status:
        return settings_.identifications;
      default:
        return false;
    }
  }

  Cat021Settings settings_;
  GroundStation station_;
  wire::asterix::RecordBuilder record_;
  wire::asterix::BlockBuilder block_{kCategory};
  Cat021Counters counters_;
};

base::Result<Cat021Service, std::string> Cat021Service::make(const Cat021Settings& settings) {
  const Edition* const edition = wire::asterix::find_edition(kCategory, settings.edition);
  if (edition == nullptr || !settings.edition.starts_with("2."))
    return fmt::format("category 021 can be sent in editions 2.x, not in \"{}\"", settings.edition);
  if (settings.max_datagram_octets < kSmallestDatagram || settings.max_datagram_octets > kLargestDatagram)
    return fmt::format("a datagram holds {} to {} octets, not {}", kSmallestDatagram, kLargestDatagram,
                       settings.max_datagram_octets);
  return Cat021Service(std::make_unique<State>(settings, *edition));
}

Cat021Service::Cat021Service(std::unique_ptr<State> state) : state_(std::move(state)) {}
Cat021Service::~Cat021Service() = default;
Cat021Service::Cat021Service(Cat021Service&&) noexcept = default;
Cat021Service& Cat021Service::operator=(Cat021Service&&) noexcept = default;

bool Cat021Service::take(const Outcome& outcome, units::UtcTime now, DatagramBatch& batch) {
  return state_->take(outcome, now, batch);
}
void Cat021Service::flush(DatagramBatch& batch) { state_->flush(batch); }
const Cat021Counters& Cat021Service::counters() const noexcept { return state_->counters(); }

}  // namespace marsad::output
