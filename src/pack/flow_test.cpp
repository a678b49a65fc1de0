// SPDX-License-Identifier: Apache-2.0
// Flows as packs write them: each is proved when it is loaded, walked at random, and every fault has its line.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/random.hpp"
#include "base/text.hpp"
#include "flow/errors.hpp"
#include "flow/standing.hpp"
#include "pack/yaml.hpp"

namespace gangmu::pack {
namespace {

using formula::Base;
using formula::Symbol;
using formula::Type;
using formula::Value;

/// Every field of the sample flows, by type; roles are any other word.
const std::map<std::string, Type, std::less<>>& field_types() {
  static const std::map<std::string, Type, std::less<>> all = [] {
    std::map<std::string, Type, std::less<>> out;
    for (const char* name : {"code",
                             "total",
                             "permit",
                             "accept_file",
                             "reply",
                             "reason",
                             "proof",
                             "got",
                             "category",
                             "photo",
                             "photo_after",
                             "reason_code",
                             "finding_text",
                             "result_text",
                             "approval",
                             "check_photo",
                             "original_case",
                             "letter",
                             "procedure",
                             "request",
                             "facts",
                             "decision",
                             "legal_basis",
                             "agreement_text",
                             "ground",
                             "notice_both",
                             "site_record",
                             "cell_comments",
                             "item_differences",
                             "item_comments",
                             "evidence",
                             "licence",
                             "plan",
                             "group",
                             "list",
                             "agreement"})
      out[name] = {.base = Base::text};
    for (const char* name : {"start", "finish", "promised_on", "due", "done_on", "round_end", "final_day"})
      out[name] = {.base = Base::date};
    for (const char* name : {"by_grid_worker", "address_known", "hearing", "file_case", "lab_test", "reporter_named",
                             "sampled", "no_conflict"})
      out[name] = {.base = Base::flag};
    for (const char* name : {"owner", "keeper", "answerer", "giver", "taker", "unit", "checker", "handler"})
      out[name] = {.base = Base::thing, .domain = "unit"};
    for (const char* name : {"score", "agreement", "errors", "judges_present", "rank", "prizes", "rework", "grade"})
      out[name] = {.base = Base::exact, .decimals = 2};
    out["limit_days"] = {.base = Base::exact, .unit = formula::Unit::named("wd")};
    for (const char* name : {"now", "closes"}) out[name] = {.base = Base::instant};
    out["class"] = out["kind"] = {.base = Base::code, .domain = "class"};
    return out;
  }();
  return all;
}

class SampleNames : public formula::Names {
 public:
  [[nodiscard]] std::optional<Symbol> find(std::span<const std::string> path) const override {
    const auto found = field_types().find(path[0]);
    if (path.size() != 1 || found == field_types().end()) return std::nullopt;
    return Symbol{.id = 1 + std::distance(field_types().begin(), found), .type = found->second};
  }
  [[nodiscard]] std::vector<std::string> path(std::int64_t id) const override {
    return {std::next(field_types().begin(), id - 1)->first};
  }
  [[nodiscard]] std::optional<formula::Code> code(std::string_view, std::string_view text) const override {
    return text == "A" || text == "appeal_31_6" ? std::optional(formula::Code{1}) : std::nullopt;
  }
};

const std::vector<std::string> roles{"bureau",        "office",  "grid_worker", "resident",  "sensor",
                                     "hotline",       "centre",  "department",  "checker",   "petition_office",
                                     "petitioner",    "station", "village",     "town_head", "county_bureau",
                                     "city_bureau",   "clinic",  "county_team", "city_team", "province_team",
                                     "national_team", "entrant", "county",      "judges",    "answerer",
                                     "owner",         "taker",   "giver",       "unit",      "handler"};

flow::Host host() {
  static const SampleNames names;
  flow::Host out;
  out.names = &names;
  out.field = [](std::string_view name) { return name == "level" || field_types().contains(name); };
  out.party = [](std::string_view name) { return std::find(roles.begin(), roles.end(), name) != roles.end(); };
  out.type = [](std::string_view name) {
    const auto found = field_types().find(name);
    return found == field_types().end() ? std::nullopt : std::optional(found->second);
  };
  for (const auto& [name, type] : field_types()) out.fields.push_back(name);
  out.parties = roles;
  return out;
}

const flow::Limits& limits() {
  const auto row = [](const char* id, int n, flow::TimeUnit unit) {
    return flow::LimitRow{.id = id, .span = {n, unit}, .from = *Date::parse("2020-01-01")};
  };
  using enum flow::TimeUnit;
  static const flow::Limits all = *flow::Limits::of(
      {row("xf.inform", 15, d), row("xf.object", 5, wd), row("xf.handle", 60, d), row("xf.review", 30, d),
       row("xf.ask", 30, d), row("ts.accept", 7, wd), row("ts.mediate", 45, wd), row("ts.notify", 7, wd),
       row("ts.tell", 5, wd), row("ts.verify", 15, wd)});
  return all;
}

const Date day = *Date::parse("2023-06-16");

Result<flow::Flow> made(const Yaml& yaml, const std::string& name) {
  Diagnostics faults;
  const Document document(
      yaml.value, [&](std::string_view pointer) { return yaml.at(pointer); }, faults);
  const flow::FlowSource source = flow::read_flow(document.members("/" + name), {name, yaml.at("/" + name)}, 1);
  if (!faults.empty()) return gangmu::fail(std::move(faults));
  return flow::Flow::make(source, host(), limits(), day);
}

const Yaml& samples() {
  static const Yaml all = [] {
    std::ifstream file(GANGMU_SOURCE_DIR "/src/pack/fixtures/flows.yaml");
    return *read_yaml(std::string(std::istreambuf_iterator<char>(file), {}), "flows.yaml");
  }();
  return all;
}

class Filled : public formula::Values {
 public:
  explicit Filled(Random& random) : random_(random) {}
  [[nodiscard]] Value value(std::int64_t symbol) const override {
    const Type& type = std::next(field_types().begin(), symbol - 1)->second;
    switch (type.base) {
      case Base::flag: return random_.below(2) == 0;
      case Base::date: return day.plus_days(static_cast<int>(random_.below(60)));
      case Base::exact: return Decimal(static_cast<std::int64_t>(random_.below(100)), 0);
      case Base::instant: return Instant{day.days * std::int64_t{86'400'000'000}};
      case Base::thing: return formula::Thing{static_cast<std::int64_t>(random_.below(3))};
      case Base::code: return formula::Code{1};
      default: return std::string("x");
    }
  }

 private:
  Random& random_;
};

TEST(Flow, EverySampleIsProvedWhenItIsLoaded) {
  for (const auto& [name, body] : *samples().value.object()) {
    const auto flow = made(samples(), name);
    EXPECT_TRUE(flow) << name << "\n" << (flow ? "" : flow.error().text(Language::en));
  }
  EXPECT_GE(samples().value.object()->size(), 10U);
}

TEST(Flow, KeepsTheOrderInWhichItWasWritten) {
  const auto flow = made(samples(), "project_life");
  ASSERT_TRUE(flow);
  std::string order;
  for (const flow::State& state : flow->states()) order += state.id + " ";
  EXPECT_EQ(order, "idea pre building producing kept dropped ");
}

/// Steps at random, with clocks firing in between: one state at a time, a clock runs until the end, none does after it.
TEST(FlowProperty, AWalkStaysInsideItsProofs) {
  const Calendar calendar = *Calendar::of(2023, 2030, {});
  const flow::Timing timing{calendar, {}};
  for (const auto& [name, body] : *samples().value.object()) {
    const flow::Flow flow = *made(samples(), name);
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      Random random(seed);
      const Filled values(random);
      Instant now{day.days * std::int64_t{86'400'000'000}};
      flow::Standing standing = *flow::begun(flow, {now, timing, limits(), values});
      for (int i = 0; i < 40 && flow.states()[standing.state].kind != flow::StateKind::final; ++i) {
        now.micros += static_cast<std::int64_t>(random.below(86'400)) * 1'000'000;
        const flow::Around around{now, timing, limits(), values};
        const auto step = static_cast<flow::StepIndex>(random.below(flow.steps().size()));
        if (!flow::possible(flow, standing, step, around)) continue;
        const auto next = flow::stepped(flow, standing, step, around);
        ASSERT_TRUE(next) << name << " " << next.error().text(Language::en);
        const bool moved = flow.steps()[step].to == flow::none || next->state == flow.steps()[step].to;
        ASSERT_TRUE(moved);
        standing = *next;
        for (const auto& firing : flow::firings(flow, standing, timing))
          ASSERT_GE(firing.rung, standing.clocks.at(firing.clock).rungs);
      }
      if (flow.states()[standing.state].kind == flow::StateKind::final) {
        ASSERT_TRUE(standing.clocks.empty()) << name;
      }
    }
  }
}

std::vector<std::string> faults_of(std::string_view text) {
  const auto yaml = read_yaml(text, "flows/x.yaml");
  if (!yaml) return {yaml.error().text(Language::en)};
  const auto flow = made(*yaml, "x");
  std::vector<std::string> out;
  if (!flow)
    for (Diagnostic one : flow.error().all()) {
      one.where.column = 0;
      out.push_back(one.line(Language::en));
    }
  return out;
}

TEST(Flow, EveryFaultHasItsLineAndSaysWhatToWrite) {
  using All = std::vector<std::string>;
  const std::string clocks = "  clocks: {c: {start: a, stop: s, budget: {n: 5, unit: wd}}}\n";
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: final}\n  steps: {s: {from: a, to: b, by: office}}\n" + clocks),
            All{});
  EXPECT_EQ(
      faults_of("x:\n  states: {a: open, b: final, c: open}\n  steps:\n    s: {from: a, to: b, by: office}\n" + clocks),
      All{"flows/x.yaml:2: no step leads to state 'c': add one, or take the state away"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: open}\n  steps: {s: {from: a, to: b, by: office}}\n" + clocks),
            All{"flows/x.yaml:2: state 'b' is not final and no step leaves it"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: open, c: final}\n  steps:\n    s: {from: a, to: b, by: office}\n    "
                      "t: {from: b, to: c, by: office}\n" +
                      clocks),
            All{"flows/x.yaml:2: no clock runs in state 'b' when it is reached by s: add a clock, or let one go on"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: final}\n  steps:\n    s: {from: a, to: c, by: offic}\n" + clocks),
            (All{"flows/x.yaml:4: there is no state 'c'",
                 "flows/x.yaml:4: 'offic' is no role, no field that names somebody, and not raiser, clock or rule; did "
                 "you mean office?"}));
  EXPECT_EQ(
      faults_of("x:\n  states: {a: open, b: final}\n  steps:\n    s: {from: a, to: b, by: office, when: \"total\"}\n" +
                clocks),
      All{"flows/x.yaml:4: yes or no is wanted here, not a text"});
  EXPECT_EQ(
      faults_of("x:\n  states: {a: open, b: final}\n  steps:\n    s: {from: a, to: b, by: office, needs: [reason]}\n" +
                clocks),
      All{"flows/x.yaml:4: the key 'needs' is not known here; write need"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: final}\n  steps: {s: {from: a, to: b, by: office}}\n"
                      "  clocks: {c: {start: a, stop: s, budget: xf.infrom}}\n"),
            All{"flows/x.yaml:4: the table of limits has no 'xf.infrom'; did you mean xf.inform?"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: open, c: final}\n  steps:\n    s: {from: a, to: b, by: clock}\n    "
                      "t: {from: b, to: a, by: rule}\n    u: {from: a, to: c, by: office}\n"
                      "  clocks: {c: {start: a, stop: u, budget: {n: 5, unit: wd}}}\n"),
            All{"flows/x.yaml:5: s → t go round by themselves without a person: give one of them a max, or a person"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: final}\n  steps:\n    s: {from: a, to: b, by: rule, when: "
                      "\"sampled\"}\n    t: {from: a, to: b, by: rule, when: \"hearing\"}\n"
                      "  clocks: {c: {start: a, stop: s, budget: {n: 5, unit: days}}}\n"),
            All{"flows/x.yaml:6: the unit of a clock is d, wd, h, wh or min, not 'days'"});
  EXPECT_EQ(faults_of("x:\n  states: {a: open, b: final}\n  steps:\n    s: {from: a, to: b, by: rule, when: "
                      "\"sampled\"}\n    t: {from: a, to: b, by: rule, when: \"hearing\"}\n" +
                      clocks),
            All{"flows/x.yaml:5: in state 'a' the automatic steps s and t may both hold: let one guard be the opposite "
                "of the other"});
  EXPECT_EQ(
      faults_of("x:\n  states: {a: open, b: final}\n  steps: {s: {from: a, to: b, by: office}}\n"
                "  clocks: {c: {start: a, stop: s, budget: {n: 5, unit: wd}, ladder: [{at: 100%, fire: s}]}}\n"),
      All{"flows/x.yaml:4: clock 'c' fires 's', which is not taken by clock or can't start where the clock runs"});
}

TEST(Flow, AnObstacleIsLiftedWhenItsAnswerIsLate) {
  const Calendar calendar = *Calendar::of(2023, 2024, {});
  const flow::Timing timing{calendar, {}};
  Random random(1);
  const Filled values(random);
  const flow::Flow flow = *made(samples(), "obstacle");
  const auto at = [](const char* text) { return *Instant::parse(std::string(text) + "T09:00:00+08:00"); };
  flow::Standing standing = *flow::begun(flow, {at("2023-06-05"), timing, limits(), values});
  auto next = flow::firings(flow, standing, timing);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].at.text(), "2023-06-13T00:00:00+08:00");
  const flow::StepIndex lift = flow.step("lift");
  EXPECT_EQ(flow.clocks()[next[0].clock].ladder[0].fire, lift);
  standing = flow::fired(standing, next[0]);
  EXPECT_TRUE(flow::firings(flow, standing, timing).empty()) << "a rung fires once";
  for (int i = 0; i < 2; ++i) {
    const flow::Around around{next[0].at, timing, limits(), values};
    ASSERT_TRUE(flow::possible(flow, standing, lift, around));
    standing = *flow::stepped(flow, standing, lift, around);
    EXPECT_EQ(standing.clocks.at(flow.clock("answer")).run, i + 2) << "the clock runs anew on the one above";
  }
  const auto third = flow::possible(flow, standing, lift, {next[0].at, timing, limits(), values});
  ASSERT_FALSE(third);
  EXPECT_TRUE(third.error().is(flow::errors::step_used_up));
}

}   // namespace
}   // namespace gangmu::pack
