// SPDX-License-Identifier: Apache-2.0
#include "plan/task_kind.hpp"

#include <algorithm>

#include "plan/errors.hpp"
#include "plan/task_state.hpp"
#include "record/bound.hpp"
#include "record/errors.hpp"
#include "record/ways_out.hpp"

namespace gangmu::plan {
namespace {

using record::FieldId;
using record::Value;
using record::Values;

constexpr const char* kind_body = R"json({"id":"task",
"is":{"version":2,"zh":"任务","en":"Task","home":"county","title":["title"],"flow":"task@2"},
"fields":[
{"id":"ledger_number","no":1,"type":"text","zh":"序号","en":"Number","max":20000},
{"id":"action","no":2,"type":"text","zh":"行动","en":"Action","max":20000},
{"id":"measure","no":3,"type":"text","zh":"举措","en":"Measure","max":20000},
{"id":"title","no":4,"type":"text","zh":"任务","en":"Task","max":20000},
{"id":"lead","no":5,"type":"text","zh":"牵头单位","en":"Lead","max":20000},
{"id":"responsible","no":6,"type":"rows","zh":"责任单位","en":"Responsible","max":2000,"of":[
  {"id":"unit","no":1,"type":"text","zh":"单位","en":"Unit","max":20000}]},
{"id":"cooperating","no":7,"type":"rows","zh":"配合单位","en":"Cooperating","max":2000,"of":[
  {"id":"unit","no":1,"type":"text","zh":"单位","en":"Unit","max":20000}]},
{"id":"supervisor","no":8,"type":"text","zh":"督办单位","en":"Supervisor","max":20000},
{"id":"due_kind","no":9,"type":"choice","zh":"时限类型","en":"Kind of due",
  "list":["undated","date","month","quarter","half","year","long_term","recurring","immediate","unread"]},
{"id":"due","no":10,"type":"date","zh":"时限","en":"Due"},
{"id":"due_text","no":11,"type":"text","zh":"完成时限","en":"Due as written","max":20000},
{"id":"target_text","no":12,"type":"text","zh":"工作目标","en":"Goal","max":20000},
{"id":"target_kind","no":13,"type":"choice","zh":"目标类型","en":"Kind of goal","list":["target","without_period","qualitative"]},
{"id":"targets","no":14,"type":"rows","zh":"目标","en":"Targets","max":2000,"of":[
  {"id":"sign","no":1,"type":"text","zh":"比较","en":"Comparison"},
  {"id":"value","no":2,"type":"text","zh":"数值","en":"Value"},
  {"id":"unit","no":3,"type":"text","zh":"单位","en":"Unit","max":20000},
  {"id":"period","no":4,"type":"text","zh":"时期","en":"Period"},
  {"id":"text","no":5,"type":"text","zh":"原文","en":"Text","max":20000}]},
{"id":"progress","no":15,"type":"text","zh":"进展情况","en":"Progress","max":20000},
{"id":"percent","no":16,"type":"number","zh":"完成比例","en":"Done","unit":"%","decimals":9},
{"id":"remark","no":17,"type":"text","zh":"备注","en":"Remark","max":20000},
{"id":"progress_on","no":18,"type":"date","zh":"填报日期","en":"Reported on"},
{"id":"requested_on","no":19,"type":"date","zh":"申请销号日期","en":"Close asked on"},
{"id":"closed_on","no":20,"type":"date","zh":"销号日期","en":"Closed on"},
{"id":"reason","no":21,"type":"text","zh":"理由","en":"Reason","max":20000},
{"id":"place","no":22,"type":"place","zh":"地区","en":"Place"},
{"id":"extra","no":23,"type":"rows","zh":"台账其他栏","en":"Other columns","max":2000,"of":[
  {"id":"head","no":1,"type":"text","zh":"栏名","en":"Head","max":20000},
  {"id":"text","no":2,"type":"text","zh":"内容","en":"Text","max":20000}]},
{"id":"origin_batch","no":24,"type":"text","zh":"导入批次","en":"Import","max":20000},
{"id":"origin_sheet","no":25,"type":"text","zh":"工作表","en":"Sheet","max":20000},
{"id":"origin_row","no":26,"type":"number","zh":"行","en":"Row"},
{"id":"problems","no":27,"type":"text","zh":"存在问题","en":"Problems","max":4000},
{"id":"next_steps","no":28,"type":"text","zh":"下步打算","en":"Next steps","max":4000},
{"id":"needs","no":29,"type":"text","zh":"需协调事项","en":"Needs help with","max":4000},
{"id":"leader","no":30,"type":"text","zh":"牵头领导","en":"Leader","max":20000,"personal":true},
{"id":"contact","no":31,"type":"text","zh":"联系人","en":"Contact","max":20000,"personal":true},
{"id":"persons","no":32,"type":"rows","zh":"其他人员栏","en":"Other persons","max":2000,"of":[
  {"id":"head","no":1,"type":"text","zh":"栏名","en":"Head","max":20000},
  {"id":"text","no":2,"type":"text","zh":"内容","en":"Text","max":20000,"personal":true}]},
{"id":"originals","no":33,"type":"rows","zh":"含号码的原文","en":"Texts with numbers","max":2000,"of":[
  {"id":"head","no":1,"type":"text","zh":"栏名","en":"Head","max":20000},
  {"id":"text","no":2,"type":"text","zh":"内容","en":"Text","max":20000,"personal":true}]},
{"id":"source","no":34,"type":"choice","zh":"来源","en":"Source",
  "list":["台账","会议议定","领导批示","上级来文","检查发现","建议提案","其他"]},
{"id":"source_text","no":35,"type":"text","zh":"来源说明","en":"Where it comes from","max":400},
{"id":"parent","no":36,"type":"ref","to":"task","zh":"上级任务","en":"Broken down from"},
{"id":"received_on","no":37,"type":"date","zh":"签收日期","en":"Received on"},
{"id":"asked_due","no":38,"type":"date","zh":"申请的时限","en":"Due asked for"},
{"id":"asked_text","no":39,"type":"text","zh":"申请调整的内容","en":"Change asked for","max":2000},
{"id":"rhythm","no":40,"type":"text","zh":"常态化工作节奏","en":"Rhythm of lasting work","max":400},
{"id":"statement","no":41,"type":"text","zh":"办结说明","en":"Closing statement","max":4000},
{"id":"proof_asked","no":42,"type":"flag","zh":"办结须附佐证","en":"Evidence asked for"},
{"id":"returned_on","no":44,"type":"date","zh":"退回日期","en":"Sent back on"},
{"id":"proof","no":43,"type":"rows","zh":"佐证","en":"Evidence","max":20,"of":[
  {"id":"file","no":1,"type":"file","zh":"文件","en":"File","of":["image","pdf","document","sheet"]},
  {"id":"about","no":2,"type":"text","zh":"说明","en":"About","max":400}]}
],
"views":[{"id":"list","value":["ledger_number","title","lead","due","percent"]},{"id":"board","value":"state"}]
})json";

