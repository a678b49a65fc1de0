// SPDX-License-Identifier: Apache-2.0
// One request on its connection: read, admitted, answered on the threads of its lane, written. See server_parts.hpp.
#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "base/text.hpp"
#include "http/access_log.hpp"
#include "http/gate.hpp"
#include "http/problem.hpp"
#include "http/relay.hpp"
#include "http/server_parts.hpp"

namespace gangmu::http {
namespace {

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

/// Runs work on the threads of a lane when its holder's turn comes, and comes back to the loop with the result.
template <class Work>
auto on(LaneThreads& lane, const std::string& holder, Work work) {
  using Out = decltype(work());
  return asio::async_initiate<const asio::use_awaitable_t<Loop>&, void(Out)>(
      [&lane, &holder, work = std::move(work)](auto handler) mutable {
        auto loop = asio::get_associated_executor(handler);
        struct Job {
          Work work;
          decltype(handler) done;
          decltype(asio::prefer(loop, asio::execution::outstanding_work.tracked)) outstanding;
        };
        auto job = std::make_shared<Job>(
            Job{std::move(work), std::move(handler), asio::prefer(loop, asio::execution::outstanding_work.tracked)});
        lane.push(holder, [job] {
          auto out = job->work();
          const auto outstanding = job->outstanding;   // the job may be gone before post() returns
          asio::post(outstanding, [job, out = std::move(out)]() mutable {
            auto done = std::move(job->done);
            job.reset();
            std::move(done)(std::move(out));
          });
        });
      },
      asio::use_awaitable_t<Loop>());
}

/// What is left of a limit in time that grows with what has come so far, a stall at most.
std::chrono::milliseconds patience_left(const Config& config, std::chrono::milliseconds limit, Time::time_point start,
                                        std::size_t bytes) {
  const auto bought = std::chrono::seconds(bytes / config.pace_bytes);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(start + limit + bought - Time::now());
  return std::min(config.stall, std::max(left, std::chrono::milliseconds(0)));
}

}   // namespace

Task<void> Server::Parts::serve(std::shared_ptr<Connection> c) {
  const Counted open(metrics.connections, 1);
  c->until(config.header_read);
  bool again = co_await c->wire.begin();
  while (again) {
    again = co_await wait_for_request(*c);
    if (again) again = co_await one_request(c);
    c->served = true;
  }
  if (c->leaving) {   // at once: its descriptor is wanted
    error_code ignored;
    c->wire.socket().close(ignored);
    co_return;
  }
  c->until(config.linger);
  co_await c->wire.end();
}

/// Until the first byte of a request is here (a pipelined one may be already).
Task<bool> Server::Parts::wait_for_request(Connection& c) {
  if (c.leaving) co_return false;
  if (c.buffer.size() > 0) co_return true;
  if (stopping) co_return false;
  c.phase = Phase::idle;
  c.heard();
  c.until(c.refused ? config.linger : config.idle);
  auto [code, n] = co_await c.wire.async_read_some(c.buffer.prepare(4096), awaited);
  if (code) co_return false;
  c.buffer.commit(n);
  co_return true;
}

/// Lets in or refuses what stands in the head; nothing when the peer has gone.
std::optional<Admission> Server::Parts::admitted(const error_code& code, const Parser& parser, Connection& c,
                                                 Request& request) {
  Admission out;
  if (code) {
    const auto fault = read_fault(code, c.expired, config.header_read, config, 0);
    if (!fault || c.leaving) return {};
    request.id = next_id();
    request.method = Method::other;
    out.response = problem(*fault, request.id);
    return out;
  }
  request = request_of(parser);
  request.peer = c.peer;
  request.id = next_id();
  if (const Status framed = check_framing(request, parser.get().version() >= 11); !framed) {
    out.response = problem(framed.error(), request.id);
    out.ends = true;
    return out;
  }
  out = site.admit(request);
  c.holder = out.call.peer.empty() ? c.nearby : out.holder();
  if (c.refused) out.response = problem(*c.refused, request.id);
  return out;
}

/// Answers one request; true when the connection can take another.
Task<bool> Server::Parts::one_request(const std::shared_ptr<Connection>& c) {
  c->phase = Phase::head;
  c->holder = c->nearby;
  c->until(config.header_read);
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(config.header_bytes));
  parser.body_limit(boost::none);   // the route's own is set once it is known
  auto [code, n] = co_await beast::http::async_read_header(c->wire, c->buffer, parser, awaited);
  const Time::time_point start = Time::now();
  c->phase = Phase::work;
  Traffic traffic;
  Request request;
  auto found = admitted(code, parser, *c, request);
  if (!found) co_return false;
  Admission& admission = *found;
  Share body(uploads, c->holder);   // until the answer is made
  if (!admission.response && !parser.is_done()) {
    const bool read = co_await read_body(*c, parser, request, admission, body);
    if (!read && !admission.response) co_return false;
  }
  if (!admission.response && admission.where == Where::stream) {
    const int status = co_await stream(c, request, admission, traffic.sent);
    account(request, admission, {.status = status}, start, traffic);
    co_return false;
  }
  traffic.received = request.body.size();
  if (!admission.response) co_await answer(c, request, admission);
  const bool whole = parser.is_done() && !admission.ends;
  const bool keep = whole && parser.keep_alive() && !stopping && !c->refused;
  bool good = false;
  if (whole)
    good = co_await send(*c, request, *admission.response, keep, traffic.sent);
  else
    co_await refuse(*c, request, *admission.response, traffic.sent);
  account(request, admission, *admission.response, start, traffic);
  co_return good&& keep;
}

