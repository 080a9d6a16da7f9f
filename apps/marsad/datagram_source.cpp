#include "datagram_source.hpp"

#include <fmt/format.h>

#include <utility>

namespace marsad::app {

using wire::framing::Datagram;
using wire::framing::FileKind;
using wire::framing::FileReader;

base::Result<DatagramSource, std::string> DatagramSource::open(const std::string& path, const io::MappedFile& file,
                                                               std::optional<FileKind> told,
                                                               std::optional<io::Beginning> beginning) {
  const auto kind = told ? told : wire::framing::detect_kind(file.content());
  if (const auto compressor = wire::framing::compressor_of(file.content()); !kind && !compressor.empty())
    return fmt::format("{}: is compressed with {}; unpack it first", path, compressor);
  if (!kind && file.content().empty()) return fmt::format("{}: is empty; there is nothing to read in it", path);
  if (!kind)
    return fmt::format(
        "{}: the content is of no kind that marsad knows, or damaged at its beginning; if you know better, say so with "
        "--kind",
        path);
  if (*kind == FileKind::marsad_recording) {
    auto reader = recording::Reader::open(file.content());
    if (!reader.ok())
      return fmt::format("{}: not a readable recording ({} at octet {})", path, name_of(reader.error().code),
                         reader.error().offset);
    return DatagramSource(std::move(reader).value());
  }
  auto reader = FileReader::open(file.content(), kind);
  if (!reader.ok())
    return fmt::format("{}: can't be read as {} ({} at octet {})", path, wire::framing::name_of(*kind),
                       base::name_of(reader.error().code), reader.error().offset);
  DatagramSource source(std::move(reader).value());
  if (beginning) source.begin_clock_.emplace(*beginning);
  return source;
}

std::optional<Datagram> DatagramSource::next() {
  if (auto* file = std::get_if<FileReader>(&reader_)) {
    auto datagram = file->next();
    if (datagram && !datagram->receipt && begin_clock_) datagram->receipt = begin_clock_->receipt(*datagram);
    return datagram;
  }
  auto& recording = std::get<recording::Reader>(reader_);
  while (const auto entry = recording.next()) {
    if (entry->kind != recording::EntryKind::datagram) continue;
    return Datagram{.payload = entry->payload,
                    .receipt = entry->receipt,
                    .kind = entry->payload_kind,
                    .source = entry->source,
                    .offset = 0};
  }
  return std::nullopt;
}

std::uint64_t DatagramSource::position() const {
  return std::visit([](const auto& reader) { return reader.position(); }, reader_);
}

DatagramSource::Damage DatagramSource::damage() const {
  if (const auto* file = std::get_if<FileReader>(&reader_))
    return {.faults = file->counters().faults,
            .skipped_octets = file->counters().skipped_octets,
            .places = {file->faults().begin(), file->faults().end()}};
  const auto& recording = std::get<recording::Reader>(reader_);
  Damage damage{
      .faults = recording.counters().faults, .skipped_octets = recording.counters().skipped_octets, .places = {}};
  for (const recording::RecordingFault& fault : recording.faults())
    damage.places.push_back({.code = fault.code, .offset = fault.offset, .skipped_octets = fault.skipped_octets});
  return damage;
}

}  // namespace marsad::app
