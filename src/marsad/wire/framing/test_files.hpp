#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/wire/framing/octets.hpp"

// Tiny files of each framing, made by hand for the tests of this folder.
namespace marsad::wire::framing::test {

using Bytes = std::vector<std::byte>;

inline Bytes bytes(std::initializer_list<int> values) {
  Bytes out;
  for (const int value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

inline Bytes text(std::string_view characters) {
  Bytes out;
  for (const char c : characters) out.push_back(static_cast<std::byte>(c));
  return out;
}

inline void add(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

inline void add_number(Bytes& out, std::uint64_t value, std::size_t octets, ByteOrder order) {
  for (std::size_t i = 0; i < octets; ++i) {
    const std::size_t shift = 8 * (order == ByteOrder::big ? octets - 1 - i : i);
    out.push_back(static_cast<std::byte>((value >> shift) & 0xFFU));
  }
}

inline Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes out;
  for (const Bytes& part : parts) add(out, part);
  return out;
}

/// A data block of `octets` octets in all, filled with `fill`.
inline Bytes block(int category, std::size_t octets, int fill = 0xE1) {
  Bytes out = bytes({category});
  add_number(out, octets, 2, ByteOrder::big);
  out.resize(octets, static_cast<std::byte>(fill));
  return out;
}

inline Bytes udp(const Bytes& payload, std::uint16_t port = 8600) {
  Bytes out;
  add_number(out, 1024, 2, ByteOrder::big);
  add_number(out, port, 2, ByteOrder::big);
  add_number(out, payload.size() + 8, 2, ByteOrder::big);
  add_number(out, 0, 2, ByteOrder::big);
  add(out, payload);
  return out;
}

struct Ipv4Options {
  int protocol = 17;
  std::size_t option_words = 0;
  std::uint16_t identification = 7;
  bool more = false;
  std::size_t fragment_offset = 0;  // octets
};

inline Bytes ipv4(const Bytes& payload, const Ipv4Options& options = {}) {
  const std::size_t header = 20 + 4 * options.option_words;
  Bytes out = bytes({static_cast<int>(0x45 + options.option_words), 0});
  add_number(out, header + payload.size(), 2, ByteOrder::big);
  add_number(out, options.identification, 2, ByteOrder::big);
  add_number(out, (options.more ? 0x2000U : 0U) | (options.fragment_offset / 8), 2, ByteOrder::big);
  add(out, bytes({64, options.protocol, 0, 0, 10, 0, 0, 1, 239, 1, 2, 3}));
  out.resize(header, std::byte{1});
  add(out, payload);
  return out;
}

inline Bytes ipv6(const Bytes& payload, int next = 17, const Bytes& extensions = {}) {
  Bytes out = bytes({0x60, 0, 0, 0});
  add_number(out, extensions.size() + payload.size(), 2, ByteOrder::big);
  add(out, bytes({next, 64}));
  for (int i = 0; i < 32; ++i) out.push_back(static_cast<std::byte>(i));
  add(out, extensions);
  add(out, payload);
  return out;
}

inline Bytes ethernet(const Bytes& payload, std::uint16_t type = 0x0800, const Bytes& tags = {}) {
  Bytes out = bytes({1, 0, 0x5E, 1, 2, 3, 2, 0, 0, 0, 0, 1});
  add(out, tags);
  add_number(out, type, 2, ByteOrder::big);
  add(out, payload);
  return out;
}

inline Bytes ethernet_llc(const Bytes& payload) {
  Bytes body = bytes({0x2A, 0xA0, 0x03});
  add(body, payload);
  return ethernet(body, static_cast<std::uint16_t>(body.size()));
}

struct PcapOptions {
  ByteOrder order = ByteOrder::little;
  bool nanoseconds = false;
  std::uint32_t link_type = 1;
};

/// One record for each frame, at 1 700 000 000 s and 250 ms and then one second later each.
inline Bytes pcap(const std::vector<Bytes>& frames, const PcapOptions& options = {}) {
  Bytes out;
  const ByteOrder order = options.order;
  add_number(out, options.nanoseconds ? 0xA1B23C4DU : 0xA1B2C3D4U, 4, order);
  add_number(out, 2, 2, order);
  add_number(out, 4, 2, order);
  add_number(out, 0, 8, order);
  add_number(out, 65535, 4, order);
  add_number(out, options.link_type, 4, order);
  std::uint64_t seconds = 1'700'000'000;
  for (const Bytes& frame : frames) {
    add_number(out, seconds++, 4, order);
    add_number(out, options.nanoseconds ? 250'000'000 : 250'000, 4, order);
    add_number(out, frame.size(), 4, order);
    add_number(out, frame.size(), 4, order);
    add(out, frame);
  }
  return out;
}

inline Bytes pcapng_block(std::uint32_t type, Bytes body, ByteOrder order) {
  while (body.size() % 4 != 0) body.push_back(std::byte{0});
  Bytes out;
  add_number(out, type, 4, order);
  add_number(out, body.size() + 12, 4, order);
  add(out, body);
  add_number(out, body.size() + 12, 4, order);
  return out;
}

inline Bytes pcapng_section(ByteOrder order) {
  Bytes body;
  add_number(body, 0x1A2B3C4DU, 4, order);
  add_number(body, 1, 2, order);
  add_number(body, 0, 2, order);
  add_number(body, ~std::uint64_t{0}, 8, order);
  return pcapng_block(0x0A0D0D0AU, body, order);
}

/// An interface whose time resolution is `resolution` as in option if_tsresol.
inline Bytes pcapng_interface(int resolution, ByteOrder order, std::uint16_t link_type = 1) {
  Bytes body;
  add_number(body, link_type, 2, order);
  add_number(body, 0, 2, order);
  add_number(body, 0, 4, order);
  add_number(body, 9, 2, order);
  add_number(body, 1, 2, order);
  add(body, bytes({resolution, 0, 0, 0}));
  add_number(body, 0, 4, order);
  return pcapng_block(1, body, order);
}

inline Bytes pcapng_packet(const Bytes& frame, std::uint32_t interface_number, std::uint64_t counts, ByteOrder order) {
  Bytes body;
  add_number(body, interface_number, 4, order);
  add_number(body, counts >> 32U, 4, order);
  add_number(body, counts & 0xFFFFFFFFU, 4, order);
  add_number(body, frame.size(), 4, order);
  add_number(body, frame.size(), 4, order);
  add(body, frame);
  return pcapng_block(6, body, order);
}

inline Bytes final_frame(const Bytes& payload, std::uint32_t ten_milliseconds = 4'321) {
  Bytes out;
  add_number(out, payload.size() + 12, 2, ByteOrder::big);
  add(out, bytes({0, 0, 0}));
  add_number(out, ten_milliseconds, 3, ByteOrder::big);
  add(out, payload);
  add(out, bytes({0xA5, 0xA5, 0xA5, 0xA5}));
  return out;
}

inline Bytes rply_record(const Bytes& payload, std::uint32_t delay_ms = 100) {
  Bytes out;
  add_number(out, payload.size(), 4, ByteOrder::little);
  add_number(out, delay_ms, 4, ByteOrder::little);
  add(out, payload);
  return out;
}

inline Bytes oradis_part(const Bytes& blocks) {
  Bytes out;
  add_number(out, blocks.size() + 6, 2, ByteOrder::big);
  add_number(out, 45'826'101, 4, ByteOrder::big);
  add(out, blocks);
  return out;
}

inline Bytes plots_csv(const std::vector<std::string>& rows, std::string_view line_end = "\n") {
  std::string all = "t,t_rx,sensor_id,type,range_m,azimuth_deg,mode3a,mode_s,fl,lat,lon,alt_m,ve,vn";
  all += line_end;
  for (const std::string& row : rows) all.append(row).append(line_end);
  return text(all);
}

/// A Beast frame; every octet 1A behind the type is doubled.
inline Bytes beast_frame(int type, const Bytes& body) {
  Bytes out = bytes({0x1A, type});
  for (const std::byte octet : body) {
    out.push_back(octet);
    if (octet == std::byte{0x1A}) out.push_back(octet);
  }
  return out;
}

/// The body of a Beast frame of types '1' to '3': counter, signal, message.
inline Bytes beast_body(std::uint64_t counter, const Bytes& message, int signal = 0x40) {
  Bytes out;
  add_number(out, counter, 6, ByteOrder::big);
  add(out, bytes({signal}));
  add(out, message);
  return out;
}

inline Bytes beast_message(std::uint64_t counter, const Bytes& message, int signal = 0x40) {
  const int type = message.size() == 2 ? '1' : message.size() == 7 ? '2' : '3';
  return beast_frame(type, beast_body(counter, message, signal));
}

/// Some message of 2, 7 or 14 octets.
inline Bytes squitter(std::size_t octets, int first = 0x8D) {
  Bytes out = bytes({first, 0x4B, 0x00, 0x1A, 0x99, 0x11, 0x22, 0x33, 0x1A, 0x1A, 0x44, 0x55, 0x66, 0x77});
  out.resize(octets);
  return out;
}

/// One small sound file of each kind.
inline std::vector<std::pair<std::string, Bytes>> samples() {
  const Bytes a = block(48, 20);
  const Bytes b = block(34, 12);
  const Bytes ab = joined({a, b});
  const ByteOrder order = ByteOrder::little;
  const Bytes half = udp(block(62, 200));
  const Bytes first(half.begin(), half.begin() + 104);
  const Bytes second(half.begin() + 104, half.end());
  return {
      {"asterix_raw", joined({a, b, a, b, block(62, 40)})},
      {"pcap",
       pcap({ethernet(ipv4(udp(ab))), ethernet(bytes({0, 1, 8, 0}), 0x0806), ethernet(ipv4(first, {.more = true})),
             ethernet(ipv4(second, {.fragment_offset = 104})), ethernet_llc(ab), ethernet(ipv6(udp(a)), 0x86DD)})},
      {"pcapng", joined({pcapng_section(order), pcapng_interface(6, order),
                         pcapng_packet(ethernet(ipv4(udp(ab))), 0, 1'700'000'000'250'000, order),
                         pcapng_packet(ethernet(ipv4(udp(joined({oradis_part(a), oradis_part(b)})))), 0, 1, order)})},
      {"final_frame", joined({final_frame(ab), final_frame(b), final_frame(a)})},
      {"rply", joined({rply_record(ab), rply_record(b), rply_record(a)})},
      {"beast", joined({beast_message(12'000'000, squitter(14)), beast_message(0x1A1A1A, squitter(7, 0x5D)),
                        beast_message(24'000'000, bytes({0x12, 0x34})), beast_frame('4', Bytes(21, std::byte{9})),
                        beast_frame(0xE3, squitter(8)), beast_message(0, bytes({0, 0}), 0),
                        beast_message(24'000'100, squitter(14), 0x1A), beast_message(24'000'200, squitter(7, 2))})},
      {"avr", text("*8d4b00aa99112233445566778899;\r\n@0000000F42405D4B00AA112233;\n*1234;*0000;\n"
                   "remark: none\n<0000001E848040028B00AA112233;\n")},
      {"hex_csv", text("\xEF\xBB\xBF"
                       "1495353600,4B00AA,A00015B7C26E1370AA00005DD34A\n"
                       "1495353600.5,4B00AA,5D4B00AA112233\r\n")},
      {"sbs", text("MSG,3,1,1,4B00AA,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,,33000,,,45.1,9.2,,,,,,0\n"
                   "STA,,5,179,4B00AA,10103,2018/04/03,19:02:29.000,2018/04/03,19:02:29.000,RM\r\n\nTotal: 2\n")},
      {"dump978", text("!program=dump978\n-00a66ef135445d525a0c0519119021204800;rs=1;t=1600000000.25;\n"
                       "-08a66ef135445d525a0c0519119021204800;\n")},
      {"aircraft_json", text("{ \"now\" : 1600000000.2,\n \"messages\" : 3, \"aircraft\" : [{\"hex\":\"4b00aa\","
                             "\"flight\":\"a}\\\"{ \"}] }\n{\"now\":1600000001.2,\"aircraft\":[]}\n")},
      {"plots_csv", plots_csv({"1.0,1.5,R1,PSR,1000,20,,,,,,,,", "2.0,2.5,R1,SSR,1000,21,1200,,100,,,,,"})},
  };
}

}  // namespace marsad::wire::framing::test
