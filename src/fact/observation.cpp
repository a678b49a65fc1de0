// SPDX-License-Identifier: Apache-2.0
#include "fact/observation.hpp"

#include "base/errors.hpp"
#include "fact/errors.hpp"

namespace gangmu::fact {

namespace {

/// The number after an optional mark, at the decimals of the indicator. `whole` is the cell as written, for messages.
Result<std::int64_t> units_of(std::string_view number, int decimals, std::string_view whole) {
  const auto parsed = Decimal::parse(number);
  if (!parsed && parsed.error().is(gangmu::errors::number_overflow)) return fail(parsed.error());
  if (!parsed && parsed.error().is(gangmu::errors::number_too_precise)) {
    return fail(errors::cell_too_precise, {std::string(whole), std::to_string(decimals)});
  }
  if (!parsed) return fail(errors::cell_malformed, {std::string(whole)});
  const auto scaled = parsed->rescaled(decimals);
  if (!scaled && scaled.error().is(gangmu::errors::number_too_precise)) {
    return fail(errors::cell_too_precise, {std::string(whole), std::to_string(decimals)});
  }
  if (!scaled) return fail(scaled.error());
  return scaled->units();
}

}   // namespace

Result<CellValue> CellValue::parse(std::string_view text, int decimals) {
  if (text.empty()) return CellValue{};
  if (text == "NA") return CellValue{.state = CellState::not_applicable};
  if (text == "WH") return CellValue{.state = CellState::withheld};
  CellValue cell{.state = CellState::value};
  std::string_view number = text;
  if (text.front() == '>' || text.front() == '<') {
    cell.state = text.front() == '>' ? CellState::above : CellState::below;
    number.remove_prefix(1);
  }
  TRY_ASSIGN(cell.units, units_of(number, decimals, text));
  return cell;
}

std::string CellValue::text(int decimals) const {
  std::string out;
  switch (state) {
    case CellState::missing: return out;
    case CellState::not_applicable: return "NA";
    case CellState::withheld: return "WH";
    case CellState::above: out = '>'; break;
    case CellState::below: out = '<'; break;
    case CellState::value: break;
  }
  out += Decimal(units, decimals).text();
  return out;
}

}   // namespace gangmu::fact
