// SPDX-License-Identifier: Apache-2.0
#include "sheet/workbook.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sheet/archive.hpp"
#include "sheet/csv.hpp"
#include "sheet/errors.hpp"
#include "sheet/other_format.hpp"
#include "sheet/refusal.hpp"
#include "sheet/secrecy_mark.hpp"
#include "sheet/xlsx_parts.hpp"

namespace gangmu::sheet {

namespace {

constexpr std::string_view zip_magic("PK\x03\x04", 4), empty_zip_magic("PK\x05\x06", 4);

/// A fault of one sheet, as against one of the file: an archive that is damaged, a limit, an attack, a mark.
bool of_one_sheet(const Error& error) { return error.is(errors::part_missing) || error.is(errors::xml_malformed); }

Status add_sheet(Workbook& book, Archive& archive, const SheetEntry& entry, const BookTables& tables,
                 Reading& reading) {
  reading.faults.clear();
  reading.more_faults = 0;
  Result<Grid> grid = read_sheet(archive, entry, tables, reading);
  if (!grid && !of_one_sheet(grid.error())) return fail(std::move(grid).error());
  Diagnostics faults = std::move(reading.faults);
  if (reading.more_faults > 0) {
    faults.push_back({&errors::note_more, {std::to_string(reading.more_faults)}, whole(reading.file_name)});
  }
  if (!grid) {
    for (const Diagnostic& fault : grid.error().all()) faults.push_back(fault);
    grid = Grid{};
    grid->file = reading.file_name;
    grid->sheet = entry.name;
    grid->hidden = entry.hidden;
  }
  book.sheets.push_back(*std::move(grid));
  book.faults.push_back(std::move(faults));
  return {};
}

Status finish(Workbook& book, Reading& reading) {
  if (std::ranges::none_of(book.faults, &Diagnostics::empty)) {
    Diagnostics all;
    for (const Diagnostics& faults : book.faults) all.insert(all.end(), faults.begin(), faults.end());
    return fail(std::move(all));
  }
  if (reading.more_notes > 0)
    reading.notes.push_back({&errors::note_more, {std::to_string(reading.more_notes)}, whole(reading.file_name)});
  book.notes = std::move(reading.notes);
  return {};
}

Result<Workbook> read_xlsx(std::string_view bytes, std::string file_name, const Limits& limits) {
  TRY_ASSIGN(Archive archive, Archive::open(bytes, file_name, limits));
  TRY(refuse_other_archive(archive, file_name));
  Reading reading{.limits = limits,
                  .file_name = std::move(file_name),
                  .cells = 0,
                  .text_bytes = 0,
                  .notes = {},
                  .more_notes = 0,
                  .faults = {},
                  .more_faults = 0};
  TRY_ASSIGN(const BookParts parts, read_book_parts(archive, reading));
  TRY_ASSIGN(const BookTables tables, read_tables(archive, parts, reading));
  Workbook book;
  for (const SheetEntry& entry : parts.sheets) TRY(add_sheet(book, archive, entry, tables, reading));
  TRY(refuse_marked_parts(archive, parts, limits));
  TRY(finish(book, reading));
  return book;
}

Result<Workbook> read_text(std::string_view bytes, std::string file_name, const Limits& limits) {
  Workbook book{.format = FileFormat::csv, .encoding = {}, .sheets = {}, .faults = {}, .notes = {}};
  TRY_ASSIGN(Grid grid, read_csv(bytes, std::move(file_name), limits, book.notes, book.encoding));
  TRY(refuse_secrecy_mark(grid));
  book.sheets.push_back(std::move(grid));
  book.faults.emplace_back();
  return book;
}

bool named_as_text(std::string_view file_name) {
  const std::string name = text::lower_ascii(file_name);
  return name.ends_with(".csv") || name.ends_with(".txt") || name.ends_with(".tsv");
}

/// Bytes that are no text: a fault of the text only where the name promised text; otherwise the user meant a workbook.
bool no_text(const Error& error) {
  return error.is(errors::text_nul) || error.is(errors::text_control) || error.is(errors::text_encoding);
}

}   // namespace

Result<const Grid*> Workbook::sound(std::size_t index) const {
  if (!faults[index].empty()) return fail(faults[index]);
  return &sheets[index];
}

Result<Workbook> read_workbook(std::string_view bytes, std::string file_name, const Limits& limits) {
  const Position file = whole(file_name);
  TRY(refuse_secrecy_mark(file_name));
  if (bytes.empty()) return fail(errors::file_empty, {}, file);
  if (bytes.size() > limits.file_bytes)
    return refuse_limit(LimitName::file_bytes, bytes.size(), limits.file_bytes, file);
  if (bytes.starts_with(zip_magic) || bytes.starts_with(empty_zip_magic)) {
    return read_xlsx(bytes, std::move(file_name), limits);
  }
  TRY(refuse_other_bytes(bytes, file_name));
  Result<Workbook> book = read_text(bytes, file_name, limits);
  if (!book && no_text(book.error()) && !named_as_text(file_name)) return fail(errors::format_unknown, {}, file);
  return book;
}

}   // namespace gangmu::sheet
