#include "marsad/recording/block_format.hpp"

#include <openssl/evp.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "marsad/wire/framing/file_kind.hpp"
#include "marsad/wire/framing/octets.hpp"

namespace marsad::recording {
namespace {

using wire::framing::ByteOrder;
using wire::framing::holds;
using wire::framing::unsigned_at;

constexpr std::size_t kPreviousAt = 48;
constexpr std::size_t kOwnAt = 80;
constexpr std::size_t kEntryFixedOctets = 16;  // length, kind, payload kind, flags, spare, receipt
constexpr std::size_t kSourceOctets = 36;
constexpr std::uint8_t kHasSource = 1;

template <class Integer>
void put(std::vector<std::byte>& out, Integer value) {
  auto bits = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof(Integer); ++i, bits >>= 8U) out.push_back(static_cast<std::byte>(bits & 0xFFU));
}

template <std::size_t Octets>
std::uint64_t get(std::span<const std::byte> octets, std::size_t at) {
  return unsigned_at<Octets>(octets, at, ByteOrder::little);
}

units::UtcTime time_at(std::span<const std::byte> octets, std::size_t at) {
  return units::UtcTime::nanoseconds_since_epoch(static_cast<std::int64_t>(get<8>(octets, at)));
}

ChainHash hash_at(std::span<const std::byte> octets, std::size_t at) {
  ChainHash hash;
  const auto from = octets.subspan(at, hash.size());
  std::copy(from.begin(), from.end(), hash.begin());
  return hash;
}

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

/// SHA-256 of two pieces. OpenSSL can fail here only for want of memory.
ChainHash sha256(std::span<const std::byte> first, std::span<const std::byte> second) {
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  ChainHash hash{};
  unsigned length = 0;
  const bool done = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(hash.data()), &length) == 1;
  MARSAD_CHECK(done && length == hash.size());
  return hash;
}

void put_header(std::vector<std::byte>& out, const BlockHeader& header) {
  put(out, static_cast<std::uint32_t>(header.kind));
  put(out, header.stored_octets);
  put(out, header.raw_octets);
  put(out, header.items);
  put(out, header.first_entry);
  put(out, header.first_receipt.nanoseconds_since_epoch());
  put(out, header.last_receipt.nanoseconds_since_epoch());
  put(out, static_cast<std::uint8_t>(header.compression));
  out.insert(out.end(), 7, std::byte{0});
  out.insert(out.end(), header.previous.begin(), header.previous.end());
}

bool equals_text(std::span<const std::byte> octets, const std::array<char, 8>& text) {
  return octets.size() >= text.size() &&
         std::equal(text.begin(), text.end(), octets.begin(),
                    [](char expected, std::byte octet) { return static_cast<std::byte>(expected) == octet; });
}

void put_text(std::vector<std::byte>& out, const std::array<char, 8>& text) {
  for (const char c : text) out.push_back(static_cast<std::byte>(c));
}

bool is_zero(std::span<const std::byte> octets) {
  return std::all_of(octets.begin(), octets.end(), [](std::byte octet) { return octet == std::byte{0}; });
}

/// The fields contradict neither each other nor the limits.
bool is_possible(const BlockHeader& header) {
  if (header.raw_octets > kMaxBlockOctets || header.stored_octets > header.raw_octets) return false;
  if (header.compression == Compression::none && header.stored_octets != header.raw_octets) return false;
  if (header.last_receipt < header.first_receipt) return false;
  if (!is_storable(header.first_receipt) || !is_storable(header.last_receipt)) return false;
  if (header.kind == BlockKind::end) return header.raw_octets == std::uint64_t{header.items} * kIndexItemOctets;
  return header.items > 0 && std::uint64_t{header.items} * kEntryFixedOctets <= header.raw_octets;
}

}  // namespace

bool is_storable(units::UtcTime time) noexcept {
  constexpr std::int64_t kFarthest = wire::framing::kFarthestSecond * 1'000'000'000;
  const std::int64_t ns = time.nanoseconds_since_epoch();
  return ns >= -kFarthest && ns <= kFarthest;
}

