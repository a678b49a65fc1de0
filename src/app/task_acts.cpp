// SPDX-License-Identifier: Apache-2.0
// What people do with a task: report, ask for its close, close, return, reopen. Each act decides on the writer, from
// the task as it is there, and leaves an event.
#include <functional>
#include <utility>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/task_wire.hpp"
#include "app/tasks.hpp"
#include "base/text.hpp"
#include "plan/task_state.hpp"
#include "store/tasks.hpp"
#include "store/task_history.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t kept_answer_bytes = 32 * 1024;   // well below what the store keeps beside a request key
constexpr std::chrono::milliseconds view_wait{2000};

struct Act {
  const char* name;   ///< of the event: "progress"
  const char* zh;
  const char* en;
  std::string text;   ///< report, statement or reason, with numbers of persons hidden
  std::optional<Decimal> percent;
  std::function<Result<plan::Task>(plan::Task, Date)> change;
  std::string typed = {};   ///< as it came, where it is not the same
};

struct EventName {
  std::string_view name, zh, en;
};
/// What an event did, told to whom it overtook.
constexpr EventName event_names[] = {{"import", "从台账读入", "read from a ledger"},
                                     {"progress", "填报进展", "progress reported"},
                                     {"request-close", "申请销号", "asked for its close"},
                                     {"close", "销号", "closed"},
                                     {"return", "退回", "sent back"},
                                     {"see-persons", "查看个人信息", "persons were looked at"},
                                     {"erase-persons", "销毁个人信息", "persons were erased"},
                                     {"reopen", "重新打开", "opened again"}};

std::string event_name(std::string_view name, std::string_view EventName::*language) {
  for (const EventName& event : event_names) {
    if (event.name == name) return std::string(event.*language);
  }
  return language == &EventName::zh ? "载入方案" : "loaded with the programme";
}

std::string state_line(const plan::Task& task, bool zh) {
  std::string out(zh ? plan::task_state_zh(task.state) : wire::state_of(task.state));
  if (task.percent) out += (zh ? "，" : ", ") + task.percent->text() + "%";
  if (!task.progress.empty()) out += zh ? "，“" + task.progress + "”" : ", '" + task.progress + "'";
  return out;
}

std::string wish_line(const Act& act, bool zh) {
  std::string out(zh ? act.zh : act.en);
  if (act.percent) out += (zh ? "，" : ", ") + act.percent->text() + "%";
  if (!act.text.empty()) out += zh ? "，“" + act.text + "”" : ", '" + act.text + "'";
  return out;
}

/// Both versions, and who came first.
Result<Error> lost_race(store::Tx& tx, const Picture& picture, const store::Task& stored, const plan::Task& now,
                        const Act& act, Seq base) {
  TRY_ASSIGN(const auto events,
             store::tasks::events_before(tx.database(), stored.home, stored.id, tx.seq(), {.seq = Seq{INT64_MAX}}, 1));
  const Json last = events.empty() ? Json(Json::Object{}) : events.back().body;
  const std::string name = last["act"].string_or("");
  return Error(Diagnostic{
      &errors::edit_conflict,
      {std::to_string(base.value), std::to_string(stored.seq.value), last["at"].string_or(""),
       picture.actor_name(last["actor"].string_or("")), event_name(name, &EventName::zh), state_line(now, true),
       wish_line(act, true), event_name(name, &EventName::en), state_line(now, false), wish_line(act, false)},
      {}});
}

/// What was hidden in the text is sealed with the event: see_persons tells it to who may see it. After an erasure it is
/// not kept.
Result<Json> event_body(const store::Tx& tx, store::Vault& vault, const store::Task& task, const Act& act,
                        const Actor& actor) {
  Json body;
  body.set("act", act.name);
  body.set("actor", actor.id);
  body.set("at", tx.at().text());
  body.set("text", act.text);
  if (act.percent) body.set("percent", act.percent->text());
  const std::string subject = task_subject(task.home, task.id);
  if (!act.typed.empty() && !vault.erased(subject)) {
    TRY_ASSIGN(std::string sealed, seal_text(vault, subject, act.typed));
    body.set("sealed", std::move(sealed));
  }
  return body;
}

