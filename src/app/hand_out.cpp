// SPDX-License-Identifier: Apache-2.0
// 下达、分解: tasks that begin by hand, alone or under a task that is broken down to places and units. All of one
// request or none.
#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_kept.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/tasks.hpp"
#include "base/text.hpp"
#include "plan/target_text.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

struct HandedTask {
  plan::Task task;
  place::NodeIndex node = place::no_node;
};

/// Reads one of the list. Faults are told with its place in it: tasks[2].
class TaskReader {
 public:
  TaskReader(const Service& service, const Picture& picture, JsonBody body, std::string where)
      : service_(service), picture_(picture), body_(std::move(body)), where_(std::move(where)) {}

  std::optional<HandedTask> read(const std::optional<plan::Task>& parent) {
    HandedTask out{.task = {}, .node = picture_.seat(Permission::hand_out_tasks)};
    plan::Task& task = out.task;
    task.title = text("title");
    task.number = text("number");
    task.action = text("action");
    task.measure = text("measure");
    task.lead = text("lead");
    task.supervisor = text("supervisor");
    task.remark = text("remark");
    task.target_text = text("target");
    task.responsible = units("responsible");
    task.cooperating = units("cooperating");
    if (parent) inherit(task, *parent);
    place(out);
    due(task);
    const plan::TextKind kind = read_goal(task);
    task.target_kind = kind;
    source(task);
    if (task.title.empty()) fault(errors::field_needed, {"title"});
    if (task.lead.empty() && task.responsible.empty()) fault(errors::field_needed, {"lead"});
    if (auto done = body_.finish(); !done)
      for (Diagnostic one : done.error().all()) told(std::move(one));
    if (!faults_.empty()) return std::nullopt;
    return out;
  }
  [[nodiscard]] const Diagnostics& faults() const { return faults_; }

 private:
  void told(Diagnostic one) {
    one.where.cell = where_;
    faults_.push_back(std::move(one));
  }
  void fault(const ErrorKind& kind, std::vector<std::string> arguments) { told({&kind, std::move(arguments), {}}); }
  std::string within_limit(std::string text) {
    const std::size_t length = text::length(text), limit = service_.limits().text_code_points;
    if (length > limit)
      fault(errors::limit_exceeded,
            {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
    return masked(text::trim(text));
  }
  std::string text(std::string_view name) { return within_limit(body_.text(name).value_or("")); }
  std::vector<std::string> units(std::string_view name) {
    std::vector<std::string> out;
    for (std::string& one : body_.list(name))
      if (std::string unit = within_limit(std::move(one)); !unit.empty()) out.push_back(std::move(unit));
    return out;
  }
  static void inherit(plan::Task& task, const plan::Task& parent) {
    if (task.title.empty()) task.title = parent.title;
    if (task.action.empty()) task.action = parent.action;
    if (task.measure.empty()) task.measure = parent.measure;
    task.due = parent.due;
  }
  void place(HandedTask& out) {
    const std::string code = body_.text("place").value_or("");
    if (!code.empty()) {
      const auto node = picture_.node(code, Permission::read_tasks);
      if (!node) {
        for (const Diagnostic& one : node.error().all()) told(one);
        return;
      }
      out.node = *node;
    }
    out.task.place = picture_.tree()[out.node].code;
    if (const Status may = allowed(picture_.rights, Permission::hand_out_tasks, {.node = out.node}); !may)
      for (const Diagnostic& one : may.error().all()) told(one);
  }
  void due(plan::Task& task) {
    const std::string typed = text("due");
    if (typed.empty()) return;
    auto read = plan::parse_due(typed, service_.today().year());
    if (read)
      task.due = *std::move(read);
    else
      for (const Diagnostic& one : read.error().all()) told(one);
  }
  static plan::TextKind read_goal(plan::Task& task) {
    plan::TargetText read = plan::read_targets(task.target_text, task.due);
    task.targets = std::move(read.targets);
    return read.kind;
  }
  void source(plan::Task& task) {
    const record::Kind& kind = *picture_.view->records.catalogue->find(task_kind);
    const std::string code = text("source"), words = text("source_text");
    const record::CodeList* list = picture_.view->records.catalogue->list(kind.field(field::source)->spec.list);
    if (!code.empty() && (!list || !list->find(code)))
      fault(errors::field_type, {"source", "所列来源之一", "one of the sources listed"});
    if (!code.empty()) task.more[field::source] = record::Value(record::Codes{{code}});
    if (!words.empty()) task.more[field::source_text] = record::Value(words);
    if (body_.flag("proof_asked").value_or(false)) task.more[field::proof_asked] = record::Value(true);
  }

  const Service& service_;
  const Picture& picture_;
  JsonBody body_;
  std::string where_;
  Diagnostics faults_;
};

struct HandOut {
  std::optional<TaskRow> parent;
  std::vector<HandedTask> tasks;
};

Result<HandOut> hand_out_of(const Service& service, const Call& call, const Picture& picture) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string parent = body.text("parent").value_or("");
  std::vector<JsonBody> all = body.objects("tasks");
  TRY(body.finish());
  const std::size_t limit = service.limits().tasks_at_once;
  if (all.size() > limit)
    return fail(errors::limit_exceeded,
                {"一次下达的任务数", std::to_string(all.size()), std::to_string(limit), "tasks handed out at once"});
  if (all.empty()) return fail(errors::field_needed, {"tasks"});
  HandOut out;
  std::optional<plan::Task> of;
  if (!parent.empty()) {
    out.parent = find_task(picture, parent, service.today());
    if (!out.parent) return fail(errors::unknown_task, {parent});
    TRY_ASSIGN(of, task_of(*picture.view, *out.parent->stored));
    const bool open = of->state == plan::TaskState::open || of->state == plan::TaskState::paused;
    if (!open)
      return fail(errors::broken_down_late,
                  {std::string(plan::task_state_zh(of->state)), std::string(plan::task_state_name(of->state))});
  }
  Diagnostics faults;
  for (std::size_t i = 0; i < all.size(); ++i) {
    TaskReader reader(service, picture, std::move(all[i]), "tasks[" + std::to_string(i) + "]");
    auto task = reader.read(of);
    if (task && out.parent) task->task.more[field::parent] = record::Value(out.parent->stored->id);
    if (task) out.tasks.push_back(*std::move(task));
    faults.insert(faults.end(), reader.faults().begin(), reader.faults().end());
  }
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

}   // namespace

Result<Reply> hand_out_tasks(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::hand_out_tasks));
  TRY_ASSIGN(const HandOut wish, hand_out_of(service, call, picture));
  const PlaceId seat = picture.tree().home(picture.seat(Permission::hand_out_tasks));
  TRY_ASSIGN(Json command, Json::parse(call.body));
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = seat,
                                                .actor = {},
                                                .act = "task_hand_out",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) -> Result<Json> {
                                                  TaskWriter tasks(tx, picture.view->records.catalogue, picture.tree());
                                                  TRY_ASSIGN(std::int64_t last, tasks.last_number());
                                                  Json ids(Json::Array{});
                                                  for (const HandedTask& one : wish.tasks) {
                                                    const PlaceId home = picture.tree().home(one.node);
                                                    last = number_after(picture.store->vault(), home, last);
                                                    TRY(tasks.begin(task_id(home, last), one.task, {}, "hand_out", {}));
                                                    ids.push(std::to_string(last));
                                                  }
                                                  Json out(Json::Object{});
                                                  out.set("ids", std::move(ids));
                                                  return out;
                                                }}));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("ids").begin_array();
  for (const Json& id : *answer.body["ids"].array()) out.value(*id.string());
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
