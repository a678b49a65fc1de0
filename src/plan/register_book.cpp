// SPDX-License-Identifier: Apache-2.0
#include "plan/register_book.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "base/text.hpp"
#include "plan/register_desk.hpp"
#include "plan/register_header.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_names.hpp"
#include "plan/register_rows.hpp"
#include "plan/register_year.hpp"

namespace gangmu::plan {

namespace {

bool blank(const Grid& grid, std::size_t row) {
  return std::ranges::all_of(grid.rows[row], [](const GridCell& cell) { return text::trim(cell.text).empty(); });
}

std::optional<std::size_t> first_row_below(const Grid& grid, HeaderBlock head) {
  for (std::size_t r = head.end; r < grid.rows.size(); ++r) {
    if (!blank(grid, r)) return r;
  }
  return std::nullopt;
}

/// What tells ledgers of one kind from others.
struct Shape {
  std::set<std::string> heads;
  std::optional<Since> since;   ///< the year of its title
  std::string first;            ///< its first row
  std::set<std::string> tasks;
};
/// What its tasks are called.
std::set<std::string> tasks_of(const Grid& grid, HeaderBlock head) {
  const Answers none;
  Desk silent(none);
  const std::size_t column = column_of(read_columns(grid, head, silent), TaskField::title);
  std::set<std::string> out;
  for (std::size_t r = head.end; column != no_column && r < grid.rows.size(); ++r) {
    const std::string task(text::trim(grid.at(r, column).text));
    if (!figure(task) && !sum_word(task)) out.insert(task);
  }
  return out;
}
Shape shape_of(const Grid& grid) {
  Shape shape;
  const LedgerSheet sheet(grid);
  const HeaderBlock head = find_header(grid).value();
  for (std::size_t r = head.first; r < head.end; ++r) {
    for (const GridCell& cell : grid.rows[r]) shape.heads.insert(plain_header(cell.text));
  }
  shape.heads.erase("");
  shape.since = year_in_titles(sheet, head).since;
  if (const auto first = first_row_below(grid, head)) shape.first = row_text(sheet, *first);
  shape.tasks = tasks_of(grid, head);
  return shape;
}

/// A total sheet holds the tasks of the others, last week's copy most of this week's.
bool share_tasks(const Shape& a, const Shape& b) {
  const auto common = std::ranges::count_if(a.tasks, [&](const std::string& task) { return b.tasks.contains(task); });
  return common > 0 && common * 2 >= static_cast<std::ptrdiff_t>(std::min(a.tasks.size(), b.tasks.size()));
}

bool one_kind(const Shape& a, const Shape& b) {
  const auto common = std::ranges::count_if(a.heads, [&](const std::string& head) { return b.heads.contains(head); });
  const auto most = static_cast<std::ptrdiff_t>(std::max(a.heads.size(), b.heads.size()));
  return common * 3 >= most * 2 && a.since == b.since && a.first != b.first && !share_tasks(a, b);
}

/// A name for the sheet it is written to again: at most 31 characters.
std::string joined_name(const std::vector<const Grid*>& ledgers) {
  constexpr std::size_t longest = 31;
  std::vector<std::string> names;
  for (const Grid* ledger : ledgers) names.push_back(ledger->sheet);
  const std::u32string name = text::code_points(text::join(names, "、"));
  return name.size() <= longest ? text::utf8(name) : text::utf8(name.substr(0, longest - 1)) + "…";
}

}   // namespace

std::vector<const Grid*> ledgers_in(const std::vector<Grid>& sheets) {
  std::vector<const Grid*> out;
  for (const Grid& grid : sheets) {
    if (grid.hidden) continue;
    const auto head = find_header(grid);
    if (head && first_row_below(grid, *head)) out.push_back(&grid);
  }
  return out;
}

Question ask_sheets(const std::vector<const Grid*>& ledgers) {
  Question question;
  question.id = sheets_question;
  std::vector<std::string> names;
  std::vector<Shape> shapes;
  for (const Grid* ledger : ledgers) {
    names.push_back(ledger->sheet);
    shapes.push_back(shape_of(*ledger));
  }
  const std::string count = std::to_string(ledgers.size());
  question.zh = "工作簿里有 " + count + " 张台账（" + text::join(names, "、") + "），读哪些？";
  question.en = "The workbook holds " + count + " ledgers (" + text::join(names, ", ") + "). Which are to be read?";
  question.choices.push_back({std::string(all_sheets), count + " 张都读", "all " + count});
  for (const std::string& name : names) question.choices.push_back({name, "只读“" + name + "”", "only '" + name + "'"});
  bool alike = true;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) alike = alike && one_kind(shapes[i], shapes[j]);
  }
  question.required = !alike;
  if (alike) question.default_value = all_sheets;
  return question;
}

Grid stacked(const std::vector<const Grid*>& ledgers) {
  Grid out;
  out.file = ledgers.front()->file;
  out.sheet = joined_name(ledgers);
  for (const Grid* grid : ledgers) {
    const std::size_t offset = out.rows.size();
    out.parts.push_back({grid->sheet, offset, find_header(*grid).value().first});
    out.rows.insert(out.rows.end(), grid->rows.begin(), grid->rows.end());
    for (std::size_t r = 0; r < grid->rows.size(); ++r)
      out.hidden_rows.push_back(r < grid->hidden_rows.size() && grid->hidden_rows[r]);
    for (MergedRange range : grid->merges) {
      range.first_row += offset;
      range.last_row += offset;
      out.merges.push_back(range);
    }
    if (out.widths.size() < grid->widths.size()) out.widths.resize(grid->widths.size());
    for (std::size_t c = 0; c < grid->widths.size(); ++c) out.widths[c] = std::max(out.widths[c], grid->widths[c]);
  }
  return out;
}

}   // namespace gangmu::plan
