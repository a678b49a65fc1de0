// SPDX-License-Identifier: Apache-2.0
// Source → flow: names become indexes, texts become formulas; then the proofs.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "flow/errors.hpp"
#include "flow/flow.hpp"
#include "flow/proofs.hpp"

namespace gangmu::flow {
namespace {

constexpr int times_most = 1000, span_most = 100'000, months_most = 120, days_of_month = 28;

template <class All>
std::vector<std::string> ids_of(const All& all) {
  std::vector<std::string> out;
  for (const auto& one : all) out.push_back(one.id.text);
  return out;
}

}   // namespace

class Maker {
 public:
  Maker(const FlowSource& source, const Host& host, const Limits& limits, Date today)
      : source_(source), host_(host), limits_(limits), today_(today) {}

  Result<Flow> run(const FlowLimits& most) {
    bound("状态", "states", source_.states.size(), most.states);
    bound("步骤", "steps", source_.steps.size(), most.steps);
    bound("时限", "clocks", source_.clocks.size(), most.clocks);
    if (!faults_.empty()) return gangmu::fail(std::move(faults_));
    flow_.id_ = source_.id.text;
    flow_.version_ = source_.version;
    twice(source_.states);
    twice(source_.steps);
    twice(source_.clocks);
    for (const StateSource& state : source_.states) flow_.states_.push_back(made(state));
    for (const StepSource& step : source_.steps)
      flow_.steps_.push_back({.id = step.id.text});   // clocks and steps name one another
    for (std::size_t i = 0; i < source_.steps.size(); ++i) make(source_.steps[i], flow_.steps_[i]);
    for (const ClockSource& clock : source_.clocks) {
      bound("阶梯", "rungs", clock.ladder.size(), most.rungs);
      flow_.clocks_.push_back(made(clock));
    }
    start();
    if (faults_.empty()) faults_ = unproved(flow_, source_);
    if (!faults_.empty()) return gangmu::fail(std::move(faults_));
    return std::move(flow_);
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where) {
    faults_.push_back({&kind, std::move(arguments), where});
  }
  void unknown(const ErrorKind& kind, const Written& name, const std::vector<std::string>& candidates) {
    const std::string near = text::nearest(name.text, candidates);
    fault(kind, {name.text, near.empty() ? "" : "，是否指 " + near, near.empty() ? "" : "; did you mean " + near + "?"},
          name.where);
  }
  void bound(const char* zh, const char* en, std::size_t n, int most) {
    if (n > static_cast<std::size_t>(most)) fault(errors::too_many, {zh, std::to_string(most), en}, source_.id.where);
  }
  template <class All>
  void twice(const All& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (all[i].id.text == all[j].id.text) fault(errors::named_twice, {all[i].id.text}, all[i].id.where);
  }

  StateIndex state(const Written& name) {
    for (std::size_t i = 0; i < source_.states.size(); ++i)
      if (source_.states[i].id.text == name.text) return static_cast<StateIndex>(i);
    unknown(errors::state_unknown, name, ids_of(source_.states));
    return none;
  }
  StepIndex step(const Written& name) {
    const StepIndex found = flow_.step(name.text);
    if (found == none) unknown(errors::step_unknown, name, ids_of(source_.steps));
    return found;
  }
  std::string field(const Written& name) {
    if (!host_.field(name.text)) unknown(errors::field_unknown, name, host_.fields);
    return name.text;
  }
  std::vector<std::string> parties(const std::vector<Written>& all) {
    static constexpr std::string_view own[] = {"raiser", "same_level", "both", "clock", "rule"};
    std::vector<std::string> out;
    for (const Written& one : all) {
      const bool known = std::find(std::begin(own), std::end(own), one.text) != std::end(own) || host_.party(one.text);
      if (!known) unknown(errors::party_unknown, one, host_.parties);
      out.push_back(one.text);
    }
    return out;
  }
  std::vector<std::string> fields(const std::vector<Written>& all) {
    std::vector<std::string> out;
    for (const Written& one : all) out.push_back(one.text == "*" ? one.text : field(one));
    return out;
  }

  std::optional<formula::Tree> tree(const Written& text, const std::optional<formula::Type>& wanted) {
    auto read = formula::Tree::parse(text.text, *host_.names, wanted, text.where);
    if (read) return *std::move(read);
    faults_.insert(faults_.end(), read.error().all().begin(), read.error().all().end());
    return std::nullopt;
  }
  std::optional<formula::Tree> guard(const std::optional<Written>& text) {
    return text ? tree(*text, formula::Type{.base = formula::Base::flag}) : std::nullopt;
  }

