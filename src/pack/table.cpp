// SPDX-License-Identifier: Apache-2.0
// From bytes to rows: encoding, line ends, head, cells. Packs are UTF-8 without BOM with LF; what is saved otherwise is
// named with its line and still read, so that all faults come out in one run.
#include <algorithm>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "sheet/csv.hpp"
#include "sheet/limits.hpp"

namespace gangmu::pack {
namespace {

int line_of(std::string_view bytes, std::size_t offset) {
  return 1 + static_cast<int>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

int first_bad_line(std::string_view bytes) {
  int line = 1;
  for (std::size_t at = 0; at <= bytes.size(); ++line) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    if (!text::valid_utf8(bytes.substr(at, end - at))) return line;
    at = end + 1;
  }
  return 1;
}

/// For each declared column its position in the head, or −1.
std::vector<int> read_head(const std::vector<std::string_view>& head, const FileLayout& layout, const Position& where,
                           Faults& faults) {
  std::vector<int> place_of(layout.columns.size(), -1);
  std::vector<std::string> names;
  for (const Column& column : layout.columns) names.emplace_back(column.name);
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto it = std::ranges::find(layout.columns, head[i], &Column::name);
    if (it == layout.columns.end()) {
      const auto [zh, en] = did_you_mean(head[i], names);
      faults.add(errors::column_unknown, {std::string(head[i]), zh, en}, where);
      continue;
    }
    int& place = place_of[static_cast<std::size_t>(it - layout.columns.begin())];
    if (place >= 0)
      faults.add(errors::column_twice, {std::string(head[i])}, where);
    else
      place = static_cast<int>(i);
  }
  for (std::size_t c = 0; c < place_of.size(); ++c)
    if (layout.columns[c].required && place_of[c] < 0) faults.add(errors::column_missing, {names[c]}, where);
  return place_of;
}

}   // namespace

std::string text_of(std::string_view bytes, const std::string& file, Faults& faults) {
  const auto at = [&](int line) { return Position{.file = file, .line = line, .column = 0, .cell = {}}; };
  const auto decoded = sheet::decode_text(bytes, file);
  if (!decoded) {
    const int line = decoded.error().first().where.line;
    faults.add(decoded.error(), at(line > 0 ? line : first_bad_line(bytes)));
    return {};
  }
  if (decoded->encoding == "UTF-8 BOM")
    faults.add(errors::file_bom, {}, at(1));
  else if (decoded->encoding != "UTF-8")
    faults.add(errors::file_encoding, {decoded->encoding}, at(first_bad_line(bytes)));
  if (const auto cr = decoded->utf8.find('\r'); cr != std::string::npos)
    faults.add(errors::file_crlf, {}, at(line_of(decoded->utf8, cr)));
  return decoded->utf8;
}

std::string_view Row::operator[](std::size_t column) const {
  const int at = place_of_[column];
  return at < 0 || static_cast<std::size_t>(at) >= cells_.size() ? std::string_view{}
                                                                 : cells_[static_cast<std::size_t>(at)];
}

std::string_view Row::operator[](std::string_view column) const {
  return (*this)[static_cast<std::size_t>(layout_.column(column) - layout_.columns.data())];
}

void for_each_row(std::string_view text, const std::string& file, const FileLayout& layout, Faults& faults,
                  const std::function<void(const Row&)>& use) {
  sheet::Limits limits;
  limits.columns = column_limit;
  sheet::CsvReader csv(text, file, limits);
  std::vector<int> place_of;
  std::size_t width = 0;
  for (;;) {
    const auto more = csv.next();
    if (!more) return faults.add(more.error());
    if (!*more) break;
    const auto& cells = csv.fields();
    const Position where{.file = file, .line = csv.line(), .column = 0, .cell = {}};
    if (width == 0) {
      place_of = read_head(cells, layout, where, faults);
      width = cells.size();
    } else if (cells.size() > 1 || !cells.front().empty()) {
      if (cells.size() > width)
        faults.add(errors::too_many_cells, {std::to_string(cells.size()), std::to_string(width)}, where);
      use(Row(layout, place_of, cells, where));
    }
  }
  if (width == 0) read_head({}, layout, {.file = file, .line = 1, .column = 0, .cell = {}}, faults);
}

}   // namespace gangmu::pack
