// SPDX-License-Identifier: Apache-2.0
// libxlsxwriter 1.1 writes to a file name only, so it is given an anonymous file in memory (memfd) by its /proc name:
// nothing of the workbook ever has a name on disk. Large sheets without tall merged ranges are written row by row
// (constant memory).
#include "sheet/xlsx_writer.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <set>

#include "base/control.hpp"
#include "base/text.hpp"
#include "sheet/cell_text.hpp"
#include "sheet/errors.hpp"
#include "sheet/simulated.hpp"
#include "sheet/xlsx_formats.hpp"

namespace gangmu::sheet {

namespace {

constexpr std::size_t longest_text = 32'767;   // characters of a cell, Excel's limit
constexpr std::string_view cut_mark = "…（过长，此处截断 · cut here）";
constexpr std::size_t constant_memory_from = 100'000;   // cells of a workbook
constexpr double narrowest = 6, widest = 42;

class MemoryFile {
 public:
  MemoryFile() : fd_(memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] bool usable() const { return fd_ >= 0; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }
  [[nodiscard]] Result<std::string> contents() const {
    struct stat info {};
    if (fstat(fd_, &info) != 0) return fail(errors::writer_failed, {"fstat"});
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n = pread(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (n <= 0) return fail(errors::writer_failed, {"pread"});
      done += static_cast<std::size_t>(n);
    }
    return bytes;
  }

