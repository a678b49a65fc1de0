// SPDX-License-Identifier: Apache-2.0
#include "app/task_rows.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/errors.hpp"
#include "app/pack_tasks.hpp"
#include "app/task_record.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

using plan::DateLight;

struct ViewName {
  std::string_view name, zh;
};
constexpr std::array<ViewName, 6> view_names = {{{"all", "全部"},
                                                 {"open", "进行中"},
                                                 {"week", "本周到期"},
                                                 {"overdue", "已超期"},
                                                 {"waiting", "待销号"},
                                                 {"closed", "已销号"}}};

namespace field = plan::task_field;

const Json& value_in(const store::WholeRecord& task, record::FieldId id) {
  return task.document["f"][std::to_string(id.value)];
}
std::string_view text_of(const Json& json) { return json.string() ? std::string_view(*json.string()) : ""; }

std::vector<std::string_view> units_in(const store::WholeRecord& task, record::FieldId id) {
  std::vector<std::string_view> out;
  if (const auto* rows = value_in(task, id)["rows"].object())
    for (const auto& [number, row] : *rows) out.push_back(text_of(row["1"]));
  return out;
}

bool in_view(DateLight light, TaskView view) {
  switch (view) {
    case TaskView::all: return true;
    case TaskView::open:
      return light != DateLight::closed && light != DateLight::waiting && light != DateLight::paused &&
             light != DateLight::cancelled;
    case TaskView::week: return light == DateLight::due_this_week;
    case TaskView::overdue: return light == DateLight::overdue;
    case TaskView::waiting: return light == DateLight::waiting;
    case TaskView::closed: return light == DateLight::closed;
  }
  return false;
}

bool mentions(const TaskRow& row, const std::string& wanted) {
  for (const record::FieldId id : {field::ledger_number, field::title, field::action, field::measure, field::lead,
                                   field::supervisor, field::target_text, field::progress, field::remark}) {
    if (text::contains(text::lower_ascii(row.text(id)), wanted)) return true;
  }
  return std::ranges::any_of(row.units(field::responsible),
                             [&](std::string_view unit) { return text::contains(text::lower_ascii(unit), wanted); });
}

/// Which conditions of the filter a row meets; those that are facets one by one.
struct Met {
  bool view = false, rest = false, lead = false, responsible = false, action = false;
};

Met met(const TaskRow& row, const TaskFilter& filter, const std::string& wanted) {
  Met out;
  out.view = in_view(row.light, filter.view);
  out.lead = filter.lead.empty() || row.text(field::lead) == filter.lead;
  out.responsible =
      filter.responsible.empty() || std::ranges::count(row.units(field::responsible), filter.responsible) > 0;
  out.action = filter.action.empty() || row.text(field::action) == filter.action;
  out.rest = (filter.batch.empty() || row.batch() == filter.batch) &&
             (!filter.due_before || (row.last && *row.last <= *filter.due_before)) &&
             (wanted.empty() || mentions(row, wanted));
  return out;
}

class FacetCounter {
 public:
  void add(std::string_view value) {
    if (value.empty()) return;
    const auto found = counts_.find(value);
    if (found == counts_.end())
      counts_.emplace(std::string(value), 1);
    else
      ++found->second;
  }
  [[nodiscard]] std::vector<FacetValue> values() const {
    std::vector<FacetValue> out;
    for (const auto& [value, count] : counts_) out.push_back({value, count});
    std::ranges::stable_sort(out, std::ranges::greater(), &FacetValue::count);
    return out;
  }

 private:
  std::map<std::string, std::int64_t, std::less<>> counts_;
};

}   // namespace

std::string_view TaskRow::text(record::FieldId id) const { return text_of(value_in(*stored, id)); }
std::vector<std::string_view> TaskRow::units(record::FieldId id) const { return units_in(*stored, id); }

std::string_view TaskRow::batch() const {
  const std::string_view value = text(field::origin_batch);
  return value != pack_batch ? value : std::string_view();
}

TaskRow task_row(const store::WholeRecord& stored, Date today) {
  TaskRow row;
  row.stored = &stored;
  row.number = stored.id.number;
  plan::Task task;
  task.state = plan::task_state_of(text_of(stored.document["s"])).value_or(plan::TaskState::open);
  task.due.kind = plan::due_kind_of(row.text(field::due_kind)).value_or(plan::DueKind::undated);
  if (const auto last = Date::parse(row.text(field::due))) task.due.last = *last;
  if (task.due.dated()) row.last = task.due.last;
  row.light = plan::date_light(task, today);
  return row;
}

const store::Shelf<store::WholeRecord>& tasks_of(const store::View& view) {
  static const store::Shelf<store::WholeRecord> none;
  const auto found = view.records.whole.find(task_kind);
  return found == view.records.whole.end() ? none : found->second;
}

place::NodeIndex node_of(const Picture& picture, const store::WholeRecord& task) {
  const auto* place = value_in(task, field::place).integer();
  return place ? picture.tree().find(PlaceId{*place}) : picture.focus();
}

Status allowed(const Picture& picture, Permission permission, const store::WholeRecord& task) {
  std::vector<std::string_view> lines = units_in(task, field::responsible);
  lines.push_back(text_of(value_in(task, field::lead)));
  lines.push_back(text_of(value_in(task, field::supervisor)));
  return allowed(picture.rights, permission,
                 {.node = node_of(picture, task), .lines = lines, .state = text_of(task.document["s"])});
}

namespace {

template <class Each>
void each_child(const Picture& picture, const record::RecordId& id, const Each& each) {
  const std::string of = id.text();
  tasks_of(*picture.view).for_each([&](const store::WholeRecord& stored) {
    if (text_of(value_in(stored, field::parent)) == of) each(stored);
  });
}

}   // namespace

