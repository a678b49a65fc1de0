// SPDX-License-Identifier: Apache-2.0
// History does not follow today's structure: random trees with moves, ends, splits, merges and corrections of the past,
// new versions of indicators, figures in any order. After each entry the View, and at the end the same moment as it was
// known, are held against an oracle that keeps lists and looks everything up anew.
#include <cmath>
#include <map>
#include <set>

#include "store/known.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

using place::Level;

struct OracleRow {
  Seq seq;
  std::int64_t id, parent;
  Level level;
  Date from;
  std::optional<Date> to;
};
struct OracleDefinition {
  Seq seq;
  std::string code;
  int version;
  Date from;
  Json body;
};

Result<fact::Indicator> read_indicator(const Definition& definition) {
  fact::Indicator out;
  out.code = IndicatorCode{definition.id};
  out.entry_level = Level::village;
  out.decimals = static_cast<int>(definition.body["decimals"].integer_or(0));
  out.unit_zh = definition.body["unit"].string_or("");
  out.figure = definition.body["kind"].string_or("") == "stock" ? fact::FigureKind::stock : fact::FigureKind::flow;
  out.aggregation = definition.id == "R" ? fact::Aggregation::ratio : fact::Aggregation::sum;
  if (definition.id == "R") out.numerator = {"F"}, out.denominator = {"S"};
  return out;
}

Json body_of(std::string_view kind, int decimals, std::string_view unit) {
  Json out;
  out.set("kind", kind);
  out.set("decimals", decimals);
  out.set("unit", unit);
  return out;
}

/// All that was written, and what it says of any period as known at any entry.
class Oracle {
 public:
  std::vector<OracleRow> rows;
  std::vector<OracleDefinition> definitions;
  std::vector<fact::Observation> observations;
  Precedence precedence;

  /// Versions of a place as known at `seq`, by day, each with its last day.
  [[nodiscard]] std::vector<OracleRow> versions(std::int64_t id, Seq seq) const {
    std::map<Date, OracleRow> held;
    for (const OracleRow& row : rows)
      if (row.id == id && row.seq <= seq) held.insert_or_assign(row.from, row);
    std::vector<OracleRow> out;
    for (const auto& [from, row] : held)
      if (!row.to || *row.to >= row.from) out.push_back(row);
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
      out[i].to = std::min(out[i].to.value_or(Date{INT32_MAX}), out[i + 1].from.plus_days(-1));
    return out;
  }
  [[nodiscard]] std::set<std::int64_t> ids(Seq seq) const {
    std::set<std::int64_t> out;
    for (const OracleRow& row : rows)
      if (row.seq <= seq) out.insert(row.id);
    return out;
  }

  /// id → parent of the places of a period.
  [[nodiscard]] std::map<std::int64_t, std::int64_t> frame(const Period& period, bool stock, Seq seq) const {
    const Date last = std::max(period.last(), root_from);
    std::map<std::int64_t, OracleRow> there;
    for (const std::int64_t id : ids(seq)) {
      for (const OracleRow& v : versions(id, seq)) {
        const bool holds = v.from <= last && last <= v.to.value_or(Date{INT32_MAX});
        const bool ended_inside = !stock && v.to && *v.to >= period.first() && *v.to < period.last();
        if (holds || ended_inside) there.insert_or_assign(id, v);   // the later version stands
      }
    }
    std::map<std::int64_t, std::int64_t> out;
    for (const auto& [id, row] : there) {
      std::int64_t parent = row.parent;
      while (parent != 0 && !there.contains(parent)) {
        const auto all = versions(parent, seq);
        const OracleRow* near = &all.front();
        for (const OracleRow& v : all)
          if (v.from <= last) near = &v;
        parent = near->parent;
      }
      out[id] = parent;
    }
    return out;
  }

  [[nodiscard]] const OracleDefinition& definition(const std::string& code, Date day, Seq seq) const {
    const OracleDefinition* first = nullptr;
    const OracleDefinition* found = nullptr;
    for (const OracleDefinition& d : definitions) {
      if (d.code != code || d.seq > seq) continue;
      if (first == nullptr || d.from <= first->from) first = &d;
      if (d.from <= day) found = &d;
    }
    return found ? *found : *first;
  }
  [[nodiscard]] const OracleDefinition& version(const std::string& code, int number) const {
    return *std::ranges::find_if(definitions,
                                 [&](const OracleDefinition& d) { return d.code == code && d.version == number; });
  }

