#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "marsad/io/begin_clock.hpp"
#include "marsad/io/mapped_file.hpp"
#include "marsad/recording/reader.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::app {

/// The datagrams of one input, whether another program's file or our own recording.
class DatagramSource {
 public:
  /// `file` must outlive the source. Datagrams that only tell how long after the file's beginning they came get a
  /// receipt time if the `beginning` is given. The error is one sentence that names `path` and the remedy.
  static base::Result<DatagramSource, std::string> open(const std::string& path, const io::MappedFile& file,
                                                        std::optional<wire::framing::FileKind> told,
                                                        std::optional<io::Beginning> beginning = {});

  [[nodiscard]] std::optional<wire::framing::Datagram> next();

  [[nodiscard]] std::uint64_t position() const;

  /// What was damaged so far: number of places, octets not delivered, and the first places one by one.
  struct Damage {
    std::uint64_t faults = 0;
    std::uint64_t skipped_octets = 0;
    std::vector<wire::framing::FramingFault> places;
  };
  [[nodiscard]] Damage damage() const;

 private:
  explicit DatagramSource(wire::framing::FileReader reader) : reader_(std::move(reader)) {}
  explicit DatagramSource(recording::Reader reader) : reader_(std::move(reader)) {}

  std::optional<io::BeginClock> begin_clock_;
  std::variant<wire::framing::FileReader, recording::Reader> reader_;
};

}  // namespace marsad::app
