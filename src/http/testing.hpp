// SPDX-License-Identifier: Apache-2.0
// For the tests of this folder: a made-up platform with a handful of routes, a server over it on a free port of this
// machine, and a bare socket to send what no client would.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/client.hpp"
#include "http/server.hpp"
#include "store/errors.hpp"

namespace gangmu::http::testing {

inline constexpr std::string_view key = "0123456789abcdef0123456789abcdef";

struct FixedClock final : Clock {
  std::atomic<std::int64_t> micros{1'700'000'000'000'000};   // 2023-11-14T22:13:20Z, the 15th at +08:00
  [[nodiscard]] Instant now() const override { return {micros}; }
};

struct CountingSecrets final : SecretSource {
  std::string bytes(std::size_t n) override { return std::string(n, '\x5a'); }
};

inline std::vector<Route> made_up_routes() {
  const Parameter limit{
      .name = "limit", .type = ParameterType::integer, .zh = "多少", .en = "how many", .least = 1, .most = 500};
  const Parameter level{
      .name = "level", .type = ParameterType::choice, .zh = "级别", .en = "level", .choices = {"county", "town"}};
  const Parameter q{.name = "q", .zh = "文字", .en = "text"};
  const Parameter min_seq{
      .name = "min_seq", .type = ParameterType::integer, .zh = "号", .en = "seq", .least = 0, .most = INT64_MAX};
  std::vector<Route> out(11);
  out[0] = {.operation = "things",
            .path = "/api/v1/{p}/things",
            .answer = "any",
            .query = {q, level, limit, min_seq},
            .table = true};
  out[1] = {.operation = "thing", .path = "/api/v1/{p}/things/{id}", .answer = "any"};
  out[2] = {.operation = "note",
            .kind = RouteKind::write,
            .path = "/api/v1/{p}/things/{id}/note",
            .answer = "any",
            .edits = true,
            .body = BodyKind::json,
            .body_schema = "any",
            .body_bytes = 1024};
  out[3] = {.operation = "upload",
            .kind = RouteKind::write,
            .path = "/api/v1/{p}/things",
            .answer = "any",
            .body = BodyKind::file,
            .body_bytes = 1u << 20,
            .success = 201};
  out[4] = {.operation = "slow", .path = "/api/v1/{p}/slow", .answer = "any"};
  out[5] = {
      .operation = "changes", .kind = RouteKind::stream, .path = "/api/v1/{p}/changes", .answer = "text/event-stream"};
  out[6] = {.operation = "metrics", .kind = RouteKind::own, .path = "/metrics", .answer = "text/plain"};
  out[7] = {
      .operation = "openapi", .kind = RouteKind::own, .path = "/api/v1/openapi.json", .answer = "application/json"};
  out[8] = {.operation = "broken", .path = "/api/v1/{p}/broken", .answer = "any"};
  out[9] = {.operation = "refuse", .kind = RouteKind::write, .path = "/api/v1/{p}/refuse", .answer = "any"};
  out[10] = {.operation = "dear", .path = "/api/v1/{p}/dear", .answer = "any", .lane = Lane::dear};
  return out;
}

/// One programme, "demo". "things" answers with what it was asked; "slow" and "dear" wait for release().
class Platform {
 public:
  Backend backend(bool with_subscription = true) {
    Backend out;
    out.routes = routes_;
    out.run = [this](const Route& route, const app::Call& call) { return run(route, call); };
    out.programmes = [] { return std::vector<std::string>{"demo"}; };
    out.seq = [this](const std::string& programme) {
      return programme == "demo" ? std::optional(Seq{seq_}) : std::nullopt;
    };
    out.upkeep = [this] { ++upkeeps_; };
    out.still = [this](const Route& route, const app::Call& call) {
      return readers_may || route.operation != "changes" || call.programme != "demo";
    };
    if (with_subscription)
      out.subscribe = [this](const std::string&, std::function<void(Seq)> f) -> std::shared_ptr<void> {
        const std::lock_guard lock(mutex_);
        auto kept = std::make_shared<std::function<void(Seq)>>(std::move(f));
        subscribers_.push_back(kept);
        return kept;
      };
    return out;
  }

  void commit() {
    const std::lock_guard lock(mutex_);
    ++seq_;
    for (const auto& weak : subscribers_)
      if (const auto f = weak.lock()) (*f)(Seq{seq_});
  }
  void release() {
    released_ = true;
    released_.notify_all();
  }
  std::atomic<bool> readers_may{true};   ///< asked of streams
  [[nodiscard]] int slow_running() const { return slow_running_; }
  [[nodiscard]] bool last_at_machine() const { return last_at_machine_; }   ///< of the last call
  [[nodiscard]] int runs() const { return runs_; }                          ///< of use cases
  [[nodiscard]] int upkeeps() const { return upkeeps_; }

