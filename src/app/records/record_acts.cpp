// SPDX-License-Identifier: Apache-2.0
// What people do with records: enter one, edit it, take a step of its flow, look at the persons in it. Each act is
// decided on the writer, from the record as it is there.
#include <utility>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/record_numbers.hpp"
#include "app/records/registers.hpp"
#include "app/records/wire.hpp"
#include "app/unmask.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "store/definitions.hpp"
#include "store/errors.hpp"

namespace gangmu::app {
namespace {

/// What was asked, before it is known under which number.
struct Wish {
  std::string step{};
  Json fields{};
  std::string reason{};
  Seq base{};
};

struct Act {
  const Desk& desk;
  const Call& call;
  const record::Kind& kind;
  Wish wish;

  /// Personal values are sealed under the key of the record they stand in.
  [[nodiscard]] Result<record::Values> typed(const record::RecordId& id) const {
    store::Vault& vault = desk.picture().store->vault();
    return wire::typed(desk.picture(), kind, wish.fields, [&](std::string text) -> Result<record::Sealed> {
      TRY_ASSIGN(std::string sealed, seal_text(vault, record_subject(id), std::move(text)));
      return record::Sealed{std::move(sealed)};
    });
  }

  tl::unexpected<Error> refused(const char* zh, const char* en) const {
    return fail(errors::not_yours, {zh, kind.label(Language::zh), en, kind.label(Language::en)});
  }

  /// Nobody hands a record to a place beyond their own region, nor refers to one they may not see.
  [[nodiscard]] Status within(const Hat& hat, const record::Values& values) const {
    for (const auto& [field, value] : values) {
      if (const auto* place = std::get_if<PlaceId>(&value); place && !desk.reaches(hat, *place))
        return refused("登记或移交到该地区", "enter it, or hand it over, there");
      if (const auto* id = std::get_if<record::RecordId>(&value)) {
        const record::Columns* columns = desk.picture().view->records.find(id->kind);
        if (!columns || !desk.sees(*columns, *id)) return fail(errors::unknown_record, {id->text()});
      }
      if (const auto* rows = std::get_if<record::Rows>(&value))
        for (const auto& [number, row] : rows->all) TRY(within(hat, row));
    }
    return {};
  }

  /// As it is for the writer: a register may have been closed since the page was read.
  [[nodiscard]] Status still_open(store::Tx& tx) const {
    TRY_ASSIGN(const auto state, store::definitions::latest(tx, "register", kind.id()));
    if (!state || state->retired) return fail(errors::unknown_register, {kind.id()});
    return {};
  }

  [[nodiscard]] Status keys_free(store::Tx& tx, const record::RecordId& id, const record::Event& event) const {
    const auto* claims = event.patch["k"].object();
    if (!claims) return {};
    for (const auto& [name, value] : *claims) {
      TRY_ASSIGN(const auto holder, store::records::holder(tx.database(), id.home, id.kind, name, value.string_or("")));
      if (holder && *holder != id) return fail(errors::key_taken, {value.string_or(""), holder->text()});
    }
    return {};
  }

  Result<Json> done(store::Tx& tx, const record::RecordId& id, record::Event event) const {
    if (event.empty()) return fail(errors::nothing_changed);
    TRY(keys_free(tx, id, event));
    tx.uses("kind", kind.id(), kind.version());
    TRY(store::records::append(tx, id, std::move(event)));
    Json answer;
    answer.set("id", id.text());
    return answer;
  }

  Result<Json> create(store::Tx& tx, PlaceId home, std::optional<PlaceId> place) const {
    TRY(still_open(tx));
    const Hat* hat = desk.for_create(kind, place);
    if (!hat) return refused("登记", "enter records");
    TRY_ASSIGN(RecordNumbers::Given given, RecordNumbers(kind, tx).next(home));
    const record::RecordId& id = given.id;
    record::Asked asked{.step = "create", .typed = {}, .reason = wish.reason, .base = {}, .no = std::move(given.no)};
    TRY_ASSIGN(asked.typed, typed(id));
    TRY(within(*hat, asked.typed));
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    record::World world = desk.world(*hat, tables);
    world.now = tx.at();
    auto event = record::decide(kind, nullptr, id, asked, world);
    TRY(tables.status());
    if (!event) return fail(event.error());
    return done(tx, id, *std::move(event));
  }

