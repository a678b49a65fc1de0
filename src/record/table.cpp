// SPDX-License-Identifier: Apache-2.0
#include "record/table.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

#include "base/decimal.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

constexpr std::size_t head_searched = 20, head_deepest = 4, head_longest = 40;

std::size_t width_of(const Grid& grid) {
  std::size_t out = 0;
  for (const auto& row : grid.rows) out = std::max(out, row.size());
  return out;
}

bool filled(const GridCell& cell) { return cell.kind != CellKind::empty && !text::trim(cell.text).empty(); }

std::set<std::string> distinct(const Grid& grid, std::size_t row) {
  std::set<std::string> out;
  if (row < grid.rows.size())
    for (const GridCell& cell : grid.rows[row])
      if (filled(cell)) out.insert(std::string(text::trim(cell.text)));
  return out;
}

std::size_t filled_cells(const Grid& grid, std::size_t row) {
  std::size_t out = 0;
  if (row < grid.rows.size())
    for (const GridCell& cell : grid.rows[row]) out += filled(cell) ? 1 : 0;
  return out;
}

bool figures(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,-%/:") == std::string_view::npos;
}

/// A word that may stand in a head: short, no figure, no sentence, no "label: value".
bool head_word(const GridCell& cell) {
  if (cell.kind != CellKind::text) return false;
  const std::string text = text::narrow(text::trim(cell.text));
  const std::string outside = plain_head(text);
  return !text.empty() && !figures(text) && text::length(text) <= head_longest && !outside.empty() &&
         outside.find(':') == std::string::npos && text.find("。") == std::string::npos;
}

bool head_row(const Grid& grid, std::size_t row) {
  bool any = false;
  for (const GridCell& cell : grid.rows[row]) {
    if (!filled(cell)) continue;
    if (!head_word(cell)) return false;
    any = true;
  }
  return any;
}

/// The merged range a cell lies in; null: none.
const MergedRange* merged_at(const Grid& grid, std::size_t row, std::size_t column) {
  for (const MergedRange& one : grid.merges)
    if (one.first_row <= row && row <= one.last_row && one.first_column <= column && column <= one.last_column)
      return &one;
  return nullptr;
}

/// The first row that names most of the columns.
std::optional<std::size_t> head_start(const Grid& grid, std::size_t width) {
  std::size_t most = 0;
  std::optional<std::size_t> out;
  for (std::size_t r = 0; r < std::min(grid.rows.size(), head_searched); ++r) {
    if (!head_row(grid, r)) continue;
    const std::size_t names = distinct(grid, r).size();
    if (names < 2 && width > 1) continue;
    const bool enough = names * 10 >= width * 6;
    if (names > most && (!out || !enough || most * 10 < width * 6)) {
      most = names;
      out = r;
    }
  }
  return out;
}

/// A group above the head: some of its cells are merged over several columns, none over all of them.
bool groups(const Grid& grid, std::size_t row, std::size_t width) {
  if (!head_row(grid, row) || distinct(grid, row).size() < 2) return false;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c)
    if (const MergedRange* range = merged_at(grid, row, c);
        range && range->last_column > range->first_column && range->last_column - range->first_column + 1 < width)
      return true;
  return false;
}

/// The head goes on below: cells of it are merged downwards, or the row only names parts of what is merged or blank in
/// the row above.
bool goes_on(const Grid& grid, std::size_t first, std::size_t row, std::size_t width) {
  if (row >= grid.rows.size() || row - first >= head_deepest || !head_row(grid, row)) return false;
  bool merged_down = false, split = false;
  for (std::size_t c = 0; c < width; ++c) {
    const GridCell& above = grid.at(row - 1, c);
    const MergedRange* range = merged_at(grid, row, c);
    if (range && range->first_row < row && range->first_row >= first) {
      merged_down = true;
      continue;
    }
    if (!filled(grid.at(row, c))) continue;
    const MergedRange* over = merged_at(grid, row - 1, c);
    if ((over && over->last_column > over->first_column) || !filled(above)) {
      split = true;
      continue;
    }
    // A part may stand below the first column of an unmerged group: the next column above is blank then.
    if (!filled(grid.at(row - 1, c + 1)) && filled(grid.at(row, c + 1)) && c + 1 < width) {
      split = true;
      continue;
    }
    return false;   // a text right below a name of its own: a record
  }
  return merged_down || split;
}

