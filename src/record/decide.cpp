// SPDX-License-Identifier: Apache-2.0
#include "record/decide.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/clocks.hpp"
#include "record/errors.hpp"
#include "record/names.hpp"
#include "record/tally.hpp"
#include "record/typed.hpp"
#include "record/values.hpp"

namespace gangmu::record {
namespace {

bool listed(const std::vector<std::string>& all, std::string_view name) {
  return std::any_of(all.begin(), all.end(), [&](const std::string& one) { return one == "*" || one == name; });
}

class Decider {
 public:
  Decider(const Kind& kind, const Record* before, const RecordId& id, const Asked& asked, const World& world,
          const Rules& rules)
      : kind_(kind), before_(before), asked_(asked), world_(world), rules_(rules), timing_{world.calendar, {}} {
    if (before) {
      after_ = *before;
    } else {
      after_.id = id;
      after_.raiser = world.actor.who;
      after_.no = asked.no;
    }
  }

  Result<Event> run() {
    TRY(find_step());
    conflicts();
    take_typed();
    if (!faults_.empty()) return fail(std::move(faults_));
    TRY(assign());
    TRY(rule());
    TRY(compute());
    TRY(guard());
    checks();
    if (!faults_.empty()) return fail(std::move(faults_));
    TRY(move());
    return event();
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const std::string& field) {
    faults_.push_back({&kind, std::move(arguments), {.file = field, .line = 0, .column = 0, .cell = {}}});
  }
  [[nodiscard]] flow::Around around(const RecordValues& values) const {
    return {world_.now, timing_, world_.catalogue.limits(), values};
  }
  [[nodiscard]] const flow::Step* step() const { return step_ == flow::none ? nullptr : &kind_.flow()->steps()[step_]; }

  Status find_step() {
    const bool named = asked_.step != "create" && asked_.step != "edit";
    if (named && kind_.flow()) step_ = kind_.flow()->step(asked_.step);
    if ((named && step_ == flow::none) || (asked_.step == "create") != (before_ == nullptr))
      return fail(errors::step_unknown, {asked_.step});
    return {};
  }

  /// A field that others changed since is refused unless it was typed as it stands now.
  void conflicts() {
    if (!before_ || !asked_.base || asked_.base >= before_->seq) return;
    for (const FieldId id : world_.lookup.changed_since(before_->id, asked_.base)) {
      const auto typed = asked_.typed.find(id);
      const auto now = before_->values.find(id);
      if (typed == asked_.typed.end()) continue;
      const bool same = now == before_->values.end() ? typed->second.gap() : now->second == typed->second;
      if (const Field* field = kind_.field(id); field && !same)
        fault(errors::changed_meanwhile, {field->label(Language::zh)}, field->name);
    }
  }

  [[nodiscard]] bool editable(const Field& field) const {
    if (!before_ || !kind_.flow()) return true;
    if (listed(kind_.flow()->states()[before_->standing.state].edit, field.name)) return true;
    if (!step())
      return kind_.flow()->states()[before_->standing.state].edit.empty() && before_->standing.clocks.size() > 0;
    const bool needed = std::any_of(step()->need.begin(), step()->need.end(),
                                    [&](const flow::Need& n) { return n.field == field.name; });
    return needed || listed(step()->edit, field.name);
  }

  void take_typed() {
    for (const auto& [id, value] : asked_.typed) {
      const Field* field = kind_.field(id);
      if (!field) {
        fault(errors::field_unknown, {std::to_string(id.value), "", ""}, {});
        continue;
      }
      const std::string& name = field->label(Language::zh);
      if (!field->typed())
        fault(errors::not_typed, {name}, field->name);
      else if (!editable(*field))
        fault(errors::not_editable, {name}, field->name);
      else if (auto fitted =
                   fitting(*field, value, before_ ? &before_->values : nullptr, world_.catalogue, world_.now.date()))
        store(*field, *std::move(fitted));
      else
        for (const Diagnostic& one : fitted.error().all()) fault(*one.kind, one.arguments, field->name);
    }
  }
  void store(const Field& field, Value value) {
    if (value == Value(Gap::missing))
      after_.values.erase(field.id);
    else
      after_.values[field.id] = std::move(value);
  }

