#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "marsad/base/result.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/datagram_batch.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// How the ADS-B service presents itself, and what is worth a report.
struct Cat021Settings {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::optional<std::uint8_t> service;      ///< I021/015
  std::string edition = "2.4";              ///< any 2.x that is described
  std::size_t max_datagram_octets = 1'400;  ///< at least 256 and at most 65,507
  bool velocities = false;                  ///< also a report, without position, for each velocity message
  bool identifications = false;  ///< also for each identification and status message (type codes 1 to 4, 28, 29, 31)
  bool rebroadcasts = true;      ///< also for what came by ADS-R
};

struct Cat021Counters {
  std::uint64_t records = 0;
  std::uint64_t datagrams = 0;
  std::uint64_t octets = 0;
  std::uint64_t not_encodable = 0;  ///< records that no datagram could hold
};

/// Mode S receivers as an ADS-B ground station: CAT021 target reports, as a rule one for each resolved position, none
/// for duplicates, replies and doubtful messages, and none for what is no ADS-B (TIS-B, multilateration). Records are
/// collected into blocks as large as a datagram may be; `flush` sends what is left, and is to be called at least as
/// often as latency demands. EUROCONTROL-SPEC-0149-12.
class Cat021Service {
 public:
  /// Fails with a message for the configuration's user: unknown edition, datagram size out of range.
  static base::Result<Cat021Service, std::string> make(const Cat021Settings& settings);

  ~Cat021Service();
  Cat021Service(Cat021Service&&) noexcept;
  Cat021Service& operator=(Cat021Service&&) noexcept;

  /// Takes what a message gave, and appends the datagram that it made full, if it did. True if it was worth a report.
  bool take(const observation::mode_s::Outcome& outcome, units::UtcTime now, DatagramBatch& batch);
  void flush(DatagramBatch& batch);

  [[nodiscard]] const Cat021Counters& counters() const noexcept;

 private:
  class State;
  explicit Cat021Service(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace marsad::output
