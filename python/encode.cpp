// Records in the form of `marsad decode`, one JSON object a line, to data blocks.

#include <map>
#include <string>
#include <string_view>

#include "bindings.hpp"
#include "marsad/wire/asterix/block_assembler.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"

namespace marsad::python {
namespace {

namespace asterix = wire::asterix;

/// Data blocks one after another.
class Blocks {
 public:
  void add(const asterix::EncodedRecord& record) {
    if (open_.add(record)) return;
    finish();
    static_cast<void>(open_.add(record));  // an empty block takes any record
  }
  void finish() {
    out_.append(reinterpret_cast<const char*>(open_.octets().data()), open_.octets().size());
    open_.clear();
  }
  [[nodiscard]] py::bytes to_python() const { return {out_.data(), out_.size()}; }

 private:
  asterix::BlockAssembler open_;
  std::string out_;
};

/// The data blocks of all `lines`; throws ValueError with the number of the record and the remedy.
py::bytes encode(const std::string& lines, const std::map<int, std::string>& editions, bool raw) {
  Blocks blocks;
  {
    const py::gil_scoped_release free;
    asterix::LineEncoder encoder(parse_editions(editions), raw);
    std::size_t number = 0;
    for (std::string_view rest = lines; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      const auto encoded = encoder.encode(rest.substr(0, end));
      if (!encoded.ok())
        throw py::value_error("record " + std::to_string(number) + ": " + asterix::message_of(encoded.error()));
      blocks.add(*encoded);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    blocks.finish();
  }
  return blocks.to_python();
}

}  // namespace

void define_encode(py::module_& module) { module.def("encode", &encode); }

}  // namespace marsad::python
