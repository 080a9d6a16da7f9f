#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "decode_batch.hpp"
#include "marsad/io/thread_pool.hpp"

namespace marsad::app {

/// Decodes batches on several threads and hands them on in their order. While the batches of one round are decoded,
/// those of the round before are written and those of the next are read, one after another, by one of the threads: at
/// most three rounds are in memory, however long the input is. What is written does not depend on the number of
/// threads.
class DecodeRounds {
 public:
  struct Steps {
    std::function<bool(DecodeBatch&)> read;    ///< fills a batch; false at the end
    std::function<void(DecodeBatch&)> decode;  ///< on any thread; touches nothing but the batch
    std::function<void(DecodeBatch&)> write;   ///< in the order of reading
  };

  /// `threads` counts the caller's; 0 means one for each processor.
  explicit DecodeRounds(unsigned threads) : pool_(threads), size_(pool_.threads() * 4) {}

  /// Reads to the end. What a step throws is thrown again here, `read` and `write` not being called any more.
  void run(const Steps& steps);

 private:
  struct Round {
    std::vector<DecodeBatch> batches;
    std::size_t used = 0;
  };

  void read_and_write(const Steps& steps, Round& next, Round& last);

  io::ThreadPool pool_;
  std::size_t size_;
};

}  // namespace marsad::app