std::string one_line(std::string_view head) {
  std::string out;
  for (const char c : text::trim(head))
    if (c != '\n' && c != '\r' && c != '\t') out += c;
  return out;
}

/// Names of a column from top to bottom, repeated ones once. Blank cells of an unmerged group take the name on their
/// left.
std::vector<std::string> path_of(const Grid& grid, std::size_t first, std::size_t end, std::size_t column) {
  std::vector<std::string> out;
  for (std::size_t r = first; r < end; ++r) {
    std::string name = one_line(grid.at(r, column).text);
    const bool below = r + 1 < end && filled(grid.at(r + 1, column));
    for (std::size_t c = column; name.empty() && below && c-- > 0;) name = one_line(grid.at(r, c).text);
    if (!name.empty() && (out.empty() || out.back() != name)) out.push_back(std::move(name));
  }
  return out;
}

std::string unit_above(const Grid& grid, std::size_t head) {
  for (std::size_t r = 0; r < head; ++r)
    for (const GridCell& cell : grid.rows[r]) {
      std::string text = text::narrow(cell.text);
      std::erase(text, ' ');
      for (const std::string_view label : {"金额单位:", "货币单位:", "单位:"})
        if (const auto at = text.find(label); at != std::string::npos) {
          std::string rest = text.substr(at + label.size());
          if (const auto stop = rest.find_first_of("),;"); stop != std::string::npos) rest.resize(stop);
          for (const std::string_view mark : {"、", "，"})
            if (const auto stop = rest.find(mark); stop != std::string::npos) rest.resize(stop);
          if (is_unit(rest)) return rest;
        }
    }
  return {};
}

bool begins_with_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

class TableReader {
 public:
  explicit TableReader(const Grid& grid) : grid_(grid), width_(width_of(grid)) {}

  Result<Table> run() {
    const auto start = head_start(grid_, width_);
    if (!start) return fail(errors::table_no_head, {grid_.sheet.empty() ? grid_.file : grid_.sheet});
    out_.head_first = *start;
    while (out_.head_first > 0 && groups(grid_, out_.head_first - 1, width_)) --out_.head_first;
    out_.head_end = *start + 1;
    while (goes_on(grid_, out_.head_first, out_.head_end, width_)) ++out_.head_end;
    columns();
    body();
    return std::move(out_);
  }

 private:
  void columns() {
    out_.unit = unit_above(grid_, out_.head_first);
    for (std::size_t c = 0; c < width_; ++c) {
      const auto path = path_of(grid_, out_.head_first, out_.head_end, c);
      if (path.empty()) continue;
      TableColumn one{.column = c, .plain = plain_head(path.back())};
      for (auto part = path.rbegin(); part != path.rend() && one.unit.empty(); ++part) one.unit = unit_in_head(*part);
      for (std::size_t i = 0; i + 1 < path.size(); ++i) one.group += plain_head(path[i]);
      one.head = text::join(path, "·");
      out_.columns.push_back(std::move(one));
    }
  }

  void body() {
    for (std::size_t r = out_.head_end; r < grid_.rows.size(); ++r) {
      if (filled_cells(grid_, r) == 0) continue;
      if (const auto why = left_out(r))
        out_.left.emplace_back(r, *why);
      else
        out_.rows.push_back(r);
    }
  }

  [[nodiscard]] std::optional<LeftOut> left_out(std::size_t row) const {
    if (sums(row)) return LeftOut::sum;
    if (says_head(row)) return LeftOut::head_again;
    if (numbers_columns(row)) return LeftOut::numbering;
    const auto words = distinct(grid_, row);
    if (words.size() == 1 && out_.columns.size() > 2) return lone(*words.begin(), row);
    if (words.size() == 2 && headed(row)) return LeftOut::heading;
    if (signed_line(row)) return LeftOut::note;
    return std::nullopt;
  }

