// SPDX-License-Identifier: Apache-2.0
// An office's own ledger, step by step: read it (nothing is changed yet), answer what it asks, confirm (all rows or
// none), and undo while nobody has worked on its tasks.
#include "app/imports.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_kept.hpp"
#include "app/import_wire.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/table.hpp"
#include "app/task_wire.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::chrono::milliseconds view_wait{2000};
constexpr std::size_t id_bytes = 8;
constexpr std::size_t most_named = 50;   // tasks named in a refusal
constexpr int most_turns = 5;            // readings of one file for one request, while others answer too

std::string_view state_zh(std::string_view state) {
  return state == state_read ? "待确认" : state == state_confirmed ? "已确认" : "已撤销";
}

Status require_state(const store::ImportBatch& batch, std::string_view wanted, const char* zh, const char* en) {
  if (batch.state == wanted) return {};
  return fail(errors::import_state, {std::string(state_zh(batch.state)), zh, batch.state, en});
}

ReadingWish wish_of(const store::ImportBatch& batch) {
  return {.file = batch.body["file"].string_or(""),
          .sheet = batch.body["sheet"].string_or(""),
          .year = static_cast<int>(batch.body["year"].integer_or(0)),
          .answers = answers_of(batch.body),
          .import = batch.id};
}

Result<ImportReading> read_again(const Service& service, const Picture& picture, const store::ImportBatch& batch) {
  TRY_ASSIGN(const std::string bytes, file_of(*picture.store, batch));
  return read_ledger(service, picture, bytes, wish_of(batch));
}

Result<store::ImportBatch> batch_in(store::Tx& tx, const store::ImportBatch& seen) {
  TRY_ASSIGN(auto batch, store::imports::get(tx, seen.home, seen.id));
  if (!batch) return fail(errors::unknown_import, {seen.id});
  return *std::move(batch);
}

/// A batch as seen, and its file read under given answers: made outside the writer, for reading a workbook takes long.
struct Draft {
  Picture picture;
  store::ImportBatch batch;
  ImportReading reading;
};

using GivenAnswers = std::vector<std::pair<std::string, std::string>>;

/// Answers as they were, with the new ones put in; an empty answer takes the old one back.
plan::Answers merged(plan::Answers answers, const GivenAnswers& given) {
  for (const auto& [id, value] : given) {
    if (value.empty())
      answers.erase(masked(id));
    else
      answers[masked(id)] = masked(value);
  }
  return answers;
}

Result<Draft> draft(Service& service, const Call& call, const GivenAnswers& given) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(const store::ImportBatch* seen, find_import(picture, call.id));
  Draft out{std::move(picture), *seen, {}};
  out.batch.body.set("answers", answers_json(merged(answers_of(seen->body), given)));
  TRY_ASSIGN(out.reading, read_again(service, out.picture, out.batch));
  return out;
}

/// The batch in the transaction is open and still as the draft saw it. Errors: unknown_import, import_state,
/// import_busy.
Status require_unchanged(store::Tx& tx, const store::ImportBatch& seen, const char* zh, const char* en) {
  TRY_ASSIGN(const store::ImportBatch now, batch_in(tx, seen));
  TRY(require_state(now, state_read, zh, en));
  if (now.seq != seen.seq) return fail(errors::import_busy);
  return {};
}

/// Tries again, on a fresh draft, while others write to the batch in between.
template <class Attempt>
Result<Reply> in_turn(const Attempt& attempt) {
  for (int turn = 1;; ++turn) {
    Result<Reply> reply = attempt();
    if (reply || turn == most_turns || !reply.error().is(errors::import_busy)) return reply;
  }
}

Json stamp(const store::Tx& tx, const Actor& actor) {
  Json out;
  out.set("seq", tx.seq().value);
  out.set("at", tx.at().text());
  out.set("actor", actor.id);
  return out;
}

/// The batch as it stands after a write. `reading` saves reading the file again.
Result<Reply> reply_of(const Service& service, const Picture& before, const store::Answer& answer,
                       const ImportReading* reading, bool enveloped) {
  TRY_ASSIGN(const auto view, before.store->view_at_least(answer.seq, view_wait));
  const Picture now{before.store, view, before.rights};
  TRY_ASSIGN(const store::ImportBatch* batch, find_import(now, answer.body["import"].string_or("")));
  ImportReading again;
  if (!reading || answer.replayed) {
    TRY_ASSIGN(again, read_again(service, now, *batch));
    reading = &again;
  }
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  if (enveloped) out.begin_object().key("seq").value(answer.seq.value).key("import");
  wire::import_batch(out, now, *batch, *reading);
  if (enveloped) out.end_object();
  return reply;
}

