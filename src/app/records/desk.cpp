// SPDX-License-Identifier: Apache-2.0
#include "app/records/desk.hpp"

#include <algorithm>
#include <set>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "base/text.hpp"
#include "pack/pack.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view all_units = "units", the_raiser = "raiser";
constexpr std::string_view in_scope_only = "place in scope";

record::Actor kernel_actor(const Hat& hat, const place::Tree& tree, const std::string& line) {
  record::Actor out{.who = hat.unit, .post = {}, .line = line, .place = {}};
  if (hat.node < tree.size()) out.place = tree[hat.node].id;
  return out;
}

bool automatic(std::string_view who) { return who == "clock" || who == "rule"; }

}   // namespace

std::optional<Opened> opened(const store::View& view, std::string_view kind) {
  const auto* definition = view.definitions->latest("register", kind);
  if (!definition || definition->retired) return std::nullopt;
  return Opened{definition->body["owner"].string_or(""), definition->body["list_number"].string_or("")};
}

std::shared_ptr<const Calendar> calendar_of(const store::View& view) {
  const auto* programme = programme_of(view);
  const std::string id = programme ? programme->body["calendar"].string_or("") : "";
  const auto* definition = id.empty() ? nullptr : view.definitions->latest("calendar", id);
  if (definition)
    if (auto calendar = pack::calendar_of(*definition)) return std::make_shared<const Calendar>(*std::move(calendar));
  return std::make_shared<const Calendar>();
}

// ---- what lies in the tables ----

const record::Record* RecordTables::at(const record::RecordId& id) const {
  if (const auto known = seen_.find(id); known != seen_.end()) return known->second.get();
  std::unique_ptr<record::Record>& out = seen_[id];
  const record::Kind* kind = catalogue_ ? catalogue_->find(id.kind) : nullptr;
  if (!kind) return nullptr;
  const auto document = store::records::document(database_, id, as_of_);
  if (!document) {
    status_ = fail(document.error());
  } else if (*document) {
    auto read = record::record_of(*kind, id, **document);
    if (read)
      out = std::make_unique<record::Record>(*std::move(read));
    else
      status_ = fail(read.error());
  }
  return out.get();
}

const record::Record* RecordTables::referred(const record::RecordId& id) const {
  const record::Record* out = at(id);
  while (out && out->into) out = at(*out->into);   // what is merged is merged into one that was not
  return out && (!desk_ || desk_->sees(out->id)) ? out : nullptr;
}

void RecordTables::referring(std::string_view kind, record::FieldId field, const record::RecordId& id,
                             const std::function<void(const record::Record&)>& each) const {
  auto named = store::records::merged_into(database_, id);
  if (!named) {
    status_ = fail(named.error());
    return;
  }
  named->insert(named->begin(), id);
  std::set<record::RecordId> all;   // in order of their addresses, whichever of the merged ones they name
  for (const record::RecordId& one : *named) {
    const auto some = store::records::referring(database_, one, kind, field);
    if (!some) {
      status_ = fail(some.error());
      return;
    }
    all.insert(some->begin(), some->end());
  }
  for (const record::RecordId& one : all) {
    const record::Record* other = at(one);
    if (!other || other->into || (desk_ && !desk_->sees(one))) continue;
    const auto held = other->values.find(field);
    const auto* to = held == other->values.end() ? nullptr : std::get_if<record::RecordId>(&held->second);
    const record::Record* leads = to && *to != id ? at(*to) : nullptr;
    while (leads && leads->into && *leads->into != id) leads = at(*leads->into);
    if (to && (*to == id || (leads && leads->into))) each(*other);
  }
}

/// A unit is a department by its name, or the office of a place by the place's code.
std::string RecordTables::line_of(const record::Who& who) const {
  return tree_.find_code(who.id) == place::no_node ? who.id : std::string();
}
std::optional<PlaceId> RecordTables::place_of(const record::Who& who) const {
  const place::NodeIndex node = tree_.find_code(who.id);
  return node == place::no_node ? std::nullopt : std::optional(tree_[node].id);
}
bool RecordTables::in_scope(PlaceId place) const {
  const place::NodeIndex node = tree_.find(place);
  return hat_ && node != place::no_node && tree_.within(node, hat_->node);
}
record::Touched RecordTables::touched(const record::RecordId& id, Seq base) const {
  auto out = store::records::touched_since(database_, id, base);
  if (out) return *std::move(out);
  status_ = fail(out.error());
  return {};
}
std::set<record::FieldId> RecordTables::changed_since(const record::RecordId& id, Seq base) const {
  return touched(id, base).fields;
}
std::optional<std::set<int>> RecordTables::rows_changed_since(const record::RecordId& id, record::FieldId field,
                                                              Seq base) const {
  const record::Touched all = touched(id, base);
  const auto rows = all.rows.find(field);
  return rows == all.rows.end() ? std::set<int>() : rows->second;
}
std::optional<place::Level> RecordTables::level_of(PlaceId place) const {
  const place::NodeIndex node = tree_.find(place);
  return node == place::no_node ? std::nullopt : std::optional(tree_[node].level);
}

