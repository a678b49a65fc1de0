// SPDX-License-Identifier: Apache-2.0
#include "sheet/cell_reference.hpp"

#include <charconv>

namespace gangmu::sheet {
namespace {

constexpr std::size_t most_rows = 1'048'576, most_columns = 16'384;   // of the format itself

/// The two halves of an address; a half may be absent in ranges of whole columns or rows.
struct Halves {
  std::optional<std::size_t> row, column;
};

std::optional<Halves> halves(std::string_view s) {
  Halves out;
  std::size_t letters = 0, at = 0;
  const auto skip_dollar = [&] { at += at < s.size() && s[at] == '$' ? 1 : 0; };
  skip_dollar();
  for (std::size_t n = 0; n < 3 && at < s.size(); ++n, ++at) {
    const char upper = s[at] >= 'a' && s[at] <= 'z' ? static_cast<char>(s[at] - 'a' + 'A') : s[at];
    if (upper < 'A' || upper > 'Z') break;
    letters = letters * 26 + static_cast<std::size_t>(upper - 'A' + 1);
  }
  if (letters > most_columns) return std::nullopt;
  if (letters > 0) {
    out.column = letters - 1;
    skip_dollar();
  }
  if (at == s.size()) return out;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(s.data() + at, s.data() + s.size(), number);
  if (error != std::errc() || end != s.data() + s.size() || number == 0 || number > most_rows) return std::nullopt;
  out.row = number - 1;
  return out;
}

}   // namespace

std::optional<CellReference> cell_reference(std::string_view text) {
  const auto found = halves(text);
  if (!found || !found->row || !found->column) return std::nullopt;
  return CellReference{*found->row, *found->column};
}

std::optional<MergedRange> range_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto first = halves(text.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : halves(text.substr(colon + 1));
  if (!first || !last || first->row.has_value() != last->row.has_value() ||
      first->column.has_value() != last->column.has_value() || (!first->row && !first->column)) {
    return std::nullopt;
  }
  if (colon == std::string_view::npos && !(first->row && first->column)) return std::nullopt;
  const MergedRange out{first->row.value_or(0), first->column.value_or(0), last->row.value_or(most_rows - 1),
                        last->column.value_or(most_columns - 1)};
  if (out.last_row < out.first_row || out.last_column < out.first_column) return std::nullopt;
  return out;
}

}   // namespace gangmu::sheet
