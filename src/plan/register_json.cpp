// SPDX-License-Identifier: Apache-2.0
// A reading as the import page shows it, and the words for what was left out and changed.
#include <array>

#include "plan/task_register.hpp"

namespace gangmu::plan {

namespace {

struct Words {
  std::string_view name, zh, en;
};

constexpr std::array<Words, skip_reason_count> skip_words = {{{"title", "标题", "title"},
                                                              {"unit_line", "单位或日期说明", "unit or date line"},
                                                              {"header", "表头", "header"},
                                                              {"total", "合计行", "total"},
                                                              {"section", "分节标题", "section head"},
                                                              {"note", "注释", "note"},
                                                              {"blank", "空行", "blank row"},
                                                              {"repeated_header", "重复的表头", "repeated header"},
                                                              {"answered", "按您的选择不导入", "left out as you chose"},
                                                              {"sign_off", "签字落款", "sign-off line"},
                                                              {"joined", "并入上一项任务", "joined to the task above"},
                                                              {"no_task", "没有写任务", "names no task"},
                                                              {"other_table", "另一张表", "another table"}}};

constexpr Words rule_words[] = {
    {"full_width", "全角数字改为半角", "full-width digits made plain"},
    {"spaces", "去掉首尾空格", "spaces at the ends removed"},
    {"repeated_key", "空白处沿用上一行", "a blank takes the value above"},
    {"due", "时限读为日期", "the due was read as a date"},
    {"percent", "读为完成比例", "read as percentage done"},
    {"percent_text", "不是 0–100 的比例，按文字保留", "no percentage of 0–100, kept as text"},
    {"unit_list", "拆分为多个单位", "split into units"},
    {"lead", "分清牵头、责任、配合单位", "told lead, responsible and cooperating units apart"},
    {"persons", "认得出的单位照常读入，整格按个人信息加密保存",
     "what is surely a unit was read; the cell itself is kept encrypted"},
    {"section", "分节标题作为行动或举措", "a section head became action or measure"},
    {"state", "读为任务状态", "read as state of the task"},
    {"series", "由并排的多列读出", "read from columns side by side"}};

const Words& words_of(SkipReason reason) { return skip_words[static_cast<std::size_t>(reason)]; }

std::string rule_text(std::string_view rule, std::string_view Words::*language) {
  for (const Words& words : rule_words) {
    if (words.name == rule) return std::string(words.*language);
  }
  return std::string(rule);
}

Json row_numbers(const std::vector<std::size_t>& rows) {
  Json json(Json::Array{});
  for (const std::size_t row : rows) json.push(static_cast<std::int64_t>(row) + 1);
  return json;
}

std::string cell_address(std::size_t row, std::size_t column) {
  return column_letters(column) + std::to_string(row + 1);
}

Json column_json(const ColumnReading& column) {
  Json json, candidates(Json::Array{});
  json.set("column", column_letters(column.column));
  json.set("header", column.header);
  json.set("field", task_field_name(column.field));
  json.set("field_zh", task_field_zh(column.field));
  json.set("field_en", task_field_en(column.field));
  json.set("confidence", column.confidence);
  for (const TaskField candidate : column.candidates) candidates.push(task_field_name(candidate));
  json.set("candidates", std::move(candidates));
  return json;
}

Json row_json(const RowReading& row) {
  Json json, fields(Json::Array{}), questions(Json::Array{});
  json.set("row", static_cast<std::int64_t>(row.row) + 1);
  json.set("task", to_json(row.task));
  for (const FieldReading& field : row.fields) {
    Json item;
    item.set("field", task_field_name(field.field));
    item.set("cell", cell_address(field.row, field.column));
    item.set("value", field.value);
    if (field.repeated) item.set("repeated", true);
    if (personal_field(field.field)) item.set("personal", true);
    fields.push(std::move(item));
  }
  json.set("fields", std::move(fields));
  for (const std::string& id : row.questions) questions.push(id);
  json.set("questions", std::move(questions));
  if (row.hidden) json.set("hidden", true);
  return json;
}

Json question_json(const Question& question) {
  Json json, choices(Json::Array{});
  json.set("id", question.id);
  json.set("zh", question.zh);
  json.set("en", question.en);
  json.set("rows", row_numbers(question.rows));
  if (question.column) json.set("column", column_letters(*question.column));
  for (const Choice& choice : question.choices) {
    Json item;
    item.set("value", choice.value);
    item.set("zh", choice.zh);
    item.set("en", choice.en);
    choices.push(std::move(item));
  }
  json.set("choices", std::move(choices));
  json.set("free_text", question.free_text);
  json.set("default", question.default_value);
  json.set("required", question.required);
  json.set("answer", question.answer);
  return json;
}

Json skipped_json(const SkippedRow& skipped) {
  Json json;
  json.set("row", static_cast<std::int64_t>(skipped.row) + 1);
  json.set("reason", skip_reason_name(skipped.reason));
  json.set("zh", skip_reason_zh(skipped.reason));
  json.set("en", skip_reason_en(skipped.reason));
  json.set("text", skipped.text);
  return json;
}

Json normalisation_json(const Normalisation& change) {
  Json json;
  json.set("cell", cell_address(change.row, change.column));
  json.set("rule", change.rule);
  json.set("zh", normalisation_zh(change.rule));
  json.set("en", normalisation_en(change.rule));
  json.set("from", change.from);
  json.set("to", change.to);
  return json;
}

template <class T, class Each>
Json list_json(const std::vector<T>& list, const Each& each) {
  Json json(Json::Array{});
  for (const T& item : list) json.push(each(item));
  return json;
}

Json table_json(const TableReading& table) {
  Json json;
  json.set("row", static_cast<std::int64_t>(table.row) + 1);
  json.set("columns", list_json(table.columns, column_json));
  return json;
}

}   // namespace

std::string_view skip_reason_name(SkipReason reason) { return words_of(reason).name; }
std::string_view skip_reason_zh(SkipReason reason) { return words_of(reason).zh; }
std::string_view skip_reason_en(SkipReason reason) { return words_of(reason).en; }
std::string normalisation_zh(std::string_view rule) { return rule_text(rule, &Words::zh); }
std::string normalisation_en(std::string_view rule) { return rule_text(rule, &Words::en); }

Json to_json(const Reading& reading) {
  Json json;
  json.set("sheet", reading.sheet);
  json.set("columns", list_json(reading.columns, column_json));
  json.set("further", list_json(reading.further, table_json));
  json.set("rows", list_json(reading.rows, row_json));
  json.set("skipped", list_json(reading.skipped, skipped_json));
  json.set("normalisations", list_json(reading.normalisations, normalisation_json));
  json.set("questions", list_json(reading.questions, question_json));
  json.set("open_questions", reading.open_questions);
  json.set("unused_answers", list_json(reading.unused_answers, [](const std::string& id) { return Json(id); }));
  return json;
}

}   // namespace gangmu::plan
