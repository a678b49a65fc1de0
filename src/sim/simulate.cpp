// SPDX-License-Identifier: Apache-2.0
#include "sim/simulate.hpp"

#include <algorithm>

#include "sim/city.hpp"
#include "sim/errors.hpp"
#include "sim/figures.hpp"
#include "sim/plan.hpp"

namespace gangmu::sim {
namespace {

double bound(const Json& body, std::string_view name) {
  const auto text = Decimal::parse(body[name].string_or("0"));
  return text ? text->real() : 0;
}

Result<std::vector<Series>> catalogue_of(const pack::Pack& pack) {
  std::vector<Series> out;
  for (const Definition* d : pack.of_kind("indicator")) {
    if (d->retired) continue;
    TRY_ASSIGN(fact::Indicator indicator, pack::indicator_of(*d));
    if (out.empty() || out.back().versions.back().code != indicator.code)
      out.push_back({{}, {}, bound(d->body, "soft_min"), bound(d->body, "soft_max")});
    out.back().versions.push_back(std::move(indicator));
    out.back().valid_from.push_back(d->valid_from);
  }
  return out;
}

void append(std::vector<Definition>& all, std::vector<Definition> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}   // namespace

Result<pack::Pack> simulate(const pack::Files& input, std::uint64_t seed, const Shape& shape) {
  TRY_ASSIGN(pack::Pack pack, pack::read_pack(input));
  if (!pack.synthetic())
    return fail(errors::input_not_synthetic, {}, {.file = "programme.yaml", .line = 1, .column = 0, .cell = {}});
  const Date from = *Date::of(shape.first_year, 1, 1);
  pack.programme.set("valid_from", from.text());
  for (Definition& d : pack.definitions)
    if (d.version == 1) d.valid_from = from;

  const Random random(seed);
  TRY_ASSIGN(const City city, build_city(shape, from, random));
  TRY_ASSIGN(const std::vector<Series> catalogue, catalogue_of(pack));
  pack.places = city.places;
  pack.attributes.clear();
  append(pack.definitions, tiles_of(city, from));
  append(pack.definitions, classes_of(city, from));
  append(pack.definitions, posts_of(city, from));
  append(pack.definitions, tracks_of(city, from));
  append(pack.definitions, pairings_of(city, from));
  auto targets = targets_of(city, catalogue, shape, random);
  for (Definition& target : targets) target.valid_from = from;
  append(pack.definitions, std::move(targets));
  std::ranges::stable_sort(pack.definitions, {}, [](const Definition& d) { return std::tie(d.kind, d.id, d.version); });
  pack.observations = figures_of(city, catalogue, shape, random);
  pack.tasks = tasks_of(city, shape, random);
  return pack;
}

}   // namespace gangmu::sim
