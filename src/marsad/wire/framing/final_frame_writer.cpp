#include "marsad/wire/framing/final_frame_writer.hpp"

#include <cstdint>

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kHeaderOctets = 8;
constexpr std::size_t kTrailerOctets = 4;
constexpr std::byte kTrailer{0xA5};
constexpr std::int64_t kNanosecondsOfDay = 86'400'000'000'000;
constexpr std::int64_t kNanosecondsOfCount = 10'000'000;

void append(std::vector<std::byte>& out, std::uint64_t value, std::size_t octets) {
  while (octets-- > 0) out.push_back(static_cast<std::byte>(value >> 8 * octets));
}

}  // namespace

std::optional<base::Fault> append_final_frame(std::vector<std::byte>& out, std::span<const std::byte> payload,
                                              units::UtcTime time) {
  const std::size_t size = kHeaderOctets + payload.size() + kTrailerOctets;
  if (size > 0xFFFF) return base::Fault{base::FaultCode::too_large, 0};
  std::int64_t day = time.nanoseconds_since_epoch() / kNanosecondsOfDay;
  std::int64_t rest = time.nanoseconds_since_epoch() % kNanosecondsOfDay;
  if (rest < 0) {
    rest += kNanosecondsOfDay;
    --day;
  }
  append(out, size, 2);
  append(out, 0, 2);
  append(out, static_cast<std::uint64_t>(day), 1);
  append(out, static_cast<std::uint64_t>(rest / kNanosecondsOfCount), 3);
  out.insert(out.end(), payload.begin(), payload.end());
  out.insert(out.end(), kTrailerOctets, kTrailer);
  return std::nullopt;
}

}  // namespace marsad::wire::framing
