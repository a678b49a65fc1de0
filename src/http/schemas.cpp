// SPDX-License-Identifier: Apache-2.0
#include "http/schemas.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/schema_accounts.hpp"
#include "http/schema_assessments.hpp"
#include "http/schema_registers.hpp"
#include "http/schema_tasks.hpp"
#include "http/schema_text.hpp"

namespace gangmu::http {
namespace {

bool capital(char c) { return c >= 'A' && c <= 'Z'; }

/// "中文 / English" → the two halves.
std::pair<std::string, std::string> languages(std::string_view doc) {
  const std::size_t cut = doc.find(" / ");
  if (cut == std::string_view::npos) return {std::string(doc), std::string(doc)};
  return {std::string(doc.substr(0, cut)), std::string(doc.substr(cut + 3))};
}

/// "name?: type  中文 / English"
Member member_of(std::string_view line) {
  const std::size_t colon = line.find(": ");
  const std::size_t doc = line.find("  ", colon);
  Member out;
  out.name = line.substr(0, colon);
  out.type = line.substr(colon + 2, doc == std::string_view::npos ? doc : doc - colon - 2);
  if (doc != std::string_view::npos) std::tie(out.zh, out.en) = languages(text::trim(line.substr(doc)));
  out.optional = out.name.ends_with('?');
  if (out.optional) out.name.pop_back();
  return out;
}

std::vector<Schema> read_schemas() {
  std::vector<Schema> out;
  std::string shapes;
  for (const std::string_view part :
       {schema_text, task_schema_text, register_schema_text, assessment_schema_text, account_schema_text})
    shapes += part;
  for (const std::string& line : text::split(shapes, '\n')) {
    if (line.empty()) continue;
    if (line.front() == ' ') {
      out.back().members.push_back(member_of(text::trim(line)));
      continue;
    }
    const std::size_t space = line.find("  ");
    Schema& schema = out.emplace_back();
    schema.name = line.substr(0, space);
    std::tie(schema.zh, schema.en) = languages(text::trim(std::string_view(line).substr(space)));
  }
  return out;
}

Json text_schema(const char* pattern_or_format, bool format) {
  Json out;
  out.set("type", "string");
  out.set(format ? "format" : "pattern", pattern_or_format);
  return out;
}

Json primitive(std::string_view type) {
  if (type == "any") return Json::Object{};
  if (type == "decimal") return text_schema("^-?[0-9]+(\\.[0-9]+)?$", false);
  if (type == "code") return text_schema("^[0-9]{12}$", false);
  if (type == "date") return text_schema("date", true);
  if (type == "instant") return text_schema("date-time", true);
  Json out;
  out.set("type", type == "period" ? std::string_view("string") : type);
  return out;
}

Json nullable(Json schema) {
  Json null_type;
  null_type.set("type", "null");
  Json out;
  out.set("anyOf", Json::Array{std::move(schema), std::move(null_type)});
  return out;
}

Json one_of(std::string_view words) {
  Json list(Json::Array{});
  for (const std::string& word : text::split(words, '|')) list.push(word);
  Json out;
  out.set("type", "string");
  out.set("enum", std::move(list));
  return out;
}

}   // namespace

std::span<const Schema> schemas() {
  static const std::vector<Schema> all = read_schemas();
  return all;
}

const Schema* find_schema(std::string_view name) {
  const auto all = schemas();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Schema& schema) { return schema.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Json json_schema(std::string_view type) {
  if (type.ends_with('?')) return nullable(json_schema(type.substr(0, type.size() - 1)));
  Json out;
  if (type.starts_with('[')) {
    out.set("type", "array");
    out.set("items", json_schema(type.substr(1, type.size() - 2)));
  } else if (type.starts_with('{')) {
    out.set("type", "object");
    out.set("additionalProperties", json_schema(type.substr(1, type.size() - 2)));
  } else if (type.find('|') != std::string_view::npos) {
    return one_of(type);
  } else if (capital(type.front())) {
    out.set("$ref", "#/components/schemas/" + std::string(type));
  } else {
    return primitive(type);
  }
  return out;
}

Json json_schema(const Schema& schema) {
  Json properties(Json::Object{});
  Json required(Json::Array{});
  for (const Member& member : schema.members) {
    Json property = json_schema(member.type);
    if (!member.zh.empty()) property.set("description", member.zh + " / " + member.en);
    properties.set(member.name, std::move(property));
    if (!member.optional) required.push(member.name);
  }
  Json out;
  out.set("type", "object");
  out.set("description", schema.zh + " / " + schema.en);
  out.set("properties", std::move(properties));
  out.set("required", std::move(required));
  return out;
}

std::vector<std::string> names_in(std::string_view type) {
  if (type.find('|') != std::string_view::npos) return {};
  const std::size_t begin = type.find_first_not_of("[{");
  const std::string_view name = type.substr(begin, type.find_first_of("]}?", begin) - begin);
  if (name.empty() || !capital(name.front())) return {};
  return {std::string(name)};
}

}   // namespace gangmu::http
