// SPDX-License-Identifier: Apache-2.0
#include "app/task_wire.hpp"

#include <algorithm>
#include <tuple>

#include "app/nudges.hpp"
#include "app/pack_tasks.hpp"
#include "app/task_record.hpp"
#include "record/bound.hpp"

namespace gangmu::app {

namespace wire {
namespace {

void due(JsonWriter& out, const plan::Due& due) {
  const bool standing = due.kind == plan::DueKind::long_term || due.kind == plan::DueKind::recurring;
  out.begin_object().key("kind").value(due.dated() ? "date" : standing ? "long_term" : "undated");
  if (due.dated()) out.key("date").value(due.last.text());
  out.key("text").value(due.text.empty() ? plan::due_text(due) : due.text).end_object();
}

/// The first target stands for all; the text has every word of them.
void target(JsonWriter& out, const plan::Task& task) {
  const bool measured = !task.targets.empty();   // only complete targets are kept
  out.begin_object().key("kind").value(measured ? "target" : task.target_text.empty() ? "none" : "qualitative");
  out.key("text").value(task.target_text.empty() && measured ? task.targets.front().text : task.target_text);
  if (measured) {
    const plan::Target& first = task.targets.front();
    out.key("operator")
        .value(plan::comparison_sign(first.comparison))
        .key("value")
        .value(first.value.text())
        .key("unit")
        .value(first.unit);
  }
  out.end_object();
}

int urgency(plan::DateLight light) {
  switch (light) {
    case plan::DateLight::overdue: return 0;
    case plan::DateLight::due_this_week: return 1;
    case plan::DateLight::waiting: return 2;
    case plan::DateLight::on_course: return 3;
    case plan::DateLight::undated: return 4;
    case plan::DateLight::paused: return 5;
    case plan::DateLight::closed: return 6;
    case plan::DateLight::cancelled: return 7;
  }
  return 8;
}

bool at_or_below(const Picture& picture, const TaskRow& row, place::NodeIndex node) {
  const place::NodeIndex at = node_of(picture, *row.stored);
  return at != place::no_node && picture.tree().within(at, node);
}

}   // namespace

std::int64_t whole_percent(const Decimal& percent) {
  const auto whole = rounded_half_up(percent.real(), 0);
  return whole ? whole->units() : 0;
}

std::string_view light_of(plan::DateLight light) {
  switch (light) {
    case plan::DateLight::closed: return "closed";
    case plan::DateLight::waiting: return "waiting";
    case plan::DateLight::overdue: return "overdue";
    case plan::DateLight::due_this_week: return "week";
    case plan::DateLight::paused:
    case plan::DateLight::cancelled:
    case plan::DateLight::on_course:
    case plan::DateLight::undated: break;
  }
  return "none";
}

std::string act_of(std::string_view step) {
  std::string out(step == "resume" ? "reopen" : step);
  std::ranges::replace(out, '_', '-');
  return out;
}

std::string_view state_of(plan::TaskState state) {
  return state == plan::TaskState::done_waiting ? "waiting" : plan::task_state_name(state);
}

void task_fields(JsonWriter& out, const place::Tree& tree, const plan::Task& task) {
  out.key("number").value(task.number).key("action").value(task.action).key("measure").value(task.measure);
  out.key("title").value(task.title).key("lead").value(task.lead).key("responsible").begin_array();
  for (const std::string& unit : task.responsible) out.value(unit);
  out.end_array().key("cooperating").begin_array();
  for (const std::string& unit : task.cooperating) out.value(unit);
  out.end_array().key("supervisor").value(task.supervisor).key("due");
  due(out, task.due);
  out.key("target");
  target(out, task);
  out.key("progress").value(task.progress).key("percent");
  if (task.percent)
    out.value(whole_percent(*task.percent));
  else
    out.null();
  out.key("state").value(state_of(task.state)).key("place");
  const place::NodeIndex node = task.place.empty() ? place::no_node : tree.find_code(task.place);
  if (node == place::no_node)
    out.null();
  else
    place_ref(out, tree, node);
  out.key("remark").value(task.remark);
}

namespace {

/// A field of no rule, as text; evidence by its files. What a task refers to is told beside it.
void box(JsonWriter& out, const record::Field& field, const record::Value& value) {
  if (field.type == record::Type::ref) return;
  out.begin_object().key("name").value(field.name).key("zh").value(field.label(Language::zh));
  out.key("en").value(field.label(Language::en)).key("text");
  const auto* rows = std::get_if<record::Rows>(&value);
  const auto* yes = std::get_if<bool>(&value);
  out.value(rows ? std::string() : yes ? std::string(*yes ? "是" : "否") : record::key_text(field, value));
  if (rows) out.key("files").begin_array();
  record::each_row(value, [&](const record::Values& row) {
    const auto file = row.find(record::FieldId{1});
    const auto* named = file == row.end() ? nullptr : std::get_if<record::FileRef>(&file->second);
    if (!named) return;
    out.begin_object().key("digest").value(named->digest).key("name").value(named->name);
    out.key("about").value(record::text_in(row, record::FieldId{2})).end_object();
  });
  if (rows) out.end_array();
  out.end_object();
}

void more(JsonWriter& out, const store::View& view, const plan::Task& task) {
  const auto one = [&](std::string_view name, std::string_view zh, std::string_view en, std::string_view text) {
    out.begin_object().key("name").value(name).key("zh").value(zh).key("en").value(en).key("text").value(text);
    out.end_object();
  };
  const record::Kind& kind = *view.records.catalogue->find(task_kind);
  out.key("more").begin_array();
  for (const auto& [id, value] : task.more)
    if (const record::Field* field = kind.field(id)) box(out, *field, value);
  const auto of = [&](record::FieldId id, const std::string& text) {
    const record::Field& field = *kind.field(id);
    if (!text.empty()) one(field.name, field.label(Language::zh), field.label(Language::en), text);
  };
  of(plan::task_field::received_on, task.received_on ? task.received_on->text() : "");
  of(plan::task_field::asked_due, task.asked_due ? task.asked_due->text() : "");
  of(plan::task_field::asked_text, task.asked_text);
  for (const auto& [head, text] : task.extra) one({}, head, head, text);
  out.end_array();
}

}   // namespace

void task(JsonWriter& out, const Picture& picture, const plan::Task& task, const store::WholeRecord& stored,
          Date today) {
  const store::View& view = *picture.view;
  const bool imported = !task.origin.batch.empty() && task.origin.batch != pack_batch;
  out.begin_object().key("id").value(std::to_string(task.id.value)).key("seq").value(stored.seq().value);
  task_fields(out, *view.tree, task);
  more(out, view, task);
  out.key("light").value(light_of(plan::date_light(task, today))).key("import");
  if (imported)
    out.value(task.origin.batch).key("row").value(task.origin.row);
  else
    out.null().key("row").null();
  if (const auto last = record::nudge_of(stored.document)) nudge(out.key("nudged"), picture, *last);
  out.end_object();
}

void tasks_under(JsonWriter& out, const Picture& picture, place::NodeIndex node, Date today, std::size_t most) {
  std::vector<TaskRow> rows = task_rows(picture, today);
  std::erase_if(rows, [&](const TaskRow& row) { return !at_or_below(picture, row, node); });
  std::ranges::stable_sort(
      rows, {}, [](const TaskRow& row) { return std::tuple(urgency(row.light), row.last.value_or(Date{INT32_MAX})); });
  out.begin_array();
  for (std::size_t i = 0; i < std::min(most, rows.size()); ++i) {
    const auto read = task_of(*picture.view, *rows[i].stored);
    if (read) task(out, picture, *read, *rows[i].stored, today);
  }
  out.end_array();
}

}   // namespace wire
}   // namespace gangmu::app
