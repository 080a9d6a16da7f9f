#include "marsad/io/web_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <thread>

#include "marsad/io/web_client_fixture.hpp"
#include "marsad/output/frame.hpp"
#include "marsad/output/output_fixture.hpp"

namespace marsad::io {
namespace {

using fixture::HttpResponse;
using fixture::RawClient;
using fixture::request;
using fixture::WebSocketClient;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kPage = "<!doctype html><title>marsad</title>";

std::span<const EmbeddedAsset> assets() {
  static const std::array<EmbeddedAsset, 1> kAssets{
      EmbeddedAsset{"/index.html", "text/html; charset=utf-8", std::as_bytes(std::span(kPage))}};
  return kAssets;
}

/// A running server on a free port.
WebServer running_server(const std::function<void(WebServerSettings&)>& adjust = [](auto&) {}) {
  WebServerSettings settings;
  settings.port = 0;
  settings.version = "0.0.test";
  adjust(settings);
  auto made = WebServer::listen(settings, assets());
  EXPECT_TRUE(made) << made.error();
  WebServer server = std::move(made).value();
  server.start();
  return server;
}

/// A picture in which every track has news compared with the one of any other sequence.
std::shared_ptr<const picture::AirPicture> picture_of(std::size_t tracks, std::uint64_t sequence) {
  auto p = std::make_shared<picture::AirPicture>(output::fixture::picture(tracks));
  p->sequence = sequence;
  const auto moved = units::Duration::seconds(static_cast<double>(sequence));
  p->time = p->time + moved;
  for (auto& track : p->tracks) track.last_update = track.last_update + moved;
  return p;
}

bool eventually(const std::function<bool()>& holds, milliseconds patience = seconds(20)) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return holds();
}

output::DecodedFrame next_frame(WebSocketClient& client) {
  const auto message = client.next_message();
  EXPECT_TRUE(message);
  if (!message) return {};
  auto frame = output::decode_frame(*message);
  EXPECT_TRUE(frame);
  return frame ? *frame : output::DecodedFrame{};
}

/// The answer to octets sent as they are, up to the end of the connection.
std::string answer_to(const WebServer& server, std::string_view octets) {
  RawClient client(server.port());
  client.send(octets);
  return client.receive_all();
}

TEST(WebServer, ServesThePageWithTheHeadersThatProtectIt) {
  const auto server = running_server();
  const HttpResponse page = request(server.port(), "GET", "/");
  EXPECT_EQ(page.status, 200U);
  EXPECT_EQ(page.body, kPage);
  EXPECT_EQ(page.field("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.field("content-security-policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(page.field("content-security-policy"),
              HasSubstr("connect-src 'self' ws://localhost:" + std::to_string(server.port()) + " wss://"));
  EXPECT_EQ(page.field("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.field("cache-control"), "no-cache");
  EXPECT_EQ(page.field("access-control-allow-origin"), "");
  const std::string known = "If-None-Match: " + page.field("etag") + "\r\n";
  EXPECT_EQ(request(server.port(), "GET", "/", known).status, 304U);
}

TEST(WebServer, ServesThePictureInAllItsForms) {
  auto server = running_server();
  EXPECT_EQ(request(server.port(), "GET", "/api/health").status, 503U);
  server.publish(picture_of(2, 1), {});
  ASSERT_TRUE(eventually([&] { return request(server.port(), "GET", "/api/health").status == 200; }));
  EXPECT_THAT(request(server.port(), "GET", "/api/picture.json").body, HasSubstr("\"sequence\":1"));
  EXPECT_THAT(request(server.port(), "GET", "/data/aircraft.json?_=1").body, HasSubstr("\"hex\":\"0600a2\""));
  EXPECT_THAT(request(server.port(), "GET", "/data/receiver.json").body, HasSubstr("\"refresh\":1000"));
  EXPECT_THAT(request(server.port(), "GET", "/metrics").body, HasSubstr("\nmarsad_web_pictures_total 1\n"));
  EXPECT_EQ(request(server.port(), "GET", "/api/picture.json").field("cache-control"), "no-store");
}

TEST(WebServer, AnswersHeadWithoutABodyAndKeepsTheConnection) {
  const auto server = running_server();
  RawClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto head = fixture::read_response(client, false);
  EXPECT_EQ(head.status, 200U);
  EXPECT_EQ(head.field("content-length"), std::to_string(kPage.size()));
  EXPECT_EQ(fixture::read_response(client).body, kPage);
}

TEST(WebServer, RefusesWhatIsNotForIt) {
  const auto server = running_server();
  EXPECT_EQ(request(server.port(), "GET", "/nothing").status, 404U);
  EXPECT_THAT(request(server.port(), "GET", "/nothing").body, HasSubstr("\"status\":404"));
  EXPECT_EQ(request(server.port(), "GET", "/../../etc/passwd").status, 404U);
  EXPECT_EQ(request(server.port(), "GET", "/ws/picture").status, 426U);
  const auto post = request(server.port(), "POST", "/", "Content-Length: 2\r\n\r\n{}");
  EXPECT_EQ(post.status, 405U);
  EXPECT_EQ(post.field("allow"), "GET, HEAD");
  EXPECT_EQ(request(server.port(), "BREW", "/").status, 405U);
}

TEST(WebServer, RefusesMalformedAndOversizedRequests) {
  const auto server = running_server();
  EXPECT_THAT(answer_to(server, "hello\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer_to(server, "GET / HTTP/9.9\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer_to(server, "GET / HTTP/1.1\r\nbad field\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer_to(server, "\x16\x03\x01\x02 binary\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(answer_to(server, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400 "));  // no Host
  const std::string host = " HTTP/1.1\r\nHost: localhost\r\n";
  EXPECT_THAT(answer_to(server, "GET /" + std::string(3000, 'a') + host + "\r\n"), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(answer_to(server, "GET /" + std::string(64 * 1024, 'a') + host + "\r\n"), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(answer_to(server, "GET /" + host + "X: " + std::string(20'000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 "));
  const std::string body(10'000, 'b');
  EXPECT_THAT(answer_to(server, "POST /" + host + "Content-Length: 10000\r\n\r\n" + body), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer_to(server, "POST /" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
              StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(request(server.port(), "GET", "/").status, 200U);
}

TEST(WebServer, DoesNotLetAHostWriteItsPolicy) {
  const auto server = running_server();
  const std::string answer = answer_to(server, "GET / HTTP/1.0\r\nHost: localhost:1;script-src *\r\n\r\n");
  EXPECT_THAT(answer, Not(HasSubstr("script-src *")));
  EXPECT_THAT(answer, HasSubstr("connect-src 'self';"));
}

TEST(WebServer, OnLoopbackGoesByNoOtherName) {
  const auto server = running_server();
  EXPECT_THAT(answer_to(server, "GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n"), StartsWith("HTTP/1.1 421 "));
  EXPECT_THAT(answer_to(server, "GET / HTTP/1.0\r\nHost: localhost:1\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  WebSocketClient rebound(server.port(), 0, "Host: rebound.example\r\nOrigin: http://rebound.example\r\n");
  EXPECT_EQ(rebound.status(), 421U);
}

TEST(WebServer, LetsOnlyItsOwnPagesAndThoseNamedListen) {
  const auto server = running_server([](auto& s) { s.allowed_origins = {"http://localhost:5173"}; });
  EXPECT_EQ(WebSocketClient(server.port(), 0, "Origin: http://127.0.0.1\r\n").status(), 101U);
  EXPECT_EQ(WebSocketClient(server.port(), 0, "Origin: http://localhost:5173\r\n").status(), 101U);
  EXPECT_EQ(WebSocketClient(server.port(), 0, "Origin: http://evil.example\r\n").status(), 403U);
  const auto shared = request(server.port(), "GET", "/metrics", "Origin: http://localhost:5173\r\n");
  EXPECT_EQ(shared.field("access-control-allow-origin"), "http://localhost:5173");
  const auto own = request(server.port(), "GET", "/metrics", "Origin: http://evil.example\r\n");
  EXPECT_EQ(own.field("access-control-allow-origin"), "");
}

TEST(WebServer, SendsASnapshotAndThenDeltas) {
  auto server = running_server();
  server.publish(picture_of(3, 1), {});
  ASSERT_TRUE(eventually([&] { return request(server.port(), "GET", "/api/health").status == 200; }));
  WebSocketClient client(server.port());
  ASSERT_EQ(client.status(), 101U);
  auto frame = next_frame(client);
  EXPECT_EQ(frame.kind, output::frame::Kind::snapshot);
  EXPECT_EQ(frame.to_sequence, 1U);
  EXPECT_EQ(frame.tracks.size(), 3U);
  server.publish(picture_of(2, 2), {});
  frame = next_frame(client);
  EXPECT_EQ(frame.kind, output::frame::Kind::delta);
  EXPECT_EQ(frame.from_sequence, 1U);
  EXPECT_EQ(frame.to_sequence, 2U);
  EXPECT_EQ(frame.removed, std::vector<std::uint64_t>{3});
  server.publish(picture_of(1, 1), {});  // wound back
  frame = next_frame(client);
  EXPECT_EQ(frame.kind, output::frame::Kind::snapshot);
  EXPECT_EQ(frame.tracks.size(), 1U);
}

TEST(WebServer, SendsTheFirstPictureToWhoWasThereBeforeIt) {
  auto server = running_server();
  WebSocketClient client(server.port());
  ASSERT_TRUE(eventually([&] { return server.counters().clients == 1; }));
  server.publish(picture_of(1, 1), {});
  EXPECT_EQ(next_frame(client).kind, output::frame::Kind::snapshot);
}

TEST(WebServer, AnswersPingsAndEndsWhoTalksTooMuch) {
  auto server = running_server();
  WebSocketClient client(server.port());
  client.send_frame(0x9, "are you there");
  EXPECT_EQ(client.raw().receive(15), std::string("\x8A\x0D") + "are you there");
  client.send_frame(0x1, "anything");  // is read and ignored
  client.send_frame(0x2, std::string(2000, 'x'));
  EXPECT_TRUE(client.raw().is_closed());
  EXPECT_TRUE(eventually([&] { return server.counters().clients == 0; }));
}

TEST(WebServer, ConflatesForASlowClientAndSparesTheOthers) {
  constexpr std::uint64_t kPictures = 60;
  auto server = running_server([](auto& s) { s.send_buffer_octets = 8 * 1024; });
  WebSocketClient slow(server.port(), 4 * 1024);
  WebSocketClient quick(server.port());
  ASSERT_TRUE(eventually([&] { return server.counters().clients == 2; }));

  for (std::uint64_t sequence = 1; sequence <= kPictures; ++sequence) {
    server.publish(picture_of(300, sequence), {});
    const auto frame = next_frame(quick);
    ASSERT_EQ(frame.to_sequence, sequence);  // the quick one misses nothing
    ASSERT_EQ(frame.tracks.size(), 300U);
  }
  EXPECT_GE(server.counters().conflations, 1U);

  // Now the slow one reads: few frames, each following from the one before or whole, the last one up to date.
  std::uint64_t held = 0;
  std::uint64_t frames = 0;
  while (held < kPictures) {
    const auto frame = next_frame(slow);
    ASSERT_GT(frame.to_sequence, held);
    if (frame.kind == output::frame::Kind::delta) {
      ASSERT_EQ(frame.from_sequence, held);
    }
    held = frame.to_sequence;
    ++frames;
  }
  EXPECT_LE(frames, 10U);
}

TEST(WebServer, DropsAClientThatTakesNothing) {
  auto server = running_server([](auto& s) {
    s.send_buffer_octets = 4 * 1024;
    s.write_timeout = milliseconds(50);
  });
  WebSocketClient stuck(server.port(), 4 * 1024);
  ASSERT_TRUE(eventually([&] { return server.counters().clients == 1; }));
  server.publish(picture_of(250, 1), {});
  server.publish(picture_of(250, 2), {});
  EXPECT_TRUE(eventually([&] { return server.counters().clients == 0; }));
  EXPECT_EQ(server.counters().clients_dropped, 1U);
  EXPECT_EQ(request(server.port(), "GET", "/").status, 200U);
}

TEST(WebServer, ClosesRequestsThatDrip) {
  const auto server = running_server([](auto& s) { s.header_timeout = milliseconds(300); });
  RawClient slowloris(server.port());
  RawClient silent(server.port());
  slowloris.send("GET / HTTP/1.1\r\n");
  const auto began = std::chrono::steady_clock::now();
  while (!slowloris.is_closed(20) && std::chrono::steady_clock::now() - began < seconds(20)) slowloris.send("X");
  EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(15));
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 0; }));
}

TEST(WebServer, TakesNoMoreConnectionsThanItMay) {
  const auto server = running_server([](auto& s) { s.max_connections = 2; });
  RawClient first(server.port());
  {
    RawClient second(server.port());
    ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 2; }));
    RawClient third(server.port());
    EXPECT_TRUE(third.is_closed());
    EXPECT_EQ(server.counters().connections_refused, 1U);
  }
  EXPECT_TRUE(eventually([&] { return request(server.port(), "GET", "/").status == 200; }));
}

TEST(WebServer, SkipsPicturesThatItCouldNotKeepUpWith) {
  WebServerSettings settings;
  settings.port = 0;
  auto made = WebServer::listen(settings, assets());
  ASSERT_TRUE(made);
  auto server = std::move(made).value();
  for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) server.publish(picture_of(1, sequence), {});
  server.publish(nullptr, {});
  server.start();
  ASSERT_TRUE(eventually([&] { return request(server.port(), "GET", "/api/health").status == 200; }));
  EXPECT_THAT(request(server.port(), "GET", "/api/health").body, HasSubstr("\"sequence\":5"));
  EXPECT_EQ(server.counters().pictures, 5U);
  EXPECT_EQ(server.counters().pictures_skipped, 4U);
}

TEST(WebServer, StopsWhileClientsAreConnectedAndCanRunOnTheCallersThread) {
  WebServerSettings settings;
  settings.port = 0;
  auto made = WebServer::listen(settings, assets());
  ASSERT_TRUE(made);
  auto server = std::move(made).value();
  std::thread runner([&] { server.run(); });
  WebSocketClient client(server.port());
  RawClient idle(server.port());
  EXPECT_EQ(client.status(), 101U);
  server.stop();
  runner.join();
}

TEST(WebServer, SaysWhyItCannotListen) {
  WebServerSettings settings;
  settings.address = "localhost";
  EXPECT_THAT(WebServer::listen(settings, assets()).error(), HasSubstr("numeric"));
  const auto first = running_server();
  settings.address = "127.0.0.1";
  settings.port = first.port();
  EXPECT_THAT(WebServer::listen(settings, assets()).error(), HasSubstr("cannot listen on 127.0.0.1:"));
}

}  // namespace
}  // namespace marsad::io
