// SPDX-License-Identifier: Apache-2.0
// One connection of the server: its bytes, in the clear or inside TLS, its one deadline and what it waits for. A part
// of server_parts.hpp, which alone includes it; see there.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "base/error.hpp"

namespace gangmu::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using Time = std::chrono::steady_clock;
using Loop = asio::io_context::executor_type;
template <class T>
using Task = asio::awaitable<T, Loop>;
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Loop>> awaited{};
using Timer = asio::basic_waitable_timer<Time, asio::wait_traits<Time>, Loop>;
using Socket = asio::basic_stream_socket<tcp, Loop>;

/// The bytes of a connection, as they are or inside TLS (RFC 8446); Beast and Asio read and write through it.
class Wire {
 public:
  using executor_type = Loop;
  Wire(Socket socket, ssl::context* tls) : socket_(std::move(socket)) {
    if (tls) tls_.emplace(socket_, *tls);
  }
  executor_type get_executor() { return socket_.get_executor(); }
  Socket& socket() { return socket_; }
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& to, Token&& token) {
    return tls_ ? tls_->async_read_some(to, std::forward<Token>(token))
                : socket_.async_read_some(to, std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& from, Token&& token) {
    return tls_ ? tls_->async_write_some(from, std::forward<Token>(token))
                : socket_.async_write_some(from, std::forward<Token>(token));
  }
  Task<bool> begin() {
    if (!tls_) co_return true;
    auto [code] = co_await tls_->async_handshake(ssl::stream_base::server, awaited);
    co_return !code;
  }
  Task<void> end() {
    if (tls_) co_await tls_->async_shutdown(awaited);   // tells the peer that nothing was cut off
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  Socket socket_;
  std::optional<ssl::stream<Socket&>> tls_;
};

/// What it is about: waiting for a request, its head, its body; for us; for the peer to read the answer; a change
/// stream.
enum class Phase { idle, head, body, work, send, stream };

struct Connection {
  Connection(Loop loop, Socket accepted, ssl::context* tls) : wire(std::move(accepted), tls), wake(loop) {}

  void until(std::chrono::milliseconds from_now) {
    expired = false;
    deadline = Time::now() + from_now;
  }
  void no_deadline() { deadline = Time::time_point::max(); }
  void heard(Time::time_point now = Time::now()) { last_sign = now; }
  /// Whether it waits for its peer and nobody would miss it much: at once before there is a whole head, after a while
  /// without a byte in the middle of a body or an answer.
  [[nodiscard]] bool may_give_way(Time::time_point now, std::chrono::milliseconds patience) const {
    if (leaving) return false;
    if (phase == Phase::idle || phase == Phase::head) return true;
    return (phase == Phase::body || phase == Phase::send) && now - last_sign >= patience;
  }
  /// Ends what the connection waits for; its coroutine goes on and sees why.
  void interrupt() {
    error_code ignored;
    wire.socket().cancel(ignored);
    wake.cancel();
  }

  Wire wire;
  std::string peer;     ///< its address
  std::string nearby;   ///< and what counts as one address with it (network.hpp)
  std::string holder;   ///< whose share its present request takes
  Timer wake;           ///< of a change stream, or a wait for an entry
  beast::flat_buffer buffer;
  Time::time_point deadline = Time::time_point::max();
  Time::time_point last_sign = Time::now();   ///< of the peer
  Phase phase = Phase::idle;
  bool served = false;    ///< asked something that was answered
  bool leaving = false;   ///< makes room for others
  bool expired = false;   ///< the deadline passed
  bool peer_gone = false;
  std::optional<Error> refused;   ///< accepted only to be told so
};

}   // namespace gangmu::http