Json answer_of(const std::string& id) {
  Json out;
  out.set("import", id);
  return out;
}

// --- reading and answering -------------------------------------------------------------------------------------------

Json first_body(const store::Tx& tx, const Call& call, const ReadingWish& wish, const ImportReading& reading) {
  Json body, sheets(Json::Array{});
  for (const std::string& sheet : reading.sheets) sheets.push(sheet);
  body.set("file", wish.file);
  body.set("sheet", reading.sheet);
  body.set("sheets", std::move(sheets));
  body.set("at", tx.at().text());
  body.set("actor", call.actor.id);
  body.set("year", wish.year);
  body.set("answers", Json(Json::Object{}));
  body.set("counts", reading.counts());
  return body;
}

Status check_size(const store::Store& store, std::size_t bytes) {
  constexpr std::size_t around = 64;   // the JSON around the sealed text
  const std::size_t sealed = sealed_size(bytes) + around, limit = store.limits().value_bytes;
  if (sealed <= limit) return {};
  return fail(errors::file_too_heavy, {std::to_string(sealed), std::to_string(limit)});
}

// --- confirming and undoing ------------------------------------------------------------------------------------------

Status refuse_open_questions(const store::ImportBatch& batch, const ImportReading& reading) {
  Diagnostics open;
  for (const plan::Question* question : reading.blocking()) {
    const std::string cell = question->rows.size() == 1 && question->column
                                 ? cell_address(reading.ledger.parts, question->rows.front(), *question->column)
                                 : "";
    open.push_back({&errors::import_questions_open,
                    {question->id, question->zh, question->en},
                    {.file = batch.body["file"].string_or(""),
                     .line = 0,
                     .column = 0,
                     .cell = cell.empty() || reading.sheet.empty() ? cell : reading.sheet + "!" + cell}});
  }
  if (!open.empty()) return fail(std::move(open));
  return {};
}

/// Rows of a reading as they will be kept; persons are still to be sealed.
struct NewTasks {
  std::vector<store::Task> tasks;
  std::int64_t last = 0;   ///< number given last
  std::vector<store::Sealing> sealings;
  std::vector<std::size_t> sealed_tasks;   ///< index of the task of each sealing
  std::vector<int> rows;                   ///< of the sheet, 1-based
};

/// A restore forgets tasks, but not their keys: a number whose key is known, or known to be erased, is not given again.
std::int64_t number_after(const store::Vault& vault, PlaceId home, std::int64_t last) {
  do ++last;
  while (vault.knows(task_subject(home, std::to_string(last))));
  return last;
}

/// Rows of a county's own ledger that name no place belong to the county.
Result<NewTasks> new_tasks(const Picture& picture, const store::ImportBatch& batch, const ImportReading& reading,
                           std::int64_t highest) {
  NewTasks out;
  out.last = highest;
  const place::NodeIndex node_of_batch =
      batch.home == picture.tree().home(picture.focus()) ? picture.focus() : picture.tree().find(batch.home);
  for (const plan::RowReading& row : reading.ledger.rows) {
    plan::Task task = row.task;
    task.origin.batch = batch.id;
    if (task.place.empty() && node_of_batch != picture.focus()) task.place = picture.tree()[node_of_batch].code;
    place::NodeIndex node = picture.focus();
    if (!task.place.empty()) { TRY_ASSIGN(node, picture.node(task.place)); }
    TRY(allowed(picture.rights, Permission::import_tasks, {.node = node}));
    const PlaceId home = picture.tree().home(node);
    task.id.value = out.last = number_after(picture.store->vault(), home, out.last);
    const TakenPerson person = take_person(task);
    Json names(Json::Array{});
    for (const std::string& name : person.names) names.push(name);
    const store::Task kept{
        home, std::to_string(out.last), task_body(task, names), {}, std::string(plan::task_state_name(task.state)), {}};
    if (!person.text.empty()) {
      out.sealings.push_back({task_subject(kept.home, kept.id), person.text});
      out.sealed_tasks.push_back(out.tasks.size());
    }
    out.tasks.push_back(kept);
    out.rows.push_back(task.origin.row);
  }
  return out;
}

