// SPDX-License-Identifier: Apache-2.0
// Random kinds × random histories: whatever is declared and done, events applied are the record, rules derive what is
// stored, contributions add up to a scan, and nothing personal stands in clear.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "record/desk_test.hpp"
#include "record/ways_out.hpp"

namespace gangmu::record::testing {
namespace {

Json parsed(std::string_view text) { return *Json::parse(text); }

/// Three flows, of which kinds take one or none: a life without surprises, an answer with a clock that lifts it, and
/// visits.
const char* flows = R"j([
 {"id": "life@1",
  "states": [{"id": "idea", "is": "open"}, {"id": "work", "is": "open", "edit": "*"}, {"id": "done", "is": "final"}],
  "steps": [{"id": "begin", "from": "idea", "to": "work", "by": "office", "edit": "*"},
            {"id": "back", "from": "work", "to": "idea", "by": "office", "count": "rework", "edit": "*"},
            {"id": "finish", "from": "work", "to": "done", "by": "office", "need": ["d0"], "edit": "*"}],
  "clocks": [{"id": "answer", "start": ["idea", "work"], "stop": ["leave", "finish"], "budget": {"n": 30, "unit": "d"}}]},
 {"id": "reply@1",
  "states": [{"id": "raised", "is": "open", "edit": "*"}, {"id": "told", "is": "wait"}, {"id": "shut", "is": "final"}],
  "steps": [{"id": "lift", "from": "raised", "to": "raised", "by": ["office", "clock"], "max": 2},
            {"id": "reply", "from": "raised", "to": "told", "by": "office", "need": ["n0 if n1 > 5"], "edit": "*",
             "set": {"d0": "today()"}},
            {"id": "refuse", "from": "told", "to": "raised", "by": "raiser", "count": "rework"},
            {"id": "accept", "from": "told", "to": "shut", "by": "raiser"}],
  "clocks": [{"id": "answer", "start": ["raised", "refuse"], "stop": ["reply"], "budget": {"n": 5, "unit": "wd"},
              "pause_on": "n1 > 90", "ladder": [{"at": "100%", "fire": "lift"}]},
             {"id": "word", "start": "reply", "stop": ["accept", "refuse"], "until": "d0"}]},
 {"id": "visit@1",
  "states": [{"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
  "steps": [{"id": "visit", "from": "open", "by": "office", "count": "rework", "edit": "*"},
            {"id": "close", "from": "open", "to": "shut", "by": "office"}],
  "clocks": [{"id": "answer", "start": "enter", "stop": "close", "budget": {"n": 1, "unit": "wh"}},
             {"id": "monthly", "start": "visit", "stop": "close", "every": {"n": 1, "unit": "month", "on": 5}}]}
])j";

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Json declared() {
    Json out;
    out.set("codes",
            parsed(R"j({"sort": {"a": "甲", "b": "乙", "c": {"zh": "丙", "until": "2023-12-31", "into": "a"}}})j"));
    out.set("flows", parsed(flows));
    out.set("indicators",
            parsed(R"j(["i.count", "i.sum", "i.rows", "i.due", "i.kept", "i.stock", "i.each", "i.first"])j"));
    Json::Array kinds;
    kinds.push_back(kind("one", "two"));
    kinds.push_back(kind("two", "one"));
    out.set("kinds", Json(std::move(kinds)));
    return out;
  }

 private:
  bool chance(int percent) { return random_.below(100) < static_cast<std::uint64_t>(percent); }
  std::string pick(std::initializer_list<const char*> all) { return all.begin()[random_.below(all.size())]; }

