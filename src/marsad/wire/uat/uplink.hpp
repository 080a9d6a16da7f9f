#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "marsad/base/inline_vector.hpp"
#include "marsad/base/result.hpp"
#include "marsad/wire/uat/downlink.hpp"

/// The ground uplink of UAT: where the station is, and frames of flight information (FIS-B) for pilots.
///
/// Source: RTCA DO-282B, 2.2.3.2 (uplink message) and DO-267A / DO-358, 3.6 (application protocol data units).
namespace marsad::wire::uat {

/// The head of one FIS-B product. Times are UTC as sent; the month and day are often left out.
struct Product {
  std::uint16_t id = 0;    ///< 11 bits: 8 notices to airmen, 63 regional radar mosaic, 413 weather text, ...
  bool segmented = false;  ///< one part of a product that was too long for a frame
  std::optional<std::uint8_t> month;
  std::optional<std::uint8_t> day;
  std::uint8_t hours = 0;
  std::uint8_t minutes = 0;
  std::optional<std::uint8_t> seconds;
  std::size_t head = 0;  ///< octets of the frame before the product's data
};

/// One information frame of the application data.
struct Frame {
  static constexpr std::uint8_t kFisb = 0;
  static constexpr std::uint8_t kServiceStatus = 15;  ///< of TIS-B and ADS-R: whom they serve

  std::uint8_t type = 0;            ///< 0 to 15
  std::span<const std::byte> data;  ///< borrowed from the message
  std::optional<Product> product;   ///< of type 0, unless too short or with an impossible time
};

struct Uplink {
  /// A frame has two octets of head, and maybe no data: more can't be in 424 octets.
  static constexpr std::size_t kMostFrames = 212;

  Position station{};  ///< of the ground station's antenna; `position_valid` says if it can be relied on
  bool position_valid = false;
  bool utc_coupled = false;
  bool has_application_data = false;
  std::uint8_t slot = 0;       ///< 0 to 31: in which time slot it is sent
  std::uint8_t tisb_site = 0;  ///< 0 to 15; 0 sends no TIS-B
  base::InlineVector<Frame, kMostFrames> frames;
  /// Octets of application data behind the last whole frame that aren't zero: a frame that claims more than there is.
  std::size_t damaged_octets = 0;
};

/// Decodes a message of 432 octets (`Line::message()`), which must outlive the result. Fault: `bad_length`.
[[nodiscard]] base::Result<Uplink> decode_uplink(std::span<const std::byte> octets);

/// A short English name of a FIS-B product; empty if unknown.
[[nodiscard]] std::string_view product_name(std::uint16_t id) noexcept;

/// Whether `append_product_text` can give the product's text: 413, the generic text of the DLAC alphabet, in one part.
[[nodiscard]] bool has_text(const Product& product) noexcept;

/// Appends the text of a product, six bits a character: letters, digits, punctuation; record separators become line
/// ends, tabulators as many blanks as they say, what is behind the end of text is left out.
void append_product_text(std::string& out, const Frame& frame);

}  // namespace marsad::wire::uat