Status check_text(const Service& service, const std::string& text) {
  const std::size_t length = text::length(text), limit = service.limits().text_code_points;
  if (length <= limit) return {};
  return fail(errors::limit_exceeded,
              {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
}

std::string task_text(const place::Tree& tree, const plan::Task& task, Seq seq, Date today) {
  std::string out;
  JsonWriter writer(out);
  wire::task(writer, tree, task, seq, today);
  return out;
}

struct Change {
  const Call& call;
  const Act& act;
  const Picture& picture;
  Permission permission;
  PlaceId home;

  Result<Json> operator()(store::Tx& tx) const {
    TRY_ASSIGN(std::optional<store::Task> stored, store::tasks::get(tx, home, call.id));
    if (!stored) return fail(errors::unknown_task, {call.id});
    TRY(allowed(picture, permission, *stored));
    TRY_ASSIGN(plan::Task task, plan::task_from_json(stored->body));
    if (call.if_match && *call.if_match != stored->seq) {
      TRY_ASSIGN(Error conflict, lost_race(tx, picture, *stored, task, act, *call.if_match));
      return fail(std::move(conflict));
    }
    const Date today = tx.at().date();
    TRY_ASSIGN(task, act.change(std::move(task), today));
    stored->body = task_body(task, personal_of(stored->body));
    stored->state = plan::task_state_name(task.state);
    TRY(store::tasks::put(tx, *stored));
    TRY_ASSIGN(Json event, event_body(tx, picture.store->vault(), *stored, act, call.actor));
    TRY(store::tasks::append_event(tx, home, stored->id, std::move(event)));
    const std::string shown = task_text(picture.tree(), task, tx.seq(), today);
    return shown.size() > kept_answer_bytes ? Json() : Json::parse(shown);
  }
};

Result<Reply> reply_of(Service& service, const Picture& before, const Call& call, const store::Answer& answer) {
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("task");
  if (!answer.body.is_null()) {
    out.json(answer.body).end_object();
    return reply;
  }
  TRY_ASSIGN(const auto view, before.store->view_at_least(answer.seq, view_wait));
  const auto row = find_task({before.store, view, before.rights}, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  TRY_ASSIGN(const plan::Task task, plan::task_from_json(row->stored->body));
  wire::task(out, *view->tree, task, row->stored->seq, service.today());
  out.end_object();
  return reply;
}

Result<Reply> change_task(Service& service, const Call& call, Permission permission, JsonBody body, Act& act) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, permission));
  TRY(body.finish());
  TRY(check_text(service, act.text));
  if (std::string shown = masked(act.text); shown != act.text) act.typed = std::exchange(act.text, std::move(shown));
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const PlaceId home = row->stored->home;
  Json command = body.json();   // its members side by side, so that a reused key names the one that differs
  command.set("task", call.id);
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = home,
                                                .actor = {},
                                                .act = std::string("task_") + act.name,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = Change{call, act, picture, permission, home}}));
  return reply_of(service, picture, call, answer);
}

/// The right is checked before anything is looked at.
Result<JsonBody> allowed_body(const Service& service, const Call& call, Permission permission) {
  TRY(service.require(call, permission));
  return JsonBody::parse(call.body);
}

}   // namespace

Result<Reply> report_progress(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::report_progress));
  Act act{"progress", "填报进展", "report progress", body.text("text").value_or(""), {}, {}};
  if (const auto percent = body.integer("percent")) act.percent = Decimal(*percent, 0);
  act.change = [&act](plan::Task task, Date today) {
    return plan::report_progress(std::move(task), act.text, act.percent, today);
  };
  return change_task(service, call, Permission::report_progress, std::move(body), act);
}

Result<Reply> request_close(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::report_progress));
  Act act{"request-close", "申请销号", "ask for its close", body.text("text").value_or(""), {}, {}};
  act.change = [&act](plan::Task task, Date today) { return plan::request_close(std::move(task), act.text, today); };
  return change_task(service, call, Permission::report_progress, std::move(body), act);
}

Result<Reply> close_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  Act act{"close", "销号", "close it", body.text("text").value_or(""), {}, {}};
  act.change = [](plan::Task task, Date today) { return plan::close(std::move(task), today); };
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

Result<Reply> return_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  Act act{"return", "退回", "send it back", body.text("reason").value_or(""), {}, {}};
  act.change = [&act](plan::Task task, Date today) { return plan::send_back(std::move(task), act.text, today); };
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

Result<Reply> reopen_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  Act act{"reopen", "重新打开", "open it again", body.text("reason").value_or(""), {}, {}};
  act.change = [&act](plan::Task task, Date today) -> Result<plan::Task> {
    if (task.state != plan::TaskState::paused) return plan::reopen(std::move(task), act.text, today);
    return plan::resume(std::move(task), today);
  };
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

}   // namespace gangmu::app