  Result<Json> change(store::Tx& tx, const record::RecordId& id) const {
    TRY(still_open(tx));
    TRY_ASSIGN(const auto document, store::records::document(tx.database(), id, tx.seq()));
    if (!document) return fail(errors::unknown_record, {id.text()});
    TRY_ASSIGN(const record::Record before, record::record_of(kind, id, *document));
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    const bool edit = wish.step == "edit";
    const Hat* hat = edit ? desk.for_edit(kind, before, tables) : desk.for_step(kind, before, wish.step, tables);
    if (!hat) return edit ? refused("修改", "edit records") : refused("办理这一步", "take this step");
    record::Asked asked{.step = wish.step, .typed = {}, .reason = wish.reason, .base = wish.base, .no = {}};
    TRY_ASSIGN(asked.typed, typed(id));
    TRY(within(*hat, asked.typed));
    record::World world = desk.world(*hat, tables);
    world.now = tx.at();
    auto event = record::decide(kind, &before, id, asked, world);
    TRY(tables.status());
    if (!event) return fail(event.error());
    return done(tx, id, *std::move(event));
  }
};

Result<Reply> reply_of(const store::Answer& answer) {
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or("")).end_object();
  return reply;
}

/// The place as it was typed; nothing where there is none, or no such one (which is told with the other faults).
std::optional<place::NodeIndex> typed_place(const Picture& picture, const record::Kind& kind, const Json& fields) {
  const record::Field* found = kind.field("place");
  for (const record::Field& field : kind.fields())
    if (!found && field.type == record::Type::place && field.stored() && !field.personal) found = &field;
  const std::string code = found ? fields[found->name].string_or("") : "";
  if (code.empty()) return std::nullopt;
  const auto node = picture.node(code);
  return node ? std::optional(*node) : std::nullopt;
}

Result<Wish> wish_of(const Service& service, const Call& call, std::string step) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Wish out{.step = std::move(step),
           .fields = body.object("fields"),
           .reason = body.text("reason").value_or(""),
           .base = call.if_match.value_or(Seq{})};
  if (const std::size_t length = text::length(out.reason), limit = service.limits().text_code_points; length > limit)
    return fail(errors::limit_exceeded,
                {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
  out.reason = masked(out.reason);
  TRY(body.finish());
  return out;
}

Json without_persons(const record::Field& field, const Json& value) {
  const auto* rows = field.type == record::Type::rows ? value.array() : nullptr;
  if (!rows) return value;
  Json out(Json::Array{});
  for (Json row : *rows) {
    for (const record::Field& inner : field.spec.rows)
      if (inner.personal && row.object()) row.object()->erase(inner.name);
    out.push(std::move(row));
  }
  return out;
}

/// What stands beside the request key: field by field, without what is personal.
Json command_of(const record::Kind& kind, const Wish& wish, const std::string& object) {
  Json out;
  out.set("object", object);
  out.set("step", wish.step);
  out.set("reason", wish.reason);
  out.set("base", wish.base.value);
  if (const auto* fields = wish.fields.object())
    for (const auto& [name, value] : *fields) {
      const record::Field* field = kind.field(name);
      if (field && !field->personal) out.set("field " + name, without_persons(*field, value));
    }
  return out;
}

Result<Reply> change_record(Service& service, const Call& call, std::string step) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  if (!desk.sees(*columns, *id)) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(Wish wish, wish_of(service, call, std::move(step)));
  Json command = command_of(columns->kind(), wish, id->text());
  const Act act{desk, call, columns->kind(), std::move(wish)};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = id->home,
                                                .actor = {},
                                                .act = "record_" + act.wish.step,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act.change(tx, *id); }}));
  return reply_of(answer);
}

}   // namespace

Result<Reply> create_record(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::Columns* columns, desk.columns(call.id));
  TRY_ASSIGN(Wish wish, wish_of(service, call, "create"));
  const auto node = typed_place(picture, columns->kind(), wish.fields);
  const place::NodeIndex at = node ? *node : desk.hats().empty() ? 0 : desk.hats().front().node;
  const PlaceId home = picture.tree().home(at);
  const auto place = node ? std::optional(picture.tree()[*node].id) : std::nullopt;
  Json command = command_of(columns->kind(), wish, call.id);
  const Act act{desk, call, columns->kind(), std::move(wish)};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = home,
                                                .actor = {},
                                                .act = "record_create",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act.create(tx, home, place); }}));
  return reply_of(answer);
}

Result<Reply> edit_record(Service& service, const Call& call) { return change_record(service, call, "edit"); }
Result<Reply> step_record(Service& service, const Call& call) {
  if (call.sub_id == "create" || call.sub_id == "edit") return fail(record::errors::step_unknown, {call.sub_id});
  return change_record(service, call, call.sub_id);
}

Result<Reply> see_record_persons(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::see_persons));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  if (!desk.sees(*columns, *id)) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const Wish wish, wish_of(service, call, "see-persons"));
  TRY(check_reason(service.limits(), wish.reason));
  const record::Kind& kind = columns->kind();
  const auto& view = *picture.view;
  record::Record record;
  const Status read = picture.store->read([&](store::Database& database) -> Status {
    RecordTables tables(database, view, view.seq);
    const record::Record* found = tables.referred(*id);
    TRY(tables.status());
    if (!found) return fail(errors::unknown_record, {call.id});
    record = *found;
    return {};
  });
  TRY(read);
  TRY(allowed(picture.rights, Permission::see_persons, {.node = desk.node_of(kind, record)}));
  if (picture.store->vault().erased(record_subject(*id))) return fail(store::errors::subject_erased);
  // Without a request key: each look is written down, a repeated one as well.
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = id->home,
                    .actor = {},
                    .act = "see_persons",
                    .request_key = {},
                    .command = {},
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY(store::records::append(tx, *id, {.step = "see-persons", .reason = wish.reason}));
                      return Json(Json::Object{});
                    }}));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("fields").begin_object();
  const auto open = [&](const std::string& name, const record::Value& value) -> Status {
    const auto* sealed = std::get_if<record::Sealed>(&value);
    if (!sealed) return {};
    TRY_ASSIGN(const std::string clear,
               open_record_text(picture.store->vault(), *id, sealed->bytes, call.actor.id, wish.reason));
    out.key(name).value(clear);
    return {};
  };
  for (const auto& [number, value] : record.values) {
    const record::Field* field = kind.field(number);
    if (!field) continue;
    TRY(open(field->name, value));
    if (const auto* rows = std::get_if<record::Rows>(&value))
      for (const auto& [row, cells] : rows->all)
        for (const auto& [cell, inner] : cells)
          if (const record::Field* column = record::find(field->spec.rows, cell))
            TRY(open(field->name + "." + std::to_string(row) + "." + column->name, inner));
  }
  out.end_object().end_object();
  return reply;
}

}   // namespace gangmu::app