  [[nodiscard]] bool sums(std::size_t row) const {
    static constexpr std::array<std::string_view, 7> words{"合计", "总计",   "小计",    "共计",
                                                           "累计", "总合计", "本页小计"};
    for (std::size_t c = 0; c < std::min<std::size_t>(width_, 4); ++c) {
      const GridCell& cell = grid_.at(row, c);
      if (!filled(cell)) continue;
      std::string text = text::narrow(cell.text);
      std::erase(text, ' ');
      // 合计 and 小计（3户）, not 合计村: what follows is no more of a name.
      if (begins_with_any(text, words) && text::length(text) <= 12) {
        const std::string rest = plain_head(text);
        if (std::ranges::find(words, rest) != words.end()) return true;
      }
      if (cell.kind == CellKind::text && !figures(text)) return false;
    }
    return false;
  }

  [[nodiscard]] bool says_head(std::size_t row) const {
    std::size_t same = 0, other = 0;
    for (const TableColumn& one : out_.columns) {
      const GridCell& cell = grid_.at(row, one.column);
      if (!filled(cell)) continue;
      const std::string here = one_line(cell.text);
      bool found = false;
      for (std::size_t r = out_.head_first; r < out_.head_end; ++r)
        found = found || one_line(grid_.at(r, one.column).text) == here;
      ++(found ? same : other);
    }
    return same > 1 && other == 0;
  }

  /// 1 | 2 | 3 or 甲 | 乙 | 1 | 2 right below the head.
  [[nodiscard]] bool numbers_columns(std::size_t row) const {
    if (row != out_.head_end) return false;
    static constexpr std::array<std::string_view, 6> stems{"甲", "乙", "丙", "丁", "戊", "己"};
    std::int64_t last = 0;
    std::size_t numbers = 0;
    for (const TableColumn& one : out_.columns) {
      const std::string text(text::trim(grid_.at(row, one.column).text));
      if (std::ranges::find(stems, text) != stems.end() && numbers == 0) continue;
      const auto number = Decimal::parse(text);
      if (!number || number->scale() != 0 || number->units() != last + 1) return false;
      ++last;
      ++numbers;
    }
    return numbers > 2;
  }

  /// 一 | 产业类（3个）, merged over the other columns or alone in the row.
  [[nodiscard]] bool headed(std::size_t row) const {
    const std::string first = text::narrow(text::trim(grid_.at(row, out_.columns.front().column).text));
    static constexpr std::string_view numerals = "一二三四五六七八九十";
    const bool numeral =
        !first.empty() && text::length(first) <= 4 && std::ranges::any_of(text::code_points(first), [](char32_t c) {
          return numerals.find(text::utf8(std::u32string(1, c))) != std::string_view::npos;
        });
    std::size_t covered = 0;
    for (const TableColumn& one : out_.columns) covered = std::max<std::size_t>(covered, merged_width(row, one.column));
    return covered * 2 >= out_.columns.size() && covered > 2 ? true : numeral && filled_cells(grid_, row) == 2;
  }
  [[nodiscard]] std::size_t merged_width(std::size_t row, std::size_t column) const {
    if (!grid_.at(row, column).merged_copy) return 1;
    const MergedRange* range = merged_at(grid_, row, column);
    return range && range->first_row == row ? range->last_column - range->first_column + 1 : 1;
  }

  /// One text alone in a row: a note where it speaks or stands at the end, else a heading of what follows.
  [[nodiscard]] LeftOut lone(const std::string& words, std::size_t) const {
    static constexpr std::array<std::string_view, 8> notes{"注",   "备注", "说明", "填表",
                                                           "填报", "制表", "审核", "联系"};
    const bool speaks = words.find("：") != std::string::npos || words.find("。") != std::string::npos;
    return begins_with_any(words, notes) || speaks ? LeftOut::note : LeftOut::heading;
  }

  /// 制表人：… | 审核人：…: every filled cell is a label with or without a value.
  [[nodiscard]] bool signed_line(std::size_t row) const {
    std::size_t labels = 0;
    for (const GridCell& cell : grid_.rows[row]) {
      if (!filled(cell)) continue;
      const std::string text = text::narrow(cell.text);
      const auto colon = text.find(':');
      if (colon == std::string::npos || figures(text) || text::length(text.substr(0, colon)) > 8) return false;
      ++labels;
    }
    return labels > 0;
  }

  const Grid& grid_;
  std::size_t width_;
  Table out_;
};