std::optional<PlaceId> RecordTables::above(PlaceId place) const {
  const place::NodeIndex node = tree_.find(place);
  const place::NodeIndex parent = node == place::no_node ? node : tree_.parent(node);
  return parent == place::no_node || parent == node ? std::nullopt : std::optional(tree_[parent].id);
}
std::optional<record::Who> RecordTables::office_of(PlaceId place) const {
  const place::NodeIndex node = tree_.find(place);
  if (node == place::no_node) return std::nullopt;
  return record::Who{record::Who::Kind::unit, tree_[node].code};
}

// ---- the desk ----

Desk::Desk(Service& service, const Picture& picture, const Call& call)
    : picture_(picture), now_(service.system().clock.now()), calendar_(calendar_of(*picture.view)) {
  const auto roles = roles_of(service, *picture_.view);
  const auto carries = [&](const access::Grant& grant, Permission permission) {
    const access::Role* role = roles->find(grant.role);
    return role && std::ranges::find(role->may, permission, &access::Right::permission) != role->may.end();
  };
  const place::Tree& tree = picture_.tree();
  const auto grants = call.actor.rights.grants();
  for (const access::Grant& grant : grants) {
    if (!grant.asleep.empty() || (grant.until && *grant.until < now_.date())) continue;
    if (!carries(grant, Permission::read_records)) continue;
    const place::NodeIndex node = tree.find(grant.place);
    if (node == place::no_node) continue;
    Hat hat{.role = grant.role, .node = node};
    hat.unit = {record::Who::Kind::unit, grant.line.empty() ? tree[node].code : grant.line};
    hat.actor = kernel_actor(hat, tree, grant.line);
    hat.writes = carries(grant, Permission::write_records);
    hat.opens = carries(grant, Permission::open_registers);
    hat.tasks = carries(grant, Permission::read_tasks);
    if (!grant.line.empty()) lines_.push_back(grant.line);
    hats_.push_back(std::move(hat));
  }
  if (grants.empty() && picture_.rights.holds(Permission::read_records)) {
    Hat hat{.role = {}, .node = 0};
    hat.unit = {record::Who::Kind::account, call.actor.id};
    hat.actor = kernel_actor(hat, tree, {});
    hat.opens = picture_.rights.holds(Permission::open_registers);
    hat.tasks = picture_.rights.holds(Permission::read_tasks);
    hats_.push_back(std::move(hat));
  }
}

Result<const record::Columns*> Desk::columns(std::string_view kind) const {
  const record::Columns* columns = picture_.view->records.find(kind);
  if (!columns || !opened(*picture_.view, kind)) return fail(errors::unknown_register, {std::string(kind)});
  return columns;
}

bool Desk::reaches(const Hat& hat, place::NodeIndex node) const {
  if (hat.role.empty()) return true;
  return node != place::no_node && picture_.tree().within(node, hat.node);
}

place::NodeIndex Desk::node_of(const record::Kind& kind, const record::Record& record) const {
  const record::Field* field = kind.field("place");
  for (const record::Field& one : kind.fields())
    if (!field && one.type == record::Type::place && one.stored() && !one.personal) field = &one;
  const auto held = field ? record.values.find(field->id) : record.values.end();
  const auto* place = held == record.values.end() ? nullptr : std::get_if<PlaceId>(&held->second);
  return picture_.tree().find(place ? *place : record.id.home);
}

bool Desk::named(const std::vector<std::string>& who, const record::Kind& kind, const record::Record* record,
                 const Hat& hat) const {
  return std::ranges::any_of(who, [&](const std::string& one) {
    if (automatic(one)) return false;
    if (hat.role.empty()) return true;
    if (one == all_units || one == hat.role) return true;
    if (!record) return one == the_raiser;
    if (one == the_raiser) return record->raiser == hat.unit;
    const record::Field* field = kind.field(one);
    const auto held = field ? record->values.find(field->id) : record->values.end();
    const auto* named = held == record->values.end() ? nullptr : std::get_if<record::Who>(&held->second);
    return named && (*named == hat.unit || *named == hat.actor.post);
  });
}

record::World Desk::world(const Hat& hat, RecordTables& tables) const {
  tables.wear(&hat);
  return {now_, catalogue(), *calendar_, hat.actor, tables, lines_};
}

bool Desk::holds(const record::Right& right, const record::Kind& kind, const record::Record& record, const Hat& hat,
                 RecordTables& tables) const {
  if (!named(right.to, kind, &record, hat)) return false;
  if (hat.role.empty() || !right.where) return true;
  return record::holds(kind, record, world(hat, tables), *right.where);
}

const Hat* Desk::for_edit(const record::Kind& kind, const record::Record& record, RecordTables& tables) const {
  for (const Hat& hat : hats_) {
    if (!hat.writes) continue;
    if (kind.edit().empty() && reaches(hat, node_of(kind, record))) return &hat;
    for (const record::Right& right : kind.edit())
      if (holds(right, kind, record, hat, tables)) return &hat;
  }
  return nullptr;
}

