#include "marsad/wire/framing/pcap_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "marsad/wire/framing/file_reader.hpp"
#include "marsad/wire/framing/test_files.hpp"

namespace marsad::wire::framing {
namespace {

using test::Bytes;
using units::UtcTime;

constexpr std::array<std::uint8_t, 16> kSender{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 2, 3};
constexpr std::array<std::uint8_t, 16> kGroup{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 239, 255, 0, 1};
constexpr std::array<std::uint8_t, 16> kSender6{0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
constexpr std::array<std::uint8_t, 16> kGroup6{0xFF, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x34};

Datagram datagram_of(const Bytes& payload, const Source& source, std::int64_t ns) {
  Datagram datagram;
  datagram.payload = payload;
  datagram.source = source;
  datagram.receipt = UtcTime::nanoseconds_since_epoch(ns);
  return datagram;
}

/// One's complement sum over 16-bit words, folded: 0xFFFF over a stretch that holds its own right checksum.
std::uint32_t folded_sum(std::span<const std::byte> octets, std::uint32_t start = 0) {
  std::uint32_t sum = start;
  for (std::size_t i = 0; i < octets.size(); ++i)
    sum += std::to_integer<std::uint32_t>(octets[i]) << (i % 2 == 0 ? 8U : 0U);
  while (sum > 0xFFFFU) sum = (sum & 0xFFFFU) + (sum >> 16U);
  return sum;
}

TEST(PcapWriter, WhatItWritesTheReaderReadsWithTimesAndAddresses) {
  const std::array sources{
      Source{.sender = kSender, .destination = kGroup, .sender_port = 5000, .destination_port = 8600},
      Source{.sender = kSender6, .destination = kGroup6, .sender_port = 1, .destination_port = 65535}};
  const std::array payloads{test::block(48, 20), test::block(62, 65487), test::block(34, 11)};
  Bytes file;
  append_pcap_header(file);
  std::int64_t ns = 1'700'000'000'123'456'789;
  for (const Source& source : sources)
    for (const Bytes& payload : payloads) ASSERT_FALSE(append_pcap_packet(file, datagram_of(payload, source, ns++)));

  auto reader = FileReader::open(file);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->kind(), FileKind::pcap);
  ns = 1'700'000'000'123'456'789;
  for (const Source& source : sources)
    for (const Bytes& payload : payloads) {
      const auto datagram = reader->next();
      ASSERT_TRUE(datagram);
      EXPECT_TRUE(std::ranges::equal(datagram->payload, payload));
      EXPECT_EQ(datagram->source, source);
      EXPECT_EQ(datagram->receipt, UtcTime::nanoseconds_since_epoch(ns++));
    }
  EXPECT_FALSE(reader->next());
  EXPECT_EQ(reader->counters().faults, 0U);
}

TEST(PcapWriter, ChecksumsAreRight) {
  for (const std::size_t size : {11U, 12U, 13U}) {
    Bytes file;
    const Bytes payload = test::block(48, size);
    ASSERT_FALSE(append_pcap_packet(
        file,
        datagram_of(payload, {.sender = kSender, .destination = kGroup, .sender_port = 7, .destination_port = 9}, 0)));
    const auto ip = std::span(file).subspan(16 + 14, 20);
    const auto udp = std::span(file).subspan(16 + 14 + 20);
    EXPECT_EQ(folded_sum(ip), 0xFFFFU);
    const std::uint32_t pseudo = folded_sum(ip.subspan(12, 8), 17U + static_cast<std::uint32_t>(udp.size()));
    EXPECT_EQ(folded_sum(udp, pseudo), 0xFFFFU);
  }
}

TEST(PcapWriter, ADatagramWithoutAddressesGetsLoopback) {
  Bytes file;
  append_pcap_header(file);
  Datagram datagram;
  const Bytes payload = test::block(48, 12);
  datagram.payload = payload;
  ASSERT_FALSE(append_pcap_packet(file, datagram, UtcTime::seconds_since_epoch(5.0)));
  auto reader = FileReader::open(file);
  ASSERT_TRUE(reader.ok());
  const auto read = reader->next();
  ASSERT_TRUE(read);
  EXPECT_EQ(read->receipt, UtcTime::seconds_since_epoch(5.0));
  EXPECT_EQ(read->source.destination_port, 8600);
  EXPECT_EQ(read->source.destination[12], 127);
}

TEST(PcapWriter, RefusesWhatDoesNotFitInUdpAndAppendsNothing) {
  Bytes file;
  const Source ipv4{.sender = kSender, .destination = kGroup, .sender_port = 7, .destination_port = 9};
  const Source ipv6{.sender = kSender6, .destination = kGroup6, .sender_port = 7, .destination_port = 9};
  EXPECT_TRUE(append_pcap_packet(file, datagram_of(Bytes(65508), ipv4, 0)));
  EXPECT_TRUE(append_pcap_packet(file, datagram_of(Bytes(65488), ipv6, 0)));
  EXPECT_TRUE(file.empty());
  EXPECT_FALSE(append_pcap_packet(file, datagram_of(Bytes(65507), ipv4, -5)));
  EXPECT_TRUE(std::ranges::all_of(std::span(file).first(8), [](std::byte octet) { return octet == std::byte{0}; }));
}

}  // namespace
}  // namespace marsad::wire::framing
