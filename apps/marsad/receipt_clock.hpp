#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "marsad/io/mapped_file.hpp"
#include "marsad/observation/receipt_estimator.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "options.hpp"

namespace marsad::app {

/// An estimator that has seen the beginning of the file, so that a wild first time of day does not set its start.
/// `date` is any moment of the UTC day of the first record.
std::shared_ptr<observation::ReceiptEstimator> primed_estimator(const InputOptions& options, const std::string& path,
                                                                const io::MappedFile& file, units::UtcTime date,
                                                                const wire::asterix::EditionSet& editions);

/// When each datagram of one file was received: as the file says or, where it keeps no receipt times, estimated from
/// the times of day in it, from the day of `--start` or
/// `--date` on; a datagram that
/// tells no time is taken to have come with the one before it.
class ReceiptClock {
 public:
  /// `input`: the number of the file among the inputs.
  ReceiptClock(const InputOptions& options, std::size_t input, const io::MappedFile& file,
               const wire::asterix::EditionSet& editions);

  /// Of the next datagram.
  units::UtcTime of(const wire::framing::Datagram& datagram);

 private:
  std::shared_ptr<observation::ReceiptEstimator> estimator_;
  units::UtcTime latest_;
};

}  // namespace marsad::app
