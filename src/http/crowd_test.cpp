// SPDX-License-Identifier: Apache-2.0
// Nobody is refused because another misbehaves: crowds of every kind beside one who asks as usual.
#include <gmock/gmock.h>

#include <future>
#include <memory>

#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using Crowd = std::vector<std::unique_ptr<RawSocket>>;

Crowd crowd(std::uint16_t port, int n, std::string_view bytes = {}) {
  Crowd out;
  for (int i = 0; i < n; ++i) {
    out.push_back(std::make_unique<RawSocket>(port));
    out.back()->send(bytes);
  }
  return out;
}

std::string number_of(Client& client, const std::string& name) {
  const std::string text = client.get("/metrics")->body;
  const std::size_t at = text.find("\n" + name + " ") + 1;
  return text.substr(at, text.find('\n', at) - at);
}

Config few() {
  Config config;
  config.connections = 40;
  config.connections_each = 30;
  config.patience = milliseconds(100);
  return config;
}

const std::string upload_head =
    "POST /api/v1/demo/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
    "Idempotency-Key: " +
    std::string(key) + "\r\n";

/// One who asks a hundred times, each time over a connection of its own, beside the crowd.
void expect_served(Running& running, const char* beside) {
  for (int i = 0; i < 100; ++i) {
    const Result<Answer> answer = running.client().get("/api/v1/demo/things/x");
    ASSERT_TRUE(answer) << beside << ": " << answer.error().text(Language::en);
    ASSERT_EQ(answer->status, 200) << beside << ": " << answer->body;
  }
}

TEST(CrowdTest, IdleConnectionsGiveWay) {
  Running running(few());
  Client kept = running.client();
  ASSERT_EQ(kept.get("/api/v1/demo/things/x")->status, 200);
  const Crowd idle = crowd(running.port(), 200);
  expect_served(running, "idle connections");
  EXPECT_EQ(kept.get("/api/v1/demo/things/x")->status, 200) << "one that asked before stays longer than strangers";
  EXPECT_EQ(number_of(kept, "gangmu_http_connections_most"), "gangmu_http_connections_most 40");
}

TEST(CrowdTest, HalfHeadsGiveWay) {
  Running running(few());
  const Crowd half = crowd(running.port(), 200, "GET / HTTP/1.1\r\nHost: loc");
  expect_served(running, "half heads");
}

TEST(CrowdTest, BodiesThatDoNotComeHoldNothing) {
  Config config = few();
  config.in_flight = 4;
  config.uploading_bytes = 1000;
  Running running(config);
  const Crowd waiting = crowd(running.port(), 25, upload_head + "Content-Length: 1000000\r\n\r\n");
  std::this_thread::sleep_for(2 * config.patience);   // before that they may still be slow rather than silent
  expect_served(running, "bodies that don't come");
}

TEST(CrowdTest, AStalledUploadGivesWayToOneThatComes) {
  Config config = few();
  config.small_bytes = 100;
  config.uploading_bytes = 3000;
  config.uploading_bytes_each = 3000;
  Running running(config);
  const Crowd stalled = crowd(running.port(), 2, upload_head + "Content-Length: 5000\r\n\r\n" + std::string(1400, 'x'));
  std::this_thread::sleep_for(milliseconds(300));
  RawSocket coming(running.port());
  coming.send(upload_head + "Content-Length: 1300\r\n\r\n" + std::string(1300, 'x'));
  EXPECT_EQ(status_of(coming.until("}")), 201);
}

