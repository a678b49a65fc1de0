// SPDX-License-Identifier: Apache-2.0
#include "http/site.hpp"

#include <algorithm>
#include <iterator>
#include <fmt/format.h>

#include <charconv>

#include "base/text.hpp"
#include "http/cookie.hpp"
#include "http/errors.hpp"
#include "http/gate.hpp"
#include "http/openapi.hpp"
#include "http/parameters.hpp"
#include "http/problem.hpp"
#include "http/relay.hpp"
#include "http/representation.hpp"

namespace gangmu::http {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::size_t kept_overhead = 1024;   // head and bookkeeping of a kept answer
constexpr std::string_view file_type = "application/octet-stream";

bool belongs_to_api(const Target& target) {
  return target.segments.front() == "api" || target.segments.front() == "metrics";
}

std::string media_type(std::string_view field) {
  return text::lower_ascii(text::trim(field.substr(0, field.find(';'))));
}

/// Path parameters in template order: {p} is the programme, the next two are id and sub_id.
void fill_path(const Match& match, app::Call& call) {
  const bool programme_first = match.route->path.find("{p}") != std::string_view::npos;
  std::string* const places[] = {&call.programme, &call.id, &call.sub_id};
  for (std::size_t i = 0; i < match.parameters.size(); ++i)
    *places[i + (programme_first ? 0 : 1)] = match.parameters[i];
}

Status check_body(const Request& request, const Route& route) {
  if (request.count("content-encoding") > 0)
    return fail(errors::body_encoding, {std::string(request.header_or_empty("content-encoding").substr(0, 40))});
  std::size_t length = 0;
  const std::string_view declared = request.header_or_empty("content-length");
  const auto [end, error] = std::from_chars(declared.data(), declared.data() + declared.size(), length);
  if (error == std::errc::result_out_of_range || length > route.body_bytes)
    return fail(errors::body_too_large, {std::to_string(route.body_bytes)});
  if (route.body == BodyKind::none) return {};
  const std::string_view wanted = route.body == BodyKind::json ? json_type : file_type;
  const std::string type = media_type(request.header_or_empty("content-type"));
  if (type != wanted) return fail(errors::body_type, {std::string(wanted), type.substr(0, 80)});
  return {};
}

Response no_content(const std::string& allowed) {
  Response out;
  out.status = 204;
  out.add("Allow", allowed);
  return out;
}

bool takes_gzip(const Request& request) { return accepts(request.header_or_empty("accept-encoding"), "gzip"); }

/// All that an answer with an ETag depends on.
std::string answer_key(const Request& request, const Admission& admission, Seq seq, Date today) {
  const app::Actor& actor = admission.call.actor;
  return fmt::format("{} {} {} {} {} {}", seq.value, today.days, takes_gzip(request), request.target, actor.id,
                     actor.session);
}

/// 304 with the same fields when the client says it has this very answer.
Response unless_known(const Request& request, Response whole) {
  const std::string_view tag = whole.header("ETag");
  if (tag.empty() || !names_tag(request.header_or_empty("if-none-match"), tag)) return whole;
  Response out;
  out.status = 304;
  for (const std::string_view name : {"Cache-Control", "ETag", "Vary"})
    out.add(std::string(name), std::string(whole.header(name)));
  return out;
}

Where where_of(const Route& route) {
  if (route.kind == RouteKind::stream) return Where::stream;
  return route.kind == RouteKind::own ? Where::loop : Where::store;
}

/// Figures of the past are read from the journal or made of places of then, a workbook holds all there is.
Lane lane_of(const Route& route, const app::Call& call) {
  const bool all_of_it = call.as_xlsx || !call.query_or("as_known", "").empty() || !call.query_or("frame", "").empty();
  return route.lane == Lane::quick && all_of_it ? Lane::dear : route.lane;
}

}   // namespace

std::string Admission::holder() const {
  return call.actor.account.empty() ? neighbourhood(call.peer) : call.actor.account;
}

std::string_view Admission::operation() const {
  if (route != nullptr) return route->operation;
  return response && response->status < 400 ? "asset" : "unknown";
}

std::string_view Admission::path() const { return route != nullptr ? route->path : "-"; }

