// SPDX-License-Identifier: Apache-2.0
#include "sheet/workbook.hpp"

#include "base/text.hpp"
#include "sheet/archive.hpp"
#include "sheet/csv.hpp"
#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"
#include "sheet/xlsx_parts.hpp"

namespace gangmu::sheet {

namespace {

constexpr std::string_view zip_magic("PK\x03\x04", 4), empty_zip_magic("PK\x05\x06", 4);
constexpr std::string_view ole_magic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::string_view other_magics[] = {"%PDF-", "\x89PNG",    "\xFF\xD8\xFF", "GIF8",
                                             "Rar!",  "7z\xBC\xAF", "\x1F\x8B"};

bool looks_binary(std::string_view bytes) {
  for (const std::string_view magic : other_magics) {
    if (bytes.starts_with(magic)) return true;
  }
  return false;
}

Status finish(Reading& reading) {
  const Position file{.file = reading.file_name, .line = 0, .column = 0, .cell = {}};
  if (reading.more_faults > 0) {
    reading.faults.push_back({&errors::note_more, {std::to_string(reading.more_faults)}, file});
  }
  if (!reading.faults.empty()) return fail(std::move(reading.faults));
  if (reading.more_notes > 0) reading.notes.push_back({&errors::note_more, {std::to_string(reading.more_notes)}, file});
  return {};
}

Result<Workbook> read_xlsx(std::string_view bytes, std::string file_name, const Limits& limits) {
  TRY_ASSIGN(Archive archive, Archive::open(bytes, file_name, limits));
  Reading reading{.limits = limits,
                  .file_name = std::move(file_name),
                  .cells = 0,
                  .text_bytes = 0,
                  .notes = {},
                  .more_notes = 0,
                  .faults = {},
                  .more_faults = 0};
  TRY_ASSIGN(const BookParts parts, read_book_parts(archive, reading));
  BookTables tables;
  tables.epoch_1904 = parts.epoch_1904;
  TRY_ASSIGN(tables.strings, read_shared_strings(archive, parts.shared_strings, reading));
  TRY_ASSIGN(tables.formats, read_formats(archive, parts.styles, reading));
  Workbook book;
  for (const SheetEntry& entry : parts.sheets) {
    TRY_ASSIGN(Grid grid, read_sheet(archive, entry, tables, reading));
    book.sheets.push_back(std::move(grid));
  }
  TRY(finish(reading));
  book.notes = std::move(reading.notes);
  return book;
}

Result<Workbook> read_text(std::string_view bytes, std::string file_name, const Limits& limits) {
  Workbook book{.format = FileFormat::csv, .encoding = {}, .sheets = {}, .notes = {}};
  TRY_ASSIGN(Grid grid, read_csv(bytes, std::move(file_name), limits, book.notes, book.encoding));
  book.sheets.push_back(std::move(grid));
  return book;
}

bool named_as_text(std::string_view file_name) {
  const std::string name = text::lower_ascii(file_name);
  return name.ends_with(".csv") || name.ends_with(".txt") || name.ends_with(".tsv");
}

/// Bytes that are no text: a fault of the text only where the name promised text; otherwise the user meant a workbook.
bool no_text(const Error& error) { return error.is(errors::text_nul) || error.is(errors::text_encoding); }

}   // namespace

Result<Workbook> read_workbook(std::string_view bytes, std::string file_name, const Limits& limits) {
  const Position file{.file = file_name, .line = 0, .column = 0, .cell = {}};
  if (bytes.empty()) return fail(errors::file_empty, {}, file);
  if (bytes.size() > limits.file_bytes)
    return refuse_limit(LimitName::file_bytes, bytes.size(), limits.file_bytes, file);
  if (bytes.starts_with(zip_magic) || bytes.starts_with(empty_zip_magic)) {
    return read_xlsx(bytes, std::move(file_name), limits);
  }
  if (bytes.starts_with(ole_magic)) return fail(errors::format_old_xls, {}, file);
  if (looks_binary(bytes)) return fail(errors::format_unknown, {}, file);
  Result<Workbook> book = read_text(bytes, file_name, limits);
  if (!book && no_text(book.error()) && !named_as_text(file_name)) return fail(errors::format_unknown, {}, file);
  return book;
}

}   // namespace gangmu::sheet
