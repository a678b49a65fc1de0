// SPDX-License-Identifier: Apache-2.0
// Merged ranges: cut to the cells in use and filled with copies of their top-left cell, which is all that is shown of
// them.
#pragma once

#include "base/grid.hpp"
#include "base/result.hpp"
#include "sheet/xlsx_parts.hpp"

namespace gangmu::sheet {

/// What a covered cell held of its own goes, with a note. Errors: limit_exceeded (cells, text).
Status fill_merges(Grid& grid, Reading& reading);

}   // namespace gangmu::sheet
