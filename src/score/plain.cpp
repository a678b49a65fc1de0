// SPDX-License-Identifier: Apache-2.0
// From rows to the matrix a scheme reads.
#include "score/plain.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "score/errors.hpp"
#include "score/plain_stress.hpp"

namespace gangmu::score {

namespace {

struct Cell {
  fact::CellState state = fact::CellState::missing;
  double value = 0;
};

/// number | >n | <n | empty | NA | WH
std::optional<Cell> cell_of(std::string_view written) {
  using fact::CellState;
  if (written.empty()) return Cell{};
  if (written == "NA") return Cell{CellState::not_applicable, 0};
  if (written == "WH") return Cell{CellState::withheld, 0};
  const bool above = written.front() == '>', below = written.front() == '<';
  const auto number = Decimal::parse(above || below ? written.substr(1) : written);
  if (!number) return std::nullopt;
  return Cell{above ? CellState::above : below ? CellState::below : CellState::value, number->real()};
}

/// What stands behind the code: "", "target", "review2".
std::string use_text(const Column& column) {
  if (column.use == ColumnUse::value || column.use == ColumnUse::base) return {};
  return std::string(column_use_name(column.use)) + (column.part > 0 ? std::to_string(column.part) : "");
}

/// "@target"
std::string mark_of(const Column& column) {
  const std::string use = use_text(column);
  return use.empty() ? use : "@" + use;
}

/// As many as can be read at a glance.
std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t glance = 20;
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (name.empty() || std::ranges::find(shown, name) != shown.end()) continue;
    if (shown.size() == glance) return text::join(shown, ", ") + " …";
    shown.push_back(name);
  }
  return text::join(shown, ", ");
}

class Gatherer {
 public:
  Gatherer(const Scheme& scheme, std::span<const ValueRow> values, std::span<const PlaceRow> places,
           std::span<const std::string> beside)
      : scheme_(scheme), values_(values), rows_(places), beside_(beside) {}

  Result<Gathered> run(std::optional<Period> period) {
    read_periods();
    if (period) {
      period_ = *period;
    } else if (!latest(period_) && values_.empty()) {
      faults_.push_back({&errors::no_values, {"values"}, {}});
    }
    if (faults_.empty()) codes();
    list_places();
    classes_and_groups();
    if (!faults_.empty()) return fail(std::move(faults_));
    cells();
    if (period && !assessed_) faults_.push_back({&errors::no_values_of, {period_.text(), periods_read()}, {}});
    if (!faults_.empty()) return fail(std::move(faults_));
    return std::move(out_);
  }

 private:
  void read_periods() {
    for (const auto& row : values_) {
      auto period = Period::parse(row.period);
      if (!period) {
        auto fault = period.error().first();
        fault.where = row.where;
        faults_.push_back(std::move(fault));
      }
      periods_.push_back(period.value_or(Period{}));
    }
  }

  [[nodiscard]] bool read(const ValueRow& row) const {
    return std::any_of(scheme_.columns.begin(), scheme_.columns.end(),
                       [&](const Column& c) { return c.indicator.value == row.indicator; });
  }

  /// What the scheme reads and what the values hold must know each other, or a slip of the pen would change the result.
  void codes() {
    std::vector<std::string> names, unfilled;
    for (const Column& c : scheme_.columns) names.push_back(c.indicator.value + mark_of(c));
    std::set<std::string> told, filled;
    for (const ValueRow& row : values_) {
      if (row.indicator.starts_with('@')) continue;
      filled.insert(row.indicator.substr(0, row.indicator.find('@')));
      if (std::ranges::find(names, row.indicator) != names.end() ||
          std::ranges::find(beside_, row.indicator) != beside_.end() || !told.insert(row.indicator).second)
        continue;
      const std::string near = text::nearest(row.indicator, names);
      faults_.push_back({&errors::code_unread, {row.indicator, near.empty() ? joined(names) : near}, row.where});
      filled.insert(near.substr(0, near.find('@')));   // one slip, one message
    }
    for (const Column& c : scheme_.columns) {
      const std::string& code = c.indicator.value;
      if (filled.contains(code) || std::ranges::find(unfilled, code) != unfilled.end()) continue;
      unfilled.push_back(code);
      faults_.push_back({&errors::code_unfilled, {code, joined({filled.begin(), filled.end()})}, {}});
    }
  }

