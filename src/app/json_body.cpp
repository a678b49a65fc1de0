// SPDX-License-Identifier: Apache-2.0
#include "app/json_body.hpp"

#include <algorithm>

#include "base/control.hpp"
#include "base/json_texts.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

void check_text(std::string_view text, const std::string& field, Diagnostics& faults) {
  if (const auto control = text::first_control(text))
    faults.push_back({&errors::field_control, {text::writable(field), control->name()}, {}});
}

}   // namespace

Result<JsonBody> JsonBody::parse(std::string_view bytes) {
  JsonBody body;
  if (text::trim(bytes).empty()) return body;
  TRY_ASSIGN(body.json_, Json::parse(bytes));
  if (!body.json_.object()) return fail(errors::body_malformed, {"应为一个 JSON 对象", "it must be a JSON object"});
  for_each_text(body.json_,
                [&](const std::string& field, std::string_view text) { check_text(text, field, body.faults_); });
  if (!body.faults_.empty()) return fail(std::move(body.faults_));
  return body;
}

const Json& JsonBody::member(std::string_view name) {
  known_.emplace_back(name);
  return json_[name];
}

void JsonBody::wrong_type(std::string_view name, const char* zh, const char* en) {
  faults_.push_back({&errors::field_type, {std::string(name), zh, en}, {}});
}

std::optional<std::string> JsonBody::text(std::string_view name) {
  const Json& value = member(name);
  if (value.is_null()) return std::nullopt;
  if (!value.string()) return wrong_type(name, "文字", "a text"), std::nullopt;
  return *value.string();
}

std::optional<std::int64_t> JsonBody::integer(std::string_view name) {
  const Json& value = member(name);
  if (value.is_null()) return std::nullopt;
  if (!value.integer()) return wrong_type(name, "整数", "an integer"), std::nullopt;
  return *value.integer();
}

std::optional<bool> JsonBody::flag(std::string_view name) {
  const Json& value = member(name);
  if (value.is_null()) return std::nullopt;
  if (!value.boolean()) return wrong_type(name, "true 或 false", "true or false"), std::nullopt;
  return *value.boolean();
}

Json JsonBody::object(std::string_view name) {
  const Json& found = member(name);
  if (found.object()) return found;
  if (!found.is_null()) wrong_type(name, "一组字段", "an object");
  return Json(Json::Object{});
}

std::vector<std::string> JsonBody::list(std::string_view name) {
  std::vector<std::string> out;
  const Json& value = member(name);
  if (value.is_null()) return out;
  const auto* items = value.array();
  if (!items || !std::ranges::all_of(*items, [](const Json& one) { return one.string() != nullptr; }))
    return wrong_type(name, "若干文字", "a list of texts"), out;
  for (const Json& one : *items) out.push_back(*one.string());
  return out;
}

std::vector<JsonBody> JsonBody::objects(std::string_view name) {
  std::vector<JsonBody> out;
  const Json& value = member(name);
  if (value.is_null()) return out;
  const auto* items = value.array();
  if (!items || !std::ranges::all_of(*items, [](const Json& one) { return one.object() != nullptr; }))
    return wrong_type(name, "若干对象", "a list of objects"), out;
  for (const Json& one : *items) out.emplace_back(JsonBody()).json_ = one;
  return out;
}

std::vector<std::pair<std::string, std::string>> JsonBody::texts(std::string_view name) {
  std::vector<std::pair<std::string, std::string>> out;
  const Json& value = member(name);
  if (value.is_null()) return out;
  if (!value.object()) return wrong_type(name, "对象，每个成员是文字", "an object of texts"), out;
  for (const auto& [key, item] : *value.object()) {
    if (!item.is_null() && !item.string())
      wrong_type(std::string(name) + "." + key, "文字", "a text");
    else
      out.emplace_back(key, item.string_or(""));
  }
  return out;
}

Status JsonBody::finish() {
  for (const auto& [name, value] : *json_.object()) {
    if (std::ranges::find(known_, name) == known_.end())
      faults_.push_back({&errors::field_unknown, {name, text::join(known_, ", ")}, {}});
  }
  if (!faults_.empty()) return fail(std::move(faults_));
  return {};
}

}   // namespace gangmu::app
