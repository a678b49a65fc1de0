// SPDX-License-Identifier: Apache-2.0
// One sheet, streamed: rows and cells as they come, then column settings and merged ranges laid over them.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/merges.hpp"
#include "sheet/refusal.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {

namespace {

constexpr std::size_t most_rows = 1'048'576, most_columns = 16'384;   // of the format itself

template <class Number>
bool read_whole(std::string_view s, Number& value) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size();
}

struct SheetReader final : XmlHandler {
  Grid grid;
  const BookTables& tables;
  Reading& reading;

  std::size_t row = 0, next_row = 0;
  std::size_t column = 0, next_column = 0;
  bool in_cell = false, in_value = false, in_inline_text = false, in_inline = false;
  bool has_value = false, has_formula = false;
  int phonetic = 0;
  enum class Type : unsigned char {
    number,
    shared,
    inline_text,
    formula_text,
    boolean,
    error,
    iso_date
  } type = Type::number;
  std::size_t style = 0;
  std::string value;

  SheetReader(const BookTables& t, Reading& r) : tables(t), reading(r) {}
  Position where() const override { return grid.position(row, column); }

  Status start(std::string_view name, const XmlAttributes& attributes) override {
    if (in_cell) return start_inside_cell(name);
    if (name == "c") return start_cell(attributes);
    if (name == "row") return start_row(attributes);
    if (name == "mergeCell") return add_merge(attributes);
    if (name == "col") add_columns(attributes);
    return {};
  }

  Status end(std::string_view name) override {
    if (!in_cell) return {};
    if (name == "c") {
      in_cell = false;
      return end_cell();
    }
    if (name == "v") in_value = false;
    if (name == "t") in_inline_text = false;
    if (name == "is") in_inline = false;
    if (name == "rPh") --phonetic;
    return {};
  }

  Status text(std::string_view piece) override {
    if (!in_value && !in_inline_text) return {};
    value += piece;
    if (value.size() > reading.limits.cell_bytes) {
      return refuse_limit(LimitName::cell_bytes, value.size(), reading.limits.cell_bytes, where());
    }
    return {};
  }

