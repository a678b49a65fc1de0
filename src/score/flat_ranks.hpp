// SPDX-License-Identifier: Apache-2.0
// Ranks of plain numbers: 1 = best; values equal after quantising to 1e-9 share the better rank. Internal.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gangmu::score {

/// Shape: |x| ≤ 9e9.
std::vector<std::uint32_t> flat_ranks(std::span<const double> x, bool high_is_best);

}   // namespace gangmu::score
