// SPDX-License-Identifier: Apache-2.0
#include "app/pack_kinds.hpp"

#include <algorithm>
#include <set>

#include "access/role.hpp"
#include "app/errors.hpp"
#include "app/task_record.hpp"
#include "record/errors.hpp"
#include "record/programme.hpp"
#include "record/versions.hpp"

namespace gangmu::app {
namespace {

record::KindSource source_of(const Definition& kind) {
  Diagnostics told_when_published;
  return record::kind_of_body(record::stored_body(kind), told_when_published);
}

/// A body of the pack with the places where its parts were written.
record::Placed placed_in(const pack::Pack& pack, const Definition& definition) {
  record::Placed out = record::stored_body(definition);
  const auto written = pack.written.find({definition.kind, definition.id});
  if (written != pack.written.end()) out.positions = written->second;
  return out;
}

std::vector<record::KindSource> published(const store::Definitions& stored, const std::string& id) {
  std::vector<record::KindSource> out;
  for (const auto& version : stored.versions("kind", id))
    if (!version->retired) out.push_back(source_of(*version));
  return out;
}

template <class Fields>
auto with_number(Fields& fields, int number) -> decltype(fields.data()) {
  const auto found = std::ranges::find(fields, number, &record::FieldSource::id);
  return found == fields.end() ? nullptr : &*found;
}

/// Fields that were taken out, before those that stand: no number is given twice, and a name finds its field of today.
void add_former(std::vector<record::FieldSource>& fields, const std::vector<record::FieldSource>& former) {
  for (const record::FieldSource& one : former) {
    if (auto* same = with_number(fields, one.id))
      add_former(same->rows, one.rows);
    else
      fields.insert(fields.begin(), one);
  }
}

record::KindSource all_fields(const std::vector<record::KindSource>& versions) {
  record::KindSource out = versions.back();
  for (auto at = versions.rbegin() + 1; at != versions.rend(); ++at) add_former(out.fields, at->fields);
  return out;
}

Json with_version(Json body, std::int64_t version) {
  if (Json::Object* members = body.object()) {
    Json is = (*members)["is"];
    if (is.is_null() || is.object()) is.set("version", version);
    body.set("is", std::move(is));
  }
  return body;
}

/// The version of a kind that says none: that of the export the pack was made from, or the published one, where the
/// kind is what it was there; else the next.
Definition with_its_version(Definition kind, const std::vector<record::KindSource>& before,
                            const store::Definitions& stored, const pack::Objects& base) {
  const auto in_base = base.find({kind.kind, kind.id});
  const auto* latest = stored.latest(kind.kind, kind.id);
  const Json body = kind.body;
  for (auto at = before.rbegin(); at != before.rend(); ++at) {
    kind.body = with_version(body, at->version);
    if (latest && latest->body == kind.body) return kind;
    if (in_base != base.end() && in_base->second == pack::object_digest({&kind, 1})) return kind;
  }
  kind.body = with_version(body, before.empty() ? 1 : before.back().version + 1);
  return kind;
}

/// A number that another field has, or had before.
void check_numbers(const std::string& kind, const std::vector<record::FieldSource>& fields,
                   const std::vector<std::vector<record::FieldSource>>& before, Diagnostics& faults) {
  for (const record::FieldSource& field : fields) {
    const record::FieldSource* other = nullptr;
    std::vector<std::vector<record::FieldSource>> rows;
    for (const auto& version : before) {
      const record::FieldSource* found = with_number(version, field.id);
      if (found) other = found;
      if (found) rows.push_back(found->rows);
    }
    if (!other) continue;
    const bool same = other->name.text == field.name.text || (field.was && field.was->text == other->name.text);
    if (!same || other->type.text != field.type.text)
      faults.push_back(
          {&errors::field_number_taken, {kind, field.name.text, std::to_string(field.id), other->name.text}, {}});
    check_numbers(kind, field.rows, rows, faults);
  }
}

/// Where records could not follow: what to write instead. With a map they are looked at one by one (following.hpp).
void refused_changes(const std::vector<record::VersionDifference>& all, bool mapped, Diagnostics& faults) {
  for (const record::VersionDifference& one : all) {
    const bool narrows = one.change == record::VersionChange::narrowing;
    if (!(narrows && !mapped) && one.change != record::VersionChange::never) continue;
    faults.push_back(
        {narrows ? &record::errors::narrowing : &record::errors::never_so, {one.of, one.zh, one.en}, one.where});
  }
}

/// A value that is worked out when it is read stands in no record: its field may go.
bool of_nothing_stored(const record::VersionDifference& one, const record::Kind* stands,
                       const record::KindSource& now) {
  const record::Field* field = stands ? stands->field(one.of) : nullptr;
  const bool gone = field && std::ranges::none_of(now.fields, [&](const auto& f) { return f.id == field->id.value; });
  return gone && field->computed && !field->stored_computed();
}

/// The flow a kind leaves for another.
void check_flow_change(const record::KindSource& before, const record::KindSource& now, const pack::Pack& pack,
                       const store::Definitions& stored, Diagnostics& faults) {
  if (!before.flow || !now.flow || before.flow->text == now.flow->text) return;
  const auto* old = stored.latest("flow", before.flow->text);
  const Definition* next = pack.find("flow", now.flow->text);
  if (!old || !next) return;
  Diagnostics told_elsewhere;
  refused_changes(record::differences(record::flow_of_body(record::stored_body(*old), told_elsewhere),
                                      record::flow_of_body(placed_in(pack, *next), told_elsewhere)),
                  now.map.has_value(), faults);
}

void check_kind(const pack::Pack& pack, const Definition& kind, const store::Definitions& stored,
                const record::Catalogue* stand, Diagnostics& faults) {
  const auto before = published(stored, kind.id);
  if (before.empty()) return;
  Diagnostics told_when_published;
  const record::KindSource source = record::kind_of_body(placed_in(pack, kind), told_when_published);
  auto changes = record::differences(before.back(), source);
  const record::Kind* stands = stand ? stand->find(kind.id) : nullptr;
  std::erase_if(changes, [&](const auto& one) { return of_nothing_stored(one, stands, source); });
  refused_changes(changes, source.map.has_value(), faults);
  check_flow_change(before.back(), source, pack, stored, faults);
  const int last = before.back().version;
  const std::string next = std::to_string(last + 1);
  if (source.version <= last)
    faults.push_back({&errors::kind_version_kept, {kind.id, std::to_string(source.version), next}, {}});
  else if (source.version > last + 1)
    faults.push_back(
        {&errors::kind_version_skipped, {kind.id, std::to_string(last), next, std::to_string(source.version)}, {}});
  std::vector<std::vector<record::FieldSource>> fields;
  for (const record::KindSource& version : before) fields.push_back(version.fields);
  check_numbers(kind.id, source.fields, fields, faults);
}

/// A flow without its names: those may be changed at any time.
Json unlabelled(Json flow) {
  for (const char* list : {"states", "steps", "clocks"}) {
    Json::Object* members = flow.object();
    const auto found = members ? members->find(list) : Json::Object::iterator{};
    if (!members || found == members->end() || !found->second.array()) continue;
    for (Json& one : *found->second.array())
      if (one.object())
        for (const char* label : {"zh", "en"}) one.object()->erase(label);
  }
  return flow;
}

void check_flow(const Definition& flow, const Definition& before, Diagnostics& faults) {
  if (unlabelled(flow.body) == unlabelled(before.body)) return;
  const std::string name = flow.id.substr(0, flow.id.rfind('@'));
  const int next = record::flow_version(flow.id) + 1;
  faults.push_back({&errors::flow_changed, {flow.id, name + "@" + std::to_string(next)}, {}});
}

void check_codes(const Definition& codes, const Definition& before, Diagnostics& faults) {
  const auto now = record::codes_of_body(record::stored_body(codes));
  for (const record::CodeSource& code : record::codes_of_body(record::stored_body(before))) {
    const bool there = std::ranges::any_of(now, [&](const auto& one) { return one.code.text == code.code.text; });
    if (!there) faults.push_back({&errors::code_vanished, {codes.id, code.code.text}, {}});
  }
}

/// What the program declares itself is what it was compiled with; a store's copy tells what was so when.
void add_kinds_of_program(record::Declared& declared) {
  for (const Definition& one : plan::task_definitions())
    (one.kind == "flow" ? declared.flows : declared.kinds).push_back(&one);
}

std::vector<const Definition*> standing(const store::Definitions& definitions, std::string_view kind) {
  const auto all = definitions.list(kind);
  return {all.begin(), all.end()};
}

}   // namespace

Result<std::shared_ptr<const record::Catalogue>> catalogue_of(const store::Definitions& definitions, Date today) {
  record::Declared declared;
  declared.kinds = standing(definitions, "kind");
  declared.flows = standing(definitions, "flow");
  const auto own_one = [](const Definition* one) { return is_of_program(one->kind, one->id); };
  std::erase_if(declared.kinds, own_one);
  std::erase_if(declared.flows, own_one);
  add_kinds_of_program(declared);
  declared.codes = standing(definitions, "codes");
  declared.laws = standing(definitions, "law");
  const auto limits = standing(definitions, "limits");
  if (!limits.empty()) declared.limits = limits.front();
  record::Around around;
  around.today = today;
  around.whole = {std::string(task_kind)};
  access::Roles own;
  if (const auto* roles = definitions.latest("roles", "roles"); roles && !roles->retired)
    if (auto read = access::Roles::read(roles->body)) own = *std::move(read);
  for (const access::Role& role : (own.list().empty() ? access::standard_roles() : own).list())
    around.roles.push_back(role.id);
  for (const Definition* indicator : standing(definitions, "indicator")) around.indicators.push_back(indicator->id);
  for (const Definition* programme : standing(definitions, "programme"))
    if (const auto* lines = programme->body["lines"].array())
      for (const Json& line : *lines) around.lines.push_back(line.string_or(""));
  auto made = record::catalogue_of(declared, std::move(around));
  if (made) return made;
  Diagnostics faults = made.error().all();
  for (Diagnostic& one : faults) one.where.line = one.where.column = 0;   // of a body, not of a file somebody wrote
  return fail(std::move(faults));
}

std::vector<Definition> numbered_kinds(const pack::Pack& pack, const store::Definitions& stored,
                                       const pack::Objects& base) {
  std::vector<Definition> out;
  for (const Definition* kind : pack.of_kind("kind")) {
    Definition& numbered = out.emplace_back(*kind);
    if (kind->retired) continue;
    const auto before = published(stored, kind->id);
    const record::KindSource all = before.empty() ? record::KindSource{} : all_fields(before);
    numbered.body = record::numbered_body(kind->body, before.empty() ? nullptr : &all);
    if (kind->body["is"]["version"].is_null()) numbered = with_its_version(std::move(numbered), before, stored, base);
  }
  return out;
}

ProposedVersion proposed_version(Definition kind, const store::Definitions& stored) {
  ProposedVersion out;
  const auto before = published(stored, kind.id);
  const record::KindSource all = before.empty() ? record::KindSource{} : all_fields(before);
  kind.body = with_version(record::numbered_body(std::move(kind.body), before.empty() ? nullptr : &all),
                           before.empty() ? 1 : before.back().version + 1);
  out.kind = std::move(kind);
  if (before.empty()) return out;
  Diagnostics told_when_proved, faults;
  const record::KindSource now = record::kind_of_body(record::placed(out.kind.body, "kind"), told_when_proved);
  out.changes = record::differences(before.back(), now);
  out.publishable = record::publishable(before.back(), now, out.changes);
  std::vector<std::vector<record::FieldSource>> fields;
  for (const record::KindSource& version : before) fields.push_back(version.fields);
  check_numbers(out.kind.id, now.fields, fields, faults);
  if (out.publishable && !faults.empty()) out.publishable = fail(std::move(faults));
  return out;
}

Result<Definition> next_version(Definition kind, const store::Definitions& stored) {
  ProposedVersion out = proposed_version(std::move(kind), stored);
  TRY(out.publishable);
  return std::move(out.kind);
}

Status check_taken(const std::vector<pack::ObjectKey>& taken, const pack::Pack& pack,
                   const std::vector<Definition>& kinds, const store::Definitions& stored,
                   const record::Catalogue* stand) {
  Diagnostics faults;
  for (const pack::ObjectKey& key : taken) {
    const auto* before = stored.latest(key.kind, key.id);
    if (!before || before->retired) before = nullptr;
    if (key.kind == "kind") {
      for (const Definition& kind : kinds)
        if (kind.id == key.id && !kind.retired) check_kind(pack, kind, stored, stand, faults);
    } else if (before && (key.kind == "flow" || key.kind == "codes")) {
      const Definition* now = pack.find(key.kind, key.id);
      if (now && !now->retired) (key.kind == "flow" ? check_flow : check_codes)(*now, *before, faults);
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

std::vector<MappedKind> mapped_kinds(const std::vector<pack::ObjectKey>& taken, const pack::Pack& pack,
                                     const std::vector<Definition>& kinds, const store::Definitions& stored) {
  std::vector<MappedKind> out;
  for (const pack::ObjectKey& key : taken) {
    if (key.kind != "kind" || published(stored, key.id).empty()) continue;
    for (const Definition& kind : kinds) {
      if (kind.id != key.id || kind.retired) continue;
      Diagnostics told_when_published;
      const record::KindSource source = record::kind_of_body(placed_in(pack, kind), told_when_published);
      if (source.map) out.push_back({kind.id, source.map->where});
    }
  }
  return out;
}

Result<std::shared_ptr<const record::Catalogue>> catalogue_with(const std::vector<pack::ObjectKey>& taken,
                                                                const pack::Pack& pack,
                                                                const std::vector<Definition>& kinds,
                                                                const store::Definitions& stored, Date today) {
  const std::set<pack::ObjectKey> comes(taken.begin(), taken.end());
  std::vector<store::StoredDefinition> added;
  const auto add = [&](const Definition& one) {
    if (!comes.contains({one.kind, one.id})) return;
    store::StoredDefinition next;
    static_cast<Definition&>(next) = one;
    const auto* last = stored.latest(one.kind, one.id);
    next.version = last ? last->version + 1 : 1;   // of a series the last one counts
    for (const store::StoredDefinition& before : added)
      if (before.kind == one.kind && before.id == one.id) next.version = std::max(next.version, before.version + 1);
    added.push_back(std::move(next));
  };
  for (const Definition& one : pack.definitions)
    if (one.kind != "kind") add(one);
  for (const Definition& one : kinds) add(one);
  return catalogue_of(*stored.with(std::move(added)), today);
}

}   // namespace gangmu::app
