// SPDX-License-Identifier: Apache-2.0
// With its connection.hpp, and client.cpp, the only file that sees Boost. Everything here but Pulse and the pool's work
// runs on the loop's thread. Limits in time are one deadline a connection, looked at by a sweep ten times a second: no
// timer is armed per request.
#include "http/server.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <unordered_set>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "http/access_log.hpp"
#include "http/connection.hpp"
#include "http/errors.hpp"
#include "http/metrics.hpp"
#include "http/problem.hpp"
#include "http/pulse.hpp"

namespace gangmu::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, Loop>;
using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::chrono::milliseconds sweep_every{100};
constexpr std::size_t refused_at_once = 64;   ///< connections over the limit that still get an answer

/// Bytes of one request's body and of its whole answer.
struct Traffic {
  std::size_t received = 0, sent = 0;
};

Request request_of(const Parser& parser) {
  const auto& message = parser.get();
  Request out;
  out.method_text.assign(message.method_string().data(), message.method_string().size());
  out.method = method_of(out.method_text);
  out.target.assign(message.target().data(), message.target().size());
  for (const auto& field : message)
    out.headers.emplace_back(text::lower_ascii({field.name_string().data(), field.name_string().size()}),
                             std::string(field.value().data(), field.value().size()));
  return out;
}

/// What a failed read of a head or body means to the client; nothing to say when the peer has gone.
std::optional<Error> read_fault(const error_code& code, bool expired, std::chrono::milliseconds limit,
                                const Config& config, std::size_t body_bytes) {
  const auto made = [](const ErrorKind& kind, std::vector<std::string> arguments) {
    return Error(Diagnostic{&kind, std::move(arguments), {}});
  };
  using beast::http::error;
  if (expired) return made(errors::request_timeout, {fmt::format("{}", static_cast<double>(limit.count()) / 1000)});
  if (code == error::header_limit) return made(errors::header_too_large, {std::to_string(config.header_bytes)});
  if (code == error::body_limit) return made(errors::body_too_large, {std::to_string(body_bytes)});
  if (code == error::partial_message) return made(errors::request_truncated, {});
  if (code == error::end_of_stream || code.category() != beast::http::make_error_code(error::bad_method).category())
    return {};
  return made(errors::request_malformed, {code.message()});
}

/// Runs work on the pool and comes back to the loop with its result.
template <class Work>
auto on_pool(asio::thread_pool& pool, Work work) {
  using Out = decltype(work());
  return asio::async_initiate<const asio::use_awaitable_t<Loop>&, void(Out)>(
      [&pool, work = std::move(work)](auto handler) mutable {
        auto loop = asio::get_associated_executor(handler);
        auto outstanding = asio::prefer(loop, asio::execution::outstanding_work.tracked);
        asio::post(pool, [work = std::move(work), handler = std::move(handler), outstanding]() mutable {
          asio::post(outstanding,
                     [handler = std::move(handler), out = work()]() mutable { std::move(handler)(std::move(out)); });
        });
      },
      asio::use_awaitable_t<Loop>());
}

std::string authority(const tcp::endpoint& endpoint) {
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), endpoint.address().to_string(),
                     endpoint.port());
}

}   // namespace

struct Server::Parts {
  Parts(Backend backend, const std::vector<Asset>& assets, Config given, System system)
      : config(std::move(given)),
        site(std::move(backend), assets, config, system.clock),
        clock(system.clock),
        id_prefix(hex(system.secrets.bytes(4))),
        pool(config.store_threads),
        signals(loop),
        pulse(std::make_shared<Pulse>([this](Pulse::Work work) { asio::post(loop, std::move(work)); })) {
    site.metrics_from([this] { return metrics.text(stores()); });
  }
  ~Parts() { pulse->close(); }

  // ---- listening
  Result<std::vector<asio::ip::address>> wanted_addresses() const;
  Status open(const asio::ip::address& address);
  Status load_certificate();
  Status listen();
  Task<void> accept(Acceptor& acceptor);

  // ---- a connection
  Task<void> serve(std::shared_ptr<Connection> c);
  Task<bool> wait_for_request(Connection& c);
  Task<bool> one_request(const std::shared_ptr<Connection>& c);
  Task<bool> read_body(Connection& c, Parser& parser, Request& request, Admission& admission);
  Task<bool> send(Connection& c, const Request& request, const Response& response, bool keep_alive, std::size_t& sent);
  Task<bool> refuse(Connection& c, const Request& request, const Response& response, std::size_t& sent);
  Task<void> linger(Connection& c);