  /// The number of a place, if there is one to be told.
  [[nodiscard]] std::optional<std::int64_t> number(const std::string& code, std::int64_t place, const Period& period,
                                                   Seq seq) const {
    const fact::Observation* best = nullptr;
    for (const fact::Observation& o : observations) {
      if (o.indicator.value != code || o.place.value != place || !(o.period == period) || o.seq > seq) continue;
      if (best == nullptr || outranks(o, *best, precedence)) best = &o;
    }
    if (best == nullptr || !best->value.is_number()) return std::nullopt;
    const Json &told = version(code, best->version).body, &as = definition(code, period.first(), seq).body;
    if (told["unit"] != as["unit"] || told["decimals"] != as["decimals"]) return std::nullopt;
    return best->value.units;
  }

  /// "sum of n / m" of a sum; "a/b" of the ratio. `tree` is the frame of the indicator.
  [[nodiscard]] std::string rolled(const std::string& code, std::int64_t place, const Period& period, Seq seq,
                                   const std::map<std::int64_t, std::int64_t>& tree) const {
    std::int64_t a = 0, b = 0, n = 0, m = 0;
    for (const auto& [id, parent] : tree) {
      if (level(id) != Level::village || !within(tree, id, place)) continue;
      ++m;
      const auto x = number(code == "R" ? "F" : code, id, period, seq);
      const auto y = code == "R" ? number("S", id, period, seq) : std::optional<std::int64_t>(0);
      if (!x || !y) continue;
      ++n, a += *x, b += *y;
    }
    if (code == "R") return n == 0 || b == 0 ? "" : std::to_string(a) + "/" + std::to_string(b);
    return (n == 0 ? "-" : std::to_string(a)) + " of " + std::to_string(n) + "/" + std::to_string(m);
  }

  [[nodiscard]] Level level(std::int64_t id) const { return std::ranges::find(rows, id, &OracleRow::id)->level; }
  Date root_from;

 private:
  static bool within(const std::map<std::int64_t, std::int64_t>& tree, std::int64_t id, std::int64_t top) {
    while (id != top && id != 0) id = tree.at(id);
    return id == top;
  }
};

std::string told(const fact::Rollup& r, const std::string& code) {
  if (code != "R")
    return (r.has_value() ? std::to_string(r.units) : "-") + " of " + std::to_string(r.reported) + "/" +
           std::to_string(r.expected);
  return {};
}

void expect_equal(const fact::Cube& cube, const Oracle& oracle, Seq seq, const std::set<Period>& periods) {
  for (fact::IndicatorIndex i = 0; i < cube.indicators().size(); ++i) {
    const std::string& code = cube.indicators()[i].code.value;
    for (const Period& period : periods) {
      SCOPED_TRACE(code + " " + period.text() + " as known at " + std::to_string(seq.value));
      const auto tree = cube.frame(i, period);
      const bool stock = oracle.definition(code, period.first(), seq).body["kind"].string_or("") == "stock";
      const auto frame = oracle.frame(period, stock, seq);
      ASSERT_EQ(tree->size(), frame.size());
      for (place::NodeIndex node = 0; node < tree->size(); ++node) {
        const std::int64_t id = (*tree)[node].id.value;
        ASSERT_TRUE(frame.contains(id)) << id;
        ASSERT_EQ((*tree)[node].parent.value, frame.at(id)) << id;
        const fact::Figure figure = cube.figure_then(node, i, period);
        if (code == "R") {
          const std::string wanted = oracle.rolled(code, id, period, seq, frame);
          ASSERT_EQ(figure.rollup.has_value(), !wanted.empty()) << id << " " << wanted;
          if (wanted.empty()) continue;
          const double a = std::stod(wanted), b = std::stod(wanted.substr(wanted.find('/') + 1));
          const auto tens = [&](const char* of) {
            return std::pow(10, cube.indicator(cube.find({of}), period).decimals);
          };
          ASSERT_NEAR(figure.rollup.real, (a / tens("F")) / (b / tens("S")), 1e-9) << id;
        } else {
          ASSERT_EQ(told(figure.rollup, code), oracle.rolled(code, id, period, seq, frame)) << id;
          if (oracle.level(id) != Level::village) continue;
          const auto number = oracle.number(code, id, period, seq);
          const bool is_number = figure.cell && figure.cell->value.is_number();
          ASSERT_EQ(is_number ? std::optional(figure.cell->value.units) : std::nullopt, number) << id;
        }
        const place::NodeIndex now = cube.tree().find((*tree)[node].id);
        if (now == place::no_node) continue;
        ASSERT_EQ(cube.figure(now, i, period).rollup, figure.rollup) << "asked by the node of now";
      }
    }
  }
}

