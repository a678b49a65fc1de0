// SPDX-License-Identifier: Apache-2.0
// Listening, who is let in and who gives way, change streams, the end. See server_parts.hpp.
#include "http/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/write.hpp>

#include "base/digest.hpp"
#include "http/problem.hpp"
#include "http/server_parts.hpp"
#include "store/system.hpp"

namespace gangmu::http {
namespace {

constexpr std::chrono::milliseconds sweep_every{100};
constexpr std::chrono::minutes settled{1};     ///< after the start, upkeep may begin
constexpr std::size_t refused_at_once = 64;    ///< connections over the limit that still get an answer
constexpr std::size_t part_that_leaves = 32;   ///< so that looking for it is not paid at each connection of a crowd

std::string authority(const tcp::endpoint& endpoint) {
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), endpoint.address().to_string(),
                     endpoint.port());
}

/// A key of each connection's own (ECDHE), and ciphers that authenticate what they hide. TLS 1.3 has no others.
constexpr const char* tls_1_2_suites = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// As many as were wished for, or as the system has descriptors for beside those of the stores.
std::size_t most_connections(const Config& config) {
  const std::size_t granted = store::descriptor_limit(), kept = config.descriptors_kept + refused_at_once;
  return std::min(config.connections, granted > kept ? granted - kept : 1);
}

}   // namespace

Server::Parts::Parts(Backend backend, const std::vector<Asset>& assets, Config given, System system)
    : config(std::move(given)),
      site(std::move(backend), assets, config, system.clock),
      clock(system.clock),
      id_prefix(hex(system.secrets.bytes(4))),
      crowd(most_connections(config), std::min(config.connections_each, (most_connections(config) + 1) / 2)),
      uploads(config.uploading_bytes, config.uploading_bytes_each),
      answers(config.sending_bytes, config.sending_bytes_each),
      streams(config.streams, config.streams_each),
      under_way{{{config.in_flight, config.in_flight_each},
                 {config.dear, config.dear_each},
                 {config.in_flight, config.in_flight_each},
                 {config.in_flight, config.in_flight_each},
                 {config.in_flight, config.in_flight_each}}},
      lanes{{{config.store_threads, false},
             {config.dear_threads, true},
             {config.sign_in_threads, false},
             {config.provider_threads, false},
             {config.relay_threads, false}}},
      signals(loop),
      pulse(std::make_shared<Pulse>([this](Pulse::Work work) { asio::post(loop, std::move(work)); })) {
  metrics.connections_most = static_cast<std::int64_t>(crowd.most());
  site.metrics_from([this] {
    metrics.uploading_bytes = static_cast<std::int64_t>(uploads.all());
    metrics.sending_bytes = static_cast<std::int64_t>(answers.all());
    return metrics.text(stores());
  });
}

void LaneThreads::run_next() {
  thread_local bool told = false;
  if (behind && !std::exchange(told, true)) store::yield_to_others();
  queue.pop()();
}

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
  if (SSL_CTX_set_cipher_list(tls->native_handle(), tls_1_2_suites) != 1)
    return fail(errors::certificate_unusable, {config.certificate, config.certificate_key, tls_1_2_suites});
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

// ------------------------------------------------------------------------------------------------- who is let in

Task<void> Server::Parts::accept(Acceptor& acceptor) {
  Timer pause(loop.get_executor());
  while (!stopping) {
    auto [code, socket] = co_await acceptor.async_accept(awaited);
    if (stopping || code == asio::error::operation_aborted) co_return;
    if (code) {   // out of file descriptors: some must come back
      give_way(crowd, &Connection::nearby, crowd.most() / part_that_leaves + 1, [](const Connection&) { return true; });
      pause.expires_after(sweep_every);
      co_await pause.async_wait(awaited);
      continue;
    }
    if (crowd.all() < crowd.most() + refused_at_once) let_in(std::move(socket));   // else closes it
  }
}