  // ---- a change stream
  Task<int> stream(std::shared_ptr<Connection> c, const Request& request, const std::string& programme,
                   std::size_t& sent);
  Task<void> watch_peer(std::shared_ptr<Connection> c);

  // ---- the end
  void heed_signals();
  void begin_stop();
  Task<void> sweep();

  void account(const Request& request, const Admission& admission, const Response& response, Time::time_point start,
               Traffic traffic);
  std::vector<StoreState> stores() const;
  std::string_view date();
  std::string next_id() { return fmt::format("{}-{:08x}", id_prefix, ++requests); }
  Error busy(const ErrorKind& kind, std::size_t limit) const {
    return Error(Diagnostic{&kind, {std::to_string(limit)}, {}});
  }

  Config config;
  Site site;
  const Clock& clock;
  Metrics metrics;
  std::string id_prefix;
  std::uint64_t requests = 0;
  std::string date_text;
  std::int64_t date_second = -1;
  asio::io_context loop{1};
  asio::thread_pool pool;
  std::optional<ssl::context> tls;   ///< of our own certificate, when there is one
  asio::basic_signal_set<Loop> signals;
  std::vector<std::unique_ptr<Acceptor>> acceptors;
  std::vector<tcp::endpoint> listening;   ///< fixed by listen(), read from any thread
  Timer tick{loop.get_executor()};
  std::unordered_set<std::shared_ptr<Connection>> connections;
  bool stopping = false;
  Time::time_point stop_deadline = Time::time_point::max();
  std::shared_ptr<Pulse> pulse;
};

// ------------------------------------------------------------------------------------------------- listening

