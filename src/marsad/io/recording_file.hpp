#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "marsad/base/result.hpp"
#include "marsad/recording/writer.hpp"

namespace marsad::io {

struct RecordingFileSettings {
  units::UtcTime created;
  /// Entries reach the disk (fdatasync) at most this long after append().
  units::Duration commit_period = units::Duration::milliseconds(100);
};

/// How the recording is doing; read it from any thread.
struct RecordingFileStatus {
  recording::WriterCounters writer;
  std::uint64_t durable_octets = 0;  ///< on the disk for certain
  std::uint64_t commits = 0;
  std::uint64_t write_errors = 0;  ///< disk full and its like; each is tried again
  std::string last_error;          ///< empty while all is well
};

/// The log as a file that only grows. append() only fills a buffer; a thread of its own writes and commits. A full disk
/// is reported in status(), costs nothing until the buffer is full as well, and is survived: a half-written block is
/// written again, so that the file is at every moment a valid recording with at most a torn tail.
class RecordingFile {
 public:
  /// Makes a new file; an existing one is never touched.
  static base::Result<std::unique_ptr<RecordingFile>, std::string> create(const std::string& path,
                                                                          const RecordingFileSettings& settings = {});
  /// Closes, if close() was not called.
  ~RecordingFile();

  /// From any thread. False if the entry was refused (buffer full).
  bool append(const recording::LogEntry& entry);
  /// Writes the end block and commits. False if the disk refused; the file is then a valid recording without an end.
  bool close();

  [[nodiscard]] RecordingFileStatus status() const;

 private:
  struct State;
  explicit RecordingFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io
