// SPDX-License-Identifier: Apache-2.0
#include "app/import_step.hpp"

#include "app/errors.hpp"
#include "app/import_readings.hpp"
#include "app/import_wire.hpp"
#include "app/paging.hpp"
#include "app/persons.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::chrono::milliseconds view_wait{2000};

ReadingWish wish_of(const store::ImportBatch& batch) {
  return {.file = batch.body["file"].string_or(""),
          .sheet = batch.body["sheet"].string_or(""),
          .year = static_cast<int>(batch.body["year"].integer_or(0)),
          .answers = answers_of(batch.body),
          .import = batch.id};
}

std::string key_of(const Picture& picture, const std::string& import, const plan::Answers& answers) {
  return picture.programme()["id"].string_or("") + "/" + import + "/" +
         digest(answers_json(answers).canonical()).text();
}

plan::Answers merged(plan::Answers answers, const GivenAnswers& given) {
  for (const auto& [id, value] : given) {
    if (value.empty())
      answers.erase(masked(id));
    else
      answers[masked(id)] = masked(value);
  }
  return answers;
}

}   // namespace

std::string_view import_state_zh(std::string_view state) {
  return state == state_read ? "待确认" : state == state_confirmed ? "已确认" : "已撤销";
}

Status require_state(const store::ImportBatch& batch, std::string_view wanted, const char* zh, const char* en) {
  if (batch.state == wanted) return {};
  return fail(errors::import_state, {std::string(import_state_zh(batch.state)), zh, batch.state, en});
}

Result<ImportReading> read_again(Service& service, const Picture& picture, const store::ImportBatch& batch) {
  const ReadingWish wish = wish_of(batch);
  const auto make = [&]() -> Result<SharedLedger> {
    TRY_ASSIGN(const std::string bytes, file_of(*picture.store, batch));
    return read_ledger(service.limits(), bytes, wish);
  };
  // What was read of a file whose key is destroyed is gone with it.
  const bool erased = picture.store->vault().erased(import_subject(batch.id));
  TRY_ASSIGN(SharedLedger file,
             erased ? make() : service.import_readings().get(key_of(picture, batch.id, wish.answers), make));
  return with_programme(service, picture, std::move(file), wish);
}

void keep_reading(Service& service, const Picture& picture, const std::string& import, SharedLedger reading) {
  service.import_readings().keep(key_of(picture, import, {}), std::move(reading));
}

Result<ImportDraft> import_draft(Service& service, const Call& call, const GivenAnswers& given) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, Permission::import_tasks));
  TRY_ASSIGN(const store::ImportBatch* seen, find_import(picture, call.id));
  ImportDraft out{std::move(picture), *seen, {}};
  out.batch.body.set("answers", answers_json(merged(answers_of(seen->body), given)));
  TRY_ASSIGN(out.reading, read_again(service, out.picture, out.batch));
  return out;
}

Result<store::ImportBatch> batch_in(store::Tx& tx, const store::ImportBatch& seen) {
  TRY_ASSIGN(auto batch, store::imports::get(tx, seen.home, seen.id));
  if (!batch) return fail(errors::unknown_import, {seen.id});
  return *std::move(batch);
}

Status require_unchanged(store::Tx& tx, const store::ImportBatch& seen, const char* zh, const char* en) {
  TRY_ASSIGN(const store::ImportBatch now, batch_in(tx, seen));
  TRY(require_state(now, state_read, zh, en));
  if (now.seq != seen.seq) return fail(errors::import_busy);
  return {};
}

Json import_stamp(const store::Tx& tx, const Actor& actor) {
  Json out;
  out.set("seq", tx.seq().value);
  out.set("at", tx.at().text());
  out.set("actor", actor.id);
  return out;
}

Json import_answer(const std::string& id) {
  Json out;
  out.set("import", id);
  return out;
}

Result<Reply> import_reply(Service& service, const Picture& before, const store::Answer& answer,
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
  wire::import_batch(out, reply.body, now, *batch, *reading,
                     {0, default_page_rows, service.limits().import_page_bytes});
  if (enveloped) out.end_object();
  return reply;
}

}   // namespace gangmu::app
