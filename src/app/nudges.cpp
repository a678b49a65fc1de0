// SPDX-License-Identifier: Apache-2.0
#include "app/nudges.hpp"

#include <functional>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/act.hpp"
#include "app/records/wire.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "base/text.hpp"
#include "record/ways_out.hpp"

namespace gangmu::app {
namespace {

/// Why it is not late, for people: 的时限是2023-06-18, and as it goes on after "'…' ".
struct NotLate {
  std::string zh{}, en{};
};

NotLate why_not(const TaskRow& row) {
  switch (row.light) {
    case plan::DateLight::closed: return {"已销号", "is closed"};
    case plan::DateLight::waiting: return {"已申请销号", "waits to be closed"};
    case plan::DateLight::paused: return {"已暂停", "is paused"};
    default: break;
  }
  if (!row.last) return {"没有时限", "has no last day"};
  return {"的时限是" + row.last->text(), "is due on " + row.last->text()};
}

Result<std::string> words_of(const Service& service, const Call& call) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string typed = body.text("text").value_or("");
  TRY(body.finish());
  const std::size_t length = text::length(typed), limit = service.limits().nudge_code_points;
  if (length > limit)
    return fail(errors::limit_exceeded,
                {"催办文字的字数", std::to_string(length), std::to_string(limit), "characters of a nudge"});
  return masked(std::string(text::trim(typed)));
}

Result<record::Nudge> next_nudge(const Picture& picture, const store::Tx& tx, const std::optional<record::Nudge>& last,
                                 const std::string& title, std::string words) {
  if (!may_nudge_again(last, tx.at())) return fail(errors::nudged_today, {title, picture.actor_name(last->by)});
  return record::Nudge{.n = last ? last->n + 1 : 1, .at = tx.at(), .by = tx.actor(), .words = std::move(words)};
}

Json answer_of(const record::Nudge& nudge) {
  Json out;
  out.set("n", nudge.n);
  out.set("at", nudge.at.text());
  return out;
}

Result<Reply> reply_to(store::Store& store, const Call& call, const record::RecordId& id, const char* act,
                       const std::string& words, const std::function<Result<Json>(store::Tx&)>& run) {
  Json command;
  command.set("object", id.text());
  command.set("text", words);
  TRY_ASSIGN(const store::Answer answer, write(store, call,
                                               {.home = id.home,
                                                .actor = {},
                                                .act = act,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = run}));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("n").value(answer.body["n"].integer_or(1));
  out.key("at").value(answer.body["at"].string_or("")).end_object();
  return reply;
}

}   // namespace

bool may_nudge_again(const std::optional<record::Nudge>& last, Instant now) {
  return !last || last->at.date() < now.date();
}

std::optional<Instant> due_of(const record::Record& record) {
  std::optional<Instant> out;
  for (const auto& [index, clock] : record.standing.clocks)
    if (clock.due && (!out || *clock.due < *out)) out = clock.due;
  return out;
}

namespace wire {
void nudge(JsonWriter& out, const Picture& picture, const record::Nudge& nudge) {
  out.begin_object().key("n").value(nudge.n).key("at").value(nudge.at.text());
  out.key("by").value(picture.actor_name(nudge.by)).key("text").value(nudge.words);
  out.key("waits").value(nudge.waits).end_object();
}
}   // namespace wire

Result<Reply> nudge_task(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::nudge));
  const auto seen = find_task(picture, call.id, service.today());
  if (!seen) return fail(errors::unknown_task, {call.id});
  TRY(allowed(picture, Permission::nudge, *seen->stored));
  TRY_ASSIGN(const std::string words, words_of(service, call));
  const record::RecordId id = seen->stored->id;
  return reply_to(*picture.store, call, id, "task_nudge", words, [&](store::Tx& tx) -> Result<Json> {
    TaskWriter tasks(tx, picture.view->records.catalogue, picture.tree());
    TRY_ASSIGN(const auto stored, tasks.find(id));
    if (!stored) return fail(errors::unknown_task, {call.id});
    TRY(allowed(picture, Permission::nudge, *stored));
    const TaskRow now = task_row(*stored, tx.at().date());
    const std::string title(now.text(plan::task_field::title));
    const NotLate why = why_not(now);
    if (now.light != plan::DateLight::overdue) return fail(errors::not_late, {title, why.zh, why.en});
    TRY_ASSIGN(record::Nudge nudge, next_nudge(picture, tx, record::nudge_of(stored->document), title, words));
    TRY(tasks.nudge(*stored, nudge));
    return answer_of(nudge);
  });
}

Result<Reply> nudge_record(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::nudge));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  if (!desk.sees(*columns, *id)) return fail(errors::unknown_record, {call.id});
  const record::Kind& kind = columns->kind();
  const Act act{service, desk, kind, {.step = std::string(record::step_nudge)}};
  const auto reaches = [&](const record::Record& record) {
    return allowed(picture.rights, Permission::nudge, {.node = desk.node_of(kind, record)});
  };
  const Status there = picture.store->read([&](store::Database& database) -> Status {
    RecordTables tables(database, *picture.view, picture.view->seq);
    const record::Record* found = tables.referred(*id);
    TRY(tables.status());
    if (!found) return fail(errors::unknown_record, {call.id});
    return reaches(*found);
  });
  TRY(there);
  TRY_ASSIGN(const std::string words, words_of(service, call));
  return reply_to(*picture.store, call, *id, "record_nudge", words, [&](store::Tx& tx) -> Result<Json> {
    TRY_ASSIGN(const record::Record before, act.before(tx, *id));
    TRY(reaches(before));
    const std::string title = wire::title(picture, kind, before);
    const auto due = due_of(before);
    if (!due) return fail(errors::not_late, {title, "没有正在走的时限", "has no clock that runs"});
    if (before.voided || *due > tx.at())
      return fail(errors::not_late, {title, "的时限是" + due->text(), "is due at " + due->text()});
    TRY_ASSIGN(record::Nudge nudge, next_nudge(picture, tx, before.nudge, title, words));
    TRY(act.done(tx, *id, record::nudged(kind, before, nudge)));
    return answer_of(nudge);
  });
}

}   // namespace gangmu::app
