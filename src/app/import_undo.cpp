// SPDX-License-Identifier: Apache-2.0
// Taking an import back: before it was confirmed it is discarded with its file; afterwards its tasks go, and where
// somebody has worked on them since, with a reason that stays in their history.
#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_step.hpp"
#include "app/imports.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/unmask.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t most_tasks_named = 50;   // tasks named in a refusal
constexpr std::size_t most_events = 1'000;     // of one task looked through, the latest first

std::vector<record::RecordId> tasks_of_batch(const store::View& view, const std::string& import) {
  std::vector<record::RecordId> out;
  const std::string field = std::to_string(plan::task_field::origin_batch.value);
  tasks_of(view).for_each([&](const store::WholeRecord& task) {
    if (task.document["f"][field].string_or("") == import) out.push_back(task.id);
  });
  return out;
}

/// Whether anybody did something to the task since it was read in; looking at its persons is nothing.
Result<bool> worked_on(store::Tx& tx, const record::RecordId& id, const Json& confirmed) {
  const Seq read_in{confirmed["seq"].integer_or(0)};
  TRY_ASSIGN(const Instant at, Instant::parse(confirmed["at"].string_or("")));
  TRY_ASSIGN(const auto events,
             store::records::events_before(tx.database(), id, tx.seq(), Seq{INT64_MAX}, most_events));
  // Carried over from before it was a record, all its history stands in one later entry, each event with its time.
  const bool carried = !events.empty() && events.front().seq != read_in;
  for (const store::RecordEvent& one : events) {
    TRY_ASSIGN(const record::Event event, record::event_of(one.body));
    if ((carried ? event.at > at : one.seq > read_in) && event.step != "see-persons" && event.step != "erase-persons")
      return true;
  }
  return false;
}

/// Tasks worked on since, each with what was done to it, go for a reason only. What was done stays in the journal and
/// in the task's history, the reason as its last event.
Status take_back(store::Tx& tx, const Picture& picture, const std::string& import, const Json& confirmed,
                 const std::string& reason) {
  TaskWriter writer(tx, picture.view->records.catalogue, picture.tree());
  std::vector<store::WholeRecord> tasks;
  Diagnostics changed;
  for (const record::RecordId& id : tasks_of_batch(*picture.view, import)) {
    TRY_ASSIGN(auto task, writer.find(id));
    if (!task) continue;
    TRY_ASSIGN(const bool since, worked_on(tx, id, confirmed));
    if (since && reason.empty() && changed.size() < most_tasks_named) {
      TRY_ASSIGN(const plan::Task read, task_of(*picture.view, *task));
      changed.push_back({&errors::import_changed_since, {read.title, std::to_string(id.number)}, {}});
    }
    tasks.push_back(*std::move(task));
  }
  if (!changed.empty()) return fail(std::move(changed));
  for (const store::WholeRecord& task : tasks) TRY(writer.make_void(task, "undo_import", reason));
  return {};
}

Status undo(store::Tx& tx, const Picture& picture, const Call& call, store::ImportBatch batch,
            const std::string& reason) {
  TRY(take_back(tx, picture, batch.id, batch.body["confirmed"], reason));
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
                                                  TRY(undo(tx, picture, call, std::move(batch), reason));
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