  Status start_row(const XmlAttributes& attributes) {
    row = next_row;
    if (const char* r = attributes.get("r")) {
      std::size_t given = 0;
      if (!read_whole(std::string_view(r), given) || given == 0 || given > most_rows) {
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
    has_value = has_formula = in_value = in_inline = in_inline_text = false;
    phonetic = 0;
    value.clear();
    column = next_column;
    if (const char* r = attributes.get("r")) {
      std::size_t given_row = 0, given_column = 0;
      if (!parse_cell_reference(r, given_row, given_column) || given_row != row) {
        reading.fault(errors::cell_reference, {r}, where());
      } else {
        column = given_column;
      }
    }
    next_column = column + 1;
    style = 0;
    if (const char* s = attributes.get("s")) read_whole(std::string_view(s), style);
    type = type_of(attributes.get_or("t", "n"));
    return {};
  }

  static Type type_of(std::string_view t) {
    if (t == "s") return Type::shared;
    if (t == "inlineStr") return Type::inline_text;
    if (t == "str") return Type::formula_text;
    if (t == "b") return Type::boolean;
    if (t == "e") return Type::error;
    if (t == "d") return Type::iso_date;
    return Type::number;
  }

  Status start_inside_cell(std::string_view name) {
    if (name == "v") {
      in_value = has_value = true;
    } else if (name == "f") {
      has_formula = true;
    } else if (name == "is") {
      in_inline = has_value = true;
    } else if (name == "rPh") {
      ++phonetic;
    } else if (name == "t") {
      in_inline_text = in_inline && phonetic == 0;
    }
    return {};
  }

  Status end_cell() {
    if (has_formula && !has_value) reading.note(errors::note_formula_empty, {}, where());
    if (value.empty()) return {};
    GridCell cell = typed();
    if (cell.text.empty()) return {};
    return place(std::move(cell));
  }

  GridCell typed() {
    switch (type) {
      case Type::shared: return shared_text();
      case Type::inline_text:
      case Type::formula_text: return {.kind = CellKind::text, .text = unescaped(value)};
      case Type::boolean: return {.kind = CellKind::boolean, .text = xml_true(value.c_str()) ? "TRUE" : "FALSE"};
      case Type::error:
        reading.note(errors::note_cell_error, {value}, where());
        return {.kind = CellKind::error, .text = value};
      case Type::iso_date: return iso_date();
      case Type::number: break;
    }
    return number();
  }

  GridCell refuse_value() {
    reading.fault(errors::cell_value, {value.substr(0, 80)}, where());
    return {};
  }

  GridCell shared_text() {
    std::size_t index = 0;
    if (!read_whole(text::trim(value), index) || index >= tables.strings.size()) return refuse_value();
    return {.kind = CellKind::text, .text = tables.strings[index]};
  }

  GridCell iso_date() {
    const auto date = Date::parse(std::string_view(value).substr(0, 10));
    if (!date) return refuse_value();
    if (value.size() > 10 && value.substr(10) != "T00:00:00") reading.note(errors::note_time_dropped, {value}, where());
    return {.kind = CellKind::date, .text = date->text()};
  }

  GridCell number() {
    std::optional<std::string> plain = plain_number(value);
    if (!plain) return refuse_value();
    const NumberFormat format = style < tables.formats.size() ? tables.formats[style] : NumberFormat{};
    const NumberShape shape = format.shape;
    if (shape == NumberShape::date || shape == NumberShape::month || shape == NumberShape::year) {
      return dated(*std::move(plain), shape);
    }
    if (whole_digits(*plain) > 15) reading.note(errors::note_long_number, {value.substr(0, 40)}, where());
    return {.kind = CellKind::number,
            .text = *std::move(plain),
            .merged_copy = false,
            .percent = shape == NumberShape::percent,
            .decimals = shape == NumberShape::plain ? format.decimals : static_cast<signed char>(-1)};
  }

  GridCell dated(std::string plain, NumberShape shape) {
    double serial = 0;
    read_whole(std::string_view(plain), serial);
    const std::optional<Date> date = serial_date(serial, tables.epoch_1904);
    if (!date) {
      reading.note(errors::note_not_a_date, {plain}, where());
      return {.kind = CellKind::number, .text = std::move(plain)};
    }
    if (shape == NumberShape::year) return {.kind = CellKind::text, .text = std::to_string(date->year()) + "年"};
    if (shape == NumberShape::month) {
      return {.kind = CellKind::text,
              .text = std::to_string(date->year()) + "年" + std::to_string(date->month()) + "月"};
    }
    if (plain.find('.') != std::string::npos) reading.note(errors::note_time_dropped, {plain}, where());
    return {.kind = CellKind::date, .text = date->text()};
  }

  Status place(GridCell cell) {
    const Limits& limits = reading.limits;
    if (row >= limits.rows) return refuse_limit(LimitName::rows, row + 1, limits.rows, where());
    if (column >= limits.columns) return refuse_limit(LimitName::columns, column + 1, limits.columns, where());
    reading.cells += grid.rows.size() <= row ? row + 1 - grid.rows.size() : 0;   // a blank row costs memory too
    if (grid.rows.size() <= row) grid.rows.resize(row + 1);
    std::vector<GridCell>& cells = grid.rows[row];
    reading.cells += cells.size() <= column ? column + 1 - cells.size() : 0;
    if (reading.cells > limits.cells) return refuse_limit(LimitName::cells, reading.cells, limits.cells, where());
    if (cells.size() <= column) {
      if (row > 0 && cells.empty()) cells.reserve(std::max(column + 1, grid.rows[row - 1].size()));
      cells.resize(column + 1);
    } else if (cells[column].kind != CellKind::empty) {
      reading.fault(errors::cell_reference, {column_letters(column) + std::to_string(row + 1)}, where());
    }
    TRY(reading.add_text(cell.text.size(), where()));
    cells[column] = std::move(cell);
    return {};
  }

  Status add_merge(const XmlAttributes& attributes) {
    const std::string_view ref = attributes.get_or("ref", "");
    const auto colon = ref.find(':');
    MergedRange range;
    if (!parse_cell_reference(ref.substr(0, colon), range.first_row, range.first_column) ||
        colon == std::string_view::npos ||
        !parse_cell_reference(ref.substr(colon + 1), range.last_row, range.last_column) ||
        range.last_row < range.first_row || range.last_column < range.first_column) {
      reading.fault(errors::cell_reference, {std::string(ref.substr(0, 80))}, where());
      return {};
    }
    if (grid.merges.size() >= reading.limits.merged_ranges) {
      return refuse_limit(LimitName::merged_ranges, grid.merges.size() + 1, reading.limits.merged_ranges, where());
    }
    grid.merges.push_back(range);
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

bool parse_cell_reference(std::string_view reference, std::size_t& row, std::size_t& column) {
  std::size_t letters = 0, number = 0;
  std::size_t i = 0;
  for (; i < reference.size() && i < 3 && reference[i] >= 'A' && reference[i] <= 'Z'; ++i) {
    letters = letters * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
  }
  if (letters == 0 || letters > most_columns) return false;
  if (!read_whole(reference.substr(i), number) || number == 0 || number > most_rows) return false;
  row = number - 1;
  column = letters - 1;
  return true;
}

Result<Grid> read_sheet(Archive& archive, const SheetEntry& entry, const BookTables& tables, Reading& reading) {
  SheetReader reader(tables, reading);
  reader.grid.file = reading.file_name;
  reader.grid.sheet = entry.name;
  reader.grid.hidden = entry.hidden;
  TRY(read_xml(archive, entry.part, reading.limits, reader));
  TRY(fill_merges(reader.grid, reading));
  return std::move(reader.grid);
}

}   // namespace gangmu::sheet
