#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "marsad/wire/asterix/record_view.hpp"
#include "marsad/wire/asterix/typed/value.hpp"

/// The oracle of the typed records: the same record as the tables of its edition read it.
namespace marsad::wire::asterix::typed {

namespace twin {

template <class Value>
[[nodiscard]] std::uint64_t raw_of(const Value& value) noexcept {
  if constexpr (std::integral<Value>)
    return static_cast<std::uint64_t>(value);
  else
    return static_cast<std::uint64_t>(value.raw);
}

template <class Value>
concept HasValue = requires(const Value& value) { value.value(); };
template <class Value>
concept HasText = requires(const Value& value) { value.text(); };

/// What, if anything, is told differently of one repetition of one field.
template <class Value>
[[nodiscard]] const char* difference(const RecordView& view, Field field, const Value& value, std::size_t i) {
  const schema::FieldSpec* const spec = view.edition().find(field);
  if (spec == nullptr || i >= view.count(field)) return "is absent";
  if (view.raw(field, i) != (raw_of(value) & low_mask(spec->width))) return "has other bits";
  if constexpr (HasValue<Value>) {
    if (view.value(field, i) != value.value()) return "has another value";
  } else if constexpr (std::integral<Value>) {
    if (view.value(field, i) != static_cast<double>(value)) return "has another value";
  }
  if constexpr (HasText<Value>) {
    if (view.text(field, i) != value.text()) return "has another text";
  } else if (view.text(field, i)) {
    return "has a text";
  }
  return nullptr;
}

}  // namespace twin

/// What the typed `record` and the `view` of the same octets tell differently, as one sentence; nothing if they agree
/// in every field, every repetition, and in what is absent.
template <class Record>
[[nodiscard]] std::optional<std::string> difference(const Record& record, const RecordView& view) {
  std::optional<std::string> found;
  const auto tell = [&](const std::string& what) {
    if (!found) found = what;
  };
  if (record.octets().data() != view.octets().data() || record.octets().size() != view.octets().size())
    tell("the octets differ");
  if (record.offset() != view.offset() || record.source() != view.source()) tell("the place or the source differs");
  std::size_t seen = 0, expected = 0;
  record.visit([&](Field field, const auto& value, std::size_t i) {
    ++seen;
    if (const char* const what = twin::difference(view, field, value, i))
      tell(std::string(name_of(field)) + " in the tables " + what);
  });
  for (const schema::FieldSpec& spec : view.edition().tables().fields)
    expected += view.count(Field{static_cast<std::uint8_t>(view.category()), spec.index});
  if (seen != expected) tell("one has fields that the other has not");
  return found;
}

}  // namespace marsad::wire::asterix::typed
