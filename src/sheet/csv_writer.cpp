// SPDX-License-Identifier: Apache-2.0
#include "base/control.hpp"
#include "base/text.hpp"
#include "sheet/csv.hpp"
#include "sheet/simulated.hpp"

namespace gangmu::sheet {

namespace {

bool risky(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

std::string percent_text(Decimal fraction) {
  const Result<Decimal> hundredfold = Decimal::multiply(fraction, Decimal(100, 0));
  return hundredfold ? hundredfold->reduced().text() + "%" : fraction.text();
}

void append_cell(std::string& out, const WorksheetCell& cell, CsvStyle style) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) {
    append_csv_field(out, style.guard && risky(*text) ? "'" + *text : *text);
  } else if (const auto* number = std::get_if<Decimal>(&cell.value)) {
    out += cell.percent ? percent_text(*number) : number->text();
  } else if (const auto* date = std::get_if<Date>(&cell.value)) {
    out += date->text();
  }
}

}   // namespace

void append_csv_field(std::string& out, std::string_view field) {
  if (text::first_control(field)) return append_csv_field(out, text::writable(field));
  if (field.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string write_csv(const Worksheet& sheet, CsvStyle style) {
  std::string out = style.bom ? "\xEF\xBB\xBF" : "";
  if (sheet.simulated) {
    append_csv_field(out, simulated_mark);
    out += '\n';
  }
  for (const WorksheetRow& row : sheet.rows) {
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      if (c > 0) out += ',';
      append_cell(out, row.cells[c], style);
    }
    out += '\n';
  }
  return out;
}

}   // namespace gangmu::sheet
