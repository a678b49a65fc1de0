// SPDX-License-Identifier: Apache-2.0
// Registers (台账): kinds and flows (YAML), code lists and time limits (CSV). Each file by itself first, then all of
// them together as a programme will run them.
#include <algorithm>
#include <set>

#include "access/role.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "plan/task_kind.hpp"
#include "record/programme.hpp"

namespace gangmu::pack {
namespace {

/// "kinds/project.yaml" → "project"
std::string name_of_file(const std::string& file) {
  const auto slash = file.rfind('/') + 1;
  return file.substr(slash, file.rfind('.') - slash);
}

std::string path_for(const FileLayout& layout, const std::string& id) {
  std::string path(layout.path);
  path.replace(path.find('*'), 1, id);
  return path;
}

bool is_role(const std::vector<std::string>& roles, const record::KindSource& kind, const std::string& name) {
  const bool field = std::ranges::any_of(
      kind.fields, [&](const record::FieldSource& one) { return one.name.text == name && one.type.text == "who"; });
  return field || name == "units" || name == "raiser" || std::ranges::find(roles, name) != roles.end();
}

}   // namespace

Definition& Reader::declare(const FileLayout& layout, const std::string& id, const Position& where, Json body) {
  ids_[std::string(layout.kind)].emplace(id, where);
  return pack.definitions.emplace_back(Definition{.kind = std::string(layout.kind),
                                                  .id = id,
                                                  .version = 1,
                                                  .valid_from = default_from_,
                                                  .retired = false,
                                                  .body = std::move(body)});
}

void Reader::read_named(const std::string& file, const FileLayout& layout) {
  const auto yaml = read_yaml(text_of(files_.find(file)->second, file, faults), file);
  if (!yaml) {
    kinds_unreadable_ = true;
    return faults.add(yaml.error());
  }
  const std::string name = name_of_file(file);
  const std::string id = yaml->value["id"].string_or("");
  if (id.empty()) {
    kinds_unreadable_ = true;
    return faults.add(errors::field_missing, {"id", "id: " + name}, yaml->at("/id"));
  }
  const bool flow = layout.kind == "flow";
  if (flow && record::flow_version(id) == 0) {
    kinds_unreadable_ = true;
    return faults.add(errors::flow_id, {id, id.substr(0, id.find('@'))}, yaml->at("/id"));
  }
  if (id != name) faults.add(errors::file_name, {id, path_for(layout, id)}, yaml->at("/id"));
  Diagnostics wrong;
  record::Placed body = record::body_of(
      yaml->value, flow ? record::Declares::flow : record::Declares::kind,
      [&](std::string_view pointer) { return yaml->at(pointer); }, wrong);
  if (!wrong.empty()) faults.add(Error(std::move(wrong)));
  const Definition& definition = declare(layout, id, yaml->at("/id"), body.value);
  bodies_[{definition.kind, id}] = std::move(body);
}

void Reader::read_list(const std::string& file, const FileLayout& layout) {
  const std::string id = name_of_file(file);
  record::Placed body;
  Json rows(Json::Array{});
  std::map<std::string, int> lines;
  const bool limits = layout.kind == "limits";
  for_each_row(text_of(files_.find(file)->second, file, faults), file, layout, faults, [&](const Row& row) {
    Json one = row_body(row);
    const std::string key(row[std::size_t{0}]);
    if (key.empty()) return;
    const auto [first, fresh] = lines.emplace(limits ? key + " " + std::string(row["from"]) : key, row.where().line);
    if (!fresh) return faults.add(errors::duplicate_key, {key, std::to_string(first->second)}, row.where());
    const std::string from = one["from"].string_or(""), until = one["until"].string_or("");
    if (!until.empty() && until < from) faults.add(errors::until_first, {from, until}, row.where());
    if (limits) check_limit(one, row.where());
    body.positions["/rows/" + std::to_string(rows.array()->size())] = row.where();
    rows.push(std::move(one));
  });
  const Position top{.file = file, .line = 1, .column = 0, .cell = {}};
  body.positions[""] = top;
  if (!limits) check_codes_of(file, rows, body);
  body.value.set("id", id);
  body.value.set("rows", std::move(rows));
  declare(layout, id, top, body.value);
  bodies_[{std::string(layout.kind), id}] = std::move(body);
}

/// A figure that binds others says who laid it down.
void Reader::check_limit(const Json& row, const Position& where) {
  const std::string id = row["id"].string_or("");
  if (row["law"].is_null() && !row["own"].boolean_or(false)) faults.add(errors::limit_unfounded, {id}, where);
  const auto whole = [&](const char* column, std::int64_t least) {
    if (const auto* n = row[column].integer(); n && *n < least)
      faults.add(errors::cell_form,
                 {column, std::to_string(*n), "不小于 " + std::to_string(least) + " 的整数",
                  "a whole number from " + std::to_string(least)},
                 where);
  };
  whole("n", 1);
  whole("extension", 1);
  whole("extensions", 1);
  for (const auto& [has, wants] : {std::pair{"extension", "extensions"}, {"extensions", "extension"}})
    if (!row[has].is_null() && row[wants].is_null()) faults.add(errors::cell_required, {wants}, where);
}

/// A code that ends may say what took its place; somebody must still be able to choose one.
void Reader::check_codes_of(const std::string& file, const Json& rows, const record::Placed& body) {
  std::map<std::string, std::string, std::less<>> into;
  std::vector<std::string> all;
  std::string last;
  bool goes_on = false;
  for (const Json& row : *rows.array()) {
    all.push_back(row["code"].string_or(""));
    into[all.back()] = row["into"].string_or("");
    goes_on = goes_on || row["until"].is_null();
    last = std::max(last, row["until"].string_or(""));
  }
  for (std::size_t i = 0; i < rows.array()->size(); ++i) {
    const Json& row = (*rows.array())[i];
    const Position where = body.at("/rows/" + std::to_string(i));
    const std::string& code = all[i];
    const std::string to = into[code];
    if (to.empty()) continue;
    if (row["until"].is_null()) faults.add(errors::code_into, {code, to}, where);
    if (!into.contains(to)) {
      const auto [zh, en] = did_you_mean(to, all);
      faults.add(errors::reference_unknown, {"into", to, file, zh, en}, where);
    }
    std::set<std::string> seen;
    std::string at = to;
    while (!at.empty() && at != code && seen.insert(at).second) at = into.contains(at) ? into[at] : "";
    if (at == code) faults.add(errors::code_into_round, {code}, where);
  }
  if (!all.empty() && !goes_on) faults.add(errors::codes_over, {file, last}, body.at(""));
}

/// What a kind says of roles, then all kinds together: references, formulas, flows, keys, rights, tallies. Only then it
/// is known what records hold.
void Reader::check_kinds() {
  if (kinds_unreadable_) return;   // what they lack would be told as unknown elsewhere
  const record::Bodies bodies = [&](const Definition& d) {
    const auto found = bodies_.find({d.kind, d.id});
    return found == bodies_.end() ? record::stored_body(d) : found->second;   // of the program itself
  };
  const record::Around around = around_of(pack);
  std::set<std::string> named;
  for (const Definition* kind : pack.of_kind("kind")) {
    Diagnostics told_below;
    const record::KindSource source = record::kind_of_body(bodies(*kind), told_below);
    if (source.flow) named.insert(source.flow->text);
    if (source.version < 1)
      faults.add(errors::cell_form,
                 {"version", std::to_string(source.version), "从 1 起的整数", "a whole number from 1"},
                 bodies(*kind).at("/is/version"));
    std::vector<const Written*> roles;
    for (const auto* list : {&source.enter, &source.import})
      for (const Written& role : *list) roles.push_back(&role);
    for (const auto* list : {&source.read, &source.edit})
      for (const record::RightSource& right : *list)
        for (const Written& role : right.to) roles.push_back(&role);
    for (const auto& [field, posts] : source.unseal)
      for (const Written& role : posts) roles.push_back(&role);
    for (const Written* role : roles) {
      if (is_role(around.roles, source, role->text)) continue;
      const auto [zh, en] = did_you_mean(role->text, around.roles);
      faults.add(errors::role_unknown, {role->text, zh, en}, role->where);
    }
  }
  for (const Definition* flow : pack.of_kind("flow"))
    if (!named.contains(flow->id)) notes.add(errors::flow_unused, {flow->id}, bodies(*flow).at("/id"));
  const auto made = record::catalogue_of(declared_in(pack.definitions), around, bodies);
  if (made)
    read_records(**made);
  else
    faults.add(made.error());
}

record::Declared declared_in(std::span<const Definition> definitions) {
  record::Declared out;
  for (const Definition& one : plan::task_definitions())   // kinds of the program, to which packs may refer
    (one.kind == "kind" ? out.kinds : out.flows).push_back(&one);
  for (const Definition& one : definitions) {
    if (one.retired) continue;
    if (one.kind == "kind") out.kinds.push_back(&one);
    if (one.kind == "flow") out.flows.push_back(&one);
    if (one.kind == "codes") out.codes.push_back(&one);
    if (one.kind == "limits") out.limits = &one;
    if (one.kind == "law") out.laws.push_back(&one);
  }
  return out;
}

record::Around around_of(const Pack& pack) {
  record::Around out;
  for (const Definition& one : plan::task_definitions())
    if (one.kind == "kind") out.whole.push_back(one.id);
  access::Roles own;
  const Definition* document = pack.find("roles", "roles");
  if (document)
    if (auto read = access::Roles::read(document->body)) own = *std::move(read);
  for (const access::Role& role : (own.list().empty() ? access::standard_roles() : own).list())
    out.roles.push_back(role.id);
  for (const Definition* indicator : pack.of_kind("indicator"))
    if (!indicator->retired) out.indicators.push_back(indicator->id);
  if (const auto* lines = pack.programme["lines"].array())
    for (const Json& line : *lines) out.lines.push_back(line.string_or(""));
  // Lint has no clock: limits are looked at on the day the newest of them begins.
  for (const Definition* limits : pack.of_kind("limits"))
    if (const auto* rows = limits->body["rows"].array())
      for (const Json& row : *rows)
        if (const auto from = Date::parse(row["from"].string_or(""))) out.today = std::max(out.today, *from);
  return out;
}

Result<std::shared_ptr<const record::Catalogue>> Pack::catalogue() const {
  return record::catalogue_of(declared_in(definitions), around_of(*this));
}

}   // namespace gangmu::pack
