#include "decode_rounds.hpp"

#include <array>
#include <exception>
#include <utility>

namespace marsad::app {

void DecodeRounds::read_and_write(const Steps& steps, Round& next, Round& last) {
  for (std::size_t i = 0; i < last.used; ++i) {
    steps.write(last.batches[i]);
    last.batches[i].clear();
  }
  last.used = 0;
  while (next.used < size_ && steps.read(next.batches[next.used])) ++next.used;
}

void DecodeRounds::run(const Steps& steps) {
  std::array<Round, 3> rounds;
  for (Round& round : rounds) round.batches.resize(size_);
  auto& [last, current, next] = rounds;
  std::vector<std::exception_ptr> thrown(size_ + 1);
  const auto piece = [&](std::size_t i) {
    try {
      i == 0 ? read_and_write(steps, next, last) : steps.decode(current.batches[i - 1]);
    } catch (...) {
      thrown[i] = std::current_exception();
    }
  };
  do {
    pool_.for_each_index(current.used + 1, piece);
    for (const std::exception_ptr& each : thrown)
      if (each) std::rethrow_exception(each);
    std::swap(last, current);
    std::swap(current, next);
  } while (last.used + current.used > 0);
}

}  // namespace marsad::app
