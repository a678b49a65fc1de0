// SPDX-License-Identifier: Apache-2.0
// The task register read: a page of it with counts and facets, the whole of it as a workbook, one task with its
// history.
#include "app/tasks.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/errors.hpp"
#include "app/import_kept.hpp"
#include "app/import_reading.hpp"
#include "app/place_names.hpp"
#include "app/programme_wire.hpp"
#include "app/records/wire.hpp"
#include "app/table.hpp"
#include "app/task_may.hpp"
#include "app/task_record.hpp"
#include "app/task_wire.hpp"
#include "plan/task_register.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

constexpr std::size_t default_page = 50;

template <class Number>
std::optional<Number> number_of(const std::string& text) {
  Number out{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

/// Rows after the cursor, which is the id of the last task of the page before.
struct Page {
  std::size_t begin = 0, end = 0;
};

Result<std::size_t> limit_of(const Service& service, const Call& call) {
  const std::string asked = call.query_or("limit", "");
  const auto limit = asked.empty() ? std::optional(default_page) : number_of<std::size_t>(asked);
  if (!limit || *limit == 0)
    return fail(errors::query_malformed, {"limit", asked, "应为正整数", "write a positive integer"});
  return std::min(*limit, service.limits().page_rows);
}

Result<Page> page_of(const Service& service, const Call& call, const std::vector<TaskRow>& rows) {
  TRY_ASSIGN(const std::size_t limit, limit_of(service, call));
  Page page;
  if (const std::string cursor = call.query_or("cursor", ""); !cursor.empty()) {
    const auto after = number_of<std::int64_t>(cursor);
    if (!after) return fail(errors::cursor_malformed, {cursor});
    page.begin = static_cast<std::size_t>(std::ranges::upper_bound(rows, *after, {}, &TaskRow::number) - rows.begin());
  }
  page.end = std::min(rows.size(), page.begin + limit);
  return page;
}

void facet(JsonWriter& out, const char* name, const std::vector<FacetValue>& values) {
  out.key(name).begin_array();
  for (const FacetValue& value : values)
    out.begin_object().key("value").value(value.value).key("count").value(value.count).end_object();
  out.end_array();
}

Result<Reply> page_reply(const Service& service, const Call& call, const Picture& picture,
                         const TaskSelection& selection) {
  TRY_ASSIGN(const Page page, page_of(service, call, selection.rows));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const TaskRow& row = selection.rows[i];
    TRY_ASSIGN(const plan::Task task, task_of(*picture.view, *row.stored));
    wire::task(out, picture, task, *row.stored, service.today());
  }
  out.end_array().key("next");
  if (page.end < selection.rows.size() && page.end > page.begin)
    out.value(std::to_string(selection.rows[page.end - 1].number));
  else
    out.null();
  out.key("total").value(static_cast<std::int64_t>(selection.rows.size())).key("summary");
  wire::task_summary(out, selection.counts);
  out.key("facets").begin_object();
  facet(out, "lead", selection.lead);
  facet(out, "responsible", selection.responsible);
  facet(out, "action", selection.action);
  out.end_object().end_object();
  return reply;
}

// --- workbooks -------------------------------------------------------------------------------------------------------

Result<std::vector<plan::Task>> tasks_of(const store::View& view, const std::vector<TaskRow>& rows) {
  std::vector<plan::Task> out;
  for (const TaskRow& row : rows) {
    TRY_ASSIGN(plan::Task task, task_of(view, *row.stored));
    out.push_back(std::move(task));
  }
  return out;
}

/// Places are kept as codes; people read names: as they were typed where the import asked about them, else the official
/// ones.
void name_places(const place::Tree& tree, const plan::Answers& answers, std::vector<plan::Task>& tasks) {
  std::map<std::string, std::string, std::less<>> typed;
  for (const auto& [id, code] : answers) {
    if (id.starts_with(place_question)) typed.try_emplace(code, id.substr(place_question.size()));
  }
  for (plan::Task& task : tasks) {
    const auto found = typed.find(task.place);
    const place::NodeIndex node = task.place.empty() ? place::no_node : tree.find_code(task.place);
    if (found != typed.end())
      task.place = found->second;
    else if (node != place::no_node)
      task.place = tree[node].name_zh;
  }
}

std::string stem(const std::string& file) { return file.substr(0, file.rfind('.')); }

struct Layout {
  Json json;
  std::string file;
  plan::Answers answers;
};

Result<Layout> layout_for(const Picture& picture, const TaskFilter& filter) {
  const std::string title = picture.programme()["name_zh"].string_or("") + "任务台账";
  if (filter.batch.empty()) return Layout{plan::standard_layout(title), "任务台账.xlsx", {}};
  TRY_ASSIGN(const store::ImportBatch* batch, find_import(picture, filter.batch, Permission::read_tasks));
  TRY_ASSIGN(Json layout, layout_of(*picture.store, *batch));
  if (layout.is_null()) layout = plan::standard_layout(title);
  return Layout{std::move(layout), stem(batch->body["file"].string_or("任务台账")) + ".xlsx", answers_of(batch->body)};
}

Result<Reply> workbook(const Service& service, const Picture& picture, const TaskFilter& filter,
                       const TaskSelection& selection) {
  TRY_ASSIGN(const Layout layout, layout_for(picture, filter));
  TRY_ASSIGN(std::vector<plan::Task> tasks, tasks_of(*picture.view, selection.rows));
  name_places(picture.tree(), layout.answers, tasks);
  TRY_ASSIGN(Worksheet sheet, plan::register_sheet(tasks, layout.json));
  return workbook_reply(service, picture, layout.file, std::move(sheet),
                        {{"筛选", filter_text(filter)},
                         {"任务数", std::to_string(tasks.size())},
                         {"牵头单位", "一项任务只有一个；其余为责任单位或配合单位"},
                         {"完成时限", "时限当日仍算按期；长期坚持的任务不计时"},
                         {"完成比例", "最近一次填报的百分比；空白为未填报，不等于 0"},
                         {"状态", "进行中、待销号、已销号、暂停"},
                         {"个人信息", "牵头领导、联系人等已隐去"}});
}

Status event(JsonWriter& out, const Picture& picture, const store::RecordEvent& stored) {
  TRY_ASSIGN(const record::Event event, record::event_of(stored.body));
  const auto patched = [&](record::FieldId field) {
    return event.patch["f"][std::to_string(field.value)].string_or("");
  };
  const bool reports = event.step == "progress" || event.step == "request_close";
  out.begin_object().key("at").value(event.at.text()).key("actor").value(picture.actor_name(event.actor));
  out.key("act").value(wire::act_of(event.step)).key("zh");
  const record::Kind& kind = *picture.view->records.catalogue->find(task_kind);
  const flow::StepIndex step = kind.flow()->step(event.step);
  out.value(step == flow::none ? std::string() : kind.flow()->steps()[step].zh).key("en");
  out.value(step == flow::none ? std::string() : kind.flow()->steps()[step].en).key("text");
  out.value(reports && event.reason.empty() ? patched(plan::task_field::progress) : event.reason);
  if (const auto percent = Decimal::parse(patched(plan::task_field::percent)); percent && reports)
    out.key("percent").value(wire::whole_percent(*percent));
  out.key("more").begin_array();
  for (const std::string& name : further_boxes(kind)) {
    const record::Field& field = *kind.field(name);
    const std::string text = patched(field.id);
    if (text.empty() || event.step != "progress") continue;
    out.begin_object().key("name").value(name).key("zh").value(field.label(Language::zh));
    out.key("en").value(field.label(Language::en)).key("text").value(text).end_object();
  }
  out.end_array().key("seq").value(stored.seq.value).end_object();
  return {};
}

/// "seq.n" of the earliest event of the page before: the next one holds what stands before it.
Result<store::records::EventPlace> event_place(const std::string& cursor) {
  if (cursor.empty()) return store::records::EventPlace{Seq{INT64_MAX}};
  const std::size_t dot = std::min(cursor.find('.'), cursor.size());
  const auto seq = number_of<std::int64_t>(cursor.substr(0, dot));
  const auto n = number_of<int>(cursor.substr(std::min(cursor.size(), dot + 1)));
  if (!seq || !n) return fail(errors::cursor_malformed, {cursor});
  return store::records::EventPlace{Seq{*seq}, *n};
}

/// The end of the task's history, or what stands before `cursor`; its order is that of time.
Status history(JsonWriter& out, const Service& service, const Call& call, const Picture& picture,
               const store::WholeRecord& task) {
  TRY_ASSIGN(const std::size_t limit, limit_of(service, call));
  TRY_ASSIGN(const auto before, event_place(call.query_or("cursor", "")));
  const Seq seen = picture.view->seq;
  bool hidden = task.document["f"].canonical().find(R"({"sealed":)") != std::string::npos;
  using Events = std::vector<store::RecordEvent>;
  TRY_ASSIGN(auto events, picture.store->read([&](store::Database& database) -> Result<Events> {
    TRY_ASSIGN(const bool sealed, store::records::any_hidden(database, task.id, seen));
    hidden = hidden || sealed;
    return store::records::events_before(database, task.id, seen, before, limit + 1);
  }));
  const bool more = events.size() > limit;
  if (more) events.erase(events.begin());
  out.key("hidden").value(hidden);
  out.key("events").begin_array();
  for (const store::RecordEvent& one : events) TRY(event(out, picture, one));
  out.end_array().key("next");
  if (more)
    out.value(std::to_string(events.front().seq.value) + "." + std::to_string(events.front().n));
  else
    out.null();
  return {};
}

/// The task it was broken down from, where the reader may see it, and those it was broken down to.
Status family(JsonWriter& out, const Service& service, const Picture& picture, const store::WholeRecord& task) {
  const auto one = [&](const TaskRow& row) {
    out.begin_object().key("id").value(std::to_string(row.number)).key("title").value(row.text(field::title));
    out.key("lead").value(row.text(field::lead)).key("light").value(wire::light_of(row.light)).key("state");
    const auto state = plan::task_state_of(row.stored->document["s"].string_or(""));
    out.value(wire::state_of(state.value_or(plan::TaskState::open))).key("percent");
    if (const auto percent = Decimal::parse(row.text(field::percent)))
      out.value(wire::whole_percent(*percent));
    else
      out.null();
    out.end_object();
  };
  const std::string above = task.document["f"][std::to_string(field::parent.value)].string_or("");
  out.key("parent");
  const auto id = record::RecordId::parse(above);
  const auto parent = id ? find_task(picture, std::to_string(id->number), service.today()) : std::nullopt;
  if (parent)
    one(*parent);
  else
    out.null();
  const Children children = children_of(picture, task.id);
  out.key("below").begin_object().key("total").value(std::int64_t{children.total});
  out.key("closed").value(std::int64_t{children.closed}).key("percent").value(children.percent);
  out.key("items").begin_array();
  const std::vector<TaskRow> below = rows_below(picture, task.id, service.today());
  for (std::size_t i = 0; i < std::min(below.size(), service.limits().page_rows); ++i) one(below[i]);
  out.end_array().end_object();
  return {};
}

}   // namespace

