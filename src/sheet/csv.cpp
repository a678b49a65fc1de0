// SPDX-License-Identifier: Apache-2.0
#include "sheet/csv.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sheet/csv_separator.hpp"
#include "sheet/errors.hpp"
#include "sheet/other_format.hpp"
#include "sheet/refusal.hpp"

namespace gangmu::sheet {

CsvReader::CsvReader(std::string_view utf8, std::string file_name, const Limits& limits, char separator, int first_line)
    : rest_(utf8), file_name_(std::move(file_name)), limits_(limits), separator_(separator), next_line_(first_line) {}

Status CsvReader::push(std::string_view field) {
  if (fields_.size() >= limits_.columns) {
    const auto more =
        static_cast<std::size_t>(std::count(rest_.begin(), std::find(rest_.begin(), rest_.end(), '\n'), separator_));
    return refuse_limit(LimitName::columns, fields_.size() + 1 + more, limits_.columns, here());
  }
  if (field.size() > limits_.cell_bytes)
    return refuse_limit(LimitName::cell_bytes, field.size(), limits_.cell_bytes, here());
  fields_.push_back(field);
  return {};
}

namespace {

/// CR LF and a lone CR become LF.
void make_line_breaks(std::string& text) {
  if (text.find('\r') == std::string::npos) return;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r')
      out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      out += '\n';
  }
  text = std::move(out);
}

}   // namespace

/// Some programs put a space between the separator and the quote.
bool CsvReader::take_quote() {
  const std::size_t spaces = separator_ == ' ' ? 0 : std::min(rest_.find_first_not_of(' '), rest_.size());
  if (!rest_.substr(spaces).starts_with('"')) return false;
  rest_.remove_prefix(spaces + 1);
  return true;
}

/// Precondition: rest_ stands behind the opening quote. Leaves rest_ at the separator, the line end or the end.
Result<std::string_view> CsvReader::quoted_field() {
  std::string text;
  for (;;) {
    const auto quote = rest_.find('"');
    if (quote == std::string_view::npos) return fail(errors::csv_quote_open, {}, here());
    text += rest_.substr(0, quote);
    rest_.remove_prefix(quote + 1);
    if (rest_.empty() || rest_.front() != '"') break;
    text += '"';
    rest_.remove_prefix(1);
  }
  while (rest_.starts_with(' ') && separator_ != ' ') rest_.remove_prefix(1);
  if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' && rest_.front() != '\r') {
    return fail(errors::csv_quote_stray, {}, here());
  }
  make_line_breaks(text);
  next_line_ += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  unquoted_.push_back(std::move(text));
  return std::string_view(unquoted_.back());
}

void CsvReader::end_line() {
  if (rest_.starts_with("\r\n")) {
    rest_.remove_prefix(2);
  } else if (!rest_.empty()) {
    rest_.remove_prefix(1);
  }
  ++next_line_;
}

Result<bool> CsvReader::next() {
  fields_.clear();
  unquoted_.clear();
  if (rest_.empty()) return false;
  unquoted_.reserve(limits_.columns);   // fields_ points into it, so it may not move
  line_ = next_line_;
  const char stops[] = {separator_, '\n', '\r'};
  for (;;) {
    if (take_quote()) {
      if (fields_.size() >= limits_.columns) TRY(push({}));
      TRY_ASSIGN(const std::string_view field, quoted_field());
      TRY(push(field));
    } else {
      const auto stop = std::min(rest_.find_first_of(std::string_view(stops, sizeof stops)), rest_.size());
      const std::string_view field = rest_.substr(0, stop);
      rest_.remove_prefix(stop);
      TRY(push(field));
    }
    if (rest_.empty() || rest_.front() != separator_) break;
    rest_.remove_prefix(1);
  }
  end_line();
  return true;
}

namespace {

struct Taken {
  std::size_t cells = 0, text = 0;
};

void note_separator(char sign, const Position& file, Diagnostics& notes) {
  if (sign == ',') return;
  const bool named = sign == '\t' || sign == ';';
  const std::string quoted = std::string("“") + sign + "”";
  notes.push_back({&errors::note_separator,
                   {named ? (sign == ';' ? "分号" : "制表符") : quoted,
                    named ? (sign == ';' ? "semicolons" : "tabs") : "'" + std::string(1, sign) + "'"},
                   file});
}

Status add_row(Grid& grid, const CsvReader& reader, const Limits& limits, Taken& used) {
  const Position here{.file = grid.file, .line = reader.line(), .column = 0, .cell = {}};
  if (grid.rows.size() >= limits.rows) return refuse_limit(LimitName::rows, grid.rows.size() + 1, limits.rows, here);
  used.cells += reader.fields().size() + 1;
  if (used.cells > limits.cells) return refuse_limit(LimitName::cells, used.cells, limits.cells, here);
  std::vector<GridCell> cells(reader.fields().size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string_view field = reader.fields()[c];
    used.text += field.size();
    if (!field.empty()) cells[c] = {.kind = CellKind::text, .text = std::string(field)};
  }
  if (used.text > limits.text_bytes) return refuse_limit(LimitName::text_bytes, used.text, limits.text_bytes, here);
  while (!cells.empty() && cells.back().kind == CellKind::empty) cells.pop_back();
  grid.rows.push_back(std::move(cells));
  grid.lines.push_back(reader.line());
  return {};
}

}   // namespace

Result<Grid> read_csv(std::string_view bytes, std::string file_name, const Limits& limits, Diagnostics& notes,
                      std::string& encoding) {
  const Position file{.file = file_name, .line = 0, .column = 0, .cell = {}};
  if (bytes.empty()) return fail(errors::file_empty, {}, file);
  if (bytes.size() > limits.file_bytes)
    return refuse_limit(LimitName::file_bytes, bytes.size(), limits.file_bytes, file);
  TRY_ASSIGN(const DecodedText text, decode_text(bytes, file_name));
  encoding = text.encoding;
  if (!encoding.starts_with("UTF-8")) notes.push_back({&errors::note_encoding, {encoding}, file});
  TRY(refuse_markup(text.utf8, file_name));
  const CsvSeparator separator = csv_separator(text.utf8);
  note_separator(separator.sign, file, notes);
  Grid grid;
  grid.file = file_name;
  Taken used;
  CsvReader reader(std::string_view(text.utf8).substr(separator.skipped), file_name, limits, separator.sign,
                   separator.skipped > 0 ? 2 : 1);
  for (;;) {
    TRY_ASSIGN(const bool more, reader.next());
    if (!more) break;
    TRY(add_row(grid, reader, limits, used));
  }
  return grid;
}

Result<Grid> read_csv(std::string_view bytes, std::string file_name, const Limits& limits) {
  Diagnostics notes;
  std::string encoding;
  return read_csv(bytes, std::move(file_name), limits, notes, encoding);
}

}   // namespace gangmu::sheet