Result<std::vector<asio::ip::address>> Server::Parts::wanted_addresses() const {
  if (config.address == "localhost")
    return std::vector<asio::ip::address>{asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
  error_code malformed;
  const asio::ip::address address = asio::ip::make_address(config.address, malformed);
  if (malformed) return fail(errors::address_malformed, {config.address});
  if (!address.is_loopback() && !config.beyond_loopback) return fail(errors::address_not_loopback, {config.address});
  return std::vector<asio::ip::address>{address};
}

Status Server::Parts::open(const asio::ip::address& address) {
  const std::uint16_t port = listening.empty() ? config.port : listening.front().port();
  auto acceptor = std::make_unique<Acceptor>(loop.get_executor());
  const tcp::endpoint endpoint(address, port);
  error_code code;
  const auto unusable = [&] {
    return fail(errors::address_unusable, {address.to_string(), std::to_string(port), code.message()});
  };
  acceptor->open(endpoint.protocol(), code);
  if (code) return unusable();
  acceptor->set_option(asio::socket_base::reuse_address(true), code);
  if (address.is_v6()) acceptor->set_option(asio::ip::v6_only(true), code);
  acceptor->bind(endpoint, code);
  if (!code) acceptor->listen(asio::socket_base::max_listen_connections, code);
  if (code) return unusable();
  listening.push_back(acceptor->local_endpoint());
  acceptors.push_back(std::move(acceptor));
  return {};
}

Status Server::Parts::load_certificate() {
  if (config.certificate.empty()) return {};
  tls.emplace(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  error_code code;
  tls->use_certificate_chain_file(config.certificate, code);
  if (!code) tls->use_private_key_file(config.certificate_key, ssl::context::pem, code);
  if (code) return fail(errors::certificate_unusable, {config.certificate, config.certificate_key, code.message()});
  return {};
}

Status Server::Parts::listen() {
  TRY(load_certificate());
  TRY_ASSIGN(const auto addresses, wanted_addresses());
  TRY(open(addresses.front()));
  // A machine without IPv6 is served on 127.0.0.1 alone.
  for (std::size_t i = 1; i < addresses.size(); ++i) (void)open(addresses[i]);
  if (config.handle_signals) heed_signals();   // before anyone is told that the server is there
  return {};
}

void Server::Parts::heed_signals() {
  signals.add(SIGINT);
  signals.add(SIGTERM);
  signals.async_wait([this](const error_code& code, int) {
    if (!code) begin_stop();
  });
}

Task<void> Server::Parts::accept(Acceptor& acceptor) {
  Timer pause(loop.get_executor());
  while (!stopping) {
    auto [code, socket] = co_await acceptor.async_accept(awaited);
    if (stopping || code == asio::error::operation_aborted) co_return;
    if (code) {   // out of file descriptors: wait for some to come back
      pause.expires_after(sweep_every);
      co_await pause.async_wait(awaited);
      continue;
    }
    if (connections.size() >= config.connections + refused_at_once) continue;   // closes it
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto c = std::make_shared<Connection>(loop.get_executor(), std::move(socket), tls ? &*tls : nullptr);
    c->over_limit = connections.size() >= config.connections;
    if (const auto peer = c->wire.socket().remote_endpoint(ignored); !ignored) c->peer = peer.address().to_string();
    connections.insert(c);
    ++metrics.accepted;
    asio::co_spawn(loop.get_executor(), serve(c), [this, c](const std::exception_ptr&) { connections.erase(c); });
  }
}

// ------------------------------------------------------------------------------------------------- a connection

Task<void> Server::Parts::serve(std::shared_ptr<Connection> c) {
  const Counted open(metrics.connections, 1);
  c->until(config.header_read);
  bool again = co_await c->wire.begin();
  while (again) {
    again = co_await wait_for_request(*c);
    if (again) again = co_await one_request(c);
  }
  c->until(config.linger);
  co_await c->wire.end();
}

/// Until the first byte of a request is here (a pipelined one may be already).
Task<bool> Server::Parts::wait_for_request(Connection& c) {
  if (c.buffer.size() > 0) co_return true;
  if (stopping) co_return false;
  c.phase = Phase::idle;
  c.until(c.over_limit ? config.linger : config.idle);
  auto [code, n] = co_await c.wire.async_read_some(c.buffer.prepare(4096), awaited);
  if (code) co_return false;
  c.buffer.commit(n);
  co_return true;
}

/// Answers one request; true when the connection can take another.
Task<bool> Server::Parts::one_request(const std::shared_ptr<Connection>& c) {
  c->phase = Phase::head;
  c->until(config.header_read);
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(config.header_bytes));
  parser.body_limit(boost::none);   // the route's own is set once it is known
  auto [code, n] = co_await beast::http::async_read_header(c->wire, c->buffer, parser, awaited);
  const Time::time_point start = Time::now();
  c->phase = Phase::busy;
  std::size_t sent = 0;
  Request request;
  Admission admission;
  if (!code) {
    request = request_of(parser);
    request.peer = c->peer;
    request.id = next_id();
    admission = site.admit(request);
  } else if (const auto fault = read_fault(code, c->expired, config.header_read, config, 0)) {
    request.id = next_id();
    request.method = Method::other;
    admission.response = problem(*fault, request.id);
  } else {
    co_return false;
  }
  if (c->over_limit && !code)
    admission.response = problem(busy(errors::too_many_connections, config.connections), request.id);
  const bool room = metrics.in_flight < static_cast<std::int64_t>(config.in_flight);
  if (!admission.response && admission.where != Where::stream && !room)
    admission.response = problem(busy(errors::too_busy, config.in_flight), request.id);
  const Counted flying(metrics.in_flight, admission.where == Where::stream ? 0 : 1);
  if (!admission.response && !parser.is_done()) {
    const bool read = co_await read_body(*c, parser, request, admission);
    if (!read && !admission.response) co_return false;
  }

  if (!admission.response && admission.where == Where::stream) {
    const int status = co_await stream(c, request, admission.call.programme, sent);
    account(request, admission, {.status = status}, start, {.received = 0, .sent = sent});
    co_return false;
  }
  const std::size_t received = request.body.size();
  if (!admission.response) admission.response = site.kept(request, admission);
  if (!admission.response && admission.where == Where::loop) admission.response = site.answer(request, admission);
  if (!admission.response) {
    c->no_deadline();
    admission.response = co_await on_pool(pool, [&] { return site.answer(request, admission); });
  }
  const bool whole = parser.is_done();
  const bool keep = whole && parser.keep_alive() && !stopping && !c->over_limit;
  bool good = false;
  if (whole)
    good = co_await send(*c, request, *admission.response, keep, sent);
  else
    co_await refuse(*c, request, *admission.response, sent);
  account(request, admission, *admission.response, start, {.received = received, .sent = sent});
  co_return good&& keep;
}

/// False when the body can't be had; the admission then holds the refusal, or nothing when the peer has gone.
Task<bool> Server::Parts::read_body(Connection& c, Parser& parser, Request& request, Admission& admission) {
  const std::size_t room =
      parser.content_length() ? static_cast<std::size_t>(*parser.content_length()) : admission.body_bytes;
  if (static_cast<std::size_t>(metrics.uploading_bytes) + room > config.uploading_bytes) {
    admission.response = problem(busy(errors::too_many_bytes, config.uploading_bytes), request.id);
    co_return false;
  }
  const Counted uploading(metrics.uploading_bytes, static_cast<std::int64_t>(room));
  c.until(config.body_read);
  if (text::lower_ascii(request.header_or_empty("expect")) == "100-continue") {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [code, n] = co_await asio::async_write(c.wire, asio::buffer(go_on), awaited);
    if (code) co_return false;
  }
  parser.body_limit(admission.body_bytes);
  auto [code, n] = co_await beast::http::async_read(c.wire, c.buffer, parser, awaited);
  if (code) {
    if (const auto fault = read_fault(code, c.expired, config.body_read, config, admission.body_bytes))
      admission.response = problem(*fault, request.id);
    co_return false;
  }
  request.body = std::move(parser.get().body());
  co_return true;
}

Task<bool> Server::Parts::send(Connection& c, const Request& request, const Response& response, bool keep_alive,
                               std::size_t& sent) {
  const std::string head =
      head_of(response, {.keep_alive = keep_alive, .secure = config.secure, .date = date(), .request_id = request.id});
  const bool with_body = request.method != Method::head && response.has_content();
  const std::string_view body = with_body ? response.bytes() : std::string_view();
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(body)};
  c.until(config.write);
  auto [code, n] = co_await asio::async_write(c.wire, parts, awaited);
  sent += n;
  co_return !code;
}

