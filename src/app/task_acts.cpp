// SPDX-License-Identifier: Apache-2.0
// What people do with a task: report, ask for its close, close, return, reopen. Each act decides on the writer, from
// the task as it is there, and leaves an event.
#include <utility>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/desk.hpp"
#include "app/files/files.hpp"
#include "app/records/hidden_texts.hpp"
#include "app/records/wire.hpp"
#include "app/task_record.hpp"
#include "app/task_wire.hpp"
#include "app/tasks.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

constexpr std::chrono::milliseconds view_wait{2000};

struct ActOnTask {
  const char* step;   ///< of the flow (plan/task_kind.hpp)
  const char* zh;
  const char* en;
  std::string text;   ///< report, statement or reason, with numbers of persons hidden
  std::optional<Decimal> percent = {};
  bool reports = false;                 ///< its text becomes the latest progress
  std::string typed = {};               ///< as it came, where it is not the same
  record::Values boxes = {};            ///< further fields of a report
  Json fields = Json(Json::Object{});   ///< of a step without words of its own, as the kind names them
  bool confirmed = false;               ///< of a close: also of what is not done
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
                                     {"nudge-late", "催办", "nudged"},
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

std::string wish_line(const ActOnTask& act, bool zh) {
  std::string out(zh ? act.zh : act.en);
  if (act.percent) out += (zh ? "，" : ", ") + act.percent->text() + "%";
  if (!act.text.empty()) out += zh ? "，“" + act.text + "”" : ", '" + act.text + "'";
  return out;
}

/// Both versions, and who came first.
Result<Error> lost_race(store::Tx& tx, const Picture& picture, const store::WholeRecord& stored, const ActOnTask& act,
                        Seq base) {
  TRY_ASSIGN(const plan::Task now, task_of(*picture.view, stored));
  TRY_ASSIGN(const auto events, store::records::events_before(tx.database(), stored.id, tx.seq(), Seq{INT64_MAX}, 1));
  record::Event last;
  if (!events.empty()) { TRY_ASSIGN(last, record::event_of(events.back().body)); }
  const std::string name = wire::act_of(last.step);
  return Error(Diagnostic{
      &errors::edit_conflict,
      {std::to_string(base.value), std::to_string(stored.seq().value), last.at.text(), picture.actor_name(last.actor),
       event_name(name, &EventName::zh), state_line(now, true), wish_line(act, true), event_name(name, &EventName::en),
       state_line(now, false), wish_line(act, false)},
      {}});
}

/// Somebody changed it after `base`; looking at its persons changes nothing.
Result<bool> overtaken(store::Tx& tx, const store::WholeRecord& stored, Seq base) {
  if (base == stored.seq()) return false;
  if (base > stored.seq()) return true;
  TRY_ASSIGN(const record::Touched since, store::records::touched_since(tx.database(), stored.id, base));
  return !since.fields.empty();
}

Status check_text(const Service& service, const std::string& text) {
  const std::size_t length = text::length(text), limit = service.limits().text_code_points;
  if (length <= limit) return {};
  return fail(errors::limit_exceeded,
              {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
}

/// The text of a report is what the progress becomes; said again, or of another step, it stands with the event. What
/// was hidden in it is sealed: see_persons tells it to who may see it. After an erasure it is not kept.
Result<record::Asked> asked_of(const ActOnTask& act, const store::WholeRecord& stored, const plan::Task& now,
                               store::Vault& vault) {
  record::Asked out{.step = act.step, .typed = act.boxes, .reason = {}};
  const bool paused = now.state == plan::TaskState::paused;
  if (out.step == "reopen" && paused) out.step = "resume";
  if (act.reports && !text::trim(act.text).empty()) out.typed[plan::task_field::progress] = record::Value(act.text);
  if (act.percent) out.typed[plan::task_field::percent] = record::Value(*act.percent);
  if (!act.reports || act.text == now.progress) out.reason = act.text;
  const std::string subject = record_subject(stored.id);
  if (!act.typed.empty() && !vault.erased(subject)) { TRY_ASSIGN(out.sealed, seal_text(vault, subject, act.typed)); }
  return out;
}

/// Numbers of persons in texts are hidden, and what was hidden is kept with the event.
Json without_numbers(const Json& typed, std::string& hidden) {
  if (const auto* text = typed.string()) {
    std::string shown = masked(text::trim(*text));
    if (shown != text::trim(*text)) hidden += *text + "\n";
    return Json(std::move(shown));
  }
  Json out = typed;
  if (auto* members = out.object())
    for (auto& [name, value] : *members) value = without_numbers(value, hidden);
  if (auto* items = out.array())
    for (Json& value : *items) value = without_numbers(value, hidden);
  return out;
}

/// What a step asks for is typed as in any register; a place must be one where the right holds, too.
Result<record::Values> typed_fields(const Service& service, const Picture& picture, Permission permission,
                                    const Json& fields, const record::RecordId& id, store::Tx& tx) {
  const record::Kind& kind = *picture.view->records.catalogue->find(task_kind);
  const auto seal = [](std::string) -> Result<record::Sealed> { return fail(errors::forbidden_here); };
  const auto uploaded = [&](const record::Field& field, const Json& typed) {
    return name_file(*picture.store, tx, picture.tree().home(picture.seat(permission)), id, field, typed);
  };
  HiddenTexts none;   // numbers were hidden before
  TRY_ASSIGN(record::Values out,
             wire::typed(picture, kind, fields, service.limits().record_rows, seal, uploaded, none));
  const auto place = out.find(plan::task_field::place);
  if (place != out.end())
    if (const auto* to = std::get_if<PlaceId>(&place->second))
      TRY(allowed(picture.rights, permission, {.node = picture.tree().find(*to)}));
  return out;
}

/// Asked back before a task is closed that is not done by its own word, or by those it was broken down to.
Status refuse_unfinished(const Picture& picture, const store::WholeRecord& stored, const plan::Task& now) {
  std::vector<std::string> zh, en;
  if (now.percent && *now.percent < Decimal(100, 0)) {
    zh.push_back("完成比例为 " + now.percent->text() + "%");
    en.push_back("is " + now.percent->text() + "% done");
  }
  const Children children = children_of(picture, stored.id);
  if (const int open = children.total - children.closed; open > 0) {
    zh.push_back("还有 " + std::to_string(open) + " 项下级任务未销号");
    en.push_back("has " + std::to_string(open) + " tasks below it that are not closed");
  }
  if (zh.empty()) return {};
  return fail(errors::close_unfinished, {text::join(zh, "，"), text::join(en, " and ")});
}

struct Change {
  const Service& service;
  const Call& call;
  const ActOnTask& act;
  const Picture& picture;
  Permission permission;
  record::RecordId id;

  Result<Json> operator()(store::Tx& tx) const {
    TaskWriter tasks(tx, picture.view->records.catalogue, picture.tree());
    TRY_ASSIGN(const auto stored, tasks.find(id));
    if (!stored) return fail(errors::unknown_task, {call.id});
    TRY(allowed(picture, permission, *stored));
    if (call.if_match) {
      TRY_ASSIGN(const bool late, overtaken(tx, *stored, *call.if_match));
      if (late) {
        TRY_ASSIGN(Error conflict, lost_race(tx, picture, *stored, act, *call.if_match));
        return fail(std::move(conflict));
      }
    }
    TRY_ASSIGN(const plan::Task now, task_of(*picture.view, *stored));
    const bool closes = std::string_view(act.step) == "close" && now.state == plan::TaskState::done_waiting;
    if (closes && !act.confirmed) TRY(refuse_unfinished(picture, *stored, now));
    TRY_ASSIGN(record::Asked asked, asked_of(act, *stored, now, picture.store->vault()));
    if (!act.fields.object()->empty()) {
      TRY_ASSIGN(asked.typed, typed_fields(service, picture, permission, act.fields, id, tx));
    }
    TRY(tasks.take(*stored, asked, *calendar_of(*picture.view)));
    return Json(Json::Object{});
  }
};

/// The task as the act left it: asked again with the same key, the answer is the same.
Result<Reply> reply_of(Service& service, const Picture& before, const record::RecordId& id,
                       const store::Answer& answer) {
  Picture now = before;
  TRY_ASSIGN(now.view, before.store->view_at_least(answer.seq, view_wait));
  TRY_ASSIGN(auto document, before.store->read([&](store::Database& database) {
    return store::records::document(database, id, answer.seq);
  }));
  if (!document) return fail(errors::unknown_task, {std::to_string(id.number)});
  const store::WholeRecord stored{id, *std::move(document)};
  TRY_ASSIGN(const plan::Task task, task_of(*now.view, stored));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("task");
  wire::task(out, now, task, stored, service.today());
  out.end_object();
  return reply;
}

Result<Reply> change_task(Service& service, const Call& call, Permission permission, JsonBody body, ActOnTask& act) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, permission));
  TRY(body.finish());
  TRY(check_text(service, act.text));
  if (std::string shown = masked(act.text); shown != act.text)
    act.typed = std::exchange(act.text, std::move(shown)) + (act.typed.empty() ? "" : "\n" + act.typed);
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const record::RecordId& id = row->stored->id;
  Json command = body.json();   // its members side by side, so that a reused key names the one that differs
  command.set("task", call.id);
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = id.home,
                                                .actor = {},
                                                .act = std::string("task_") + act.step,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = Change{service, call, act, picture, permission, id}}));
  return reply_of(service, picture, id, answer);
}

