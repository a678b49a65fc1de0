// SPDX-License-Identifier: Apache-2.0
// What people do with records: enter one, edit it, take a step of its flow, look at the persons in it. Each act is
// decided on the writer, from the record as it is there.
#include <utility>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/act.hpp"
#include "app/records/merges.hpp"
#include "app/records/record_numbers.hpp"
#include "app/records/registers.hpp"
#include "app/records/wire.hpp"
#include "app/unmask.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/ways_out.hpp"
#include "store/definitions.hpp"
#include "store/errors.hpp"

namespace gangmu::app {
namespace {

/// Entering, editing, and steps of the flow.
struct FlowAct : Act {
  Result<Json> create(store::Tx& tx, PlaceId home, std::optional<PlaceId> place) const {
    TRY(still_open(tx));
    const Hat* hat = desk.for_create(kind, place);
    if (!hat) return refused("登记", "enter records");
    TRY_ASSIGN(RecordNumbers::Given given, RecordNumbers(kind, tx).next(home));
    const record::RecordId& id = given.id;
    record::Asked asked{.step = "create", .typed = {}, .reason = wish.reason, .base = {}, .no = std::move(given.no)};
    TRY(take_typed(tx, id, asked));
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
    TRY_ASSIGN(const record::Record before, this->before(tx, id));
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    TRY_ASSIGN(const Hat* hat, who(before, tables));
    record::Asked asked{.step = wish.step, .typed = {}, .reason = wish.reason, .base = wish.base, .no = {}};
    TRY(take_typed(tx, id, asked));
    TRY(within(*hat, asked.typed));
    record::World world = desk.world(*hat, tables);
    world.now = tx.at();
    auto event = record::decide(kind, &before, id, asked, world);
    TRY(tables.status());
    if (!event) return fail(event.error());
    return done(tx, id, *std::move(event));
  }

 private:
  /// The hat under which it is allowed.
  [[nodiscard]] Result<const Hat*> who(const record::Record& before, RecordTables& tables) const {
    if (wish.step == "edit") {
      const Hat* hat = desk.for_edit(kind, before, tables);
      if (!hat) return refused("修改", "edit records");
      return hat;
    }
    const bool extends = wish.step.starts_with(record::step_extend);
    const std::string clock = extends ? wish.step.substr(record::step_extend.size()) : std::string();
    if (extends && (!kind.flow() || kind.flow()->clock(clock) == flow::none))
      return fail(record::errors::step_unknown, {clock});
    const Hat* hat = extends ? desk.for_extension(kind, before, clock) : desk.for_step(kind, before, wish.step, tables);
    if (!hat) return extends ? refused("延长这个时限", "extend this clock") : refused("办理这一步", "take this step");
    return hat;
  }
};

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

Result<Reply> change_record(Service& service, const Call& call, std::string step) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  if (!desk.sees(*columns, *id)) return fail(not_there(desk, *id));
  TRY_ASSIGN(Wish wish, wish_of(service, call, std::move(step)));
  if (wish.step.starts_with(record::step_extend)) TRY(check_reason(service.limits(), wish.reason));
  Json command = command_of(columns->kind(), wish, id->text());
  const FlowAct act{{service, desk, columns->kind(), std::move(wish)}};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = id->home,
                                                .actor = {},
                                                .act = "record_" + act.wish.step,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act.change(tx, *id); }}));
  return reply_of(answer);
}

/// What was last hidden in each text, by field.
Result<std::map<std::string, std::string>> hidden_in_texts(store::Store& store, const record::RecordId& id, Seq as_of,
                                                           const std::string& actor, const std::string& reason) {
  std::vector<store::RecordEvent> events;
  TRY(store.read([&](store::Database& database) -> Status {
    TRY_ASSIGN(events, store::records::events_before(database, id, as_of, Seq{INT64_MAX}, SIZE_MAX >> 1));
    return {};
  }));
  std::map<std::string, std::string> out;
  for (const store::RecordEvent& one : events) {
    const std::string sealed = one.body["hid"].string_or("");
    if (sealed.empty()) continue;
    TRY_ASSIGN(const std::string text, open_record_text(store.vault(), id, sealed, actor, reason));
    TRY_ASSIGN(const Json originals, Json::parse(text));
    if (const auto* all = originals.object())
      for (const auto& [at, original] : *all) out[at] = original.string_or("");
  }
  return out;
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
  const FlowAct act{{service, desk, columns->kind(), std::move(wish)}};
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
  const bool none = call.sub_id == "create" || call.sub_id == "edit" || call.sub_id.find('-') != std::string::npos;
  if (none) return fail(record::errors::step_unknown, {call.sub_id});
  return change_record(service, call, call.sub_id);
}
Result<Reply> extend_record(Service& service, const Call& call) {
  return change_record(service, call, std::string(record::step_extend) + call.sub_id);
}

Result<Reply> see_record_persons(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::see_persons));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  if (!desk.sees(*columns, *id)) return fail(not_there(desk, *id));
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
  TRY(check_second_factor(view, call.actor));
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
  TRY_ASSIGN(const auto texts, hidden_in_texts(*picture.store, *id, answer.seq, call.actor.id, wish.reason));
  for (const auto& [at, text] : texts) out.key(at).value(text);
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