  std::optional<int> number(const Written& text, int least, int most) {
    int out = 0;
    const char* end = text.text.data() + text.text.size();
    const auto [at, error] = std::from_chars(text.text.data(), end, out);
    if (error == std::errc{} && at == end && out >= least && out <= most) return out;
    fault(errors::number_wrong, {text.text, std::to_string(least), std::to_string(most)}, text.where);
    return std::nullopt;
  }
  std::optional<Span> span(const BudgetSource& source) {
    const auto unit = time_unit(source.unit.text);
    if (!unit) fault(errors::unit_unknown, {source.unit.text}, source.unit.where);
    const auto n = number(source.n, 1, span_most);
    return unit && n ? std::optional(Span{*n, *unit}) : std::nullopt;
  }
  std::string limit(const Written& id) {
    if (!limits_.knows(id.text))
      unknown(errors::limit_unknown, id, limits_.ids());
    else if (!limits_.valid(id.text, today_))
      fault(errors::limit_not_valid, {id.text, today_.text()}, id.where);
    return id.text;
  }

  State made(const StateSource& source) {
    State out{
        .id = source.id.text, .zh = source.zh, .en = source.en, .closed_outside = source.closed_outside, .edit = {}};
    if (source.kind.text == "wait")
      out.kind = StateKind::wait;
    else if (source.kind.text == "final")
      out.kind = StateKind::final;
    else if (source.kind.text != "open")
      fault(errors::state_kind_unknown, {source.kind.text}, source.kind.where);
    out.edit = fields(source.edit);
    return out;
  }

  Need need(const Written& text) {
    const std::size_t at = text.text.find(" if ");
    if (at == std::string::npos) return {.field = field(text), .when = {}};
    Need out{.field = field({text.text.substr(0, at), text.where}), .when = {}};
    Written condition{text.text.substr(at + 4), text.where};
    if (condition.where.column > 0) condition.where.column += static_cast<int>(at) + 4;
    out.when = guard(condition);
    return out;
  }

  void make(const StepSource& source, Step& step) {
    step.zh = source.zh;
    step.en = source.en;
    for (const Written& from : source.from) {
      const StateIndex index = state(from);
      if (index == none) continue;
      if (flow_.states_[index].kind == StateKind::final) fault(errors::state_final_left, {from.text}, from.where);
      step.from.push_back(index);
    }
    if (!source.to.text.empty()) step.to = state(source.to);
    step.by = parties(source.by);
    if (step.by.empty()) fault(errors::step_actorless, {step.id}, source.id.where);
    step.when = guard(source.when);
    for (const Written& one : source.need) step.need.push_back(need(one));
    for (const auto& [name, value] : source.set) assign(step, name, value);
    step.edit = fields(source.edit);
    if (source.max) step.most = number(*source.max, 1, times_most).value_or(0);
    if (source.count) step.count = source.count->text;
    if (source.within) within(step, *source.within);
    if (source.approve) step.approve = parties({*source.approve}).front();
    if (source.route) route(step, *source.route);
  }
  void assign(Step& step, const Written& name, const Written& value) {
    if (value.text == "up") {   // {level: up}: the matter goes to the next level
      step.route = Route::up;
      return;
    }
    field(name);
    if (auto read = tree(value, host_.type(name.text))) step.set.push_back({name.text, *std::move(read)});
  }
  void within(Step& step, const Written& text) {
    const std::size_t digits = text.text.find_first_not_of("0123456789");
    if (digits == 0) {
      step.within_limit = limit(text);
      return;
    }
    step.within = span({.n = {text.text.substr(0, digits), text.where},
                        .unit = {digits == std::string::npos ? "" : text.text.substr(digits), text.where}});
  }
  void route(Step& step, const Written& text) {
    static constexpr std::pair<std::string_view, Route> routes[] = {{"lowest_competent", Route::lowest},
                                                                    {"up", Route::up},
                                                                    {"down", Route::down},
                                                                    {"sideways", Route::sideways},
                                                                    {"return", Route::back}};
    for (const auto& [name, value] : routes)
      if (name == text.text) step.route = value;
    if (step.route == Route::stay)
      unknown(errors::step_unknown, text, {"lowest_competent", "up", "down", "sideways", "return"});
  }

