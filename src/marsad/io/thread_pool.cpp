#include "marsad/io/thread_pool.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "marsad/base/check.hpp"

namespace marsad::io {

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work_there;
  std::condition_variable work_done;
  std::uint64_t round = 0;  ///< grows with each for_each_index()
  std::size_t busy = 0;     ///< workers that have not yet finished this round
  bool ending = false;
  const std::function<void(std::size_t)>* piece = nullptr;
  std::size_t count = 0;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> running{false};
  std::vector<std::thread> workers;

  void take_pieces() {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) (*piece)(i);
  }

  void work() {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex);
    while (true) {
      work_there.wait(lock, [&] { return ending || round != seen; });
      if (ending) return;
      seen = round;
      lock.unlock();
      take_pieces();
      lock.lock();
      if (--busy == 0) work_done.notify_one();
    }
  }
};

ThreadPool::ThreadPool(std::size_t threads) : state_(std::make_unique<State>()) {
  const std::size_t processors = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const std::size_t wanted = threads == 0 ? processors : threads;
  for (std::size_t i = 1; i < wanted; ++i) state_->workers.emplace_back([state = state_.get()] { state->work(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->work_there.notify_all();
  for (std::thread& worker : state_->workers) worker.join();
}

void ThreadPool::for_each_index(std::size_t count, const std::function<void(std::size_t)>& piece) {
  State& s = *state_;
  if (s.workers.empty() || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) piece(i);
    return;
  }
  MARSAD_CHECK(!s.running.exchange(true));  // neither from two threads nor from within a piece
  {
    const std::lock_guard lock(s.mutex);
    s.piece = &piece;
    s.count = count;
    s.next = 0;
    s.busy = s.workers.size();
    ++s.round;
  }
  s.work_there.notify_all();
  s.take_pieces();
  std::unique_lock lock(s.mutex);
  s.work_done.wait(lock, [&s] { return s.busy == 0; });
  s.running = false;
}

std::size_t ThreadPool::threads() const noexcept { return state_->workers.size() + 1; }

}  // namespace marsad::io
