// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr std::string_view subscribe = "GET /api/v1/demo/changes HTTP/1.1\r\nHost: localhost\r\n\r\n";

void hears_commits(bool with_subscription) {
  Config config;
  config.poll = milliseconds(20);
  Running running(config, with_subscription);
  RawSocket socket(running.port());
  socket.send(subscribe);
  EXPECT_THAT(socket.until("\r\n\r\n"), HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_EQ(socket.until("}\n\n"), "retry: 2000\n\nevent: seq\nid: 41\ndata: {\"seq\":41}\n\n");
  running.platform.commit();
  EXPECT_EQ(socket.until("}\n\n"), "event: seq\nid: 42\ndata: {\"seq\":42}\n\n");
  running.platform.commit();
  EXPECT_EQ(socket.until("}\n\n"), "event: seq\nid: 43\ndata: {\"seq\":43}\n\n");
  running.end();
  EXPECT_TRUE(socket.closed());
}

TEST(Changes, AreHeardThroughASubscription) { hears_commits(true); }
TEST(Changes, AreHeardByPolling) { hears_commits(false); }

TEST(Changes, AQuietStreamBeats) {
  Config config;
  config.heartbeat = milliseconds(30);
  Running running(config);
  RawSocket socket(running.port());
  socket.send(subscribe);
  socket.until("}\n\n");
  EXPECT_EQ(socket.until("\n\n"), ": still here\n\n");
}

TEST(Changes, AreLimitedAndTheirPlaceComesBack) {
  Config config;
  config.streams = 1;
  Running running(config);
  {
    RawSocket first(running.port());
    first.send(subscribe);
    first.until("}\n\n");
    RawSocket second(running.port());
    second.send(subscribe);
    const std::string refused = second.rest();
    EXPECT_EQ(status_of(refused), 503);
    EXPECT_THAT(refused, HasSubstr("http.too_many_streams"));
    EXPECT_THAT(refused, HasSubstr("Retry-After: 1\r\n"));
  }
  Client client = running.client();
  while (client.get("/metrics")->body.find("gangmu_http_streams 0\n") == std::string::npos) std::this_thread::yield();
  RawSocket third(running.port());
  third.send(subscribe);
  EXPECT_THAT(third.until("}\n\n"), HasSubstr("\"seq\":41"));
}

TEST(Changes, OfAnUnknownProgrammeAreRefused) {
  Running running;
  EXPECT_EQ(running.client().get("/api/v1/nowhere/changes")->status, 404);
}

}   // namespace
}   // namespace gangmu::http::testing
