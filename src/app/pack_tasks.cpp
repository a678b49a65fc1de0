// SPDX-License-Identifier: Apache-2.0
#include "app/pack_tasks.hpp"

#include <charconv>

#include "app/errors.hpp"
#include "plan/task_kind.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

std::vector<std::string> list_of(const Json& json) {
  std::vector<std::string> out;
  if (const auto* one = json.string()) return {*one};
  for (const Json& item : json.array() ? *json.array() : Json::Array{}) out.push_back(item.string_or(""));
  return out;
}

Json list_json(const std::vector<std::string>& list) {
  Json out(Json::Array{});
  for (const auto& item : list) out.push(item);
  return out;
}

Result<std::optional<Date>> date_of(const Json& row, std::string_view field) {
  const std::string text = row[field].string_or("");
  if (text.empty()) return std::optional<Date>();
  TRY_ASSIGN(const Date date, Date::parse(text));
  return std::optional<Date>(date);
}

void set_text(Json& row, std::string_view field, const std::string& text) {
  if (!text.empty()) row.set(field, text);
}
void set_date(Json& row, std::string_view field, const std::optional<Date>& date) {
  if (date) row.set(field, date->text());
}

Status read_dates(const Json& row, plan::Task& task) {
  TRY_ASSIGN(task.progress_on, date_of(row, "progress_on"));
  TRY_ASSIGN(task.requested_on, date_of(row, "requested_on"));
  TRY_ASSIGN(task.closed_on, date_of(row, "closed_on"));
  return {};
}

}   // namespace

Result<plan::Task> task_of_row(const Json& row) {
  plan::Task task;
  task.number = row["id"].string_or("");
  const auto [end, error] = std::from_chars(task.number.data(), task.number.data() + task.number.size(), task.id.value);
  if (error != std::errc{} || end != task.number.data() + task.number.size() || task.id.value <= 0) {
    return fail(errors::task_id_not_number, {task.number},
                {.file = "plan/tasks.csv", .line = 0, .column = 0, .cell = {}});
  }
  task.place = row["place"].string_or("");
  task.action = row["action"].string_or("");
  task.measure = row["measure"].string_or("");
  task.title = row["title"].string_or("");
  task.lead = row["lead"].string_or("");
  task.responsible = list_of(row["responsible"]);
  task.cooperating = list_of(row["cooperating"]);
  task.supervisor = row["supervisor"].string_or("");
  if (const std::string due = row["due"].string_or(""); !due.empty()) { TRY_ASSIGN(task.due, plan::parse_due(due)); }
  task.target_text = row["target_text"].string_or("");
  const plan::TargetText read = plan::read_targets(task.target_text, task.due);
  task.target_kind = read.kind;
  if (read.kind == plan::TextKind::target) task.targets = read.targets;
  task.progress = row["progress"].string_or("");
  if (const std::string percent = row["percent"].string_or(""); !percent.empty()) {
    TRY_ASSIGN(task.percent, Decimal::parse(percent));
  }
  if (const std::string state = row["state"].string_or(""); !state.empty()) {
    task.state = plan::task_state_of(state).value_or(plan::TaskState::open);
  }
  TRY(read_dates(row, task));
  TRY_ASSIGN(task.received_on, date_of(row, "received_on"));
  if (const std::string code = row["origin"].string_or(""); !code.empty())
    task.more[field::source] = record::Value(record::Codes{{code}});
  if (const std::string words = row["origin_text"].string_or(""); !words.empty())
    task.more[field::source_text] = record::Value(words);
  if (row["proof_asked"].boolean_or(false)) task.more[field::proof_asked] = record::Value(true);
  task.remark = row["remark"].string_or("");
  task.origin.batch = pack_batch;
  return task;
}

Json row_of_task(const plan::Task& task) {
  Json row(Json::Object{});
  row.set("id", std::to_string(task.id.value));
  set_text(row, "place", task.place);
  set_text(row, "action", task.action);
  set_text(row, "measure", task.measure);
  set_text(row, "title", task.title);
  set_text(row, "target_text", task.target_text);
  set_text(row, "lead", task.lead);
  if (!task.responsible.empty()) row.set("responsible", list_json(task.responsible));
  if (!task.cooperating.empty()) row.set("cooperating", list_json(task.cooperating));
  set_text(row, "supervisor", task.supervisor);
  set_text(row, "due", task.due.text);
  set_text(row, "progress", task.progress);
  if (task.percent) row.set("percent", task.percent->text());
  set_date(row, "progress_on", task.progress_on);
  if (task.state != plan::TaskState::open) row.set("state", plan::task_state_name(task.state));
  set_date(row, "requested_on", task.requested_on);
  set_date(row, "closed_on", task.closed_on);
  set_text(row, "remark", task.remark);
  set_date(row, "received_on", task.received_on);
  const auto more = [&]<class T>(record::FieldId id, const T*& out) {
    const auto found = task.more.find(id);
    out = found == task.more.end() ? nullptr : std::get_if<T>(&found->second);
  };
  const record::RecordId* parent = nullptr;
  const record::Codes* code = nullptr;
  const std::string* words = nullptr;
  const bool* proof = nullptr;
  more(field::parent, parent);
  more(field::source, code);
  more(field::source_text, words);
  more(field::proof_asked, proof);
  if (parent) row.set("parent", std::to_string(parent->number));
  if (code && !code->all.empty()) row.set("origin", code->all.front());
  if (words) row.set("origin_text", *words);
  if (proof && *proof) row.set("proof_asked", true);
  return row;
}

}   // namespace gangmu::app