Result<Reply> task_kind_declared(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_tasks));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object();
  const record::Catalogue& catalogue = *picture.view->records.catalogue;
  wire::kind(out, catalogue, *catalogue.find(task_kind));
  out.key("open").value(true).end_object();
  return reply;
}

Result<Reply> tasks(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_tasks));
  TRY_ASSIGN(const TaskFilter filter, task_filter(call));
  TRY_ASSIGN(const TaskSelection selection, select_tasks(picture, task_rows(picture, service.today()), filter));
  if (call.as_xlsx) return workbook(service, picture, filter, selection);
  return page_reply(service, call, picture, selection);
}

Result<Reply> task(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_tasks));
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const store::WholeRecord& stored = *row->stored;
  TRY_ASSIGN(const plan::Task read, task_of(*picture.view, stored));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("task");
  wire::task(out, picture, read, stored, service.today());
  TRY(family(out, service, picture, stored));
  out.key("acts").begin_array();
  for (const TaskAct& one : acts_on(picture, *row, service.system().clock.now())) out.value(one.act);
  out.end_array().key("steps").begin_array();
  const flow::Flow& flow = *picture.view->records.catalogue->find(task_kind)->flow();
  for (const std::string_view step : steps_open(picture, stored, read)) {
    out.begin_object().key("id").value(step);
    out.key("ruling").value(flow.steps()[flow.step(step)].taken_by(permission_name(Permission::close_tasks)));
    out.key("reason").value(plan::asks_reason(step)).end_object();
  }
  out.end_array();
  TRY(history(out, service, call, picture, stored));
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
