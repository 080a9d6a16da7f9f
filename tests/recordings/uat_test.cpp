// Recordings of real UAT receivers: every whole line is decoded, what is refused is listed, and what aircraft say of
// themselves is possible.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "marsad/wire/uat/downlink.hpp"
#include "marsad/wire/uat/line.hpp"
#include "marsad/wire/uat/print.hpp"
#include "marsad/wire/uat/uplink.hpp"
#include "shared_folder.hpp"

namespace marsad::wire::uat {
namespace {

std::filesystem::path folder() { return marsad::shared_folder() / "data/modes/sbs_uat"; }

struct Tally {
  std::size_t lines = 0;
  std::size_t refused = 0;
  std::size_t downlinks = 0;
  std::size_t uplinks = 0;
  std::size_t frames = 0;
  std::size_t damaged = 0;
  std::map<std::uint32_t, Position> last;
};

/// Positions of one address in succession lie within what its messages can be apart.
void check_state(const Downlink& message, Tally& tally) {
  const StateVector& state = *message.state;
  if (state.ground_speed_kt) {
    EXPECT_LT(*state.ground_speed_kt, 700);
  }
  if (state.pressure_altitude_ft) {
    EXPECT_LT(*state.pressure_altitude_ft, 46'000);
  }
  if (!state.position) return;
  const auto found = tally.last.find(message.address);
  if (found != tally.last.end()) {
    EXPECT_NEAR(state.position->lat_deg, found->second.lat_deg, 2.0) << std::hex << message.address;
  }
  tally.last[message.address] = *state.position;
}

void take(std::string_view text, Tally& tally) {
  ++tally.lines;
  const auto line = parse_line(text);
  std::string json;
  if (!line || !append_uat_json(json, *line)) {
    ++tally.refused;
    return;
  }
  EXPECT_EQ(json.find("null"), std::string::npos) << json;
  if (line->kind == Line::Kind::uplink) {
    ++tally.uplinks;
    const auto message = decode_uplink(line->message());
    tally.frames += message->frames.size();
    if (message->damaged_octets > 0) ++tally.damaged;
    return;
  }
  ++tally.downlinks;
  const auto message = decode_downlink(line->message());
  if (message->state) check_state(*message, tally);
}

TEST(UatRecordings, EveryMessageOfTheStratuxLogIsRead) {
  std::ifstream file(folder() / "stratux_gms5002-09072015-problem-stratux-uat.log");
  if (!file) GTEST_SKIP() << "no recordings under " << folder() << " (set MARSAD_SHARED)";
  Tally tally;
  for (std::string text; std::getline(file, text);) {
    const std::size_t comma = text.find(',');
    if (comma != std::string::npos && !text.starts_with("START")) take(std::string_view(text).substr(comma + 1), tally);
  }
  EXPECT_EQ(tally.refused, 0U);
  EXPECT_EQ(tally.damaged, 0U);
  EXPECT_EQ(tally.downlinks, 303U);
  EXPECT_EQ(tally.uplinks, 383U);
  EXPECT_EQ(tally.frames, 942U);
}

}  // namespace
}  // namespace marsad::wire::uat