std::vector<std::byte> encode_file_header(units::UtcTime created) {
  std::vector<std::byte> out;
  out.reserve(kFileHeaderOctets);
  put_text(out, wire::framing::kRecordingMagic);
  put(out, kVersion);
  put(out, std::uint32_t{0});
  put(out, created.nanoseconds_since_epoch());
  put(out, std::uint64_t{0});
  const ChainHash own = sha256(out, {});
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

base::Result<FileHeader> parse_file_header(std::span<const std::byte> content) {
  constexpr std::size_t kHashAt = 32;
  const std::size_t magic = std::min(content.size(), wire::framing::kRecordingMagic.size());
  for (std::size_t i = 0; i < magic; ++i) {
    if (content[i] != static_cast<std::byte>(wire::framing::kRecordingMagic[i]))
      return base::Fault{base::FaultCode::unknown_format, i};
  }
  if (content.size() < kFileHeaderOctets) return base::Fault{base::FaultCode::truncated, content.size()};
  FileHeader header;
  header.created = time_at(content, 16);
  header.own = hash_at(content, kHashAt);
  if (sha256(content.first(kHashAt), {}) != header.own) return base::Fault{base::FaultCode::checksum, 0};
  if (get<4>(content, 8) != kVersion) return base::Fault{base::FaultCode::unknown_edition, 8};
  return header;
}

void append_block(std::vector<std::byte>& out, BlockHeader& header, std::span<const std::byte> stored_body) {
  header.stored_octets = static_cast<std::uint32_t>(stored_body.size());
  const std::size_t at = out.size();
  put_header(out, header);
  header.own = sha256(std::span<const std::byte>(out).subspan(at), stored_body);
  out.insert(out.end(), header.own.begin(), header.own.end());
  out.insert(out.end(), stored_body.begin(), stored_body.end());
}

base::Result<BlockHeader> parse_block_header(std::span<const std::byte> octets) {
  if (octets.size() < kBlockHeaderOctets) return base::Fault{base::FaultCode::truncated, octets.size()};
  BlockHeader header;
  header.kind = static_cast<BlockKind>(get<4>(octets, 0));
  if (header.kind != BlockKind::entries && header.kind != BlockKind::end)
    return base::Fault{base::FaultCode::bad_value, 0};
  header.stored_octets = static_cast<std::uint32_t>(get<4>(octets, 4));
  header.raw_octets = static_cast<std::uint32_t>(get<4>(octets, 8));
  header.items = static_cast<std::uint32_t>(get<4>(octets, 12));
  header.first_entry = get<8>(octets, 16);
  header.first_receipt = time_at(octets, 24);
  header.last_receipt = time_at(octets, 32);
  const auto compression = get<1>(octets, 40);
  if (compression > static_cast<std::uint8_t>(Compression::zstd) || !is_zero(octets.subspan(41, 7)))
    return base::Fault{base::FaultCode::bad_value, 40};
  header.compression = static_cast<Compression>(compression);
  header.previous = hash_at(octets, kPreviousAt);
  header.own = hash_at(octets, kOwnAt);
  if (!is_possible(header)) return base::Fault{base::FaultCode::bad_length, 4};
  if (!holds(octets, kBlockHeaderOctets, header.stored_octets))
    return base::Fault{base::FaultCode::truncated, octets.size()};
  return header;
}

bool hash_agrees(std::span<const std::byte> octets, const BlockHeader& header) {
  return sha256(octets.first(kOwnAt), octets.subspan(kBlockHeaderOctets, header.stored_octets)) == header.own;
}

std::size_t encoded_octets(const LogEntry& entry) noexcept {
  const bool has_source = entry.source != wire::framing::Source{};
  return kEntryFixedOctets + (has_source ? kSourceOctets : 0) + entry.payload.size();
}

void append_entry(std::vector<std::byte>& out, const LogEntry& entry) {
  const bool has_source = entry.source != wire::framing::Source{};
  put(out, static_cast<std::uint32_t>(encoded_octets(entry) - 4));
  put(out, static_cast<std::uint8_t>(entry.kind));
  put(out, static_cast<std::uint8_t>(entry.payload_kind));
  put(out, has_source ? kHasSource : std::uint8_t{0});
  put(out, std::uint8_t{0});
  put(out, entry.receipt.nanoseconds_since_epoch());
  if (has_source) {
    for (const std::uint8_t octet : entry.source.sender) put(out, octet);
    for (const std::uint8_t octet : entry.source.destination) put(out, octet);
    put(out, entry.source.sender_port);
    put(out, entry.source.destination_port);
  }
  out.insert(out.end(), entry.payload.begin(), entry.payload.end());
}

base::Result<LogEntry> parse_entry(std::span<const std::byte> raw, std::size_t& at) {
  if (!holds(raw, at, kEntryFixedOctets)) return base::Fault{base::FaultCode::truncated, at};
  const std::size_t length = get<4>(raw, at);
  if (length < kEntryFixedOctets - 4 || !holds(raw, at + 4, length))
    return base::Fault{base::FaultCode::bad_length, at};
  const auto octets = raw.subspan(at, length + 4);
  const auto kind = get<1>(octets, 4);
  const auto payload_kind = static_cast<std::uint8_t>(get<1>(octets, 5));
  const auto flags = get<1>(octets, 6);
  const bool known = kind >= 1 && kind <= static_cast<std::uint8_t>(EntryKind::operator_action) &&
                     wire::framing::is_payload_kind(payload_kind) && flags <= kHasSource && get<1>(octets, 7) == 0;
  if (!known) return base::Fault{base::FaultCode::bad_value, at};
  LogEntry entry;
  entry.kind = static_cast<EntryKind>(kind);
  entry.payload_kind = static_cast<wire::framing::PayloadKind>(payload_kind);
  entry.receipt = time_at(octets, 8);
  std::size_t payload_at = kEntryFixedOctets;
  if (flags == kHasSource) {
    if (octets.size() < kEntryFixedOctets + kSourceOctets) return base::Fault{base::FaultCode::bad_length, at};
    for (std::size_t i = 0; i < 16; ++i) {
      entry.source.sender[i] = static_cast<std::uint8_t>(octets[payload_at + i]);
      entry.source.destination[i] = static_cast<std::uint8_t>(octets[payload_at + 16 + i]);
    }
    entry.source.sender_port = static_cast<std::uint16_t>(get<2>(octets, payload_at + 32));
    entry.source.destination_port = static_cast<std::uint16_t>(get<2>(octets, payload_at + 34));
    payload_at += kSourceOctets;
  }
  entry.payload = octets.subspan(payload_at);
  at += octets.size();
  return entry;
}

void append_index_item(std::vector<std::byte>& out, const IndexItem& item) {
  put(out, item.offset);
  put(out, item.first_entry);
  put(out, item.first_receipt.nanoseconds_since_epoch());
}

IndexItem parse_index_item(std::span<const std::byte> octets) {
  return {get<8>(octets, 0), get<8>(octets, 8), time_at(octets, 16)};
}

void append_trailer(std::vector<std::byte>& out, std::uint64_t end_block_offset) {
  put(out, end_block_offset);
  put_text(out, kTrailerMagic);
}

std::optional<std::uint64_t> parse_trailer(std::span<const std::byte> octets) {
  if (octets.size() != kTrailerOctets || !equals_text(octets.subspan(8), kTrailerMagic)) return std::nullopt;
  return get<8>(octets, 0);
}

bool compress(std::span<const std::byte> raw, int level, std::vector<std::byte>& out) {
  out.resize(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress(out.data(), out.size(), raw.data(), raw.size(), level);
  if (ZSTD_isError(size) != 0 || size >= raw.size()) return false;
  out.resize(size);
  return true;
}

bool decompress(std::span<const std::byte> stored, std::size_t raw_octets, std::vector<std::byte>& out) {
  out.resize(raw_octets);
  const std::size_t size = ZSTD_decompress(out.data(), out.size(), stored.data(), stored.size());
  return ZSTD_isError(size) == 0 && size == raw_octets;
}

}  // namespace marsad::recording
