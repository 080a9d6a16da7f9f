#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "marsad/base/executor.hpp"

namespace marsad::io {

/// A fixed number of threads that share the pieces of one step. The caller's thread works too, so ThreadPool(1) makes
/// no thread at all. for_each_index() may be called by one thread at a time, and not from within a piece.
class ThreadPool final : public base::Executor {
 public:
  /// `threads` counts the caller's; 0 means one for each processor.
  explicit ThreadPool(std::size_t threads = 0);
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void for_each_index(std::size_t count, const std::function<void(std::size_t)>& piece) override;

  [[nodiscard]] std::size_t threads() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