  Status assign() {
    const RecordValues values(kind_, after_, world_);
    if (step()) {
      for (const flow::Assign& one : step()->set) {
        const Field* field = kind_.field(one.field);
        TRY_ASSIGN(const formula::Value value, formula::evaluate(one.value, values));
        TRY_ASSIGN(Value stored, stored_value(*field, value, world_.catalogue));
        store(*field, std::move(stored));
      }
    }
    for (const Field& field : kind_.fields()) {
      if (field.take.empty()) continue;
      const auto symbol = kind_.names().find(field.take);
      if (const auto place = symbol ? taken_place(field, *symbol) : std::nullopt) {
        store(field, Value(*place));
        continue;
      }
      TRY_ASSIGN(Value stored, stored_value(field, values.value(symbol->id), world_.catalogue));
      if (!stored.gap()) store(field, std::move(stored));
    }
    return {};
  }
  /// A place is stored by its own number, not as a formula sees it.
  std::optional<PlaceId> taken_place(const Field& field, const formula::Symbol& symbol) const {
    if (field.type != Type::place) return std::nullopt;
    const auto value = RecordValues(kind_, after_, world_).value(symbol.id);
    const auto* thing = std::get_if<formula::Thing>(&value);
    return thing ? std::optional(PlaceId{thing->id}) : std::nullopt;
  }

  Status rule() {
    const auto found = rules_.find(asked_.step);
    if (found == rules_.end()) return {};
    const Record none;
    TRY_ASSIGN(after_.values, found->second(before_ ? *before_ : none, after_.values, asked_, world_));
    return {};
  }

  Status compute() {
    for (const Field& field : kind_.fields()) TRY(compute_rows(field));
    for (const FieldId id : kind_.computed_order()) {
      const Field& field = *kind_.field(id);
      TRY_ASSIGN(const formula::Value value, formula::evaluate(*field.computed, RecordValues(kind_, after_, world_)));
      TRY_ASSIGN(Value stored, stored_value(field, value, world_.catalogue));
      store(field, std::move(stored));
    }
    return {};
  }
  Status compute_rows(const Field& field) {
    const auto found = after_.values.find(field.id);
    Rows* rows = found == after_.values.end() ? nullptr : std::get_if<Rows>(&found->second);
    for (const Field& inner : field.spec.rows) {
      if (!rows || !inner.computed) continue;
      for (auto& [number, row] : rows->all) {
        TRY_ASSIGN(const formula::Value value, RecordValues(kind_, after_, world_).in_row(field, row, *inner.computed));
        TRY_ASSIGN(row[inner.id], stored_value(inner, value, world_.catalogue));
      }
    }
    return {};
  }

  Status guard() {
    if (!kind_.flow()) return {};
    const RecordValues values(kind_, after_, world_);
    if (step()) TRY(flow::possible(*kind_.flow(), before_->standing, step_, around(values)));
    if (before_ && !step()) return {};
    const auto has = [&](std::string_view name) {
      const Field* field = kind_.field(name);
      const auto found = field ? after_.values.find(field->id) : after_.values.end();
      return found != after_.values.end() && !(found->second == Value(Gap::missing));
    };
    TRY_ASSIGN(const auto missing,
               flow::unmet(step() ? std::span<const flow::Need>(step()->need) : kind_.flow()->start_need(),
                           around(values), has));
    for (const std::string& name : missing) {
      const Field* field = kind_.field(name);
      fault(errors::wanted, {field ? field->label(Language::zh) : name}, name);
    }
    return {};
  }

  void checks() {
    for (const Field& field : kind_.fields()) {
      const bool there = after_.values.contains(field.id);
      if (field.need == Need::always && !there) fault(errors::wanted, {field.label(Language::zh)}, field.name);
      if (field.check) hold(*field.check, field.label(Language::zh) + "：" + field.check_text, field.name);
    }
    for (const Check& check : kind_.checks()) hold(check.holds, check.text, {});
  }
  /// A check is broken by a no; what is absent breaks nothing.
  void hold(const formula::Tree& tree, const std::string& text, const std::string& field) {
    const auto value = formula::evaluate(tree, RecordValues(kind_, after_, world_));
    if (!value)
      for (const Diagnostic& one : value.error().all()) fault(*one.kind, one.arguments, field);
    else if (*value == formula::Value(false))
      fault(errors::check_failed, {text, text}, field);
  }

