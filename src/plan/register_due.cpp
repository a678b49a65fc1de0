// SPDX-License-Identifier: Apache-2.0
#include "plan/register_due.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

bool readable(const Result<Due>& due) { return due || due.error().is(errors::due_without_year); }

/// 2023.1, 6.3: the zero behind a decimal point is lost unless a format keeps it, so January may be October.
bool zero_may_be_lost(const GridCell& cell, const std::string& shown) {
  const auto point = shown.find('.');
  return cell.decimals < 2 && point != std::string::npos && point + 2 == shown.size() &&
         readable(parse_due(shown + "0"));
}

/// The day a spreadsheet counts so.
std::optional<Date> day_number(std::string_view typed) {
  constexpr int earliest = 1990, latest = 2100;
  constexpr std::int32_t day_zero = -25569;   // 1899-12-30, from which spreadsheets count
  const auto number = Decimal::parse(text::narrow(text::trim(typed)));
  if (!number || number->scale() != 0 || number->units() > 99'999 || number->units() < 10'000) return std::nullopt;
  const Date day{static_cast<std::int32_t>(number->units()) + day_zero};
  return day.year() >= earliest && day.year() <= latest ? std::optional(day) : std::nullopt;
}

}   // namespace

std::optional<std::string> shown_number(const GridCell& cell) {
  if (cell.decimals < 0) return cell.text;
  const auto point = cell.text.find('.');
  const std::size_t has = point == std::string::npos ? 0 : cell.text.size() - point - 1;
  const auto shows = static_cast<std::size_t>(cell.decimals);
  if (has > shows) return std::nullopt;
  return cell.text + (has == 0 && shows > 0 ? "." : "") + std::string(shows - has, '0');
}

Result<Due> due_of_cell(const GridCell& cell, std::optional<int> year) {
  if (cell.kind != CellKind::number) return parse_due(cell.text, year);
  const auto shown = shown_number(cell);
  if (!shown || cell.percent || zero_may_be_lost(cell, *shown)) return fail(errors::due_unreadable, {cell.text});
  return parse_due(*shown, year);
}

std::vector<std::string> due_choices(const GridCell& cell, std::optional<int> year) {
  if (const auto day = day_number(cell.text)) return {day->text()};
  std::vector<std::string> choices = dues_within(cell.text, year);
  if (cell.kind != CellKind::number || !zero_may_be_lost(cell, cell.text)) return choices;
  for (std::string& later : dues_within(cell.text + "0", year)) {
    if (std::find(choices.begin(), choices.end(), later) == choices.end()) choices.push_back(std::move(later));
  }
  return choices;
}

}   // namespace gangmu::plan