constexpr const char* flow_body = R"json({"id":"task@2",
"states":[
{"id":"open","is":"open","zh":"进行中","en":"Open","edit":["*"]},
{"id":"done_waiting","is":"wait","zh":"待销号","en":"Waiting to be closed"},
{"id":"closed","is":"final","zh":"已销号","en":"Closed"},
{"id":"paused","is":"wait","zh":"暂停","en":"Paused"},
{"id":"objected","is":"wait","zh":"异议待裁定","en":"Objected to"},
{"id":"cancelled","is":"final","zh":"已取消","en":"Cancelled"}],
"steps":[
{"id":"receive","from":["open"],"by":["report_progress"],"zh":"签收","en":"Receive"},
{"id":"progress","from":["open","done_waiting"],"by":["report_progress"],"edit":["progress","percent","problems","next_steps","needs"],"zh":"更新进展","en":"Progress reported"},
{"id":"request_close","from":["open"],"to":"done_waiting","by":["report_progress"],"need":["proof if proof_asked"],"edit":["progress","statement","proof"],"zh":"申请销号","en":"Ask for its close"},
{"id":"ask_change","from":["open"],"by":["report_progress"],"edit":["asked_due","asked_text"],"zh":"申请延期、调整","en":"Ask for a change"},
{"id":"object","from":["open"],"to":"objected","by":["report_progress"],"zh":"提出异议","en":"Object"},
{"id":"close","from":["done_waiting"],"to":"closed","by":["close_tasks"],"zh":"销号","en":"Close"},
{"id":"return","from":["done_waiting"],"to":"open","by":["close_tasks"],"zh":"退回","en":"Send back"},
{"id":"grant_change","from":["open"],"by":["close_tasks"],"edit":["title","target_text"],"zh":"同意调整","en":"Grant the change"},
{"id":"refuse_change","from":["open"],"by":["close_tasks"],"zh":"不同意调整","en":"Refuse the change"},
{"id":"uphold","from":["objected"],"to":"open","by":["close_tasks"],"need":["lead"],"edit":["responsible","cooperating","place"],"zh":"异议成立，改派","en":"Uphold and hand on"},
{"id":"overrule","from":["objected"],"to":"open","by":["close_tasks"],"zh":"异议不成立","en":"Overrule"},
{"id":"transfer","from":["open"],"by":["close_tasks"],"need":["lead"],"edit":["responsible","cooperating","supervisor","place"],"zh":"转办","en":"Transfer"},
{"id":"carry_over","from":["open"],"by":["close_tasks"],"need":["due"],"zh":"结转","en":"Carry over"},
{"id":"make_lasting","from":["open"],"by":["close_tasks"],"need":["rhythm"],"zh":"转为常态化","en":"Make it lasting work"},
{"id":"pause","from":["open"],"to":"paused","by":["close_tasks"],"zh":"暂停","en":"Pause"},
{"id":"resume","from":["paused"],"to":"open","by":["close_tasks"],"zh":"恢复","en":"Resume"},
{"id":"cancel","from":["open","done_waiting","paused","objected"],"to":"cancelled","by":["close_tasks"],"zh":"取消","en":"Cancel"}],
"clocks":[{"id":"due","start":["open"],"stop":["close","cancel"],"until":"due","when":"has(due)","zh":"完成时限","en":"Due"}]
})json";