TEST(CrowdTest, ReadersThatDoNotReadHoldNoThread) {
  Config config = few();
  config.connections = config.connections_each = 200;
  config.in_flight = 4;
  config.small_bytes = 100;
  config.sending_bytes = 400'000;
  Running running(config);
  const Crowd unread = crowd(running.port(), 25, "GET /api/v1/demo/things?q=x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  for (const auto& one : unread) ASSERT_TRUE(one->answered());   // until then their requests are work like any other
  expect_served(running, "readers that don't read");
}

TEST(CrowdTest, WhatTakesLongKeepsOnlyItsOwnKindWaiting) {
  Config config = few();
  config.connections = config.connections_each = 200;
  Running running(config);
  std::vector<std::future<Result<Answer>>> dear;
  for (int i = 0; i < 20; ++i)
    dear.push_back(std::async(std::launch::async, [&] { return running.client().get("/api/v1/demo/dear"); }));
  while (running.platform.slow_running() < 1) std::this_thread::yield();
  expect_served(running, "dear reads");
  EXPECT_EQ(running.platform.slow_running(), 1);
  running.platform.release();
  for (auto& one : dear) EXPECT_EQ(one.get()->status, 200);
}

TEST(CrowdTest, AnAddressHasItsShareAndIsToldSo) {
  Config config = few();
  config.dear_each = 2;
  Running running(config);
  std::vector<std::future<Result<Answer>>> dear;
  for (int i = 0; i < 2; ++i)
    dear.push_back(std::async(std::launch::async, [&] { return running.client().get("/api/v1/demo/dear"); }));
  const auto told = [&] {
    Client another = running.client();
    return number_of(another, "gangmu_http_in_flight");
  };
  while (told() != "gangmu_http_in_flight 2") std::this_thread::yield();
  const Result<Answer> third = running.client().get("/api/v1/demo/dear");
  EXPECT_EQ(third->status, 429);
  EXPECT_EQ(third->headers.at("retry-after"), "1");
  EXPECT_THAT(third->body, HasSubstr("http.share_used"));
  running.platform.release();
  for (auto& one : dear) EXPECT_EQ(one.get()->status, 200);
}

TEST(CrowdTest, AWaitForAnEntryHoldsNoThread) {
  Config config = few();
  config.connections = config.connections_each = 200;
  config.store_threads = 1;
  config.min_seq = milliseconds(8'000);
  Running running(config);
  const Crowd waiting =
      crowd(running.port(), 60, "GET /api/v1/demo/things?min_seq=42 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect_served(running, "waits for an entry");
  EXPECT_EQ(running.platform.runs(), 1) << "the same answer a hundred times";
  running.platform.commit();
  EXPECT_EQ(status_of(waiting.back()->until("\r\n\r\n")), 200);
}

TEST(CrowdTest, AnEntryFarAheadIsNotWaitedFor) {
  Running running;
  const Result<Answer> answer = running.client().get("/api/v1/demo/things?min_seq=10042");
  EXPECT_EQ(answer->status, 400);
  EXPECT_THAT(answer->body, HasSubstr("http.seq_ahead"));
  EXPECT_EQ(running.platform.runs(), 0);
}

TEST(CrowdTest, OnTheLastDescriptorsTheServerStillAnswers) {
  Config config;
  config.descriptors_kept = 1 << 20;   // more than the system grants
  Running running(config);
  EXPECT_EQ(running.client().get("/api/v1/demo/things/x")->status, 200);
}

TEST(CrowdTest, WhatStillWaitsWhenTheServerEndsIsGivenUp) {
  Config config = few();
  config.stop = milliseconds(50);
  Running running(config);
  const Crowd waiting = crowd(running.port(), 12, "GET /api/v1/demo/dear HTTP/1.1\r\nHost: localhost\r\n\r\n");
  while (running.platform.slow_running() < 1) std::this_thread::yield();
  running.server.stop();
  std::this_thread::sleep_for(milliseconds(400));   // the loop has ended; one is still at work
  EXPECT_EQ(running.platform.slow_running(), 1);
  running.end();
  EXPECT_EQ(running.platform.runs(), 1);
}

TEST(CrowdTest, UpkeepIsDoneBesideReaders) {
  Config config;
  config.upkeep = milliseconds(30);
  Running running(config);
  while (running.platform.upkeeps() < 3) std::this_thread::yield();
  expect_served(running, "upkeep");
}

}   // namespace
}   // namespace gangmu::http::testing