/// 存在问题, 下步打算, 需协调事项: an empty text clears the box. Numbers of persons in them are hidden, and sealed with
/// the event.
Status take_boxes(const Service& service, const Call& call, JsonBody& body, ActOnTask& act) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::report_progress));
  const record::Kind& kind = *picture.view->records.catalogue->find(task_kind);
  for (const std::string& name : further_boxes(kind)) {
    const auto text = body.text(name);
    if (!text) continue;
    TRY(check_text(service, *text));
    const std::string typed(text::trim(*text)), kept = masked(typed);
    if (kept != typed) act.typed += kind.field(name)->label(Language::zh) + "：" + typed + "\n";
    act.boxes[kind.field(name)->id] = kept.empty() ? record::Value(record::Gap::missing) : record::Value(kept);
  }
  return {};
}

/// The right is checked before anything is looked at.
Result<JsonBody> allowed_body(const Service& service, const Call& call, Permission permission) {
  TRY(service.require(call, permission));
  return JsonBody::parse(call.body);
}

}   // namespace

Result<Reply> report_progress(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::report_progress));
  ActOnTask act{"progress", "填报进展", "report progress", body.text("text").value_or("")};
  if (const auto percent = body.integer("percent")) act.percent = Decimal(*percent, 0);
  act.reports = true;
  TRY(take_boxes(service, call, body, act));
  return change_task(service, call, Permission::report_progress, std::move(body), act);
}

