#include "marsad/io/log_input.hpp"

#include <utility>

#include <fmt/core.h>

namespace marsad::io {

using recording::EntryKind;
using recording::LogEntry;
using units::Duration;
using units::UtcTime;
using wire::framing::FileKind;
using wire::framing::FileReader;

std::optional<UtcTime> RecorderClock::receipt(Duration clock, std::optional<UtcTime> estimate) {
  const Duration half_day = Duration::seconds(43'200);
  const Duration day = Duration::seconds(86'400);
  const Duration tolerance = Duration::seconds(10);
  constexpr int kDisagreementsToBelieve = 16;
  if (clock < last_clock_ - half_day) ++days_;
  last_clock_ = clock;
  const Duration since_midnight = clock + days_ * day;
  if (!midnight_ && !estimate) return std::nullopt;
  if (!midnight_) midnight_ = *estimate - since_midnight;
  if (!estimate) return *midnight_ + since_midnight;

  const Duration ahead = *estimate - (*midnight_ + since_midnight);
  if (abs(ahead) > tolerance) {
    if (++disagreements_ < kDisagreementsToBelieve) return *midnight_ + since_midnight;
    midnight_ = *estimate - since_midnight;
  } else if (ahead > Duration::seconds(0)) {
    midnight_ = *midnight_ + ahead;  // nothing is received before it is true
  }
  disagreements_ = 0;
  return *midnight_ + since_midnight;
}

void LogInputStream::Waiting::keep() {
  if (own) return;
  octets.assign(entry.payload.begin(), entry.payload.end());
  entry.payload = octets;
  own = true;
}

base::Result<LogInputStream, std::string> LogInputStream::open(LogInput input, Duration longest_gap) {
  const auto kind = input.kind ? input.kind : wire::framing::detect_kind(input.content);
  if (const auto compressor = wire::framing::compressor_of(input.content); !kind && !compressor.empty())
    return fmt::format("{}: is compressed with {}; unpack it first", input.path, compressor);
  if (!kind) return fmt::format("{}: no known kind of recording begins like this", input.path);
  input.kind = kind;
  const auto failed = [&input, kind](const base::Fault& fault) {
    return fmt::format("{}: not readable as {}: {} at octet {}", input.path, name_of(*kind), name_of(fault.code),
                       fault.offset);
  };
  if (kind == FileKind::marsad_recording) {
    auto reader = recording::Reader::open(input.content);
    if (!reader) return failed(reader.error());
    return LogInputStream(std::move(input), std::move(reader).value(), longest_gap);
  }
  auto reader = FileReader::open(input.content, kind);
  if (!reader) return failed(reader.error());
  return LogInputStream(std::move(input), std::move(reader).value(), longest_gap);
}

LogInputStream::LogInputStream(LogInput input, AnyReader reader, Duration longest_gap)
    : input_(std::move(input)), reader_(std::move(reader)), longest_gap_(longest_gap) {
  if (input_.beginning) begin_clock_.emplace(*input_.beginning);
  pop();
}

/// The next entry as the file has it.
std::optional<LogInputStream::Waiting> LogInputStream::fetch() {
  Waiting out;
  if (auto* recorded = std::get_if<recording::Reader>(&reader_)) {
    const auto entry = recorded->next();
    if (!entry) return std::nullopt;
    out.entry = *entry;
    out.receipt = entry->receipt;
    return out;
  }
  const auto datagram = std::get<FileReader>(reader_).next();
  if (!datagram) return std::nullopt;
  out.entry.kind = EntryKind::datagram;
  out.entry.payload_kind = datagram->kind;
  out.entry.source = datagram->source;
  out.entry.payload = datagram->payload;
  out.receipt = datagram->receipt;
  if (!out.receipt && input_.receipt_of) out.receipt = input_.receipt_of(datagram->payload, datagram->kind);
  if (!out.receipt && begin_clock_) out.receipt = begin_clock_->receipt(*datagram);
  // A message that tells how long after the beginning it came needs no estimate of the recorder's clock.
  if (datagram->recorder_clock && !datagram->elapsed)
    out.receipt = recorder_clock_.receipt(*datagram->recorder_clock, out.receipt);
  return out;
}

std::optional<LogInputStream::Waiting> LogInputStream::pull() {
  if (ahead_.empty()) return fetch();
  Waiting out = std::move(ahead_.front());
  ahead_.pop_front();
  if (out.own) out.entry.payload = out.octets;
  return out;
}

/// The file begins without knowing the time: reads on until it does, so far as memory allows.
void LogInputStream::lend_receipt(Waiting& first) {
  constexpr std::size_t kMostAhead = 4096;
  first.keep();
  std::optional<UtcTime> known;
  for (const Waiting& waiting : ahead_) known = known ? known : waiting.receipt;
  while (!known && ahead_.size() < kMostAhead) {
    auto waiting = fetch();
    if (!waiting) break;
    known = waiting->receipt;
    waiting->keep();
    ahead_.push_back(std::move(*waiting));
  }
  first.receipt = known.value_or(UtcTime{});
}

/// A receipt time far ahead is believed unless the next one contradicts it.
void LogInputStream::check_jump(Waiting& suspect) {
  if (last_ && *suspect.receipt - *last_ <= longest_gap_) return;
  if (ahead_.empty()) {
    suspect.keep();
    auto waiting = fetch();
    if (!waiting) return;
    waiting->keep();
    ahead_.push_back(std::move(*waiting));
  }
  const auto next = ahead_.front().receipt;
  if (!next || *suspect.receipt - *next <= longest_gap_) return;
  suspect.receipt = last_ ? *last_ : *next;
  ++implausible_;
}

void LogInputStream::pop() {
  head_.reset();
  auto waiting = pull();
  if (!waiting) return;
  if (!waiting->receipt) {
    ++without_receipt_;
    if (last_)
      waiting->receipt = last_;
    else
      lend_receipt(*waiting);
  }
  check_jump(*waiting);
  last_ = order_.admit(*waiting->receipt);
  waiting->entry.receipt = *last_;
  head_ = std::move(waiting);
  if (head_->own) head_->entry.payload = head_->octets;
  ++entries_;
}

LogInputReport LogInputStream::report() const {
  LogInputReport out;
  out.path = input_.path;
  out.kind = *input_.kind;
  out.entries = entries_;
  out.without_receipt = without_receipt_;
  out.lifted_receipts = order_.lifted();
  out.implausible_receipts = implausible_;
  out.size = size();
  if (const auto* recorded = std::get_if<recording::Reader>(&reader_))
    out.recording = recorded->counters();
  else
    out.framing = std::get<FileReader>(reader_).counters();
  return out;
}

std::vector<wire::framing::FramingFault> LogInputStream::faults() const {
  std::vector<wire::framing::FramingFault> out;
  if (const auto* recorded = std::get_if<recording::Reader>(&reader_)) {
    for (const auto& fault : recorded->faults()) out.push_back({fault.code, fault.offset, fault.skipped_octets});
    return out;
  }
  const auto faults = std::get<FileReader>(reader_).faults();
  out.assign(faults.begin(), faults.end());
  return out;
}

std::uint64_t LogInputStream::position() const {
  return std::visit([](const auto& reader) { return reader.position(); }, reader_);
}

}  // namespace marsad::io
