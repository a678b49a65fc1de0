// SPDX-License-Identifier: Apache-2.0
// One sheet, streamed: rows and cells as they come, then column settings and merged ranges laid over them.
#include <algorithm>
#include <charconv>
#include <set>

#include "sheet/cell_reference.hpp"
#include "sheet/cell_text.hpp"
#include "sheet/errors.hpp"
#include "sheet/merges.hpp"
#include "sheet/refusal.hpp"
#include "sheet/secrecy_mark.hpp"
#include "sheet/xlsx_cell.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {

namespace {

struct SheetReader final : XmlHandler {
  Grid grid;
  const BookTables& tables;
  Reading& reading;

  std::size_t row = 0, next_row = 0;
  std::size_t cell_row = 0;   ///< of the cell: its own address may name another row than the one it stands in
  std::size_t column = 0, next_column = 0;
  std::set<std::pair<std::size_t, std::size_t>> misplaced;   ///< cells that stood in another row than their own
  bool in_cell = false, in_inline = false, preserved = false, in_page_text = false;
  std::string* taken = nullptr;   ///< where text goes
  std::size_t run = 0;            ///< where the text of an inline run begins
  int phonetic = 0;
  RawCell cell;
  std::string page_text;   ///< a header or footer

  SheetReader(const BookTables& t, Reading& r) : tables(t), reading(r) {}
  Position where() const override { return grid.position(cell_row, column); }

  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (in_cell) return start_inside_cell(name, attributes);
    if (name == "c") return start_cell(attributes);
    if (name == "row") return start_row(attributes);
    if (name == "mergeCell") return add_merge(attributes);
    if (name == "col") add_columns(attributes);
    if (is_page_text(name)) {
      page_text.clear();
      taken = &page_text;
    }
    return {};
  }

  Status end(std::string_view name) override {
    if (!in_cell) return is_page_text(name) ? end_page_text() : Status();
    if (name == "c") {
      in_cell = false;
      return end_cell();
    }
    if (name == "t" && taken != nullptr && !preserved) trim_run(cell.inline_text, run);
    if (name == "v" || name == "t") taken = nullptr;
    if (name == "is") in_inline = false;
    if (name == "rPh") --phonetic;
    return {};
  }

  Status text(std::string_view piece) override {
    if (taken == nullptr) return {};
    *taken += piece;
    if (taken->size() > reading.limits.cell_bytes) {
      return refuse_limit(LimitName::cell_bytes, taken->size(), reading.limits.cell_bytes, where());
    }
    return {};
  }

  /// oddHeader, evenFooter, firstHeader …
  static bool is_page_text(std::string_view name) { return name.ends_with("Header") || name.ends_with("Footer"); }

  Status end_page_text() {
    taken = nullptr;
    return refuse_secrecy_mark(page_text_shown(page_text));
  }

  Status start_row(const XmlAttributes& attributes) {
    row = next_row;
    if (const char* r = attributes.get("r")) {
      std::size_t given = 0;
      if (!read_whole(std::string_view(r), given) || !cell_reference("A" + std::string(r))) {
        reading.fault(errors::cell_reference, {r}, where());
      } else {
        row = given - 1;
      }
    }
    next_row = row + 1;
    next_column = 0;
    if (xml_true(attributes.get("hidden")) && row < reading.limits.rows) {
      if (grid.hidden_rows.size() <= row) grid.hidden_rows.resize(row + 1);
      grid.hidden_rows[row] = true;
    }
    return {};
  }

  Status start_cell(const XmlAttributes& attributes) {
    in_cell = true;
    in_inline = false;
    taken = nullptr;
    phonetic = 0;
    cell_row = row;
    column = next_column;
    cell.value.clear();
    cell.inline_text.clear();
    cell.has_value = cell.has_inline = cell.has_formula = false;
    if (const char* r = attributes.get("r")) take_address(r);
    next_column = column + 1;
    cell.style = 0;
    if (const char* s = attributes.get("s")) read_whole(std::string_view(s), cell.style);
    cell.type = cell_type(attributes.get_or("t", "n"));
    return {};
  }

  /// What a cell says of its own place holds, as in spreadsheet programs; another row than its row's is worth a word.
  void take_address(const char* r) {
    const auto given = cell_reference(r);
    if (!given) return reading.fault(errors::cell_reference, {r}, where());
    cell_row = given->row;
    column = given->column;
    if (given->row != row) reading.note(errors::note_other_row, {std::to_string(row + 1)}, where());
  }

