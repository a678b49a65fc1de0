// SPDX-License-Identifier: Apache-2.0
// Requests no honest client sends: each is answered with a named limit or error, or its connection is closed; the
// server goes on.
#include <gmock/gmock.h>

#include <future>

#include "base/random.hpp"
#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

/// Sends the bytes, reads until the server closes.
std::string sent(std::uint16_t port, std::string_view bytes, bool then_end = false) {
  RawSocket socket(port);
  socket.send(bytes);
  if (then_end) socket.end_of_sending();
  return socket.rest();
}

const std::string post =
    "POST /api/v1/demo/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
    "Idempotency-Key: " +
    std::string(key) + "\r\n";

Config impatient() {
  Config config;
  config.header_read = milliseconds(150);
  config.body_read = milliseconds(150);
  config.idle = milliseconds(400);
  config.linger = milliseconds(100);
  return config;
}

TEST(Hostile, EachLimitIsNamed) {
  Running running(impatient());
  const std::string get = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  const struct {
    std::string bytes;
    int status;
    std::string_view code;
  } table[] = {
      {get + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 431, "http.header_too_large"},
      {"GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 414,
       "http.target_too_long"},
      {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 431, "http.header_too_large"},
      {post + "Content-Length: 1048577\r\n\r\n", 413, "http.body_too_large"},
      {post + "Content-Length: 99999999999999999999999\r\n\r\n", 400, "http.request_malformed"},
      {post + "Content-Length: -1\r\n\r\n", 400, "http.request_malformed"},
      {post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400, "http.request_malformed"},
      {post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "http.request_malformed"},
      {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "http.request_malformed"},
      {post + "Transfer-Encoding: gzip\r\n\r\n", 400, "http.transfer_coding"},
      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, "http.transfer_coding"},
      {post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400,
       "http.request_malformed"},
      {post + "Transfer-Encoding: xchunked\r\n\r\n", 400, "http.transfer_coding"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n", 400, "http.transfer_coding"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n\r\n", 400, "http.transfer_coding"},
      {post + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" + std::string(0x200000, 'x') + "\r\n0\r\n\r\n", 413,
       "http.body_too_large"},
      {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "http.host_missing"},
      {"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421, "http.host_refused"},
      {"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400,
       "http.target_malformed"},
      {"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 501, "http.method_unknown"},
      {"GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400, "http.percent_malformed"},
      {"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400, "http.percent_malformed"},
      {std::string("GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 37), 400, "http.request_malformed"},
      {"GET / HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n", 400, "http.request_malformed"},
      {"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400, "http.request_malformed"},
      {"nonsense\r\n\r\n", 400, "http.request_malformed"},
      {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400, "http.request_malformed"},   // a TLS hello
      {"GET / HTTP/1.1\r\nHost: loc", 408, "http.request_timeout"},
      {post + "Content-Length: 10\r\n\r\nhello", 408, "http.request_timeout"},
  };
  for (const auto& row : table) {
    const std::string answer = sent(running.port(), row.bytes);
    EXPECT_EQ(status_of(answer), row.status) << row.code << "\n"
                                             << row.bytes.substr(0, 120) << "\n"
                                             << answer.substr(0, 400);
    EXPECT_THAT(answer, HasSubstr(row.code));
  }
  EXPECT_EQ(running.client().get("/")->status, 200);
}

TEST(Hostile, TruncatedRequestsEnd) {
  Running running(impatient());
  const std::string whole = post + "Content-Length: 10\r\n\r\nhelloworld";
  for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
    const int status = status_of(sent(running.port(), std::string_view(whole).substr(0, cut), true));
    EXPECT_TRUE(status == 0 || status == 400) << cut << " " << status;
  }
}

TEST(Hostile, ASlowHeaderIsTimedOutAsAWhole) {
  Config config = impatient();
  config.linger =
      milliseconds(10000);   // a byte still under way must not tear down the connection before its answer is read
  Running running(config);
  RawSocket socket(running.port());
  std::future<std::string> answer = std::async(std::launch::async, [&] { return socket.rest(); });
  const std::string drip = "GET / HTTP/1.1\r\nHost: localhost\r\n" + std::string(200, 'x');
  for (const char c : drip) {   // each byte well within the limit, the header as a whole not
    socket.send(std::string_view(&c, 1));
    if (answer.wait_for(milliseconds(10)) == std::future_status::ready) break;
  }
  EXPECT_EQ(status_of(answer.get()), 408);
}

TEST(Hostile, AnIdleConnectionIsClosed) {
  Running running(impatient());
  RawSocket socket(running.port());
  EXPECT_EQ(socket.rest(), "");
  EXPECT_TRUE(socket.closed());
}

TEST(Hostile, TooManyConnectionsAreToldSo) {
  Config config;
  config.connections = 2;
  config.connections_each = 2;
  config.linger = milliseconds(100);
  Running running(config);
  std::vector<std::future<Result<Answer>>> slow;   // busy, so that none can give way
  slow.push_back(std::async(std::launch::async, [&] { return running.client().get("/api/v1/demo/slow"); }));
  while (running.platform.slow_running() < 1) std::this_thread::yield();
  const Result<Answer> second = running.client().get("/");
  ASSERT_TRUE(second) << second.error().text(Language::en);
  EXPECT_EQ(second->status, 429) << "of two connections one address has one";
  EXPECT_EQ(second->headers.at("retry-after"), "1");
  EXPECT_THAT(second->body, HasSubstr("http.share_used"));
  running.platform.release();
  EXPECT_EQ(slow.front().get()->status, 200);
}

TEST(Hostile, TooManyRequestsUnderWayAreToldSo) {
  Config config;
  config.in_flight = 2;
  Running running(config);
  std::vector<std::future<Result<Answer>>> slow;
  for (int i = 0; i < 2; ++i)
    slow.push_back(std::async(std::launch::async, [&] { return running.client().get("/api/v1/demo/slow"); }));
  while (running.platform.slow_running() < 2) std::this_thread::yield();
  const Result<Answer> third = running.client().get("/api/v1/demo/things");
  EXPECT_EQ(third->status, 503);
  EXPECT_THAT(third->body, HasSubstr("http.too_busy"));
  EXPECT_EQ(running.client().get("/")->status, 200);   // the page itself still comes
  running.platform.release();
  for (auto& one : slow) EXPECT_EQ(one.get()->status, 200);
}

TEST(Hostile, UploadsTogetherAreLimited) {
  Config config = impatient();
  config.small_bytes = 100;
  config.uploading_bytes = 1000;
  Running running(config);
  const std::string answer = sent(running.port(), post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'));
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_THAT(answer, HasSubstr("http.too_many_bytes"));
}

TEST(Hostile, AClientThatLeavesHarmsNobody) {
  Running running;
  for (int i = 0; i < 50; ++i) {
    RawSocket socket(running.port());
    socket.send("GET /api/v1/demo/things?q=x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  EXPECT_EQ(running.client().get("/")->status, 200);
}

/// A valid request with a few bytes changed, dropped, doubled or cut off.
std::string mutated(std::string bytes, Random& random) {
  static constexpr char letters[] = "\0\r\n :%/?&=\xff\x80,;\"{}\\0129azAZ\t";
  static constexpr std::string_view spice(letters, sizeof letters - 1);
  for (std::int64_t n = random.between(1, 6); n > 0 && !bytes.empty(); --n) {
    const std::size_t at = random.below(bytes.size());
    switch (random.below(5)) {
      case 0: bytes[at] = spice[random.below(spice.size())]; break;
      case 1: bytes.erase(at, random.below(8) + 1); break;
      case 2: bytes.insert(at, 1, spice[random.below(spice.size())]); break;
      case 3: bytes.insert(at, bytes.substr(at, random.below(20))); break;
      default: bytes.resize(random.chance(0.1) ? at : bytes.size()); break;
    }
  }
  return bytes;
}

TEST(Hostile, FiveHundredMutations) {
  Config config = impatient();
  config.header_read = config.body_read = config.idle = config.linger = milliseconds(50);
  Running running(config);
  Random random(20261124);
  const std::string seeds[] = {
      "GET /api/v1/demo/things?level=town&limit=5 HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: "
      "close\r\n\r\n",
      post + "Content-Length: 5\r\n\r\nhello",
      post + "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
      "HEAD /assets/index-4f0c21aa.js HTTP/1.1\r\nHost: [::1]:80\r\nIf-None-Match: W/\"2233\", \"x\"\r\n\r\n",
  };
  int answered = 0, closed = 0;
  const auto round = [&](int n) {
    std::vector<std::string> batch;
    for (int i = 0; i < n; ++i) batch.push_back(mutated(seeds[random.below(std::size(seeds))], random));
    std::vector<std::future<std::string>> answers;
    for (const std::string& bytes : batch)
      answers.push_back(std::async(std::launch::async, [&bytes, &running] {
        RawSocket socket(running.port());
        socket.send(bytes);
        const std::string answer = socket.rest();
        return socket.closed() ? answer : "left open";
      }));
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string answer = answers[i].get();
      EXPECT_TRUE(answer.empty() || status_of(answer) >= 100) << batch[i] << "\n" << answer;
      ++(answer.empty() ? closed : answered);
    }
  };
  for (int i = 0; i < 20; ++i) round(25);
  EXPECT_EQ(answered + closed, 500);
  EXPECT_GT(answered, 300);
  EXPECT_EQ(running.client().get("/")->status, 200);
}

}   // namespace
}   // namespace gangmu::http::testing
