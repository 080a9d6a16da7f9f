#pragma once

#include <cstdint>
#include <string>

namespace marsad::output {

/// How one feed does, since the system was started. What a feed doesn't count is 0.
struct FeedStatus {
  std::string name;
  std::string transport;              ///< "udp" or "tcp"
  std::string format;                 ///< of its messages: "asterix", "beast", ...
  std::uint64_t messages = 0;         ///< delivered
  std::uint64_t octets = 0;           ///< received
  std::uint64_t lost_datagrams = 0;   ///< udp: dropped by the kernel, or too long
  std::uint64_t dropped_octets = 0;   ///< damaged, or of messages cut off by the end of a connection
  std::uint64_t connections = 0;      ///< tcp: made so far
  std::uint64_t open = 0;             ///< tcp: connections now
  std::uint64_t failed_connects = 0;  ///< tcp
  std::uint64_t out_of_step = 0;      ///< tcp: connections given up because their octets made no sense

  friend bool operator==(const FeedStatus&, const FeedStatus&) = default;
};

/// How one output stream does.
struct OutputStatus {
  std::string name;                ///< "beast", "avr", "sbs", "cat021"
  std::uint64_t octets = 0;        ///< published
  std::uint64_t lost_octets = 0;   ///< not sent: clients too slow or gone, datagrams that the system refused
  std::uint64_t clients = 0;       ///< now
  std::uint64_t connections = 0;   ///< made so far
  std::uint64_t slow_clients = 0;  ///< cut off
  std::uint64_t failed_connects = 0;

  friend bool operator==(const OutputStatus&, const OutputStatus&) = default;
};

}  // namespace marsad::output
