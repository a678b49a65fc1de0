// SPDX-License-Identifier: Apache-2.0
// What separates the columns of a text file: a first line sep=X says so; else the sign that cuts most of the first rows
// into cells, most of them into as many. A title above the table, or a comma in a heading between tabs, decides
// nothing.
#pragma once

#include <cstddef>
#include <string_view>

namespace gangmu::sheet {

struct CsvSeparator {
  char sign = ',';
  std::size_t skipped = 0;   ///< bytes of a line "sep=X", its end included
};
CsvSeparator csv_separator(std::string_view utf8);

}   // namespace gangmu::sheet