  Status start_inside_cell(std::string_view name, const XmlAttributes& attributes) {
    if (name == "v") {
      cell.has_value = true;
      taken = &cell.value;
    } else if (name == "f") {
      cell.has_formula = true;
    } else if (name == "is") {
      in_inline = cell.has_inline = true;
    } else if (name == "rPh") {
      ++phonetic;
    } else if (name == "t" && in_inline && phonetic == 0) {
      taken = &cell.inline_text;
      run = cell.inline_text.size();
      preserved = attributes.preserves_space();
    }
    return {};
  }

  Status end_cell() {
    taken = nullptr;
    GridCell shown = shown_cell(cell, tables, reading, *this);
    if (shown.text.empty()) return {};
    return place(std::move(shown));
  }

  Status place(GridCell shown) {
    const Limits& limits = reading.limits;
    if (cell_row >= limits.rows) return refuse_limit(LimitName::rows, cell_row + 1, limits.rows, where());
    if (column >= limits.columns) return refuse_limit(LimitName::columns, column + 1, limits.columns, where());
    reading.cells +=
        grid.rows.size() <= cell_row ? cell_row + 1 - grid.rows.size() : 0;   // a blank row costs memory too
    if (grid.rows.size() <= cell_row) grid.rows.resize(cell_row + 1);
    std::vector<GridCell>& cells = grid.rows[cell_row];
    reading.cells += cells.size() <= column ? column + 1 - cells.size() : 0;
    if (reading.cells > limits.cells) return refuse_limit(LimitName::cells, reading.cells, limits.cells, where());
    if (cells.size() <= column) {
      if (cell_row > 0 && cells.empty()) cells.reserve(std::max(column + 1, grid.rows[cell_row - 1].size()));
      cells.resize(column + 1);
    } else if (cells[column].kind != CellKind::empty && cell_row != row) {
      return {};   // the cell that stands in its own row holds
    } else if (cells[column].kind != CellKind::empty && !misplaced.contains({cell_row, column})) {
      reading.fault(errors::cell_reference, {column_letters(column) + std::to_string(cell_row + 1)}, where());
    }
    if (cell_row != row) misplaced.insert({cell_row, column});
    TRY(reading.add_text(shown.text.size(), where()));
    cells[column] = std::move(shown);
    return {};
  }

  Status add_merge(const XmlAttributes& attributes) {
    const std::string_view ref = attributes.get_or("ref", "");
    const auto range = range_reference(ref);
    if (!range) {
      reading.fault(errors::cell_reference, {std::string(ref.substr(0, 80))}, where());
      return {};
    }
    if (range->first_row == range->last_row && range->first_column == range->last_column) return {};
    if (grid.merges.size() >= reading.limits.merged_ranges) {
      return refuse_limit(LimitName::merged_ranges, grid.merges.size() + 1, reading.limits.merged_ranges, where());
    }
    grid.merges.push_back(*range);
    return {};
  }

  void add_columns(const XmlAttributes& attributes) {
    std::size_t first = 0, last = 0;
    if (!read_whole(attributes.get_or("min", ""), first) || !read_whole(attributes.get_or("max", ""), last) ||
        first == 0)
      return;
    last = std::min(last, reading.limits.columns);
    double width = 0;
    read_whole(attributes.get_or("width", ""), width);
    const bool hidden = xml_true(attributes.get("hidden"));
    for (std::size_t c = first - 1; c < last; ++c) {
      if (grid.widths.size() <= c) grid.widths.resize(c + 1);
      grid.widths[c] = width > 0 && width <= 255 ? width : 0;
      if (!hidden) continue;
      if (grid.hidden_columns.size() <= c) grid.hidden_columns.resize(c + 1);
      grid.hidden_columns[c] = true;
    }
  }
};

}   // namespace

Result<Grid> read_sheet(Archive& archive, const SheetEntry& entry, const BookTables& tables, Reading& reading) {
  SheetReader reader(tables, reading);
  reader.grid.file = reading.file_name;
  reader.grid.sheet = entry.name;
  reader.grid.hidden = entry.hidden;
  const Status read = entry.part.empty() ? Status(fail(errors::part_missing, {entry.name}, reader.where()))
                                         : read_xml(archive, entry.part, reading.limits, reader);
  TRY(refuse_secrecy_mark(reader.grid));   // also in what was read of a faulty sheet
  if (!read) return fail(read.error());
  TRY(fill_merges(reader.grid, reading));
  return std::move(reader.grid);
}

}   // namespace gangmu::sheet