Result<Reply> request_close(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::report_progress));
  ActOnTask act{"request_close", "申请销号", "ask for its close", body.text("text").value_or("")};
  act.reports = true;
  return change_task(service, call, Permission::report_progress, std::move(body), act);
}

Result<Reply> close_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  ActOnTask act{"close", "销号", "close it", body.text("text").value_or("")};
  act.confirmed = body.flag("confirm").value_or(false);
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

Result<Reply> return_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  ActOnTask act{"return", "退回", "send it back", body.text("reason").value_or("")};
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

namespace {

Result<Reply> take_step(Service& service, const Call& call, Permission permission) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, permission));
  TRY_ASSIGN(const Picture picture, app::picture(service, call, permission));
  const flow::Flow& flow = *picture.view->records.catalogue->find(task_kind)->flow();
  const flow::StepIndex index = flow.step(call.sub_id);
  const bool known = index != flow::none && !has_own_door(call.sub_id) &&
                     flow.steps()[index].taken_by(access::permission_name(permission));
  if (!known) return fail(record::errors::step_unknown, {call.sub_id});
  const flow::Step& step = flow.steps()[index];
  ActOnTask act{step.id.c_str(), step.zh.c_str(), step.en.c_str(), body.text("reason").value_or("")};
  act.fields = without_numbers(body.object("fields"), act.typed);
  return change_task(service, call, permission, std::move(body), act);
}

}   // namespace

Result<Reply> step_task(Service& service, const Call& call) {
  return take_step(service, call, Permission::report_progress);
}
Result<Reply> rule_task(Service& service, const Call& call) {
  return take_step(service, call, Permission::close_tasks);
}

Result<Reply> reopen_task(Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, allowed_body(service, call, Permission::close_tasks));
  ActOnTask act{"reopen", "重新打开", "open it again", body.text("reason").value_or("")};
  return change_task(service, call, Permission::close_tasks, std::move(body), act);
}

}   // namespace gangmu::app
