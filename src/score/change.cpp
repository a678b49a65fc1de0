// SPDX-License-Identifier: Apache-2.0
#include "score/change.hpp"

#include <algorithm>

#include "score/errors.hpp"

namespace gangmu::score {

namespace {

Result<std::size_t> index_of(const Inputs& inputs, std::string_view place) {
  const auto found = std::find(inputs.places.begin(), inputs.places.end(), place);
  if (found == inputs.places.end()) return fail(errors::place_unknown, {std::string(place)});
  return static_cast<std::size_t>(found - inputs.places.begin());
}

struct Standing {
  std::int64_t total = 0;
  std::uint32_t rank = 0;
};

Result<Standing> standing(const Scheme& scheme, const Inputs& inputs, std::string_view place, Executor& executor) {
  TRY_ASSIGN(const std::size_t p, index_of(inputs, place));
  TRY_ASSIGN(const Assessment a, assess(scheme, inputs, executor));
  if (!a.scored(p)) return fail(errors::no_values, {std::string(place)});
  return Standing{a.total[p], a.rank[p]};
}

/// Everybody as before, the place as now.
Result<Standing> alone_moved(const ChangeInputs& in, std::string_view place, Executor& executor) {
  TRY_ASSIGN(const std::size_t old_place, index_of(in.before, place));
  TRY_ASSIGN(const std::size_t new_place, index_of(in.now, place));
  std::vector<double> values(in.before.values.begin(), in.before.values.end());
  std::vector<fact::CellState> states(in.before.states.begin(), in.before.states.end());
  for (std::size_t c = 0; c < in.scheme.columns.size(); ++c) {
    values[c * in.before.places.size() + old_place] = in.now.values[c * in.now.places.size() + new_place];
    states[c * in.before.places.size() + old_place] = in.now.states[c * in.now.places.size() + new_place];
  }
  std::vector<ClassIndex> classes(in.before.classes.begin(), in.before.classes.end());
  classes[old_place] = in.now.classes[new_place];
  Inputs mixed = in.before;
  mixed.values = values;
  mixed.states = states;
  mixed.classes = classes;
  std::erase_if(mixed.grants, [&](const Grant& grant) { return grant.place == old_place; });
  for (Grant grant : in.now.grants) {
    if (grant.place != new_place) continue;
    grant.place = static_cast<std::uint32_t>(old_place);
    mixed.grants.push_back(std::move(grant));
  }
  return standing(in.scheme, mixed, place, executor);
}

}   // namespace

Result<Change> change(const ChangeInputs& in, std::string_view place, Executor& executor) {
  TRY_ASSIGN(const Standing published, standing(in.old_scheme, in.published, place, executor));
  TRY_ASSIGN(const Standing corrected, standing(in.old_scheme, in.corrected, place, executor));
  TRY_ASSIGN(const Standing ruled, standing(in.scheme, in.before, place, executor));
  TRY_ASSIGN(const Standing moved, alone_moved(in, place, executor));
  TRY_ASSIGN(const Standing now, standing(in.scheme, in.now, place, executor));
  const auto step = [](const Standing& from, const Standing& to) { return ChangeStep{to.total - from.total, to.rank}; };
  return Change{published.total,        now.total,          published.rank,  step(published, corrected),
                step(corrected, ruled), step(ruled, moved), step(moved, now)};
}

}   // namespace gangmu::score
