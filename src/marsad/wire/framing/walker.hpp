#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::wire::framing {

/// The books of one file: every octet is entered once, as payload, framing, other traffic or skipped.
class Account {
 public:
  void add_payload(std::uint64_t octets) noexcept {
    counters_.payload_octets += octets;
    ++counters_.datagrams;
  }
  void add_framing(std::uint64_t octets) noexcept { counters_.framing_octets += octets; }
  void add_other(std::uint64_t octets) noexcept {
    counters_.other_octets += octets;
    ++counters_.other_frames;
  }
  void add_fault(const FramingFault& fault) {
    counters_.skipped_octets += fault.skipped_octets;
    ++counters_.faults;
    if (faults_.size() < FileReader::kFaultsKept) faults_.push_back(fault);
  }

  [[nodiscard]] const FramingCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] std::span<const FramingFault> faults() const noexcept { return faults_; }

 private:
  FramingCounters counters_;
  std::vector<FramingFault> faults_;
};

/// Walks a file of one kind from its first octet to its last. Each kind has one, in its own .cpp.
class Walker {
 public:
  explicit Walker(std::span<const std::byte> content) noexcept : content_(content) {}
  virtual ~Walker() = default;
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  [[nodiscard]] virtual std::optional<Datagram> next() = 0;

  [[nodiscard]] const Account& account() const noexcept { return account_; }
  [[nodiscard]] std::uint64_t position() const noexcept { return at_; }

 protected:
  [[nodiscard]] std::span<const std::byte> rest() const noexcept { return content_.subspan(at_); }
  [[nodiscard]] bool at_end() const noexcept { return at_ == content_.size(); }
  [[nodiscard]] std::uint64_t offset_of(std::span<const std::byte> part) const noexcept {
    return static_cast<std::uint64_t>(part.data() - content_.data());
  }
  /// Leaves out everything from here to `target`, for one reason.
  void skip_to(std::size_t target, base::FaultCode code) {
    account_.add_fault({code, at_, target - at_});
    at_ = target;
  }

  std::span<const std::byte> content_;
  std::size_t at_ = 0;  ///< the first octet that is not yet in the books
  Account account_;
};

using WalkerResult = base::Result<std::unique_ptr<Walker>>;

// One pair for each kind: does the content begin like it; walk it. The second fails only where the beginning makes it
// impossible to read anything.
[[nodiscard]] bool begins_like_pcap(std::span<const std::byte> content) noexcept;
WalkerResult walk_pcap(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_pcapng(std::span<const std::byte> content) noexcept;
WalkerResult walk_pcapng(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_plots_csv(std::span<const std::byte> content) noexcept;
WalkerResult walk_plots_csv(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_final_frame(std::span<const std::byte> content) noexcept;
WalkerResult walk_final_frame(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_rply(std::span<const std::byte> content) noexcept;
WalkerResult walk_rply(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_gps(std::span<const std::byte> content) noexcept;
WalkerResult walk_gps(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_asterix_raw(std::span<const std::byte> content) noexcept;
WalkerResult walk_asterix_raw(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_beast(std::span<const std::byte> content) noexcept;
WalkerResult walk_beast(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_avr(std::span<const std::byte> content) noexcept;
WalkerResult walk_avr(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_hex_csv(std::span<const std::byte> content) noexcept;
WalkerResult walk_hex_csv(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_sbs(std::span<const std::byte> content) noexcept;
WalkerResult walk_sbs(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_dump978(std::span<const std::byte> content) noexcept;
WalkerResult walk_dump978(std::span<const std::byte> content);
[[nodiscard]] bool begins_like_aircraft_json(std::span<const std::byte> content) noexcept;
WalkerResult walk_aircraft_json(std::span<const std::byte> content);

}  // namespace marsad::wire::framing
