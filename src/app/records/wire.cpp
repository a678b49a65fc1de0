// SPDX-License-Identifier: Apache-2.0
#include "app/records/wire.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/nudges.hpp"
#include "app/persons.hpp"
#include "record/errors.hpp"

namespace gangmu::app::wire {
namespace {

using record::Field;
using record::Type;
using record::Value;

void names(JsonWriter& out, const std::string& zh, const std::string& en) {
  out.key("zh").value(zh).key("en").value(en.empty() ? zh : en);
}

void texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& all) {
  out.key(key).begin_array();
  for (const std::string& one : all) out.value(one);
  out.end_array();
}

void codes(JsonWriter& out, const record::Catalogue& catalogue, const Field& field) {
  const record::CodeList* list = catalogue.list(field.spec.list);
  out.key("codes").begin_array();
  if (list)
    for (const record::Code& code : list->codes) {
      out.begin_object().key("code").value(code.code);
      names(out, code.zh.empty() ? code.code : code.zh, code.en);
      if (code.until) out.key("until").value(code.until->text());
      out.end_object();
    }
  out.end_array();
}

void field(JsonWriter& out, const record::Catalogue& catalogue, const Field& field) {
  out.begin_object().key("name").value(field.name).key("type").value(record::name_of(field.type));
  names(out, field.label(Language::zh), field.label(Language::en));
  out.key("typed").value(field.typed()).key("needed").value(field.need == record::Need::always);
  out.key("personal").value(field.personal);
  if (!field.spec.unit_text.empty()) out.key("unit").value(field.spec.unit_text);
  if (!field.spec.show.empty()) out.key("show").value(field.spec.show);
  if (field.type == Type::number) out.key("decimals").value(field.spec.decimals);
  if (field.spec.max > 0) out.key("max").value(field.spec.max);
  if (field.spec.many) out.key("many").value(true);
  if (field.type == Type::choice) codes(out, catalogue, field);
  if (field.type == Type::ref) out.key("to").value(field.spec.to);
  if (field.type == Type::period) out.key("period").value(static_cast<int>(field.spec.period));
  if (field.type == Type::rows) {
    out.key("fields").begin_array();
    for (const Field& inner : field.spec.rows) wire::field(out, catalogue, inner);
    out.end_array();
  }
  out.end_object();
}

void flow_of(JsonWriter& out, const record::Kind& kind) {
  static constexpr const char* state_kinds[] = {"open", "wait", "final"};
  out.key("states").begin_array();
  for (const flow::State& state : kind.flow()->states()) {
    out.begin_object().key("id").value(state.id);
    names(out, state.zh.empty() ? state.id : state.zh, state.en.empty() ? state.id : state.en);
    out.key("is").value(state_kinds[static_cast<std::size_t>(state.kind)]).end_object();
  }
  out.end_array().key("steps").begin_array();
  for (const flow::Step& step : kind.flow()->steps()) {
    if (step.automatic()) continue;
    out.begin_object().key("id").value(step.id);
    names(out, step.zh.empty() ? step.id : step.zh, step.en.empty() ? step.id : step.en);
    std::vector<std::string> wanted, open = step.edit;
    for (const flow::Need& need : step.need) wanted.push_back(need.field);
    texts(out, "need", wanted);
    texts(out, "edit", open);
    out.end_object();
  }
  out.end_array().key("clocks").begin_array();
  for (const flow::ClockRule& clock : kind.flow()->clocks()) {
    out.begin_object().key("id").value(clock.id);
    names(out, clock.zh.empty() ? clock.id : clock.zh, clock.en.empty() ? clock.id : clock.en);
    texts(out, "extend_need", clock.extend_need);
    out.end_object();
  }
  out.end_array();
}

const record::Record* readable(const Desk& desk, const record::RecordId& id, RecordTables& tables) {
  const record::Record* out = tables.referred(id);
  return out && desk.sees(out->id) ? out : nullptr;
}

void value(JsonWriter& out, const Desk& desk, const Field& field, const Value& value, RecordTables& tables);

void row_values(JsonWriter& out, const Desk& desk, const std::vector<Field>& fields, const record::Values& values,
                RecordTables& tables) {
  for (const Field& one : fields) {
    const auto held = values.find(one.id);
    if (held == values.end() || held->second == Value(record::Gap::missing)) continue;
    out.key(one.name);
    value(out, desk, one, held->second, tables);
  }
}

void value(JsonWriter& out, const Desk& desk, const Field& field, const Value& value, RecordTables& tables) {
  const Picture& picture = desk.picture();
  if (std::holds_alternative<record::Sealed>(value)) {
    out.begin_object().key("hidden").value(std::string(hidden_person)).end_object();
  } else if (const auto* place = std::get_if<PlaceId>(&value)) {
    place_or_null(out, picture.tree(), *place);
  } else if (const auto* who = std::get_if<record::Who>(&value)) {
    out.begin_object().key("id").value(record::who_text(*who)).key("name").value(who_name(picture, *who)).end_object();
  } else if (const auto* id = std::get_if<record::RecordId>(&value)) {
    const record::Record* other = readable(desk, *id, tables);
    const record::Kind* kind = desk.catalogue().find(id->kind);
    out.begin_object().key("id").value((other ? other->id : *id).text()).key("readable").value(other != nullptr);
    out.key("title").value(other && kind ? title(picture, *kind, *other) : std::string("无权查看")).end_object();
  } else if (const auto* rows = std::get_if<record::Rows>(&value)) {
    out.begin_array();
    for (const auto& [number, inner] : rows->all) {
      out.begin_object().key("row").value(number);
      row_values(out, desk, field.spec.rows, inner, tables);
      out.end_object();
    }
    out.end_array();
  } else {
    out.json(record::json_of(field, value));
  }
}

/// What people type, in the form the kernel reads: places by code, rows as a list.
class Typing {
 public:
  Typing(const Picture& picture, std::size_t rows_most, const Seal& seal, const Uploaded& uploaded, HiddenTexts& hidden)
      : picture_(picture), seal_(seal), uploaded_(uploaded), hidden_(hidden), rows_most_(rows_most) {}
  Diagnostics faults;

