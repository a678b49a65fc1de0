// SPDX-License-Identifier: Apache-2.0
// What a Server is made of. server.cpp holds listening, who is let in and who gives way, change streams and the end;
// exchange.cpp one request and its answer. With connection.hpp and client.cpp they are the only files that see Boost.
// Everything here but Pulse and the work of the lanes runs on the loop's thread. Limits in time are one deadline a
// connection, looked at by a sweep ten times a second: no timer is armed per request.
#pragma once

#include <atomic>
#include <fmt/format.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <unordered_set>

#include "http/connection.hpp"
#include "http/errors.hpp"
#include "http/fair_queue.hpp"
#include "http/metrics.hpp"
#include "http/pulse.hpp"
#include "http/server.hpp"
#include "http/shares.hpp"

namespace gangmu::http {

using Acceptor = asio::basic_socket_acceptor<tcp, Loop>;
using Parser = beast::http::request_parser<beast::http::string_body>;

/// A few threads and what waits for them.
struct LaneThreads {
  LaneThreads(std::size_t threads, bool behind_others) : behind(behind_others), pool(threads) {}

  void push(const std::string& holder, FairQueue::Work work) {
    queue.push(holder, std::move(work));
    asio::post(pool, [this] { run_next(); });
  }
  void run_next();

  FairQueue queue;
  bool behind;   ///< these threads leave the processor to others
  asio::thread_pool pool;
};

/// Bytes of one request's body and of its whole answer.
struct Traffic {
  std::size_t received = 0, sent = 0;
};

struct Server::Parts {
  Parts(Backend backend, const std::vector<Asset>& assets, Config given, System system);
  ~Parts() { pulse->close(); }

  // ---- listening
  Result<std::vector<asio::ip::address>> wanted_addresses() const;
  Status open(const asio::ip::address& address);
  Status load_certificate();
  Status listen();

  // ---- who is let in, and who gives way
  Task<void> accept(Acceptor& acceptor);
  void let_in(Socket socket);
  void let_go(const std::shared_ptr<Connection>& c);
  std::optional<Error> crowded(const Connection& c);
  template <class Which>
  std::size_t give_way(const Shares& shares, std::string Connection::*holder, std::size_t most, const Which& which);
  bool fits(const Share& share, const Shares& shares, std::size_t n, Phase phase);
  Error no_room(Shares::Room room, const Shares& shares, const ErrorKind& all_used, const char* zh,
                const char* en) const;

  // ---- a connection
  Task<void> serve(std::shared_ptr<Connection> c);
  Task<bool> wait_for_request(Connection& c);
  Task<bool> one_request(const std::shared_ptr<Connection>& c);
  std::optional<Admission> admitted(const error_code& code, const Parser& parser, Connection& c, Request& request);
  Task<bool> read_body(Connection& c, Parser& parser, Request& request, Admission& admission, Share& share);
  Task<void> answer(const std::shared_ptr<Connection>& c, Request& request, Admission& admission);
  Task<void> answer_by_relay(const std::shared_ptr<Connection>& c, Request& request, Admission& admission);
  Task<bool> send(Connection& c, const Request& request, Response& response, bool keep_alive, std::size_t& sent);
  Task<bool> write(Connection& c, std::string_view head, std::string_view body, std::size_t& sent);
  Task<bool> refuse(Connection& c, const Request& request, Response& response, std::size_t& sent);
  Task<void> linger(Connection& c);

  // ---- a change stream
  std::shared_ptr<void> wake_on_commit(const std::shared_ptr<Connection>& c, const std::string& programme);
  Task<bool> shown(std::shared_ptr<Connection> c, std::string programme, Seq wanted, std::chrono::milliseconds most);
  Task<int> stream(std::shared_ptr<Connection> c, const Request& request, const Admission& admission,
                   std::size_t& sent);
  Task<void> watch_peer(std::shared_ptr<Connection> c);

  // ---- the end
  void heed_signals();
  void begin_stop();
  Task<void> sweep();
  void keep_up();

  void account(const Request& request, const Admission& admission, const Response& response, Time::time_point start,
               Traffic traffic);
  std::vector<StoreState> stores() const;
  std::string_view date();
  std::string next_id() { return fmt::format("{}-{:08x}", id_prefix, ++requests); }
  LaneThreads& lane(Lane which) { return lanes[static_cast<std::size_t>(which)]; }

  Config config;
  Site site;
  const Clock& clock;
  Metrics metrics;
  std::string id_prefix;
  std::uint64_t requests = 0;
  std::string date_text;
  std::int64_t date_second = -1;
  Shares crowd;                      ///< connections, by address; those that leave are counted no more
  Shares uploads, answers;           ///< bytes on their way, by holder
  Shares streams;                    ///< by holder
  std::array<Shares, 5> under_way;   ///< requests of each lane, by holder; requests given up at the end give back to it
  asio::io_context loop{1};
  std::array<LaneThreads, 5> lanes;   ///< as Lane names them
  std::optional<ssl::context> tls;    ///< of our own certificate, when there is one
  asio::basic_signal_set<Loop> signals;
  std::vector<std::unique_ptr<Acceptor>> acceptors;
  std::vector<tcp::endpoint> listening;   ///< fixed by listen(), read from any thread
  Timer tick{loop.get_executor()};
  std::unordered_set<std::shared_ptr<Connection>> connections;
  bool stopping = false;
  Time::time_point stop_deadline = Time::time_point::max(), next_upkeep = Time::time_point::max();
  std::atomic<bool> keeping_up{false};
  std::shared_ptr<Pulse> pulse;
};

}   // namespace gangmu::http