  Json kind(const std::string& id, const std::string& other) {
    flow_ = pick({"", "life@1", "reply@1", "visit@1"});
    Json fields;
    const auto add = [&](const std::string& name, Json field) { fields.set(name, std::move(field)); };
    add("place", parsed(R"j({"type": "place"})j"));
    add("n0", parsed(R"j({"type": "number", "unit": "亩", "decimals": 2, "na": true})j"));
    add("n1", parsed(R"j({"type": "number"})j"));
    add("d0", parsed(R"j({"type": "date"})j"));
    add("cash", parsed(R"j({"type": "money"})j"));
    add("to", parsed(R"j({"type": "ref", "to": ")j" + other + R"j("})j"));
    add("unit", parsed(R"j({"type": "who", "of": ["unit", "post"]})j"));
    add("lines", parsed(R"j({"type": "rows", "key": "month", "of": {
        "month": {"type": "period", "kind": "month"}, "amount": {"type": "money"},
        "double": {"type": "money", "=": "half * 4"}, "half": {"type": "money", "=": "amount / 2"}, "all": {"type": "money", "=": "double * 2"},
        "whose": {"type": "text", "personal": true}}})j"));
    for (int i = 0, n = static_cast<int>(random_.below(6)); i < n; ++i) add("x" + std::to_string(i), extra());
    for (int i = 0, n = 1 + static_cast<int>(random_.below(6)); i < n; ++i) add("c" + std::to_string(i), computed(i));
    Json out;
    out.set("id", id);
    Json is;
    is.set("version", 1);
    if (!flow_.empty()) is.set("flow", flow_);
    if (chance(30)) is.set("checks", Json("n1 >= -1000"));
    out.set("is", std::move(is));
    out.set("fields", std::move(fields));
    out.set("tallies", tallies());
    return out;
  }

  Json extra() {
    static const char* all[] = {R"j({"type": "text", "max": 20})j",
                                R"j({"type": "time"})j",
                                R"j({"type": "flag"})j",
                                R"j({"type": "choice", "list": "sort"})j",
                                R"j({"type": "choice", "list": "sort", "many": true})j",
                                R"j({"type": "period", "kind": "quarter"})j",
                                R"j({"type": "person", "personal": true})j",
                                R"j({"type": "number", "decimals": 3, "personal": true})j",
                                R"j({"type": "file"})j",
                                R"j({"type": "code"})j",
                                R"j({"type": "shape"})j",
                                R"j({"type": "place", "take": "unit.place"})j",
                                R"j({"type": "date", "take": "to.d0"})j"};
    return parsed(all[random_.below(std::size(all))]);
  }

  /// Formulas of every reach; a later one may rest on an earlier, and an earlier on a later.
  Json computed(int i) {
    std::vector<std::string> all{
        R"j({"type": "number", "decimals": 2, "=": "default(n1, 0) * 1.005"})j",
        R"j({"type": "money", "=": "sum(lines.amount)"})j",
        R"j({"type": "money", "=": "sum(lines.double where amount > 100元) + 0.01元"})j",
        R"j({"type": "number", "unit": "%", "decimals": 1, "=": "percent(sum(lines.amount), cash)"})j",
        R"j({"type": "number", "decimals": 0, "=": "count(lines where month > 2023-03-01)"})j",
        R"j({"type": "date", "=": "d0 + 3wd"})j",
        R"j({"type": "flag", "=": "n1 > 5 and has(d0)"})j",
        R"j({"type": "period", "kind": "quarter", "=": "d0"})j",
        R"j({"type": "who", "=": "if(n1 > 5, unit, raiser)"})j",
        R"j({"type": "number", "unit": "工作日", "decimals": 1, "=": "workdays(d0, max(lines.month)) / 3"})j",
        R"j({"type": "number", "unit": "天", "decimals": 0, "=": "today() - d0"})j",
        R"j({"type": "flag", "=": "unit.line == farm"})j",
        R"j({"type": "number", "decimals": 2, "=": "to.n0 / 1亩"})j"};
    if (!flow_.empty()) {
      all.emplace_back(R"j({"type": "flag", "=": "in_time(answer)"})j");
      all.emplace_back(R"j({"type": "number", "=": "rework * 2"})j");
      all.emplace_back(R"j({"type": "number", "=": "if(state in (idea, raised, open), 1, 0)"})j");
      if (flow_ != "life@1") all.pop_back();
      if (flow_ != "life@1") all.emplace_back(R"j({"type": "number", "=": "if(state == shut, 1, 0)"})j");
      if (flow_ == "life@1") all.back() = R"j({"type": "number", "=": "if(state == work, n1, 0)"})j";
    }
    const std::string before =
        "c" + std::to_string(i > 0 ? static_cast<int>(random_.below(static_cast<std::uint64_t>(i))) : 0);
    if (i > 0) all.push_back(R"j({"type": "flag", "=": "has()j" + before + R"j()"})j");
    return parsed(all[random_.below(all.size())]);
  }