Json import_event(const store::Tx& tx, const Actor& actor, const store::ImportBatch& batch, const std::string& sheet,
                  int row) {
  Json body;
  body.set("act", "import");
  body.set("actor", actor.id);
  body.set("at", tx.at().text());
  body.set("text", batch.body["file"].string_or("") + (sheet.empty() ? "" : "[" + sheet + "]") + " 第 " +
                       std::to_string(row) + " 行");
  return body;
}

Status put_tasks(store::Tx& tx, const Picture& picture, const Call& call, store::ImportBatch& batch,
                 const ImportReading& reading) {
  TRY_ASSIGN(const std::int64_t highest, store::tasks::highest_number(tx));
  TRY_ASSIGN(NewTasks made, new_tasks(picture, batch, reading, highest));
  TRY_ASSIGN(std::vector<store::Bytes> sealed, picture.store->vault().seal_all(made.sealings));
  for (std::size_t i = 0; i < sealed.size(); ++i) made.tasks[made.sealed_tasks[i]].contact = std::move(sealed[i]);
  for (std::size_t i = 0; i < made.tasks.size(); ++i) {
    const store::Task& task = made.tasks[i];
    TRY(store::tasks::put(tx, task));
    TRY(store::tasks::append_event(tx, task.home, task.id,
                                   import_event(tx, call.actor, batch, reading.sheet, made.rows[i])));
  }
  Json confirmed = stamp(tx, call.actor);
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
             sealed_layout(*picture.store, batch.home, batch.id, reading.ledger.layout));
  TRY(store::imports::put(tx, layout));
  batch.state = state_confirmed;
  batch.body.set("counts", reading.counts());
  return store::imports::put(tx, batch);
}

Result<std::vector<store::Task>> tasks_of_batch(store::Tx& tx, const std::string& import) {
  std::vector<store::Task> out;
  TRY(tx.scan(store::table::task, {}, [&](store::Row&& row) -> Status {
    TRY_ASSIGN(store::Task task, store::tasks::of_row(row));
    if (task.body["origin"]["batch"].string_or("") == import) out.push_back(std::move(task));
    return {};
  }));
  return out;
}

Status undo(store::Tx& tx, const Call& call, store::ImportBatch batch) {
  TRY_ASSIGN(const std::vector<store::Task> tasks, tasks_of_batch(tx, batch.id));
  const Seq confirmed{batch.body["confirmed"]["seq"].integer_or(0)};
  Diagnostics changed;
  for (const store::Task& task : tasks) {
    if (task.seq != confirmed && changed.size() < most_named) {
      changed.push_back({&errors::import_changed_since, {task.body["title"].string_or(""), task.id}, {}});
    }
  }
  if (!changed.empty()) return fail(std::move(changed));
  for (const store::Task& task : tasks) TRY(store::tasks::erase(tx, task.home, task.id));
  batch.state = state_undone;
  batch.body.set("undone", stamp(tx, call.actor));
  return store::imports::put(tx, batch);
}

Result<Reply> list_workbook(const Service& service, const Picture& picture,
                            const std::vector<const store::ImportBatch*>& all) {
  Worksheet sheet =
      table_sheet(picture, "台账导入记录",
                  {"编号", "文件", "工作表", "状态", "时间", "经手", "行数", "任务数", "未导入", "待确认", "提示"});
  for (const store::ImportBatch* batch : all) {
    const Json& body = batch->body;
    WorksheetRow row{
        RowRole::body,
        {batch->id, body["file"].string_or(""), body["sheet"].string_or(""), std::string(state_zh(batch->state)),
         body["at"].string_or(""), picture.actor_name(body["actor"].string_or(""))}};
    for (const char* count : {"rows", "tasks", "skipped", "questions", "notes"})
      row.cells.emplace_back(Decimal(body["counts"][count].integer_or(0), 0));
    sheet.rows.push_back(std::move(row));
  }
  return workbook_reply(
      service, picture, "台账导入记录.xlsx", std::move(sheet),
      {{"状态", "待确认：只读入，未改动任务；已确认：已写入任务；已撤销：任务已收回"}, {"待确认", "尚未回答的问题数"}});
}

}   // namespace

Result<Reply> imports(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  const auto all = all_imports(picture);
  if (call.as_xlsx) return list_workbook(service, picture, all);
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const store::ImportBatch* batch : all) wire::import_item(out, picture, *batch);
  out.end_array().end_object();
  return reply;
}