class History : public OnBothEngines {
 protected:
  History() {
    world.config.limits.incremental_rows = 3;
    oracle.precedence = {{"bureau", 0}, {"press", 1}};
  }
  Surroundings surroundings() { return {world.clock, world.secrets, world.files, world.executor, read_indicator}; }

  Result<Answer> write(std::function<Result<Json>(Tx&)> run) {
    Command c = command("write", std::move(run));
    c.home = city;
    return store->write(std::move(c));
  }
  void keep() { views.push_back(store->view()); }

  void put(std::int64_t id, std::int64_t parent, Level level, Date from, std::optional<Date> to = {}) {
    const auto run = [=](Tx& tx) -> Result<Json> {
      PlaceRow row{.home = city, .place = {}, .valid_to = to, .attributes = {}, .seq = {}};
      row.place.id = PlaceId{id};
      row.place.parent = PlaceId{parent};
      row.place.level = level;
      row.place.code = std::to_string(990'000'000'000 + id);
      row.place.name_zh = "地" + std::to_string(id);
      row.place.valid_from = from;
      TRY(places::put(tx, row));
      return Json();
    };
    if (const auto done = write(run)) oracle.rows.push_back({done->seq, id, parent, level, from, to}), keep();
  }

  void publish(const std::string& code, Date from, const Json& body) {
    int version = 0;
    const Answer done = must(write([&](Tx& tx) -> Result<Json> {
      TRY_ASSIGN(const StoredDefinition d, definitions::publish(tx, "indicator", code, from, body));
      version = d.version;
      return Json();
    }));
    oracle.definitions.push_back({done.seq, code, version, from, body});
    keep();
  }

  void observe(fact::Observation o) {
    const Answer done = must(write([&](Tx& tx) -> Result<Json> {
      const PlaceRows rows = must(places::load(tx.database()));
      TRY_ASSIGN(const PlaceId home, observations::home_of(tx, o, *must(places::frames(rows)), PlaceHomes(rows)));
      TRY(observations::append(tx, home, o, oracle.precedence));
      return Json();
    }));
    o.seq = done.seq;
    oracle.observations.push_back(o);
    keep();
  }

  Date day() { return Date{must(Date::parse("2021-01-01")).days + static_cast<std::int32_t>(random.below(4 * 365))}; }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[random.below(all.size())];
  }
  std::vector<std::int64_t> standing(Level level) {
    std::vector<std::int64_t> out;
    for (const place::NodeIndex node : store->view()->tree->of_level(level))
      out.push_back((*store->view()->tree)[node].id.value);
    return out;
  }

  void change_places() {
    const auto towns = standing(Level::town), counties = standing(Level::county), villages = standing(Level::village);
    const std::size_t what = random.below(6);
    if (what <= 1 && !villages.empty()) {   // a village ends: alone, or merged into another
      const auto last = oracle.versions(one_of(villages), Seq{INT64_MAX}).back();
      put(last.id, last.parent, last.level, last.from, std::max(last.from, day()));
    } else if (what == 2) {   // a town moves with its villages, or its past is corrected
      put(one_of(towns), one_of(counties), Level::town, random.chance(0.3) ? oracle.root_from : day());
    } else if (what == 3 && !villages.empty()) {
      put(one_of(villages), one_of(towns), Level::village, day());
    } else if (what == 4) {   // a split: a new village from a day on
      put(++last_id, one_of(towns), Level::village, day());
    } else if (towns.size() > 2) {   // a town ends; refused while villages stand below it
      const auto last = oracle.versions(one_of(towns), Seq{INT64_MAX}).back();
      put(last.id, last.parent, last.level, last.from, std::max(last.from, day()));
    }
  }

