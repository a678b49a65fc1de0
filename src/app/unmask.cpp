// SPDX-License-Identifier: Apache-2.0
#include "app/unmask.hpp"

#include <map>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/task_rows.hpp"
#include "base/text.hpp"
#include "store/errors.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

/// As open_task_persons; of what was hidden in its events, each by its time.
Result<Json> persons_of(store::Store& store, const store::Task& task, Seq as_of, const std::string& actor,
                        const std::string& reason) {
  Json out(Json::Object{}), texts(Json::Object{});
  if (!task.contact.data.empty()) { TRY_ASSIGN(out, open_task_persons(store.vault(), task, actor, reason)); }
  TRY_ASSIGN(const auto events, store.read([&](store::Database& database) {
    return store::tasks::events(database, task.home, task.id, as_of);
  }));
  for (const store::TaskEvent& event : events) {
    if (event.body["sealed"].is_null()) continue;
    TRY_ASSIGN(std::string text,
               open_event_text(store.vault(), task, event.body["sealed"].string_or(""), actor, reason));
    texts.set(event.body["at"].string_or(""), std::move(text));
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
  const store::Task& task = *row->stored;
  TRY(allowed(picture, Permission::see_persons, task));
  if (const store::Account* account = find_account(*picture.view, call.actor.account);
      account && !has_second_factor(*account))
    return fail(errors::second_factor_for_persons);
  TRY(check_reason(service.limits(), reason));
  if (picture.store->vault().erased(task_subject(task.home, task.id)))
    return fail(store::errors::subject_erased);   // nothing to look at
  // Without a request key: each look is written down, a repeated one as well.
  TRY_ASSIGN(
      const store::Answer answer,
      write(*picture.store, call,
            {.home = task.home,
             .actor = {},
             .act = "see_persons",
             .request_key = {},
             .command = {},
             .run = [&](store::Tx& tx) -> Result<Json> {
               TRY(store::tasks::append_event(tx, task.home, task.id, reasoned(tx, call.actor, "see-persons", reason)));
               return Json(Json::Object{});
             }}));
  TRY_ASSIGN(const Json persons, persons_of(*picture.store, task, answer.seq, call.actor.id, reason));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("leader").value(persons["leader"].string_or(""));
  out.key("contact").value(persons["contact"].string_or("")).key("extra").begin_object();
  for (const auto& [name, value] : others(persons)) out.key(name).value(value);
  out.end_object().end_object();
  return reply;
}

}   // namespace gangmu::app