Definition definition(const char* kind, const char* id, const char* body, int version) {
  return {
      .kind = kind, .id = id, .version = version, .valid_from = Date{}, .retired = false, .body = *Json::parse(body)};
}

// ---- parts of a task that are more than one member or less than one ----

record::Codes one_code(std::string_view code) { return {{std::string(code)}}; }
std::string code_in(const Value& value) {
  const auto* codes = std::get_if<record::Codes>(&value);
  return codes && !codes->all.empty() ? codes->all.front() : std::string();
}
std::optional<Value> text_value(const std::string& text) { return record::Bind<std::string>::write(text); }

std::optional<Value> due_kind(const Task& task) {
  if (task.due.kind == DueKind::undated) return std::nullopt;
  return Value(one_code(due_kind_name(task.due.kind)));
}
void set_due_kind(Task& task, const Value& value) {
  task.due.kind = due_kind_of(code_in(value)).value_or(DueKind::unread);
}
std::optional<Value> due_last(const Task& task) {
  return task.due.dated() ? std::optional(Value(task.due.last)) : std::nullopt;
}
void set_due_last(Task& task, const Value& value) {
  if (const auto* day = std::get_if<Date>(&value)) task.due.last = *day;
}
std::optional<Value> due_words(const Task& task) { return text_value(task.due.text); }
void set_due_words(Task& task, const Value& value) { record::Bind<std::string>::read(value, task.due.text); }

constexpr std::string_view text_kind_names[] = {"target", "without_period", "qualitative"};
std::optional<Value> target_kind(const Task& task) {
  if (task.target_text.empty()) return std::nullopt;
  return Value(one_code(text_kind_names[static_cast<std::size_t>(task.target_kind)]));
}
void set_target_kind(Task& task, const Value& value) {
  const auto* found = std::ranges::find(text_kind_names, code_in(value));
  if (found != std::end(text_kind_names)) task.target_kind = static_cast<TextKind>(found - std::begin(text_kind_names));
}

