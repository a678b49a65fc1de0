// SPDX-License-Identifier: Apache-2.0
#include "http/relay.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/client.hpp"
#include "http/errors.hpp"
#include "http/problem.hpp"
#include "store/errors.hpp"
#include "store/system.hpp"

namespace gangmu::http {
namespace {

/// Marks a request that was sent on once; it is not sent on again.
constexpr std::string_view relayed_header = "gangmu-relayed";
constexpr std::string_view sent_on[] = {"content-type", "idempotency-key", "if-match", "cookie", "gangmu-on-behalf-of"};
constexpr std::string_view given_back[] = {"cache-control", "content-disposition", "retry-after", "set-cookie"};

/// The server that was asked does not write, or not any more: another will.
bool moved(const Response& answer) {
  if (answer.status != 503) return false;
  for (const ErrorKind* kind : {&store::errors::writer_elsewhere, &store::errors::writer_stopped,
                                &store::errors::store_read_only, &store::errors::outcome_unknown, &errors::no_writer})
    if (answer.code == kind->code()) return true;
  return false;
}

/// "http://host:port" from "host:port"; one over TLS is told whole.
std::string origin_of(const std::string& writer) {
  return writer.starts_with("https://") ? writer : "http://" + writer;
}

/// A writer that can't be reached or breaks off may be on its way out. Errors: connect_failed, answer_failed.
Result<Response> ask(const std::string& writer, std::chrono::milliseconds patience, const std::string& ca,
                     const Request& request, const app::Call& call) {
  // That the page was this system's own was seen here; a header of our own says so there, which no other site's page
  // can send.
  Client::Headers headers{{std::string(relayed_header), "1"}, {"origin", origin_of(writer)}};
  // Nor is a caller from elsewhere to be taken there for one at the machine.
  if (!call.at_machine) headers["x-forwarded-for"] = call.peer;
  for (const std::string_view name : sent_on)
    if (const auto value = request.header(name)) headers[std::string(name)] = *value;
  Client client(origin_of(writer), {.patience = patience, .ca = ca});
  Result<Answer> answer = client.send(method_name(request.method), request.target, call.body, headers);
  if (!answer) return fail(answer.error());
  Response out;
  out.status = answer->status;
  out.body = std::move(answer->body);
  if (out.status >= 400)
    if (const auto refusal = Json::parse(out.body)) out.code = (*refusal)["code"].string_or("");
  for (auto& [name, value] : answer->headers) {
    if (name == "content-type")
      out.content_type = value;
    else if (name == text::lower_ascii(seq_header))
      out.add(std::string(seq_header), value);
    else if (std::find(std::begin(given_back), std::end(given_back), name) != std::end(given_back))
      for (const std::string& one : text::split(value, '\n')) out.add(name, one);
  }
  return out;
}

Seq seq_of(const Response& answer) {
  Seq out;
  for (const auto& [name, value] : answer.headers)
    if (name == seq_header) std::from_chars(value.data(), value.data() + value.size(), out.value);
  return out;
}

/// Why the writer could not be asked, as the one who wants to write is told it: nothing is lost, it can be repeated.
Error as_told(const Error& fault) {
  if (fault.is(errors::no_writer)) return fault;
  return Error(Diagnostic{&errors::writer_unreachable, fault.first().arguments, {}});
}

}   // namespace

Relay::Relay(const Backend& backend, const Config& config, const Request& request, const app::Call& call)
    : backend_(backend),
      config_(config),
      request_(request),
      call_(call),
      relayed_(request.count(relayed_header) > 0),
      deadline_(store::monotonic_milliseconds() + config.relay.count()) {}

std::chrono::milliseconds Relay::left() const {
  return std::chrono::milliseconds(deadline_ - store::monotonic_milliseconds());
}

Relay::Step Relay::next() {
  if (awaited_) return Step::wait;
  if (answer_) return Step::done;
  if (std::exchange(tried_, false)) return Step::pause;
  seat_ = backend_.seat(call_.programme).value_or(Seat{.writes = true});
  if (seat_.writes) return Step::here;
  if (!relayed_ && !seat_.writer.empty()) return Step::ask;
  answered(fail(errors::no_writer));
  return next();
}

Result<Response> Relay::ask() const {
  return http::ask(seat_.writer, std::max(left(), std::chrono::milliseconds(1)), config_.servers_ca, request_, call_);
}

void Relay::answered(Result<Response> answer) {
  if (answer || seat_.writer.empty())
    why_.reset();
  else if (!why_)
    why_ = answer.error();
  if (answer && !moved(*answer)) {
    if (!seat_.writes) awaited_ = seq_of(*answer);
    answer_ = *std::move(answer);
  } else if (relayed_ || left().count() <= 0) {
    answer_ = answer ? *std::move(answer) : problem(as_told(why_.value_or(answer.error())), request_.id);
  } else {
    tried_ = true;
  }
}

void Relay::shown(bool in_time) {
  if (!in_time) answer_ = problem(errors::not_shown, {std::to_string(awaited_.value)}, request_.id);
  awaited_ = {};
}

}   // namespace gangmu::http
