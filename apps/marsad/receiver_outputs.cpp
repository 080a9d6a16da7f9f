#include "receiver_outputs.hpp"

#include <fmt/format.h>

#include <utility>

#include "errors.hpp"
#include "marsad/output/sbs_rows.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/receiver_writer.hpp"
#include "udp_output.hpp"

namespace marsad::app {
namespace {

using observation::mode_s::Verdict;
using wire::framing::PayloadKind;

std::unique_ptr<io::TcpPublisher> publisher_of(const std::string& name, const config::StreamOutputSettings& settings) {
  io::TcpPublication publication;
  publication.name = name;
  if (settings.port != 0)
    publication.listen = io::TcpPublication::Listen{.address = settings.address, .port = settings.port};
  for (const config::StreamPeer& peer : settings.push)
    publication.push.push_back({.host = peer.host, .port = peer.port});
  auto publisher = io::TcpPublisher::open(std::move(publication));
  if (!publisher.ok()) throw RunFailure(publisher.error());
  return std::move(publisher).value();
}

output::Cat021Service service_of(const config::Cat021Settings& settings) {
  output::Cat021Settings out;
  out.sac = settings.sac;
  out.sic = settings.sic;
  out.edition = settings.edition;
  auto service = output::Cat021Service::make(out);
  if (!service.ok()) throw RunFailure("output cat021: " + service.error());
  return std::move(service).value();
}

output::OutputStatus status_of(const std::string& name, const io::TcpPublicationCounters& counters) {
  return {.name = name,
          .octets = counters.octets,
          .lost_octets = counters.lost_octets,
          .clients = counters.clients,
          .connections = counters.connections,
          .slow_clients = counters.slow_clients,
          .failed_connects = counters.failed_connects};
}

}  // namespace

ReceiverOutputs::ReceiverOutputs(const config::Settings& settings) {
  const auto open = [](const char* name, const std::optional<config::StreamOutputSettings>& stream) {
    if (!stream) return std::optional<Stream>();
    return std::optional<Stream>({name, stream->address, publisher_of(name, *stream), stream->duplicates});
  };
  beast_ = open("beast", settings.beast);
  avr_ = open("avr", settings.avr);
  sbs_ = open("sbs", settings.sbs);
  if (settings.avr) avr_style_ = settings.avr->style;
  if (settings.cat021) {
    reports_.emplace(service_of(*settings.cat021));
    reports_sender_.emplace(udp_sender_of(*settings.cat021));
  }
  const bool wants_unique = (beast_ && !beast_->duplicates) || (avr_ && !avr_->duplicates);
  if (sbs_ || reports_ || wants_unique) resolver_.emplace();
}

ReceiverOutputs::~ReceiverOutputs() = default;

void ReceiverOutputs::take(const recording::LogEntry& entry) {
  if (entry.kind != recording::EntryKind::datagram) return;
  if (entry.payload_kind == PayloadKind::mode_s) take_message(entry);
  if (entry.payload_kind == PayloadKind::sbs_row && sbs_) {
    rows_.append(reinterpret_cast<const char*>(entry.payload.data()), entry.payload.size());
    rows_ += "\r\n";
  }
}

void ReceiverOutputs::take_message(const recording::LogEntry& entry) {
  const auto message = wire::framing::parse_receiver_message(entry.payload);
  if (!message) return;
  bool is_duplicate = false;
  if (resolver_) {
    const auto& outcome = resolver_->take(*message, entry.receipt);
    is_duplicate = outcome.verdict == Verdict::duplicate;
    if (sbs_) (void)output::append_sbs_row(rows_, outcome, entry.receipt);
    if (reports_) (void)reports_->take(outcome, entry.receipt, batch_);
  }
  if (beast_ && (beast_->duplicates || !is_duplicate)) wire::framing::append_beast(frames_, *message);
  if (avr_ && (avr_->duplicates || !is_duplicate)) wire::framing::append_avr(lines_, *message, avr_style_);
}

void ReceiverOutputs::flush() {
  if (beast_) beast_->publisher->publish(frames_);
  if (avr_) avr_->publisher->publish(std::as_bytes(std::span(lines_)));
  if (sbs_) sbs_->publisher->publish(std::as_bytes(std::span(rows_)));
  frames_.clear();
  lines_.clear();
  rows_.clear();
  if (reports_) send_reports();
}

void ReceiverOutputs::send_reports() {
  reports_->flush(batch_);
  for (std::size_t i = 0; i < batch_.size(); ++i) reports_sender_->send(batch_[i]);
  batch_.clear();
}

std::vector<output::OutputStatus> ReceiverOutputs::statuses() const {
  std::vector<output::OutputStatus> out;
  for (const auto* stream : {&beast_, &avr_, &sbs_})
    if (*stream) out.push_back(status_of((*stream)->name, (*stream)->publisher->counters()));
  if (reports_) {
    const io::UdpSenderCounters& sent = reports_sender_->counters();
    const std::uint64_t made = reports_->counters().octets;
    out.push_back({.name = "cat021", .octets = made, .lost_octets = made - std::min(made, sent.octets)});
  }
  return out;
}

std::vector<std::string> ReceiverOutputs::places() const {
  std::vector<std::string> out;
  for (const auto* stream : {&beast_, &avr_, &sbs_})
    if (*stream && (*stream)->publisher->port() != 0)
      out.push_back(fmt::format("{} on {} port {}", (*stream)->name, (*stream)->address, (*stream)->publisher->port()));
  return out;
}

}  // namespace marsad::app