constexpr FieldId target_sign{1}, target_value{2}, target_unit{3}, target_period{4}, target_words{5};
std::optional<Value> targets(const Task& task) {
  if (task.targets.empty()) return std::nullopt;
  std::vector<Values> rows;
  for (const Target& target : task.targets) {
    Values& row = rows.emplace_back(Values{{target_sign, Value(std::string(comparison_sign(target.comparison)))},
                                           {target_value, Value(target.value.text())}});
    for (const auto& [id, text] :
         {std::pair{target_unit, &target.unit}, {target_period, &target.period}, {target_words, &target.text}})
      if (!text->empty()) row[id] = Value(*text);
  }
  return record::rows_of(std::move(rows));
}
void set_targets(Task& task, const Value& value) {
  record::each_row(value, [&](const Values& row) {
    Target& target = task.targets.emplace_back();
    for (const Comparison one :
         {Comparison::at_least, Comparison::more_than, Comparison::at_most, Comparison::less_than, Comparison::exactly})
      if (comparison_sign(one) == record::text_in(row, target_sign)) target.comparison = one;
    target.value = Decimal::parse(record::text_in(row, target_value)).value_or(Decimal());
    target.unit = record::text_in(row, target_unit);
    target.period = record::text_in(row, target_period);
    target.text = record::text_in(row, target_words);
  });
}

std::optional<Value> percent(const Task& task) {
  return task.percent ? std::optional(Value(*task.percent)) : std::nullopt;
}
/// The field keeps nine decimals; an office reads what it typed.
void set_percent(Task& task, const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) task.percent = number->reduced();
}

std::optional<Value> origin_row(const Task& task) {
  return task.origin.row > 0 ? std::optional(Value(Decimal(task.origin.row, 0))) : std::nullopt;
}
void set_origin_row(Task& task, const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) task.origin.row = static_cast<int>(number->units());
}
template <std::string TaskOrigin::*Member>
std::optional<Value> origin(const Task& task) {
  return text_value(task.origin.*Member);
}
template <std::string TaskOrigin::*Member>
void set_origin(Task& task, const Value& value) {
  record::Bind<std::string>::read(value, task.origin.*Member);
}

const record::Bound<Task>& binding() {
  static const record::Bound<Task> bound = [] {
    record::Bound<Task> out;
    out.field<&Task::number>(1).field<&Task::action>(2).field<&Task::measure>(3).field<&Task::title>(4);
    out.field<&Task::lead>(5).field<&Task::responsible>(6).field<&Task::cooperating>(7).field<&Task::supervisor>(8);
    out.part<due_kind, set_due_kind>(9).part<due_last, set_due_last>(10).part<due_words, set_due_words>(11);
    out.field<&Task::target_text>(12).part<target_kind, set_target_kind>(13).part<targets, set_targets>(14);
    out.field<&Task::progress>(15).part<percent, set_percent>(16).field<&Task::remark>(17);
    out.field<&Task::progress_on>(18).field<&Task::requested_on>(19).field<&Task::closed_on>(20);
    out.field<&Task::reason>(21).field<&Task::extra>(23);
    out.field<&Task::received_on>(37).field<&Task::asked_due>(38).field<&Task::asked_text>(39);
    out.field<&Task::returned_on>(44);
    out.part<origin<&TaskOrigin::batch>, set_origin<&TaskOrigin::batch>>(24);
    out.part<origin<&TaskOrigin::sheet>, set_origin<&TaskOrigin::sheet>>(25);
    out.part<origin_row, set_origin_row>(26);
    namespace field = task_field;
    return out.rest<&Task::more>({field::place, field::leader, field::contact, field::persons, field::originals});
  }();
  return bound;
}

// ---- steps ----

/// A step of a task, its text and percent where it has them.
using StepAct = Result<Task> (*)(Task, const record::Asked&, Date);

std::string typed_text(const record::Asked& asked) { return record::text_in(asked.typed, task_field::progress); }
std::optional<Decimal> typed_percent(const record::Asked& asked) {
  const auto found = asked.typed.find(task_field::percent);
  const auto* number = found == asked.typed.end() ? nullptr : std::get_if<Decimal>(&found->second);
  return number ? std::optional(*number) : std::nullopt;
}

record::Rule rule(StepAct act) {
  return [act](const record::Record& before, Values after, const record::Asked& asked,
               const record::World& world) -> Result<Values> {
    TRY_ASSIGN(const Task task, task_of(*world.catalogue.find(before.id.kind), before));
    TRY_ASSIGN(const Task next, act(task, asked, world.now.date()));
    return binding().changed(std::move(after), task, next);
  };
}

