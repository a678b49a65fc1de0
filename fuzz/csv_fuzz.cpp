// SPDX-License-Identifier: Apache-2.0
// Any bytes as csv; what was read is written and read again and must not change.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sheet/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gangmu;
  const auto grid = sheet::read_csv(std::string_view(reinterpret_cast<const char*>(data), size), "f.csv");
  if (!grid) return 0;
  Worksheet sheet;
  for (const auto& cells : grid->rows) {
    WorksheetRow& row = sheet.rows.emplace_back();
    for (const GridCell& cell : cells) row.cells.emplace_back(cell.text);
    row.cells.emplace_back("|");   // keeps the row, and the comma, whatever the cells hold
    row.cells.emplace_back("|");
  }
  if (sheet.rows.empty()) return 0;
  // A cell may begin with U+FEFF itself, and hold whatever else may separate columns.
  const std::string bytes = "\xEF\xBB\xBFsep=,\n" + sheet::write_csv(sheet);
  const auto again = sheet::read_csv(bytes, "f.csv");
  if (!again || again->rows.size() != grid->rows.size()) std::abort();
  for (std::size_t r = 0; r < grid->rows.size(); ++r) {
    for (std::size_t c = 0; c < grid->rows[r].size(); ++c) {
      if (again->at(r, c).text != grid->at(r, c).text) std::abort();
    }
  }
  return 0;
}
