// SPDX-License-Identifier: Apache-2.0
// Addresses of cells and ranges, as any writer spells them: small letters, $ signs, whole columns and rows.
#pragma once

#include <optional>
#include <string_view>

#include "base/grid.hpp"

namespace gangmu::sheet {

struct CellReference {
  std::size_t row = 0, column = 0;   ///< 0-based
};
/// "C7", "c7", "$C$7"; nullopt when it is no address within 1,048,576 × 16,384.
std::optional<CellReference> cell_reference(std::string_view text);

/// "A1:B2", "A:C", "2:3", or one cell. Nullopt when it is none of them, or its end stands before its beginning.
std::optional<MergedRange> range_reference(std::string_view text);

}   // namespace gangmu::sheet
