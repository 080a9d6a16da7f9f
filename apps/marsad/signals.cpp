#include "signals.hpp"

#include <atomic>
#include <csignal>

namespace marsad::app {
namespace {

// Atomic, since several threads ask; lock-free, as a signal handler needs it.
std::atomic<int> stop_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int signal) {
  stop_signal = signal;
  std::signal(signal, SIG_DFL);
}

}  // namespace

void watch_signals() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

bool stop_requested() noexcept { return stop_signal != 0; }

}  // namespace marsad::app
