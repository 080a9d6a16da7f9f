#include "marsad/io/web_content.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "marsad/output/frame.hpp"
#include "marsad/output/output_fixture.hpp"

namespace marsad::io {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kPage = "<!doctype html>";
constexpr std::string_view kScript = "let x = 1;";

const std::array<EmbeddedAsset, 2>& assets() {
  static const std::array<EmbeddedAsset, 2> kAssets{
      EmbeddedAsset{"/assets/main-1a2b.js", "text/javascript; charset=utf-8", std::as_bytes(std::span(kScript))},
      EmbeddedAsset{"/index.html", "text/html; charset=utf-8", std::as_bytes(std::span(kPage))}};
  return kAssets;
}

std::shared_ptr<const picture::AirPicture> picture_of(std::size_t tracks, std::uint64_t sequence) {
  auto p = std::make_shared<picture::AirPicture>(output::fixture::picture(tracks));
  p->sequence = sequence;
  return p;
}

WebReply get(WebContent& content, std::string_view target, std::string_view if_none_match = {}) {
  return content.reply_to({"GET", target, if_none_match}, {});
}

std::string body_of(const WebReply& reply) { return {reply.body.begin(), reply.body.end()}; }

TEST(WebContent, ServesThePageAndNothingBesideTheList) {
  WebContent content(assets(), "1.0");
  EXPECT_EQ(body_of(get(content, "/")), kPage);
  EXPECT_EQ(body_of(get(content, "/index.html?x=1")), kPage);
  EXPECT_EQ(body_of(get(content, "/assets/main-1a2b.js")), kScript);
  EXPECT_THAT(std::string(get(content, "/assets/main-1a2b.js").cache_control), HasSubstr("immutable"));
  EXPECT_EQ(get(content, "/").cache_control, "no-cache");
  for (const char* target :
       {"/../etc/passwd", "/assets/../index.html", "/assets/%2e%2e/index.html", "//index.html", "/index.html/",
        "/assets/", "/INDEX.HTML", "/index.html%00", "/./index.html", "/etc/passwd"})
    EXPECT_EQ(get(content, target).status, 404U) << target;
  EXPECT_EQ(get(content, "http://elsewhere/").status, 400U);
  EXPECT_EQ(get(content, "*").status, 400U);
  EXPECT_EQ(get(content, "").status, 400U);
}

TEST(WebContent, AnswersNotModifiedToWhoHasTheFileAlready) {
  WebContent content(assets(), "1.0");
  const std::string etag(get(content, "/").etag);
  EXPECT_EQ(etag.size(), 18U);
  const auto again = get(content, "/", "\"other\", W/" + etag);
  EXPECT_EQ(again.status, 304U);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(get(content, "/", "\"other\"").status, 200U);
  EXPECT_NE(etag, get(content, "/assets/main-1a2b.js").etag);
}

TEST(WebContent, ReadsOnly) {
  WebContent content(assets(), "1.0");
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
    const auto reply = content.reply_to({method, "/", {}}, {});
    EXPECT_EQ(reply.status, 405U) << method;
    EXPECT_EQ(reply.allow, "GET, HEAD");
  }
  EXPECT_EQ(content.reply_to({"HEAD", "/", {}}, {}).status, 200U);
}

TEST(WebContent, SaysUntilTheFirstPictureThatThereIsNone) {
  WebContent content(assets(), "1.0");
  for (const char* target : {"/api/picture.json", "/api/picture.geojson", "/data/aircraft.json", "/api/health"}) {
    const auto reply = get(content, target);
    EXPECT_EQ(reply.status, 503U) << target;
    EXPECT_TRUE(reply.retry_after_1s);
  }
  EXPECT_THAT(body_of(get(content, "/api/health")), HasSubstr("\"starting\""));
  EXPECT_EQ(get(content, "/data/receiver.json").status, 200U);
  EXPECT_EQ(get(content, "/metrics").status, 200U);
  content.update(picture_of(1, 1), {});
  for (const char* target : {"/api/picture.json", "/api/picture.geojson", "/data/aircraft.json", "/api/health"})
    EXPECT_EQ(get(content, target).status, 200U) << target;
}

