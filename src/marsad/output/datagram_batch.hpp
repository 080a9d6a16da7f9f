#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace marsad::output {

/// Datagrams to be sent in this order. Keeps its memory when cleared, so that a periodic service allocates nothing
/// after its first full picture.
class DatagramBatch {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  [[nodiscard]] bool empty() const noexcept { return ends_.empty(); }
  [[nodiscard]] std::span<const std::byte> operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::span<const std::byte>(octets_).subspan(begin, ends_[index] - begin);
  }

  void add(std::span<const std::byte> datagram) {
    octets_.insert(octets_.end(), datagram.begin(), datagram.end());
    ends_.push_back(octets_.size());
  }
  void clear() noexcept {
    octets_.clear();
    ends_.clear();
  }

 private:
  std::vector<std::byte> octets_;
  std::vector<std::size_t> ends_;
};

}  // namespace marsad::output
