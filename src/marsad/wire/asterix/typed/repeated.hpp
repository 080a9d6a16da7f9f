#pragma once

#include <cstddef>
#include <iterator>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/typed/value.hpp"

namespace marsad::wire::asterix::typed {

/// The repetitions of a repetitive item, read from the datagram one by one when asked for: `for (const auto one :
/// record.i250())`. No optional, so that such a loop has nothing to outlive: an absent item has no repetitions, and is
/// false. `Reader` is the item's own type, or `Single` for one unnamed element; a repetition takes `kSize` octets.
template <class Reader, std::size_t kSize>
class Repeated {
 public:
  using Value = typename Reader::Value;

  class Iterator {
   public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(const std::byte* octets) noexcept : octets_(octets) {}
    [[nodiscard]] Value operator*() const noexcept { return Reader::read(octets_); }
    Iterator& operator++() noexcept {
      octets_ += kSize;
      return *this;
    }
    Iterator operator++(int) noexcept {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const std::byte* octets_ = nullptr;
  };

  Repeated() = default;
  Repeated(const std::byte* first, std::size_t count) noexcept : first_(first), count_(count) {}

  /// Was the item sent, if only with a count of 0?
  [[nodiscard]] explicit operator bool() const noexcept { return first_ != nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  /// Repetition `i`; asking for one that was not sent is a bug of the caller.
  [[nodiscard]] Value operator[](std::size_t i) const noexcept {
    MARSAD_CHECK(i < count_);
    return Reader::read(first_ + i * kSize);
  }
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(first_); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(first_ + count_ * kSize); }

 private:
  const std::byte* first_ = nullptr;
  std::size_t count_ = 0;
};

static_assert(std::input_iterator<Repeated<Single<std::uint8_t, 0, 8>, 1>::Iterator>);

}  // namespace marsad::wire::asterix::typed
