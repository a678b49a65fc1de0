// SPDX-License-Identifier: Apache-2.0
// Kinds as packs write them: proved together, every fault with its line; and random histories of their records, of
// which applied events give what was stored, derived values are what was stored, and contributions add up to a scan.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/random.hpp"
#include "pack/yaml.hpp"
#include "record/decide.hpp"
#include "record/errors.hpp"
#include "record/tally.hpp"

namespace gangmu::pack {
namespace {

using record::FieldId;
using record::Value;

std::string fixture() {
  std::ifstream file(GANGMU_SOURCE_DIR "/src/pack/fixtures/kinds.yaml");
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<std::shared_ptr<const record::Catalogue>> catalogue_of(std::string_view text) {
  TRY_ASSIGN(const Yaml yaml, read_yaml(text, "kinds/x.yaml"));
  Diagnostics faults;
  const Document document(
      yaml.value, [&](std::string_view pointer) { return yaml.at(pointer); }, faults);
  Members top = document.members("");
  record::Around around;
  around.roles = {"town", "bureau", "office", "village", "units"};
  around.indicators = {"proj.invest_done", "proj.big", "proj.started", "obst.due", "obst.on_time"};
  around.lines = {"agriculture", "commerce"};
  around.today = *Date::parse("2023-06-16");
  if (auto codes = top.object("codes"))
    for (auto& one : top.named("codes")) around.lists[one.name.text] = record::read_codes(*codes, one.name.text);
  for (auto& one : top.named("flows")) around.flows[one.name.text] = flow::read_flow(one.members, one.name, 1);
  std::vector<record::KindSource> kinds;
  for (auto& one : top.named("kinds"))
    kinds.push_back(record::numbered(record::read_kind(one.members, one.name), nullptr));
  if (!faults.empty()) return fail(std::move(faults));
  return record::Catalogue::make(std::move(kinds), std::move(around));
}

const record::Catalogue& catalogue() {
  static const auto all = [] {
    auto made = catalogue_of(fixture());
    EXPECT_TRUE(made) << made.error().text(Language::en);
    return *made;
  }();
  return *all;
}

const Calendar& calendar() {
  static const Calendar all = *Calendar::of(2023, 2026, {});
  return all;
}

class Register : public record::Lookup {
 public:
  std::map<record::RecordId, record::Record> records;
  void referring(std::string_view kind, FieldId field, const record::RecordId& id,
                 const std::function<void(const record::Record&)>& each) const override {
    for (const auto& [own, one] : records) {
      const auto value = one.values.find(field);
      if (own.kind == kind && value != one.values.end() && value->second == Value(id)) each(one);
    }
  }
  [[nodiscard]] const record::Record* referred(const record::RecordId& id) const override {
    const auto found = records.find(id);
    return found == records.end() ? nullptr : &found->second;
  }
  std::set<FieldId> changed;
  [[nodiscard]] std::set<FieldId> changed_since(const record::RecordId&, Seq) const override { return changed; }
};

Instant at(std::string_view day) { return *Instant::parse(std::string(day) + "T09:00:00+08:00"); }

struct Desk {
  Register all;
  record::Actor actor{.who = {record::Who::Kind::unit, "town-office"}};
  Instant now = at("2023-06-16");
  [[nodiscard]] record::World world() const {
    return {now, catalogue(), calendar(), actor, all, {"agriculture", "commerce"}};
  }
  [[nodiscard]] FieldId id(std::string_view kind, std::string_view field) const {
    return catalogue().find(kind)->field(field)->id;
  }

  Result<record::Event> act(const record::RecordId& which, record::Asked asked) {
    const record::Kind& kind = *catalogue().find(which.kind);
    const auto found = all.records.find(which);
    const record::Record* before = found == all.records.end() ? nullptr : &found->second;
    auto event = record::decide(kind, before, which, asked, world());
    if (!event) return event;
    const Json document = record::applied(before ? record::document_of(kind, *before) : Json(), *event);
    record::Record after = *record::record_of(kind, which, document);
    after.seq = Seq{before ? before->seq.value + 1 : 1};
    all.records[which] = after;
    return event;
  }
};

const record::RecordId project{PlaceId{7}, "project", 1};
const record::RecordId obstacle{PlaceId{7}, "obstacle", 1};

record::Values bridge(const Desk& desk) {
  return {{desk.id("project", "name"), Value(std::string("示例桥"))},
          {desk.id("project", "place"), Value(PlaceId{71})}};
}

std::string text_of(const Desk& desk, const record::RecordId& which, std::string_view field) {
  const record::Field& of = *catalogue().find(which.kind)->field(field);
  const auto& values = desk.all.records.at(which).values;
  const auto found = values.find(of.id);
  return found == values.end() ? "missing" : record::json_of(of, found->second).canonical();
}

TEST(Kind, TheSamplesAreProvedTogether) {
  const record::Kind& kind = *catalogue().find("project");
  EXPECT_EQ(kind.fields().size(), 17U);
  EXPECT_EQ(kind.flow()->states()[0].id, "idea");
  EXPECT_EQ(kind.tallies().size(), 3U);
  EXPECT_TRUE(kind.field("pct")->stored_computed());
  EXPECT_FALSE(kind.field("open_obstacles")->stored_computed()) << "it rests on other records and is read, not stored";
}

TEST(Kind, AProjectGoesFromIdeaToBuilding) {
  Desk desk;
  ASSERT_TRUE(desk.act(project, {.step = "create", .typed = bridge(desk)}));
  record::Values typed{{desk.id("project", "total"), Value(Decimal(20'000'000'000, 2))}};
  const auto early = desk.act(project, {.step = "adopt", .typed = typed});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().all().size(), 2U) << "code and owner are both told: " << early.error().text(Language::en);
  typed[desk.id("project", "code")] = Value(std::string("2306-990000-04-01-000001"));
  typed[desk.id("project", "owner")] = Value(record::Who{record::Who::Kind::unit, "bureau"});
  ASSERT_TRUE(desk.act(project, {.step = "adopt", .typed = typed}));
  record::Rows months;
  const auto& rows = catalogue().find("project")->field("done")->spec.rows;
  months.all[0] = {{rows[0].id, Value(Period::of_month(2023, 5))}, {rows[1].id, Value(Decimal(5'000'000'000, 2))}};
  const auto report = desk.act(project, {.step = "edit", .typed = {{desk.id("project", "done"), Value(months)}}});
  ASSERT_TRUE(report) << report.error().text(Language::en);
  EXPECT_EQ(text_of(desk, project, "pct"), "\"25.0\"");
  ASSERT_EQ(report->tallies.size(), 1U);
  EXPECT_EQ(report->tallies[0].indicator, "proj.invest_done");
  EXPECT_EQ(report->tallies[0].when, "202305");
  EXPECT_EQ(report->tallies[0].units, 5'000'000'000);
  const auto twice = desk.act(project, {.step = "edit", .typed = {{desk.id("project", "done"), Value(months)}}});
  ASSERT_FALSE(twice) << "one row a month";
  EXPECT_TRUE(twice.error().is(record::errors::row_twice));
}

TEST(Kind, AnObstacleAnsweredLateIsSoForGood) {
  Desk desk;
  ASSERT_TRUE(desk.act(project, {.step = "create", .typed = bridge(desk)}));
  const record::Values raised{{desk.id("obstacle", "text"), Value(std::string("缺用地指标"))},
                              {desk.id("obstacle", "project"), Value(project)},
                              {desk.id("obstacle", "place"), Value(PlaceId{71})},
                              {desk.id("obstacle", "kind"), Value(record::Codes{{"land"}})},
                              {desk.id("obstacle", "answerer"), Value(record::Who{record::Who::Kind::unit, "bureau"})}};
  const auto begun = desk.act(obstacle, {.step = "create", .typed = raised});
  ASSERT_TRUE(begun);
  ASSERT_EQ(begun->tallies.size(), 1U) << "it is due on a day that is known from the start; in time it is not yet";
  EXPECT_EQ(begun->tallies[0].indicator, "obst.due");
  EXPECT_EQ(begun->tallies[0].when, "20230623");
  desk.now = at("2023-06-27");
  const auto answered =
      desk.act(obstacle, {.step = "answer",
                          .typed = {{desk.id("obstacle", "reply"), Value(std::string("七月下达"))},
                                    {desk.id("obstacle", "promised_on"), Value(*Date::parse("2023-07-31"))}}});
  ASSERT_TRUE(answered) << answered.error().text(Language::en);
  const auto& marks = desk.all.records.at(obstacle).marks;
  EXPECT_EQ(marks.at("due:answer").text(), "2023-06-23");
  EXPECT_TRUE(marks.contains("late:answer"));
  EXPECT_TRUE(answered->tallies.empty()) << "it stays due on that day, and was not on time";
  EXPECT_EQ(desk.all.records.at(obstacle).standing.clocks.begin()->second.due->text(), "2023-08-01T00:00:00+08:00");
  ASSERT_TRUE(desk.act(obstacle, {.step = "accept"}));
  EXPECT_TRUE(desk.all.records.at(obstacle).standing.clocks.empty());
}

TEST(Kind, TwoPeopleAtOneRecordAreToldByField) {
  Desk desk;
  ASSERT_TRUE(desk.act(project, {.step = "create", .typed = bridge(desk)}));
  desk.all.records[project].seq = Seq{5};
  desk.all.changed = {desk.id("project", "name")};
  const auto clash = desk.act(
      project,
      {.step = "edit", .typed = {{desk.id("project", "name"), Value(std::string("另一座桥"))}}, .base = Seq{3}});
  ASSERT_FALSE(clash);
  EXPECT_TRUE(clash.error().is(record::errors::changed_meanwhile));
  EXPECT_TRUE(desk.act(
      project, {.step = "edit", .typed = {{desk.id("project", "total"), Value(Decimal(1, 0))}}, .base = Seq{3}}))
      << "another field: both are kept";
}

/// Random acts on random records: what events give when applied one by one is the record; today's rules derive what was
/// stored; contributions of all events add up to those of the records as they stand.
TEST(KindProperty, HistoriesAddUp) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    Desk desk;
    std::map<record::RecordId, Json> applied;
    std::map<std::tuple<std::string, std::int64_t, std::string>, std::int64_t> sums;
    int accepted = 0;
    for (int i = 0; i < 120; ++i) {
      desk.now.micros += static_cast<std::int64_t>(random.below(4 * 86'400)) * 1'000'000;
      record::RecordId which = random.below(2) == 0 ? project : obstacle;
      which.number = 1 + static_cast<std::int64_t>(random.below(3));
      const record::Kind& kind = *catalogue().find(which.kind);
      record::Asked asked{.step = "edit"};
      if (!desk.all.records.contains(which))
        asked.step = "create";
      else if (random.below(2) == 0)
        asked.step = kind.flow()->steps()[random.below(kind.flow()->steps().size())].id;
      for (const record::Field& field : kind.fields()) {
        if (!field.typed() || random.below(asked.step == "create" ? 1 : 3) != 0) continue;
        Value value = Value(record::Gap::missing);
        switch (field.type) {
          case record::Type::code: value = "2306-990000-04-01-00000" + std::to_string(random.below(9)); break;
          case record::Type::text: value = std::string("x") + std::to_string(random.below(9)); break;
          case record::Type::money: value = Decimal(static_cast<std::int64_t>(random.below(30'000'000'000)), 2); break;
          case record::Type::date: value = desk.now.date().plus_days(static_cast<int>(random.below(90))); break;
          case record::Type::place: value = PlaceId{static_cast<std::int64_t>(70 + random.below(3))}; break;
          case record::Type::who:
            value = record::Who{record::Who::Kind::unit, "u" + std::to_string(random.below(3))};
            break;
          case record::Type::ref:
            value = record::RecordId{PlaceId{7}, "project", 1 + static_cast<std::int64_t>(random.below(3))};
            break;
          case record::Type::file: value = record::FileRef{"sha256:00", "a.pdf", "application/pdf", 9}; break;
          case record::Type::person: value = record::Sealed{"c2VhbGVk"}; break;
          case record::Type::choice: value = record::Codes{{"land"}}; break;
          case record::Type::rows: {
            record::Rows rows;
            if (field.name == "done")
              rows.all[0] = {
                  {field.spec.rows[0].id, Value(Period::of_month(2023, 1 + static_cast<int>(random.below(12))))},
                  {field.spec.rows[1].id, Value(Decimal(static_cast<std::int64_t>(random.below(1'000'000)), 2))}};
            value = rows;
            break;
          }
          default: break;
        }
        asked.typed[field.id] = value;
      }
      const auto event = desk.act(which, asked);
      if (!event) continue;
      ++accepted;
      const auto again = record::event_of(*Json::parse(event->json().canonical()));
      ASSERT_TRUE(again) << "an event is read back from its canonical form";
      ASSERT_EQ(again->json(), event->json());
      applied[which] = record::applied(applied[which], *again);
      record::Record now = desk.all.records.at(which);
      now.seq = {};
      ASSERT_EQ(applied[which], record::document_of(kind, now)) << which.text();
      const auto derived = record::derived(kind, now, desk.world());
      ASSERT_TRUE(derived);
      ASSERT_TRUE(*derived == now.values) << which.text();
      for (const auto& one : event->tallies) sums[{one.indicator, one.place.value, one.when}] += one.units;
    }
    EXPECT_GT(accepted, 20) << seed;
    std::map<std::tuple<std::string, std::int64_t, std::string>, std::int64_t> scanned;
    for (const auto& [which, one] : desk.all.records) {
      const auto told = record::contributions(*catalogue().find(which.kind), one, desk.world());
      for (const auto& c : told->all) scanned[{c.indicator, c.place.value, c.when}] += c.units;
    }
    std::erase_if(sums, [](const auto& cell) { return cell.second == 0; });
    EXPECT_EQ(sums, scanned) << seed;
  }
}

std::vector<std::string> faults_in(std::string from, std::string to) {
  std::string text = fixture();
  const std::size_t where = text.find(from);
  EXPECT_NE(where, std::string::npos) << from;
  text.replace(where, from.size(), to);
  const auto made = catalogue_of(text);
  std::vector<std::string> out;
  if (!made)
    for (const Diagnostic& one : made.error().all()) out.push_back(one.text(Language::en));
  return out;
}

TEST(Kind, EveryFaultSaysWhatToWrite) {
  using All = std::vector<std::string>;
  EXPECT_EQ(faults_in("type: money, zh: 总投资", "type: mony, zh: 总投资"),
            All{"there is no type 'mony'; did you mean money?"});
  EXPECT_EQ(faults_in("{type: person, personal: true}", "{type: person}"),
            All{"field 'contact' names a person: write personal: true"});
  EXPECT_EQ(faults_in("\"sum(done.amount)\"", "\"sum(done.amount) + pct * 1元\""),
            All{"computed fields go round: project.done_sum → project.pct → project.done_sum"});
  EXPECT_EQ(faults_in("to: project, inverse", "to: projct, inverse"),
            (All{"there is no kind 'projct'; did you mean project?"}));
  EXPECT_EQ(faults_in("list: need}\n      answerer", "list: neeed}\n      answerer"),
            All{"there is no code list 'neeed'; did you mean need?"});
  EXPECT_EQ(faults_in("flow: obstacle@1", "flow: obstacle@2"),
            All{"there is no flow 'obstacle@2'; did you mean obstacle@1?"});
  EXPECT_EQ(faults_in("to: obst.due,", "to: obst.deu,"),
            All{"there is no indicator 'obst.deu'; did you mean obst.due?"});
  EXPECT_EQ(faults_in("date: at_end", "date: someday"),
            All{"tally 'proj.big' needs a date: a date field, first(step), each(step), due(clock) or at_end"});
  EXPECT_EQ(faults_in("finish >= start", "contact == start"),
            All{"'contact' is personal; an expression may only ask whether it is there: has(contact)"});
  EXPECT_EQ(faults_in("key: [code]", "key: [open_obstacles]"),
            All{"'open_obstacles' changes with other records and can't stand in a key, tally or right; take it into a "
                "field first"});
  EXPECT_EQ(faults_in("show: 万元, min: 0", "show: 万元, mim: 0"), All{"the key 'mim' is not known here; write min"});
}

}   // namespace
}   // namespace gangmu::pack