Site::Site(Backend backend, const std::vector<Asset>& assets, const Config& config, const Clock& clock)
    : backend_(std::move(backend)),
      assets_(assets),
      config_(config),
      clock_(clock),
      trusted_proxies_(Networks::parse(config.trusted_proxies).value_or(Networks())),
      admin_networks_(Networks::parse(config.admin_networks).value_or(Networks())),
      router_(backend_.routes),
      openapi_(openapi_json(backend_.routes, config.version)),
      kept_(config.kept_bytes) {}

Status Site::check_head(const Request& request) const {
  if (request.target.size() > config_.target_bytes)
    return fail(errors::target_too_long, {std::to_string(request.target.size()), std::to_string(config_.target_bytes)});
  if (request.headers.size() > config_.header_fields)
    return fail(errors::header_too_many,
                {std::to_string(request.headers.size()), std::to_string(config_.header_fields)});
  if (request.method == Method::other) return fail(errors::method_unknown, {request.method_text.substr(0, 20)});
  return check_host(request, config_.names);
}

/// Who it is comes before what is wrong with the request: a stranger learns nothing from the order of refusals.
Status Site::check_caller(const Request& request, const Route& route, app::Call& call) const {
  call.peer = client_of(request, trusted_proxies_);
  call.at_machine = is_this_machine(call.peer) && request.count("x-forwarded-for") == 0;
  const bool administers = access::administers(access::facts_of(route.permission).duty) || route.operation == "metrics";
  const bool known_network = call.at_machine || admin_networks_.contain(call.peer) ||
                             (admin_networks_.empty() && route.operation != "metrics");
  if (administers && !known_network) return fail(errors::network_refused, {call.peer});
  if (call.programme.empty() || !backend_.identify) return {};
  if (const auto token = cookie(request, session_cookie_name(call.programme, config_.secure))) call.token = *token;
  call.browsers = browser_cookies(request, call.programme, config_.secure);
  call.on_behalf = request.header_or_empty("gangmu-on-behalf-of");
  return backend_.identify(route, call);
}

/// An entry that is not there yet may be on its way; one far ahead is of another store.
Status Site::check_seq(Admission& admission) const {
  const std::string wanted = admission.call.query_or("min_seq", "");
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), admission.at_least.value);
  const std::optional<Seq> newest = backend_.seq(admission.call.programme);
  if (!newest || admission.at_least.value - newest->value <= config_.seq_ahead) return {};
  return fail(errors::seq_ahead, {wanted, std::to_string(newest->value), std::to_string(config_.seq_ahead)});
}

bool Site::relayed(const Admission& admission) const {
  return admission.route->kind == RouteKind::write && backend_.seat && backend_.seat(admission.call.programme);
}

Status Site::check_write(const Request& request, const Route& route, app::Call& call) const {
  TRY(check_same_origin(request));
  TRY_ASSIGN(call.request_key, request_key(request));
  if (route.edits) {
    TRY_ASSIGN(const Seq seq, edited_from(request));
    call.if_match = seq;
  }
  return {};
}

Result<Admission> Site::admit_route(const Request& request, const Target& target) const {
  Admission out;
  if (request.method == Method::options)
    if (const std::string allowed = router_.allowed(target.segments); !allowed.empty()) {
      out.response = no_content(allowed);
      return out;
    }
  TRY_ASSIGN(const Match match, router_.match(target.segments, request.method, request.method_text));
  out.route = match.route;
  out.where = where_of(*match.route);
  out.body_bytes = match.route->body_bytes;
  out.call.as_xlsx = match.as_xlsx;
  fill_path(match, out.call);
  const auto admitted = [&]() -> Status {
    TRY(check_caller(request, *match.route, out.call));
    if (match.route->kind == RouteKind::write) TRY(check_write(request, *match.route, out.call));
    TRY(check_body(request, *match.route));
    TRY_ASSIGN(out.call.query, check_query(match.route->query, target.query, config_.parameter_bytes));
    out.lane = lane_of(*match.route, out.call);
    return check_seq(out);
  }();
  if (!admitted) out.response = problem(admitted.error(), request.id);
  return out;
}

Result<Admission> Site::admit_or_fail(const Request& request) const {
  TRY(check_head(request));
  TRY_ASSIGN(const Target target, Target::parse(request.target));
  if (belongs_to_api(target)) return admit_route(request, target);
  if (request.method != Method::get && request.method != Method::head)
    return fail(errors::method_not_allowed, {request.method_text, target.path().substr(0, 120), "GET, HEAD"});
  Admission out;
  out.response = assets_.answer(request, target.path());
  return out;
}