/// Answers before the request was read whole, then reads on for a moment: closing with unread bytes would reset the
/// connection and the peer might never see the answer.
Task<bool> Server::Parts::refuse(Connection& c, const Request& request, const Response& response, std::size_t& sent) {
  const bool good = co_await send(c, request, response, false, sent);
  if (good) co_await linger(c);
  co_return false;
}

Task<void> Server::Parts::linger(Connection& c) {
  error_code ignored;
  c.wire.socket().shutdown(tcp::socket::shutdown_send, ignored);
  c.until(config.linger);
  std::array<char, 16 * 1024> unread;
  for (;;) {
    auto [code, n] = co_await c.wire.async_read_some(asio::buffer(unread), awaited);
    if (code) co_return;
  }
}

void Server::Parts::account(const Request& request, const Admission& admission, const Response& response,
                            Time::time_point start, Traffic traffic) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - start);
  metrics.count(admission.operation(), response.status, took, traffic.sent);
  if (!config.log) return;
  const std::string_view method = method_name(request.method);
  config.log(access_line({.at = clock.now(),
                          .request_id = request.id,
                          .method = method.empty() ? "?" : method,
                          .operation = admission.operation(),
                          .path = admission.path(),
                          .status = response.status,
                          .code = response.code,
                          .actor = admission.call.actor.id,
                          .peer = admission.call.peer.empty() ? request.peer : admission.call.peer,
                          .took = took,
                          .received = traffic.received,
                          .sent = traffic.sent}));
}

std::vector<StoreState> Server::Parts::stores() const {
  const Backend& backend = site.backend();
  std::vector<StoreState> out;
  for (const std::string& programme : backend.programmes())
    if (const auto seq = backend.seq(programme))
      out.push_back({programme, *seq, !backend.writable || backend.writable(programme)});
  return out;
}

std::string_view Server::Parts::date() {
  const Instant now = clock.now();
  if (now.micros / 1'000'000 != date_second) {
    date_second = now.micros / 1'000'000;
    date_text = http_date(now);
  }
  return date_text;
}

// ------------------------------------------------------------------------------------------------- a change stream

/// Sees the peer leave: nothing else would, in a quiet stream, until the next heartbeat fails.
Task<void> Server::Parts::watch_peer(std::shared_ptr<Connection> c) {
  std::array<char, 512> ignored;
  for (;;) {
    auto [code, n] = co_await c->wire.async_read_some(asio::buffer(ignored), awaited);
    if (code) break;
  }
  c->peer_gone = true;
  c->wake.cancel();
}

