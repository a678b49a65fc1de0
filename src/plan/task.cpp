// SPDX-License-Identifier: Apache-2.0
#include "plan/task.hpp"

#include <algorithm>
#include <array>

#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

constexpr std::array<std::string_view, 6> state_names = {"open",   "done_waiting", "closed",
                                                         "paused", "objected",     "cancelled"};
constexpr std::array<std::string_view, 6> state_texts = {"进行中", "待销号", "已销号", "暂停", "异议待裁定", "已取消"};
constexpr std::array<std::string_view, 3> kind_names = {"target", "without_period", "qualitative"};

/// Plain text members, once for both directions.
struct TextMember {
  const char* key;
  std::string Task::*member;
};
constexpr TextMember text_members[] = {{"number", &Task::number},
                                       {"action", &Task::action},
                                       {"measure", &Task::measure},
                                       {"title", &Task::title},
                                       {"lead", &Task::lead},
                                       {"supervisor", &Task::supervisor},
                                       {"target_text", &Task::target_text},
                                       {"progress", &Task::progress},
                                       {"remark", &Task::remark},
                                       {"reason", &Task::reason},
                                       {"place", &Task::place}};

struct DateMember {
  const char* key;
  std::optional<Date> Task::*member;
};
constexpr DateMember date_members[] = {
    {"progress_on", &Task::progress_on}, {"requested_on", &Task::requested_on}, {"closed_on", &Task::closed_on}};

struct ListMember {
  const char* key;
  std::vector<std::string> Task::*member;
};
constexpr ListMember list_members[] = {{"responsible", &Task::responsible}, {"cooperating", &Task::cooperating}};

Json list_json(const std::vector<std::string>& list) {
  Json json(Json::Array{});
  for (const std::string& item : list) json.push(item);
  return json;
}

/// Reads members one by one and keeps every fault.
struct TaskReader {
  const Json& json;
  Diagnostics faults;

  void malformed(const char* key, const char* zh, const char* en) {
    faults.push_back({&errors::task_malformed, {key, zh, en}, {}});
  }
  std::string text(const char* key) {
    const Json& value = json[key];
    if (!value.is_null() && value.string() == nullptr) malformed(key, "文字", "text");
    return value.string_or("");
  }
  std::vector<std::string> list(const char* key) {
    std::vector<std::string> out;
    const Json& value = json[key];
    if (value.is_null()) return out;
    if (value.array() == nullptr) return malformed(key, "文字列表", "a list of texts"), out;
    for (const Json& item : *value.array()) {
      if (item.string() == nullptr) return malformed(key, "文字列表", "a list of texts"), out;
      out.push_back(*item.string());
    }
    return out;
  }
  std::optional<Date> date(const char* key) {
    if (json[key].is_null()) return std::nullopt;
    const auto read = Date::parse(json[key].string_or(""));
    if (!read) return malformed(key, "日期 2023-06-30", "a date 2023-06-30"), std::nullopt;
    return *read;
  }
  template <class T>
  void take(Result<T> read, T& into) {
    if (read) {
      into = *std::move(read);
    } else {
      faults.insert(faults.end(), read.error().all().begin(), read.error().all().end());
    }
  }
  void percent(Task& task) {
    if (json["percent"].is_null()) return;
    const auto read = Decimal::parse(json["percent"].string_or(""));
    if (!read) return malformed("percent", "数字", "a number");
    task.percent = *read;
  }
  void state(Task& task) {
    const auto read = task_state_of(json["state"].string_or("open"));
    if (!read)
      return malformed("state", "open、done_waiting、closed、paused、objected 或 cancelled",
                       "open, done_waiting, closed, paused, objected or cancelled");
    task.state = *read;
  }
  void targets(Task& task) {
    const std::string kind = json["target_kind"].string_or("qualitative");
    const auto at = std::find(kind_names.begin(), kind_names.end(), kind);
    if (at == kind_names.end())
      return malformed("target_kind", "target、without_period 或 qualitative", "target, without_period or qualitative");
    task.target_kind = static_cast<TextKind>(at - kind_names.begin());
    const Json& list_of = json["targets"];
    if (list_of.array() == nullptr) return;
    for (const Json& item : *list_of.array()) take(target_from_json(item), task.targets.emplace_back());
  }
  void extra(Task& task) {
    if (json["extra"].object() == nullptr) return;
    for (const auto& [key, value] : *json["extra"].object()) task.extra[key] = value.string_or("");
  }
};

}   // namespace

std::span<const TaskState> task_states() {
  static constexpr TaskState all[] = {TaskState::open,   TaskState::done_waiting, TaskState::closed,
                                      TaskState::paused, TaskState::objected,     TaskState::cancelled};
  return all;
}
std::string_view task_state_name(TaskState state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view task_state_zh(TaskState state) { return state_texts[static_cast<std::size_t>(state)]; }

std::optional<TaskState> task_state_of(std::string_view name) {
  const auto at = std::find(state_names.begin(), state_names.end(), name);
  if (at == state_names.end()) return std::nullopt;
  return static_cast<TaskState>(at - state_names.begin());
}

Json to_json(const Task& task) {
  Json json(Json::Object{});
  if (task.id) json.set("id", task.id.value);
  for (const auto& [key, member] : text_members) {
    if (!(task.*member).empty()) json.set(key, task.*member);
  }
  for (const auto& [key, member] : list_members) {
    if (!(task.*member).empty()) json.set(key, list_json(task.*member));
  }
  for (const auto& [key, member] : date_members) {
    if (task.*member) json.set(key, (task.*member)->text());
  }
  json.set("due", to_json(task.due));
  if (!task.targets.empty()) {
    Json targets(Json::Array{});
    for (const Target& target : task.targets) targets.push(to_json(target));
    json.set("targets", std::move(targets));
  }
  if (!task.target_text.empty()) json.set("target_kind", kind_names[static_cast<std::size_t>(task.target_kind)]);
  if (task.percent) json.set("percent", task.percent->text());
  json.set("state", task_state_name(task.state));
  if (!task.extra.empty()) {
    Json extra(Json::Object{});
    for (const auto& [key, value] : task.extra) extra.set(key, value);
    json.set("extra", std::move(extra));
  }
  if (task.origin.row > 0 || !task.origin.batch.empty()) {
    Json origin;
    origin.set("batch", task.origin.batch);
    origin.set("sheet", task.origin.sheet);
    origin.set("row", task.origin.row);
    json.set("origin", std::move(origin));
  }
  return json;
}

Result<Task> task_from_json(const Json& json) {
  TaskReader reader{json, {}};
  if (json.object() == nullptr) return fail(errors::task_malformed, {"task", "对象", "an object"});
  Task task;
  task.id.value = json["id"].integer_or(0);
  for (const auto& [key, member] : text_members) task.*member = reader.text(key);
  for (const auto& [key, member] : list_members) task.*member = reader.list(key);
  for (const auto& [key, member] : date_members) task.*member = reader.date(key);
  reader.take(due_from_json(json["due"]), task.due);
  reader.targets(task);
  reader.percent(task);
  reader.state(task);
  reader.extra(task);
  task.origin = {json["origin"]["batch"].string_or(""), json["origin"]["sheet"].string_or(""),
                 static_cast<int>(json["origin"]["row"].integer_or(0))};
  if (!reader.faults.empty()) return fail(std::move(reader.faults));
  return task;
}

}   // namespace gangmu::plan
