// SPDX-License-Identifier: Apache-2.0
// Confirming an import: all its rows become tasks, or none.
#include <set>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_step.hpp"
#include "app/imports.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t most_named = 50;   // questions named in a refusal

Status refuse_open_questions(const store::ImportBatch& batch, const ImportReading& reading) {
  Diagnostics open;
  for (const plan::Question* question : reading.blocking()) {
    const std::string cell = question->rows.size() == 1 && question->column
                                 ? cell_address(reading.file->ledger.parts, question->rows.front(), *question->column)
                                 : "";
    open.push_back({&errors::import_questions_open,
                    {question->id, question->zh, question->en},
                    {.file = batch.body["file"].string_or(""),
                     .line = 0,
                     .column = 0,
                     .cell = cell.empty() || reading.file->sheet.empty() ? cell : reading.file->sheet + "!" + cell}});
  }
  if (!open.empty()) return fail(std::move(open));
  return {};
}

/// A row of a reading as it will be kept.
struct NewTask {
  record::RecordId id{};
  plan::Task task{};   ///< without its persons
};
struct NewTasks {
  std::vector<NewTask> tasks;
  std::vector<PersonsOf> persons;   ///< of each, still to be sealed
  std::int64_t last = 0;            ///< number given last
};

/// Rows of a county's own ledger that name no place belong to the county.
Result<NewTasks> new_tasks(const Picture& picture, const store::ImportBatch& batch, const ImportReading& reading,
                           std::int64_t highest) {
  NewTasks out;
  out.last = highest;
  const place::NodeIndex node_of_batch =
      batch.home == picture.tree().home(picture.focus()) ? picture.focus() : picture.tree().find(batch.home);
  for (const plan::RowReading& row : reading.file->ledger.rows) {
    plan::Task task = reading.task(row);
    task.origin.batch = batch.id;
    if (task.place.empty() && node_of_batch != picture.focus()) task.place = picture.tree()[node_of_batch].code;
    place::NodeIndex node = picture.focus();
    if (!task.place.empty()) { TRY_ASSIGN(node, picture.node(task.place)); }
    TRY(allowed(picture.rights, Permission::import_tasks, {.node = node}));
    const PlaceId home = picture.tree().home(node);
    out.last = number_after(picture.store->vault(), home, out.last);
    const record::RecordId id = task_id(home, out.last);
    out.persons.push_back({id, take_persons(task)});
    out.tasks.push_back({id, std::move(task)});
  }
  return out;
}

std::string told_source(const store::ImportBatch& batch, const std::string& sheet, int row) {
  return batch.body["file"].string_or("") + (sheet.empty() ? "" : "[" + sheet + "]") + " 第 " + std::to_string(row) +
         " 行";
}

Status put_tasks(store::Tx& tx, const Picture& picture, const Call& call, store::ImportBatch& batch,
                 const ImportReading& reading) {
  TaskWriter tasks(tx, picture.view->records.catalogue, picture.tree());
  TRY_ASSIGN(const std::int64_t highest, tasks.last_number());
  TRY_ASSIGN(const NewTasks made, new_tasks(picture, batch, reading, highest));
  TRY_ASSIGN(std::vector<record::Values> persons, seal_persons(picture.store->vault(), made.persons));
  for (std::size_t i = 0; i < made.tasks.size(); ++i) {
    const NewTask& one = made.tasks[i];
    TRY(tasks.begin(one.id, one.task, std::move(persons[i]), "import",
                    told_source(batch, reading.file->sheet, one.task.origin.row)));
  }
  Json confirmed = import_stamp(tx, call.actor);
  confirmed.set("first", highest + 1);
  confirmed.set("last", made.last);
  batch.body.set("confirmed", std::move(confirmed));
  return {};
}

Status confirm(store::Tx& tx, const Picture& picture, const Call& call, store::ImportBatch batch,
               const ImportReading& reading) {
  TRY(refuse_open_questions(batch, reading));
  TRY(put_tasks(tx, picture, call, batch, reading));
  TRY_ASSIGN(const store::ImportBatch layout,
             sealed_layout(*picture.store, batch.home, batch.id, reading.file->ledger.layout));
  TRY(store::imports::put(tx, layout));
  batch.state = state_confirmed;
  batch.body.set("counts", reading.counts());
  return store::imports::put(tx, batch);
}

/// Answers that come with the confirmation may make the reader ask what nobody has seen yet.
Status refuse_unseen_questions(const ImportReading& before, const ImportReading& now) {
  std::set<std::string_view> seen;
  for (const plan::Question* question : before.questions()) seen.insert(question->id);
  Diagnostics unseen;
  for (const plan::Question* question : now.questions()) {
    if (question->answer.empty() && !seen.contains(question->id) && unseen.size() < most_named)
      unseen.push_back({&errors::import_asks_more, {question->id, question->zh, question->en}, {}});
  }
  if (!unseen.empty()) return fail(std::move(unseen));
  return {};
}

Result<ImportDraft> draft_to_confirm(Service& service, const Call& call, const GivenAnswers& given) {
  TRY_ASSIGN(ImportDraft draft, import_draft(service, call, given));
  if (given.empty()) return draft;
  TRY_ASSIGN(const ImportDraft before, import_draft(service, call, {}));
  TRY(refuse_unseen_questions(before.reading, draft.reading));
  return draft;
}

}   // namespace

Result<Reply> confirm_import(Service& service, const Call& call) {
  TRY(service.require(call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const GivenAnswers given = body.texts("answers");
  TRY(body.finish());
  Json command = import_answer(call.id);
  if (!given.empty()) command.set("answers", body.json()["answers"]);
  return in_turn([&]() -> Result<Reply> {
    TRY_ASSIGN(const ImportDraft seen, draft_to_confirm(service, call, given));
    TRY_ASSIGN(const store::Answer answer, write(*seen.picture.store, call,
                                                 {.home = seen.batch.home,
                                                  .actor = {},
                                                  .act = "import_confirm",
                                                  .request_key = call.request_key,
                                                  .command = command,
                                                  .run = [&](store::Tx& tx) -> Result<Json> {
                                                    TRY(require_unchanged(tx, seen.batch, "确认", "confirmed"));
                                                    TRY(confirm(tx, seen.picture, call, seen.batch, seen.reading));
                                                    return import_answer(call.id);
                                                  }}));
    return import_reply(service, seen.picture, answer, &seen.reading, true);
  });
}

}   // namespace gangmu::app
