// SPDX-License-Identifier: Apache-2.0
#include "flow/standing.hpp"

#include <algorithm>

#include "flow/errors.hpp"

namespace gangmu::flow {
namespace {

using formula::Value;

Result<bool> yes(const std::optional<formula::Tree>& tree, const Around& around, bool without) {
  if (!tree) return without;
  TRY_ASSIGN(const Value value, formula::evaluate(*tree, around.values));
  return value == Value(true);
}

/// A date ends with its day; an instant is itself.
std::optional<Instant> due_of(const Value& value) {
  if (const Date* day = std::get_if<Date>(&value)) return end_of(*day);
  if (const Instant* at = std::get_if<Instant>(&value)) return *at;
  return std::nullopt;
}

std::optional<Span> span_of(const Value& value, const formula::Type& type) {
  const Decimal* n = std::get_if<Decimal>(&value);
  if (!n) return std::nullopt;
  const auto whole = n->rescaled(0);
  if (!whole) return std::nullopt;
  static constexpr std::pair<std::string_view, TimeUnit> units[] = {
      {"天", TimeUnit::d}, {"工作日", TimeUnit::wd}, {"小时", TimeUnit::h}, {"工作小时", TimeUnit::wh}};
  for (const auto& [name, unit] : units)
    if (type.unit.is(name)) return Span{whole->units(), unit};
  return Span{whole->units(), TimeUnit::d};
}

/// The n-th day of the month that lies `months` after this one.
Instant next_month(Instant now, int months, int day) {
  const Date today = now.date();
  const int index = today.year() * 12 + today.month() - 1 + (today.day() < day && months == 1 ? 0 : months);
  return end_of(*Date::of(index / 12, index % 12 + 1, day));
}

class Mover {
 public:
  Mover(const Flow& flow, Standing standing, const Around& around)
      : flow_(flow), out_(std::move(standing)), around_(around) {}

  Result<Standing> enter(StateIndex to, StepIndex by) {
    out_.state = to;
    out_.entered = around_.now;
    const bool ends = flow_.states()[to].kind == StateKind::final;
    for (ClockIndex i = 0; i < flow_.clocks().size(); ++i) {
      const ClockRule& rule = flow_.clocks()[i];
      const bool stops = rule.stop_always || holds(rule.stop_states, to) || (by != none && holds(rule.stop_steps, by));
      const bool starts =
          rule.start_always || holds(rule.start_states, to) || (by != none && holds(rule.start_steps, by));
      if (stops || ends) out_.clocks.erase(i);
      if (starts && !ends) TRY(start(i, rule));
    }
    return pauses();
  }

  /// Pauses and resumes by state and by `pause_on`, and moves clocks that follow a field's day.
  Result<Standing> pauses() {
    for (auto& [i, clock] : out_.clocks) {
      const ClockRule& rule = flow_.clocks()[i];
      TRY_ASSIGN(const bool on, yes(rule.pause_on, around_, false));
      const bool pause = on || holds(rule.pause_in, out_.state);
      clock = pause ? paused(clock, around_.now, around_.timing) : resumed(clock, around_.now, around_.timing);
      if (!rule.until) continue;
      TRY_ASSIGN(const Value due, formula::evaluate(*rule.until, around_.values));
      clock.due = due_of(due);
    }
    return std::move(out_);
  }

 private:
  Status start(ClockIndex i, const ClockRule& rule) {
    TRY_ASSIGN(const bool wanted, yes(rule.when, around_, true));
    if (!wanted) return {};
    TRY_ASSIGN(std::optional<ClockState> clock, made(rule));
    if (!clock) return {};
    clock->run = ++out_.runs[i];
    out_.clocks[i] = *clock;
    return {};
  }
  Result<std::optional<ClockState>> made(const ClockRule& rule) {
    if (rule.every_months > 0)
      return started_until(next_month(around_.now, rule.every_months, rule.on_day), around_.now);
    if (rule.until) {
      TRY_ASSIGN(const Value value, formula::evaluate(*rule.until, around_.values));
      ClockState out = started_until({}, around_.now);
      out.due = due_of(value);   // a day not yet agreed on: the clock stands without a due moment
      return out;
    }
    TRY_ASSIGN(const auto budget, budget_of(rule));
    if (!budget) return std::optional<ClockState>{};
    return started(*budget, rule.roll, around_.now, around_.timing);
  }
  Result<std::optional<Span>> budget_of(const ClockRule& rule) {
    if (rule.budget) return rule.budget;
    if (!rule.limit.empty()) {
      const LimitRow* row = around_.limits.valid(rule.limit, around_.now.date());
      if (!row) return gangmu::fail(errors::limit_not_valid, {rule.limit, around_.now.date().text()});
      return std::optional(row->span);
    }
    TRY_ASSIGN(const Value value, formula::evaluate(*rule.budget_formula, around_.values));
    return span_of(value, rule.budget_formula->type());
  }

