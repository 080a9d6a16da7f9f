#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "marsad/config/settings.hpp"

namespace marsad::config {
namespace {

std::string example_text() {
  std::ifstream in(MARSAD_EXAMPLES "/marsad.toml");
  EXPECT_TRUE(in.good());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// "web.port" for every `port = ` below `[web]`, in comments too if `commented`.
std::set<std::string> keys_of(const std::string& text, bool commented) {
  std::set<std::string> keys;
  std::istringstream lines(text);
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    if (commented && line.starts_with("# ")) line.erase(0, 2);
    if (line.starts_with("[")) section = line.substr(0, line.find_last_of(']') + 1);
    const std::size_t equals = line.find(" = ");
    if (equals != std::string::npos) keys.insert(section + " " + line.substr(0, equals));
  }
  return keys;
}

TEST(TheExampleConfiguration, IsReadWithoutAnError) {
  const auto settings = parse_settings(example_text(), "marsad.toml");
  if (!settings) {
    for (const ConfigError& error : settings.error()) ADD_FAILURE() << to_text(error);
  } else {
    EXPECT_EQ(settings->feeds.size(), 4U);
    EXPECT_EQ(settings->sensors.size(), 2U);
    EXPECT_TRUE(settings->cat062.has_value());
  }
}

TEST(TheExampleConfiguration, StatesTheDefaultsThatTheProgramHas) {
  const auto settings = parse_settings(example_text(), "marsad.toml");
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(settings->tracker, Settings{}.tracker);
  EXPECT_EQ(settings->web, Settings{}.web);
  EXPECT_EQ(settings->picture, Settings{}.picture);
  EXPECT_EQ(settings->threads, Settings{}.threads);
  EXPECT_EQ(settings->recording.directory, Settings{}.recording.directory);
}

TEST(TheExampleConfiguration, NamesEveryKeyThatTheProgramKnows) {
  const std::string text = example_text();
  const auto settings = parse_settings(text, "marsad.toml");
  ASSERT_TRUE(settings.ok());
  const std::set<std::string> named = keys_of(text, true);
  for (const std::string& key : keys_of(to_toml(*settings), false)) {
    const bool inherited = (key.starts_with("[output.cat062]") || key.starts_with("[output.cat021]")) &&
                           (key.ends_with(" sac") || key.ends_with(" sic"));
    EXPECT_TRUE(inherited || named.contains(key)) << key << " is not in examples/marsad.toml";
  }
}

}  // namespace
}  // namespace marsad::config
