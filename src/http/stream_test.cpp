// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "app/test_accounts.hpp"
#include "http/backend.hpp"
#include "http/cookie.hpp"
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

void ends_with_the_right(bool with_subscription) {
  Config config;
  config.poll = milliseconds(20);
  Running running(config, with_subscription);
  RawSocket socket(running.port());
  socket.send(subscribe);
  socket.until("}\n\n");
  running.platform.readers_may = false;
  running.platform.commit();
  EXPECT_EQ(socket.rest(), "") << "it is not told of the entry that took its right away";
  EXPECT_TRUE(socket.closed());
}

TEST(Changes, EndAtOnceWhenTheReaderMayNoMore) { ends_with_the_right(true); }
TEST(Changes, EndAtTheNextPollWhenTheReaderMayNoMore) { ends_with_the_right(false); }

TEST(Changes, EndAtAHeartbeatWhenTheRightLapsed) {   // no entry says so: a session that was idle, a grant's last day
  Config config;
  config.heartbeat = milliseconds(30);
  Running running(config);
  RawSocket socket(running.port());
  socket.send(subscribe);
  socket.until("}\n\n");
  running.platform.readers_may = false;
  socket.rest();
  EXPECT_TRUE(socket.closed());
}

/// The real application, whose accounts the test's own thread changes.
class ChangesOfAnAccount : public app::test::AccountsTest {
 protected:
  void SetUp() override {
    key_of(system);
    first(clerk);
    Config config;
    config.port = 0;
    config.handle_signals = false;
    server_.emplace(backend_of(world.service()), few_assets(), config, Server::System{clock_, secrets_});
    ASSERT_TRUE(server_->listen());
    thread_ = std::jthread([this] { server_->run(); });
  }
  void TearDown() override {
    server_->stop();
    thread_.join();
  }
  std::unique_ptr<RawSocket> listening(const app::test::Person& person) {
    auto out = std::make_unique<RawSocket>(server_->port());
    out->send("GET /api/v1/example/changes HTTP/1.1\r\nHost: localhost\r\nCookie: " +
              session_cookie_name("example", false) + "=" + person.token + "\r\n\r\n");
    EXPECT_EQ(status_of(out->until("\r\n\r\n")), 200);
    out->until("}\n\n");
    return out;
  }

 private:
  FixedClock clock_;
  CountingSecrets secrets_;
  std::optional<Server> server_;
  std::jthread thread_;
};

TEST_F(ChangesOfAnAccount, EndWhenItIsDisabled) {
  const auto clerks = listening(clerk), administrators = listening(system);
  app::test::must(app::disable_account(world.service(), as(system, clerk.id)));
  EXPECT_EQ(clerks->rest(), "");
  EXPECT_TRUE(clerks->closed());
  EXPECT_THAT(administrators->until("}\n\n"), HasSubstr("event: seq")) << "others hear of it";
}

TEST_F(ChangesOfAnAccount, EndWhenItSignsOut) {
  const auto stream = listening(clerk);
  app::test::must(app::sign_out(world.service(), as(clerk)));
  EXPECT_EQ(stream->rest(), "");
  EXPECT_TRUE(stream->closed());
}

TEST(Changes, OfAnUnknownProgrammeAreRefused) {
  Running running;
  EXPECT_EQ(running.client().get("/api/v1/nowhere/changes")->status, 404);
}

}   // namespace
}   // namespace gangmu::http::testing
