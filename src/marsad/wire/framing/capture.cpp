#include "marsad/wire/framing/capture.hpp"

#include <algorithm>

namespace marsad::wire::framing {

std::optional<Datagram> CaptureWalker::next() {
  while (true) {
    if (auto datagram = next_part()) return datagram;
    if (step()) continue;
    const auto abandoned = reassembly_.abandon_one();
    if (!abandoned) return std::nullopt;
    account_.add_fault({base::FaultCode::truncated, abandoned->file_offset, abandoned->octets});
  }
}

std::optional<Datagram> CaptureWalker::next_part() {
  const auto part = parts_.next();
  if (!part) return std::nullopt;
  Datagram datagram = pattern_;
  datagram.payload = *part;
  datagram.offset = pattern_.offset + static_cast<std::uint64_t>(part->data() - whole_.data());
  account_.add_payload(part->size());
  if (parts_.enveloped()) account_.add_framing(EnvelopeParts::kOradisHeaderOctets);
  return datagram;
}

void CaptureWalker::begin_parts(std::span<const std::byte> payload, std::uint64_t offset, const Captured& captured,
                                const Source& source) {
  whole_ = payload;
  parts_ = EnvelopeParts(payload);
  pattern_ = {};
  pattern_.receipt = captured.receipt;
  pattern_.source = source;
  pattern_.offset = offset;
}

bool CaptureWalker::is_asterix(const Frame& frame) {
  const bool evident = looks_like_asterix(frame.payload);
  if (frame.content == Frame::Content::llc) return evident;
  Source flow;
  flow.destination = frame.source.destination;
  flow.destination_port = frame.source.destination_port;
  const auto place = std::lower_bound(flows_.begin(), flows_.end(), flow);
  const bool known = place != flows_.end() && *place == flow;
  if (evident && !known && flows_.size() < kMostFlows) flows_.insert(place, flow);
  return evident || known;
}

void CaptureWalker::accept_datagram(const Captured& captured, const Frame& frame) {
  if (frame.payload.empty() || !is_asterix(frame)) {
    account_.add_other(captured.octets.size());
    return;
  }
  const std::uint64_t offset = offset_of(frame.payload);
  if (frame.cut) account_.add_fault({base::FaultCode::truncated, offset, 0});
  account_.add_framing(captured.octets.size() - frame.payload.size());
  begin_parts(frame.payload, offset, captured, frame.source);
}

void CaptureWalker::accept_fragment(const Captured& captured, const Frame& frame) {
  account_.add_framing(captured.octets.size() - frame.payload.size());
  const auto outcome = reassembly_.add(frame, offset_of(frame.payload), captured.receipt);
  if (outcome.abandoned) {
    account_.add_fault({base::FaultCode::truncated, outcome.abandoned->file_offset, outcome.abandoned->octets});
  }
  if (!outcome.complete) return;
  Frame whole;
  whole.source = frame.source;
  const auto packet = reassembly_.packet();
  open_udp(packet, whole);
  const std::uint64_t seen = reassembly_.packet_octets_seen();
  const std::uint64_t offset = reassembly_.packet_file_offset();
  if (whole.content == Frame::Content::damaged) {
    account_.add_fault({whole.fault, offset, seen});
  } else if (whole.payload.empty() || !is_asterix(whole)) {
    account_.add_other(seen);
  } else {
    if (whole.cut) account_.add_fault({base::FaultCode::truncated, offset, 0});
    account_.add_framing(seen - whole.payload.size());
    begin_parts(whole.payload, offset + static_cast<std::uint64_t>(whole.payload.data() - packet.data()), captured,
                whole.source);
  }
}

void CaptureWalker::accept(const Captured& captured) {
  const Frame frame = open_frame(captured.octets, captured.link_type);
  switch (frame.content) {
    case Frame::Content::other:
      account_.add_other(captured.octets.size());
      break;
    case Frame::Content::damaged:
      account_.add_fault({frame.fault, offset_of(captured.octets), captured.octets.size()});
      break;
    case Frame::Content::udp:
    case Frame::Content::llc:
      accept_datagram(captured, frame);
      break;
    case Frame::Content::fragment:
      accept_fragment(captured, frame);
      break;
  }
}

}  // namespace marsad::wire::framing
