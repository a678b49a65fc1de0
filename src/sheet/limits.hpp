// SPDX-License-Identifier: Apache-2.0
// What a file may cost at most. Every limit is checked while reading, before the memory is taken; a refusal
// (limit_exceeded, HTTP 413) names the limit, what was met and the limit's value. The defaults admit the largest
// ledgers seen (100,000 × 12) several times over and keep one read below 512 MB.
#pragma once

#include <cstddef>

namespace gangmu::sheet {

struct Limits {                              // default      what is counted
  std::size_t file_bytes = 64u << 20;        ///< 64 MiB       the file as uploaded
  std::size_t archive_entries = 2'000;       ///< 2,000        files inside the xlsx archive
  std::size_t inflated_bytes = 768u << 20;   ///< 768 MiB      all parts we read, unpacked (streamed, never held)
  std::size_t inflated_ratio = 300;          ///< 300          unpacked : packed of one part, from 1 MiB on
  std::size_t xml_depth = 64;                ///< 64           nesting of XML elements
  std::size_t sheets = 256;                  ///< 256          sheets of a workbook
  std::size_t rows = 200'000;                ///< 200,000      last row in use, per sheet
  std::size_t columns = 1'024;               ///< 1,024        last column in use
  std::size_t cells =
      3'000'000;   ///< 3,000,000    cells in memory; blank rows, and blanks left of a filled cell, included
  std::size_t text_bytes = 160u << 20;      ///< 160 MiB      UTF-8 text of all cells and shared strings
  std::size_t cell_bytes = 131'072;         ///< 128 KiB      text of one cell (Excel's own limit is 32,767 characters)
  std::size_t shared_strings = 1'000'000;   ///< 1,000,000    entries of the shared-string table
  std::size_t merged_ranges = 100'000;      ///< 100,000      merged ranges of a sheet
  std::size_t styles = 65'536;              ///< 65,536       cell formats
  std::size_t notes = 200;                  ///< 200          notes and faults listed one by one
};

}   // namespace gangmu::sheet
