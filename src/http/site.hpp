// SPDX-License-Identifier: Apache-2.0
// From a request to an answer, without sockets. `admit` looks at the head only and is quick: it runs on the event loop
// before any body is read. `answer` runs the use case and shapes its reply; for Where::store it is called on a store
// thread. A read that carries an ETag is kept: the same person asking the same address again is answered from `kept`,
// on the loop, until the seq or the day moves on. That is what the tag promises anyway, and rights change only by an
// entry or with the day.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/recall.hpp"
#include "base/date.hpp"
#include "http/assets.hpp"
#include "http/config.hpp"
#include "http/network.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"
#include "http/target.hpp"

namespace gangmu::http {

/// A server's place among those of one store.
struct Seat {
  bool writes = false;
  std::string
      writer{};   ///< "host:port" or "https://host:port" of the one that writes, when it is another and takes writes
};

/// What this floor needs of the platform; backend.hpp makes one from app::Service, tests make their own. It outlives
/// the site.
struct Backend {
  std::span<const Route> routes;
  std::function<Result<app::Reply>(const Route&, app::Call&)> run;   ///< on any thread
  std::function<std::vector<std::string>()> programmes;
  std::function<std::optional<Seq>(const std::string& programme)> seq;   ///< nothing for an unknown programme
  std::function<bool(const std::string& programme)> writable{};          ///< for /metrics; absent: always
  /// Calls back, from any thread, after each commit until the handle goes. Null handle or absent function: the server
  /// polls.
  std::function<std::shared_ptr<void>(const std::string& programme, std::function<void(Seq)>)> subscribe{};
  /// Who calls, and that they hold the route's right somewhere; from memory, on the loop. Absent: nobody is asked.
  std::function<Status(const Route&, app::Call&)> identify{};
  /// Whether a reader let in before may go on reading, without being heard of by it: a stream that is open asks
  /// nothing. On the loop, after each commit. Absent: always.
  std::function<bool(const Route&, const app::Call&)> still{};
  /// Of a programme that several servers may serve; nothing, or an absent function, where this one always writes.
  std::function<std::optional<Seat>(const std::string& programme)> seat{};
  /// A server that follows looks for new entries at once, instead of in a moment. Absent: there is none to hurry.
  std::function<void(const std::string& programme)> look{};
  /// What is to be done every day; on any thread, and may take long.
  std::function<void()> upkeep{};
};

enum class Where { loop, store, stream };

/// A request let in, or the answer that refuses it (or gives it at once, as for a file of the front end).
struct Admission {
  std::optional<Response> response;
  const Route* route = nullptr;   ///< null for assets and unknown addresses
  app::Call call;
  Where where = Where::loop;
  std::size_t body_bytes = 0;   ///< limit of the body
  Lane lane = Lane::quick;
  Seq at_least;        ///< entry that a read waits for
  bool ends = false;   ///< the connection can't be used any more

  /// Whose share it takes: the account's, or the address's.
  [[nodiscard]] std::string holder() const;

  [[nodiscard]] std::string_view operation() const;
  [[nodiscard]] std::string_view path() const;
};

class Site {
 public:
  Site(Backend backend, const std::vector<Asset>& assets, const Config& config, const Clock& clock);

  [[nodiscard]] Admission admit(const Request& request) const;
  /// Precondition: admitted without a response, route not a stream; request.body, where it still is there, moves to the
  /// call.
  [[nodiscard]] Response answer(Request& request, Admission& admission) const;
  /// The answer when it was made before and still holds. Quick: for the loop.
  [[nodiscard]] std::optional<Response> kept(const Request& request, const Admission& admission) const;
  /// One whose write may be another server's to do.
  [[nodiscard]] bool relayed(const Admission& admission) const;
  /// An address that speaks for many.
  [[nodiscard]] bool is_proxy(const std::string& peer) const { return trusted_proxies_.contain(peer); }
  [[nodiscard]] const Backend& backend() const { return backend_; }
  /// Answers the operation "metrics"; set once, before the first request.
  void metrics_from(std::function<std::string()> text) { metrics_ = std::move(text); }

 private:
  [[nodiscard]] Status check_head(const Request& request) const;
  [[nodiscard]] Status check_seq(Admission& admission) const;
  [[nodiscard]] Status check_write(const Request& request, const Route& route, app::Call& call) const;
  [[nodiscard]] Result<Admission> admit_or_fail(const Request& request) const;
  [[nodiscard]] Result<Admission> admit_route(const Request& request, const Target& target) const;
  [[nodiscard]] Status check_caller(const Request& request, const Route& route, app::Call& call) const;
  [[nodiscard]] Result<app::Reply> run(const Route& route, app::Call& call) const;
  [[nodiscard]] Response shaped(const Request& request, const Admission& admission, app::Reply reply, Date today) const;
  [[nodiscard]] Response whole_answer(const Request& request, Admission& admission) const;

  Backend backend_;
  Assets assets_;
  const Config& config_;
  const Clock& clock_;
  Networks trusted_proxies_, admin_networks_;
  Router router_;
  std::string openapi_;
  std::function<std::string()> metrics_;
  mutable app::Recall kept_;
};

}   // namespace gangmu::http