/// Returns the status.
Task<int> Server::Parts::stream(std::shared_ptr<Connection> c, const Request& request, const std::string& programme,
                                std::size_t& sent) {
  const auto now = [&] { return site.backend().seq(programme); };
  const bool full = metrics.streams >= static_cast<std::int64_t>(config.streams);
  if (full || !now()) {
    const Response refusal = full ? problem(busy(errors::too_many_streams, config.streams), request.id)
                                  : problem(errors::path_unknown, {request.target.substr(0, 120)}, request.id);
    co_await send(*c, request, refusal, false, sent);
    co_return refusal.status;
  }
  const Counted open(metrics.streams, 1);
  c->phase = Phase::stream;
  std::shared_ptr<void> subscription;
  if (site.backend().subscribe)
    subscription = site.backend().subscribe(programme, [pulse = pulse, weak = std::weak_ptr(c)](Seq) {
      pulse->touch([weak] {
        if (const auto alive = weak.lock()) alive->wake.cancel();
      });
    });
  asio::co_spawn(loop.get_executor(), watch_peer(c), [](const std::exception_ptr&) {});

  Response head;
  head.content_type = "text/event-stream";
  head.add("Cache-Control", "no-store");
  std::string bytes =
      head_of(head, {.secure = config.secure, .stream = true, .date = date(), .request_id = request.id}) +
      "retry: 2000\n\n";
  std::optional<Seq> told;
  Time::time_point heartbeat = Time::now() + config.heartbeat;
  while (!stopping && !c->peer_gone) {
    const std::optional<Seq> seq = now();
    if (seq && seq != told) {
      bytes += fmt::format("event: seq\nid: {0}\ndata: {{\"seq\":{0}}}\n\n", seq->value);
      told = seq;
    } else if (Time::now() >= heartbeat) {
      bytes += ": still here\n\n";
    }
    if (!bytes.empty()) {
      c->until(config.write);
      auto [code, n] = co_await asio::async_write(c->wire, asio::buffer(bytes), awaited);
      c->no_deadline();
      sent += n;
      if (code) break;
      bytes.clear();
      heartbeat = Time::now() + config.heartbeat;
      continue;
    }
    c->wake.expires_at(subscription ? heartbeat : std::min(heartbeat, Time::now() + config.poll));
    co_await c->wake.async_wait(awaited);
  }
  c->interrupt();
  co_return head.status;
}

// ------------------------------------------------------------------------------------------------- the end

void Server::Parts::begin_stop() {
  if (stopping) return;
  stopping = true;
  stop_deadline = Time::now() + config.stop;
  error_code ignored;
  signals.cancel(ignored);
  tick.cancel();
  for (const auto& acceptor : acceptors) acceptor->close(ignored);
  for (const auto& c : connections)
    if (c->phase != Phase::busy) c->interrupt();   // nothing of theirs is half done
}

Task<void> Server::Parts::sweep() {
  while (!stopping || !connections.empty()) {
    const Time::time_point now = Time::now();
    for (const auto& c : connections) {
      if (now < c->deadline) continue;
      c->expired = true;
      c->no_deadline();
      c->interrupt();
    }
    if (now >= stop_deadline) {
      loop.stop();
      co_return;
    }
    tick.expires_after(stopping ? sweep_every / 10 : sweep_every);
    co_await tick.async_wait(awaited);
  }
}

Server::Server(Backend backend, const std::vector<Asset>& assets, Config config, System system)
    : parts_(std::make_unique<Parts>(std::move(backend), assets, std::move(config), system)) {}
Server::~Server() = default;

Status Server::listen() { return parts_->listen(); }

void Server::run() {
  Parts& parts = *parts_;
  for (const auto& acceptor : parts.acceptors)
    asio::co_spawn(parts.loop.get_executor(), parts.accept(*acceptor), [](const std::exception_ptr&) {});
  asio::co_spawn(parts.loop.get_executor(), parts.sweep(), [](const std::exception_ptr&) {});
  parts.loop.run();
  parts.pool.join();   // a use case under way ends before what it reads does
}

void Server::stop() {
  asio::post(parts_->loop, [this] { parts_->begin_stop(); });
}

std::uint16_t Server::port() const { return parts_->listening.front().port(); }

std::vector<std::string> Server::addresses() const {
  std::vector<std::string> out;
  for (const tcp::endpoint& endpoint : parts_->listening)
    out.push_back((parts_->tls ? "https://" : "http://") + authority(endpoint) + "/");
  return out;
}

}   // namespace gangmu::http
