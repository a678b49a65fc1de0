// SPDX-License-Identifier: Apache-2.0
#include "app/records/merges.hpp"

#include "app/errors.hpp"
#include "app/files/files.hpp"
#include "app/identity.hpp"
#include "app/persons.hpp"
#include "app/records/act.hpp"
#include "app/records/wire.hpp"
#include "app/unmask.hpp"
#include "record/errors.hpp"
#include "record/merge.hpp"
#include "record/ways_out.hpp"

namespace gangmu::app {
namespace {

struct MergeWish {
  record::RecordId into{};
  Seq into_seq{};
  record::Sides sides{};
};

/// Which side each field is taken of. Errors: field_unknown, merge_side.
Result<record::Sides> sides_of(const record::Kind& kind, const std::vector<std::pair<std::string, std::string>>& said) {
  record::Sides out;
  Diagnostics faults;
  for (const auto& [name, side] : said) {
    const record::Field* field = kind.field(name);
    if (!field || !field->typed())
      faults.push_back({&record::errors::field_unknown, {name, "", ""}, {}});
    else if (side != "staying" && side != "leaving")
      faults.push_back({&errors::merge_side, {field->label(Language::zh)}, {}});
    else
      out[field->id] = side == "leaving" ? record::Side::leaving : record::Side::staying;
  }
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

/// What the two acts have in common: both records as they are for the writer, and the hats that may.
struct MergeAct : Act {
  struct One {
    record::Record record{};
    const Hat* hat = nullptr;
  };
  Result<One> one(store::Tx& tx, const record::RecordId& id, RecordTables& tables) const {
    TRY_ASSIGN(record::Record before, this->before(tx, id));
    const Hat* hat = desk.for_merge(kind, before, tables);
    TRY(tables.status());
    if (!hat) return refused("合并", "merge records");
    return One{std::move(before), hat};
  }
  [[nodiscard]] Status unchanged(const record::Record& now, Seq seen) const {
    if (seen && seen < now.seq) return fail(record::errors::changed_meanwhile, {kind.label(Language::zh)});
    return {};
  }
  [[nodiscard]] record::World world(store::Tx& tx, const Hat& hat, RecordTables& tables) const {
    record::World out = desk.world(hat, tables);
    out.now = tx.at();
    return out;
  }
  Result<record::Event> typed(const record::Record& before, std::string_view step, record::Values values,
                              const record::RecordId& other, const record::World& world) const {
    TRY_ASSIGN(record::Event out,
               record::decide(kind, &before, before.id,
                              {.step = std::string(step), .typed = std::move(values), .reason = wish.reason, .no = {}},
                              world));
    out.other = other;
    return out;
  }
};

struct Merging : MergeAct {
  MergeWish merge;

  Result<Json> operator()(store::Tx& tx, const record::RecordId& id) const {
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    TRY_ASSIGN(const One leaving, one(tx, id, tables));
    TRY_ASSIGN(const One staying, one(tx, merge.into, tables));
    if (leaving.record.voided || staying.record.voided) return fail(record::errors::is_void);
    TRY(unchanged(leaving.record, wish.base));
    TRY(unchanged(staying.record, merge.into_seq));
    TRY_ASSIGN(record::Values values, carried_over(tx, staying.record, leaving.record));
    // The one that goes leaves its key first, which the other may take over.
    TRY_ASSIGN(record::Event gone,
               record::led_on(kind, leaving.record, merge.into, wish.reason, world(tx, *leaving.hat, tables)));
    TRY_ASSIGN(record::Event took,
               typed(staying.record, record::step_take_over, std::move(values), id, world(tx, *staying.hat, tables)));
    TRY(tables.status());
    TRY(done(tx, id, std::move(gone)));
    return done(tx, merge.into, std::move(took));
  }

 private:
  Result<record::Value> carry(store::Tx& tx, const record::RecordId& from, const record::Field& field,
                              const record::Value& value) const {
    return carried(*desk.picture().store, tx, from, merge.into, field, value, wish.reason);
  }
  /// What is taken over, as the one that stays may hold it. Of persons that were erased nothing comes along.
  Result<record::Values> carried_over(store::Tx& tx, const record::Record& staying,
                                      const record::Record& leaving) const {
    record::Values values = record::taken_over(kind, staying, leaving, merge.sides);
    const bool erased = desk.picture().store->vault().erased(record_subject(leaving.id));
    const auto gone = [&](const record::Value& value) {
      return erased && std::holds_alternative<record::Sealed>(value);
    };
    std::erase_if(values, [&](const auto& one) { return gone(one.second); });
    for (auto& [id, value] : values) {
      const record::Field& field = *kind.field(id);
      auto* rows = std::get_if<record::Rows>(&value);
      if (!rows) {
        TRY_ASSIGN(value, carry(tx, leaving.id, field, value));
        continue;
      }
      for (auto& [number, row] : rows->all) {
        std::erase_if(row, [&](const auto& one) { return gone(one.second); });
        for (auto& [inner, cell] : row) {
          TRY_ASSIGN(cell, carry(tx, leaving.id, *record::find(field.spec.rows, inner), cell));
        }
      }
    }
    return values;
  }
};

struct Parting : MergeAct {
  Result<Json> operator()(store::Tx& tx, const record::RecordId& id) const {
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    const record::Record* stands = tables.referred(id);
    TRY(tables.status());
    if (!stands || !desk.sees(stands->id)) return fail(errors::unknown_record, {id.text()});
    TRY_ASSIGN(const record::Record now, this->before(tx, id));
    if (!now.into) return fail(record::errors::is_not_merged);
    TRY_ASSIGN(const One left, one(tx, id, tables));
    TRY(unchanged(left.record, wish.base));
    TRY_ASSIGN(const One stays, one(tx, *left.record.into, tables));
    if (stays.record.into) return fail(errors::record_merged, {stays.record.id.text(), stays.record.into->text()});
    std::vector<record::FieldId> kept;
    TRY_ASSIGN(record::Values values, taken_back(tx, id, stays.record, kept));
    TRY_ASSIGN(record::Event gave,
               typed(stays.record, record::step_give_back, std::move(values), id, world(tx, *stays.hat, tables)));
    TRY_ASSIGN(record::Event back, record::come_back(kind, left.record, wish.reason, world(tx, *left.hat, tables)));
    TRY(tables.status());
    TRY(done(tx, stays.record.id, std::move(gave)));
    TRY_ASSIGN(Json answer, done(tx, id, std::move(back)));
    Json names(Json::Array{});
    for (const record::FieldId field : kept) names.push(Json(kind.field(field)->name));
    answer.set("kept", std::move(names));
    return answer;
  }

 private:
  /// When the two were merged: the last time `id` went.
  Result<Seq> merged_at(store::Tx& tx, const record::RecordId& id) const {
    constexpr std::size_t at_once = 50;
    for (Seq before{INT64_MAX};;) {
      TRY_ASSIGN(const auto events, store::records::events_before(tx.database(), id, tx.seq(), before, at_once));
      for (auto one = events.rbegin(); one != events.rend(); ++one)
        if (one->body["step"].string_or("") == record::step_lead_on) return one->seq;
      if (events.size() < at_once) return fail(record::errors::is_not_merged);
      before = events.front().seq;
    }
  }
  Result<record::Values> taken_back(store::Tx& tx, const record::RecordId& id, const record::Record& stays,
                                    std::vector<record::FieldId>& kept) const {
    TRY_ASSIGN(const Seq at, merged_at(tx, id));
    const auto values_at = [&](Seq seq) -> Result<record::Values> {
      TRY_ASSIGN(const auto document, store::records::document(tx.database(), stays.id, seq));
      return document ? record::values_of(kind.fields(), (*document)["f"]) : record::Values{};
    };
    TRY_ASSIGN(const record::Values before, values_at(Seq{at.value - 1}));
    TRY_ASSIGN(const record::Values after, values_at(at));
    TRY_ASSIGN(const record::Touched since, store::records::touched_since(tx.database(), stays.id, at));
    return record::given_back(kind, before, after, since, kept);
  }
};

Result<record::RecordId> record_in(const Call& call) {
  auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  return *std::move(id);
}

}   // namespace

Error not_there(const Desk& desk, const record::RecordId& id) {
  std::optional<Error> out;
  const auto& view = *desk.picture().view;
  const Status read = desk.picture().store->read([&](store::Database& database) -> Status {
    RecordTables tables(database, view, view.seq);
    const record::Record* kept = tables.at(id);
    const record::Record* stands = tables.referred(id);
    if (kept && kept->into && stands && desk.sees(stands->id))
      out = fail(errors::record_merged, {id.text(), stands->id.text()}).value();
    return tables.status();
  });
  if (!read) return read.error();
  return out ? *out : fail(errors::unknown_record, {id.text()}).value();
}

Status told_merged(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
                   store::Database& database, RecordTables& tables) {
  TRY_ASSIGN(const auto all, store::records::referring(database, record.id, kind.id(), record::merged_into));
  out.key("merged").begin_array();
  const bool may = desk.picture().rights.holds(Permission::write_records) && !record.voided &&
                   desk.for_merge(kind, record, tables) != nullptr;
  for (const record::RecordId& id : all) {
    const record::Record* one = tables.at(id);
    TRY(tables.status());
    if (!one || one->into != record.id) continue;
    out.begin_object().key("id").value(id.text()).key("no").value(one->no);
    out.key("title").value(wire::title(desk.picture(), kind, *one)).key("seq").value(one->seq.value);
    out.key("at").value(one->voided->text());
    out.key("may_undo").value(may && desk.for_merge(kind, *one, tables) != nullptr).end_object();
  }
  out.end_array();
  return {};
}

Result<Reply> merge_record(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::RecordId id, record_in(call));
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id.kind));
  if (!desk.sees(*columns, id)) return fail(not_there(desk, id));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string into = body.text("into").value_or("");
  MergeWish merge{.into = {}, .into_seq = Seq{body.integer("into_seq").value_or(0)}, .sides = {}};
  const auto said = body.texts("fields");
  const std::string reason = masked(body.text("reason").value_or(""));
  TRY(body.finish());
  TRY(check_reason(service.limits(), reason));
  const auto target = record::RecordId::parse(into);
  if (!target || target->kind != id.kind || *target == id) return fail(errors::merge_itself, {id.text()});
  merge.into = *target;
  if (!merge.into_seq) return fail(errors::base_wanted);
  if (!desk.sees(*columns, merge.into)) return fail(not_there(desk, merge.into));
  TRY_ASSIGN(merge.sides, sides_of(columns->kind(), said));
  Wish wish{.step = "merge", .fields = {}, .reason = reason, .state = {}, .base = call.if_match.value_or(Seq{})};
  Json command = command_of(columns->kind(), wish, id.text());
  command.set("into", merge.into.text());
  command.set("into_seq", merge.into_seq.value);
  command.set("sides", body.json()["fields"]);
  const Merging act{{{service, desk, columns->kind(), std::move(wish)}}, std::move(merge)};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = act.merge.into.home,
                                                .actor = {},
                                                .act = "record_merge",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act(tx, id); }}));
  return reply_of(answer);
}

Result<Reply> undo_merge(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::RecordId id, record_in(call));
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id.kind));
  TRY_ASSIGN(Wish wish, wish_of(service, call, "undo-merge"));
  TRY(check_reason(service.limits(), wish.reason));
  Json command = command_of(columns->kind(), wish, id.text());
  const Parting act{{{service, desk, columns->kind(), std::move(wish)}}};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = id.home,
                                                .actor = {},
                                                .act = "record_undo_merge",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act(tx, id); }}));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or(""));
  out.key("kept").begin_array();
  if (const auto* kept = answer.body["kept"].array())
    for (const Json& name : *kept) out.value(name.string_or(""));
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
