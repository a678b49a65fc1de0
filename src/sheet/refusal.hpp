// SPDX-License-Identifier: Apache-2.0
// How a limit is named when it refuses: one row a limit of limits.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.hpp"

namespace gangmu::sheet {

enum class LimitName : std::uint8_t {
  file_bytes,
  archive_entries,
  inflated_bytes,
  inflated_ratio,
  xml_depth,
  sheets,
  rows,
  columns,
  cells,
  text_bytes,
  cell_bytes,
  shared_strings,
  merged_ranges,
  styles,
};

/// The file as a whole.
inline Position whole(const std::string& file_name) { return {.file = file_name, .line = 0, .column = 0, .cell = {}}; }

/// limit_exceeded with the name, what was met and the limit.
tl::unexpected<Error> refuse_limit(LimitName name, std::uint64_t met, std::size_t limit, Position where);

}   // namespace gangmu::sheet
