#include "marsad/wire/framing/file_writer.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "marsad/base/check.hpp"
#include "marsad/wire/framing/blocks.hpp"
#include "marsad/wire/framing/final_frame_writer.hpp"
#include "marsad/wire/framing/pcap_writer.hpp"

namespace marsad::wire::framing {
namespace {

using Octets = std::vector<std::byte>;

/// The recorder's own clock goes before times of receipt: it need not be UTC.
std::optional<base::Fault> append_frame(Octets& out, const Datagram& datagram, std::optional<units::UtcTime> time) {
  units::UtcTime shown = datagram.receipt.value_or(time.value_or(units::UtcTime{}));
  if (datagram.recorder_clock) {
    constexpr double kHundredths = 100.0;  // to the nearest, for the clock came from as many
    shown = units::UtcTime::seconds_since_epoch((std::round(datagram.recorder_clock->seconds() * kHundredths) + 0.5) /
                                                kHundredths);
  }
  return append_final_frame(out, datagram.payload, shown);
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
  if (kind_ == FileKind::final_frame) return append_frame(out, datagram, time);
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
