// links: wire_modes base

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "marsad/wire/modes/register_inference.hpp"
#include "marsad/wire/modes/register_json.hpp"

namespace {

using namespace marsad::wire::modes;

/// Takes numbers from the front of the input; zeros behind its end.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  std::uint64_t take(std::size_t octets) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < octets; ++i) value = value << 8U | (at_ < size_ ? data_[at_++] : 0U);
    return value;
  }
  /// Any double, none of them absent.
  double number() { return std::bit_cast<double>(take(8)); }
  [[nodiscard]] bool done() const { return at_ >= size_; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

void check_json(std::uint8_t bds, Register reg) {
  std::string json;
  append_register_json(json, bds, reg);
  if (json.empty() == is_decoded_register(bds)) __builtin_trap();
  for (const char character : json)
    if (character < 0x20 || character > 0x7E) __builtin_trap();
  if (json.find("null") != std::string::npos || json.find("inf") != std::string::npos) __builtin_trap();
}

void check_guesses(const RegisterGuesses& guesses) {
  double sum = 0.0;
  for (const RegisterGuess& guess : guesses) {
    if (!(guess.probability > 0.0) || !is_decoded_register(guess.bds)) __builtin_trap();
    sum += guess.probability;
  }
  if (!(sum <= 1.0 + 1e-9)) __builtin_trap();
}

}  // namespace

/// Replies of one aircraft in succession: a flag octet for what else is known, the numbers, seven octets of register.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  RegisterContext context;
  while (!input.done()) {
    const std::uint64_t known = input.take(1);
    if ((known & 1U) != 0) context.altitude_ft = input.number();
    if ((known & 2U) != 0) context.ground_speed_kt = input.number();
    if ((known & 4U) != 0) context.true_track_deg = input.number();
    if ((known & 8U) != 0) context.vertical_rate_ft_min = input.number();
    const Register reg(input.take(7));
    const RegisterGuesses guesses = infer_register(reg, context);
    check_guesses(guesses);
    check_json(static_cast<std::uint8_t>(input.take(1)), reg);
    for (const RegisterGuess& guess : guesses) check_json(guess.bds, reg);
    if (const auto answer = believed_register(guesses, 0.5))
      remember_register(context, *answer, reg, (known & 16U) != 0);
  }
  return 0;
}
