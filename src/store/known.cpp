// SPDX-License-Identifier: Apache-2.0
#include "store/known.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

enum : int { place_at, period_at, source_at, seq_at, state_at, value_at, status_at, grade_at };

/// Of one indicator and home; in the order of the primary key, whose beginning they name.
constexpr std::string_view home_sql =
    R"(SELECT "place","period","source","seq","state","value","status","grade" FROM "observation" )"
    R"(WHERE "home"=$1 AND "indicator"=$2 AND "version"=$3 AND "seq"<=$4)";
constexpr std::string_view place_sql =
    R"(SELECT "place","period","source","seq","state","value","status","grade" FROM "observation" )"
    R"(WHERE "home"=$1 AND "indicator"=$2 AND "version"=$3 AND "seq"<=$4 AND "place"=$5)";

/// An indicator as it was defined then. Under some of its versions figures were in another unit: such a one may hold
/// the cell, but is not told.
struct Then {
  fact::Indicator indicator;
  std::vector<int> versions, told;
};

Result<std::vector<Then>> indicators_at(const View& now, Seq seq, const IndicatorReader& reader) {
  std::vector<Then> out;
  for (const std::string& id : now.definitions->ids("indicator")) {
    Definitions::Versions versions = now.definitions->versions("indicator", id);
    std::erase_if(versions, [&](const auto& one) { return one->seq > seq; });
    if (versions.empty()) continue;
    TRY_ASSIGN(fact::Indicator indicator, reader(*versions.back()));
    indicator.version = versions.back()->version;
    Then one{.indicator = std::move(indicator), .versions = {}, .told = {}};
    for (const auto& version : versions) one.versions.push_back(version->version);
    one.told = comparable_versions(versions, one.indicator, reader);
    out.push_back(std::move(one));
  }
  return out;
}

/// The codes asked for and whatever they are made of; empty stands for all.
std::set<IndicatorCode> with_parts(const std::vector<Then>& all, const std::vector<IndicatorCode>& asked) {
  std::set<IndicatorCode> out(asked.begin(), asked.end());
  for (std::size_t before = 0; before != out.size();) {
    before = out.size();
    for (const Then& one : all) {
      if (!out.contains(one.indicator.code)) continue;
      for (const IndicatorCode& part : {one.indicator.numerator, one.indicator.denominator}) {
        if (!part.value.empty()) out.insert(part);
      }
    }
  }
  return out;
}

class Reading {
 public:
  Reading(Store& store, const View& now, const Lookback& back) : store_(store), tree_(*now.tree), back_(back) {
    const bool part_of_home = tree_.size() > 0 && tree_[back.under].level > place::Level::county;
    for (place::NodeIndex node = back.under; node < (tree_.size() > 0 ? tree_.end(back.under) : 0); ++node) {
      homes_.insert(tree_.home(node));
      if (part_of_home) places_.push_back(tree_[node].id);
    }
  }

  Status read(const Then& then, fact::IndicatorIndex index) {
    for (const PlaceId home : homes_) {
      const auto versions = [&](Database& database) -> Result<bool> {
        for (const int version : then.versions) TRY(read_version(database, home, then, index, version));
        return true;
      };
      TRY(store_.read(versions));
    }
    return {};
  }

  /// Weakest first: of several for one cell the last put stands.
  std::vector<fact::CellUpdate> cells() && {
    const auto weaker = [this](const Found& a, const Found& b) { return outranks(claim(b), claim(a)); };
    if (!std::is_sorted(found_.begin(), found_.end(), weaker)) std::stable_sort(found_.begin(), found_.end(), weaker);
    std::vector<fact::CellUpdate> out;
    out.reserve(found_.size());
    for (const Found& f : found_) {
      out.push_back(f.update);
      if (!f.told) out.back().cell = {};
    }
    return out;
  }
  [[nodiscard]] const SourceNames& sources() const { return names_; }