Children children_of(const Picture& picture, const record::RecordId& id) {
  Children out;
  std::int64_t hundredths = 0;
  each_child(picture, id, [&](const store::WholeRecord& stored) {
    const std::string_view state = text_of(stored.document["s"]);
    if (state == "cancelled") return;
    const bool closed = state == "closed";
    ++out.total;
    out.closed += closed ? 1 : 0;
    const Decimal done = Decimal::parse(text_of(value_in(stored, field::percent))).value_or(Decimal());
    const auto whole = done.rescaled(2);   // more decimals than that nobody reports
    hundredths += closed ? 10'000 : whole ? whole->units() : 0;
  });
  if (out.total > 0) out.percent = (hundredths + 50 * out.total) / (100 * out.total);
  return out;
}

std::vector<TaskRow> rows_below(const Picture& picture, const record::RecordId& id, Date today) {
  std::vector<TaskRow> out;
  each_child(picture, id, [&](const store::WholeRecord& stored) {
    if (allowed(picture, Permission::read_tasks, stored)) out.push_back(task_row(stored, today));
  });
  std::ranges::sort(out, {}, &TaskRow::number);
  return out;
}

bool has_own_door(std::string_view step) {
  return step == "progress" || step == "close" || step == "return" || step == "resume";
}

std::vector<std::string_view> steps_open(const Picture& picture, const store::WholeRecord& stored,
                                         const plan::Task& task) {
  const flow::Flow& flow = *picture.view->records.catalogue->find(task_kind)->flow();
  const flow::StateIndex state = flow.state(plan::task_state_name(task.state));
  std::vector<std::string_view> out;
  for (const flow::Step& step : flow.steps()) {
    if (has_own_door(step.id) || !flow::holds(step.from, state) || !plan::offered(task, step.id)) continue;
    const bool may = std::ranges::any_of(step.by, [&](const std::string& by) {
      const auto permission = access::permission_of(by);
      return permission && allowed(picture, *permission, stored);
    });
    if (may) out.emplace_back(step.id);
  }
  return out;
}

std::vector<TaskRow> task_rows(const Picture& picture, Date today) {
  std::vector<TaskRow> rows;
  rows.reserve(tasks_of(*picture.view).size());
  tasks_of(*picture.view).for_each([&](const store::WholeRecord& stored) {
    if (allowed(picture, Permission::read_tasks, stored)) rows.push_back(task_row(stored, today));
  });
  std::ranges::sort(rows, {}, &TaskRow::number);
  return rows;
}

std::optional<TaskRow> find_task(const Picture& picture, std::string_view id, Date today) {
  std::optional<TaskRow> found;
  tasks_of(*picture.view).for_each([&](const store::WholeRecord& stored) {
    if (!found && std::to_string(stored.id.number) == id && allowed(picture, Permission::read_tasks, stored))
      found = task_row(stored, today);
  });
  return found;
}

Result<TaskFilter> task_filter(const Call& call) {
  TaskFilter filter;
  const std::string view = call.query_or("view", "all");
  const auto name = std::ranges::find(view_names, view, &ViewName::name);
  if (name == view_names.end()) {
    return fail(errors::query_malformed, {"view", view, "可选：all、open、week、overdue、waiting、closed",
                                          "choose from: all, open, week, overdue, waiting, closed"});
  }
  filter.view = static_cast<TaskView>(name - view_names.begin());
  filter.lead = call.query_or("lead", "");
  filter.responsible = call.query_or("responsible", "");
  filter.action = call.query_or("action", "");
  filter.text = call.query_or("q", "");
  filter.batch = call.query_or("import", "");
  filter.under = call.query_or("under", "");
  if (const std::string day = call.query_or("due_before", ""); !day.empty()) {
    TRY_ASSIGN(filter.due_before, Date::parse(day));
  }
  return filter;
}

std::string filter_text(const TaskFilter& filter) {
  std::vector<std::string> parts{std::string(view_names[static_cast<std::size_t>(filter.view)].zh)};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) parts.push_back(name + value);
  };
  add("牵头单位 ", filter.lead);
  add("责任单位 ", filter.responsible);
  add("行动 ", filter.action);
  add("含有 ", filter.text);
  add("导入 ", filter.batch);
  add("地区 ", filter.under);
  add("到期不晚于 ", filter.due_before ? filter.due_before->text() : "");
  return text::join(parts, "；");
}

Result<TaskSelection> select_tasks(const Picture& picture, std::vector<TaskRow> rows, const TaskFilter& filter) {
  TaskSelection out;
  if (!filter.under.empty()) {
    TRY_ASSIGN(const place::NodeIndex top, picture.node(filter.under, Permission::read_tasks));
    std::erase_if(rows, [&](const TaskRow& row) {
      const place::NodeIndex at = node_of(picture, *row.stored);
      return at == place::no_node || !picture.tree().within(at, top);
    });
  }
  FacetCounter lead, responsible, action;
  const std::string wanted = text::lower_ascii(text::trim(filter.text));
  for (const TaskRow& row : rows) {
    const Met m = met(row, filter, wanted);
    if (!m.rest) continue;
    if (m.lead && m.responsible && m.action) plan::add_light(out.counts, row.light);
    if (!m.view) continue;
    if (m.lead && m.responsible && m.action) out.rows.push_back(row);
    if (m.responsible && m.action) lead.add(row.text(field::lead));
    if (m.lead && m.responsible) action.add(row.text(field::action));
    if (!m.lead || !m.action) continue;
    for (const std::string_view unit : row.units(field::responsible)) responsible.add(unit);
  }
  out.lead = lead.values();
  out.responsible = responsible.values();
  out.action = action.values();
  return out;
}

}   // namespace gangmu::app
