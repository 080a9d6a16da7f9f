#pragma once

#include <cstddef>
#include <functional>

namespace marsad::base {

/// Runs independent pieces of one step, on as many threads as whoever runs marsad allows. The pure rooms see only this
/// interface: threads live in io/. A piece may write only what belongs to its own index, so that the joined result
/// doesn't depend on the number of threads (HOUSE, law 1).
class Executor {
 public:
  virtual ~Executor() = default;

  /// Calls `piece(i)` once for every i in [0, count), in any order, and returns when all are done. `piece` must not
  /// throw.
  virtual void for_each_index(std::size_t count, const std::function<void(std::size_t)>& piece) = 0;
};

/// All on the caller's thread, in order: the obvious twin of every pool.
class InlineExecutor final : public Executor {
 public:
  void for_each_index(std::size_t count, const std::function<void(std::size_t)>& piece) override {
    for (std::size_t i = 0; i < count; ++i) piece(i);
  }
};

}  // namespace marsad::base