void Server::Parts::let_in(Socket socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::send_buffer_size(static_cast<int>(config.send_buffer_bytes)), ignored);
  auto c = std::make_shared<Connection>(loop.get_executor(), std::move(socket), tls ? &*tls : nullptr);
  if (const auto peer = c->wire.socket().remote_endpoint(ignored); !ignored) c->peer = peer.address().to_string();
  c->nearby = neighbourhood(c->peer);
  c->refused = crowded(*c);
  crowd.take(c->nearby, 1);
  connections.insert(c);
  ++metrics.accepted;
  asio::co_spawn(loop.get_executor(), serve(c), [this, c](const std::exception_ptr&) { let_go(c); });
}

void Server::Parts::let_go(const std::shared_ptr<Connection>& c) {
  if (!c->leaving) crowd.give_back(c->nearby, 1);
  connections.erase(c);
}

/// Where there is no room, others leave: of the same address when that has its share, else of whichever has most.
/// Refuses when all of those are busy.
std::optional<Error> Server::Parts::crowded(const Connection& c) {
  Shares::Room room = crowd.room(c.nearby, 1);
  if (room == Shares::Room::own_used && site.is_proxy(c.peer))
    room = crowd.all() < crowd.most() ? Shares::Room::enough : Shares::Room::all_used;
  if (room == Shares::Room::enough) return {};
  const bool own = room == Shares::Room::own_used;
  const std::size_t most = (own ? crowd.most_each() : crowd.most()) / part_that_leaves + 1;
  const auto asked = [&](const Connection& other) { return !own || other.nearby == c.nearby; };
  if (give_way(crowd, &Connection::nearby, most, asked) > 0) return {};
  return no_room(room, crowd, errors::too_many_connections, "连接", "connections");
}

/// Ends up to `most` connections that wait for their peer: first those of whoever holds most of `shares`, of these
/// first who never asked anything, of these first who has been silent longest. Returns how many.
template <class Which>
std::size_t Server::Parts::give_way(const Shares& shares, std::string Connection::*holder, std::size_t most,
                                    const Which& which) {
  struct Candidate {
    std::size_t held;
    bool served;
    Time::time_point last_sign;
    Connection* connection;
  };
  std::vector<Candidate> all;
  const Time::time_point now = Time::now();
  for (const auto& c : connections)
    if (c->may_give_way(now, config.patience) && which(*c))
      all.push_back({shares.of((*c).*holder), c->served, c->last_sign, c.get()});
  const std::size_t n = std::min(most, all.size());
  std::ranges::nth_element(all, all.begin() + static_cast<std::ptrdiff_t>(n), [](const auto& a, const auto& b) {
    return std::tuple(b.held, a.served, a.last_sign) < std::tuple(a.held, b.served, b.last_sign);
  });
  for (const Candidate& one : std::span(all).first(n)) {
    one.connection->leaving = true;
    crowd.give_back(one.connection->nearby, 1);
    one.connection->interrupt();
  }
  metrics.given_way += n;
  return n;
}

/// So many more bytes of bodies or answers; where there is no room, one that has long been silent gives way: of the
/// same holder when that has its share.
bool Server::Parts::fits(const Share& share, const Shares& shares, std::size_t n, Phase phase) {
  const Shares::Room room = share.room(n);
  if (room == Shares::Room::enough) return true;
  return give_way(shares, &Connection::holder, 1, [&](const Connection& other) {
           const bool asked = room == Shares::Room::all_used || other.holder == share.holder();
           return asked && other.phase == phase && shares.of(other.holder) > 0;
         }) > 0;
}

