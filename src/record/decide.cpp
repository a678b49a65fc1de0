// SPDX-License-Identifier: Apache-2.0
#include "record/decide.hpp"

#include <algorithm>

#include "record/change.hpp"
#include "record/compute.hpp"
#include "record/errors.hpp"
#include "record/merge.hpp"
#include "record/names.hpp"
#include "record/opening.hpp"
#include "record/routes.hpp"
#include "record/tally.hpp"
#include "record/typed.hpp"
#include "record/ways_out.hpp"

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
      after_.opening = asked.opening;
    }
  }

  Result<Event> run() {
    TRY(find_step());
    conflicts();
    take_typed();
    if (!faults_.empty()) return fail(std::move(faults_));
    TRY(assign());
    TRY(rule());
    arrive();
    faults_ = compute(kind_, after_, world_);
    if (faults_.empty()) TRY(guard());
    if (faults_.empty()) TRY(move());
    if (faults_.empty()) faults_ = compute(kind_, after_, world_);   // clocks have moved
    checks();
    if (!faults_.empty()) return fail(std::move(faults_));
    TRY_ASSIGN(Event out, event_between(kind_, before_, std::move(after_), world_));
    out.step = asked_.step;
    out.reason = asked_.reason;
    out.sealed = asked_.sealed;
    return out;
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
    if (asked_.step.starts_with(step_extend) && kind_.flow())
      clock_ = kind_.flow()->clock(std::string_view(asked_.step).substr(step_extend.size()));
    correct_ = asked_.step == step_correct;
    migrate_ = asked_.step == step_migrate;
    raise_ = asked_.step == step_raise && kind_.flow();
    opening_ = asked_.step == step_opening;
    merge_ = asked_.step == step_take_over || asked_.step == step_give_back;
    const bool of_flow =
        asked_.step != "create" && asked_.step != "edit" && !correct_ && !migrate_ && !raise_ && !opening_ && !merge_;
    const bool named = of_flow && clock_ == flow::none;
    if (before_ && before_->voided) return fail(errors::is_void);
    if (named && kind_.flow()) step_ = kind_.flow()->step(asked_.step);
    if ((named && step_ == flow::none) || ((asked_.step == "create") != (before_ == nullptr) && !opening_))
      return fail(errors::step_unknown, {asked_.step});
    if (!kind_.flow()) return {};
    begins_ = asked_.state.empty() ? kind_.flow()->start() : kind_.flow()->state(asked_.state);
    if (begins_ == flow::none) return fail(errors::event_malformed, {"state " + asked_.state});
    return {};
  }

  /// A field that others changed since is refused unless it was typed as it stands now; of rows each for itself.
  void conflicts() {
    if (!before_ || !asked_.base || asked_.base >= before_->seq) return;
    for (const FieldId id : world_.lookup.changed_since(before_->id, asked_.base)) {
      const auto typed = asked_.typed.find(id);
      const Field* field = kind_.field(id);
      if (!field || typed == asked_.typed.end()) continue;
      const auto now = before_->values.find(id);
      const Value& held = now == before_->values.end() ? missing_ : now->second;
      const Rows *rows = std::get_if<Rows>(&typed->second), *held_rows = std::get_if<Rows>(&held);
      if (rows ? !rows_agree(id, *rows, held_rows)
               : !(held == typed->second || (held == missing_ && blank(typed->second))))
        fault(errors::changed_meanwhile, {field->label(Language::zh)}, field->name);
    }
  }
  static bool blank(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text && text->empty();
  }
  [[nodiscard]] bool rows_agree(FieldId id, const Rows& typed, const Rows* held) const {
    const auto changed = world_.lookup.rows_changed_since(before_->id, id, asked_.base);
    return std::all_of(typed.all.begin(), typed.all.end(), [&](const auto& row) {
      const auto& [number, cells] = row;
      if (number <= 0 || (changed && !changed->contains(number))) return true;   // new, or left alone by others
      const auto now = held ? held->all.find(number) : decltype(held->all.find(number)){};
      if (!held || now == held->all.end()) return cells.empty();   // both took it away
      return !cells.empty() && std::all_of(cells.begin(), cells.end(), [&](const auto& cell) {
        const auto stands = now->second.find(cell.first);
        return stands == now->second.end() ? cell.second == missing_ : stands->second == cell.second;
      });
    });
  }

  [[nodiscard]] bool editable(const Field& field) const {
    if (!before_ || !kind_.flow() || correct_) return true;
    if (clock_ != flow::none) return listed(kind_.flow()->clocks()[clock_].extend_need, field.name);
    if (step() && step()->route == flow::Route::sideways && routed_field(kind_, *step()) == &field) return true;
    if (listed(kind_.flow()->states()[before_->standing.state].edit, field.name)) return true;
    const flow::State& state = kind_.flow()->states()[before_->standing.state];
    if (!step()) return state.edit.empty() && state.kind != flow::StateKind::final;
    const bool needed = std::any_of(step()->need.begin(), step()->need.end(),
                                    [&](const flow::Need& n) { return n.field == field.name; });
    return needed || listed(step()->edit, field.name);
  }

  /// Values of a pack have been fitted where they were read; what it does not say of a field it could hold goes.
  void take_opening() {
    for (const Field& field : kind_.fields()) {
      if (!in_packs(field)) continue;
      const auto typed = asked_.typed.find(field.id);
      const auto held = after_.values.find(field.id);
      Value value = typed == asked_.typed.end() ? missing_ : typed->second;
      const Rows* had = held == after_.values.end() ? nullptr : std::get_if<Rows>(&held->second);
      if (Rows* rows = std::get_if<Rows>(&value); rows && had) rows->last = std::max(rows->last, had->last);
      if (had && value == missing_) value = Rows{.all = {}, .last = had->last};
      levels(field, value);
      store(after_.values, field.id, std::move(value));
    }
  }

  /// Values of two records of the kind have been fitted where they were typed.
  void take_merged() {
    for (const auto& [id, value] : asked_.typed) {
      const Field* field = kind_.field(id);
      if (!field) continue;
      const auto held = after_.values.find(id);
      Value all = united(held == after_.values.end() ? nullptr : &held->second, value);
      const Rows* rows = std::get_if<Rows>(&all);
      if (rows && rows->all.size() > static_cast<std::size_t>(rows_most(*field)))
        fault(errors::rows_too_many, {field->label(Language::zh), std::to_string(rows_most(*field))}, field->name);
      store(after_.values, id, std::move(all));
    }
  }

  void take_typed() {
    if (opening_) return take_opening();
    if (merge_) return take_merged();
    for (const auto& [id, value] : asked_.typed) {
      const Field* field = kind_.field(id);
      if (!field) {
        fault(errors::field_unknown, {std::to_string(id.value), "", ""}, {});
        continue;
      }
      const std::string& name = field->label(Language::zh);
      if (!field->typed())
        fault(errors::not_typed, {name}, field->name);
      else if (field->ended || !editable(*field))
        fault(errors::not_editable, {name}, field->name);
      else if (auto fitted =
                   fitting(*field, value, before_ ? &before_->values : nullptr, world_.catalogue, world_.now.date()))
        take(*field, *std::move(fitted));
      else
        for (const Diagnostic& one : fitted.error().all()) fault(*one.kind, one.arguments, field->name);
    }
  }
  /// Rows that are cleared keep the highest number ever given.
  void take(const Field& field, Value value) {
    levels(field, value);
    const auto held = after_.values.find(field.id);
    const Rows* rows = held == after_.values.end() ? nullptr : std::get_if<Rows>(&held->second);
    if (rows && value == missing_) value = Rows{.all = {}, .last = rows->last};
    store(after_.values, field.id, std::move(value));
  }
  void levels(const Field& field, const Value& value) {
    if (const auto* place = std::get_if<PlaceId>(&value); place && !field.spec.levels.empty()) {
      const auto level = world_.lookup.level_of(*place);
      if (level && std::find(field.spec.levels.begin(), field.spec.levels.end(), *level) == field.spec.levels.end())
        fault(errors::level_wrong, {field.label(Language::zh)}, field.name);
    }
    if (const Rows* rows = std::get_if<Rows>(&value))
      for (const auto& [number, row] : rows->all)
        for (const auto& [id, cell] : row) levels(*find(field.spec.rows, id), cell);
  }

  Status assign() {
    if (step())
      for (const flow::Assign& one : step()->set) {
        const Field& field = *kind_.field(one.field);
        TRY_ASSIGN(Value value, worked_out(field, one.value, RecordValues(kind_, after_, world_), world_.catalogue));
        store(after_.values, field.id, std::move(value));
      }
    const bool routed = step() && step()->route != flow::Route::stay;
    if (raise_ || (routed && flow::holds(step()->from, before_->standing.state)))   // else the guard refuses it
      TRY(pass_on(kind_, after_, before_, step(), world_));
    for (const Field& field : kind_.fields())
      if (!field.take.empty() && takes(field)) {
        const auto symbol = kind_.names().find(field.take);
        store(after_.values, field.id, RecordValues(kind_, after_, world_).raw(symbol->id).value_or(missing_));
      }
    return {};
  }
  /// A value is taken when a step is, and when an edit moves what it is taken from.
  [[nodiscard]] bool takes(const Field& field) const {
    const Field* head = kind_.field(field.take.front());
    if (!before_ || step() || opening_ || !head) return !before_ || step() || opening_;
    const auto was = before_->values.find(head->id), is = after_.values.find(head->id);
    if (was == before_->values.end() || is == after_.values.end())
      return (was == before_->values.end()) != (is == after_.values.end());
    return !(was->second == is->second);
  }

  Status rule() {
    const auto found = rules_.find(asked_.step);
    if (found == rules_.end()) return {};
    const Record none;
    TRY_ASSIGN(after_.values, found->second(before_ ? *before_ : none, after_.values, asked_, world_));
    return {};
  }

  /// Formulas see the record as the step leaves it: its state and counters first, its clocks when they have moved.
  void arrive() {
    if (!kind_.flow()) return;
    if (!before_ || opening_) after_.standing.state = begins_;
    if (!step()) return;
    if (step()->to != flow::none) after_.standing.state = step()->to;
    if (!step()->count.empty()) ++after_.standing.counts[step()->count];
  }

  Status guard() {
    if (!kind_.flow() || opening_) return {};
    const RecordValues values(kind_, after_, world_);
    if (clock_ != flow::none) extension_needs();
    if (step()) {   // a guard speaks of the state it leaves
      Record leaving = after_;
      leaving.standing = before_->standing;
      TRY(flow::possible(*kind_.flow(), before_->standing, step_, around(RecordValues(kind_, leaving, world_))));
    }
    if (before_ && !step()) return {};
    const auto has = [&](std::string_view name) {
      const Field* field = kind_.field(name);
      return field && given(after_.values, field->id);
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

  void extension_needs() {
    for (const std::string& name : kind_.flow()->clocks()[clock_].extend_need)
      if (const Field* field = kind_.field(name); field && !given(after_.values, field->id))
        fault(errors::wanted, {field->label(Language::zh)}, name);
  }

  void checks() {
    if (migrate_) return;   // nothing was typed that could be mended
    for (const Field& field : kind_.fields()) {
      if (field.need == Need::always && !field.ended && !given(after_.values, field.id))
        fault(errors::wanted, {field.label(Language::zh)}, field.name);
      if (!sealed_only(kind_.fields(), one_of(field.id)))
        fault(errors::personal_clear, {field.label(Language::zh)}, field.name);
      rows_wanted(field);
      if (field.check) hold(*field.check, field.label(Language::zh) + "：" + field.check_text, field.name);
    }
    for (const Check& check : kind_.checks()) hold(check.holds, check.text, {});
  }
  [[nodiscard]] Values one_of(FieldId id) const {
    const auto found = after_.values.find(id);
    return found == after_.values.end() ? Values{} : Values{*found};
  }
  void rows_wanted(const Field& field) {
    const auto found = after_.values.find(field.id);
    const Rows* rows = found == after_.values.end() ? nullptr : std::get_if<Rows>(&found->second);
    for (const Field& inner : field.spec.rows)
      if (rows && inner.need == Need::always && !inner.ended &&
          std::any_of(rows->all.begin(), rows->all.end(),
                      [&](const auto& row) { return !given(row.second, inner.id); }))
        fault(errors::wanted, {field.label(Language::zh) + "·" + inner.label(Language::zh)}, field.name);
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
    if (before_) mark_late(kind_, before_->standing, after_, world_.now);
    if (opening_ && before_ && before_->standing.state != begins_) {
      TRY_ASSIGN(after_.standing, flow::moved(*kind_.flow(), before_->standing, begins_, around(values)));
    } else if (!before_) {
      TRY_ASSIGN(after_.standing, flow::begun(*kind_.flow(), around(values), begins_));
    } else if (step()) {
      TRY_ASSIGN(after_.standing, flow::stepped(*kind_.flow(), before_->standing, step_, around(values)));
    } else {
      TRY_ASSIGN(after_.standing, flow::edited(*kind_.flow(), before_->standing, around(values)));
    }
    if (clock_ != flow::none) {
      TRY_ASSIGN(after_.standing, flow::extended(*kind_.flow(), after_.standing, clock_, around(values)));
    }
    mark_due(kind_, after_);
    if (!step()) return {};
    if (after_.nudge) after_.nudge->waits = false;
    after_.marks.try_emplace("first:" + step()->id, world_.now.date());
    TRY_ASSIGN(const auto kept, taken(kind_, after_, world_, asked_.step));
    for (const Contribution& one : kept) after_.kept[after_.kept.empty() ? 1 : after_.kept.rbegin()->first + 1] = one;
    return {};
  }

  const Kind& kind_;
  const Record* before_;
  const Asked& asked_;
  const World& world_;
  const Rules& rules_;
  flow::Timing timing_;
  const Value missing_ = Value(Gap::missing);
  flow::StepIndex step_ = flow::none;
  flow::StateIndex begins_ = flow::none;   ///< of a record that begins, or that a pack brings again
  flow::ClockIndex clock_ = flow::none;    ///< to be extended
  bool correct_ = false, migrate_ = false, raise_ = false, opening_ = false, merge_ = false;
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
  if (!kind.flow() || record.voided) return out;
  const RecordValues values(kind, record, world);
  const flow::Timing timing{world.calendar, {}};
  for (flow::StepIndex i = 0; i < kind.flow()->steps().size(); ++i)
    if (flow::possible(*kind.flow(), record.standing, i, {world.now, timing, world.catalogue.limits(), values}))
      out.push_back(kind.flow()->steps()[i].id);
  return out;
}

std::vector<std::string> extensible_clocks(const Kind& kind, const Record& record, const World& world) {
  std::vector<std::string> out;
  if (!kind.flow() || record.voided) return out;
  const RecordValues values(kind, record, world);
  const flow::Timing timing{world.calendar, {}};
  for (const auto& [index, clock] : record.standing.clocks)
    if (flow::extended(*kind.flow(), record.standing, index, {world.now, timing, world.catalogue.limits(), values}))
      out.push_back(kind.flow()->clocks()[index].id);
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
  Diagnostics faults = compute(kind, now, world);
  if (!faults.empty()) return fail(std::move(faults));
  return std::move(now.values);
}

}   // namespace gangmu::record
