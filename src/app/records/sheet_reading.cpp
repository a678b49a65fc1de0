// SPDX-License-Identifier: Apache-2.0
#include "app/records/sheet_reading.hpp"

#include <algorithm>
#include <charconv>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/records/register_batches.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::app {
namespace {

std::optional<std::size_t> column_index(std::string_view letters) {
  if (letters.empty() || letters.size() > 3) return std::nullopt;
  std::size_t out = 0;
  for (const char c : letters) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper < 'A' || upper > 'Z') return std::nullopt;
    out = out * 26 + static_cast<std::size_t>(upper - 'A' + 1);
  }
  return out - 1;
}

std::optional<std::size_t> row_number(std::string_view digits) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size() || out < 1) return std::nullopt;
  return out;
}

bool take_choice(std::string_view one, SheetChoices& out) {
  const auto equals = one.find('='), colon = one.find(':');
  if (equals == std::string_view::npos) return false;
  const std::string_view what = one.substr(equals + 1), at = one.substr(0, equals);
  if (colon < equals) {
    const auto row = row_number(at.substr(0, colon));
    if (!row || (what != "held" && what != "sheet")) return false;
    return out.cells[*row].emplace(at.substr(colon + 1), what == "sheet").second;
  }
  const auto dash = at.find('-');
  const auto first = row_number(at.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : row_number(at.substr(dash + 1));
  return what == "left" && first && last && *first <= *last && out.left.emplace(*first, *last).second;
}

Status check_width(const Limits& limits, const record::Table& table) {
  if (table.columns.size() <= limits.sheet_columns) return {};
  return fail(errors::limit_exceeded, {"工作表的列数", std::to_string(table.columns.size()),
                                       std::to_string(limits.sheet_columns), "columns of the sheet"});
}

}   // namespace

Result<sheet::Workbook> register_workbook(const Limits& limits, std::string_view bytes, const std::string& file) {
  constexpr std::size_t beside = 60;   // rows of titles, heads and notes around the records
  sheet::Limits of_sheet;
  of_sheet.file_bytes = limits.import_bytes;
  of_sheet.rows = limits.sheet_rows + beside;
  of_sheet.text_bytes = limits.import_text_bytes;
  TRY_ASSIGN(sheet::Workbook book, sheet::read_workbook(bytes, file, of_sheet));
  for (Grid& grid : book.sheets) grid.sheet = masked(grid.sheet);
  return book;
}

Result<FoundTable> table_in(const Limits& limits, const sheet::Workbook& book, const std::string& sheet) {
  std::optional<Error> first;
  std::optional<FoundTable> best;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const Grid& grid = book.sheets[i];
    if (sheet.empty() ? grid.hidden && book.sheets.size() > 1 : grid.sheet != sheet) continue;
    TRY_ASSIGN(const Grid* sound, book.sound(i));
    auto table = record::table_of(*sound);
    if (!table) {
      if (!first) first = std::move(table).error();
    } else if (!best || table->rows.size() > best->table.rows.size()) {
      best = FoundTable{sound, *std::move(table)};
    }
  }
  if (best) {
    TRY(check_width(limits, best->table));
    if (best->table.rows.size() > limits.sheet_rows)
      return fail(errors::limit_exceeded, {"工作表的行数", std::to_string(best->table.rows.size()),
                                           std::to_string(limits.sheet_rows), "rows of the sheet"});
    return *std::move(best);
  }
  if (first) return fail(*std::move(first));
  std::vector<std::string> names;
  for (const Grid& grid : book.sheets) names.push_back(grid.sheet);
  return fail(errors::sheet_unknown, {sheet, text::join(names, "、")});
}

