// links: wire_framing base
#include "marsad/wire/framing/beast_scan.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/receiver_writer.hpp"
#include "stream_fuzz.hpp"

namespace {

using namespace marsad::wire::framing;  // NOLINT(google-build-using-namespace)

/// The first windows of the octets must give the same escapes by vector instructions and one by one.
void compare_scans(std::span<const std::byte> octets) {
  constexpr std::size_t kMost = 512;
  for (std::size_t at = 0; at < kMost && at + kScanOctets <= octets.size(); ++at)
    MARSAD_CHECK(escapes(octets.data() + at) == escapes_scalar(octets.data() + at));
}

/// What is read as a Beast file, written as Beast and read again is the same.
void read_write_read(std::span<const std::byte> octets) {
  auto reader = FileReader::open(octets, FileKind::beast);
  if (!reader) return;
  std::vector<std::byte> written;
  std::vector<std::byte> payloads;
  std::uint64_t messages = 0;
  while (const auto datagram = reader->next()) {
    const auto message = parse_receiver_message(datagram->payload);
    MARSAD_CHECK(message.has_value());
    append_beast(written, *message);
    payloads.insert(payloads.end(), datagram->payload.begin(), datagram->payload.end());
    ++messages;
  }
  MessageStream stream(StreamFormat::beast);
  std::vector<std::byte> again;
  const auto keep = [&again](const Datagram& datagram) {
    again.insert(again.end(), datagram.payload.begin(), datagram.payload.end());
  };
  stream.put(written, keep);
  stream.end(keep);
  MARSAD_CHECK(stream.counters().datagrams == messages);
  MARSAD_CHECK(stream.counters().faults == 0);
  MARSAD_CHECK(again == payloads);
}

}  // namespace

// Any octets, read as Beast, file and stream: every octet must be accounted for once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)marsad::fuzz::file_and_stream(FileKind::beast, StreamFormat::beast, data, size);
  compare_scans(std::as_bytes(std::span(data, size)));
  read_write_read(std::as_bytes(std::span(data, size)));
  return 0;
}
