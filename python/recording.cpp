#include "recording.hpp"

#include <utility>

#include "marsad/base/result.hpp"

namespace marsad::python {

namespace framing = wire::framing;

void DamageReport::add(Damage one) {
  ++faults;
  skipped_octets += one.skipped_octets;
  if (places.size() < kPlacesTold) places.push_back(std::move(one));
}

void DamageReport::add(const framing::FileReader& reader) {
  for (const framing::FramingFault& fault : reader.faults())
    if (places.size() < kPlacesTold)
      places.push_back(
          {fault.offset, fault.skipped_octets, std::string(base::name_of(fault.code)) + " in the framing"});
  faults += reader.counters().faults;
  skipped_octets += reader.counters().skipped_octets;
}

py::dict DamageReport::to_python() const {
  py::list all;
  for (const Damage& one : places) all.append(py::make_tuple(one.offset, one.skipped_octets, one.reason));
  py::dict out;
  out["faults"] = faults;
  out["skipped_octets"] = skipped_octets;
  out["places"] = all;
  return out;
}

std::optional<framing::FileKind> parse_kind(const std::optional<std::string>& name) {
  if (!name) return std::nullopt;
  if (const auto kind = framing::kind_named(*name)) return kind;
  throw py::value_error("there is no kind of recording \"" + *name +
                        "\"; there is \"pcap\", \"asterix\", and what "
                        "docs/framings.md lists");
}

framing::FileReader open_reader(std::span<const std::byte> content, std::optional<framing::FileKind> kind) {
  auto reader = framing::FileReader::open(content, kind);
  if (reader.ok()) return std::move(reader).value();
  if (framing::detect_kind(content) == framing::FileKind::marsad_recording)
    throw py::value_error("this is a recording of marsad itself: `marsad decode` reads it");
  if (kind) throw py::value_error(std::string("the content is not of the kind ") + framing::name_of(*kind));
  throw py::value_error(content.empty() ? "there is nothing in it"
                                        : "the content is of no kind that marsad knows, or damaged from the beginning; "
                                          "kind=\"asterix\" reads it as bare data blocks");
}

}  // namespace marsad::python
