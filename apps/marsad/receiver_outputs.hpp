#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/io/tcp_publisher.hpp"
#include "marsad/io/udp_sender.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/cat021_service.hpp"
#include "marsad/output/datagram_batch.hpp"
#include "marsad/output/link_status.hpp"
#include "marsad/recording/log_entry.hpp"

namespace marsad::app {

/// What a live system passes on of its receivers' messages: Beast and AVR as they came, SBS-1 rows and CAT021 reports
/// of what they say. Resolves the messages by itself, so that the picture neither waits for this nor depends on it.
class ReceiverOutputs {
 public:
  /// Opens what `[output]` asks for. Throws RunFailure with the reason if one can't be.
  explicit ReceiverOutputs(const config::Settings& settings);
  ~ReceiverOutputs();

  /// In the order of the log.
  void take(const recording::LogEntry& entry);
  /// Hands what was taken to the network. To be called often: it is what the outputs' latency depends on.
  void flush();

  [[nodiscard]] std::vector<output::OutputStatus> statuses() const;
  /// "beast on 127.0.0.1:30005", one for each stream that is listened on.
  [[nodiscard]] std::vector<std::string> places() const;

 private:
  /// One output over TCP and what waits for the next flush.
  struct Stream {
    std::string name;
    std::string address;
    std::unique_ptr<io::TcpPublisher> publisher;
    bool duplicates = true;
  };

  void take_message(const recording::LogEntry& entry);
  void send_reports();

  std::optional<Stream> beast_, avr_, sbs_;
  wire::framing::AvrStyle avr_style_{};
  std::vector<std::byte> frames_;
  std::string lines_, rows_;
  std::optional<observation::mode_s::Resolver> resolver_;  ///< only where an output needs to know more than the message
  std::optional<output::Cat021Service> reports_;
  std::optional<io::UdpSender> reports_sender_;
  output::DatagramBatch batch_;
};

}  // namespace marsad::app
