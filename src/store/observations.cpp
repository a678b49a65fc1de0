// SPDX-License-Identifier: Apache-2.0
#include "store/observations.hpp"

#include <algorithm>
#include <climits>
#include <tuple>

namespace gangmu::store {

int rank_of(std::string_view source, const Precedence& precedence) {
  const auto found = precedence.find(source);
  return found == precedence.end() ? INT_MAX : found->second;
}

bool outranks(const Claim& challenger, const Claim& holder) {
  if (challenger.rank != holder.rank) return challenger.rank < holder.rank;
  return std::tie(challenger.seq, challenger.source, challenger.version) >
         std::tie(holder.seq, holder.source, holder.version);
}

bool outranks(const fact::Observation& challenger, const fact::Observation& holder, const Precedence& precedence) {
  const auto claim = [&](const fact::Observation& o) {
    return Claim{rank_of(o.source.value, precedence), o.seq, o.source.value, o.version};
  };
  return outranks(claim(challenger), claim(holder));
}

namespace observations {
namespace {

constexpr std::size_t scan_from = 16;   ///< cells of one indicator from which one scan beats look-ups
constexpr std::size_t loaded_at_once = 4000;

std::int64_t number(const Row& row, std::size_t i) { return std::get<std::int64_t>(row[i]); }

Row observation_row(PlaceId home, const fact::Observation& o) {
  return {home.value,
          o.indicator.value,
          std::int64_t{o.version},
          o.place.value,
          o.period.key(),
          o.source.value,
          o.seq.value,
          std::int64_t{static_cast<int>(o.value.state)},
          o.value.units,
          std::int64_t{static_cast<int>(o.status)},
          std::int64_t{static_cast<int>(o.grade)},
          o.note};
}

Row current_row(PlaceId home, const fact::Observation& o) {
  return {home.value,
          o.indicator.value,
          o.place.value,
          o.period.key(),
          o.source.value,
          std::int64_t{o.version},
          o.seq.value,
          std::int64_t{static_cast<int>(o.value.state)},
          o.value.units,
          std::int64_t{static_cast<int>(o.status)},
          std::int64_t{static_cast<int>(o.grade)}};
}

void take_value(fact::Observation& o, const Row& row, std::size_t from) {
  o.value = {static_cast<fact::CellState>(number(row, from)), number(row, from + 1)};
  o.status = static_cast<fact::ValueStatus>(number(row, from + 2));
  o.grade = static_cast<fact::Grade>(number(row, from + 3));
}

Result<fact::Observation> of_observation_row(const Row& row) {
  fact::Observation o;
  o.indicator.value = std::get<std::string>(row[1]);
  o.version = static_cast<int>(number(row, 2));
  o.place = PlaceId{number(row, 3)};
  TRY_ASSIGN(o.period, Period::from_key(number(row, 4)));
  o.source.value = std::get<std::string>(row[5]);
  o.seq = Seq{number(row, 6)};
  take_value(o, row, 7);
  o.note = std::get<std::string>(row[11]);
  return o;
}

Result<fact::Observation> of_current_row(const Row& row) {
  fact::Observation o;
  o.indicator.value = std::get<std::string>(row[1]);
  o.place = PlaceId{number(row, 2)};
  TRY_ASSIGN(o.period, Period::from_key(number(row, 3)));
  o.source.value = std::get<std::string>(row[4]);
  o.version = static_cast<int>(number(row, 5));
  o.seq = Seq{number(row, 6)};
  take_value(o, row, 7);
  return o;
}

Key key_of(const CellKey& cell) { return {cell.home.value, cell.indicator.value, cell.place.value, cell.period.key()}; }

using PlacePeriod = std::pair<std::int64_t, std::int64_t>;
using Holders = std::map<PlacePeriod, fact::Observation>;

PlacePeriod place_period(const fact::Observation& o) { return {o.place.value, o.period.key()}; }

/// Who holds the cells that a run of one home and indicator touches.
Result<Holders> holders_of(Tx& tx, std::span<const Homed> run) {
  Holders out;
  const Homed& any = run.front();
  if (run.size() >= scan_from) {
    TRY(scan_rows(tx.database(), table::observation_current, {any.home.value, any.observation.indicator.value},
                  [&](Row&& row) -> Status {
                    TRY_ASSIGN(fact::Observation o, of_current_row(row));
                    const PlacePeriod key = place_period(o);
                    out.emplace(key, std::move(o));
                    return {};
                  }));
    return out;
  }
  for (const Homed& h : run) {
    TRY_ASSIGN(auto holder, current(tx, {h.home, h.observation.indicator, h.observation.place, h.observation.period}));
    if (holder) out.emplace(place_period(*holder), *std::move(holder));
  }
  return out;
}

/// One home and indicator: the rows to add, and the pointers that move.
Status append_run(Tx& tx, std::span<const Homed> run, const Precedence& precedence) {
  TRY_ASSIGN(const Holders holders, holders_of(tx, run));
  std::vector<Row> rows;
  std::map<PlacePeriod, const fact::Observation*> moved;
  for (const Homed& h : run) {
    rows.push_back(observation_row(h.home, h.observation));
    if (rows.size() == loaded_at_once) {
      TRY(tx.put_all(table::observation, rows));
      rows.clear();
    }
    const PlacePeriod key = place_period(h.observation);
    const auto mine = moved.find(key);
    const auto held = holders.find(key);
    const fact::Observation* holder = mine != moved.end()     ? mine->second
                                      : held != holders.end() ? &held->second
                                                              : nullptr;
    if (!holder || outranks(h.observation, *holder, precedence)) moved[key] = &h.observation;
  }
  TRY(tx.put_all(table::observation, rows));
  rows.clear();
  for (const auto& [key, o] : moved) rows.push_back(current_row(run.front().home, *o));
  return tx.put_all(table::observation_current, rows);
}

/// Versions an indicator was observed under: one look-up each.
Result<std::vector<std::int64_t>> versions_of(Database& database, PlaceId home, const IndicatorCode& indicator) {
  std::vector<std::int64_t> out;
  TRY_ASSIGN(Statement * next,
             database.prepare(
                 R"(SELECT min("version") FROM "observation" WHERE "home"=$1 AND "indicator"=$2 AND "version">$3)"));
  while (true) {
    TRY(next->bind_all(std::vector<Value>{home.value, indicator.value, out.empty() ? std::int64_t{-1} : out.back()}));
    TRY(next->step());
    const bool none = next->is_null(0);
    if (!none) out.push_back(next->integer(0));
    next->reset();
    if (none) return out;
  }
}

Status collect(Database& database, const Key& prefix, Seq as_of, std::vector<fact::Observation>& out) {
  return scan_rows(database, table::observation, prefix, [&](Row&& row) -> Status {
    if (number(row, 6) > as_of.value) return {};
    TRY_ASSIGN(fact::Observation o, of_observation_row(row));
    out.push_back(std::move(o));
    return {};
  });
}

}   // namespace

Status append(Tx& tx, PlaceId home, fact::Observation observation, const Precedence& precedence) {
  std::vector<Homed> one;
  one.push_back({home, std::move(observation)});
  return append_all(tx, std::move(one), precedence);
}

Status append_all(Tx& tx, std::vector<Homed> all, const Precedence& precedence) {
  for (Homed& h : all) h.observation.seq = tx.seq();
  const auto order = [](const Homed& h) {
    const fact::Observation& o = h.observation;
    return std::tuple<PlaceId, const std::string&, int, PlaceId, std::int64_t>(h.home, o.indicator.value, o.version,
                                                                               o.place, o.period.key());
  };
  std::stable_sort(all.begin(), all.end(), [&](const Homed& a, const Homed& b) { return order(a) < order(b); });
  const auto same = [](const Homed& a, const Homed& b) {
    return a.home == b.home && a.observation.indicator == b.observation.indicator;
  };
  for (auto begin = all.begin(); begin != all.end();) {
    const auto end = std::find_if_not(begin, all.end(), [&](const Homed& h) { return same(h, *begin); });
    TRY(append_run(tx, std::span(begin, end), precedence));
    begin = end;
  }
  return {};
}

Result<PlaceId> home_of(Tx& tx, const fact::Observation& observation, const place::Frames& frames,
                        const PlaceHomes& homes) {
  const PlaceId by_rule = places::home_of(frames, observation.place, observation.period);
  for (const PlaceId home : homes.several(observation.place)) {
    const CellKey cell{home, observation.indicator, observation.place, observation.period};
    TRY_ASSIGN(const auto held, current(tx, cell));
    if (held) return home;
  }
  return by_rule;
}

Result<std::optional<fact::Observation>> current(Tx& tx, const CellKey& cell) {
  TRY_ASSIGN(const auto row, tx.get(table::observation_current, key_of(cell)));
  if (!row) return std::optional<fact::Observation>();
  TRY_ASSIGN(fact::Observation o, of_current_row(*row));
  return std::optional(std::move(o));
}

Result<std::vector<fact::Observation>> history(Database& database, const CellKey& cell, Seq as_of) {
  std::vector<fact::Observation> out;
  TRY_ASSIGN(const auto versions, versions_of(database, cell.home, cell.indicator));
  for (const std::int64_t version : versions)
    TRY(collect(database, {cell.home.value, cell.indicator.value, version, cell.place.value, cell.period.key()}, as_of,
                out));
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tie(a.seq, a.source, a.version) < std::tie(b.seq, b.source, b.version);
  });
  return out;
}

Result<std::vector<fact::Observation>> of_indicator(Database& database, PlaceId home, const IndicatorCode& indicator,
                                                    Seq as_of) {
  std::vector<fact::Observation> out;
  TRY(collect(database, {home.value, indicator.value}, as_of, out));
  const auto order = [](const fact::Observation& o) { return std::tuple(o.place, o.period.key(), o.seq); };
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return out;
}

std::optional<fact::Observation> pick(std::span<const fact::Observation> history, const Precedence& precedence) {
  const fact::Observation* best = nullptr;
  for (const fact::Observation& o : history)
    if (!best || outranks(o, *best, precedence)) best = &o;
  return best ? std::optional(*best) : std::nullopt;
}

}   // namespace observations
}   // namespace gangmu::store
