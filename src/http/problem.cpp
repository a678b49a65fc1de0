// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "base/json.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

void write_fault(JsonWriter& out, const Diagnostic& fault) {
  out.begin_object().key("code").value(fault.kind->code()).key("where").value(fault.where.text());
  out.key("text_zh").value(fault.text(Language::zh)).key("text_en").value(fault.text(Language::en)).end_object();
}

std::string body_of(const Error& error, int status, std::string_view request_id) {
  const Diagnostic& first = error.first();
  std::string body;
  JsonWriter out(body);
  out.begin_object().key("type").value("urn:gangmu:error:" + first.kind->code()).key("title").value(reason(status));
  out.key("status").value(status).key("code").value(first.kind->code());
  out.key("detail_zh").value(first.text(Language::zh)).key("detail_en").value(first.text(Language::en));
  out.key("errors").begin_array();
  for (const Diagnostic& fault : error.all()) write_fault(out, fault);
  out.end_array().key("request_id").value(request_id).end_object();
  return body;
}

}   // namespace

Response problem(const Error& error, std::string_view request_id) {
  const Diagnostic& first = error.first();
  Response out;
  out.status = first.kind->http_status >= 400 ? first.kind->http_status : 500;   // a note is no reason to refuse
  out.content_type = "application/problem+json";
  out.code = first.kind->code();
  out.body = body_of(error, out.status, request_id);
  if (out.status == 503) out.add("Retry-After", "1");
  if (out.status == 401) out.add("WWW-Authenticate", "Session");   // RFC 9110 11.6.1; signing in is POST …/session
  if (out.status == 429 && !first.arguments.empty()) out.add("Retry-After", first.arguments.front());
  if (first.is(errors::method_not_allowed)) out.add("Allow", first.arguments.at(2));
  out.add("Cache-Control", "no-store");
  return out;
}

}   // namespace gangmu::http