TEST(WebContent, EncodesEachFormOncePerPicture) {
  WebContent content(assets(), "1.0");
  content.update(picture_of(2, 1), {});
  EXPECT_EQ(get(content, "/api/picture.json").body.data(), get(content, "/api/picture.json").body.data());
  EXPECT_EQ(content.snapshot(), content.snapshot());
  const auto old_reply = get(content, "/data/aircraft.json");
  const std::string old_body = body_of(old_reply);
  content.update(picture_of(3, 2), {});
  EXPECT_EQ(body_of(old_reply), old_body);  // kept alive for who is still being sent it
  EXPECT_NE(body_of(get(content, "/data/aircraft.json")), old_body);
}

TEST(WebContent, GivesADeltaOnlyFromThePictureBefore) {
  WebContent content(assets(), "1.0");
  EXPECT_EQ(content.delta(), nullptr);
  content.update(picture_of(2, 7), {});
  EXPECT_EQ(content.delta(), nullptr);
  content.update(picture_of(3, 9), {});
  const auto delta = content.delta();
  ASSERT_NE(delta, nullptr);
  const auto frame = output::decode_frame(*delta);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->from_sequence, 7U);
  EXPECT_EQ(frame->to_sequence, 9U);
  ASSERT_EQ(frame->tracks.size(), 1U);
  EXPECT_EQ(frame->tracks[0].id, 3U);
  content.update(picture_of(3, 4), {});  // a replay was wound back
  EXPECT_EQ(content.delta(), nullptr);
}

TEST(WebContent, AppendsTheMetricsOfOthers) {
  WebContent content(assets(), "1.0\"\n");
  content.update(picture_of(1, 1), {});
  const auto reply = content.reply_to({"GET", "/metrics", {}}, [](output::MetricsWriter& writer) {
    writer.family("other_total", output::MetricsWriter::Kind::counter, "Of another part.");
    writer.sample(std::uint64_t{5});
  });
  EXPECT_THAT(body_of(reply), StartsWith("# HELP marsad_build_info"));
  EXPECT_THAT(body_of(reply), HasSubstr("version=\"1.0\\\"\\n\""));
  EXPECT_THAT(body_of(reply), HasSubstr("\nother_total 5\n"));
}

TEST(WebAdmission, AdmitsOnlyOurOwnNames) {
  const WebAdmission admission(true, {"localhost", "127.0.0.1", "[::1]"}, {});
  for (const char* host : {"localhost", "LOCALHOST:8042", "127.0.0.1:1", "[::1]:8042", "[::1]"})
    EXPECT_TRUE(admission.admits_host(host)) << host;
  for (const char* host :
       {"", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8042", ":8042", "[::2]:8042"})
    EXPECT_FALSE(admission.admits_host(host)) << host;
  EXPECT_TRUE(WebAdmission(false, {}, {}).admits_host("anything"));
}

TEST(WebAdmission, AdmitsPagesOfOurOwnOriginAndThoseNamed) {
  const WebAdmission admission(true, {"localhost"}, {"http://localhost:5173"});
  EXPECT_TRUE(admission.admits_origin("", "localhost:8042"));
  EXPECT_TRUE(admission.admits_origin("http://localhost:8042", "localhost:8042"));
  EXPECT_TRUE(admission.admits_origin("https://LOCALHOST:8042", "localhost:8042"));
  EXPECT_TRUE(admission.admits_origin("http://localhost:5173", "localhost:8042"));
  EXPECT_FALSE(admission.admits_origin("http://localhost:9999", "localhost:8042"));
  EXPECT_FALSE(admission.admits_origin("http://evil.example", "localhost:8042"));
  EXPECT_FALSE(admission.admits_origin("null", "localhost:8042"));
  EXPECT_FALSE(admission.is_allowed_origin("http://localhost:8042"));
}

}  // namespace
}  // namespace marsad::io