 private:
  int fd_;
};

std::size_t columns_of(const Worksheet& sheet) {
  std::size_t columns = 1;
  for (const WorksheetRow& row : sheet.rows) columns = std::max(columns, row.cells.size());
  for (const MergedRange& range : sheet.merges) columns = std::max(columns, range.last_column + 1);
  return columns;
}

bool tall_merges(const Worksheet& sheet) {
  return std::any_of(sheet.merges.begin(), sheet.merges.end(),
                     [](const MergedRange& m) { return m.last_row > m.first_row; });
}

bool constant_memory(const std::vector<Worksheet>& sheets) {
  std::size_t cells = 0;
  for (const Worksheet& sheet : sheets) {
    if (tall_merges(sheet)) return false;
    for (const WorksheetRow& row : sheet.rows) cells += row.cells.size();
  }
  return cells >= constant_memory_from;
}

std::string shown_text(const WorksheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<Decimal>(&cell.value)) return number->text();
  if (const auto* date = std::get_if<Date>(&cell.value)) return date->text();
  return {};
}

std::size_t significant_digits(Decimal number) {
  const std::string digits = std::to_string(number.reduced().units());
  return digits.size() - (digits.front() == '-' ? 1 : 0);
}

/// Units of UTF-16, which Excel counts.
std::size_t units(char32_t p) { return p > 0xFFFF ? 2 : 1; }

/// A store may hold more than a cell does: what is beyond goes, and the cell says so.
std::string cut(std::string_view text) {
  const std::u32string points = text::code_points(text);
  std::size_t kept = 0, taken = text::length(cut_mark);
  for (; kept < points.size() && taken + units(points[kept]) <= longest_text; ++kept) taken += units(points[kept]);
  return text::utf8(std::u32string_view(points).substr(0, kept)) + std::string(cut_mark);
}

/// A text as a cell of a workbook can hold it: whatever a store holds, it is written.
std::string cell_text(std::string_view text) {
  std::string out = escaped(text::writable(text));
  if (out.size() <= longest_text) return out;
  std::size_t taken = 0;
  for (const char32_t p : text::code_points(out)) taken += units(p);
  return taken <= longest_text ? out : cut(out);
}

bool has_serial(Date date) { return date.year() >= 1900 && date.year() <= 9999; }

std::vector<double> chosen_widths(const Worksheet& sheet, std::size_t columns) {
  std::vector<double> widths(columns, 0);
  for (const WorksheetRow& row : sheet.rows) {
    if (row.role == RowRole::title || row.role == RowRole::unit_line || row.role == RowRole::note) continue;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      widths[c] = std::max(widths[c], static_cast<double>(text::display_width(shown_text(row.cells[c]))) + 2);
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    const bool given = c < sheet.widths.size() && sheet.widths[c] > 0;
    widths[c] = given ? sheet.widths[c] : std::clamp(widths[c], narrowest, widest);
  }
  return widths;
}

/// '&' starts a control code in page headers.
std::string header_text(std::string_view text) {
  std::string out;
  for (const char c : text::writable(text)) out += c == '&' ? "&&" : std::string(1, c);
  return out;
}

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* target, const Worksheet& sheet, XlsxFormats& formats)
      : target_(target),
        sheet_(sheet),
        formats_(formats),
        columns_(columns_of(sheet)),
        shift_(sheet.simulated ? 1u : 0u) {}

  void write(const XlsxOptions& options) {
    set_page(options);
    const std::vector<double> widths = chosen_widths(sheet_, columns_);
    for (std::size_t c = 0; c < columns_; ++c) {
      worksheet_set_column(target_, column(c), column(c), widths[c], nullptr);
    }
    if (sheet_.simulated) {
      worksheet_write_string(target_, 0, 0, std::string(simulated_mark).c_str(), formats_.simulated());
    }
    keep_disjoint_merges();
    auto next = merges_.begin();
    for (std::size_t r = 0; r < sheet_.rows.size(); ++r) {
      if (sheet_.rows[r].role == RowRole::title) worksheet_set_row(target_, line(r), 30, nullptr);
      for (; next != merges_.end() && next->first_row == r; ++next) write_merge(*next);
      write_row(r);
    }
  }

 private:
  [[nodiscard]] lxw_row_t line(std::size_t row) const { return static_cast<lxw_row_t>(row + shift_); }
  static lxw_col_t column(std::size_t c) { return static_cast<lxw_col_t>(c); }

  void set_page(const XlsxOptions& options) {
    worksheet_set_paper(target_, 9);   // A4
    if (sheet_.landscape) worksheet_set_landscape(target_);
    worksheet_fit_to_pages(target_, 1, 0);
    if (sheet_.frozen_rows + sheet_.frozen_columns > 0) {
      worksheet_freeze_panes(target_, line(sheet_.frozen_rows), column(sheet_.frozen_columns));
    }
    if (sheet_.repeat_end > sheet_.repeat_first) {
      worksheet_repeat_rows(target_, line(sheet_.repeat_first), line(sheet_.repeat_end - 1));
    }
    worksheet_set_footer(target_, ("&L" + header_text(options.footer) + "&R&P / &N").c_str());
    if (!sheet_.simulated) return;
    worksheet_set_header(target_, ("&C" + header_text(simulated_mark)).c_str());
    worksheet_set_tab_color(target_, 0xC00000);
  }

  /// Lines that stand alone (titles, unit line, notes) span the table; overlapping ranges would make the file invalid.
  void keep_disjoint_merges() {
    std::vector<MergedRange> wanted = sheet_.merges;
    for (std::size_t r = 0; r < sheet_.rows.size(); ++r) {
      const WorksheetRow& row = sheet_.rows[r];
      const bool spans = row.role == RowRole::title || row.role == RowRole::unit_line || row.role == RowRole::note;
      if (spans && row.cells.size() == 1) wanted.push_back({r, 0, r, columns_ - 1});
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const MergedRange& a, const MergedRange& b) {
      return std::pair(a.first_row, a.first_column) < std::pair(b.first_row, b.first_column);
    });
    std::set<std::pair<std::size_t, std::size_t>> taken;
    for (const MergedRange& range : wanted) {
      if (range.last_row >= sheet_.rows.size() ||
          (range.first_row == range.last_row && range.first_column == range.last_column)) {
        continue;
      }
      if (take(taken, range)) merges_.push_back(range);
    }
  }

  static bool take(std::set<std::pair<std::size_t, std::size_t>>& taken, const MergedRange& range) {
    for (std::size_t r = range.first_row; r <= range.last_row; ++r) {
      const auto at = taken.lower_bound({r, range.first_column});
      if (at != taken.end() && at->first == r && at->second <= range.last_column) return false;
    }
    for (std::size_t r = range.first_row; r <= range.last_row; ++r) {
      for (std::size_t c = range.first_column; c <= range.last_column; ++c) taken.insert({r, c});
    }
    return true;
  }

  void write_merge(const MergedRange& range) {
    worksheet_merge_range(target_, line(range.first_row), column(range.first_column), line(range.last_row),
                          column(range.last_column), "",
                          formats_.of(sheet_.rows[range.first_row].role, ValueShape::text));
  }

  void write_row(std::size_t r) {
    const WorksheetRow& row = sheet_.rows[r];
    const bool framed = row.role == RowRole::header || row.role == RowRole::body || row.role == RowRole::total;
    for (std::size_t c = 0; c < row.cells.size(); ++c) write_cell(line(r), column(c), row.role, row.cells[c]);
    for (std::size_t c = row.cells.size(); framed && c < columns_; ++c) write_cell(line(r), column(c), row.role, {});
  }

  void write_cell(lxw_row_t row, lxw_col_t col, RowRole role, const WorksheetCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell.value); text != nullptr && !text->empty()) {
      write_text(row, col, role, *text);
    } else if (const auto* number = std::get_if<Decimal>(&cell.value)) {
      write_number(row, col, role, *number, cell.percent);
    } else if (const auto* date = std::get_if<Date>(&cell.value); date != nullptr && !has_serial(*date)) {
      write_text(row, col, role, date->text());
    } else if (date != nullptr) {
      lxw_datetime value{
          .year = date->year(), .month = date->month(), .day = date->day(), .hour = 0, .min = 0, .sec = 0};
      worksheet_write_datetime(target_, row, col, &value, formats_.of(role, ValueShape::date));
    } else {
      worksheet_write_blank(target_, row, col, formats_.of(role, ValueShape::text));
    }
  }

  void write_text(lxw_row_t row, lxw_col_t col, RowRole role, std::string_view text) {
    worksheet_write_string(target_, row, col, cell_text(text).c_str(), formats_.of(role, ValueShape::text));
  }

  void write_number(lxw_row_t row, lxw_col_t col, RowRole role, Decimal number, bool percent) {
    if (significant_digits(number) > 15) {
      write_text(row, col, role, number.text());
      return;
    }
    const int decimals = percent ? std::max(number.scale() - 2, 0) : number.scale();
    worksheet_write_number(target_, row, col, number.real(),
                           formats_.of(role, percent ? ValueShape::percent : ValueShape::number, decimals));
  }

  lxw_worksheet* target_;
  const Worksheet& sheet_;
  XlsxFormats& formats_;
  std::size_t columns_;
  std::size_t shift_;
  std::vector<MergedRange> merges_;
};

