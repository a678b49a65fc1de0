// SPDX-License-Identifier: Apache-2.0
// Taking an import back: before it was confirmed it is discarded with its file; afterwards its tasks go, and where
// somebody has worked on them since, with a reason that stays in their history.
#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_step.hpp"
#include "app/imports.hpp"
#include "app/persons.hpp"
#include "app/unmask.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t most_named = 50;   // tasks named in a refusal

Result<std::vector<store::Task>> tasks_of_batch(store::Tx& tx, const std::string& import) {
  std::vector<store::Task> out;
  TRY(tx.scan(store::table::task, {}, [&](store::Row&& row) -> Status {
    TRY_ASSIGN(store::Task task, store::tasks::of_row(row));
    if (task.body["origin"]["batch"].string_or("") == import) out.push_back(std::move(task));
    return {};
  }));
  return out;
}

Json undo_event(const store::Tx& tx, const Actor& actor, const std::string& reason) {
  Json body;
  body.set("act", "undo-import");
  body.set("actor", actor.id);
  body.set("at", tx.at().text());
  body.set("text", reason);
  return body;
}

/// Tasks worked on since, each with what was done to it, go for a reason only. What was done stays in the journal and
/// in the task's history, the reason as its last event.
Status take_back(store::Tx& tx, const Actor& actor, const std::vector<store::Task>& tasks, Seq confirmed,
                 const std::string& reason) {
  Diagnostics changed;
  for (const store::Task& task : tasks) {
    if (task.seq == confirmed) continue;
    if (!reason.empty())
      TRY(store::tasks::append_event(tx, task.home, task.id, undo_event(tx, actor, reason)));
    else if (changed.size() < most_named)
      changed.push_back({&errors::import_changed_since, {task.body["title"].string_or(""), task.id}, {}});
  }
  if (!changed.empty()) return fail(std::move(changed));
  for (const store::Task& task : tasks) TRY(store::tasks::erase(tx, task.home, task.id));
  return {};
}

Status undo(store::Tx& tx, const Call& call, store::ImportBatch batch, const std::string& reason) {
  TRY_ASSIGN(const std::vector<store::Task> tasks, tasks_of_batch(tx, batch.id));
  TRY(take_back(tx, call.actor, tasks, Seq{batch.body["confirmed"]["seq"].integer_or(0)}, reason));
  batch.state = state_undone;
  Json undone = import_stamp(tx, call.actor);
  if (!reason.empty()) undone.set("reason", reason);
  batch.body.set("undone", std::move(undone));
  return store::imports::put(tx, batch);
}

}   // namespace

Result<Reply> undo_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string reason = masked(body.text("reason").value_or(""));
  TRY(body.finish());
  if (!reason.empty()) TRY(check_reason(service.limits(), reason));
  TRY_ASSIGN(const store::ImportBatch* seen, find_import(picture, call.id));
  Json command = import_answer(call.id);
  if (!reason.empty()) command.set("reason", reason);
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = seen->home,
                                                .actor = {},
                                                .act = "import_undo",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) -> Result<Json> {
                                                  TRY_ASSIGN(store::ImportBatch batch, batch_in(tx, *seen));
                                                  TRY(require_state(batch, state_confirmed, "撤销", "undone"));
                                                  TRY(undo(tx, call, std::move(batch), reason));
                                                  return import_answer(call.id);
                                                }}));
  return import_reply(service, picture, answer, nullptr, true);
}

Result<Reply> discard_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  TRY_ASSIGN(const store::ImportBatch* seen, find_import(picture, call.id));
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = seen->home,
                                                .actor = {},
                                                .act = "import_discard",
                                                .request_key = call.request_key,
                                                .command = import_answer(call.id),
                                                .run = [&](store::Tx& tx) -> Result<Json> {
                                                  TRY_ASSIGN(const store::ImportBatch batch, batch_in(tx, *seen));
                                                  TRY(require_state(batch, state_read, "放弃", "discarded"));
                                                  TRY(erase_import(tx, batch));
                                                  return import_answer(call.id);
                                                }}));
  TRY(picture.store->vault().erase(import_subject(call.id)));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter(reply.body).begin_object().key("seq").value(answer.seq.value).end_object();
  return reply;
}

}   // namespace gangmu::app
