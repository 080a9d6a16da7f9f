#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "marsad/base/result.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {

/// What stands at the beginning of some octets.
struct Piece {
  enum class What : std::uint8_t {
    message,     ///< a datagram was filled in
    framing,     ///< nothing but line ends, headers, time marks
    other,       ///< sound, but not for us: status frames, a program's own remarks
    damaged,     ///< leave it out, for the reason in `fault`
    incomplete,  ///< more octets are needed to tell; nothing was taken
  };
  What what = What::incomplete;
  base::FaultCode fault{};         ///< of what is damaged, or of a flawed message
  bool flawed = false;             ///< of a message: delivered, but something about it is wrong
  std::size_t octets = 0;          ///< that the piece takes up
  std::size_t payload_octets = 0;  ///< of them, those that became the message's payload; the rest is framing
  std::size_t payload_at = 0;      ///< where in the piece the payload begins
};

/// Cuts a row of octets into messages. Each form that receivers speak has one; the same cutter serves files (CutWalker)
/// and live streams (MessageStream). It keeps what must be known of the octets before, so a new file or connection
/// needs a new one.
class Cutter {
 public:
  Cutter() = default;
  virtual ~Cutter() = default;
  Cutter(const Cutter&) = delete;
  Cutter& operator=(const Cutter&) = delete;

  /// The piece at the beginning of `octets`, which are not empty. It takes up at least one octet unless it is
  /// incomplete; it never is if nothing `more` will come. For a message everything in `out` but the offset is set; its
  /// payload lies in `octets` or in the cutter itself, and is valid until the next call. After an incomplete piece the
  /// next call is given the same octets again with more behind them, or, at the end, nothing more.
  virtual Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) = 0;

 protected:
  [[nodiscard]] static Piece framing(std::size_t octets) noexcept {
    return {.what = Piece::What::framing, .octets = octets};
  }
  [[nodiscard]] static Piece other(std::size_t octets) noexcept {
    return {.what = Piece::What::other, .octets = octets};
  }
  [[nodiscard]] static Piece damaged(std::size_t octets, base::FaultCode fault) noexcept {
    return {.what = Piece::What::damaged, .fault = fault, .octets = octets};
  }
  [[nodiscard]] static Piece incomplete() noexcept { return {}; }
};

/// Walks a file with a cutter.
class CutWalker final : public Walker {
 public:
  CutWalker(std::span<const std::byte> content, std::unique_ptr<Cutter> cutter) noexcept
      : Walker(content), cutter_(std::move(cutter)) {}

  std::optional<Datagram> next() override;

 private:
  std::unique_ptr<Cutter> cutter_;
};

/// What a receiver's 48 bit counter counts.
enum class CounterKind : std::uint8_t {
  megahertz_12,  ///< twelfths of a microsecond since the receiver started
  gps,           ///< 18 bits seconds since midnight UTC, 30 bits nanoseconds (Radarcape)
};

// One cutter for each form. The counters of Beast and AVR need no kind where the times come from elsewhere.
std::unique_ptr<Cutter> beast_cutter(CounterKind counters = CounterKind::megahertz_12);
std::unique_ptr<Cutter> avr_cutter(CounterKind counters = CounterKind::megahertz_12);
std::unique_ptr<Cutter> hex_csv_cutter();
std::unique_ptr<Cutter> sbs_cutter();
std::unique_ptr<Cutter> dump978_cutter();
std::unique_ptr<Cutter> aircraft_json_cutter();

}  // namespace marsad::wire::framing
