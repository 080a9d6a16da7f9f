// The ASTERIX codec in Python: whatever can be long runs without the interpreter's lock and touches no Python object.

#include <algorithm>
#include <array>
#include <map>

#include "bindings.hpp"
#include "marsad/wire/asterix/columns.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/detection.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "recording.hpp"

namespace marsad::python {
namespace {

namespace asterix = wire::asterix;
namespace framing = wire::framing;

/// The edition is told from so many datagrams at most.
constexpr std::size_t kDatagramsWatched = 5000;

std::string reason_of(const asterix::DecodeFault& fault) {
  std::string reason = base::name_of(fault.code);
  if (fault.category >= 0) reason += " in category " + std::to_string(fault.category);
  if (fault.item) reason += ", item " + std::string(asterix::name_of(*fault.item));
  return reason;
}

/// The editions asked for and, for other categories, those that the octets prove.
asterix::EditionSet choose_editions(std::span<const std::byte> content, std::optional<framing::FileKind> kind,
                                    const std::map<int, std::string>& chosen) {
  asterix::EditionDetector detector;
  auto reader = open_reader(content, kind);
  for (std::size_t i = 0; i < kDatagramsWatched; ++i) {
    const auto datagram = reader.next();
    if (!datagram) break;
    if (datagram->kind == framing::PayloadKind::asterix) detector.observe(datagram->payload);
  }
  asterix::EditionSet set = detector.editions(asterix::EditionSet::defaults());
  const asterix::EditionSet told = parse_editions(chosen);
  for (const auto& [category, name] : chosen) set.choose(category, *told.of(category));
  return set;
}

struct ReadOptions {
  std::optional<std::vector<int>> categories;  ///< nothing: all
  std::vector<std::string> items;
  std::map<int, std::string> editions;
  bool raw = false;
  std::optional<std::string> kind;
};

/// All columns of a recording, category by category.
class ColumnReading {
 public:
  explicit ColumnReading(const ReadOptions& options) : options_(options) {
    if (!options.categories) return;
    for (const int category : *options.categories) {
      if (asterix::editions_of(category).empty())
        throw py::value_error("category " + std::to_string(category) +
                              " is not described; marsad.editions() lists those that are");
      table_of(category);
    }
  }

  void read(std::span<const std::byte> content) {
    content_octets_ = content.size();
    const auto kind = parse_kind(options_.kind);
    const asterix::EditionSet editions = choose_editions(content, kind, options_.editions);
    auto reader = open_reader(content, kind);
    while (const auto datagram = reader.next()) {
      if (datagram->kind != framing::PayloadKind::asterix) {
        ++other_payloads_;
        continue;
      }
      asterix::decode_datagram(
          datagram->payload, editions, [&](const asterix::RecordView& record) { take(record, *datagram); },
          [&](const asterix::DecodeFault& fault) {
            damage_.add({datagram->offset + fault.offset, fault.skipped_octets, reason_of(fault)});
          });
    }
    damage_.add(reader);
    for (auto& table : tables_)
      if (table) table->finish();
  }

  [[nodiscard]] py::dict to_python() {
    py::dict tables;
    for (auto& table : tables_)
      if (table) tables[py::int_(table->category())] = table_to_python(*table);
    py::dict others;
    for (std::size_t category = 0; category < others_.size(); ++category)
      if (others_[category] > 0) others[py::int_(category)] = others_[category];
    py::dict out;
    out["tables"] = tables;
    out["other_records"] = others;
    out["other_payloads"] = other_payloads_;
    out["damage"] = damage_.to_python();
    return out;
  }

 private:
  asterix::ColumnTable& table_of(int category) {
    auto& table = tables_[static_cast<std::size_t>(category)];
    if (table) return *table;
    table.emplace(category, asterix::ColumnOptions{.raw = options_.raw});
    for (const std::string& item : options_.items)
      if (!table->select(item) && options_.categories) throw py::key_error(item);
    return *table;
  }

  void take(const asterix::RecordView& record, const framing::Datagram& datagram) {
    const auto category = static_cast<std::size_t>(record.category());
    if (!tables_[category] && options_.categories) {
      ++others_[category];
      return;
    }
    asterix::ColumnTable& table = table_of(record.category());
    if (table.rows() == kRowsToGuessFrom && datagram.offset > 0) {
      const double all = static_cast<double>(content_octets_) / static_cast<double>(datagram.offset);
      table.expect(static_cast<std::size_t>(std::min(1.05 * kRowsToGuessFrom * all, kMostRowsGuessed)));
    }
    table.take(record, datagram.offset, datagram.receipt);
  }

  static py::dict table_to_python(asterix::ColumnTable& table);