/// An act that is told why and changes nothing that was typed.
template <Result<Task> (*Do)(Task, std::string, Date)>
record::Rule reasoned() {
  return rule([](Task task, const record::Asked& asked, Date day) { return Do(std::move(task), asked.reason, day); });
}

std::optional<Date> typed_day(const record::Asked& asked, FieldId id) {
  const auto found = asked.typed.find(id);
  const auto* day = found == asked.typed.end() ? nullptr : std::get_if<Date>(&found->second);
  return day ? std::optional(*day) : std::nullopt;
}

}   // namespace

const std::vector<Definition>& task_definitions() {
  static const std::vector<Definition> all{definition("flow", "task@2", flow_body, 1),
                                           definition("kind", "task", kind_body, 2)};
  return all;
}

bool offered(const Task& task, std::string_view step) {
  if (step == "receive") return !task.received_on;
  if (step == "grant_change" || step == "refuse_change") return task.asked_due || !task.asked_text.empty();
  return true;
}

bool asks_reason(std::string_view step) {
  static constexpr std::string_view without[] = {"receive", "progress", "request_close",
                                                 "close",   "resume",   "grant_change"};
  return std::ranges::find(without, step) == std::end(without);
}

Result<Task> task_of(const record::Kind& kind, const record::Record& record) {
  Task out = binding().read(record.values);
  out.id.value = record.id.number;
  const auto state = task_state_of(kind.flow()->states()[record.standing.state].id);
  if (!state) return fail(record::errors::event_malformed, {"state"});
  out.state = *state;
  return out;
}

record::Values values_of(const Task& task) { return binding().write(task); }

const record::Rules& task_rules() {
  using record::Asked;
  static const record::Rules rules{
      {"progress", rule([](Task task, const Asked& asked, Date day) {
         return report_progress(std::move(task), typed_text(asked), typed_percent(asked), day);
       })},
      {"request_close", rule([](Task task, const Asked& asked, Date day) {
         return request_close(std::move(task), typed_text(asked), day);
       })},
      {"close", rule([](Task task, const Asked&, Date day) { return close(std::move(task), day); })},
      {"return",
       rule([](Task task, const Asked& asked, Date day) { return send_back(std::move(task), asked.reason, day); })},
      {"pause",
       rule([](Task task, const Asked& asked, Date day) { return pause(std::move(task), asked.reason, day); })},
      {"resume", rule([](Task task, const Asked&, Date day) { return resume(std::move(task), day); })},
      {"receive", rule([](Task task, const Asked&, Date day) { return receive(std::move(task), day); })},
      {"object", reasoned<object>()},
      {"uphold", reasoned<uphold>()},
      {"overrule", reasoned<overrule>()},
      {"transfer", reasoned<transfer>()},
      {"ask_change", rule([](Task task, const Asked& asked, Date day) {
         return ask_change(std::move(task), typed_day(asked, task_field::asked_due),
                           record::text_in(asked.typed, task_field::asked_text), asked.reason, day);
       })},
      {"grant_change", rule([](Task task, const Asked&, Date day) { return grant_change(std::move(task), day); })},
      {"refuse_change", reasoned<refuse_change>()},
      {"carry_over", rule([](Task task, const Asked& asked, Date day) {
         return carry_over(std::move(task), typed_day(asked, task_field::due), asked.reason, day);
       })},
      {"make_lasting", reasoned<make_lasting>()},
      {"cancel", reasoned<cancel>()}};
  return rules;
}

Result<record::Event> reopened(const record::Kind& kind, const record::Record& before, const std::string& reason,
                               const record::World& world) {
  TRY_ASSIGN(const Task task, task_of(kind, before));
  TRY_ASSIGN(const Task next, reopen(task, reason, world.now.date()));
  TRY_ASSIGN(record::Event out, record::reopened(kind, before, task_state_name(next.state), reason, world));
  const Json was = record::document_of(kind, before);
  TRY_ASSIGN(record::Record after, record::record_of(kind, before.id, record::applied(was, out)));
  after.values = binding().changed(std::move(after.values), task, next);
  out.patch = record::difference(was, record::document_of(kind, after));
  out.step = "reopen";
  return out;
}

}   // namespace gangmu::plan