 private:
  /// Whose rows are read.
  struct Of {
    fact::IndicatorIndex indicator;
    int version;
    bool told;
  };
  struct Found {
    fact::CellUpdate update;
    int version;
    bool told;
  };
  [[nodiscard]] Claim claim(const Found& f) const {
    return {ranks_[f.update.cell.source], f.update.cell.seq, names_[f.update.cell.source], f.version};
  }

  Status read_version(Database& database, PlaceId home, const Then& then, fact::IndicatorIndex index, int version) {
    std::vector<Value> key{home.value, then.indicator.code.value, std::int64_t{version}, back_.seq.value};
    const Of of{index, version, std::ranges::find(then.told, version) != then.told.end()};
    if (places_.empty()) return read_rows(database, home_sql, key, of);
    key.emplace_back();
    for (const PlaceId place : places_) {
      key.back() = place.value;
      TRY(read_rows(database, place_sql, key, of));
    }
    return {};
  }

  Status read_rows(Database& database, std::string_view sql, const std::vector<Value>& key, const Of& of) {
    TRY_ASSIGN(Statement * rows, database.prepare(sql));
    TRY(rows->bind_all(key));
    const Status done = [&]() -> Status {
      while (true) {
        TRY_ASSIGN(const bool more, rows->step());
        if (!more) return {};
        TRY(take(*rows, of));
      }
    }();
    rows->reset();
    return done;
  }

  Status take(const Statement& row, const Of& of) {
    const place::NodeIndex node = tree_.find(PlaceId{row.integer(place_at)});
    if (node == place::no_node || !tree_.within(node, back_.under)) return {};
    if (found_.size() >= back_.most_rows) return fail(errors::known_too_much, {std::to_string(back_.most_rows)});
    TRY_ASSIGN(const Period period, Period::from_key(row.integer(period_at)));
    found_.push_back({{node,
                       of.indicator,
                       period,
                       {.value = {static_cast<fact::CellState>(row.integer(state_at)), row.integer(value_at)},
                        .status = static_cast<fact::ValueStatus>(row.integer(status_at)),
                        .grade = static_cast<fact::Grade>(row.integer(grade_at)),
                        .source = source(row.text(source_at)),
                        .seq = Seq{row.integer(seq_at)}}},
                      of.version,
                      of.told});
    return {};
  }

  std::uint32_t source(std::string_view name) {
    if (const auto known = handles_.find(name); known != handles_.end()) return known->second;
    const auto handle = static_cast<std::uint32_t>(names_.size());
    names_.emplace_back(name);
    ranks_.push_back(rank_of(name, back_.precedence));
    handles_.emplace(name, handle);
    return handle;
  }

  Store& store_;
  const place::Tree& tree_;
  const Lookback& back_;
  std::set<PlaceId> homes_;
  std::vector<PlaceId> places_;   ///< empty: every place of the homes
  std::vector<Found> found_;
  SourceNames names_;
  std::vector<int> ranks_;
  std::map<std::string, std::uint32_t, std::less<>> handles_;
};

}   // namespace

Result<Known> known_at(Store& store, const View& now, const Lookback& back, const IndicatorReader& reader,
                       Executor& executor) {
  TRY_ASSIGN(const std::vector<Then> then, indicators_at(now, back.seq, reader));
  const std::set<IndicatorCode> wanted = with_parts(then, back.indicators);
  Reading reading(store, now, back);
  std::vector<fact::Indicator> indicators;
  for (const Then& one : then) {
    if (wanted.empty() || wanted.contains(one.indicator.code))
      TRY(reading.read(one, static_cast<fact::IndicatorIndex>(indicators.size())));
    indicators.push_back(one.indicator);
  }
  auto sources = std::make_shared<const SourceNames>(reading.sources());
  TRY_ASSIGN(fact::Cube cube, fact::Cube::build(now.tree, std::move(indicators), std::move(reading).cells(), executor));
  return Known{now.tree, std::make_shared<const fact::Cube>(std::move(cube)), std::move(sources)};
}

}   // namespace gangmu::store
