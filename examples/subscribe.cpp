// Every ASTERIX record that arrives in a multicast group, as JSON lines, for so many seconds.
//   subscribe 239.255.1.1 8600 10 [127.0.0.1, the interface's address or name]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "marsad/io/udp_receiver.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/print.hpp"

using namespace marsad;
namespace asterix = wire::asterix;

int main(int argc, char** argv) {
  if (argc < 4) return std::fprintf(stderr, "usage: subscribe GROUP PORT SECONDS [INTERFACE]\n"), 2;
  io::UdpFeed feed;
  feed.name = "example";  // told in errors
  feed.address = argv[1];
  feed.port = static_cast<std::uint16_t>(std::atoi(argv[2]));
  if (argc > 4) feed.interfaces = {argv[4]};
  const auto editions = asterix::EditionSet::defaults();

  // Called on the receiver's own thread.
  const auto on_datagram = [&](const wire::framing::Datagram& datagram, std::uint16_t) {
    asterix::PrintOptions options;
    if (datagram.receipt) options.receipt_time = datagram.receipt->seconds_since_epoch();
    asterix::decode_datagram(
        datagram.payload, editions,
        [&](const asterix::RecordView& record) { std::puts(asterix::record_to_json(record, options).c_str()); },
        [](const asterix::DecodeFault& fault) { std::fprintf(stderr, "damaged: %s\n", base::name_of(fault.code)); });
    std::fflush(stdout);
  };
  auto receiver = io::UdpReceiver::open({feed}, on_datagram);
  if (!receiver.ok()) return std::fprintf(stderr, "%s\n", receiver.error().c_str()), 1;
  receiver.value()->start();
  std::this_thread::sleep_for(std::chrono::duration<double>(std::atof(argv[3])));
  receiver.value()->stop();
}