  void step() {
    static const std::vector<std::string> sources{"bureau", "press", "rumour"};
    static const std::vector<const char*> units{"元", "万元"};
    const double dice = static_cast<double>(random.below(100)) / 100;
    if (dice < 0.25) return change_places();
    if (dice < 0.33) {
      const std::string code = random.chance(0.5) ? "F" : "S";
      const char* kind = code == "S" ? "stock" : random.chance(0.1) ? "stock" : "flow";
      return publish(code, day(), body_of(kind, static_cast<int>(random.below(2)), one_of(units)));
    }
    const auto ids = oracle.ids(Seq{INT64_MAX});
    std::vector<std::int64_t> villages;
    for (const std::int64_t id : ids)
      if (oracle.level(id) == Level::village) villages.push_back(id);
    fact::Observation o;
    o.indicator = IndicatorCode{random.chance(0.5) ? "F" : "S"};
    o.place = PlaceId{one_of(villages)};
    o.period = one_of(periods);
    o.source = SourceId{one_of(sources)};
    const auto& definition = oracle.definition(o.indicator.value, o.period.first(), Seq{INT64_MAX});
    o.version = random.chance(0.9) ? definition.version : 1;
    o.value = {random.chance(0.9) ? fact::CellState::value : fact::CellState::withheld, 0};
    if (o.value.is_number()) o.value.units = random.between(1, 90);
    observe(o);
  }

  void begin() {
    oracle.root_from = must(Date::parse("2021-01-01"));
    store = test::must(Store::create(world.config, surroundings()));
    const Date from = oracle.root_from;
    put(1, 0, Level::city, from);
    for (std::int64_t id = 2; id <= 4; ++id) put(id, 1, Level::county, from);
    for (std::int64_t id = 5; id <= 9; ++id) put(id, 2 + id % 3, Level::town, from);
    for (std::int64_t id = 10; id <= 18; ++id) put(id, 5 + id % 5, Level::village, from);
    last_id = 18;
    publish("F", must(Date::parse("2021-01-01")), body_of("flow", 0, "元"));
    publish("S", must(Date::parse("2021-01-01")), body_of("stock", 0, "元"));
    publish("R", must(Date::parse("2021-01-01")), body_of("stock", 0, ""));
  }

  const std::vector<Period> periods{must(Period::parse("2020")),   must(Period::parse("2021")),
                                    must(Period::parse("2022")),   must(Period::parse("2023Q2")),
                                    must(Period::parse("202306")), must(Period::parse("2024"))};
  World world{GetParam()};
  Random random{1};
  Oracle oracle;
  std::int64_t last_id = 0;
  std::vector<std::shared_ptr<const View>> views;
  std::unique_ptr<Store> store;
};
GANGMU_ON_BOTH_ENGINES(History);

TEST_P(History, EveryViewAndEveryMomentAsKnownEqualTheOracle) {
  random = Random(20260101);
  begin();
  for (int n = 0; n < 90; ++n) step();
  const std::set<Period> all(periods.begin(), periods.end());
  for (const auto& view : views) {
    if (view->cube->indicators().size() < 3) continue;
    expect_equal(*view->cube, oracle, view->seq, all);
    ASSERT_FALSE(HasFatalFailure());
  }
  EXPECT_GT(store->view()->frames->trees().size(), 4u) << "the tree did change";
  store.reset();
  store = test::must(Store::open(world.config, surroundings()));
  expect_equal(*store->view()->cube, oracle, store->view()->seq, all);
  for (const auto& view : views) {
    if (view->cube->indicators().size() < 3) continue;
    const Known known = must(known_at(*store, *store->view(), {.seq = view->seq, .precedence = oracle.precedence},
                                      read_indicator, world.executor));
    expect_equal(*known.cube, oracle, view->seq, all);
    ASSERT_FALSE(HasFatalFailure());
  }
}

}   // namespace
}   // namespace gangmu::store::test