  Json tallies() {
    std::vector<std::string> all{R"j({"to": "i.count", "measure": "count", "date": "d0"})j",
                                 R"j({"to": "i.count", "measure": "count", "when": "n1 > 3", "date": "at_end"})j",
                                 R"j({"to": "i.sum", "measure": "sum(n0)", "date": "d0"})j",
                                 R"j({"to": "i.sum", "measure": "sum(cash)", "date": "at_end"})j",
                                 R"j({"to": "i.rows", "measure": "sum(lines.amount)", "date": "lines.month"})j",
                                 R"j({"to": "i.rows", "measure": "sum(lines.double)", "date": "d0"})j"};
    if (!flow_.empty()) {
      const std::string step = flow_ == "life@1" ? "begin" : flow_ == "reply@1" ? "reply" : "visit";
      all.emplace_back(R"j({"to": "i.due", "measure": "count", "date": "due(answer)"})j");
      all.emplace_back(R"j({"to": "i.kept", "measure": "count", "when": "in_time(answer)", "date": "due(answer)"})j");
      all.push_back(R"j({"to": "i.first", "measure": "sum(n0)", "date": "first()j" + step + R"j()"})j");
      all.push_back(R"j({"to": "i.each", "measure": "sum(n0)", "when": "n1 != 4", "date": "each()j" + step +
                    R"j()"})j");
      all.push_back(R"j({"to": "i.each", "measure": "count", "date": "each()j" + step + R"j()"})j");
    }
    Json::Array out;
    for (const std::string& one : all)
      if (chance(60)) out.push_back(parsed(one));
    return Json(std::move(out));
  }

  Random random_;
  std::string flow_;
};

class Clerk {
 public:
  Clerk(Desk& desk, std::uint64_t seed) : desk_(desk), random_(seed) {}

  Asked asked(const RecordId& id) {
    const Kind& kind = desk_.kind(id.kind);
    Asked out{.step = "edit"};
    if (!desk_.records.contains(id))
      out.step = "create";
    else if (kind.flow() && chance(45))
      out.step = kind.flow()->steps()[random_.below(kind.flow()->steps().size())].id;
    for (const Field& field : kind.fields())
      if (field.typed() && chance(out.step == "create" ? 80 : 30)) out.typed[field.id] = value(field, id);
    return out;
  }

  Result<Event> way_out(const RecordId& id) {
    const Kind& kind = desk_.kind(id.kind);
    const Record& record = desk_.records.at(id);
    const World world = desk_.world();
    if (record.voided) return desk_.keep(id, restored(kind, record, "误录", world));
    if (!kind.flow() || chance(40)) return desk_.keep(id, voided(kind, record, "误录", world));
    if (chance(25)) {
      Asked asked{.step = std::string(step_correct), .typed = this->asked(id).typed};
      return desk_.act(id, asked);
    }
    const std::string to = kind.flow()->states()[random_.below(kind.flow()->states().size())].id;
    const auto way = kind.flow()->states()[record.standing.state].kind == flow::StateKind::final ? reopened : moved;
    return desk_.keep(id, way(kind, record, to, "改派", world));
  }

 private:
  bool chance(int percent) { return random_.below(100) < static_cast<std::uint64_t>(percent); }
  std::int64_t upto(std::uint64_t n) { return static_cast<std::int64_t>(random_.below(n)); }

