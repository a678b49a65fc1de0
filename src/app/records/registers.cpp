// SPDX-License-Identifier: Apache-2.0
// Which registers there are, what they hold, and which the office has opened. A kind comes with the programme and is
// off until it is opened with an owner and the number of the list it stands in.
#include "app/records/registers.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/sheet_rows.hpp"
#include "app/records/wire.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view register_kind_name = "register";

Result<const record::Kind*> known_kind(const Picture& picture, const std::string& id) {
  const auto& catalogue = picture.view->records.catalogue;
  const record::Kind* kind = catalogue ? catalogue->find(id) : nullptr;
  if (!kind || kind->whole()) return fail(errors::unknown_kind, {id});   // nouns of the program have doors of their own
  return kind;
}

void told(JsonWriter& out, const Desk& desk, const record::Kind& kind) {
  const auto state = opened(*desk.picture().view, kind.id());
  out.key("open").value(state.has_value());
  if (!state) return;
  out.key("owner").value(state->owner).key("list_number").value(state->list_number);
  const record::Columns* columns = desk.picture().view->records.find(kind.id());
  const record::Listing all = record::list(*columns, desk.sight(*columns), {}, {}, {}, 0);
  out.key("total").value(all.total);
  const bool writes = desk.picture().rights.holds(Permission::write_records);
  out.key("may_enter").value(writes && desk.for_create(kind, std::nullopt) != nullptr);
  out.key("may_import").value(writes && std::ranges::any_of(desk.hats(), [&](const Hat& hat) {
                                return hat.writes && imports(kind, hat);
                              }));
}

Result<Reply> set_open(Service& service, const Call& call, bool open) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  TRY(allowed(picture.rights, Permission::open_registers, {.node = 0}));   // open is open in the whole programme
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string owner = open ? masked(body.text("owner").value_or("")) : "";
  const std::string number = open ? masked(body.text("list_number").value_or("")) : "";
  TRY(body.finish());
  TRY_ASSIGN(const record::Kind* kind, known_kind(picture, call.id));
  const Limits& limits = service.limits();
  for (const auto& [text, limit] :
       {std::pair(&owner, limits.register_owner_most), {&number, limits.register_number_most}})
    if (const std::size_t length = text::length(*text); length > limit)
      return fail(errors::limit_exceeded,
                  {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
  if (open && (owner.empty() || number.empty()))
    return fail(errors::field_type, {owner.empty() ? "owner" : "list_number", "不能为空", "wanted"});
  if (!open && !opened(*picture.view, kind->id())) return fail(errors::unknown_register, {kind->id()});
  Json command = body.json();
  command.set("register", call.id);
  TRY_ASSIGN(
      const store::Answer answer,
      write(*picture.store, call,
            {.home = picture.tree()[0].id,
             .actor = {},
             .act = open ? "open_register" : "close_register",
             .request_key = call.request_key,
             .command = std::move(command),
             .run = [&](store::Tx& tx) -> Result<Json> {
               Json state;
               state.set("id", kind->id());
               state.set("owner", owner);
               state.set("list_number", number);
               if (open) {
                 TRY(store::definitions::publish(tx, register_kind_name, kind->id(), tx.at().date(), std::move(state)));
               } else {
                 TRY(store::definitions::retire(tx, register_kind_name, kind->id(), tx.at().date()));
               }
               return Json(Json::Object{});
             }}));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).end_object();
  return reply;
}

}   // namespace

Result<Reply> registers(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  const bool opens = picture.rights.holds(Permission::open_registers);
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  if (picture.view->records.catalogue)
    for (const auto& kind : picture.view->records.catalogue->kinds()) {
      if (kind->whole() || (!opens && !opened(*picture.view, kind->id()))) continue;
      out.begin_object().key("id").value(kind->id()).key("zh").value(kind->label(Language::zh));
      out.key("en").value(kind->label(Language::en)).key("version").value(kind->version());
      told(out, desk, *kind);
      out.end_object();
    }
  out.end_array().key("may_open").value(opens).end_object();
  return reply;
}

Result<Reply> register_kind(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::Kind* kind, known_kind(picture, call.id));
  if (!picture.rights.holds(Permission::open_registers)) TRY(desk.columns(kind->id()));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object();
  wire::kind(out, desk.catalogue(), *kind);
  told(out, desk, *kind);
  out.end_object();
  return reply;
}

Result<Reply> open_register(Service& service, const Call& call) { return set_open(service, call, true); }
Result<Reply> close_register(Service& service, const Call& call) { return set_open(service, call, false); }

}   // namespace gangmu::app