const Hat* Desk::for_step(const record::Kind& kind, const record::Record& record, std::string_view name,
                          RecordTables&) const {
  const flow::StepIndex index = kind.flow() ? kind.flow()->step(name) : flow::none;
  if (index == flow::none) return nullptr;
  return acting(kind.flow()->steps()[index].by, kind, record);
}

const Hat* Desk::for_extension(const record::Kind& kind, const record::Record& record, std::string_view clock) const {
  const flow::ClockIndex index = kind.flow() ? kind.flow()->clock(clock) : flow::none;
  if (index == flow::none) return nullptr;
  const auto& by = kind.flow()->clocks()[index].extend_who;
  return by.empty() ? for_way_out(kind, record) : acting(by, kind, record);
}

const Hat* Desk::for_way_out(const record::Kind& kind, const record::Record& record) const {
  for (const Hat& hat : hats_)
    if (hat.opens && reaches(hat, node_of(kind, record))) return &hat;
  return nullptr;
}

const Hat* Desk::for_merge(const record::Kind& kind, const record::Record& record, RecordTables& tables) const {
  if (const Hat* office = for_way_out(kind, record)) return office;
  const bool closed = kind.flow() && kind.flow()->states()[record.standing.state].kind == flow::StateKind::final;
  return closed ? nullptr : for_edit(kind, record, tables);
}

const Hat* Desk::acting(const std::vector<std::string>& by, const record::Kind& kind,
                        const record::Record& record) const {
  for (const Hat& hat : hats_) {
    if (!hat.writes || !named(by, kind, &record, hat)) continue;
    // A role acts within its region; who is named acts wherever the record lies.
    const bool by_role = std::ranges::find(by, hat.role) != by.end();
    const std::vector<std::string> others = [&] {
      std::vector<std::string> out;
      for (const std::string& one : by)
        if (one != hat.role && one != all_units) out.push_back(one);
      return out;
    }();
    if (hat.role.empty() || named(others, kind, &record, hat)) return &hat;
    if (by_role && reaches(hat, node_of(kind, record))) return &hat;
  }
  return nullptr;
}

const Hat* Desk::for_create(const record::Kind& kind, std::optional<PlaceId> place) const {
  for (const Hat& hat : hats_) {
    const bool may = hat.writes && (kind.enter().empty() || named(kind.enter(), kind, nullptr, hat));
    if (may && (!place || reaches(hat, picture_.tree().find(*place)))) return &hat;
  }
  return nullptr;
}

const record::Sight& Desk::sight(const record::Columns& columns) const {
  const record::Kind& kind = columns.kind();
  const auto [known, fresh] = sights_.try_emplace(kind.id());
  if (!fresh) return known->second;
  record::Sight& out = known->second;
  for (const Hat& hat : hats_) {
    if (kind.whole() && !hat.tasks) continue;   // tasks are the one noun with doors and a right of their own
    const record::Interval region{hat.node, picture_.tree().end(hat.node)};
    if (hat.role.empty()) out.everything = true;
    if (kind.read().empty()) out.places.push_back(region);
    for (const record::Right& right : kind.read()) {
      const bool by_role = std::ranges::find(right.to, hat.role) != right.to.end() ||
                           std::ranges::find(right.to, all_units) != right.to.end();
      if (by_role && !right.where) out.everything = true;
      if (by_role && right.where && right.where->text(kind.names()) == in_scope_only) {
        out.places.push_back(region);
        continue;
      }
      out.others.emplace_back([this, &right, &hat, &columns](const record::RowAt& row) {
        const record::Record some = record::listed(row, right.where ? &*right.where : nullptr);
        struct Nothing final : record::Lookup {
          const Desk& desk;
          const Hat& hat;
          Nothing(const Desk& d, const Hat& h) : desk(d), hat(h) {}
          [[nodiscard]] std::string line_of(const record::Who& who) const override {
            return desk.picture_.tree().find_code(who.id) == place::no_node ? who.id : std::string();
          }
          [[nodiscard]] bool in_scope(PlaceId place) const override {
            const place::NodeIndex node = desk.picture_.tree().find(place);
            return node != place::no_node && desk.picture_.tree().within(node, hat.node);
          }
        } const lookup(*this, hat);
        if (!named(right.to, columns.kind(), &some, hat)) return false;
        if (!right.where) return true;
        return record::holds(columns.kind(), some, {now_, catalogue(), *calendar_, hat.actor, lookup, lines_},
                             *right.where);
      });
    }
  }
  out.places = record::joined(std::move(out.places));
  return out;
}

bool Desk::sees(const record::RecordId& id) const {
  const record::Columns* columns = picture_.view->records.find(id.kind);
  return columns && sees(*columns, id);
}

bool Desk::sees(const record::Columns& columns, const record::RecordId& id) const {
  std::size_t row = 0;
  const record::Chunk* chunk = columns.find(id, row);
  return chunk && record::sees(sight(columns), {columns, *chunk, row});
}

}   // namespace gangmu::app
