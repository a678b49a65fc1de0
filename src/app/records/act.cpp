// SPDX-License-Identifier: Apache-2.0
#include "app/records/act.hpp"

#include "app/errors.hpp"
#include "app/files/files.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/wire.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

Json without_persons(const record::Field& field, const Json& value) {
  const auto* rows = field.type == record::Type::rows ? value.array() : nullptr;
  if (!rows) return value.string() ? Json(masked(*value.string())) : value;
  Json out(Json::Array{});
  for (Json row : *rows) {
    for (const record::Field& inner : field.spec.rows)
      if (row.object() && (inner.personal || row[inner.name].string())) {
        const Json shown = inner.personal ? Json() : Json(masked(*row[inner.name].string()));
        row.object()->erase(inner.name);
        if (!inner.personal) row.set(inner.name, shown);
      }
    out.push(std::move(row));
  }
  return out;
}

}   // namespace

Result<Wish> wish_of(const Service& service, const Call& call, std::string step) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  Wish out{.step = std::move(step),
           .fields = body.object("fields"),
           .reason = body.text("reason").value_or(""),
           .state = {},
           .base = call.if_match.value_or(Seq{})};
  if (out.step.starts_with("out-")) out.state = body.text("state").value_or("");
  if (const std::size_t length = text::length(out.reason), limit = service.limits().text_code_points; length > limit)
    return fail(errors::limit_exceeded,
                {"文字的字数", std::to_string(length), std::to_string(limit), "characters of the text"});
  out.reason = masked(out.reason);
  TRY(body.finish());
  return out;
}

Json command_of(const record::Kind& kind, const Wish& wish, const std::string& object) {
  Json out;
  out.set("object", object);
  out.set("step", wish.step);
  out.set("reason", wish.reason);
  out.set("base", wish.base.value);
  if (!wish.state.empty()) out.set("state", wish.state);
  if (const auto* fields = wish.fields.object())
    for (const auto& [name, value] : *fields) {
      const record::Field* field = kind.field(name);
      if (field && !field->personal) out.set("field " + name, without_persons(*field, value));
    }
  return out;
}

Status Act::take_typed(store::Tx& tx, const record::RecordId& id, record::Asked& asked) const {
  const Picture& picture = desk.picture();
  const auto seal = [&](std::string text) -> Result<record::Sealed> {
    TRY_ASSIGN(std::string sealed, seal_text(picture.store->vault(), record_subject(id), std::move(text)));
    return record::Sealed{std::move(sealed)};
  };
  const PlaceId seat = picture.tree().home(picture.seat(Permission::write_records));
  const auto uploaded = [&](const record::Field& field, const Json& typed) {
    return name_file(*picture.store, tx, seat, id, field, typed);
  };
  HiddenTexts hidden;
  TRY_ASSIGN(asked.typed,
             wire::typed(picture, kind, wish.fields, service.limits().record_rows, seal, uploaded, hidden));
  TRY_ASSIGN(asked.sealed, seal_hidden(picture.store->vault(), id, hidden));
  return {};
}

tl::unexpected<Error> Act::refused(const char* zh, const char* en) const {
  return fail(errors::not_yours, {zh, kind.label(Language::zh), en, kind.label(Language::en)});
}

Status Act::within(const Hat& hat, const record::Values& values) const {
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

Status Act::still_open(store::Tx& tx) const {
  TRY_ASSIGN(const auto state, store::definitions::latest(tx, "register", kind.id()));
  if (!state || state->retired) return fail(errors::unknown_register, {kind.id()});
  return {};
}

Result<record::Record> Act::before(store::Tx& tx, const record::RecordId& id) const {
  TRY(still_open(tx));
  TRY_ASSIGN(const auto document, store::records::document(tx.database(), id, tx.seq()));
  if (!document) return fail(errors::unknown_record, {id.text()});
  return record::record_of(kind, id, *document);
}

Result<Json> Act::done(store::Tx& tx, const record::RecordId& id, record::Event event) const {
  if (event.empty()) return fail(errors::nothing_changed);
  TRY(keys_free(tx, id, event));
  tx.uses("kind", kind.id(), kind.version());
  TRY(store::records::append(tx, id, std::move(event)));
  Json answer;
  answer.set("id", id.text());
  return answer;
}

Status keys_free(store::Tx& tx, const record::RecordId& id, const record::Event& event) {
  const auto* claims = event.patch["k"].object();
  if (!claims) return {};
  for (const auto& [name, value] : *claims) {
    TRY_ASSIGN(const auto holder, store::records::holder(tx.database(), id.home, id.kind, name, value.string_or("")));
    if (holder && *holder != id) return fail(errors::key_taken, {value.string_or(""), holder->text()});
  }
  return {};
}

Reply reply_of(const store::Answer& answer) {
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or("")).end_object();
  return reply;
}

}   // namespace gangmu::app
