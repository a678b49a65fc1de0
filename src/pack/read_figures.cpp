// SPDX-License-Identifier: Apache-2.0
// observations.csv, read row by row: a ten-year city has about a million.
#include <algorithm>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"

namespace gangmu::pack {
namespace {

fact::Grade grade_of(std::string_view text) { return static_cast<fact::Grade>(text[0] - 'A'); }

std::string level_list(const std::vector<place::Level>& levels) {
  std::string out;
  for (const place::Level level : levels) out += (out.empty() ? "" : ", ") + std::string(place::level_name(level));
  return out;
}

std::int64_t revision_of(std::string_view text) {
  std::int64_t n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || n > 1'000'000) return -1;
    n = n * 10 + (c - '0');
  }
  return text.empty() ? 1 : n;
}

}   // namespace

const Reader::KnownIndicator* Reader::known_indicator(std::string_view code, const Position& where) {
  const auto it = indicators_.find(code);
  if (it != indicators_.end()) return &it->second;
  if (ids_["indicator"].contains(code)) return nullptr;   // its own row was told
  std::vector<std::string> codes;
  for (const auto& [known, indicator] : indicators_) codes.push_back(known);
  const auto [zh, en] = did_you_mean(code, codes);
  faults.add(errors::reference_unknown, {"indicator", std::string(code), "indicators.csv", zh, en}, where);
  return nullptr;
}

int Reader::version_on(const KnownIndicator& indicator, const Period& period) const {
  std::size_t at = 0;
  for (std::size_t v = 0; v < indicator.versions.size(); ++v)
    if (indicator.valid_from[v] <= period.first()) at = v;
  return indicator.versions[at].version;
}

void Reader::read_figures(const std::string& file, const FileLayout& layout) {
  for_each_row(text_of(files_.find(file)->second, file, faults), file, layout, faults,
               [&](const Row& row) { take_figure(row); });
  const auto key = [](const Figure& f) {
    const auto& o = f.observation;
    return std::tuple(o.place.value, std::string_view(o.indicator.value), o.period, std::string_view(o.source.value),
                      f.revision);
  };
  std::ranges::stable_sort(figures_, [&](const Figure& a, const Figure& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    Figure& figure = figures_[i];
    const Position where{.file = file, .line = figure.line, .column = 0, .cell = {}};
    const Figure* before = i > 0 ? &figures_[i - 1] : nullptr;
    const auto& o = figure.observation;
    const bool same = before && before->observation.place == o.place && before->observation.indicator == o.indicator &&
                      before->observation.period == o.period && before->observation.source == o.source;
    const int expected = same ? before->revision + 1 : 1;
    if (same && before->revision == figure.revision) {
      const std::string code = pack.places[static_cast<std::size_t>(o.place.value - 1)].code;
      faults.add(
          errors::duplicate_key,
          {code + "/" + o.indicator.value + "/" + o.period.text() + "/" + o.source.value, std::to_string(before->line)},
          where);
    } else if (figure.revision != expected) {
      faults.add(errors::revision_gap, {std::to_string(figure.revision), std::to_string(expected)}, where);
    }
  }
  figures_file_ = file;
  note_figures();
  note_overlaps();
  pack.observations.reserve(figures_.size());
  for (Figure& figure : figures_) pack.observations.push_back(std::move(figure.observation));
  figures_.clear();
  figures_.shrink_to_fit();
}

/// The definition a row is read by: the version it names, else the one valid in its period. While the period can't be
/// read any version does, if all would read the row alike; else null, as after a fault.
const fact::Indicator* Reader::definition_of(const KnownIndicator& indicator, const Row& row,
                                             const Result<Period>& when) {
  const fact::Indicator& first = indicator.versions.front();
  const auto alike = [&](const fact::Indicator& v) {
    return v.decimals == first.decimals && v.unit_zh == first.unit_zh && v.levels == first.levels;
  };
  const std::string_view named = row["version"];
  if (named.empty() && !when && !std::ranges::all_of(indicator.versions, alike)) return nullptr;
  const int used = !named.empty() ? static_cast<int>(revision_of(named))
                   : when         ? version_on(indicator, *when)
                                  : first.version;
  const auto found = std::ranges::find(indicator.versions, used, &fact::Indicator::version);
  if (found != indicator.versions.end()) return &*found;
  faults.add(errors::version_unknown, {std::string(row["indicator"]), std::string(named)}, row.where());
  return nullptr;
}

/// Every cell is looked at, whatever is wrong with the others. A row whose value is wrong still counts for the
/// revisions of its series, so that those after it are not told to be out of order; nothing of a pack with faults is
/// used.
void Reader::take_figure(const Row& row) {
  enum : std::size_t { place, indicator, period, value, unit, source, status, grade, revision, version, note };
  const Position& where = row.where();
  const FileLayout& layout = row.layout();
  for (const std::size_t c : {place, indicator, period, source})
    if (row[c].empty() && row.has(c)) faults.add(errors::cell_required, {std::string(layout.columns[c].name)}, where);
  for (const std::size_t c : {status, grade})
    if (!row[c].empty()) cell(layout.columns[c], row[c], where);

  fact::Observation o;
  if (const auto at = place_index_.find(std::string(row[place])); at != place_index_.end())
    o.place = PlaceId{static_cast<std::int64_t>(at->second) + 1};
  else if (!row[place].empty())
    known_place(row[place], "place", where);
  const KnownIndicator* known = row[indicator].empty() ? nullptr : known_indicator(row[indicator], where);
  const auto when = Period::parse(row[period]);
  if (!when && !row[period].empty()) faults.add(when.error(), where);
  const auto from = source_grades_.find(row[source]);
  if (from == source_grades_.end() && !row[source].empty())
    pending_.push_back({"source", "source", std::string(row[source]), where});
  const std::int64_t nth = revision_of(row[revision]);
  if (nth < 1)
    faults.add(errors::cell_form, {"revision", std::string(row[revision]), "从 1 起的整数", "a whole number from 1"},
               where);

  const fact::Indicator* definition = known ? definition_of(*known, row, when) : nullptr;
  const auto parsed = fact::CellValue::parse(row[value], definition ? definition->decimals : Decimal::max_scale);
  if (!parsed) faults.add(parsed.error(), where);
  if (!row[unit].empty() && (!definition || (row[unit] != definition->unit_zh && row[unit] != definition->unit_en)) &&
      known_unit(row[unit], where) && definition)
    faults.add(errors::unit_differs, {definition->code.value, definition->unit_zh, std::string(row[unit])}, where);
  if (definition && o.place && !unlevelled_.contains(row[place])) {
    const place::Level level = pack.places[static_cast<std::size_t>(o.place.value - 1)].level;
    if (std::ranges::find(definition->levels, level) == definition->levels.end())
      faults.add(errors::level_without,
                 {definition->code.value, std::string(place::level_name(level)), level_list(definition->levels)},
                 where);
  }

  if (!definition || !o.place || !when || nth < 1 || row[source].empty()) return;
  o.indicator = definition->code;
  o.version = definition->version;
  o.period = *when;
  o.source = SourceId{std::string(row[source])};
  if (parsed) o.value = *parsed;
  o.status = row[status] == "preliminary" ? fact::ValueStatus::preliminary
             : row[status] == "revised"   ? fact::ValueStatus::revised
                                          : fact::ValueStatus::final;
  o.grade = row[grade].size() == 1         ? grade_of(row[grade])
            : from == source_grades_.end() ? fact::Grade::a
                                           : from->second;
  o.note = std::string(row[note]);
  figures_.push_back({std::move(o), static_cast<int>(nth), where.line});
}

}   // namespace gangmu::pack
