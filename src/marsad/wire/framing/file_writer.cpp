#include "marsad/wire/framing/file_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "marsad/base/check.hpp"
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/pcap_writer.hpp"

namespace marsad::wire::framing {
namespace {

using Octets = std::vector<std::byte>;

constexpr std::int64_t kDayNs = 86'400'000'000'000;

void append_big(Octets& out, std::uint64_t value, unsigned octets) {
  while (octets-- > 0) out.push_back(static_cast<std::byte>(value >> (8 * octets) & 0xFFU));
}

/// Hundredths of a second since midnight, by the recorder's own clock or else by `time`.
std::uint32_t hundredths_of(const Datagram& datagram, std::optional<units::UtcTime> time) {
  double seconds = 0.0;
  if (datagram.recorder_clock) {
    seconds = datagram.recorder_clock->seconds();
  } else if (const auto receipt = datagram.receipt ? datagram.receipt : time) {
    const std::int64_t of_day = receipt->nanoseconds_since_epoch() % kDayNs;
    seconds = static_cast<double>(of_day < 0 ? of_day + kDayNs : of_day) * 1e-9;
  }
  return static_cast<std::uint32_t>(std::clamp(std::round(seconds * 100.0), 0.0, 16'777'215.0));
}

/// The layout is that of final_frame.cpp. The octets for error, line and day are zero: nothing is known of them.
std::optional<base::Fault> append_final_frame(Octets& out, const Datagram& datagram,
                                              std::optional<units::UtcTime> time) {
  constexpr std::size_t kFrameOctets = 12;
  constexpr std::uint32_t kTrailer = 0xA5A5A5A5U;
  const std::size_t length = kFrameOctets + datagram.payload.size();
  if (length > 0xFFFFU) return base::Fault{base::FaultCode::too_large, 0};
  append_big(out, length, 2);
  append_big(out, 0, 3);
  append_big(out, hundredths_of(datagram, time), 3);
  out.insert(out.end(), datagram.payload.begin(), datagram.payload.end());
  append_big(out, kTrailer, 4);
  return std::nullopt;
}

}  // namespace

std::optional<FileKind> kind_for_writing(std::string_view path) {
  std::string lower(path);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto ends = [&](std::string_view ending) { return lower.ends_with(ending); };
  if (ends(".pcap")) return FileKind::pcap;
  if (ends(".ff") || ends(".rff")) return FileKind::final_frame;
  if (ends(".ast") || ends(".raw") || ends(".bin")) return FileKind::asterix_raw;
  return std::nullopt;
}

bool can_write(FileKind kind) noexcept {
  return kind == FileKind::asterix_raw || kind == FileKind::pcap || kind == FileKind::final_frame;
}

FileWriter::FileWriter(FileKind kind) : kind_(kind) { MARSAD_CHECK(can_write(kind)); }

void FileWriter::begin(Octets& out) const {
  if (kind_ == FileKind::pcap) append_pcap_header(out);
}

std::optional<base::Fault> FileWriter::append_whole(Octets& out, const Datagram& datagram,
                                                    std::optional<units::UtcTime> time) const {
  if (kind_ == FileKind::pcap) return append_pcap_packet(out, datagram, time);
  if (kind_ == FileKind::final_frame) return append_final_frame(out, datagram, time);
  out.insert(out.end(), datagram.payload.begin(), datagram.payload.end());
  return std::nullopt;
}

std::optional<base::Fault> FileWriter::append(Octets& out, const Datagram& datagram,
                                              std::optional<units::UtcTime> time) const {
  const std::size_t begin = out.size();
  if (!append_whole(out, datagram, time)) return std::nullopt;
  for (std::size_t at = 0; at < datagram.payload.size();) {
    const auto rest = datagram.payload.subspan(at);
    const std::size_t length = whole_block(rest).value_or(rest.size());
    Datagram part = datagram;
    part.payload = rest.first(length);
    if (const auto fault = append_whole(out, part, time)) {
      out.resize(begin);
      return base::Fault{fault->code, at};
    }
    at += length;
  }
  return std::nullopt;
}

}  // namespace marsad::wire::framing
