// SPDX-License-Identifier: Apache-2.0
#include "base/grid.hpp"

#include <charconv>
#include <cmath>

#include "base/decimal.hpp"

namespace gangmu {
namespace {

constexpr double most_rounded = 1e15;   // beyond it a real has no decimals to round

}   // namespace

std::string GridCell::shown() const {
  if (kind != CellKind::number || (decimals < 0 && !percent)) return text;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::fabs(value) < most_rounded)) return text;
  if (!percent) return round_half_up(value, decimals);
  // Through the text, so that 7 % of 0.07 is 7 and not 7.000000000000001.
  const Result<Decimal> hundredfold = rounded_half_up(value * 100, decimals < 0 ? 9 : decimals);
  if (!hundredfold) return text;
  return (decimals < 0 ? hundredfold->reduced() : *hundredfold).text() + "%";
}

const GridCell& Grid::at(std::size_t row, std::size_t column) const {
  static const GridCell absent;
  return row < rows.size() && column < rows[row].size() ? rows[row][column] : absent;
}

Position Grid::position(std::size_t row, std::size_t column) const {
  if (sheet.empty()) {
    return {.file = file, .line = row < lines.size() ? lines[row] : static_cast<int>(row) + 1, .column = 0, .cell = {}};
  }
  const std::string cell = address(row, column);
  return {.file = file, .line = 0, .column = 0, .cell = parts.empty() ? sheet + "!" + cell : cell};
}

namespace {

const GridPart* part_at(const std::vector<GridPart>& parts, std::size_t row) {
  const GridPart* found = nullptr;
  for (const GridPart& part : parts) {
    if (part.first_row <= row) found = &part;
  }
  return found;
}

}   // namespace

const GridPart* Grid::part_of(std::size_t row) const { return part_at(parts, row); }

std::string Grid::address(std::size_t row, std::size_t column) const { return cell_address(parts, row, column); }

std::string cell_address(const std::vector<GridPart>& parts, std::size_t row, std::size_t column) {
  const GridPart* part = part_at(parts, row);
  if (part == nullptr) return column_letters(column) + std::to_string(row + 1);
  return part->sheet + "!" + column_letters(column) + std::to_string(row - part->first_row + 1);
}

std::string column_letters(std::size_t column) {
  std::string out;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

}   // namespace gangmu
