// SPDX-License-Identifier: Apache-2.0
#include "app/unmask.hpp"

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/task_rows.hpp"
#include "base/text.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t reason_least = 4, reason_most = 200;

Status check_reason(const std::string& reason) {
  const std::size_t length = text::length(text::trim(reason));
  if (length >= reason_least && length <= reason_most) return {};
  return fail(errors::reason_wanted, {std::to_string(reason_least), std::to_string(reason_most)});
}

Json event_of(const store::Tx& tx, const Actor& actor, const std::string& reason) {
  Json body;
  body.set("act", "see-persons");
  body.set("actor", actor.id);
  body.set("at", tx.at().text());
  body.set("text", masked(reason));
  return body;
}

}  // namespace

Result<Reply> see_persons(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::see_persons));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string reason = body.text("reason").value_or("");
  TRY(body.finish());
  const auto row = find_task(picture, call.id, service.today());
  if (!row) return fail(errors::unknown_task, {call.id});
  const store::Task& task = *row->stored;
  TRY(allowed(picture, Permission::see_persons, task));
  TRY(check_reason(reason));
  Json command;
  command.set("task", call.id);
  command.set("reason", reason);
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call, {.home = task.home, .actor = {}, .act = "see_persons",
      .request_key = call.request_key, .command = std::move(command), .run = [&](store::Tx& tx) -> Result<Json> {
        TRY(store::tasks::append_event(tx, task.home, task.id, event_of(tx, call.actor, reason)));
        return Json(Json::Object{});
      }}));
  Json persons(Json::Object{});
  if (!task.contact.data.empty()) {
    TRY_ASSIGN(persons, open_task_persons(picture.store->vault(), task, call.actor.id, reason));
  }
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("leader").value(persons["leader"].string_or(""));
  out.key("contact").value(persons["contact"].string_or("")).key("extra").begin_object();
  if (const auto* extra = persons["extra"].object()) {
    for (const auto& [name, value] : *extra) out.key(name).value(value.string_or(""));
  }
  out.end_object().end_object();
  return reply;
}

}  // namespace gangmu::app
