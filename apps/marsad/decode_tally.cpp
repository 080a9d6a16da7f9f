#include "decode_tally.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace marsad::app {

void DecodeTally::add(Damage damage) {
  ++faults;
  skipped_octets += damage.skipped_octets;
  if (damaged.size() < kPlacesTold) damaged.push_back(std::move(damage));
}

void DecodeTally::add(DecodeTally&& later) {
  for (std::size_t category = 0; category < records.size(); ++category) records[category] += later.records[category];
  octets += later.octets;
  skipped_octets += later.skipped_octets;
  faults += later.faults;
  for (const auto& [what, count] : later.messages) messages[what] += count;
  other_payloads += later.other_payloads;
  for (Damage& damage : later.damaged)
    if (damaged.size() < kPlacesTold) damaged.push_back(std::move(damage));
}

void print_summary_json(const DecodeTally& tally, const EditionPlan& plan) {
  nlohmann::ordered_json summary;
  summary["records"] = nlohmann::ordered_json::object();
  for (std::size_t category = 0; category < tally.records.size(); ++category)
    if (tally.records[category] > 0) summary["records"][std::to_string(category)] = tally.records[category];
  summary["editions"] = nlohmann::ordered_json::parse(editions_json(plan));
  if (!tally.messages.empty()) summary["messages"] = tally.messages;
  summary["bytes"] = tally.octets;
  summary["skipped_bytes"] = tally.skipped_octets;
  summary["faults"] = tally.faults;
  summary["other_payloads"] = tally.other_payloads;
  summary["damaged"] = nlohmann::ordered_json::array();
  for (const Damage& damage : tally.damaged)
    summary["damaged"].push_back({{"input", damage.input},
                                  {"offset", damage.offset},
                                  {"skipped_bytes", damage.skipped_octets},
                                  {"reason", damage.reason}});
  fmt::print(stderr, "{}\n", summary.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

void print_summary(const DecodeTally& tally, const EditionPlan& plan) {
  std::uint64_t total = 0;
  std::string by_category;
  for (std::size_t category = 0; category < tally.records.size(); ++category) {
    if (tally.records[category] == 0) continue;
    total += tally.records[category];
    by_category += fmt::format("  CAT{:03} {}", category, tally.records[category]);
  }
  for (const auto& [what, messages] : tally.messages) {
    total += messages;
    by_category += fmt::format("  {} {}", what, messages);
  }
  fmt::print(stderr, "{} records in {} octets:{}\n", total, tally.octets, by_category.empty() ? " none" : by_category);
  fmt::print(stderr, "{}", editions_text(plan));
  if (tally.other_payloads > 0)
    fmt::print(stderr, "{} datagrams have no place in this output and were left out\n", tally.other_payloads);
  for (const Damage& damage : tally.damaged)
    fmt::print(stderr, "{}: octet {}: {}; {} octets skipped\n", damage.input, damage.offset, damage.reason,
               damage.skipped_octets);
  if (tally.faults > tally.damaged.size())
    fmt::print(stderr, "... and {} more damaged places\n", tally.faults - tally.damaged.size());
}

}  // namespace marsad::app
