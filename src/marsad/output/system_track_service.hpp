#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "marsad/base/result.hpp"
#include "marsad/output/datagram_batch.hpp"
#include "marsad/picture/air_picture.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// How the system track service presents itself.
struct SystemTrackSettings {
  std::uint8_t sac = 0;      ///< system area code of this system (I062/010, I065/010)
  std::uint8_t sic = 0;      ///< system identification code
  std::uint8_t service = 1;  ///< service identification (I062/015, I065/015)
  std::string cat062_edition = "1.18";
  std::string cat065_edition = "1.4";
  std::size_t max_datagram_octets = 1400;  ///< at least 256 and at most 65,507, so that one record always fits
  bool include_tentative = false;          ///< send tentative tracks too, with CNF set
  /// Between two batches; 0: one for every picture. A track that ends in between is told at once.
  units::Duration period;
};

/// What the service has done since it was made.
struct SystemTrackCounters {
  std::uint64_t pictures = 0;
  std::uint64_t records = 0;  ///< CAT062 records
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t not_encodable = 0;  ///< tracks left out because their position or velocity was not a finite number
};

/// The picture as a periodic ASTERIX service: per period one batch of CAT062 data blocks with every track, then one
/// CAT065 block with "end of batch", "SDPS status", and a "service status report" when the service becomes degraded (a
/// configured sensor is not heard) or recovers. EUROCONTROL-SPEC-0149-9 (CAT062) and EUROCONTROL-SPEC-0149-15 (CAT065).
///
/// A track's first record has TSB set, its last one TSE; a track that vanished from the pictures without having been
/// seen as terminated is still ended, by a record with TSE and no position. The service remembers for that which tracks
/// it has announced, with their Mode A code (for "has changed"): its only state.
class SystemTrackService {
 public:
  /// Fails with a message for the configuration's user: unknown edition, datagram size out of range.
  static base::Result<SystemTrackService, std::string> make(const SystemTrackSettings& settings);

  ~SystemTrackService();
  SystemTrackService(SystemTrackService&&) noexcept;
  SystemTrackService& operator=(SystemTrackService&&) noexcept;

  /// Appends the datagrams of one picture to `batch`. Each is a sequence of whole data blocks of one category.
  void encode(const picture::AirPicture& picture, DatagramBatch& batch);

  [[nodiscard]] const SystemTrackCounters& counters() const noexcept;

 private:
  class State;
  explicit SystemTrackService(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace marsad::output
