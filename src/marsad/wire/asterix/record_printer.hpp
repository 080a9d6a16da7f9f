#pragma once

#include <cstdint>
#include <span>

#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/asterix/record_view.hpp"
#include "marsad/wire/asterix/text_writer.hpp"

namespace marsad::wire::asterix {

/// Prints the items of one record as one JSON object, node by node, in the order of the items' numbers.
template <Quoting kQuoting>
class RecordPrinter {
 public:
  RecordPrinter(TextWriter<kQuoting>& writer, const RecordView& record, const PrintOptions& options) noexcept;

  void print_items();

 private:
  using Octets = std::span<const std::byte>;

  /// The octets of one repetition and, of the first eight, a number with the first bit highest.
  struct Bits {
    Octets octets;
    std::uint64_t word;
    [[nodiscard]] std::uint64_t of(std::size_t bit, std::size_t width) const noexcept;
  };

  [[nodiscard]] Bits bits_of(Octets octets) const noexcept;
  void print_node(const schema::Node& node, Octets octets);
  void print_repetitions(const schema::Node& node, Octets octets);
  void print_children(const schema::Node& node, Octets octets);
  void print_repetition(const schema::Node& node, Octets octets);
  void print_fields(std::span<const schema::FieldSpec> fields, const Bits& bits);
  void change_group(std::uint16_t from, std::uint16_t to) noexcept;
  void print_value(const schema::FieldSpec& spec, schema::Printing printing, const schema::Content& content,
                   const Bits& bits);
  void print_by_case(const schema::FieldSpec& spec, const Bits& bits);
  void print_signed(std::uint64_t bits, std::size_t width, const schema::Content& content) noexcept;
  void print_octal(std::uint64_t bits, std::size_t width) noexcept;
  void print_text(const schema::FieldSpec& spec, std::size_t bits_each, const Bits& bits) noexcept;
  void print_register(std::span<const schema::FieldSpec> fields, Octets octets);
  [[nodiscard]] bool is_absent(std::span<const schema::FieldSpec> fields, std::size_t field) const noexcept;

  TextWriter<kQuoting>& writer_;
  const RecordView& record_;
  const schema::EditionTables& tables_;
  const PrintOptions& options_;
  const schema::Key* keys_;
  const schema::Content* contents_;
  const std::byte* end_;  // of the record
};

extern template class RecordPrinter<Quoting::json>;
extern template class RecordPrinter<Quoting::csv>;

}  // namespace marsad::wire::asterix
