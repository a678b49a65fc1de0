// SPDX-License-Identifier: Apache-2.0
// docs/api.md from the route table and the schemas.
#include <fmt/format.h>

#include <iterator>

#include "base/text.hpp"
#include "http/openapi.hpp"
#include "http/schemas.hpp"

namespace gangmu::http {
namespace {

constexpr std::string_view introduction = R"(# The interface

Generated from the route table (`src/http/routes.cpp`) and the shapes (`src/http/schema_text.hpp`); `make bless` renews it, a test
compares. The same as OpenAPI 3.1: `GET /api/v1/openapi.json`. `{p}` is the id of a programme.

- Figures are strings in plain notation (`"101.12"`), counts are integers; texts for people come as `x_zh` and `x_en`.
- A read carries `ETag: W/"<seq>-…"`; send it as `If-None-Match` and get 304 while nothing changed. `min_seq` waits until the
  answer knows your own write.
- A write carries `Idempotency-Key` (32 hex digits made by the client, or a UUID, which is the same key with or without its dashes):
  sent again with the same key it is done once. It may come from this system's own pages or from a program, never from another site's page.
- Its answer carries `Gangmu-Seq`, the seq of the entry: a read with `min_seq` sees it on any server of the store.
- An edit of a task carries `If-Match: "<seq>"`, the `seq` of the task as it was read; 412 when someone else was faster.
- Lists are paged: `limit`, `cursor`; the answer's `next` is the cursor of the next page, null at the end.
- A refusal is `application/problem+json` with every fault found (`Problem` below); codes are in [errors.md](errors.md).
- Where the table says xlsx, the same address with `.xlsx` gives a workbook with a sheet of definitions.
- HEAD works as GET; OPTIONS names the methods. Answers over 1 KiB are gzipped for clients that accept it.
- Limits and their defaults are in `src/http/config.hpp`; a refused request names the limit and its value.

)";

/// A bar inside a table cell would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string kind_of(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::text: return "text";
    case ParameterType::code: return "code";
    case ParameterType::period: return "period";
    case ParameterType::date: return "date";
    case ParameterType::integer:
      return parameter.most < INT64_MAX ? fmt::format("{} … {}", parameter.least, parameter.most)
                                        : fmt::format("≥ {}", parameter.least);
    case ParameterType::choice: return text::join({parameter.choices.begin(), parameter.choices.end()}, " ");
  }
  return {};
}

std::string size_of(std::size_t bytes) {
  return bytes >= (1u << 20) ? fmt::format("{} MiB", bytes >> 20) : fmt::format("{} KiB", bytes >> 10);
}

std::string body_line(const Route& route) {
  if (route.body == BodyKind::none) return {};
  const std::string what = route.body == BodyKind::json ? fmt::format("`{}` as application/json", route.body_schema)
                                                        : std::string("the file's bytes as application/octet-stream");
  return fmt::format("Body: {}, at most {}.", what, size_of(route.body_bytes));
}

void write_route(std::string& out, const Route& route) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "### {} {}\n\n{}。 {}.\n\n", method_name(route.method()), route.path, route.zh, route.en);
  fmt::format_to(to, "`{}` · permission `{}` · {} → `{}`{}{}\n\n", route.operation,
                 app::permission_name(route.permission), route.success, route.answer,
                 route.table ? " · also .xlsx" : "", route.edits ? " · If-Match" : "");
  if (const std::string body = body_line(route); !body.empty()) fmt::format_to(to, "{}\n\n", body);
  if (route.query.empty()) return;
  out += "| parameter | is | zh | en |\n|---|---|---|---|\n";
  for (const Parameter& parameter : route.query)
    fmt::format_to(to, "| `{}`{} | {} | {} | {} |\n", parameter.name, parameter.required ? " (required)" : "",
                   kind_of(parameter), parameter.zh, parameter.en);
  out += '\n';
}

void write_schema(std::string& out, const Schema& schema) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "### {}\n\n{}。 {}.\n\n", schema.name, schema.zh, schema.en);
  if (schema.members.empty()) return;
  out += "| member | type | zh | en |\n|---|---|---|---|\n";
  for (const Member& member : schema.members)
    fmt::format_to(to, "| `{}`{} | `{}` | {} | {} |\n", member.name, member.optional ? " (may be absent)" : "",
                   cell(member.type), cell(member.zh), cell(member.en));
  out += '\n';
}

}   // namespace

std::string api_markdown(std::span<const Route> routes) {
  std::string out(introduction);
  out += "## Routes\n\n";
  for (const Route& route : routes) write_route(out, route);
  out +=
      "## Shapes\n\n`type?` may be null, `[type]` is a list, `{type}` an object with free keys, `a|b` one of the "
      "words, `decimal` a number"
      " as text.\n\n";
  for (const Schema& schema : schemas()) write_schema(out, schema);
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}   // namespace gangmu::http
