// SPDX-License-Identifier: Apache-2.0
#include "http/openapi.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "http/schemas.hpp"

namespace gangmu::http {
namespace {

constexpr std::string_view workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string both(std::string_view zh, std::string_view en) { return std::string(zh) + " / " + std::string(en); }

Json text_type() {
  Json out;
  out.set("type", "string");
  return out;
}

Json schema_of(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::code: return json_schema("code");
    case ParameterType::period: return json_schema("period");
    case ParameterType::date: return json_schema("date");
    case ParameterType::text: return text_type();
    case ParameterType::integer: {
      Json out;
      out.set("type", "integer");
      out.set("minimum", parameter.least);
      if (parameter.most < INT64_MAX) out.set("maximum", parameter.most);
      return out;
    }
    case ParameterType::choice: {
      Json words(Json::Array{});
      for (const std::string_view word : parameter.choices) words.push(word);
      Json out = text_type();
      out.set("enum", std::move(words));
      return out;
    }
  }
  return text_type();
}

Json parameter_json(std::string_view place, std::string_view name, bool required, std::string doc, Json schema) {
  Json out;
  out.set("in", place);
  out.set("name", name);
  out.set("required", required);
  out.set("description", std::move(doc));
  out.set("schema", std::move(schema));
  return out;
}

Json key_schema() {
  Json out = text_type();
  out.set("pattern", "^(\"?)([0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\1$");
  return out;
}

Json parameters_of(const Route& route) {
  Json out(Json::Array{});
  for (const std::string& name : path_parameters(route.path))
    out.push(parameter_json("path", name, true,
                            name == "p" ? both("方案", "id of the programme") : both("编号或代码", "id or code"),
                            text_type()));
  for (const Parameter& parameter : route.query)
    out.push(parameter_json("query", parameter.name, parameter.required, both(parameter.zh, parameter.en),
                            schema_of(parameter)));
  if (route.kind == RouteKind::write)
    out.push(parameter_json("header", "Idempotency-Key", true,
                            both("请求号，由客户端生成", "request key, made by the client"), key_schema()));
  if (route.edits)
    out.push(parameter_json("header", "If-Match", true,
                            both("所依据的版本号，如 \"123\"", "seq the edit started from, as \"123\""), text_type()));
  return out;
}

Json content(std::string_view type, Json schema) {
  Json media;
  media.set("schema", std::move(schema));
  Json out;
  out.set(type, std::move(media));
  return out;
}

Json answer_content(const Route& route, bool workbook) {
  if (workbook) {
    Json bytes = text_type();
    bytes.set("contentMediaType", workbook_type);
    return content(workbook_type, std::move(bytes));
  }
  if (route.answer == "application/json") return content(route.answer, json_schema("any"));
  if (route.answer.find('/') != std::string_view::npos) return content(route.answer, text_type());
  return content("application/json", json_schema(route.answer));
}

Json responses_of(const Route& route, bool workbook) {
  Json good;
  good.set("description", both(route.zh, route.en));
  good.set("content", answer_content(route, workbook));
  Json bad;
  bad.set("$ref", "#/components/responses/Problem");
  Json out;
  out.set(std::to_string(route.success), std::move(good));
  out.set("default", std::move(bad));
  return out;
}

Json body_of(const Route& route) {
  Json out;
  out.set("required", true);
  Json schema = text_type();
  if (route.body == BodyKind::json)
    schema = json_schema(route.body_schema);
  else
    schema.set("contentMediaType", "application/octet-stream");
  out.set("content",
          content(route.body == BodyKind::json ? "application/json" : "application/octet-stream", std::move(schema)));
  return out;
}

Json operation_json(const Route& route, bool workbook) {
  Json out;
  out.set("operationId", std::string(route.operation) + (workbook ? "_xlsx" : ""));
  out.set("summary", both(route.zh, route.en) + (workbook ? " (xlsx)" : ""));
  out.set("x-permission", app::permission_name(route.permission));
  out.set("parameters", parameters_of(route));
  if (route.body != BodyKind::none) out.set("requestBody", body_of(route));
  if (route.body_bytes > 0) out.set("x-body-bytes", static_cast<std::int64_t>(route.body_bytes));
  out.set("responses", responses_of(route, workbook));
  return out;
}

Json paths_of(std::span<const Route> routes) {
  Json out(Json::Object{});
  const auto put = [&](const std::string& path, const Route& route, bool workbook) {
    Json operations = out[path];
    operations.set(text::lower_ascii(method_name(route.method())), operation_json(route, workbook));
    out.set(path, std::move(operations));
  };
  for (const Route& route : routes) {
    put(std::string(route.path), route, false);
    if (route.table) put(std::string(route.path) + ".xlsx", route, true);
  }
  return out;
}

Json components() {
  Json all(Json::Object{});
  for (const Schema& schema : schemas()) all.set(schema.name, json_schema(schema));
  Json problem;
  problem.set("description", both("拒绝及原因", "refused, and why"));
  problem.set("content", content("application/problem+json", json_schema("Problem")));
  Json responses;
  responses.set("Problem", std::move(problem));
  Json out;
  out.set("schemas", std::move(all));
  out.set("responses", std::move(responses));
  return out;
}

}   // namespace

std::vector<std::string> path_parameters(std::string_view path) {
  std::vector<std::string> out;
  for (const std::string& segment : text::split(path, '/'))
    if (segment.starts_with('{')) out.push_back(segment.substr(1, segment.size() - 2));
  return out;
}

std::string openapi_json(std::span<const Route> routes, std::string_view version) {
  Json info;
  info.set("title", "纲目 Gangmu");
  info.set("version", version);
  info.set("description", both("百县千镇万村高质量发展工程开放平台接口",
                               "the open platform on which a city runs its county-town-village programme"));
  Json out;
  out.set("openapi", "3.1.0");
  out.set("info", std::move(info));
  out.set("paths", paths_of(routes));
  out.set("components", components());
  return out.canonical();
}

}   // namespace gangmu::http
