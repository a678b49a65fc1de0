// SPDX-License-Identifier: Apache-2.0
#include "record/source.hpp"

#include <algorithm>

namespace gangmu::record {
namespace {

std::string text_in(Members& m, std::string_view key) { return m.optional(key).value_or(Written{}).text; }

FieldSource read_field(NamedMembers& named);

void read_rows(Members& m, FieldSource& out) {
  // Of rows `of` holds their fields; of a who or a file it lists what may stand there.
  if (out.type.text == "rows") {
    for (auto& one : m.named("of")) out.rows.push_back(read_field(one));
    out.row_key = m.texts("key");
  } else {
    out.of = m.texts("of");
  }
}

FieldSource read_field(NamedMembers& named) {
  Members& m = named.members;
  FieldSource out{.name = named.name, .type = m.text("type")};
  out.id = static_cast<int>(m.number("id").value_or(0));
  out.zh = text_in(m, "zh");
  out.en = text_in(m, "en");
  for (auto [key, to] : {std::pair{"max", &out.max},
                         {"min", &out.least},
                         {"decimals", &out.decimals},
                         {"unit", &out.unit},
                         {"show", &out.show},
                         {"to", &out.to},
                         {"inverse", &out.inverse},
                         {"kind", &out.period},
                         {"need", &out.need},
                         {"check", &out.check},
                         {"source", &out.source},
                         {"datum", &out.datum},
                         {"=", &out.computed},
                         {"take", &out.take},
                         {"was", &out.was}})
    *to = m.optional(key);
  if (out.type.text == "number" || out.type.text == "money") std::swap(out.max, out.most);
  if (m.json("list").array())
    out.inline_list = m.texts("list");
  else
    out.list = m.optional("list");
  out.levels = m.texts("level");
  out.alias = m.texts("alias");
  out.many = m.flag("many");
  out.personal = m.flag("personal");
  out.na = m.flag("na");
  out.since = static_cast<int>(m.number("since").value_or(1));
  out.until = static_cast<int>(m.number("until").value_or(0));
  read_rows(m, out);
  m.finish();
  return out;
}

TallySource read_tally(Members& m) {
  TallySource out{.to = m.text("to"), .measure = m.text("measure")};
  out.when = m.optional("when");
  out.date = m.optional("date");
  out.place = m.optional("place");
  m.finish();
  return out;
}

std::vector<RightSource> read_rights(Members& m, std::string_view key) {
  std::vector<RightSource> out;
  for (Members& one : m.objects(key)) {
    out.push_back({.to = one.texts("to"), .where = one.optional("where")});
    one.finish();
  }
  return out;
}

void read_is(Members m, KindSource& out) {
  out.version = static_cast<int>(m.number("version").value_or(1));
  out.zh = text_in(m, "zh");
  out.en = text_in(m, "en");
  out.home = m.optional("home");
  out.number = m.optional("number");
  out.flow = m.optional("flow");
  out.key = m.texts("key");
  out.title = m.texts("title");
  out.enter = m.texts("enter");
  out.import = m.texts("import");
  out.checks = m.texts("checks");
  out.offline = m.flag("offline");
  out.volume = m.flag("volume");
  out.opening = m.flag("opening");
  m.finish();
}

std::vector<std::pair<Written, Written>> read_pairs(Members& m, std::string_view key) {
  std::vector<std::pair<Written, Written>> out;
  for (auto& one : m.named(key)) {
    if (!one.scalar) one.members.finish();   // tells what it found there
    out.emplace_back(one.name, one.scalar.value_or(Written{{}, one.name.where}));
  }
  return out;
}

MapSource read_map(Members m) {
  MapSource out{.where = m.where()};
  out.states = read_pairs(m, "states");
  out.fields = read_pairs(m, "fields");
  if (auto codes = m.object("codes")) {
    for (auto& one : m.named("codes")) out.codes.emplace_back(one.name, read_pairs(*codes, one.name.text));
    codes->finish();
  }
  m.finish();
  return out;
}

int highest(const std::vector<FieldSource>& fields) {
  int out = 0;
  for (const FieldSource& field : fields) out = std::max(out, field.id);
  return out;
}

void number(std::vector<FieldSource>& fields, const std::vector<FieldSource>* before) {
  int last = std::max(highest(fields), before ? highest(*before) : 0);
  for (FieldSource& field : fields) {
    const std::string& name = field.was ? field.was->text : field.name.text;
    const FieldSource* old = nullptr;
    for (std::size_t i = 0; before && i < before->size(); ++i)
      if ((*before)[i].name.text == name) old = &(*before)[i];
    if (field.id == 0) field.id = old && old->type.text == field.type.text ? old->id : ++last;
    number(field.rows, old ? &old->rows : nullptr);
  }
}

}   // namespace

KindSource read_kind(Members m, Written id) {
  KindSource out{.id = std::move(id)};
  if (auto is = m.object("is")) read_is(*std::move(is), out);
  for (auto& one : m.named("fields")) out.fields.push_back(read_field(one));
  for (Members& one : m.objects("tallies")) out.tallies.push_back(read_tally(one));
  if (auto rights = m.object("rights")) {
    out.read = read_rights(*rights, "read");
    out.edit = read_rights(*rights, "edit");
    out.public_fields = rights->texts("public");
    if (auto unseal = rights->object("unseal"))
      for (auto& one : rights->named("unseal")) out.unseal.emplace_back(one.name, unseal->texts(one.name.text));
    rights->finish();
  }
  if (auto views = m.object("views")) {
    for (auto& one : m.named("views")) out.views.emplace_back(one.name.text, views->texts(one.name.text));
    views->finish();
  }
  if (auto map = m.object("map")) out.map = read_map(*std::move(map));
  m.finish();
  return out;
}

std::vector<CodeSource> read_codes(Members& members, std::string_view key) {
  std::vector<CodeSource> out;
  for (auto& one : members.named(key)) {
    CodeSource code{.code = one.name};
    if (one.scalar) {
      code.zh = one.scalar->text;
    } else {
      code.zh = text_in(one.members, "zh");
      code.en = text_in(one.members, "en");
      code.into = text_in(one.members, "into");
      if (const auto from = one.members.optional("from")) code.from = Date::parse(from->text).value_or(Date{});
      if (const auto until = one.members.optional("until")) code.until = Date::parse(until->text).value_or(Date{});
      one.members.finish();
    }
    out.push_back(std::move(code));
  }
  return out;
}

KindSource numbered(KindSource source, const KindSource* before) {
  number(source.fields, before ? &before->fields : nullptr);
  return source;
}

}   // namespace gangmu::record
