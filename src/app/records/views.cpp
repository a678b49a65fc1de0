// SPDX-License-Identifier: Apache-2.0
#include "app/records/views.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/desk.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

/// A view is a definition "<register>.<number>": named, versioned and journalled like any other.
constexpr std::string_view view_definition = "register_view", share_own = "own", share_office = "office",
                           share_all = "all";

std::string owner_of(const Call& call) { return call.actor.account.empty() ? call.actor.id : call.actor.account; }

/// A register that is open, or one of the program's own.
Status known(const Desk& desk, const std::string& id) {
  const auto& catalogue = desk.picture().view->records.catalogue;
  const record::Kind* kind = catalogue ? catalogue->find(id) : nullptr;
  if (kind && kind->whole()) return {};
  TRY(desk.columns(id));
  return {};
}

struct Reader {
  const Desk& desk;
  std::string owner;
  bool opens = false;

  [[nodiscard]] bool owns(const Json& view) const { return view["owner"] == Json(owner); }
  [[nodiscard]] bool uses(const Json& view) const {
    const std::string shared = view["shared"].string_or("");
    if (owns(view) || shared == share_all) return true;
    return shared == share_office && std::ranges::any_of(desk.hats(), [&](const Hat& hat) {
             return view["unit"] == Json(record::who_text(hat.unit));
           });
  }
  [[nodiscard]] bool drops(const Json& view) const {
    return owns(view) || (opens && view["shared"].string_or("") == share_all);
  }
};

Reader reader_of(const Desk& desk, const Call& call) {
  return {desk, owner_of(call), desk.picture().rights.holds(Permission::open_registers)};
}

Result<std::string> shared_as(const Reader& reader, std::string said) {
  if (said.empty()) said = share_own;
  if (said != share_own && said != share_office && said != share_all)
    return fail(errors::field_type, {"shared", "应为 own、office 或 all", "own, office or all"});
  if (said == share_all && !reader.opens) return fail(errors::view_shared);
  return said;
}

Status within(const Limits& limits, const std::string& name, const Json& query) {
  if (name.empty()) return fail(errors::field_missing, {"name"});
  if (const std::size_t length = text::length(name); length > limits.view_name_most)
    return fail(errors::limit_exceeded, {"视图名称的字数", std::to_string(length),
                                         std::to_string(limits.view_name_most), "characters of the name of a view"});
  if (const std::size_t bytes = query.canonical().size(); bytes > limits.view_bytes)
    return fail(errors::limit_exceeded,
                {"视图的字节数", std::to_string(bytes), std::to_string(limits.view_bytes), "bytes of a view"});
  return {};
}

/// The number of one's own view of that name, else the next that was never given.
Result<std::string> place_for(const Limits& limits, store::Tx& tx, const Json& view, const std::string& id) {
  TRY_ASSIGN(const auto all, store::definitions::list(tx, view_definition));
  std::size_t last = 0, own = 0;
  for (const store::StoredDefinition& one : all) {
    if (!one.id.starts_with(id + ".")) continue;
    last = std::max<std::size_t>(last, std::stoul(one.id.substr(id.size() + 1)));
    if (one.retired || !(one.body["owner"] == view["owner"])) continue;
    if (one.body["name"] == view["name"]) return one.id;
    ++own;
  }
  if (own >= limits.view_each)
    return fail(errors::limit_exceeded, {"您在这个台账保存的视图数", std::to_string(own + 1),
                                         std::to_string(limits.view_each), "views you keep of this register"});
  return id + "." + std::to_string(last + 1);
}

Reply kept(const store::Answer& answer) {
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or("")).end_object();
  return reply;
}

}   // namespace

Result<Reply> register_views(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  TRY(known(desk, call.id));
  const Reader reader = reader_of(desk, call);
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto* one : picture.view->definitions->list(view_definition)) {
    const Json& view = one->body;
    if (view["register"].string_or("") != call.id || !reader.uses(view)) continue;
    out.begin_object().key("id").value(one->id).key("name").value(view["name"].string_or(""));
    out.key("query").json(view["query"]).key("shared").value(view["shared"].string_or(""));
    out.key("own").value(reader.owns(view)).key("may_drop").value(reader.drops(view));
    out.key("owner").value(picture.actor_name(view["owner"].string_or(""))).end_object();
  }
  out.end_array().key("may_share_all").value(reader.opens).end_object();
  return reply;
}

Result<Reply> keep_register_view(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  TRY(known(desk, call.id));
  const Reader reader = reader_of(desk, call);
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Json view, query(Json::Object{});
  const std::string name = masked(std::string(text::trim(body.text("name").value_or(""))));
  for (const auto& [key, value] : body.texts("query"))
    if (!value.empty()) query.set(key, masked(value));
  auto shared = shared_as(reader, body.text("shared").value_or(""));
  TRY(body.finish());
  if (!shared) return fail(shared.error());
  TRY(within(service.limits(), name, query));
  view.set("register", call.id);
  view.set("name", name);
  view.set("query", std::move(query));
  view.set("owner", reader.owner);
  view.set("shared", *shared);
  if (*shared == share_office && !desk.hats().empty()) view.set("unit", record::who_text(desk.hats().front().unit));
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = picture.tree()[0].id,
                    .actor = {},
                    .act = "keep_register_view",
                    .request_key = call.request_key,
                    .command = view,
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY_ASSIGN(const std::string id, place_for(service.limits(), tx, view, call.id));
                      TRY(store::definitions::publish(tx, view_definition, id, tx.at().date(), view));
                      Json out;
                      out.set("id", id);
                      return out;
                    }}));
  return kept(answer);
}

Result<Reply> drop_register_view(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  TRY(known(desk, call.id));
  const Reader reader = reader_of(desk, call);
  Json command;
  command.set("view", call.sub_id);
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = picture.tree()[0].id,
                    .actor = {},
                    .act = "drop_register_view",
                    .request_key = call.request_key,
                    .command = std::move(command),
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY_ASSIGN(const auto stands, store::definitions::latest(tx, view_definition, call.sub_id));
                      if (!stands || stands->retired || stands->body["register"].string_or("") != call.id ||
                          !reader.drops(stands->body))
                        return fail(errors::unknown_view, {call.sub_id});
                      TRY(store::definitions::retire(tx, view_definition, call.sub_id, tx.at().date()));
                      Json out;
                      out.set("id", call.sub_id);
                      return out;
                    }}));
  return kept(answer);
}

}   // namespace gangmu::app