constexpr auto plain_units = std::to_array<std::string_view>(
    {"元",     "角",    "分",    "人",     "人次",      "户",    "户次",      "个",     "家",       "处",     "座",
     "间",     "所",    "件",    "套",     "台",        "辆",    "条",        "项",     "宗",       "起",     "次",
     "场",     "期",    "班",    "名",     "位",        "栋",    "幢",        "棵",     "株",       "头",     "只",
     "羽",     "尾",    "张",    "本",     "份",        "块",    "面",        "盏",     "根",       "口",     "眼",
     "米",     "公里",  "里",    "厘米",   "毫米",      "亩",    "公顷",      "平方米", "平方公里", "立方米", "平米",
     "吨",     "公斤",  "千克",  "斤",     "克",        "升",    "毫升",      "年",     "月",       "日",     "天",
     "工作日", "小时",  "分钟",  "岁",     "学时",      "课时",  "%",         "‰",      "m",        "km",     "m2",
     "m3",     "㎡",    "m²",    "㎞",     "km2",       "km²",   "hm2",       "hm²",    "kg",       "t",      "kw",
     "kwh",    "mw",    "千瓦",  "千瓦时", "度",        "蹲位",  "厕位",      "床",     "张床",     "户数",   "人·天",
     "元/亩",  "元/人", "元/年", "元/月",  "元/平方米", "人/户", "公里/小时", "米/秒",  "mg/l",     "℃",      "股",
     "分值",   "工日",  "村",    "镇",     "兆瓦",      "元/股", "吨/日",     "吨/天",  "立方米/日"});

}   // namespace

std::string_view name_of(LeftOut why) {
  static constexpr std::string_view names[] = {"sum", "heading", "note", "head_again", "numbering"};
  return names[static_cast<std::size_t>(why)];
}

std::string plain_head(std::string_view head) {
  const std::string narrow = text::lower_ascii(text::narrow(head));
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    const char c = narrow[i];
    if (c == '(' || c == '[') ++depth;
    if (depth == 0 && std::string_view(" \n\r\t*_").find(c) == std::string_view::npos) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  for (const std::string_view mark : {"【", "】", "※", "☆", "★", "、", "　"})
    for (std::size_t at; (at = out.find(mark)) != std::string::npos;) out.erase(at, mark.size());
  // 投资/万元: the unit is no part of the name.
  if (const auto slash = out.rfind('/'); slash != std::string::npos && slash > 0 && is_unit(out.substr(slash + 1)))
    out.resize(slash);
  return out;
}

bool is_unit(std::string_view words) {
  std::string text = text::lower_ascii(text::narrow(text::trim(words)));
  std::erase(text, ' ');
  const auto known = [&](std::string_view one) { return std::ranges::find(plain_units, one) != plain_units.end(); };
  if (known(text)) return true;
  for (const std::string_view prefix : {"百万", "千万", "万", "亿", "千", "百"})
    if (text.starts_with(prefix) && known(std::string_view(text).substr(prefix.size()))) return true;
  return false;
}

std::string unit_in_head(std::string_view head) {
  const std::string narrow = text::narrow(head);
  for (std::size_t open = narrow.find_first_of("(["); open != std::string::npos;
       open = narrow.find_first_of("([", open + 1)) {
    const std::size_t close = narrow.find_first_of(")]", open);
    if (close == std::string::npos) break;
    std::string inside = narrow.substr(open + 1, close - open - 1);
    std::erase(inside, ' ');
    for (const std::string_view label : {"单位:", "单位"})
      if (inside.starts_with(label)) {
        inside.erase(0, label.size());
        break;
      }
    if (is_unit(inside)) return inside;
  }
  std::string whole = narrow;
  std::erase(whole, ' ');
  const auto slash = whole.find('/');
  if (slash != std::string::npos && slash > 0 && is_unit(whole.substr(slash + 1))) return whole.substr(slash + 1);
  return {};
}

std::string Table::layout() const {
  std::string all;
  for (const TableColumn& one : columns) all += std::to_string(one.column) + "\t" + one.head + "\n";
  return digest(all).text();
}

Result<Table> table_of(const Grid& grid) { return TableReader(grid).run(); }

}   // namespace gangmu::record
