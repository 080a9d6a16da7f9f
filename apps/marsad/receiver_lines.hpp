#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/datagram.hpp"

namespace marsad::app {

/// What receivers' messages say, one line of text for each: Mode S and Mode A/C, UAT, rows of SBS-1, and each aircraft
/// of an aircraft.json document. One object reads one file, since what an aircraft said before is what a position
/// needs.
class ReceiverLines {
 public:
  enum class Form : std::uint8_t { jsonl, csv };

  /// Where receipt is not known "t" is null, and time since the file's beginning serves to pair positions.
  explicit ReceiverLines(Form form) : form_(form) {}

  /// Appends what the message of `datagram` says. False, and nothing appended, if it can't be read.
  bool append(std::string& out, const wire::framing::Datagram& datagram);

  /// Lines by what they are of: "DF17", "Mode A/C", "UAT", "SBS-1", "aircraft.json".
  [[nodiscard]] const std::map<std::string, std::uint64_t>& lines() const noexcept { return lines_; }
  /// What became of the Mode S messages; nothing if there were none.
  [[nodiscard]] const observation::mode_s::Resolver* resolver() const noexcept {
    return resolver_ ? &*resolver_ : nullptr;
  }

  /// Names of the columns, with the line's end.
  [[nodiscard]] static std::string csv_header();

 private:
  bool append_mode_s(std::string& out, const wire::framing::Datagram& datagram);
  bool append_uat(std::string& out, const wire::framing::Datagram& datagram);
  bool append_row(std::string& out, const wire::framing::Datagram& datagram);
  bool append_document(std::string& out, const wire::framing::Datagram& datagram);
  void end_line(std::string& out, std::size_t begin);

  Form form_;
  units::UtcTime latest_;
  std::optional<observation::mode_s::Resolver> resolver_;  ///< made by the first message
  std::map<std::string, std::uint64_t> lines_;
};

}  // namespace marsad::app
