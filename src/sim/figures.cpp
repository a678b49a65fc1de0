// SPDX-License-Identifier: Apache-2.0
#include "sim/figures.hpp"

#include <algorithm>
#include <array>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "sim/profile.hpp"

namespace gangmu::sim {
namespace {

using fact::CellState;

/// A moment of a year at which a figure is told.
struct Slot {
  Period period;
  double share = 1;   ///< of the year gone by
  int nth = 0;
  bool last = false;   ///< the year's own figure
};

std::vector<Slot> slots_of(const fact::Indicator& i, int year) {
  std::vector<Slot> out;
  const std::string y = std::to_string(year);
  const auto add = [&](const std::string& text, double share, bool last = false) {
    out.push_back({*Period::parse(text), share, static_cast<int>(out.size()), last});
  };
  const bool flow = i.figure == fact::FigureKind::flow;
  if (i.frequency == "M") {
    // January is not published alone: 1—2月 come together.
    if (i.figure == fact::FigureKind::stock) add(y + "01", 1.0 / 12);
    if (i.figure == fact::FigureKind::stock)
      add(y + "02", 2.0 / 12);
    else
      add(y + "01-02", 2.0 / 12);
    for (int m = 3; m < 12; ++m) add(y + (m < 10 ? "0" : "") + std::to_string(m), m / 12.0);
  } else if (i.frequency == "Q") {
    for (int q = 1; q <= (flow ? 4 : 3); ++q) add(y + "Q" + std::to_string(q), q / 4.0, q == 4);
  } else if (i.frequency == "H") {
    add(y + "H1", 0.5);
  }
  if (!flow || i.frequency == "Y") add(y, 1, true);
  return out;
}

constexpr double class_size[] = {1.7, 1.0, 0.65};
constexpr double class_growth[] = {0.008, 0.0, -0.006};
constexpr double class_level[] = {0.6, 0.0, -0.6};
constexpr double break_points = 8,
                 break_factor = 1.15;   // what a new definition adds: points of a rate, times an amount

/// A figure that can't exceed another one, and the one that is a sum of its villages.
constexpr std::pair<std::string_view, std::string_view> at_most[] = {{"T-GOV-11", "T-GOV-12"},
                                                                     {"V-COL-01", "V-COL-02"},
                                                                     {"V-AGR-02", "V-AGR-01"},
                                                                     {"C-POP-02", "C-POP-01"},
                                                                     {"C-FIN-01", "C-ECO-08"}};
/// What is the sum of another figure over the villages below.
constexpr std::pair<std::string_view, std::string_view> sum_of[] = {{"T-RUR-01", "V-COL-01"}, {"C-POP-01", "V-POP-02"}};
/// What the towns have of their county's figure: together `share` of it, `factor` for the unit.
struct TownShare {
  std::string_view town, county;
  double share, factor;
};
constexpr TownShare town_shares[] = {
    {"T-ECO-01", "C-ECO-01", 0.93, 1}, {"T-ECO-02", "C-ECO-04", 0.9, 1}, {"T-ECO-03", "C-FIN-01", 0.55, 10'000}};
/// A county's product is what each of its people makes, times the people (in 亿元).
constexpr std::string_view product = "C-ECO-01", product_a_head = "C-ECO-11", people = "C-POP-01";
constexpr double product_unit = 1e8;
/// Counted for everybody: no village is left out, so that a place has one population.
constexpr std::string_view counted_whole = "V-POP-02";

enum class Draw : std::uint64_t { level = 1, year, slot, state, absent, revision, late };

class Model {
 public:
  Model(const City& city, const std::vector<Series>& catalogue, const Shape& shape, const Random& random)
      : city_(city), catalogue_(catalogue), shape_(shape), random_(random.fork(2)) {
    for (const Series& s : catalogue) profiles_.push_back(profile_of(s.versions.front(), s.lowest, s.highest));
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
      const std::string_view code = catalogue[i].versions.front().code.value;
      std::size_t cap = none;
      for (const auto& [part, whole] : at_most)
        if (code == part) cap = find(whole);
      caps_.push_back(cap);
      std::size_t summed = none;
      for (const auto& [sum, part] : sum_of)
        if (code == sum) summed = find(part);
      summed_.push_back(summed);
      const auto share = std::ranges::find(town_shares, code, &TownShare::town);
      shares_.push_back(share == std::end(town_shares) || find(share->county) == none ? nullptr : share);
    }
    product_ = find(product);
    a_head_ = find(product_a_head);
    people_ = find(people);
  }

  static constexpr std::size_t none = SIZE_MAX;
  [[nodiscard]] std::size_t find(std::string_view code) const {
    const auto it =
        std::ranges::find_if(catalogue_, [&](const Series& s) { return s.versions.front().code.value == code; });
    return it == catalogue_.end() ? none : static_cast<std::size_t>(it - catalogue_.begin());
  }

  [[nodiscard]] const fact::Indicator& version_on(std::size_t i, const Period& period) const {
    const Series& s = catalogue_[i];
    std::size_t at = 0;
    for (std::size_t v = 0; v < s.versions.size(); ++v)
      if (s.valid_from[v] <= period.first()) at = v;
    return s.versions[at];
  }

  [[nodiscard]] std::int64_t units(std::size_t i, std::size_t place, int year, const Slot& slot) const {
    const fact::Indicator& indicator = version_on(i, slot.period);
    if (summed_[i] != none) return sum_below(summed_[i], place, year, slot);
    if (i == a_head_ && product_ != none && people_ != none) return a_head(place, year, slot, indicator);
    if (city_.places[place].level < indicator.entry_level) return above(i, place, year, slot, indicator);
    std::int64_t own = to_units(value(i, place, year, slot, indicator), indicator.decimals);
    // Equal unit and decimals on both sides of at_most.
    if (caps_[i] != none) own = std::min(own, units(caps_[i], place, year, slot));
    return own;
  }

  [[nodiscard]] Random draw(Draw what, std::size_t i, std::size_t place, std::uint64_t when = 0) const {
    const std::uint64_t label = ((static_cast<std::uint64_t>(what) * 1'000 + i) * 100'000 + place) * 100'000 + when;
    return random_.fork(label);
  }

 private:
  [[nodiscard]] int klass(std::size_t place) const {
    const auto level = city_.places[place].level;
    if (level == place::Level::town) return city_.traits[place].klass;
    return level == place::Level::village ? city_.traits[city_.parent[place]].klass : 1;
  }

  /// The year's figure, before rounding.
  [[nodiscard]] double annual(std::size_t i, std::size_t place, int year, int version) const {
    const Profile& p = profiles_[i];
    const Trait& t = city_.traits[place];
    const int age = year - shape_.first_year, c = klass(place);
    const std::size_t shared = caps_[i] == none ? i : caps_[i];   // a part moves with its whole
    const double own = draw(Draw::level, shared, place).normal(),
                 shock = draw(Draw::year, shared, place, static_cast<std::uint64_t>(age)).normal();
    if (p.rate) {
      const double level = p.spread * (0.7 * t.level + 0.7 * own + class_level[c]);
      return p.typical + level + p.growth * age + p.noise * shock + break_points * (version - 1);
    }
    const double size = p.per_head ? 1.0 + 0.12 * class_level[c] : t.size * class_size[c];
    const double rate = 1 + p.growth + t.pace * (p.growth == 0 ? 0 : 1) + class_growth[c];
    return p.typical * size * math::exp(0.12 * own) * math::pow(std::max(rate, 0.5), age) * math::exp(p.noise * shock) *
           (version > 1 ? break_factor : 1.0);
  }

  /// The same, where it follows from others: a county's product from its people, a part from a whole that is a sum.
  [[nodiscard]] double whole_year(std::size_t i, std::size_t place, int year, int version) const {
    if (i == product_ && a_head_ != none && people_ != none)
      return annual(a_head_, place, year, 1) * people_at(place, year) / product_unit;
    if (caps_[i] != none && summed_[caps_[i]] != none)
      return people_at(place, year) * annual(i, place, year, version) / annual(caps_[i], place, year, 1);
    return annual(i, place, year, version);
  }

  /// At the end of a year.
  [[nodiscard]] double people_at(std::size_t place, int year) const {
    return static_cast<double>(
        units(people_, place, year, slots_of(catalogue_[people_].versions.front(), year).back()));
  }

  [[nodiscard]] std::int64_t a_head(std::size_t place, int year, const Slot& slot,
                                    const fact::Indicator& indicator) const {
    const Slot end = slots_of(catalogue_[product_].versions.front(), year).back();
    const int decimals = catalogue_[product_].versions.front().decimals;
    const double whole = Decimal(units(product_, place, year, slot.last ? end : slot), decimals).real();
    return to_units(whole * product_unit / people_at(place, year), indicator.decimals);
  }

  /// A town's part of its county's figure, by the towns' own weights.
  [[nodiscard]] double share_of_county(std::size_t i, std::size_t town, int year, const Slot& slot) const {
    const std::size_t county = city_.parent[town], whole = find(shares_[i]->county);
    double weights = 0;
    for (std::size_t t = county + 1; t < city_.places.size() && city_.places[t].level > place::Level::county; ++t) {
      if (city_.parent[t] == county) weights += annual(i, t, year, 1);
    }
    return value(whole, county, year, slot, version_on(whole, slot.period)) * shares_[i]->factor * shares_[i]->share *
           annual(i, town, year, 1) / weights;
  }

  [[nodiscard]] double value(std::size_t i, std::size_t place, int year, const Slot& slot,
                             const fact::Indicator& indicator) const {
    if (shares_[i]) return share_of_county(i, place, year, slot);
    const Profile& p = profiles_[i];
    Random r = draw(Draw::slot, i, place,
                    static_cast<std::uint64_t>(year - shape_.first_year) * 16 + static_cast<std::uint64_t>(slot.nth));
    double v = whole_year(i, place, year, indicator.version);
    if (p.yes_no) return r.chance(std::clamp(v, 0.02, 0.98)) ? 1 : 0;
    if (p.rate) {
      if (!slot.last) v += 0.5 * p.noise * r.normal();
    } else if (indicator.figure == fact::FigureKind::ytd && !slot.last) {
      const double season = slot.share * (0.93 + 0.07 * slot.share);   // slow first quarter
      v *= season * (1 + 0.01 * (2 * r.uniform() - 1));
    } else if (indicator.figure == fact::FigureKind::stock && !slot.last) {
      v *= 1 - profiles_[i].growth * (1 - slot.share);   // grown only part of the year
    }
    return std::clamp(v, p.lowest, p.highest);
  }

  /// A level that reports for itself above the entry level: amounts from the parts (a city accounts on its own, and
  /// need not equal their sum), rates as their mean.
  [[nodiscard]] std::int64_t above(std::size_t i, std::size_t place, int year, const Slot& slot,
                                   const fact::Indicator& indicator) const {
    double sum = 0;
    int n = 0;
    for (std::size_t child = 0; child < city_.places.size(); ++child) {
      if (city_.places[child].level != indicator.entry_level || child == place) continue;
      sum += value(i, child, year, slot, indicator);
      ++n;
    }
    const bool mean = profiles_[i].rate || profiles_[i].per_head;
    return to_units(n == 0 ? 0 : mean ? sum / n : sum * 0.985, indicator.decimals);
  }

  /// Over the villages of a town, a county or the city.
  [[nodiscard]] std::int64_t sum_below(std::size_t i, std::size_t above, int year, const Slot& slot) const {
    std::int64_t sum = 0;
    const place::Level level = city_.places[above].level;
    for (std::size_t v = above + 1; v < city_.places.size() && city_.places[v].level > level; ++v) {
      if (city_.places[v].level == place::Level::village) sum += units(i, v, year, slot);
    }
    return sum;
  }

  static std::int64_t to_units(double value, int decimals) {
    const auto exact = rounded_half_up(value, decimals);
    return exact ? exact->units() : 0;   // bounds keep values far inside the exact range
  }

  const City& city_;
  const std::vector<Series>& catalogue_;
  const Shape& shape_;
  Random random_;
  std::vector<Profile> profiles_;
  std::vector<std::size_t> caps_, summed_;
  std::vector<const TownShare*> shares_;
  std::size_t product_ = none, a_head_ = none, people_ = none;
};

bool filled_in(const fact::Indicator& i) {
  return i.owner_zh == "镇（街）指挥办" || i.owner_zh == "镇(街)指挥办" || i.owner_zh == "村(社区)党组织";
}

bool entered_at(const fact::Indicator& i, place::Level level) {
  if (i.aggregation == fact::Aggregation::ratio) return false;   // derived, never typed
  if (level == i.entry_level) return true;
  return i.aggregation == fact::Aggregation::reported && i.entry_level == place::Level::county &&
         level == place::Level::city;
}

class Reporter {
 public:
  Reporter(const City& city, const Model& model, const Shape& shape) : city_(city), model_(model), shape_(shape) {}

  void report(std::size_t i, std::size_t place, int year, const Slot& slot) {
    const std::uint64_t when =
        static_cast<std::uint64_t>(year - shape_.first_year) * 16 + static_cast<std::uint64_t>(slot.nth);
    Random r = model_.draw(Draw::state, i, place, when);
    const fact::Indicator& indicator = model_.version_on(i, slot.period);
    fact::Observation o;
    o.place = city_.places[place].id;
    o.indicator = indicator.code;
    o.version = indicator.version;
    o.period = slot.period;
    const bool filled = filled_in(indicator);
    o.source = SourceId{std::string(filled ? filled_source : shared_source)};
    o.grade = filled ? fact::Grade::b : fact::Grade::a;
    const bool last_year = year == shape_.first_year + shape_.years - 1;
    const bool village = city_.places[place].level == place::Level::village;
    const double luck = r.uniform();
    if (indicator.code.value == counted_whole) return report_value(o, i, place, year, slot, last_year);
    if (model_.draw(Draw::absent, i, place).chance(0.004)) {
      o.value.state = CellState::not_applicable;   // never applies to this place
    } else if (luck < 0.003 || (last_year && slot.last && village && luck < 0.03)) {
      return;   // not reported, no trace
    } else if (luck < 0.034) {
      o.value.state = luck < 0.031 ? CellState::missing : luck < 0.032 ? CellState::withheld : CellState::above;
      if (o.value.state == CellState::above) o.value.units = model_.units(i, place, year, slot);
    } else {
      return report_value(o, i, place, year, slot, last_year);
    }
    out.push_back(std::move(o));
  }

  std::vector<fact::Observation> out;

 private:
  void report_value(fact::Observation o, std::size_t i, std::size_t place, int year, const Slot& slot, bool last_year) {
    const std::uint64_t when =
        static_cast<std::uint64_t>(year - shape_.first_year) * 16 + static_cast<std::uint64_t>(slot.nth);
    Random r = model_.draw(Draw::revision, i, place, when);
    o.value.state = CellState::value;
    o.value.units = model_.units(i, place, year, slot);
    const bool accounted =
        o.indicator.value == "C-ECO-01" || o.indicator.value == "C-ECO-02" || o.indicator.value == "T-ECO-01";
    const bool corrected = !accounted && r.chance(0.005);
    if (accounted) o.status = fact::ValueStatus::preliminary;
    if (model_.draw(Draw::late, i, place, when).chance(0.01)) o.note = "迟报";
    if ((accounted && slot.last && !last_year) || corrected) {
      fact::Observation first = o;
      const std::int64_t off = o.value.units / (corrected ? 8 : 60);
      first.value.units += r.chance(0.5) ? off : -off;
      out.push_back(std::move(first));
      o.status = fact::ValueStatus::revised;
      o.note = corrected ? "更正" : "年度修订";
    }
    const bool flash = o.indicator.value == "C-ECO-01" && !slot.last && place % 3 == 1;
    out.push_back(o);
    if (flash) {   // two sources of one key stay two
      o.source = SourceId{std::string(flash_source)};
      o.grade = fact::Grade::c;
      o.status = fact::ValueStatus::preliminary;
      o.note = "快报";
      o.value.units -= o.value.units / 90;
      out.push_back(std::move(o));
    }
  }

  const City& city_;
  const Model& model_;
  const Shape& shape_;
};

}   // namespace

std::vector<fact::Observation> figures_of(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                                          const Random& random) {
  const Model model(city, catalogue, shape, random);
  Reporter reporter(city, model, shape);
  for (std::size_t place = 0; place < city.places.size(); ++place)
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
      if (!entered_at(catalogue[i].versions.front(), city.places[place].level)) continue;
      for (int year = shape.first_year; year < shape.first_year + shape.years; ++year)
        for (const Slot& slot : slots_of(catalogue[i].versions.front(), year)) reporter.report(i, place, year, slot);
    }
  return std::move(reporter.out);
}

std::int64_t year_end_units(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                            const Random& random, std::string_view code, std::size_t place, int year) {
  const Model model(city, catalogue, shape, random);
  const std::size_t i = model.find(code);
  if (i == Model::none) return 0;
  return model.units(i, place, year, slots_of(catalogue[i].versions.front(), year).back());
}

}   // namespace gangmu::sim
