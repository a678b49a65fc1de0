// SPDX-License-Identifier: Apache-2.0
// Writes on a server that does not write: a real one beside it does.
#include "http/relay.hpp"

#include <gmock/gmock.h>

#include "http/test_certificate.hpp"
#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* note = "/api/v1/demo/things/x1/note";

class RelayTest : public ::testing::Test {
 protected:
  /// The seats this server finds, one a look; the last one stays.
  std::vector<Seat> seats;
  std::vector<std::int64_t> waited;
  int shown_after = 0;              ///< so many looks this server has not caught up
  std::string peer = "127.0.0.1";   ///< who asks this server

  Response ask(const std::string& method, const std::string& target,
               std::vector<std::pair<std::string, std::string>> more = {}) {
    Backend backend = platform_.backend();
    backend.seat = [this](const std::string&) -> std::optional<Seat> {
      const Seat seat = seats.front();
      if (seats.size() > 1) seats.erase(seats.begin());
      return seat;
    };
    const Site site(backend, few_assets(), config_, clock_);
    Request request;
    request.peer = peer;
    request.id = "r-1";
    request.method_text = method;
    request.method = method_of(method);
    request.target = target;
    request.headers = {{"host", "localhost:8080"}, {"idempotency-key", std::string(key)},
                       {"if-match", "\"7\""},      {"content-type", "application/json"},
                       {"cookie", "session=x"},    {"origin", "http://localhost:8080"}};
    request.headers.insert(request.headers.end(), more.begin(), more.end());
    if (target == note) {
      request.headers.emplace_back("content-length", "2");
      request.body = "{}";
    }
    Admission admission = site.admit(request);
    if (admission.response) return *admission.response;
    if (!site.relayed(admission)) return site.answer(request, admission);
    admission.call.body = std::move(request.body);
    Relay relay(backend, config_, request, admission.call);
    for (;;) {
      switch (relay.next()) {
        case Relay::Step::here: relay.answered(site.answer(request, admission)); break;
        case Relay::Step::ask: relay.answered(relay.ask()); break;
        case Relay::Step::pause: std::this_thread::sleep_for(config_.relay_pause); break;
        case Relay::Step::wait: relay.shown(waits_for(relay)); break;
        case Relay::Step::done: return relay.take();
      }
    }
  }
  bool waits_for(const Relay& relay) {
    do {
      waited.push_back(relay.awaited().value);
      if (shown_after-- <= 0) return true;
    } while (relay.left().count() > 0);
    return false;
  }
  std::string writer_address() const { return "127.0.0.1:" + std::to_string(writer_.port()); }
  std::string writer_served(std::string_view route) {
    return writer_.client().get("/metrics")->body.find("route=\"" + std::string(route) + "\"") != std::string::npos
               ? "yes"
               : "no";
  }

  Running writer_;
  Platform platform_;
  Config config_;
  FixedClock clock_;
};

TEST_F(RelayTest, AWriteGoesToTheWriterAndIsAnsweredWhenItIsShownHere) {
  seats = {{.writes = false, .writer = writer_address()}};
  const Response answer = ask("POST", note);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.bytes(), R"({"asked":"demo/x1","body":2})");
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(waited, std::vector<std::int64_t>{41});
  EXPECT_EQ(writer_served("note"), "yes");
}

TEST_F(RelayTest, WhatIsNotShownHereIsNotAnswered) {
  seats = {{.writes = false, .writer = writer_address()}};
  shown_after = 2;
  EXPECT_EQ(ask("POST", note).status, 200);
  EXPECT_EQ(waited, (std::vector<std::int64_t>{41, 41, 41}));
  shown_after = INT32_MAX;
  config_.relay = std::chrono::milliseconds(120);
  const Response answer = ask("POST", note);
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(std::string(answer.bytes()), HasSubstr("http.not_shown"));
}