  Value value(const Field& field, const RecordId& id) {
    if (chance(10)) return Value(Gap::missing);
    if (field.personal) return Value(Sealed{"c2VhbGVk" + std::to_string(upto(3))});
    if (field.spec.na && chance(10)) return Value(Gap::not_applicable);
    if (chance(3)) return Value(Gap::withheld);
    switch (field.type) {
      case Type::text:
      case Type::code:
      case Type::person: return Value(std::string("文") + std::to_string(upto(9)));
      case Type::number: return number(field.spec.decimals);
      case Type::money: return number(2);
      case Type::date: return Value(desk_.now.date().plus_days(static_cast<int>(upto(400)) - 100));
      case Type::time: return Value(desk_.now);
      case Type::period:
        return field.spec.period == PeriodKind::quarter ? Value(Period::of_quarter(2023, 1 + static_cast<int>(upto(4))))
                                                        : Value(Period::of_month(2023, 1 + static_cast<int>(upto(12))));
      case Type::flag: return Value(chance(50));
      case Type::choice:
        return Value(
            Codes{field.spec.many && chance(50) ? std::vector<std::string>{"b", "a"} : std::vector<std::string>{"a"}});
      case Type::place: return Value(PlaceId{70 + upto(3)});
      case Type::who: return Value(Who{chance(50) ? Who::Kind::unit : Who::Kind::post, chance(50) ? "bureau" : "none"});
      case Type::ref: return Value(RecordId{PlaceId{7}, field.spec.to, 1 + upto(3)});
      case Type::file: return Value(FileRef{"sha256:" + std::to_string(upto(3)), "图.jpg", "image/jpeg", upto(1000)});
      case Type::shape:
        return Value(Shape{Shape::Kind::point, {{{1'130'000'000 + static_cast<std::int32_t>(upto(9)), 225'000'000}}}});
      case Type::rows: return rows(field, id);
    }
    return Value(Gap::missing);
  }
  Value number(int decimals) {
    if (chance(5)) return Value(Threshold{chance(50), Decimal(upto(100), 0)});
    if (chance(2)) return Value(Decimal(999'999'999'999'999'999, decimals));   // sums of it overflow and are refused
    return Value(Decimal(upto(20'000) - 2'000, decimals));
  }
  Value rows(const Field& field, const RecordId& id) {
    Rows out;
    const auto held = desk_.records.find(id);
    if (held != desk_.records.end())
      if (const auto found = held->second.values.find(field.id); found != held->second.values.end())
        if (const Rows* all = std::get_if<Rows>(&found->second))
          for (const auto& [number, row] : all->all)
            if (chance(30)) out.all[number] = chance(30) ? Values{} : cells(field);
    for (std::int64_t i = 0, n = upto(3); i < n; ++i) out.all[static_cast<int>(-i)] = cells(field);
    return Value(std::move(out));
  }
  Values cells(const Field& field) {
    Values out;
    for (const Field& inner : field.spec.rows)
      if (inner.typed() && chance(80)) out[inner.id] = value(inner, {});
    return out;
  }

  Desk& desk_;
  Random random_;
};

TEST(History, RandomKindsAndRandomActsKeepEveryLaw) {
  int kinds = 0, acts = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Json declared = Maker(seed).declared();
    const auto made = catalogue_of(declared);
    ASSERT_TRUE(made) << seed << "\n" << made.error().text(Language::en);
    Desk desk(*made);
    Clerk clerk(desk, seed);
    Random random(seed, 2);
    kinds += 2;
    for (int i = 0; i < 60; ++i) {
      desk.now.micros += random.between(0, 4 * 86'400) * 1'000'000;
      RecordId id{PlaceId{7}, random.chance(0.5) ? "one" : "two", random.between(1, 3)};
      const Asked asked = clerk.asked(id);
      const auto event = random.chance(0.1) && desk.records.contains(id) ? clerk.way_out(id) : desk.act(id, asked);
      if (!event) {
        ++refused;
        for (const Diagnostic& fault : event.error().all())
          ASSERT_NE(fault.kind->http_status, 500) << fault.text(Language::en);
        continue;
      }
      ++acts;
      desk.laws(id);
      if (HasFatalFailure()) FAIL() << "seed " << seed << ", act " << i << ": " << asked.step;
    }
  }
  EXPECT_GT(acts, 1'000) << "of " << acts + refused;
  RecordProperty("kinds", kinds);
  RecordProperty("acts", acts);
}

/// An act typed twice changes nothing the second time, but for what time and counters move.
TEST(History, WhatIsTypedAgainIsAnEmptyEvent) {
  int seen = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto made = catalogue_of(Maker(seed).declared());
    ASSERT_TRUE(made) << made.error().text(Language::en);
    Desk desk(*made);
    Clerk clerk(desk, seed);
    const RecordId id{PlaceId{7}, "one", 1};
    Asked asked = clerk.asked(id);
    std::erase_if(asked.typed, [](const auto& one) { return std::holds_alternative<Rows>(one.second); });
    if (!desk.act(id, asked)) continue;
    asked.step = "edit";
    const auto again = desk.act(id, asked);
    if (!again) continue;   // not to be edited in this state
    ++seen;
    EXPECT_TRUE(again->empty()) << seed << " " << again->json().canonical();
  }
  EXPECT_GT(seen, 10);
}

}   // namespace
}   // namespace gangmu::record::testing