  record::Values values(const std::vector<Field>& fields, const Json& json, const std::string& where) {
    record::Values out;
    const auto* members = json.object();
    if (!members) return out;
    for (const auto& [name, typed] : *members) {
      const Field* field = record::find(fields, name);
      const std::string at = where.empty() ? name : where + "." + name;
      if (!field && (name == "row" || name == "gone") && !where.empty()) continue;
      if (!field) {
        fault(record::errors::field_unknown, {name, "", ""}, at);
        continue;
      }
      if (auto value = read(*field, typed, at)) out[field->id] = *std::move(value);
    }
    return out;
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const std::string& at) {
    faults.push_back({&kind, std::move(arguments), {.file = at, .line = 0, .column = 0, .cell = {}}});
  }
  void fault(const Error& error, const std::string& at) {
    for (const Diagnostic& one : error.all()) fault(*one.kind, one.arguments, at);
  }

  std::optional<Value> read(const Field& field, const Json& typed, const std::string& at) {
    if (typed.is_null() || typed.string_or("-").empty()) return Value(record::Gap::missing);
    if (field.type == Type::rows && !field.personal) return rows(field, typed, at);
    Json json = typed;
    if (field.type == Type::place && !typed.string()) {   // our own numbers are nobody's to type
      fault(record::errors::value_form, {field.label(Language::zh), "12 位代码", "a code of 12 digits"}, at);
      return std::nullopt;
    }
    if (field.type == Type::place) {
      const auto node = picture_.node(*typed.string());
      if (!node) {
        fault(node.error(), at);
        return std::nullopt;
      }
      json = Json(picture_.tree()[*node].id.value);
    }
    if (field.type == Type::file) {
      const auto file = uploaded_(field, typed);
      if (!file) {
        fault(file.error(), at);
        return std::nullopt;
      }
      json = record::json_of(field, Value(*file));
    }
    if (field.personal) return sealed(field, json, at);
    auto value = record::value_of(field, json);
    if (value) hidden_.hide_in(field, *value, at, picture_.tree());
    if (value) return *std::move(value);
    fault(value.error(), at);
    return std::nullopt;
  }

  std::optional<Value> sealed(const Field& field, const Json& json, const std::string& at) {
    const auto clear = record::value_of(field, json);
    if (!clear) {
      fault(clear.error(), at);
      return std::nullopt;
    }
    if (clear->gap()) return *clear;
    const auto fits = record::fitting_clear(field, *clear, *picture_.view->records.catalogue, picture_.view->at.date());
    if (!fits) {
      fault(fits.error(), at);
      return std::nullopt;
    }
    auto closed = seal_(json.string() ? *json.string() : json.canonical());
    if (closed) return Value(*std::move(closed));
    fault(closed.error(), at);
    return std::nullopt;
  }

  std::optional<Value> rows(const Field& field, const Json& typed, const std::string& at) {
    const auto* list = typed.array();
    if (!list) {
      fault(record::errors::value_form, {field.label(Language::zh), "若干行", "rows"}, at);
      return std::nullopt;
    }
    if (list->size() > rows_most_) {
      fault(record::errors::rows_too_many, {field.label(Language::zh), std::to_string(rows_most_)}, at);
      return std::nullopt;
    }
    record::Rows out;
    int fresh = 1;   // new ones: 0, -1, -2 …
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Json& one = (*list)[i];
      const std::string here = at + "[" + std::to_string(i) + "]";
      const std::int64_t row = one["row"].integer_or(0);
      const bool gone = one["gone"].boolean_or(false), held = !one["row"].is_null();
      if (!one.object() || (held && (row < 1 || row > INT32_MAX)) || (gone && !held) ||
          (held && out.all.contains(static_cast<int>(row)))) {
        fault(record::errors::row_unknown, {field.label(Language::zh), std::to_string(row)}, here);
        continue;
      }
      record::Values typed_row = gone ? record::Values{} : values(field.spec.rows, one, here);
      if (typed_row.empty() && !gone) continue;   // nothing of it changes
      out.all[held ? static_cast<int>(row) : --fresh] = std::move(typed_row);
    }
    return Value(std::move(out));
  }