Result<Reply> import_batch(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(const store::ImportBatch* batch, find_import(picture, call.id));
  TRY_ASSIGN(const ImportReading reading, read_again(service, picture, *batch));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  wire::import_batch(out, picture, *batch, reading);
  return reply;
}

Result<Reply> read_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY(check_size(*picture.store, call.body.size()));
  const std::string name = masked(call.query_or("name", ""));
  const ReadingWish wish{.file = name,
                         .sheet = masked(call.query_or("sheet", "")),
                         .year = service.today().year(),
                         .answers = {},
                         .import = {}};
  const PlaceId home = picture.tree().home(picture.seat(Permission::import_tasks));
  TRY(allowed(picture.rights, Permission::import_tasks, {.node = picture.tree().find(home)}));
  TRY_ASSIGN(const ImportReading reading, read_ledger(service, picture, call.body, wish));
  const std::string id = hex(service.system().secrets.bytes(id_bytes));
  Json command;
  command.set("name", name);
  command.set("sheet", wish.sheet);
  command.set("file", digest(call.body).text());
  TRY_ASSIGN(
      const store::Answer answer,
      write(
          *picture.store, call,
          {.home = home,
           .actor = {},
           .act = "import_read",
           .request_key = call.request_key,
           .command = std::move(command),
           .run = [&](store::Tx& tx) -> Result<Json> {
             TRY_ASSIGN(const store::ImportBatch file, sealed_file(*picture.store, home, id, call.body));
             TRY(store::imports::put(tx, file));
             TRY(store::imports::put(tx, {home, id, first_body(tx, call, wish, reading), std::string(state_read), {}}));
             return answer_of(id);
           }}));
  TRY_ASSIGN(Reply reply, reply_of(service, picture, answer, &reading, false));
  reply.status = 201;
  return reply;
}

Result<Reply> answer_import(Service& service, const Call& call) {
  TRY(service.require(call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const GivenAnswers given = body.texts("answers");
  TRY(body.finish());
  Json command;
  command.set("import", call.id);
  command.set("answers", body.json()["answers"]);
  return in_turn([&]() -> Result<Reply> {
    TRY_ASSIGN(Draft next, draft(service, call, given));
    TRY_ASSIGN(const store::Answer answer,
               write(*next.picture.store, call,
                     {.home = next.batch.home,
                      .actor = {},
                      .act = "import_answer",
                      .request_key = call.request_key,
                      .command = command,
                      .run = [&](store::Tx& tx) -> Result<Json> {
                        TRY(require_unchanged(tx, next.batch, "再作答复", "answered any more"));
                        next.batch.body.set("counts", next.reading.counts());
                        TRY(store::imports::put(tx, next.batch));
                        return answer_of(call.id);
                      }}));
    return reply_of(service, next.picture, answer, &next.reading, false);
  });
}

Result<Reply> confirm_import(Service& service, const Call& call) {
  TRY(service.require(call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  return in_turn([&]() -> Result<Reply> {
    TRY_ASSIGN(const Draft seen, draft(service, call, {}));
    TRY_ASSIGN(const store::Answer answer, write(*seen.picture.store, call,
                                                 {.home = seen.batch.home,
                                                  .actor = {},
                                                  .act = "import_confirm",
                                                  .request_key = call.request_key,
                                                  .command = answer_of(call.id),
                                                  .run = [&](store::Tx& tx) -> Result<Json> {
                                                    TRY(require_unchanged(tx, seen.batch, "确认", "confirmed"));
                                                    TRY(confirm(tx, seen.picture, call, seen.batch, seen.reading));
                                                    return answer_of(call.id);
                                                  }}));
    return reply_of(service, seen.picture, answer, &seen.reading, true);
  });
}

Result<Reply> undo_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  TRY_ASSIGN(const store::ImportBatch* seen, find_import(picture, call.id));
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = seen->home,
                                                .actor = {},
                                                .act = "import_undo",
                                                .request_key = call.request_key,
                                                .command = answer_of(call.id),
                                                .run = [&](store::Tx& tx) -> Result<Json> {
                                                  TRY_ASSIGN(store::ImportBatch batch, batch_in(tx, *seen));
                                                  TRY(require_state(batch, state_confirmed, "撤销", "undone"));
                                                  TRY(undo(tx, call, std::move(batch)));
                                                  return answer_of(call.id);
                                                }}));
  return reply_of(service, picture, answer, nullptr, true);
}

}   // namespace gangmu::app
