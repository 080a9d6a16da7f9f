#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace marsad::wire::framing {

/// The forms in which surveillance data lie in files. docs/framings.md states the layout of each and where we have it
/// from. A new form needs a name, a rule of detection and a walker, all listed in one table in file_reader.cpp.
enum class FileKind : std::uint8_t {
  asterix_raw,       ///< ASTERIX data blocks one after another (.ast, .raw, .bin)
  pcap,              ///< libpcap capture, micro- or nanoseconds, either byte order
  pcapng,            ///< pcapng capture, either byte order
  final_frame,       ///< FINAL (IOSS) frames: 8 octets header, data blocks, A5 A5 A5 A5 (.ff)
  rply,              ///< replay file of the DARR tool: int32 length, int32 delay in ms, data blocks; little-endian
  gps,               ///< GPS recordings: 2200 octets header, then data blocks with 10 octets behind each
  plots_csv,         ///< plots.csv, one target report per line
  beast,             ///< Mode S messages as a Beast receiver or dump1090 sends them, binary
  avr,               ///< Mode S messages as text: *8D...; with or without counter and signal
  hex_csv,           ///< lines of a time and a Mode S message in hexadecimal digits
  sbs,               ///< SBS-1 (BaseStation) rows
  dump978,           ///< 978 MHz messages as dump978 prints them
  aircraft_json,     ///< aircraft.json of readsb, dump1090 and tar1090, one or several
  marsad_recording,  ///< our own recording, read by recording::Reader
};

/// The first octets of every marsad recording.
inline constexpr std::array<char, 8> kRecordingMagic{'M', 'A', 'R', 'S', 'A', 'D', 'L', '1'};

/// The column names that the first line of a plots.csv must begin with. Further columns may follow.
inline constexpr std::string_view kPlotsCsvHeader =
    "t,t_rx,sensor_id,type,range_m,azimuth_deg,mode3a,mode_s,fl,lat,lon,alt_m,ve,vn";

/// The name used by `--kind` and in summaries ("final-frame").
[[nodiscard]] const char* name_of(FileKind kind) noexcept;

/// The kind with that name; nothing for a name that no kind has.
[[nodiscard]] std::optional<FileKind> kind_named(std::string_view name) noexcept;

/// The program whose compressed files begin like this one: "gzip", "zstd", "xz", "bzip2" or "zip"; empty for others.
/// None of our kinds begins so. They are not unpacked here: a reader borrows the octets of the whole file.
[[nodiscard]] std::string_view compressor_of(std::span<const std::byte> content) noexcept;

/// Tells the kind from the content alone, never from a file name. The rules, tried in this order:
///  - nothing for a compressed file;
///  - recording, pcap and pcapng by their magic numbers;
///  - plots.csv by its header line, exactly;
///  - avr, sbs, dump978 and hex-csv if the first line that isn't empty is such a message, or half of the first 32 are;
///  - aircraft-json if it begins with an object that names "aircraft" within 4096 octets;
///  - beast if it begins with three frames in a row, or is a single one, or eight in a row begin within 48 octets;
///  - final-frame if the first frame is whole, ends in A5 A5 A5 A5 and holds whole data blocks;
///  - rply if the first frame is whole and holds whole data blocks, and the second begins like one too;
///  - gps if three records in a row, or two to the end, follow its header;
///  - raw ASTERIX if the content is a chain of whole data blocks to its very end, or begins with three or more, or with
///    one or two and then a torn one, all of categories that EUROCONTROL has assigned.
/// Answers nothing for what is too short, damaged at its beginning, or unknown.
[[nodiscard]] std::optional<FileKind> detect_kind(std::span<const std::byte> content) noexcept;

}  // namespace marsad::wire::framing