  const Flow& flow_;
  Standing out_;
  const Around& around_;
};

Status in_time(const Standing& standing, const Step& step, const Around& around) {
  std::optional<Span> span = step.within;
  if (!step.within_limit.empty()) {
    const LimitRow* row = around.limits.valid(step.within_limit, standing.entered.date());
    if (!row) return gangmu::fail(errors::limit_not_valid, {step.within_limit, standing.entered.date().text()});
    span = row->span;
  }
  if (!span) return {};
  const auto last = later(standing.entered, span->quanta(), span->unit, false, around.timing);
  if (last && around.now >= *last)
    return gangmu::fail(errors::too_late,
                        {step.zh.empty() ? step.id : step.zh, Instant{last->micros - 1}.date().text()});
  return {};
}

/// Where a matter comes to a state by no step, it is as if the first step that leads there had been taken.
StepIndex leading_to(const Flow& flow, StateIndex at) {
  for (StepIndex i = 0; at != flow.start() && i < flow.steps().size(); ++i)
    if (flow.steps()[i].to == at) return i;
  return none;
}

}   // namespace

Result<Standing> begun(const Flow& flow, const Around& around, StateIndex at) {
  return Mover(flow, {}, around).enter(at, leading_to(flow, at));
}

Status possible(const Flow& flow, const Standing& standing, StepIndex index, const Around& around) {
  const Step& step = flow.steps()[index];
  const State& state = flow.states()[standing.state];
  const std::string name = step.zh.empty() ? step.id : step.zh;
  if (!holds(step.from, standing.state))
    return gangmu::fail(errors::step_not_here, {state.zh.empty() ? state.id : state.zh, name});
  const auto used = standing.used.find(index);
  if (step.most > 0 && used != standing.used.end() && used->second >= step.most)
    return gangmu::fail(errors::step_used_up, {name, std::to_string(step.most)});
  TRY(in_time(standing, step, around));
  TRY_ASSIGN(const bool holds_good, yes(step.when, around, true));
  if (!holds_good) return gangmu::fail(errors::step_guarded, {name, step.id});
  return {};
}

Result<std::vector<std::string>> unmet(std::span<const Need> needs, const Around& around,
                                       const std::function<bool(std::string_view)>& has) {
  std::vector<std::string> out;
  for (const Need& need : needs) {
    TRY_ASSIGN(const bool wanted, yes(need.when, around, true));
    if (wanted && !has(need.field)) out.push_back(need.field);
  }
  return out;
}

Result<Standing> stepped(const Flow& flow, const Standing& standing, StepIndex index, const Around& around) {
  const Step& step = flow.steps()[index];
  Standing next = standing;
  if (step.most > 0) ++next.used[index];
  if (!step.count.empty()) ++next.counts[step.count];
  return Mover(flow, std::move(next), around).enter(step.to == none ? standing.state : step.to, index);
}

Result<Standing> edited(const Flow& flow, const Standing& standing, const Around& around) {
  return Mover(flow, standing, around).pauses();
}

Result<Standing> moved(const Flow& flow, const Standing& standing, StateIndex to, const Around& around) {
  Standing next = standing;
  next.clocks.clear();
  return Mover(flow, std::move(next), around).enter(to, leading_to(flow, to));
}

Result<Standing> extended(const Flow& flow, const Standing& standing, ClockIndex index, const Around& around) {
  const ClockRule& rule = flow.clocks()[index];
  const std::string name = rule.zh.empty() ? rule.id : rule.zh;
  const auto found = standing.clocks.find(index);
  if (found == standing.clocks.end()) return gangmu::fail(errors::clock_not_running, {name});
  std::optional<Span> by = rule.extend_by;
  int times = rule.extend_times;
  if (const LimitRow* row = rule.limit.empty() ? nullptr : around.limits.valid(rule.limit, around.now.date());
      row && row->extension) {
    by = row->extension;
    times = row->extensions;
  }
  if (!by || found->second.extensions >= times)
    return gangmu::fail(errors::extended_enough, {name, std::to_string(times), by ? by->text() : "0"});
  Standing out = standing;
  out.clocks[index] = extended(found->second, *by, around.timing);
  return out;
}

std::vector<Firing> firings(const Flow& flow, const Standing& standing, const Timing& timing) {
  std::vector<Firing> out;
  for (const auto& [i, clock] : standing.clocks) {
    const auto& ladder = flow.clocks()[i].ladder;
    for (std::size_t rung = static_cast<std::size_t>(clock.rungs); rung < ladder.size(); ++rung)
      if (const auto at = moment(clock, ladder[rung].at, timing))
        out.push_back({*at, i, clock.run, static_cast<int>(rung)});
  }
  std::sort(out.begin(), out.end());
  return out;
}

Standing fired(Standing standing, const Firing& firing) {
  const auto found = standing.clocks.find(firing.clock);
  if (found != standing.clocks.end() && found->second.run == firing.run)
    found->second.rungs = std::max(found->second.rungs, firing.rung + 1);
  return standing;
}

Standing refreshed(Standing standing, const Timing& timing) {
  for (auto& [i, clock] : standing.clocks) clock = refreshed(clock, timing);
  return standing;
}

}   // namespace gangmu::flow
