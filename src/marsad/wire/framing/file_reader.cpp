#include "marsad/wire/framing/file_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

bool begins_like_recording(std::span<const std::byte> content) noexcept {
  return content.size() >= kRecordingMagic.size() &&
         std::equal(kRecordingMagic.begin(), kRecordingMagic.end(), content.begin(),
                    [](char expected, std::byte octet) { return static_cast<std::byte>(expected) == octet; });
}

WalkerResult refuse_recording(std::span<const std::byte>) { return base::Fault{base::FaultCode::unknown_format, 0}; }

struct KindRow {
  FileKind kind;
  const char* name;
  bool (*begins_like)(std::span<const std::byte>) noexcept;
  WalkerResult (*walk)(std::span<const std::byte>);
};

// In the order of detection: magic numbers first, weakest evidence last.
constexpr std::array kKinds{
    KindRow{FileKind::marsad_recording, "recording", begins_like_recording, refuse_recording},
    KindRow{FileKind::pcap, "pcap", begins_like_pcap, walk_pcap},
    KindRow{FileKind::pcapng, "pcapng", begins_like_pcapng, walk_pcapng},
    KindRow{FileKind::plots_csv, "plots-csv", begins_like_plots_csv, walk_plots_csv},
    KindRow{FileKind::avr, "avr", begins_like_avr, walk_avr},
    KindRow{FileKind::sbs, "sbs", begins_like_sbs, walk_sbs},
    KindRow{FileKind::dump978, "dump978", begins_like_dump978, walk_dump978},
    KindRow{FileKind::hex_csv, "hex-csv", begins_like_hex_csv, walk_hex_csv},
    KindRow{FileKind::aircraft_json, "aircraft-json", begins_like_aircraft_json, walk_aircraft_json},
    KindRow{FileKind::beast, "beast", begins_like_beast, walk_beast},
    KindRow{FileKind::final_frame, "final-frame", begins_like_final_frame, walk_final_frame},
    KindRow{FileKind::rply, "rply", begins_like_rply, walk_rply},
    KindRow{FileKind::gps, "gps", begins_like_gps, walk_gps},
    KindRow{FileKind::asterix_raw, "asterix", begins_like_asterix_raw, walk_asterix_raw},
};

const KindRow& row_of(FileKind kind) noexcept {
  const auto* row = std::find_if(kKinds.begin(), kKinds.end(), [kind](const KindRow& r) { return r.kind == kind; });
  MARSAD_CHECK(row != kKinds.end());
  return *row;
}

}  // namespace

const char* name_of(FileKind kind) noexcept { return row_of(kind).name; }

std::optional<FileKind> kind_named(std::string_view name) noexcept {
  for (const KindRow& row : kKinds) {
    if (name == row.name) return row.kind;
  }
  return std::nullopt;
}

std::string_view compressor_of(std::span<const std::byte> content) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMagics{{{"gzip", "\x1f\x8b\x08"},
                                                                                  {"zstd", "\x28\xb5\x2f\xfd"},
                                                                                  {"xz", "\xfd\x37zXZ"},
                                                                                  {"bzip2", "BZh"},
                                                                                  {"zip", "PK\x03\x04"}}};
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  for (const auto& [name, magic] : kMagics)
    if (text.starts_with(magic)) return name;
  return {};
}

std::optional<FileKind> detect_kind(std::span<const std::byte> content) noexcept {
  if (!compressor_of(content).empty()) return std::nullopt;
  for (const KindRow& row : kKinds) {
    if (row.begins_like(content)) return row.kind;
  }
  return std::nullopt;
}

base::Result<FileReader> FileReader::open(std::span<const std::byte> content, std::optional<FileKind> told) {
  const auto kind = told ? told : detect_kind(content);
  if (!kind) return base::Fault{base::FaultCode::unknown_format, 0};
  auto walker = row_of(*kind).walk(content);
  if (!walker) return walker.error();
  return FileReader(*kind, std::move(walker).value());
}

FileReader::FileReader(FileKind kind, std::unique_ptr<Walker> walker) : kind_(kind), walker_(std::move(walker)) {}
FileReader::FileReader(FileReader&&) noexcept = default;
FileReader& FileReader::operator=(FileReader&&) noexcept = default;
FileReader::~FileReader() = default;

std::optional<Datagram> FileReader::next() { return walker_->next(); }
FileKind FileReader::kind() const noexcept { return kind_; }
const FramingCounters& FileReader::counters() const noexcept { return walker_->account().counters(); }
std::span<const FramingFault> FileReader::faults() const noexcept { return walker_->account().faults(); }
std::uint64_t FileReader::position() const noexcept { return walker_->position(); }

}  // namespace marsad::wire::framing