  void events(const std::vector<Written>& all, std::vector<StepIndex>& steps, std::vector<StateIndex>& states,
              bool& always) {
    for (const Written& one : all) {
      if (one.text == "enter" || one.text == "leave") {
        always = true;
        continue;
      }
      const StepIndex step = flow_.step(one.text);
      const StateIndex state = flow_.state(one.text);
      if (step != none) steps.push_back(step);
      if (state != none) states.push_back(state);
      if (step != none || state != none) continue;
      std::vector<std::string> candidates = ids_of(source_.steps);
      for (const std::string& id : ids_of(source_.states)) candidates.push_back(id);
      unknown(errors::event_unknown, one, candidates);
    }
  }

  ClockRule made(const ClockSource& source) {
    ClockRule out;
    out.id = source.id.text;
    out.zh = source.zh;
    out.en = source.en;
    events(source.start, out.start_steps, out.start_states, out.start_always);
    events(source.stop, out.stop_steps, out.stop_states, out.stop_always);
    if (source.stop.empty()) fault(errors::clock_unstoppable, {out.id}, source.id.where);
    if (source.start.empty()) fault(errors::clock_dead, {out.id}, source.id.where);
    time(source, out);
    for (const Written& one : source.pause_in)
      if (const StateIndex index = state(one); index != none) out.pause_in.push_back(index);
    out.pause_on = guard(source.pause_on);
    out.when = guard(source.when);
    out.roll = source.roll.has_value();
    if (source.extend) extend(*source.extend, out);
    for (const RungSource& rung : source.ladder) out.ladder.push_back(made(rung));
    return out;
  }
  void time(const ClockSource& source, ClockRule& out) {
    if (source.until) out.until = tree(*source.until, std::nullopt);
    if (source.every) {
      out.every_months = number(source.every->n, 1, months_most).value_or(0);
      out.on_day = source.on ? number(*source.on, 1, days_of_month).value_or(0) : 1;
    }
    if (source.budget && source.budget->limit)
      out.limit = limit(*source.budget->limit);
    else if (source.budget && source.budget->formula)
      out.budget_formula = tree(*source.budget->formula, std::nullopt);
    else if (source.budget)
      out.budget = span(*source.budget);
    if (!source.until && !source.every && !source.budget)
      fault(errors::clock_budget_missing, {out.id}, source.id.where);
  }
  void extend(const ClockSource::Extend& source, ClockRule& out) {
    out.extend_by = span(source.by);
    out.extend_times = number(source.times, 1, times_most).value_or(0);
    out.extend_who = parties(source.who);
    out.extend_need = fields(source.need);
  }
  Rung made(const RungSource& source) {
    Rung out{.at = rung_at(source.at)};
    if (source.notify) {
      const std::string& who = source.notify->text;
      const bool level = who == "next_level" || who == "unit_head" || who == "raiser" || who == "handler";
      out.notify = level ? who : parties({*source.notify}).front();
    }
    if (source.fire) out.fire = step(*source.fire);
    out.raise = source.raise.has_value();
    return out;
  }
  RungAt rung_at(const Written& text) {
    const std::string& at = text.text;
    if (at.ends_with('%')) {
      const auto percent = number({at.substr(0, at.size() - 1), text.where}, 1, 100);
      return {.share = true, .percent = percent.value_or(100)};
    }
    const std::size_t unit = at.find_first_not_of("0123456789", 1);
    const bool signed_ = at.starts_with('+') || at.starts_with('-');
    const auto named = unit == std::string::npos ? std::nullopt : time_unit(at.substr(unit));
    if (!signed_ || !named || unit == 1) {
      fault(errors::rung_malformed, {at}, text.where);
      return {};
    }
    const int n = number({at.substr(1, unit - 1), text.where}, 0, span_most).value_or(0);
    return {.share = false, .percent = 0, .offset = {at.starts_with('-') ? -n : n, *named}};
  }

  void start() {
    const StateIndex first = state(source_.start_state);
    if (first != none) flow_.start_ = first;
    flow_.start_by_ = parties(source_.start_by);
    for (const Written& one : source_.start_need) flow_.start_need_.push_back(need(one));
  }

  const FlowSource& source_;
  const Host& host_;
  const Limits& limits_;
  Date today_;
  Flow flow_;
  Diagnostics faults_;
};

Result<Flow> Flow::make(const FlowSource& source, const Host& host, const Limits& limits, Date today,
                        const FlowLimits& most) {
  return Maker(source, host, limits, today).run(most);
}

}   // namespace gangmu::flow
