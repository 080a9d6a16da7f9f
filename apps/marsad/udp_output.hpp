#pragma once

#include <utility>

#include "errors.hpp"
#include "marsad/io/udp_sender.hpp"

namespace marsad::app {

/// The sender to where the `settings` of an output over UDP say. Throws RunFailure with the reason if it can't be opened.
template <class OutputSettings>
io::UdpSender udp_sender_of(const OutputSettings& settings) {
  auto sender = io::UdpSender::open({.address = settings.address,
                                     .port = settings.port,
                                     .interface = settings.interface_address,
                                     .ttl = settings.ttl,
                                     .loopback = true});
  if (!sender.ok()) throw RunFailure(sender.error());
  return std::move(sender).value();
}

}  // namespace marsad::app
