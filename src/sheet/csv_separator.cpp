// SPDX-License-Identifier: Apache-2.0
#include "sheet/csv_separator.hpp"

#include <algorithm>
#include <compare>
#include <map>

namespace gangmu::sheet {
namespace {

constexpr std::size_t rows_looked_at = 50, bytes_looked_at = 256u << 10;
constexpr std::string_view candidates = ",\t;|";

bool line_end(char c) { return c == '\n' || c == '\r'; }

/// "sep=;" alone on the first line.
CsvSeparator declared(std::string_view utf8) {
  constexpr std::string_view word = "sep=";
  if (!utf8.starts_with(word) && !utf8.starts_with("SEP=") && !utf8.starts_with("\"sep=")) return {};
  const std::size_t quote = utf8.starts_with('"') ? 1 : 0, at = word.size() + quote;
  if (at >= utf8.size() || line_end(utf8[at])) return {};
  std::size_t end = at + 1 + quote;
  if (end < utf8.size() && !line_end(utf8[end])) return {};
  if (utf8.substr(std::min(end, utf8.size())).starts_with("\r\n")) ++end;
  return {utf8[at], std::min(end + 1, utf8.size())};
}

/// How many rows have how many cells, were this the separator. Quotes count where a cell begins.
std::map<std::size_t, std::size_t> rows_by_cells(std::string_view utf8, char separator) {
  std::map<std::size_t, std::size_t> out;
  std::size_t cells = 1, rows = 0;
  bool quoted = false, begins = true, blank = true;
  for (const char c : utf8) {
    if (c == '"' && (quoted || begins)) {
      quoted = !quoted;   // a doubled quote closes and opens again
      begins = !quoted;
      blank = false;
      continue;
    }
    if (quoted) continue;
    if (c == separator) {
      ++cells;
      begins = true;
      blank = false;
    } else if (line_end(c)) {
      if (!blank) {
        ++out[cells];
        if (++rows == rows_looked_at) return out;
      }
      cells = 1;
      begins = blank = true;
    } else if (c != ' ') {
      begins = blank = false;
    }
  }
  if (!blank) ++out[cells];
  return out;
}

struct Cut {
  std::size_t rows = 0;       ///< cut into two cells or more
  std::size_t agreeing = 0;   ///< of these, with the commonest number of cells
  bool tab = false;           ///< where all else is equal, a tab: it is hardly ever a part of a text
  std::size_t cells = 0;
  auto operator<=>(const Cut&) const = default;
};

Cut cut_by(std::string_view utf8, char separator) {
  Cut out{.rows = 0, .agreeing = 0, .tab = separator == '\t', .cells = 0};
  for (const auto& [cells, rows] : rows_by_cells(utf8, separator)) {
    if (cells < 2) continue;
    out.rows += rows;
    if (rows < out.agreeing) continue;
    out.agreeing = rows;
    out.cells = cells;
  }
  return out;
}

}   // namespace

CsvSeparator csv_separator(std::string_view utf8) {
  if (const CsvSeparator said = declared(utf8); said.skipped > 0) return said;
  const std::string_view head = utf8.substr(0, bytes_looked_at);
  CsvSeparator out;
  Cut best;
  for (const char sign : candidates) {
    const Cut cut = cut_by(head, sign);
    // A bar parts words within a cell, too: it separates columns where it alone cuts a row.
    if (cut.rows == 0 || (sign == '|' ? cut.rows <= best.rows : cut <= best)) continue;
    best = cut;
    out.sign = sign;
  }
  return out;
}

}   // namespace gangmu::sheet