  const Picture& picture_;
  const Seal& seal_;
  const Uploaded& uploaded_;
  HiddenTexts& hidden_;
  std::size_t rows_most_;
};

}   // namespace

void kind(JsonWriter& out, const record::Catalogue& catalogue, const record::Kind& kind) {
  out.key("id").value(kind.id()).key("version").value(kind.version());
  names(out, kind.label(Language::zh), kind.label(Language::en));
  out.key("fields").begin_array();
  for (const Field& one : kind.fields()) field(out, catalogue, one);
  out.end_array();
  std::vector<std::string> shown, titles, key;
  for (const record::FieldId id : kind.title()) titles.push_back(kind.field(id)->name);
  for (const record::FieldId id : kind.key()) key.push_back(kind.field(id)->name);
  for (const auto& [view, all] : kind.source().views)
    if (view == "list")
      for (const Written& one : all) shown.push_back(one.text);
  if (shown.empty())
    for (const Field& one : kind.fields())
      if (!one.personal && one.type != Type::rows && one.type != Type::file) shown.push_back(one.name);
  texts(out, "list", shown);
  texts(out, "title", titles);
  texts(out, "key", key);
  if (kind.flow()) flow_of(out, kind);
}

void head(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record) {
  out.key("id").value(record.id.text()).key("kind").value(record.id.kind).key("no").value(record.no);
  out.key("title").value(title(desk.picture(), kind, record)).key("seq").value(record.seq.value);
  if (kind.flow()) out.key("state").value(kind.flow()->states()[record.standing.state].id);
  const std::optional<Instant> due = due_of(record);
  out.key("due");
  if (due)
    out.value(due->text());
  else
    out.null();
  out.key("late").value(due && *due <= desk.now());
  out.key("raiser").value(record.raiser.id.empty() ? std::string() : who_name(desk.picture(), record.raiser));
  if (record.voided) out.key("void").value(true);
  if (record.nudge) nudge(out.key("nudged"), desk.picture(), *record.nudge);
}

void fields(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
            RecordTables& tables) {
  out.begin_object();
  record::Values all = record.values;
  if (!desk.hats().empty())
    for (auto& [id, value] : record::read_now(kind, record, desk.world(desk.hats().front(), tables)))
      all[id] = std::move(value);
  row_values(out, desk, kind.fields(), all, tables);
  out.end_object();
}

Result<record::Values> typed(const Picture& picture, const record::Kind& kind, const Json& json, std::size_t rows_most,
                             const Seal& seal, const Uploaded& uploaded, HiddenTexts& hidden) {
  Typing typing(picture, rows_most, seal, uploaded, hidden);
  record::Values out = typing.values(kind.fields(), json, {});
  if (!typing.faults.empty()) return fail(std::move(typing.faults));
  return out;
}

std::string who_name(const Picture& picture, const record::Who& who) {
  if (who.kind == record::Who::Kind::account) return picture.actor_name(who.id);
  const place::NodeIndex node = picture.tree().find_code(who.id);
  return node == place::no_node ? who.id : picture.tree()[node].name_zh;
}

std::string title(const Picture& picture, const record::Kind& kind, const record::Record& record) {
  std::string out;
  for (const record::FieldId id : kind.title()) {
    const auto held = record.values.find(id);
    if (held == record.values.end()) continue;
    const std::string text =
        value_text(picture, *picture.view->records.catalogue, *kind.field(id), held->second, Language::zh);
    if (!text.empty()) out += (out.empty() ? "" : " ") + text;
  }
  return !out.empty() ? out : !record.no.empty() ? record.no : record.id.text();
}

std::string value_text(const Picture& picture, const record::Catalogue& catalogue, const Field& field,
                       const Value& value, Language language) {
  if (std::holds_alternative<record::Sealed>(value)) return std::string(hidden_person);
  if (const auto* place = std::get_if<PlaceId>(&value)) {
    const place::NodeIndex node = picture.tree().find(*place);
    return node == place::no_node ? std::string() : picture.tree()[node].name_zh;
  }
  if (const auto* who = std::get_if<record::Who>(&value)) return who_name(picture, *who);
  if (const auto* chosen = std::get_if<record::Codes>(&value)) {
    const record::CodeList* list = catalogue.list(field.spec.list);
    std::string out;
    for (const std::string& one : chosen->all) {
      const record::Code* code = list ? list->find(one) : nullptr;
      out += (out.empty() ? "" : "、") + (!code || code->zh.empty()  ? one
                                          : language == Language::zh ? code->zh
                                                                     : code->en);
    }
    return out;
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "是" : "否";
  if (const auto* rows = std::get_if<record::Rows>(&value)) return std::to_string(rows->all.size()) + " 行";
  if (const auto* gap = std::get_if<record::Gap>(&value))
    return *gap == record::Gap::not_applicable ? "NA" : *gap == record::Gap::withheld ? "WH" : "";
  if (const auto* file = std::get_if<record::FileRef>(&value)) return file->name;
  return record::key_text(field, value);
}

}   // namespace gangmu::app::wire
