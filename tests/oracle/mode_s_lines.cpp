// Reads lines "seconds hexadecimal" and writes what marsad makes of each message as one JSON object. Arguments:
// latitude and longitude of the receiver and its range in nautical miles, if they are known.

#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/mode_s_json.hpp"

namespace {

namespace geo = marsad::geo;
namespace observation = marsad::observation;
namespace output = marsad::output;
namespace units = marsad::units;
namespace wire = marsad::wire;

std::vector<std::byte> octets_of(std::string_view text) {
  std::vector<std::byte> octets;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    octets.push_back(static_cast<std::byte>(value));
  }
  return octets;
}

}  // namespace

int main(int count, char** arguments) {
  observation::mode_s::Resolver resolver;
  if (count == 4) {
    const geo::Geodetic place{units::Angle::degrees(std::atof(arguments[1])),
                              units::Angle::degrees(std::atof(arguments[2])), units::Length()};
    resolver.set_site(0,
                      observation::mode_s::ReceiverSite{place, units::Length::nautical_miles(std::atof(arguments[3]))});
  }
  std::ios::sync_with_stdio(false);
  std::string line;
  std::string out;
  while (std::getline(std::cin, line)) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return 2;
    const auto octets = octets_of(std::string_view(line).substr(space + 1));
    wire::framing::ReceiverMessage message;
    message.type = octets.size() == 14 ? wire::framing::ReceiverMessage::Type::long_frame
                                       : wire::framing::ReceiverMessage::Type::short_frame;
    message.message = octets;
    out.clear();
    output::append_mode_s_json(out,
                               resolver.take(message, units::UtcTime::seconds_since_epoch(std::atof(line.c_str()))));
    std::cout << out << '\n';
  }
  return 0;
}
