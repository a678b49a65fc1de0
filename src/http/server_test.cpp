// SPDX-License-Identifier: Apache-2.0
// The server over a real socket: what an honest client sees.
#include "http/server.hpp"

#include <gmock/gmock.h>

#include <future>

#include "base/json.hpp"
#include "http/errors.hpp"
#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

const Client::Headers upload{{"Idempotency-Key", std::string(key)}, {"Content-Type", "application/octet-stream"}};

TEST(Server, AnswersAndKeepsTheConnection) {
  Running running;
  Client client = running.client();
  for (int i = 0; i < 3; ++i) {
    const Result<Answer> answer = client.get("/api/v1/demo/things/x1");
    ASSERT_TRUE(answer) << answer.error().text(Language::en);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, R"({"asked":"demo/x1","body":0})");
    EXPECT_EQ(answer->headers.at("connection"), "keep-alive");
    EXPECT_EQ(answer->headers.at("date"), "Tue, 14 Nov 2023 22:13:20 GMT");
    EXPECT_EQ(answer->headers.at("x-content-type-options"), "nosniff");
  }
  EXPECT_THAT(client.get("/metrics")->body, HasSubstr("gangmu_http_accepted_total 1\n"));
  EXPECT_THAT(client.get("/metrics")->body,
              HasSubstr("gangmu_http_requests_total{route=\"thing\",status=\"200\"} 3\n"));
  EXPECT_THAT(client.get("/metrics")->body, HasSubstr("gangmu_store_seq{programme=\"demo\"} 41\n"));
}

TEST(Server, PipelinedRequestsAreAnsweredInOrder) {
  Running running;
  RawSocket socket(running.port());
  std::string all;
  for (const char* id : {"a", "b", "c"})
    all += "GET /api/v1/demo/things/" + std::string(id) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  socket.send(all);
  EXPECT_THAT(socket.until("}"), HasSubstr("demo/a"));
  EXPECT_THAT(socket.until("}"), HasSubstr("demo/b"));
  EXPECT_THAT(socket.until("}"), HasSubstr("demo/c"));
}

TEST(Server, HeadHasNoBody) {
  Running running;
  RawSocket socket(running.port());
  socket.send("HEAD /api/v1/demo/things/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string answer = socket.rest();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_THAT(answer, HasSubstr("Content-Length: 27\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Server, TakesBodiesWholeChunkedAndAfterContinue) {
  Running running;
  Client client = running.client();
  const Result<Answer> answer = client.send("POST", "/api/v1/demo/things", std::string(300'000, 'x'), upload);
  ASSERT_TRUE(answer) << answer.error().text(Language::en);
  EXPECT_EQ(answer->status, 201);
  EXPECT_THAT(answer->body, HasSubstr("\"body\":300000"));

  const std::string head =
      "POST /api/v1/demo/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
      "Idempotency-Key: " +
      std::string(key) + "\r\n";
  RawSocket chunked(running.port());
  chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n4\r\n you\r\n0\r\n\r\n");
  EXPECT_THAT(chunked.until("}"), HasSubstr("\"body\":9"));

  RawSocket patient(running.port());
  patient.send(head + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(patient.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  patient.send("PK");
  EXPECT_THAT(patient.until("}"), HasSubstr("\"body\":2"));
}

TEST(Server, Http10ClosesUnlessAsked) {
  Running running;
  RawSocket socket(running.port());
  socket.send("GET /api/v1/demo/things/x HTTP/1.0\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(socket.rest(), HasSubstr("Connection: close"));
}

TEST(Server, ListensOnBothLoopbacksAndNowhereElse) {
  Running running;
  for (const std::string& address : running.server.addresses())
    EXPECT_TRUE(address.starts_with("http://127.0.0.1:") || address.starts_with("http://[::1]:")) << address;
  if (running.server.addresses().size() == 2) {
    EXPECT_EQ(Client("http://[::1]:" + std::to_string(running.port())).get("/")->status, 200);
  }
}

TEST(Server, RefusesOtherAddresses) {
  FixedClock clock;
  CountingSecrets secrets;
  Platform platform;
  const auto told = [&](std::string address, std::uint16_t port) {
    Config config;
    config.address = std::move(address);
    config.port = port;
    Server server(platform.backend(), few_assets(), config, {clock, secrets});
    const Status listening = server.listen();
    return listening ? std::string_view("listens") : listening.error().first().kind->name;
  };
  EXPECT_EQ(told("0.0.0.0", 0), "address_not_loopback");
  EXPECT_EQ(told("::", 0), "address_not_loopback");
  EXPECT_EQ(told("192.0.2.1", 0), "address_not_loopback");
  EXPECT_EQ(told("::ffff:192.0.2.1", 0), "address_not_loopback");
  EXPECT_EQ(told("example.com", 0), "address_malformed");
  EXPECT_EQ(told("127.0.0.1", 0), "listens");
  Running running;
  EXPECT_EQ(told("127.0.0.1", running.port()), "address_unusable");
}

TEST(Server, StopsAfterWhatIsUnderWay) {
  Running running;
  auto answer = std::async(std::launch::async, [&] { return running.client().get("/api/v1/demo/slow"); });
  Client idle = running.client();
  ASSERT_TRUE(idle.get("/"));   // stays connected
  while (running.platform.slow_running() == 0) std::this_thread::yield();
  running.server.stop();
  Client late("http://127.0.0.1:" + std::to_string(running.port()), {.patience = milliseconds(500)});
  while (late.get("/")) std::this_thread::yield();   // until nobody is let in any more
  running.platform.release();
  const Result<Answer> finished = answer.get();
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->status, 200);
  EXPECT_EQ(finished->headers.at("connection"), "close");
  running.end();
}

TEST(Server, LogsOneLineARequestWithoutValues) {
  std::vector<std::string> lines;
  {
    Config config;
    config.log = [&](std::string_view line) { lines.emplace_back(line); };
    Running running(config);
    ASSERT_TRUE(running.client().get("/api/v1/demo/things?q=%E5%BC%A0%E4%B8%89"));
  }
  ASSERT_EQ(lines.size(), 1u);
  const Result<Json> line = Json::parse(lines[0]);
  ASSERT_TRUE(line);
  EXPECT_EQ((*line)["path"].string_or(""), "/api/v1/{p}/things");
  EXPECT_EQ((*line)["status"].integer_or(0), 200);
  EXPECT_GT((*line)["out"].integer_or(0), 40'000);
  EXPECT_EQ(lines[0].find("张三"), std::string::npos);
  EXPECT_EQ(lines[0].find("%E5"), std::string::npos);
}

TEST(Server, TenThousandRequests) {
  Running running;
  std::string batch;
  for (int i = 0; i < 50; ++i) batch += "GET /api/v1/demo/things/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto worker = [&] {
    RawSocket socket(running.port());
    int answers = 0;
    for (int i = 0; i < 50; ++i) {
      socket.send(batch);
      for (int k = 0; k < 50; ++k)
        answers += status_of(socket.until("\r\n\r\n{\"asked\":\"demo/x\",\"body\":0}")) == 200 ? 1 : 0;
    }
    return answers;
  };
  std::vector<std::future<int>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(std::async(std::launch::async, worker));
  int answers = 0;
  for (auto& one : workers) answers += one.get();
  EXPECT_EQ(answers, 10'000);
  EXPECT_THAT(running.client().get("/metrics")->body, HasSubstr("gangmu_http_in_flight 0\n"));
}

}   // namespace
}   // namespace gangmu::http::testing
