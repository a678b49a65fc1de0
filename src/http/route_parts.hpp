// SPDX-License-Identifier: Apache-2.0
// What routes are written with: parameters that many of them take, and the kinds of routes there are. Each noun's
// routes are added by a function of its own, in the order in which documents tell them.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "http/route.hpp"

namespace gangmu::http::routing {

using enum app::Permission;
using Type = ParameterType;

constexpr std::size_t form_bytes = 64 * 1024;
constexpr std::size_t answers_bytes = 1024 * 1024;
constexpr std::int64_t columns_bytes = 3000;

inline Parameter text_of(std::string_view name, std::string_view zh, std::string_view en, bool required = false) {
  return {.name = name, .type = Type::text, .zh = zh, .en = en, .required = required};
}
inline Parameter choice(std::string_view name, std::vector<std::string_view> choices, std::string_view zh,
                        std::string_view en) {
  return {.name = name, .type = Type::choice, .zh = zh, .en = en, .choices = std::move(choices)};
}
inline Parameter indicator(bool required) {
  return text_of("indicator", "指标代码", "code of the indicator", required);
}
inline Parameter period(bool required) {
  return {.name = "period", .type = Type::period, .zh = "时期", .en = "period", .required = required};
}
inline Parameter code(std::string_view name, std::string_view zh, std::string_view en, bool required = false) {
  return {.name = name, .type = Type::code, .zh = zh, .en = en, .required = required};
}
inline Parameter level() {
  return choice("level", {"province", "city", "county", "town", "village"}, "只要这一级", "only this level");
}
inline Parameter min_seq() {
  return {.name = "min_seq",
          .type = Type::integer,
          .zh = "至少读到第几号（最多等 2 秒）",
          .en = "wait (2 s at most) until at least this seq is seen",
          .least = 0,
          .most = INT64_MAX};
}

/// Figures as a reader of an earlier day saw them.
inline Parameter as_known() {
  return text_of("as_known", "按某日所知：日期（当日结束时）或序号", "as known at: a date (its end) or a seq");
}

/// All periods told of the places of one day.
inline Parameter frame() {
  return text_of("frame", "各期都按哪一天的版图：today 或日期；不写则各期按当期版图",
                 "all periods under the frame of which day: today or a date; each under its own unless told");
}

inline std::vector<Parameter> reading(std::vector<Parameter> own = {}) {
  own.push_back(min_seq());
  return own;
}
inline std::vector<Parameter> paged(std::vector<Parameter> own = {}) {
  own.push_back({.name = "limit",
                 .type = Type::integer,
                 .zh = "每页多少，默认 50",
                 .en = "rows a page, 50 unless told",
                 .least = 1,
                 .most = 500});
  own.push_back(text_of("cursor", "上一页给出的 next", "`next` of the page before"));
  return reading(std::move(own));
}

inline Route write(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
                   std::string_view zh, std::string_view en, std::string_view body_schema, std::string_view answer) {
  return {.operation = operation,
          .kind = RouteKind::write,
          .path = path,
          .use_case = use_case,
          .permission = permission,
          .zh = zh,
          .en = en,
          .answer = answer,
          .body = BodyKind::json,
          .body_schema = body_schema,
          .body_bytes = form_bytes};
}
/// A change of one task: carries If-Match and gives the task back.
inline Route task_edit(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
                       std::string_view zh, std::string_view en, std::string_view body_schema) {
  Route out = write(operation, path, use_case, permission, zh, en, body_schema, "TaskChanged");
  out.edits = true;
  return out;
}
inline Route read(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
                  std::string_view zh, std::string_view en, std::string_view answer,
                  std::vector<Parameter> query = {}) {
  return {.operation = operation,
          .path = path,
          .use_case = use_case,
          .permission = permission,
          .zh = zh,
          .en = en,
          .answer = answer,
          .query = std::move(query)};
}
inline Route table(Route route) {
  route.table = true;
  return route;
}
inline Route in_lane(Lane lane, Route route) {
  route.lane = lane;
  return route;
}

void add_registers(std::vector<Route>& out);          ///< registers and their records
void add_register_imports(std::vector<Route>& out);   ///< sheets that come into them

}   // namespace gangmu::http::routing