/// False when the body can't be had; the admission then holds the refusal, or nothing when the peer has gone. Room is
/// taken for what has come, not for what was announced.
Task<bool> Server::Parts::read_body(Connection& c, Parser& parser, Request& request, Admission& admission,
                                    Share& share) {
  c.phase = Phase::body;
  const Time::time_point start = Time::now();
  c.heard(start);
  c.until(config.body_read);
  if (text::lower_ascii(request.header_or_empty("expect")) == "100-continue") {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [code, n] = co_await asio::async_write(c.wire, asio::buffer(go_on), awaited);
    if (code) co_return false;
  }
  parser.body_limit(admission.body_bytes);
  std::size_t counted = 0;
  while (!parser.is_done()) {
    c.until(patience_left(config, config.body_read, start, counted));
    auto [code, n] = co_await beast::http::async_read_some(c.wire, c.buffer, parser, awaited);
    c.heard();
    if (code) {
      const auto fault = read_fault(code, c.expired, config.body_read, config, admission.body_bytes);
      if (fault && !c.leaving) admission.response = problem(*fault, request.id);
      co_return false;
    }
    const std::size_t more = parser.get().body().size() - counted;
    if (counted + more <= config.small_bytes) continue;
    if (!fits(share, uploads, more, Phase::body)) {
      admission.response = problem(
          no_room(share.room(more), uploads, errors::too_many_bytes, "正在上传的内容（字节）", "bytes being uploaded"),
          request.id);
      co_return false;
    }
    share.take(more);
    counted += more;
  }
  request.body = std::move(parser.get().body());
  co_return true;
}

/// Sets admission.response.
Task<void> Server::Parts::answer(const std::shared_ptr<Connection>& c, Request& request, Admission& admission) {
  c->phase = Phase::work;
  c->no_deadline();
  if (admission.at_least) co_await shown(c, admission.call.programme, admission.at_least, config.min_seq);
  admission.response = site.kept(request, admission);
  if (!admission.response && admission.where == Where::loop) admission.response = site.answer(request, admission);
  if (admission.response) co_return;
  Shares& shares = under_way[static_cast<std::size_t>(admission.lane)];
  Share place(shares, c->holder);
  if (const auto room = place.room(1); room != Shares::Room::enough) {
    admission.response =
        problem(no_room(room, shares, errors::too_busy, "正在处理的请求", "requests under way"), request.id);
    co_return;
  }
  place.take(1);
  const Counted flying(metrics.in_flight, 1);
  if (site.relayed(admission)) {
    co_await answer_by_relay(c, request, admission);
  } else {
    const auto made = [&site = site, r = &request, a = &admission] { return site.answer(*r, *a); };
    admission.response = co_await on(lane(admission.lane), c->holder, made);
  }
}

/// A write that another server may have to do.
Task<void> Server::Parts::answer_by_relay(const std::shared_ptr<Connection>& c, Request& request,
                                          Admission& admission) {
  admission.call.body = std::move(request.body);
  Relay relay(site.backend(), config, request, admission.call);
  const auto here = [&site = site, r = &request, a = &admission] { return site.answer(*r, *a); };
  const auto ask = [&relay] { return relay.ask(); };
  for (Relay::Step step = relay.next(); step != Relay::Step::done; step = relay.next()) {
    if (step == Relay::Step::here) {
      relay.answered(co_await on(lane(admission.lane), c->holder, here));
    } else if (step == Relay::Step::ask) {
      relay.answered(co_await on(lane(Lane::relay), c->holder, ask));
    } else if (step == Relay::Step::wait) {
      const bool in_time = co_await shown(c, admission.call.programme, relay.awaited(), relay.left());
      relay.shown(in_time);
    } else {
      c->wake.expires_after(config.relay_pause);
      co_await c->wake.async_wait(awaited);
    }
  }
  admission.response = relay.take();
}

/// What other answers have too, or what is small, takes no room of its own; where there is none, a refusal goes out
/// instead.
Task<bool> Server::Parts::send(Connection& c, const Request& request, Response& response, bool keep_alive,
                               std::size_t& sent) {
  Share share(answers, c.holder);
  const std::size_t own = response.shared ? 0 : response.body.size();
  if (own > config.small_bytes && fits(share, answers, own, Phase::send))
    share.take(own);
  else if (own > config.small_bytes)
    response = problem(no_room(share.room(own), answers, errors::too_much_unread, "未读取的答复（字节）",
                               "bytes of answers not read yet"),
                       request.id);
  const std::string head =
      head_of(response, {.keep_alive = keep_alive, .secure = config.secure, .date = date(), .request_id = request.id});
  const bool with_body = request.method != Method::head && response.has_content();
  c.phase = Phase::send;
  co_return co_await write(c, head, with_body ? response.bytes() : std::string_view(), sent);
}

/// Piece by piece, as the peer takes it.
Task<bool> Server::Parts::write(Connection& c, std::string_view head, std::string_view body, std::size_t& sent) {
  const Time::time_point start = Time::now();
  c.heard(start);
  while (!head.empty() || !body.empty()) {
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(body)};
    c.until(patience_left(config, config.write, start, sent));
    auto [code, n] = co_await c.wire.async_write_some(parts, awaited);
    if (code) co_return false;
    c.heard();
    sent += n;
    const std::size_t of_head = std::min(n, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(n - of_head);
  }
  co_return true;
}

/// Answers before the request was read whole, then reads on for a moment: closing with unread bytes would reset the
/// connection and the peer might never see the answer.
Task<bool> Server::Parts::refuse(Connection& c, const Request& request, Response& response, std::size_t& sent) {
  const bool good = co_await send(c, request, response, false, sent);
  if (good) co_await linger(c);
  co_return false;
}

Task<void> Server::Parts::linger(Connection& c) {
  error_code ignored;
  c.wire.socket().shutdown(tcp::socket::shutdown_send, ignored);
  c.phase = Phase::send;
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

}   // namespace gangmu::http
