// SPDX-License-Identifier: Apache-2.0
#include "flow/source.hpp"

namespace gangmu::flow {
namespace {

StateSource state(NamedMembers& named) {
  StateSource out{.id = named.name};
  if (named.scalar) {   // idea: open
    out.kind = *named.scalar;
    return out;
  }
  Members& m = named.members;
  out.kind = m.text("is");
  out.zh = m.optional("zh").value_or(Written{}).text;
  out.en = m.optional("en").value_or(Written{}).text;
  out.closed_outside = m.optional("o311").value_or(Written{}).text == "closed";
  out.edit = m.texts("edit");
  m.finish();
  return out;
}

std::vector<std::pair<Written, Written>> assignments(Members& m) {
  std::vector<std::pair<Written, Written>> out;
  for (auto& one : m.named("set"))
    if (one.scalar) out.emplace_back(one.name, *one.scalar);
  return out;
}

StepSource step(NamedMembers& named) {
  Members& m = named.members;
  StepSource out{.id = named.name};
  out.from = m.texts("from");
  out.to = m.optional("to").value_or(Written{});
  out.by = m.texts("by");
  out.when = m.optional("when");
  out.need = m.texts("need");
  out.set = assignments(m);
  out.edit = m.texts("edit");
  out.max = m.optional("max");
  out.count = m.optional("count");
  out.within = m.optional("within");
  out.route = m.optional("route");
  out.approve = m.optional("approve");
  out.zh = m.optional("zh").value_or(Written{}).text;
  out.en = m.optional("en").value_or(Written{}).text;
  m.finish();
  return out;
}

/// {n: 5, unit: wd}; a limit's id (xf.inform); or a formula that gives a time.
BudgetSource budget(Members& m, std::string_view key) {
  BudgetSource out;
  if (m.json(key).object()) {
    Members inside = *m.object(key);
    out.n = inside.text("n");
    out.unit = inside.text("unit");
    inside.finish();
    return out;
  }
  const Written text = m.text(key);
  (text.text.starts_with('=') ? out.formula : out.limit) = text;
  if (out.formula) out.formula->text.erase(0, 1);
  return out;
}

RungSource rung(Members& m) {
  RungSource out{.at = m.text("at")};
  out.notify = m.optional("notify");
  out.fire = m.optional("fire");
  out.raise = m.optional("raise");
  m.finish();
  return out;
}

ClockSource::Extend extension(Members m) {
  ClockSource::Extend out;
  out.by.n = m.text("n");
  out.by.unit = m.text("unit");
  out.times = m.optional("times").value_or(Written{"1", m.where()});
  out.who = m.texts("by");
  out.need = m.texts("need");
  m.finish();
  return out;
}

ClockSource clock(NamedMembers& named) {
  Members& m = named.members;
  ClockSource out{.id = named.name};
  out.start = m.texts("start");
  out.stop = m.texts("stop");
  if (m.has("budget")) out.budget = budget(m, "budget");
  out.until = m.optional("until");
  if (auto every = m.object("every")) {
    out.every = BudgetSource{};
    out.every->n = every->text("n");
    out.every->unit = every->text("unit");
    out.on = every->optional("on");
    every->finish();
  }
  out.pause_in = m.texts("pause_in");
  out.pause_on = m.optional("pause_on");
  out.when = m.optional("when");
  out.roll = m.optional("roll");
  if (auto extend = m.object("extend")) out.extend = extension(*std::move(extend));
  for (Members& one : m.objects("ladder")) out.ladder.push_back(rung(one));
  out.zh = m.optional("zh").value_or(Written{}).text;
  out.en = m.optional("en").value_or(Written{}).text;
  m.finish();
  return out;
}

}   // namespace

FlowSource read_flow(Members m, Written id, int version) {
  FlowSource out{.id = std::move(id), .version = version};
  for (auto& named : m.named("states")) out.states.push_back(state(named));
  for (auto& named : m.named("steps")) out.steps.push_back(step(named));
  for (auto& named : m.named("clocks")) out.clocks.push_back(clock(named));
  if (auto start = m.object("start")) {
    out.start_state = start->text("state");
    out.start_by = start->texts("by");
    out.start_need = start->texts("need");
    start->finish();
  } else if (!out.states.empty()) {
    out.start_state = out.states.front().id;   // the first that is written
  }
  m.finish();
  return out;
}

}   // namespace gangmu::flow