std::vector<std::string> sheet_names(const std::vector<Worksheet>& sheets) {
  std::vector<std::string> names;
  std::set<std::string> used;
  for (const Worksheet& sheet : sheets) {
    const std::string legal = legal_sheet_name(sheet.name);
    std::string name = legal;
    for (int n = 2; !used.insert(text::lower_ascii(name)).second; ++n) {
      const std::string suffix = " " + std::to_string(n);
      const std::u32string points = text::code_points(legal);
      name = text::utf8(std::u32string_view(points).substr(0, 31 - suffix.size())) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

void set_properties(lxw_workbook* book, const XlsxOptions& options) {
  std::string creator = text::writable(options.creator);
  lxw_doc_properties properties{};
  properties.author = creator.data();
  properties.created = static_cast<time_t>(std::max<std::int64_t>(options.created.micros / 1'000'000, 1));
  workbook_set_properties(book, &properties);   // copies
}

}   // namespace

std::string legal_sheet_name(std::string_view name) {
  std::u32string points = text::code_points(text::trim(text::writable(name)));
  for (char32_t& c : points) {
    if (std::u32string_view(U"[]:*?/\\").find(c) != std::u32string_view::npos || c < 32) c = U'·';
  }
  if (!points.empty() && points.front() == U'\'') points.front() = U'·';
  if (points.size() > 31) points.resize(31);
  if (!points.empty() && points.back() == U'\'') points.back() = U'·';
  return points.empty() ? "Sheet" : text::utf8(points);
}

Result<std::string> write_xlsx(const std::vector<Worksheet>& sheets, const XlsxOptions& options) {
  const MemoryFile file;
  if (!file.usable() || sheets.empty())
    return fail(errors::writer_failed, {sheets.empty() ? "0 sheets" : "memfd_create"});
  lxw_workbook_options settings{};
  settings.constant_memory = constant_memory(sheets) ? LXW_TRUE : LXW_FALSE;
  lxw_workbook* book = workbook_new_opt(file.path().c_str(), &settings);
  if (book == nullptr) return fail(errors::writer_failed, {"workbook_new"});
  set_properties(book, options);
  XlsxFormats formats(book);
  const std::vector<std::string> names = sheet_names(sheets);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    lxw_worksheet* target = workbook_add_worksheet(book, names[i].c_str());
    if (target == nullptr) {
      lxw_workbook_free(book);
      return fail(errors::writer_failed, {names[i]});
    }
    SheetWriter(target, sheets[i], formats).write(options);
  }
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
    return fail(errors::writer_failed, {lxw_strerror(error)});
  return file.contents();
}

}   // namespace gangmu::sheet