Admission Site::admit(const Request& request) const {
  Result<Admission> admitted = admit_or_fail(request);
  if (admitted) return *std::move(admitted);
  Admission out;
  out.response = problem(admitted.error(), request.id);
  return out;
}

Result<app::Reply> Site::run(const Route& route, app::Call& call) const {
  if (route.kind != RouteKind::own) return backend_.run(route, call);
  app::Reply out;
  if (route.operation == "metrics") {
    out.content_type = "text/plain; version=0.0.4; charset=utf-8";
    out.body = metrics_ ? metrics_() : std::string();
  } else {
    out.body = openapi_;
  }
  return out;
}

namespace {

/// Of people and not of the programme's work: no browser keeps it on disk.
bool personal(const Route& route) {
  using enum app::Permission;
  constexpr app::Permission of_people[] = {sign_in,         own_account,   act_on_behalf,
                                           manage_accounts, manage_grants, read_audit};
  return std::ranges::find(of_people, route.permission) != std::end(of_people);
}

}   // namespace

Response Site::shaped(const Request& request, const Admission& admission, app::Reply reply, Date today) const {
  const Route& route = *admission.route;
  Response out;
  out.status = reply.status == 200 ? route.success : reply.status;
  out.add("Cache-Control", route.kind == RouteKind::write || personal(route) ? "no-store" : "private, no-cache");
  if (reply.token) out.add("Set-Cookie", session_cookie(admission.call.programme, *reply.token, config_.secure));
  if (reply.browser)
    out.add("Set-Cookie",
            browser_cookie(admission.call.programme, reply.browser->first, reply.browser->second, config_.secure));
  if (reply.seq && route.kind == RouteKind::write) out.add(std::string(seq_header), std::to_string(reply.seq->value));
  if (reply.seq && route.kind != RouteKind::write && out.status == 200) {
    const app::Actor& actor = admission.call.actor;
    const std::string_view form = admission.call.as_xlsx ? "xlsx" : "json";
    out.add("ETag", entity_tag(*reply.seq, fmt::format("{}.{}{}", admission.call.programme, actor.id, actor.session),
                               form, config_.version, today));
    out.add("Vary", "Accept-Encoding, Cookie");
  }
  out.content_type = std::move(reply.content_type);
  out.body = std::move(reply.body);
  if (!reply.download_name.empty()) out.add("Content-Disposition", attachment(reply.download_name));
  if (out.body.size() > config_.gzip_from_bytes && compressible(out.content_type) && takes_gzip(request)) {
    out.body = gzip(out.body);
    out.add("Content-Encoding", "gzip");
  }
  return out;
}

Response Site::whole_answer(const Request& request, Admission& admission) const {
  const Date today =
      clock_.now().date();   // before the use case looks: kept under an older day, it is merely made again
  Result<app::Reply> reply = run(*admission.route, admission.call);
  if (!reply) return problem(reply.error(), request.id);
  const std::optional<Seq> seq = reply->seq;
  Response out = shaped(request, admission, *std::move(reply), today);
  if (out.header("ETag").empty()) return out;
  out.shared = std::make_shared<const std::string>(std::move(out.body));
  out.body.clear();
  const std::string key = answer_key(request, admission, *seq, today);
  kept_.keep(key, std::make_shared<const Response>(out), out.shared->size() + 2 * key.size() + kept_overhead);
  return out;
}

std::optional<Response> Site::kept(const Request& request, const Admission& admission) const {
  if (admission.where != Where::store || admission.route->kind != RouteKind::read) return std::nullopt;
  const std::optional<Seq> seq = backend_.seq(admission.call.programme);
  if (!seq) return std::nullopt;
  const auto found = kept_.find<Response>(answer_key(request, admission, *seq, clock_.now().date()));
  if (!found) return std::nullopt;
  return unless_known(request, *found);
}

Response Site::answer(Request& request, Admission& admission) const {
  if (!request.body.empty()) admission.call.body = std::move(request.body);
  try {
    if (auto made_meanwhile = kept(request, admission))
      return *std::move(made_meanwhile);   // while this request waited for a thread
    return unless_known(request, whole_answer(request, admission));
  } catch (const std::exception&) {   // the impossible, such as memory running out: this request fails alone
    return problem(errors::internal, {request.id}, request.id);
  }
}

}   // namespace gangmu::http
