#include "marsad/wire/asterix/print.hpp"

#include <cmath>

#include "marsad/wire/asterix/block_header.hpp"
#include "marsad/wire/asterix/canonical.hpp"
#include "marsad/wire/asterix/fields/cat020.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"
#include "marsad/wire/asterix/record_printer.hpp"
#include "marsad/wire/asterix/text_writer.hpp"

namespace marsad::wire::asterix {
namespace {

using JsonWriter = TextWriter<Quoting::json>;
using CsvWriter = TextWriter<Quoting::csv>;

template <class Writer>
void put_time(Writer& writer, const std::optional<double>& time, std::string_view unknown) {
  if (time && std::isfinite(*time))
    writer.seconds(*time);
  else
    writer.put(unknown);
}

void put_head(JsonWriter& writer, const RecordView& record, const PrintOptions& options) {
  writer.make_room();
  writer.put("{\"cat\":");
  writer.integer(static_cast<std::uint64_t>(record.category()));
  writer.put(",\"edition\":\"");
  writer.put(record.edition().name());
  writer.put("\",\"t\":");
  put_time(writer, options.receipt_time, "null");
  writer.put(",\"offset\":");
  writer.integer(options.base_offset + record.offset());
  if (record.offset() != record.block_offset() + kBlockHeaderOctets) {
    writer.put(",\"block\":");
    writer.integer(options.base_offset + record.block_offset());
  }
  writer.put(options.raw ? ",\"raw\":true,\"items\":" : ",\"items\":");
}

/// What the resolution advisory says that a radar or a multilateration system passed on: BDS 3,0, without a number.
void put_advisory(JsonWriter& writer, const RecordView& record, const PrintOptions& options) {
  constexpr std::uint8_t kAdvisory = 0x30;
  if (options.append_register == nullptr) return;
  const auto bits = record.category() == 48   ? record.raw(cat048::I260_VALUE)
                    : record.category() == 20 ? record.raw(cat020::I260_VALUE)
                                              : std::nullopt;
  if (!bits) return;
  std::string& out = writer.flushed();
  const std::size_t before = out.size();
  out += ",\"advisory\":";
  const std::size_t begin = out.size();
  options.append_register(out, kAdvisory, *bits);
  if (out.size() == begin) out.resize(before);
}

}  // namespace

void append_json(std::string& out, const RecordView& record, const PrintOptions& options) {
  JsonWriter writer(out);
  put_head(writer, record, options);
  RecordPrinter(writer, record, options).print_items();
  put_advisory(writer, record, options);
  writer.make_room();
  if (!is_canonical(record)) {
    writer.put(",\"octets\":");
    writer.hex(record.octets());
  }
  writer.make_room();
  writer.put('}');
}

void append_items_json(std::string& out, const RecordView& record, bool raw) {
  JsonWriter writer(out);
  const PrintOptions options{.raw = raw};
  RecordPrinter(writer, record, options).print_items();
}

std::string record_to_json(const RecordView& record, const PrintOptions& options) {
  std::string out;
  append_json(out, record, options);
  return out;
}

std::string_view csv_header() noexcept { return "cat,edition,t,offset,sac,sic,items\n"; }

void append_csv(std::string& out, const RecordView& record, const PrintOptions& options) {
  CsvWriter writer(out);
  writer.make_room();
  writer.integer(static_cast<std::uint64_t>(record.category()));
  writer.put(',');
  writer.put(record.edition().name());
  writer.put(',');
  put_time(writer, options.receipt_time, "");
  writer.put(',');
  writer.integer(options.base_offset + record.offset());
  writer.put(',');
  if (record.source()) writer.integer(std::uint64_t{record.source()->sac});
  writer.put(',');
  if (record.source()) writer.integer(std::uint64_t{record.source()->sic});
  writer.put(",\"");
  RecordPrinter(writer, record, options).print_items();
  writer.make_room();
  writer.put("\"\n");
}

}  // namespace marsad::wire::asterix