  /// When so many rows of a table are there, their number in the whole recording is guessed.
  static constexpr std::size_t kRowsToGuessFrom = 2048;
  static constexpr double kMostRowsGuessed = 1e6;

  const ReadOptions& options_;
  std::size_t content_octets_ = 0;
  std::array<std::optional<asterix::ColumnTable>, 256> tables_;
  std::array<std::uint64_t, 256> others_{};
  std::uint64_t other_payloads_ = 0;
  DamageReport damage_;
};

py::dtype dtype_of(const asterix::Column& column) {
  const std::string octets = std::to_string(column.element_octets());
  switch (column.kind()) {
    case asterix::ColumnKind::number:
      return py::dtype("f8");
    case asterix::ColumnKind::signed_integer:
      return py::dtype("i" + octets);
    case asterix::ColumnKind::text:
      return py::dtype("U" + std::to_string(column.element_octets() / sizeof(char32_t)));
    default:
      return py::dtype("u" + octets);
  }
}

const char* name_of(asterix::ColumnKind kind) {
  switch (kind) {
    case asterix::ColumnKind::number:
      return "number";
    case asterix::ColumnKind::text:
      return "text";
    case asterix::ColumnKind::octets:
      return "octets";
    default:
      return "code";
  }
}

/// (name, unit, kind, values, presence, offsets or None)
py::tuple column_to_python(asterix::Column& column) {
  const std::size_t size = column.size();
  const std::size_t rows = column.presence().size();
  const py::dtype type = dtype_of(column);
  auto storage = column.release();
  py::object offsets = py::none();
  if (column.ragged()) offsets = array_owning(std::move(storage.offsets), py::dtype("i8"), rows + 1);
  return py::make_tuple(column.name(), column.unit(), name_of(column.kind()),
                        array_owning(std::move(storage.elements), type, size),
                        array_owning(std::move(storage.presence), py::dtype("?"), rows), offsets);
}

template <class Element>
py::array copied(std::span<const Element> values, const char* type) {
  return py::array(py::dtype(type), {static_cast<py::ssize_t>(values.size())}, {}, values.data());
}

py::dict ColumnReading::table_to_python(asterix::ColumnTable& table) {
  py::list columns;
  for (asterix::Column& column : table.columns()) columns.append(column_to_python(column));
  py::list editions;
  for (const asterix::Edition& edition : asterix::editions_of(table.category())) editions.append(edition.name());
  py::dict out;
  out["columns"] = columns;
  out["offset"] = copied(table.record_offsets(), "u8");
  out["receipt"] = copied(table.receipts(), "M8[ns]");
  out["source"] = copied(table.sources(), "u4");
  out["edition_number"] = copied(table.edition_numbers(), "u1");
  out["edition_names"] = editions;
  return out;
}

py::dict read_columns(const py::bytes& content, const ReadOptions& options) {
  const auto octets = octets_of(content);
  ColumnReading reading(options);
  {
    const py::gil_scoped_release free;
    reading.read(octets);
  }
  return reading.to_python();
}

/// What a field that no record had would look like: (name, unit, kind, dtype, ragged); None for no such field.
py::object describe_column(int category, const std::string& name, bool raw) {
  const auto column = asterix::absent_column(category, name, {.raw = raw});
  if (!column) return py::none();
  return py::make_tuple(column->name(), column->unit(), name_of(column->kind()), dtype_of(*column), column->ragged());
}

/// Records of data blocks or of a recording as JSON, a batch at a time.
class RecordReader {
 public:
  RecordReader(py::bytes content, const std::map<int, std::string>& editions, bool raw, bool framed,
               const std::optional<std::string>& kind_name)
      : content_(std::move(content)), raw_(raw) {
    const auto octets = octets_of(content_);
    const auto kind = parse_kind(kind_name);
    if (framed) {
      editions_ = choose_editions(octets, kind, editions);
      reader_.emplace(open_reader(octets, kind));
      return;
    }
    editions_ = parse_editions(editions);
    datagram_ = framing::Datagram{.payload = octets};
  }

  /// One JSON array of some records, or None at the end.
  py::object next_batch() {
    std::string text;
    {
      const py::gil_scoped_release free;
      text = read_batch();
    }
    if (text.size() <= 2) return py::none();
    return py::str(text);
  }

  [[nodiscard]] py::dict damage() const {
    DamageReport all = damage_;
    if (reader_) all.add(*reader_);
    return all.to_python();
  }

 private:
  std::string read_batch() {
    constexpr std::size_t kEnough = 1U << 18U;
    std::string text = "[";
    while (text.size() < kEnough) {
      if (reader_) datagram_ = reader_->next();
      if (!datagram_) break;
      append(text, *datagram_);
      if (!reader_) datagram_.reset();
    }
    if (text.back() == ',') text.pop_back();
    return text + "]";
  }