Result<SheetReading> read_register_sheet(const Service& service, const Desk& desk, const record::Kind& kind,
                                         std::string_view bytes, const SheetWish& wish, const SheetNames& names) {
  SheetReading out;
  TRY_ASSIGN(sheet::Workbook book, register_workbook(service.limits(), bytes, wish.file));
  out.book = std::make_shared<const sheet::Workbook>(std::move(book));
  TRY_ASSIGN(FoundTable found, table_in(service.limits(), *out.book, wish.sheet));
  out.grid = found.grid;
  out.table = std::move(found.table);
  out.layout = out.table.layout();
  const auto known = remembered_columns(desk, kind.id(), out.layout);
  out.remembered = known.has_value();
  TRY_ASSIGN(out.matching, record::matched(kind, desk.catalogue(), *out.grid, out.table, wish.columns,
                                           known.value_or(record::ColumnAnswers{}), names));
  return out;
}

std::optional<record::ColumnAnswers> remembered_columns(const Desk& desk, std::string_view kind,
                                                        std::string_view layout) {
  const store::ImportBatch* last = nullptr;
  const place::Tree& tree = desk.picture().tree();
  const auto own = [&](const std::string& place) {
    return std::ranges::any_of(desk.hats(), [&](const Hat& hat) { return tree.find_code(place) == hat.node; });
  };
  desk.picture().view->imports.for_each([&](const store::ImportBatch& row) {
    if (!is_register_batch(row, kind) || row.body["layout"].string_or("") != layout) return;
    if (!own(row.body["place"].string_or(""))) return;
    if (!last || row.body["seq"].integer_or(0) > last->body["seq"].integer_or(0)) last = &row;
  });
  if (!last) return std::nullopt;
  record::ColumnAnswers out;
  if (const auto* columns = last->body["columns"].object())
    for (const auto& [letters, name] : *columns)
      if (const auto index = column_index(letters)) out[*index] = name.string_or("");
  return out;
}

Result<record::ColumnAnswers> column_answers(std::string_view typed) {
  record::ColumnAnswers out;
  if (typed.empty()) return out;
  for (const std::string& one : text::split(typed, ';')) {
    const auto colon = one.find(':');
    const auto index = column_index(std::string_view(one).substr(0, colon));
    if (colon == std::string::npos || !index || !out.emplace(*index, one.substr(colon + 1)).second)
      return fail(errors::query_malformed, {"columns", one, "应为 列:字段，如 B:name;C:，每列一次",
                                            "write column:field, such as B:name;C:, each column once"});
  }
  return out;
}

bool SheetChoices::leaves(std::size_t row) const {
  const auto after = left.upper_bound(row);
  return after != left.begin() && std::prev(after)->second >= row;
}

std::optional<bool> SheetChoices::sheet_holds(std::size_t row, std::string_view field) const {
  const auto at = cells.find(row);
  if (at == cells.end()) return std::nullopt;
  const auto cell = at->second.find(field);
  return cell == at->second.end() ? std::nullopt : std::optional(cell->second);
}

Result<SheetChoices> sheet_choices(std::string_view typed) {
  SheetChoices out;
  if (typed.empty()) return out;
  for (const std::string& one : text::split(typed, ';'))
    if (!take_choice(one, out))
      return fail(errors::query_malformed,
                  {"choices", one, "应为 行:字段=held、行:字段=sheet 或 行=left（可写 行-行=left），每处一次",
                   "write row:field=held, row:field=sheet or row=left (also row-row=left), each once"});
  return out;
}

Json columns_json(const record::ColumnAnswers& answers) {
  Json out{Json::Object{}};
  for (const auto& [index, name] : answers) out.set(column_letters(index), name);
  return out;
}

record::ColumnAnswers answers_of(const record::Matching& matching) {
  record::ColumnAnswers out;
  for (const record::ColumnMatch& one : matching.columns)
    if (one.use != record::ColumnUse::state)
      out[one.column] = one.field                            ? one.field->name
                        : one.use == record::ColumnUse::none ? std::string()
                                                             : std::string(record::name_of(one.use));
  return out;
}

}   // namespace gangmu::app
