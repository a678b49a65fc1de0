// SPDX-License-Identifier: Apache-2.0
// How a kind may change while its records live. Free: at once. Widening: the next version; a record follows at its next
// act, so every older document must still be read. Narrowing: records may not fit it. Never: what is stored would mean
// something else. The last two are refused, each with what to write instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/source.hpp"

namespace gangmu::record {

enum class VersionChange : std::uint8_t { free, widening, narrowing, never };
std::string_view name_of(VersionChange change);

/// One thing that differs: of what ("total", "done.month", "state raised"), what, and where the new declaration says
/// so.
struct VersionDifference {
  VersionChange change = VersionChange::free;
  std::string of{};
  std::string zh{}, en{};
  Position where{};
};

/// In the order of the new declaration; what is gone stands last. Fields are matched by number: both are `numbered`.
std::vector<VersionDifference> differences(const KindSource& before, const KindSource& after);
/// Of a code list.
std::vector<VersionDifference> differences(std::string_view list, const std::vector<CodeSource>& before,
                                           const std::vector<CodeSource>& after);
std::vector<VersionDifference> differences(const flow::FlowSource& before, const flow::FlowSource& after);

/// With a `map` a version may narrow: which records can't follow is for the host to look at (migrate.hpp). Errors:
/// narrowing, never_so, and version_wanted where something widens under the version number of before.
Status publishable(const KindSource& before, const KindSource& after,
                   const std::vector<VersionDifference>& differences);

}   // namespace gangmu::record
