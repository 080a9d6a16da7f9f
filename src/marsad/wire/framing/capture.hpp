#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "marsad/wire/framing/envelope.hpp"
#include "marsad/wire/framing/network.hpp"
#include "marsad/wire/framing/reassembly.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {

/// What the walkers of pcap and pcapng share: opening frames, telling ASTERIX from other traffic, fragments, envelopes,
/// and the books. The derived class finds the frames.
class CaptureWalker : public Walker {
 public:
  using Walker::Walker;
  std::optional<Datagram> next() final;

 protected:
  struct Captured {
    std::span<const std::byte> octets;
    std::uint32_t link_type = 0;
    std::optional<units::UtcTime> receipt;
  };

  /// Reads one record and hands its frame to accept(); or enters the record as framing or damage. False at the end.
  virtual bool step() = 0;
  /// Enters every octet of the frame in the books, at once or, what becomes payload, when it is delivered.
  void accept(const Captured& captured);

 private:
  void accept_datagram(const Captured& captured, const Frame& frame);
  void accept_fragment(const Captured& captured, const Frame& frame);
  void begin_parts(std::span<const std::byte> payload, std::uint64_t offset, const Captured& captured,
                   const Source& source);
  std::optional<Datagram> next_part();
  [[nodiscard]] bool is_asterix(const Frame& frame);

  /// Destinations that have shown ASTERIX. Beyond kMostFlows no more are learned; each datagram is then judged alone.
  static constexpr std::size_t kMostFlows = 1024;
  std::vector<Source> flows_;

  Reassembly reassembly_;
  EnvelopeParts parts_{{}};
  std::span<const std::byte> whole_;  ///< what parts_ takes apart
  Datagram pattern_;                  ///< what its parts have in common; offset is that of whole_
};

}  // namespace marsad::wire::framing
