// Records in the form of `marsad decode`, one JSON object a line, to data blocks.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bindings.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"

namespace marsad::python {
namespace {

namespace asterix = wire::asterix;

constexpr std::size_t kHeaderOctets = 3;
constexpr std::size_t kLargestBlock = 0xFFFF;

/// Puts records into data blocks as they were decoded from; records that don't say, such as people write, share one
/// block with those of the same category before them.
class BlockWriter {
 public:
  void add(const asterix::EncodedRecord& record) {
    const int category = record.edition->category();
    const bool decoded = record.offset.has_value();
    const auto origin = record.block ? record.block : decoded ? *record.offset - kHeaderOctets : record.offset;
    const bool joins = open_ && category == category_ && origin == origin_ && (!decoded || record.block.has_value()) &&
                       out_.size() - begin_ + record.octets.size() <= kLargestBlock;
    if (!joins) open(category, origin);
    out_.insert(out_.end(), record.octets.begin(), record.octets.end());
    const std::size_t size = out_.size() - begin_;
    out_[begin_ + 1] = static_cast<std::byte>(size >> 8U);
    out_[begin_ + 2] = static_cast<std::byte>(size & 0xFFU);
  }

  [[nodiscard]] std::string_view octets() const { return {reinterpret_cast<const char*>(out_.data()), out_.size()}; }

 private:
  void open(int category, std::optional<std::uint64_t> origin) {
    open_ = true;
    begin_ = out_.size();
    category_ = category;
    origin_ = origin;
    out_.push_back(static_cast<std::byte>(category));
    out_.resize(begin_ + kHeaderOctets);
  }

  std::vector<std::byte> out_;
  std::size_t begin_ = 0;
  bool open_ = false;
  int category_ = 0;
  std::optional<std::uint64_t> origin_;
};

/// The data blocks of all `lines`; throws ValueError with the number of the record and the remedy.
py::bytes encode(const std::string& lines, const std::map<int, std::string>& editions, bool raw) {
  BlockWriter blocks;
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
  }
  return py::bytes(blocks.octets().data(), blocks.octets().size());
}

}  // namespace

void define_encode(py::module_& module) { module.def("encode", &encode); }

}  // namespace marsad::python
