#include "receipt_clock.hpp"

#include "datagram_source.hpp"
#include "errors.hpp"
#include "recorded_input.hpp"
#include "settings_files.hpp"

namespace marsad::app {
namespace {

/// So many datagrams of a file show its first time of day.
constexpr std::size_t kTimeDatagrams = 4000;

}  // namespace

std::shared_ptr<observation::ReceiptEstimator> primed_estimator(const InputOptions& options, const std::string& path,
                                                                const io::MappedFile& file, units::UtcTime date,
                                                                const wire::asterix::EditionSet& editions) {
  auto estimator = std::make_shared<observation::ReceiptEstimator>(date, editions);
  auto source = DatagramSource::open(path, file, parse_kind(options.kind));
  if (!source.ok()) throw UnreadableInput(source.error());
  for (std::size_t seen = 0; seen < kTimeDatagrams; ++seen) {
    const auto datagram = source->next();
    if (!datagram) break;
    estimator->prime(datagram->payload, datagram->kind);
  }
  return estimator;
}

ReceiptClock::ReceiptClock(const InputOptions& options, std::size_t input, const io::MappedFile& file,
                           const wire::asterix::EditionSet& editions)
    : latest_(told_beginning(options, input).value_or(io::Beginning{}).time) {
  estimator_ = primed_estimator(options, options.inputs[input], file, latest_, editions);
}

units::UtcTime ReceiptClock::of(const wire::framing::Datagram& datagram) {
  const auto receipt = datagram.receipt ? datagram.receipt : estimator_->receipt_of(datagram.payload, datagram.kind);
  if (receipt) latest_ = *receipt;
  return latest_;
}

}  // namespace marsad::app
