// SPDX-License-Identifier: Apache-2.0
// Two records that are the same thing (合并): one goes on, the other is void and leads to it (ways_out.hpp). What the
// one that goes on takes over is decided like an edit (decide.hpp, step_take_over); it is given back by another event,
// as far as nobody changed it since (step_give_back). Who may is the host's to ask, which also seals anew what is
// personal.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "record/decide.hpp"

namespace gangmu::record {

/// Names of the events of the one that goes on; of the other see ways_out.hpp.
inline constexpr std::string_view step_take_over = "merge-take", step_give_back = "merge-give";

/// Of which of the two a field is taken. Where nothing is said, that of the one that goes on, and what it lacks of the
/// other; rows of both, those with equal keys as one.
enum class Side : std::uint8_t { staying, leaving };
using Sides = std::map<FieldId, Side>;

/// What `staying` takes over, as it is typed: of rows only those that change, new ones under -1, -2 …
Values taken_over(const Kind& kind, const Record& staying, const Record& leaving, const Sides& sides);

/// What is to be typed so that `after` is as `before` again, but for what others changed since (`since`): `kept` is
/// told of each such field.
Values given_back(const Kind& kind, const Values& before, const Values& after, const Touched& since,
                  std::vector<FieldId>& kept);

/// A field after values as above were typed into it.
Value united(const Value* held, const Value& typed);

}   // namespace gangmu::record