  /// Those of indicators the scheme reads: "2023, 2024".
  [[nodiscard]] std::string periods_read() const {
    std::set<Period> found;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (read(values_[i]) && !values_[i].value.empty()) found.insert(periods_[i]);
    }
    std::vector<std::string> texts;
    for (const Period& period : found) texts.push_back(period.text());
    return texts.empty() ? "–" : text::join(texts, ", ");
  }

  /// The latest period of an indicator the scheme reads.
  bool latest(Period& out) const {
    bool any = false;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!read(values_[i]) || (any && periods_[i] <= out)) continue;
      out = periods_[i];
      any = true;
    }
    return any;
  }

  void list_places() {
    std::set<std::string> codes;
    for (const auto& row : rows_) {
      if (!codes.insert(row.code).second) faults_.push_back({&errors::place_twice, {row.code}, row.where});
    }
    for (const auto& row : values_) {
      if (rows_.empty()) {
        codes.insert(row.place);
      } else if (!codes.contains(row.place)) {
        faults_.push_back({&errors::place_unknown, {row.place}, row.where});
      }
    }
    out_.places.assign(codes.begin(), codes.end());
    for (std::uint32_t p = 0; p < out_.places.size(); ++p) index_.emplace(out_.places[p], p);
  }

  void classes_and_groups() {
    std::map<std::string, ClassIndex> members;
    for (ClassIndex c = 0; c < scheme_.classes.size(); ++c) {
      for (const auto& code : scheme_.classes[c].members) members.emplace(code, c);
    }
    out_.classes.assign(out_.places.size(), no_class);
    out_.groups.assign(out_.places.size(), 0);
    std::map<std::string, std::uint32_t> groups;
    for (const auto& row : rows_) {
      const std::uint32_t p = index_.at(row.code);
      if (!row.class_id.empty()) {
        out_.classes[p] = scheme_.find_class(row.class_id);
        if (out_.classes[p] == no_class) unknown_class(row);
      }
      groups.emplace(row.group, 0);
    }
    // Groups are numbered by name, so that their order does not hang on the order of the rows.
    std::uint32_t next = 0;
    for (auto& [name, number] : groups) number = next++;
    for (const auto& row : rows_) out_.groups[index_.at(row.code)] = groups.at(row.group);
    for (std::uint32_t p = 0; p < out_.places.size(); ++p) {
      if (out_.classes[p] != no_class) continue;
      const auto member = members.find(out_.places[p]);
      if (member != members.end()) out_.classes[p] = member->second;
      if (members.empty() && scheme_.classes.size() == 1) out_.classes[p] = 0;
      const bool refused = out_.classes[p] == no_class && !unclassed_.contains(out_.places[p]);
      if (refused) faults_.push_back({&errors::class_missing, {out_.places[p]}, {}});
    }
  }

  void unknown_class(const PlaceRow& row) {
    std::vector<std::string> ids;
    for (const auto& c : scheme_.classes) ids.push_back(c.id);
    faults_.push_back({&errors::scheme_class_unknown, {row.class_id, text::join(ids, ", ")}, row.where});
    unclassed_.insert(row.code);
  }

  void cells() {
    const std::size_t places = out_.places.size();
    out_.values.assign(scheme_.columns.size() * places, 0);
    out_.states.assign(scheme_.columns.size() * places, fact::CellState::missing);
    std::set<std::tuple<std::string, std::string, std::int64_t>> seen;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const ValueRow& row = values_[i];
      if (!seen.emplace(row.place, row.indicator, periods_[i].key()).second) {
        faults_.push_back({&errors::row_twice, {row.place, row.indicator, row.period}, row.where});
        continue;
      }
      if (!row.indicator.empty() && row.indicator.front() == '@') {
        grant(row, periods_[i]);
        continue;
      }
      const auto cell = cell_of(row.value);
      if (!cell) {
        faults_.push_back({&errors::cell_malformed, {row.value}, row.where});
        continue;
      }
      place_cell(row, periods_[i], *cell);
    }
  }

  void place_cell(const ValueRow& row, Period period, const Cell& cell) {
    for (std::size_t c = 0; c < scheme_.columns.size(); ++c) {
      const Column& column = scheme_.columns[c];
      if (!row.indicator.starts_with(column.indicator.value) ||
          row.indicator.substr(column.indicator.value.size()) != mark_of(column) || column.period(period_) != period)
        continue;
      const std::size_t at = c * out_.places.size() + index_.at(row.place);
      out_.values[at] = cell.value;   // a threshold keeps its bound: stress tests draw beyond it
      out_.states[at] = cell.state;
      assessed_ =
          assessed_ || ((column.use != ColumnUse::base || estimates_) && cell.state != fact::CellState::missing);
    }
  }

  void grant(const ValueRow& row, Period period) {
    const std::string item = row.indicator.substr(1);
    const bool known =
        std::any_of(scheme_.adjustments.begin(), scheme_.adjustments.end(),
                    [&](const auto& i) { return i.id == item; }) ||
        std::any_of(scheme_.red_lines.begin(), scheme_.red_lines.end(), [&](const auto& l) { return l.id == item; });
    if (!known) {
      faults_.push_back({&errors::grant_unknown, {item}, row.where});
      return;
    }
    const auto times = Decimal::parse(row.value);
    const auto whole = times ? times->reduced().rescaled(0) : times;
    if (!whole || whole->units() < 0 || whole->units() > 1000) {
      faults_.push_back({&errors::grant_times, {item, row.value}, row.where});
    } else if (period == period_) {
      out_.grants.push_back({index_.at(row.place), item, static_cast<int>(whole->units()), row.date, row.evidence});
    }
  }

  const Scheme& scheme_;
  std::span<const ValueRow> values_;
  std::span<const PlaceRow> rows_;
  std::span<const std::string> beside_;
  std::vector<Period> periods_;
  Period period_;
  /// An earlier year's figure may stand for this one's.
  const bool estimates_ = std::ranges::any_of(
      scheme_.leaves, [](const Leaf& leaf) { return leaf.preparation.imputation.kind != ImputationKind::none; });
  bool assessed_ = false;   ///< some figure that the scheme asks for in period_ was found
  std::map<std::string, std::uint32_t> index_;
  std::set<std::string> unclassed_;   ///< already told of
  Gathered out_;
  Diagnostics faults_;
};

}   // namespace

Inputs Gathered::inputs() const { return {places, classes, groups, values, states, grants}; }

Result<Gathered> gather(const Scheme& scheme, std::span<const ValueRow> values, std::span<const PlaceRow> places,
                        std::optional<Period> period, std::span<const std::string> beside) {
  return Gatherer(scheme, values, places, beside).run(period);
}

Result<std::vector<Table>> score_plainly(const Scheme& scheme, std::span<const ValueRow> values,
                                         std::span<const PlaceRow> places, std::optional<Period> period,
                                         Executor& executor, const StressRequest& stress,
                                         std::span<const std::string> beside) {
  TRY_ASSIGN(const Gathered gathered, gather(scheme, values, places, period, beside));
  TRY_ASSIGN(const Assessment assessment, assess(scheme, gathered.inputs(), executor));
  auto out = tables(scheme, gathered, assessment);
  auto coherent = coherence_tables(scheme, gathered, assessment);
  std::move(coherent.begin(), coherent.end(), std::back_inserter(out));
  TRY_ASSIGN(auto more, stress_tables(scheme, gathered, assessment, stress, executor));
  std::move(more.begin(), more.end(), std::back_inserter(out));
  return out;
}

}   // namespace gangmu::score
