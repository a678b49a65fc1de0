// SPDX-License-Identifier: Apache-2.0
// An office's own ledger, step by step: read it (nothing is changed yet), answer what it asks, confirm (all rows or
// none: import_confirm.cpp), discard it, or take it back (import_undo.cpp).
#include "app/imports.hpp"

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/import_readings.hpp"
#include "app/import_step.hpp"
#include "app/import_wire.hpp"
#include "app/paging.hpp"
#include "app/persons.hpp"
#include "app/table.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t id_bytes = 8;

Json first_body(const store::Tx& tx, const Call& call, const ReadingWish& wish, const ImportReading& reading) {
  Json body, sheets(Json::Array{});
  for (const std::string& sheet : reading.file->sheets) sheets.push(sheet);
  body.set("file", wish.file);
  body.set("bytes", static_cast<std::int64_t>(call.body.size()));
  body.set("sheet", reading.file->sheet);
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

/// What waits at one home. Held under the turn of uploads, so that the newest View holds all that came before.
Status check_quota(const Limits& limits, const store::View& view, PlaceId home, std::size_t bytes) {
  std::size_t waiting = 0;
  view.imports.for_each([&](const store::ImportBatch& row) {
    if (row.home != home || row.state != state_read) return;
    ++waiting;
    bytes += static_cast<std::size_t>(row.body["bytes"].integer_or(0));
  });
  if (waiting >= limits.import_pending)
    return fail(errors::import_pending_full, {std::to_string(waiting), std::to_string(limits.import_pending)});
  if (bytes > limits.import_pending_bytes)
    return fail(errors::import_pending_heavy, {std::to_string(bytes), std::to_string(limits.import_pending_bytes)});
  return {};
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
        {batch->id, body["file"].string_or(""), body["sheet"].string_or(""), std::string(import_state_zh(batch->state)),
         body["at"].string_or(""), picture.actor_name(body["actor"].string_or(""))}};
    for (const char* count : {"rows", "tasks", "skipped", "questions", "notes"})
      row.cells.emplace_back(Decimal(body["counts"][count].integer_or(0), 0));
    sheet.rows.push_back(std::move(row));
  }
  return workbook_reply(
      service, picture, "台账导入记录.xlsx", std::move(sheet),
      {{"状态", "待确认：只读入，未改动任务；已确认：已写入任务；已撤销：任务已收回"}, {"待确认", "尚未回答的问题数"}});
}

/// The entry that keeps a file, unless too much waits already. Answers to it carry the id.
Result<store::Answer> keep_upload(Service& service, const Picture& picture, const Call& call, const ReadingWish& wish,
                                  const ImportReading& reading, PlaceId home) {
  const std::string id = hex(service.system().secrets.bytes(id_bytes));
  Json command;
  command.set("name", wish.file);
  command.set("sheet", wish.sheet);
  command.set("file", digest(call.body).text());
  const auto turn = service.import_readings().upload_turn();
  TRY_ASSIGN(
      store::Answer answer,
      write(
          *picture.store, call,
          {.home = home,
           .actor = {},
           .act = "import_read",
           .request_key = call.request_key,
           .command = std::move(command),
           .run = [&](store::Tx& tx) -> Result<Json> {
             TRY(check_quota(service.limits(), *picture.store->view(), home, call.body.size()));
             TRY_ASSIGN(const store::ImportBatch file, sealed_file(*picture.store, home, id, call.body));
             TRY(store::imports::put(tx, file));
             TRY(store::imports::put(tx, {home, id, first_body(tx, call, wish, reading), std::string(state_read), {}}));
             return import_answer(id);
           }}));
  if (!answer.replayed) keep_reading(service, picture, id, reading.file);
  return answer;
}

Result<Reply> page_of_list(Service& service, const Call& call, wire::ImportList which,
                           std::size_t size(const ImportReading&)) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(const store::ImportBatch* batch, find_import(picture, call.id));
  TRY_ASSIGN(const ImportReading reading, read_again(service, picture, *batch));
  TRY_ASSIGN(const Page page, page_of(service, call, size(reading)));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  wire::import_list(out, reply.body, picture, reading, which,
                    {page.begin, page.end - page.begin, service.limits().import_page_bytes});
  return reply;
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
  wire::import_batch(out, reply.body, picture, *batch, reading,
                     {0, default_page_rows, service.limits().import_page_bytes});
  return reply;
}

Result<Reply> import_rows(Service& service, const Call& call) {
  return page_of_list(service, call, wire::ImportList::rows,
                      [](const ImportReading& reading) { return reading.file->ledger.rows.size(); });
}

Result<Reply> import_skipped(Service& service, const Call& call) {
  return page_of_list(service, call, wire::ImportList::skipped,
                      [](const ImportReading& reading) { return reading.file->ledger.skipped.size(); });
}

Result<Reply> import_questions(Service& service, const Call& call) {
  return page_of_list(service, call, wire::ImportList::questions,
                      [](const ImportReading& reading) { return reading.questions().size(); });
}

Result<Reply> import_notes(Service& service, const Call& call) {
  return page_of_list(service, call, wire::ImportList::notes,
                      [](const ImportReading& reading) { return reading.notes().size(); });
}

Result<Reply> read_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY(check_size(*picture.store, call.body.size()));
  const ReadingWish wish{.file = masked(call.query_or("name", "")),
                         .sheet = masked(call.query_or("sheet", "")),
                         .year = service.today().year(),
                         .answers = {},
                         .import = {}};
  const PlaceId home = picture.tree().home(picture.seat(Permission::import_tasks));
  TRY(allowed(picture.rights, Permission::import_tasks, {.node = picture.tree().find(home)}));
  TRY_ASSIGN(SharedLedger file,
             service.import_readings().once([&] { return read_ledger(service.limits(), call.body, wish); }));
  TRY_ASSIGN(const ImportReading reading, with_programme(service, picture, std::move(file), wish));
  TRY_ASSIGN(const store::Answer answer, keep_upload(service, picture, call, wish, reading, home));
  TRY_ASSIGN(Reply reply, import_reply(service, picture, answer, &reading, false));
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
    TRY_ASSIGN(ImportDraft next, import_draft(service, call, given));
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
                        return import_answer(call.id);
                      }}));
    return import_reply(service, next.picture, answer, &next.reading, false);
  });
}

}   // namespace gangmu::app
