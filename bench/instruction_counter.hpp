#pragma once

#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <optional>

namespace marsad::bench {

/// Counts the instructions of this thread where the machine lets us (not in most virtual ones).
class InstructionCounter {
 public:
  InstructionCounter() {
    perf_event_attr wanted;
    std::memset(&wanted, 0, sizeof wanted);
    wanted.size = sizeof wanted;
    wanted.type = PERF_TYPE_HARDWARE;
    wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
    wanted.exclude_kernel = 1;
    wanted.exclude_hv = 1;
    file_ = static_cast<int>(syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0));
  }
  ~InstructionCounter() {
    if (file_ >= 0) close(file_);
  }
  InstructionCounter(const InstructionCounter&) = delete;
  InstructionCounter& operator=(const InstructionCounter&) = delete;

  /// Since this was made; nothing where they can't be counted.
  [[nodiscard]] std::optional<double> count() const {
    std::uint64_t instructions = 0;
    if (file_ < 0 || read(file_, &instructions, sizeof instructions) != sizeof instructions) return std::nullopt;
    return static_cast<double>(instructions);
  }

 private:
  int file_ = -1;
};

}  // namespace marsad::bench
