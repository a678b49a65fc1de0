// SPDX-License-Identifier: Apache-2.0
#include "app/unmask.hpp"

#include <map>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "base/text.hpp"
#include "store/errors.hpp"
#include "store/records.hpp"

namespace gangmu::app {
namespace {

/// As open_task_persons; of what was hidden in its events, each by its time.
Result<Json> persons_of(store::Store& store, const store::View& view, const record::RecordId& id, Seq as_of,
                        const std::string& actor, const std::string& reason) {
  std::optional<Json> document;
  std::vector<store::RecordEvent> events;
  TRY(store.read([&](store::Database& database) -> Status {
    TRY_ASSIGN(document, store::records::document(database, id, as_of));
    TRY_ASSIGN(events, store::records::events_before(database, id, as_of, Seq{INT64_MAX}, SIZE_MAX >> 1));
    return {};
  }));
  if (!document) return fail(errors::unknown_task, {std::to_string(id.number)});
  TRY_ASSIGN(const record::Record record, record::record_of(*view.records.catalogue->find(task_kind), id, *document));
  TRY_ASSIGN(Json out, open_task_persons(store.vault(), id, record.values, actor, reason));
  Json texts(Json::Object{});
  for (const store::RecordEvent& one : events) {
    TRY_ASSIGN(const record::Event event, record::event_of(one.body));
    if (event.sealed.empty()) continue;
    TRY_ASSIGN(std::string text, open_record_text(store.vault(), id, event.sealed, actor, reason));
    texts.set(event.at.text(), std::move(text));
  }
  out.set("texts", std::move(texts));
  return out;
}

/// Whatever is sealed beside leader and contact: columns of persons, cells with a number, words with a number.
std::map<std::string, std::string> others(const Json& persons) {
  std::map<std::string, std::string> out;
  for (const char* kind : {"persons", "extra", "texts"}) {
    const auto* members = persons[kind].object();
    if (!members) continue;
    for (const auto& [name, value] : *members) out[name] = value.string_or("");
  }
  return out;
}

}   // namespace

Status check_reason(const Limits& limits, const std::string& reason) {
  const std::size_t length = text::length(text::trim(reason));
  if (length >= limits.persons_reason_least && length <= limits.persons_reason_most) return {};
  return fail(errors::reason_wanted,
              {std::to_string(limits.persons_reason_least), std::to_string(limits.persons_reason_most)});
}

Status check_second_factor(const store::View& view, const Actor& actor) {
  const store::Account* account = find_account(view, actor.account);
  return account && !has_second_factor(*account) ? fail(errors::second_factor_for_persons) : Status();
}

Json reasoned(const store::Tx& tx, const Actor& actor, std::string_view act, const std::string& reason) {
  Json out;
  out.set("act", std::string(act));
  out.set("actor", actor.id);
  out.set("at", tx.at().text());
  out.set("text", masked(reason));
  return out;
}

Result<Reply> see_persons(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::see_persons));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string reason = body.text("reason").value_or("");
  TRY(body.finish());
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const record::RecordId& id = row->stored->id;
  TRY(allowed(picture, Permission::see_persons, *row->stored));
  TRY(check_second_factor(*picture.view, call.actor));
  TRY(check_reason(service.limits(), reason));
  if (picture.store->vault().erased(record_subject(id)))
    return fail(store::errors::subject_erased);   // nothing to look at
  // Without a request key: each look is written down, a repeated one as well.
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = id.home,
                    .actor = {},
                    .act = "see_persons",
                    .request_key = {},
                    .command = {},
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY(store::records::append(tx, id, {.step = "see-persons", .reason = masked(reason)}));
                      return Json(Json::Object{});
                    }}));
  TRY_ASSIGN(const Json persons, persons_of(*picture.store, *picture.view, id, answer.seq, call.actor.id, reason));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("leader").value(persons["leader"].string_or(""));
  out.key("contact").value(persons["contact"].string_or("")).key("extra").begin_object();
  for (const auto& [name, value] : others(persons)) out.key(name).value(value);
  out.end_object().end_object();
  return reply;
}

}   // namespace gangmu::app