TEST_F(RelayTest, WhatTheWriterRefusesIsRefused) {
  seats = {{.writes = false, .writer = writer_address()}};
  const Response answer = ask("POST", "/api/v1/demo/things/x1/broken-note");
  EXPECT_EQ(answer.status, 404) << "refused before it was sent on";
  const Response refused = ask("POST", "/api/v1/demo/refuse");
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(std::string(refused.bytes()), HasSubstr("\"code\":\"" + refused.code + "\"")) << "also in the access log";
  EXPECT_FALSE(refused.code.empty());
  EXPECT_TRUE(waited.empty());
}

TEST_F(RelayTest, ReadsAndWritesOfTheWriterStayHere) {
  seats = {{.writes = false, .writer = writer_address()}};
  EXPECT_EQ(ask("GET", "/api/v1/demo/things/x1").status, 200);
  EXPECT_EQ(writer_served("thing"), "no");
  seats = {{.writes = true}};
  EXPECT_EQ(ask("POST", note).status, 200);
  EXPECT_EQ(writer_served("note"), "no");
}

TEST_F(RelayTest, WhileTheWriterChangesTheWriteIsTriedAgain) {
  seats = {{.writes = false, .writer = "127.0.0.1:1"},   // asked whether it is shared
           {.writes = false, .writer = "127.0.0.1:1"},   // gone
           {.writes = false},                            // nobody yet
           {.writes = true}};
  EXPECT_EQ(ask("POST", note).status, 200);
  EXPECT_EQ(writer_served("note"), "no");
}

TEST_F(RelayTest, WhereNobodyWritesTheAnswerSaysSoInTime) {
  config_.relay = std::chrono::milliseconds(120);
  seats = {{.writes = false}};
  const Response answer = ask("POST", note);
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(std::string(answer.bytes()), HasSubstr("http.no_writer"));
}

/// A writer with TLS of its own.
class RelayOverTls : public RelayTest {
 protected:
  void SetUp() override {
    config_.servers_ca = certificate_.file();
    config_.relay = std::chrono::milliseconds(2000);
  }
  std::string secure_address(const char* host) const {
    return std::string("https://") + host + ":" + std::to_string(secure_.port());
  }

  TestCertificate certificate_;
  Running secure_{certificate_.config()};
};

TEST_F(RelayOverTls, AWriteGoesToTheWriterItsCertificateIsFor) {
  seats = {{.writes = false, .writer = secure_address("localhost")}};
  const Response answer = ask("POST", note);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.bytes(), R"({"asked":"demo/x1","body":2})");
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(waited, std::vector<std::int64_t>{41});
  EXPECT_EQ(ask("POST", "/api/v1/demo/refuse").status, 409);
}

TEST_F(RelayOverTls, AnotherNameOrAStrangersCertificateIsNotSpokenTo) {
  config_.relay = std::chrono::milliseconds(150);
  seats = {{.writes = false, .writer = secure_address("127.0.0.1")}};
  const Response refused = ask("POST", note);
  EXPECT_EQ(refused.status, 503) << "the certificate is for localhost";
  EXPECT_EQ(refused.code, "http.writer_unreachable");
  EXPECT_THAT(std::string(refused.bytes()), HasSubstr("SSL")) << "why, for who set it up";
  config_.servers_ca.clear();
  seats = {{.writes = false, .writer = secure_address("localhost")}};
  EXPECT_EQ(ask("POST", note).status, 503) << "nobody on this machine vouches for it";
  EXPECT_TRUE(waited.empty());
}

TEST_F(RelayTest, ACallerFromElsewhereIsOneForTheWriterToo) {
  seats = {{.writes = false, .writer = writer_address()}};
  EXPECT_EQ(ask("POST", note).status, 200);
  EXPECT_TRUE(writer_.platform.last_at_machine());
  peer = "10.1.2.3";
  EXPECT_EQ(ask("POST", note).status, 200);
  EXPECT_FALSE(writer_.platform.last_at_machine());
}

TEST_F(RelayTest, ARequestIsSentOnOnce) {
  seats = {{.writes = false, .writer = writer_address()}};
  const Response answer = ask("POST", note, {{"gangmu-relayed", "1"}});
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(writer_served("note"), "no");
}

}   // namespace
}   // namespace gangmu::http::testing