  Status move() {
    after_.version = kind_.version();
    if (!kind_.flow()) return {};
    const RecordValues values(kind_, after_, world_);
    if (!before_) {
      TRY_ASSIGN(after_.standing, flow::begun(*kind_.flow(), around(values)));
    } else if (step()) {
      mark_late();
      TRY_ASSIGN(after_.standing, flow::stepped(*kind_.flow(), before_->standing, step_, around(values)));
      after_.marks.try_emplace("first:" + step()->id, world_.now.date());
    } else {
      TRY_ASSIGN(after_.standing, flow::edited(*kind_.flow(), before_->standing, around(values)));
    }
    return {};
  }
  /// Which clocks were due, and which of them too late, is kept: what they are measured by does not change afterwards.
  void mark_late() {
    for (const auto& [index, clock] : before_->standing.clocks) {
      if (!clock.due) continue;
      const std::string& id = kind_.flow()->clocks()[index].id;
      const bool late = world_.now >= *clock.due;
      after_.marks["due:" + id] = Instant{clock.due->micros - 1}.date();
      if (late) after_.marks.try_emplace("late:" + id, world_.now.date());
    }
  }

  Result<Event> event() {
    Event out{.step = asked_.step, .reason = asked_.reason};
    TRY_ASSIGN(const Contributions now, contributions(kind_, after_, world_));
    Contributions then;
    if (before_) { TRY_ASSIGN(then, contributions(kind_, *before_, world_)); }
    out.tallies = changes(then.all, now.all);
    after_.next = {};
    if (const auto next = next_firing(kind_, after_, world_)) after_.next = next->at;
    after_.seq = {};
    Record old = before_ ? *before_ : Record{};
    old.seq = {};
    out.patch = difference(before_ ? document_of(kind_, old) : Json(Json::Object{}), document_of(kind_, after_));
    return out;
  }

  const Kind& kind_;
  const Record* before_;
  const Asked& asked_;
  const World& world_;
  const Rules& rules_;
  flow::Timing timing_;
  flow::StepIndex step_ = flow::none;
  Record after_;
  Diagnostics faults_;
};

}   // namespace

Result<Event> decide(const Kind& kind, const Record* before, const RecordId& id, const Asked& asked, const World& world,
                     const Rules& rules) {
  return Decider(kind, before, id, asked, world, rules).run();
}

std::vector<std::string> possible_steps(const Kind& kind, const Record& record, const World& world) {
  std::vector<std::string> out;
  if (!kind.flow()) return out;
  const RecordValues values(kind, record, world);
  const flow::Timing timing{world.calendar, {}};
  for (flow::StepIndex i = 0; i < kind.flow()->steps().size(); ++i)
    if (flow::possible(*kind.flow(), record.standing, i, {world.now, timing, world.catalogue.limits(), values}))
      out.push_back(kind.flow()->steps()[i].id);
  return out;
}

bool holds(const Kind& kind, const Record& record, const World& world, const formula::Tree& condition) {
  const auto value = formula::evaluate(condition, RecordValues(kind, record, world));
  return value && *value == formula::Value(true);
}

Values read_now(const Kind& kind, const Record& record, const World& world) {
  Values out;
  for (const Field& field : kind.fields()) {
    if (!field.computed || field.stored_computed()) continue;
    const auto value = formula::evaluate(*field.computed, RecordValues(kind, record, world));
    auto stored = value ? stored_value(field, *value, world.catalogue) : Result<Value>(Value(Gap::missing));
    if (stored && !stored->gap()) out[field.id] = *std::move(stored);
  }
  return out;
}

Result<Values> derived(const Kind& kind, const Record& record, const World& world) {
  Record now = record;
  for (const FieldId id : kind.computed_order()) {
    const Field& field = *kind.field(id);
    TRY_ASSIGN(const formula::Value value, formula::evaluate(*field.computed, RecordValues(kind, now, world)));
    TRY_ASSIGN(Value stored, stored_value(field, value, world.catalogue));
    if (stored == Value(Gap::missing))
      now.values.erase(id);
    else
      now.values[id] = std::move(stored);
  }
  return now.values;
}

}   // namespace gangmu::record