 private:
  Result<app::Reply> run(const Route& route, const app::Call& call) {
    ++runs_;
    app::Reply out;
    last_at_machine_ = call.at_machine;
    out.body =
        "{\"asked\":\"" + call.programme + "/" + call.id + "\",\"body\":" + std::to_string(call.body.size()) + "}";
    if (route.operation == "refuse") return fail(store::errors::request_key_reused, {call.request_key, "text"});
    out.seq = Seq{seq_};
    if (route.operation == "slow" || route.operation == "dear") {
      ++slow_running_;
      released_.wait(false);
      --slow_running_;
    }
    if (route.operation == "broken") throw std::bad_alloc();
    if (route.operation == "things" && call.query.contains("q")) out.body = "\"" + std::string(40'000, 'x') + "\"";
    if (route.operation == "thing") out.download_name = "台账.xlsx";
    return out;
  }

  std::vector<Route> routes_ = made_up_routes();
  std::atomic<std::int64_t> seq_{41};
  std::atomic<bool> released_{false};
  std::atomic<int> slow_running_{0};
  std::atomic<bool> last_at_machine_{false};
  std::atomic<int> runs_{0}, upkeeps_{0};
  std::mutex mutex_;
  std::vector<std::weak_ptr<std::function<void(Seq)>>> subscribers_;
};

inline const std::vector<Asset>& few_assets() {
  static const std::string script(5000, 'a');
  static const std::vector<Asset> all{
      {"/index.html", "<!doctype html><title>page</title>", "", "text/html; charset=utf-8", "0011"},
      {"/assets/index-4f0c21aa.js", script, "brotli-bytes", "text/javascript; charset=utf-8", "2233"},
      {"/favicon.svg", "<svg/>", "", "image/svg+xml", "4455"}};
  return all;
}

/// A running server; ends with the test.
class Running {
 public:
  explicit Running(Config config = {}, bool with_subscription = true)
      : server(platform.backend(with_subscription), few_assets(), on_free_port(std::move(config)), {clock, secrets}) {
    const Status listening = server.listen();
    EXPECT_TRUE(listening) << (listening ? "" : listening.error().text(Language::en));
    thread_ = std::jthread([this] { server.run(); });
  }
  ~Running() { end(); }

  void end() {
    platform.release();
    server.stop();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] Client client() const { return Client("http://127.0.0.1:" + std::to_string(port())); }
  [[nodiscard]] std::uint16_t port() const { return server.port(); }

  FixedClock clock;
  CountingSecrets secrets;
  Platform platform;
  Server server;

 private:
  static Config on_free_port(Config config) {
    config.port = 0;
    config.handle_signals = false;
    return config;
  }
  std::jthread thread_;
};

/// A connection that sends bytes as they are.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port) : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 8, .tv_usec = 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawSocket() { ::close(handle_); }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  /// Waits until an answer has begun to come, and reads nothing of it.
  [[nodiscard]] bool answered() const {
    pollfd here{.fd = handle_, .events = POLLIN, .revents = 0};
    return ::poll(&here, 1, 8'000) == 1;
  }
  void end_of_sending() const { ::shutdown(handle_, SHUT_WR); }

  /// Everything until the server closes, or nothing came for a while.
  std::string rest() {
    std::string out = std::move(read_);
    read_.clear();
    for (std::string piece; !(piece = receive()).empty();) out += piece;
    return out;
  }
  /// Until `mark` has come (included), or the end.
  std::string until(std::string_view mark) {
    for (;;) {
      if (const std::size_t at = read_.find(mark); at != std::string::npos) {
        std::string out = read_.substr(0, at + mark.size());
        read_.erase(0, at + mark.size());
        return out;
      }
      const std::string piece = receive();
      if (piece.empty()) return rest();
      read_ += piece;
    }
  }
  [[nodiscard]] bool closed() { return receive().empty() && errno_ != EAGAIN; }

 private:
  std::string receive() {
    char bytes[8192];
    errno = 0;
    const ssize_t n = ::recv(handle_, bytes, sizeof bytes, 0);
    errno_ = n < 0 ? errno : 0;
    return n > 0 ? std::string(bytes, static_cast<std::size_t>(n)) : std::string();
  }
  int handle_;
  bool connected_ = false;
  int errno_ = 0;
  std::string read_;
};

inline int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

}   // namespace gangmu::http::testing
