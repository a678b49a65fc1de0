// SPDX-License-Identifier: Apache-2.0
#include "http/relay.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/client.hpp"
#include "http/errors.hpp"
#include "http/fetch.hpp"
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

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  bool tls = false;
};

Endpoint endpoint_of(std::string_view text) {
  constexpr std::string_view over_tls = "https://";
  Endpoint out;
  out.tls = text.starts_with(over_tls);
  if (out.tls) text.remove_prefix(over_tls.size());
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return out;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), out.port);
  out.host = host;
  return out;
}

/// "http://host:port"
std::string origin_of(const Endpoint& writer) {
  return (writer.tls ? "https://" : "http://") +
         (writer.host.find(':') == std::string::npos ? writer.host : "[" + writer.host + "]") + ":" +
         std::to_string(writer.port);
}

/// A writer that can't be reached or breaks off may be on its way out. Errors: connect_failed, answer_failed.
Result<Response> ask(const Endpoint& writer, std::chrono::milliseconds patience, const std::string& ca,
                     const Request& request, const app::Call& call) {
  // That the page was this system's own was seen here; a header of our own says so there, which no other site's page
  // can send.
  Client::Headers headers{{std::string(relayed_header), "1"}, {"origin", origin_of(writer)}};
  // Nor is a caller from elsewhere to be taken there for one at the machine.
  if (!call.at_machine) headers["x-forwarded-for"] = call.peer;
  for (const std::string_view name : sent_on)
    if (const auto value = request.header(name)) headers[std::string(name)] = *value;
  const std::string_view method = method_name(request.method);
  Result<Answer> answer =
      writer.tls ? exchange(method, origin_of(writer) + request.target, call.body, headers, patience, ca)
                 : Client(writer.host, writer.port, patience).send(method, request.target, call.body, headers);
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

Response relay(const Backend& backend, const Config& config, const Request& request, const app::Call& call,
               const std::function<Response()>& here) {
  const long long deadline = store::monotonic_milliseconds() + config.relay.count();
  const bool relayed = request.count(relayed_header) > 0;
  std::optional<Error> why;   // the first fault since a writer was heard of: the last try has too little time left to
                              // meet more than its end
  while (true) {
    const Seat seat = backend.seat(call.programme).value_or(Seat{.writes = true});
    const long long left = deadline - store::monotonic_milliseconds();
    Result<Response> answer = fail(errors::no_writer);
    if (seat.writes)
      answer = here();
    else if (!relayed && !seat.writer.empty())
      answer = ask(endpoint_of(seat.writer), std::chrono::milliseconds(std::max(left, 1LL)), config.servers_ca, request,
                   call);
    if (answer || seat.writer.empty())
      why.reset();
    else if (!why)
      why = answer.error();
    if (answer && !moved(*answer)) {
      const Seq seq = seq_of(*answer);
      if (!seq || seat.writes) return *std::move(answer);
      while (!backend.wait_for(call.programme, seq))
        if (store::monotonic_milliseconds() >= deadline)
          return problem(errors::not_shown, {std::to_string(seq.value)}, request.id);
      return *std::move(answer);
    }
    if (relayed || left <= 0)
      return answer ? *std::move(answer) : problem(as_told(why.value_or(answer.error())), request.id);
    std::this_thread::sleep_for(config.relay_pause);
  }
}

}   // namespace gangmu::http
