#include "marsad/wire/uat/uplink.hpp"

#include <algorithm>
#include <array>

#include "marsad/wire/uat/bits.hpp"
#include "marsad/wire/uat/line.hpp"

namespace marsad::wire::uat {
namespace {

constexpr std::size_t kHead = 8;       ///< octets before the application data
constexpr std::size_t kFrameHead = 2;  ///< length and type

/// The fields of a product's head, which follow one another without alignment.
class FieldReader {
 public:
  explicit FieldReader(std::span<const std::byte> octets) noexcept : bits_(octets), limit_(octets.size() * 8) {}

  std::uint32_t take(unsigned width) noexcept {
    if (at_ + width > limit_) {
      short_ = true;
      return 0;
    }
    const std::uint32_t value = bits_.bits(at_ / 8 + 1, static_cast<unsigned>(at_ % 8) + 1, width);
    at_ += width;
    return value;
  }
  [[nodiscard]] bool ran_short() const noexcept { return short_; }
  [[nodiscard]] std::size_t octets() const noexcept { return (at_ + 7) / 8; }

 private:
  BitReader bits_;
  std::size_t limit_;
  std::size_t at_ = 0;
  bool short_ = false;
};

bool is_possible(const Product& product) noexcept {
  if (product.hours > 23 || product.minutes > 59 || product.seconds.value_or(0) > 59) return false;
  if (!product.month) return true;
  return *product.month >= 1 && *product.month <= 12 && *product.day >= 1 && *product.day <= 31;
}

std::optional<Product> read_product(std::span<const std::byte> data) noexcept {
  FieldReader fields(data);
  const auto octet = [&](unsigned width) { return static_cast<std::uint8_t>(fields.take(width)); };
  Product product;
  fields.take(3);  // flags of the application, the geographic locator and the provider
  product.id = static_cast<std::uint16_t>(fields.take(11));
  product.segmented = fields.take(1) != 0;
  const std::uint32_t time_option = fields.take(2);
  if ((time_option & 2U) != 0) {
    product.month = octet(4);
    product.day = octet(5);
  }
  product.hours = octet(5);
  product.minutes = octet(6);
  if ((time_option & 1U) != 0) product.seconds = octet(6);
  product.head = fields.octets();
  if (fields.ran_short() || !is_possible(product)) return std::nullopt;
  return product;
}

void read_frames(std::span<const std::byte> rest, Uplink& message) {
  while (rest.size() >= kFrameHead) {
    const BitReader read(rest);
    const std::size_t length = read.bits(1, 1, 9);
    const auto type = static_cast<std::uint8_t>(read.bits(2, 5, 4));
    if ((length == 0 && type == 0) || length > rest.size() - kFrameHead) break;
    Frame frame{.type = type, .data = rest.subspan(kFrameHead, length), .product = {}};
    if (frame.type == Frame::kFisb) frame.product = read_product(frame.data);
    if (!message.frames.try_push_back(frame)) break;
    rest = rest.subspan(kFrameHead + length);
  }
  const bool zero = std::ranges::all_of(rest, [](std::byte octet) { return octet == std::byte{}; });
  message.damaged_octets = zero ? 0 : rest.size();
}

struct ProductName {
  std::uint16_t first;
  std::uint16_t last;
  std::string_view name;
};

/// In the order of their numbers.
constexpr std::array kNames{
    ProductName{0, 0, "METAR"},
    ProductName{1, 1, "TAF"},
    ProductName{2, 2, "SIGMET"},
    ProductName{3, 3, "convective SIGMET"},
    ProductName{4, 4, "AIRMET"},
    ProductName{5, 5, "PIREP"},
    ProductName{6, 6, "severe weather alert"},
    ProductName{7, 7, "winds and temperatures aloft"},
    ProductName{8, 8, "NOTAM"},
    ProductName{9, 9, "D-ATIS"},
    ProductName{10, 10, "terminal weather"},
    ProductName{11, 11, "AIRMET"},
    ProductName{12, 12, "SIGMET"},
    ProductName{13, 13, "special use airspace"},
    ProductName{14, 14, "G-AIRMET"},
    ProductName{15, 15, "centre weather advisory"},
    ProductName{51, 54, "national radar mosaic"},
    ProductName{55, 58, "regional radar mosaic"},
    ProductName{59, 62, "radar image"},
    ProductName{63, 63, "regional radar mosaic"},
    ProductName{64, 64, "national radar mosaic"},
    ProductName{70, 71, "icing"},
    ProductName{81, 82, "cloud tops"},
    ProductName{83, 83, "storm tops"},
    ProductName{84, 84, "cloud tops"},
    ProductName{90, 91, "turbulence"},
    ProductName{101, 103, "lightning"},
    ProductName{351, 351, "system time"},
    ProductName{352, 352, "operational status"},
    ProductName{353, 353, "ground station status"},
    ProductName{401, 401, "raster"},
    ProductName{402, 402, "text"},
    ProductName{403, 403, "vector"},
    ProductName{404, 404, "symbols"},
    ProductName{411, 411, "text"},
    ProductName{412, 412, "symbols"},
    ProductName{413, 413, "weather text"},
};

}  // namespace

base::Result<Uplink> decode_uplink(std::span<const std::byte> octets) {
  if (octets.size() != kUplinkSize) return base::Fault{base::FaultCode::bad_length, octets.size()};
  constexpr double kStepDeg = 360.0 / (1 << 24);
  const BitReader read(octets);
  Uplink message;
  message.station = {.lat_deg = read.bits(1, 1, 23) * kStepDeg, .lon_deg = read.bits(3, 8, 24) * kStepDeg};
  if (message.station.lat_deg > 90) message.station.lat_deg -= 180;
  if (message.station.lon_deg >= 180) message.station.lon_deg -= 360;
  message.position_valid = read.bit(6, 8);
  message.utc_coupled = read.bit(7, 1);
  message.has_application_data = read.bit(7, 3);
  message.slot = static_cast<std::uint8_t>(read.bits(7, 4, 5));
  message.tisb_site = static_cast<std::uint8_t>(read.bits(8, 1, 4));
  if (message.has_application_data) read_frames(octets.subspan(kHead), message);
  return message;
}

std::string_view product_name(std::uint16_t id) noexcept {
  const auto found =
      std::ranges::find_if(kNames, [id](const ProductName& entry) { return id >= entry.first && id <= entry.last; });
  return found == kNames.end() ? std::string_view{} : found->name;
}

bool has_text(const Product& product) noexcept { return product.id == 413 && !product.segmented; }

void append_product_text(std::string& out, const Frame& frame) {
  constexpr std::string_view kAlphabet =
      "\x03"
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ\x1A\t\n\n| !\"#$%&'()*+,-./0123456789:;<=>?";
  constexpr std::uint32_t kTabulator = 28;
  if (!frame.product || !has_text(*frame.product)) return;
  FieldReader characters(frame.data.subspan(frame.product->head));
  bool blanks_follow = false;
  while (true) {
    const std::uint32_t code = characters.take(6);
    if (characters.ran_short()) return;
    if (blanks_follow) {
      out.append(code, ' ');
      blanks_follow = false;
    } else if (code == kTabulator) {
      blanks_follow = true;
    } else if (kAlphabet[code] == '\x03') {
      return;
    } else {
      out.push_back(kAlphabet[code]);
    }
  }
}

}  // namespace marsad::wire::uat
