// SPDX-License-Identifier: Apache-2.0
#include "store/known.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "fact/ground.hpp"
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

/// The codes asked for and whatever they are made of; empty stands for all.
std::set<IndicatorCode> with_parts(const std::vector<fact::IndicatorVersions>& all,
                                   const std::vector<IndicatorCode>& asked) {
  std::set<IndicatorCode> out(asked.begin(), asked.end());
  const auto add_parts = [&](const fact::Indicator& indicator) {
    if (!out.contains(indicator.code)) return;
    for (const IndicatorCode& part : {indicator.numerator, indicator.denominator}) {
      if (!part.value.empty()) out.insert(part);
    }
  };
  for (std::size_t before = 0; before != out.size();) {
    before = out.size();
    for (const auto& versions : all)
      for (const auto& version : versions) add_parts(version.indicator);
  }
  return out;
}

class Reading {
 public:
  Reading(Store& store, const View& now, const Lookback& back, const fact::Grounds& grounds)
      : store_(store), now_(now), back_(back), grounds_(grounds) {
    for (const auto& tree : grounds.frames().trees()) {
      const place::NodeIndex under = back.under ? tree->find(back.under) : 0;
      if (under == place::no_node || tree->size() == 0) continue;
      part_of_home_ |= (*tree)[under].level > place::Level::county;
      for (place::NodeIndex node = under; node < tree->end(under); ++node) add(tree, node);
    }
  }

  Status read(fact::IndicatorIndex index) {
    const IndicatorCode& code = grounds_.now().indicators()[index].code;
    const auto versions = now_.definitions->versions("indicator", code.value);
    for (const auto& [home, places] : homes_) {
      const auto all = [&](Database& database) -> Result<bool> {
        for (const auto& version : versions) {
          if (version->seq > back_.seq) continue;
          TRY(read_version(database, home, places, {index, code, version->version}));
        }
        return true;
      };
      TRY(store_.read(all));
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
    const IndicatorCode& code;
    int version;
  };
  struct Found {
    fact::CellUpdate update;
    int version;
    bool told;   ///< false: it may hold the cell, but is in another unit
  };
  [[nodiscard]] Claim claim(const Found& f) const {
    return {ranks_[f.update.cell.source], f.update.cell.seq, names_[f.update.cell.source], f.version};
  }

  /// A place that was below, with every home its rows may lie under.
  void add(const std::shared_ptr<const place::Tree>& tree, place::NodeIndex node) {
    const PlaceId place = (*tree)[node].id;
    if (!places_.insert(place).second) return;
    for (const PlaceId home : now_.homes->of(place, tree->home(node))) homes_[home].push_back(place);
  }

  Status read_version(Database& database, PlaceId home, const std::vector<PlaceId>& places, const Of& of) {
    std::vector<Value> key{home.value, of.code.value, std::int64_t{of.version}, back_.seq.value};
    if (!part_of_home_) return read_rows(database, home_sql, key, of);
    key.emplace_back();
    for (const PlaceId place : places) {
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
    const PlaceId place{row.integer(place_at)};
    if (!places_.contains(place)) return {};
    if (found_.size() >= back_.most_rows) return fail(errors::known_too_much, {std::to_string(back_.most_rows)});
    TRY_ASSIGN(const Ground* ground, ground_of(row.integer(period_at)));
    const place::NodeIndex node = ground->ground.floor(of.indicator).tree->find(place);
    if (node == place::no_node) return {};
    found_.push_back({{node,
                       of.indicator,
                       ground->period,
                       {.value = {static_cast<fact::CellState>(row.integer(state_at)), row.integer(value_at)},
                        .status = static_cast<fact::ValueStatus>(row.integer(status_at)),
                        .grade = static_cast<fact::Grade>(row.integer(grade_at)),
                        .source = source(row.text(source_at)),
                        .seq = Seq{row.integer(seq_at)}}},
                      of.version,
                      now_.units->alike(of.code, of.version, (*ground->ground.catalogue)[of.indicator])});
    return {};
  }

  struct Ground {
    Period period;
    fact::Ground ground;
  };
  Result<const Ground*> ground_of(std::int64_t key) {
    const auto [found, fresh] = periods_.try_emplace(key);
    if (fresh) {
      TRY_ASSIGN(found->second.period, Period::from_key(key));
      found->second.ground = grounds_.at(found->second.period);
    }
    return &found->second;
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
  const View& now_;
  const Lookback& back_;
  const fact::Grounds& grounds_;
  bool part_of_home_ = false;   ///< a town or village: its places are read one by one
  std::unordered_set<PlaceId> places_;
  std::map<PlaceId, std::vector<PlaceId>> homes_;   ///< and the places that may have rows there
  std::map<std::int64_t, Ground> periods_;
  std::vector<Found> found_;
  SourceNames names_;
  std::vector<int> ranks_;
  std::map<std::string, std::uint32_t, std::less<>> handles_;
};

/// The frames as they were known; those of now when no place changed since.
Result<std::shared_ptr<const place::Frames>> frames_at(const View& now, Seq seq) {
  if (std::ranges::all_of(*now.places, [&](const PlaceRow& row) { return row.seq <= seq; })) return now.frames;
  return places::frames(*now.places, seq);
}

}   // namespace

Result<Known> known_at(Store& store, const View& now, const Lookback& back, const IndicatorReader& reader,
                       Executor& executor) {
  Known out;
  TRY_ASSIGN(out.frames, frames_at(now, back.seq));
  TRY_ASSIGN(std::vector<fact::IndicatorVersions> then, indicators_as_of(*now.definitions, back.seq, reader));
  const std::set<IndicatorCode> wanted = with_parts(then, back.indicators);
  TRY_ASSIGN(fact::Grounds grounds, fact::Grounds::of(out.frames, std::move(then)));
  Reading reading(store, now, back, grounds);
  for (fact::IndicatorIndex i = 0; i < grounds.now().indicators().size(); ++i) {
    if (wanted.empty() || wanted.contains(grounds.now()[i].code)) TRY(reading.read(i));
  }
  out.sources = std::make_shared<const SourceNames>(reading.sources());
  const std::vector<fact::CellUpdate> cells = std::move(reading).cells();
  out.cube = std::make_shared<const fact::Cube>(fact::Cube::build(std::move(grounds), cells, executor));
  return out;
}

}   // namespace gangmu::store
