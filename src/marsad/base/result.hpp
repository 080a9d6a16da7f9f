#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

#include "marsad/base/check.hpp"

namespace marsad::base {

/// Why bytes could not be read. Small and without text, so that it can be returned and counted on the hot path.
enum class FaultCode : std::uint8_t {
  truncated,        ///< the structure announces more octets than there are
  bad_length,       ///< a length field contradicts the structure that it measures
  bad_value,        ///< a value outside its definition
  unknown_format,   ///< nothing that we know begins like this
  unknown_edition,  ///< no description of this category or edition
  too_large,        ///< over a stated maximum of ours
  checksum,         ///< a checksum, parity or hash does not agree
};

/// A short English name of `code`, for counters and messages ("truncated").
const char* name_of(FaultCode code) noexcept;

/// One expected failure: what, and at which octet of the input handed to the function that failed.
struct Fault {
  FaultCode code{};
  std::size_t offset = 0;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// A value, or why there is none. `E` is `Fault` on the hot path; start-up code may carry a message.
template <class T, class E = Fault>
class [[nodiscard]] Result {
  static_assert(!std::is_same_v<T, E>, "value and error must be told apart by type");

 public:
  Result(T value) : outcome_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(E error) : outcome_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const noexcept { return outcome_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  /// The value. Asking a failed result for it is a bug of the caller.
  [[nodiscard]] const T& value() const& {
    MARSAD_CHECK(ok());
    return *std::get_if<0>(&outcome_);
  }
  [[nodiscard]] T& value() & {
    MARSAD_CHECK(ok());
    return *std::get_if<0>(&outcome_);
  }
  [[nodiscard]] T&& value() && {
    MARSAD_CHECK(ok());
    return std::move(*std::get_if<0>(&outcome_));
  }

  /// The error. Asking a good result for it is a bug of the caller.
  [[nodiscard]] const E& error() const {
    MARSAD_CHECK(!ok());
    return *std::get_if<1>(&outcome_);
  }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  std::variant<T, E> outcome_;
};

}  // namespace marsad::base
