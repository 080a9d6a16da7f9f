#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/io/log_source.hpp"
#include "marsad/io/mapped_file.hpp"
#include "options.hpp"

namespace marsad::app {

/// The names that --kind knows, for people to choose from.
std::string kind_names();

/// The kind that --kind names, or nothing if it is to be told by the content. Throws UsageError.
std::optional<wire::framing::FileKind> parse_kind(const std::string& name);

/// When the input of that number began, by --start or else by --date. Throws UsageError for a text that is no time, and
/// for a number of --start that is neither 1 nor that of the inputs. Nothing if neither was given.
std::optional<io::Beginning> told_beginning(const InputOptions& options, std::size_t input);

/// Opens every input. Throws UsageError if there is none, UnreadableInput if one can't be opened.
std::vector<io::MappedFile> open_files(const InputOptions& options);

/// Throws UsageError if one of the files to write is one of those to read: opening it would wipe it out. Empty names
/// are files that nobody asked for.
void spare_inputs(const PictureOptions& options, const std::vector<std::string>& outputs);

/// Recorded input as the one log that a pipeline steps through: the files, what is configured about their sensors, and
/// the entries in order.
class RecordedInput {
 public:
  explicit RecordedInput(const PictureOptions& options);

  /// The next entry; the configuration first. Nothing at the end.
  std::optional<recording::LogEntry> next() { return source_->next(); }

  [[nodiscard]] double progress() const { return source_->progress(); }

  /// What became of each input, damage included; complete after the last entry.
  [[nodiscard]] std::vector<io::LogInputReport> reports() const { return source_->reports(); }

 private:
  std::vector<io::MappedFile> files_;
  std::unique_ptr<io::LogSource> source_;
};

}  // namespace marsad::app