  void append(std::string& text, const framing::Datagram& datagram) {
    if (datagram.kind != framing::PayloadKind::asterix) return;
    asterix::PrintOptions options{.raw = raw_, .receipt_time = {}, .base_offset = datagram.offset};
    if (datagram.receipt) options.receipt_time = datagram.receipt->seconds_since_epoch();
    asterix::decode_datagram(
        datagram.payload, editions_,
        [&](const asterix::RecordView& record) {
          asterix::append_json(text, record, options);
          text += ',';
        },
        [&](const asterix::DecodeFault& fault) {
          damage_.add({datagram.offset + fault.offset, fault.skipped_octets, reason_of(fault)});
        });
  }

  py::bytes content_;
  bool raw_;
  asterix::EditionSet editions_;
  std::optional<framing::FileReader> reader_;
  std::optional<framing::Datagram> datagram_;
  DamageReport damage_;
};

/// The kind of a recording, and for each category the edition, how sure, and how much of what was seen it explains.
py::dict detect(const py::bytes& content, const std::optional<std::string>& kind_name) {
  const auto octets = octets_of(content);
  asterix::EditionDetector detector;
  auto reader = open_reader(octets, parse_kind(kind_name));
  {
    const py::gil_scoped_release free;
    for (std::size_t i = 0; i < kDatagramsWatched; ++i) {
      const auto datagram = reader.next();
      if (!datagram) break;
      if (datagram->kind == framing::PayloadKind::asterix) detector.observe(datagram->payload);
    }
  }
  py::dict categories;
  for (const asterix::EditionFinding& finding : detector.findings())
    categories[py::int_(finding.category)] =
        py::make_tuple(finding.best.edition->name(), finding.sureness, finding.best.score);
  py::dict out;
  out["kind"] = framing::name_of(reader.kind());
  out["categories"] = categories;
  return out;
}

py::list editions() {
  py::list all;
  const asterix::EditionSet defaults = asterix::EditionSet::defaults();
  for (const int category : asterix::described_categories())
    for (const asterix::Edition& edition : asterix::editions_of(category)) {
      py::list also;
      for (const std::string_view name : edition.also_decodes()) also.append(name);
      all.append(py::make_tuple(category, edition.name(), edition.date(), edition.title(), py::tuple(also),
                                defaults.of(category) == &edition));
    }
  return all;
}

std::string schema_json(int category, const std::optional<std::string>& name) {
  const asterix::EditionSet set =
      parse_editions(name ? std::map<int, std::string>{{category, *name}} : std::map<int, std::string>{});
  const asterix::Edition* edition = set.of(category);
  if (edition == nullptr) throw py::value_error("category " + std::to_string(category) + " is not described");
  std::string text;
  asterix::append_schema_json(text, *edition);
  return text;
}

}  // namespace

asterix::EditionSet parse_editions(const std::map<int, std::string>& chosen) {
  asterix::EditionSet set = asterix::EditionSet::defaults();
  for (const auto& [category, name] : chosen) {
    const asterix::Edition* edition = asterix::find_edition(category, name);
    if (edition == nullptr) {
      std::string known;
      for (const asterix::Edition& one : asterix::editions_of(category)) known += " " + std::string(one.name());
      throw py::value_error("category " + std::to_string(category) + " has no edition \"" + name + "\"; " +
                            (known.empty() ? "it is not described at all" : "described are" + known));
    }
    set.choose(category, *edition);
  }
  return set;
}

void define_asterix(py::module_& module) {
  module.def(
      "read_columns",
      [](const py::bytes& content, std::optional<std::vector<int>> categories, std::vector<std::string> items,
         std::map<int, std::string> editions, bool raw, std::optional<std::string> kind) {
        return read_columns(content,
                            {std::move(categories), std::move(items), std::move(editions), raw, std::move(kind)});
      },
      py::arg("content"), py::arg("categories"), py::arg("items"), py::arg("editions"), py::arg("raw"),
      py::arg("kind"));
  module.def("describe_column", &describe_column);
  module.def("column_names", &asterix::column_names);
  module.def("detect", &detect);
  module.def("editions", &editions);
  module.def("schema_json", &schema_json);
  py::class_<RecordReader>(module, "RecordReader")
      .def(py::init<py::bytes, const std::map<int, std::string>&, bool, bool, const std::optional<std::string>&>())
      .def("next_batch", &RecordReader::next_batch)
      .def("damage", &RecordReader::damage);
}

}  // namespace marsad::python