Error Server::Parts::no_room(Shares::Room room, const Shares& shares, const ErrorKind& all_used, const char* zh,
                             const char* en) const {
  if (room == Shares::Room::all_used) return Error(Diagnostic{&all_used, {std::to_string(shares.most())}, {}});
  return Error(Diagnostic{&errors::share_used, {"1", zh, en, std::to_string(shares.most_each())}, {}});
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

/// The handle is null where the platform offers none.
std::shared_ptr<void> Server::Parts::wake_on_commit(const std::shared_ptr<Connection>& c,
                                                    const std::string& programme) {
  if (!site.backend().subscribe) return nullptr;
  return site.backend().subscribe(programme, [pulse = pulse, weak = std::weak_ptr(c)](Seq) {
    pulse->touch([weak] {
      if (const auto alive = weak.lock()) alive->wake.cancel();
    });
  });
}

/// Waits until readers here see the entry; holds nothing but the connection.
Task<bool> Server::Parts::shown(std::shared_ptr<Connection> c, std::string programme, Seq wanted,
                                std::chrono::milliseconds most) {
  const Time::time_point end = Time::now() + most;
  const auto subscription = wake_on_commit(c, programme);
  if (site.backend().look) site.backend().look(programme);
  const auto there = [&] { return site.backend().seq(programme).value_or(wanted) >= wanted; };
  while (!there() && !stopping && Time::now() < end) {
    c->wake.expires_at(std::min(end, Time::now() + config.poll));
    co_await c->wake.async_wait(awaited);
  }
  co_return there();
}

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

/// Ends with its peer, or with the right to read: an account disabled, a session ended or idle too long, a grant that
/// lapsed. Returns the status.
Task<int> Server::Parts::stream(std::shared_ptr<Connection> c, const Request& request, const Admission& admission,
                                std::size_t& sent) {
  const std::string& programme = admission.call.programme;
  const auto may_read = [&] { return !site.backend().still || site.backend().still(*admission.route, admission.call); };
  const auto now = [&] { return site.backend().seq(programme); };
  Share place(streams, c->holder);
  const Shares::Room room = place.room(1);
  if (room != Shares::Room::enough || !now()) {
    Response refusal =
        now() ? problem(no_room(room, streams, errors::too_many_streams, "变更订阅", "change streams"), request.id)
              : problem(errors::path_unknown, {request.target.substr(0, 120)}, request.id);
    co_await send(*c, request, refusal, false, sent);
    co_return refusal.status;
  }
  place.take(1);
  const Counted open(metrics.streams, 1);
  c->phase = Phase::stream;
  const auto subscription = wake_on_commit(c, programme);
  asio::co_spawn(loop.get_executor(), watch_peer(c), [](const std::exception_ptr&) {});

  Response head;
  head.content_type = "text/event-stream";
  head.add("Cache-Control", "no-store");
  std::string bytes =
      head_of(head, {.secure = config.secure, .stream = true, .date = date(), .request_id = request.id}) +
      "retry: 2000\n\n";
  std::optional<Seq> told;
  Time::time_point heartbeat = Time::now() + config.heartbeat;
  while (!stopping && !c->peer_gone && may_read()) {
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
    if (c->phase == Phase::idle || c->phase == Phase::head || c->phase == Phase::stream)
      c->interrupt();   // nothing of theirs is half done
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
    if (!stopping && now >= next_upkeep) keep_up();
    if (now >= stop_deadline) {
      loop.stop();
      co_return;
    }
    tick.expires_after(stopping ? sweep_every / 10 : sweep_every);
    co_await tick.async_wait(awaited);
  }
}

/// What time asks for, behind all that readers wait for; one at a time.
void Server::Parts::keep_up() {
  next_upkeep = Time::now() + config.upkeep;
  if (!site.backend().upkeep || keeping_up.exchange(true)) return;
  const std::shared_ptr<void> again(nullptr, [this](void*) { keeping_up = false; });   // also where the job is dropped
  lane(Lane::dear).push({}, [this, again] { site.backend().upkeep(); });
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
  parts.next_upkeep = Time::now() + std::min<Time::duration>(settled, parts.config.upkeep);
  parts.loop.run();
  for (LaneThreads& lane : parts.lanes) {
    lane.pool.stop();   // nobody is there any more for what still waits
    lane.pool.join();   // a use case under way ends before what it reads does
  }
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
