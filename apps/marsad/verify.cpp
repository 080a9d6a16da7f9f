#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "console.hpp"
#include "errors.hpp"
#include "marsad/io/mapped_file.hpp"
#include "marsad/recording/reader.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

std::string hex(const recording::ChainHash& hash) {
  std::string text;
  for (const std::byte octet : hash) text += fmt::format("{:02x}", std::to_integer<unsigned>(octet));
  return text;
}

std::string verdict_of(const recording::VerifyReport& report) {
  if (report.intact()) return "intact";
  if (report.torn_tail_only()) return "sound as far as it goes, but never closed (power cut, or still being written)";
  const recording::RecordingFault& fault = *report.first_fault;
  return fmt::format("altered or damaged: {} at octet {} (block {}, entry {})", base::name_of(fault.code), fault.offset,
                     fault.block, fault.entry);
}

void print_text(const std::string& path, const recording::VerifyReport& report) {
  fmt::print("{}: {}\n  {} entries in {} blocks", path, verdict_of(report), report.entries, report.blocks);
  if (report.entries > 0) fmt::print(", {} to {}", iso_time(report.first_receipt), iso_time(report.last_receipt));
  fmt::print("\n  the first {} octets are sound; chain head {}\n", report.valid_octets, hex(report.head));
  if (report.missing_entries > 0)
    fmt::print("  {} entries were refused by a full disk when it was written\n", report.missing_entries);
}

void print_json(const std::string& path, const recording::VerifyReport& report) {
  nlohmann::ordered_json object{{"recording", path},
                                {"intact", report.intact()},
                                {"closed", report.closed},
                                {"verdict", verdict_of(report)},
                                {"entries", report.entries},
                                {"blocks", report.blocks},
                                {"missing_entries", report.missing_entries},
                                {"valid_bytes", report.valid_octets},
                                {"head", hex(report.head)}};
  if (report.entries > 0) {
    object["first"] = iso_time(report.first_receipt);
    object["last"] = iso_time(report.last_receipt);
  }
  fmt::print("{}\n", object.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

int verify(const VerifyOptions& options) {
  bool all_intact = true;
  for (const std::string& path : options.recordings) {
    auto file = io::MappedFile::open(path);
    if (!file.ok()) throw UnreadableInput(file.error());
    if (auto reader = recording::Reader::open(file->content());
        !reader.ok() && reader.error().code == base::FaultCode::unknown_format)
      throw UnreadableInput(fmt::format("{}: this is not a marsad recording", path));
    const recording::VerifyReport report = recording::verify(file->content());
    all_intact = all_intact && report.intact();
    options.json ? print_json(path, report) : print_text(path, report);
  }
  return all_intact ? kDone : kFailed;
}

}  // namespace marsad::app
