// SPDX-License-Identifier: Apache-2.0
#include "sim/city.hpp"

#include <algorithm>
#include <numeric>

#include "base/math.hpp"
#include "sim/errors.hpp"

namespace gangmu::sim {
namespace {

struct Stem {
  std::string_view zh, en;
};
constexpr Stem stems[] = {{"甲", "Jia"}, {"乙", "Yi"},   {"丙", "Bing"}, {"丁", "Ding"}, {"戊", "Wu"},
                          {"己", "Ji"},  {"庚", "Geng"}, {"辛", "Xin"},  {"壬", "Ren"},  {"癸", "Gui"}};
/// How many towns a county has, relative to the others: uneven, as counties are.
constexpr int town_weights[] = {6, 3, 11, 17, 15, 10, 11, 8, 9, 7};

std::string two_digits(int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); }
std::string three_digits(int n) { return std::string(n < 100 ? "0" : "") + two_digits(n); }

/// total cut by weights, each at least 1, by largest remainder.
std::vector<int> shares(int total, const std::vector<int>& weights) {
  const int n = static_cast<int>(weights.size());
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  std::vector<int> out(weights.size(), 1);
  std::vector<std::pair<std::int64_t, int>> rest;
  int left = total - n;
  const int spread = left;
  for (int i = 0; i < n; ++i) {
    const std::int64_t exact = static_cast<std::int64_t>(spread) * weights[static_cast<std::size_t>(i)];
    out[static_cast<std::size_t>(i)] += static_cast<int>(exact / sum);
    left -= static_cast<int>(exact / sum);
    rest.emplace_back(-(exact % sum), i);
  }
  std::ranges::sort(rest);
  for (int k = 0; k < left; ++k) ++out[static_cast<std::size_t>(rest[static_cast<std::size_t>(k)].second)];
  return out;
}

struct Builder {
  City city;
  Date valid_from;
  Random random;

  std::size_t add(std::string code, std::size_t parent, place::Level level, std::string kind, std::string zh,
                  std::string en, std::string pinyin, std::string initials) {
    place::Place p;
    p.id = PlaceId{static_cast<std::int64_t>(city.places.size()) + 1};
    p.code = std::move(code);
    if (!city.places.empty()) p.parent = city.places[parent].id;
    p.level = level;
    p.kind = std::move(kind);
    p.name_zh = std::move(zh);
    p.name_en = std::move(en);
    p.pinyin = std::move(pinyin);
    p.initials = std::move(initials);
    p.valid_from = valid_from;
    Trait t;
    t.size = math::exp(0.45 * random.normal());
    t.pace = 0.012 * random.normal();
    t.level = random.normal();
    city.places.push_back(std::move(p));
    city.traits.push_back(t);
    city.parent.push_back(parent);
    return city.places.size() - 1;
  }
};

std::string lower(std::string_view s) { return std::string(1, static_cast<char>(s[0] | 0x20)); }

void sort_into_classes(City& city) {
  std::vector<std::size_t> towns;
  for (std::size_t i = 0; i < city.places.size(); ++i)
    if (city.places[i].level == place::Level::town) towns.push_back(i);
  std::ranges::stable_sort(towns,
                           [&](std::size_t a, std::size_t b) { return city.traits[a].size > city.traits[b].size; });
  const auto counts = towns.size() < 3 ? std::vector<int>{static_cast<int>(towns.size()), 0, 0}
                                       : shares(static_cast<int>(towns.size()), {19, 22, 32});
  std::size_t at = 0;
  for (int c = 0; c < 3; ++c)
    for (int k = 0; k < counts[static_cast<std::size_t>(c)]; ++k) city.traits[towns[at++]].klass = c;
}

bool possible(const Shape& s) {
  return s.counties >= 1 && s.counties <= 10 && s.towns >= s.counties && s.towns <= 99 * s.counties &&
         s.villages >= s.towns && s.villages <= 99 * s.towns && s.years >= 1 && s.years <= 30 && s.first_year >= 1990 &&
         s.first_year <= 2200 && s.tasks >= 0 && s.tasks <= 5000;
}

Definition definition(std::string kind, std::string id, Date from, Json body) {
  return {.kind = std::move(kind),
          .id = std::move(id),
          .version = 1,
          .valid_from = from,
          .retired = false,
          .body = std::move(body)};
}

}   // namespace

Result<City> build_city(const Shape& shape, Date valid_from, const Random& random) {
  const auto impossible = [&] {
    return fail(errors::shape_impossible,
                {std::to_string(shape.counties), std::to_string(shape.towns), std::to_string(shape.villages),
                 std::to_string(shape.first_year), std::to_string(shape.years)});
  };
  if (!possible(shape)) return impossible();
  Builder b{{}, valid_from, random.fork(1)};
  const auto root =
      b.add("990100000000", 0, place::Level::city, "prefecture_city", "示例市", "Example City", "Shili", "sls");
  const auto towns = shares(shape.towns, {town_weights, town_weights + shape.counties});
  std::vector<int> village_weights;
  for (int t = 0; t < shape.towns; ++t) village_weights.push_back(static_cast<int>(b.random.between(60, 140)));
  const auto villages = shares(shape.villages, village_weights);
  if (std::ranges::max(towns) > 99 || std::ranges::max(villages) > 99) return impossible();
  std::size_t nth = 0;
  for (int c = 0; c < shape.counties; ++c) {
    const std::string zh(stems[c].zh), en(stems[c].en), county_code = "9901" + two_digits(c + 1);
    const auto county = b.add(county_code + "000000", root, place::Level::county, "county", zh + "县", en + " County",
                              en, lower(en) + "x");
    for (int t = 1; t <= towns[static_cast<std::size_t>(c)]; ++t) {
      const std::string number = two_digits(t), town_code = county_code + three_digits(99 + t);
      const auto town = b.add(town_code + "000", county, place::Level::town, "town", zh + number + "镇",
                              en + " " + number + " Town", en + number, lower(en) + number + "z");
      const int count = villages[nth++];
      const int communities =
          count / 5;   // one unit in five is a community, as in the figures the shape was taken from
      for (int v = 1; v <= count; ++v) {
        const bool community = v <= communities;
        const std::string place_number = two_digits(v);
        b.add(town_code + three_digits(community ? v : 200 + v - communities), town, place::Level::village,
              community ? "community" : "village", zh + number + "镇" + place_number + (community ? "社区" : "村"),
              en + " " + number + "-" + place_number + (community ? " Community" : " Village"),
              en + number + place_number, lower(en) + number + place_number + (community ? "sq" : "c"));
      }
    }
  }
  sort_into_classes(b.city);
  return std::move(b.city);
}

std::vector<Definition> tiles_of(const City& city, Date valid_from) {
  constexpr int across = 3, block = 5;   // three counties in a row, each up to five tiles wide
  std::vector<int> towns_of(city.places.size(), 0);
  int tallest = 1;
  for (std::size_t i = 0; i < city.places.size(); ++i)
    if (city.places[i].level == place::Level::town) tallest = std::max(tallest, ++towns_of[city.parent[i]]);
  const int height = (tallest + block - 1) / block;
  std::vector<int> nth(city.places.size(), 0), seen(city.places.size(), 0);
  int counties = 0;
  std::vector<Definition> out;
  for (std::size_t i = 0; i < city.places.size(); ++i) {
    const auto level = city.places[i].level;
    int column = 0, row = 0;
    if (level == place::Level::county) {
      nth[i] = counties++;
      column = nth[i] % across;
      row = nth[i] / across;
    } else if (level == place::Level::town) {
      const int county = nth[city.parent[i]], k = seen[city.parent[i]]++;
      column = county % across * block + k % block;
      row = county / across * height + k / block;
    } else {
      continue;
    }
    Json body;
    body.set("place", city.places[i].code);
    body.set("column", column);
    body.set("row", row);
    out.push_back(definition("tile", city.places[i].code, valid_from, std::move(body)));
  }
  return out;
}

std::vector<Definition> classes_of(const City& city, Date valid_from) {
  std::vector<Definition> out;
  const auto counties = std::ranges::count(city.places, place::Level::county, &place::Place::level);
  std::ptrdiff_t nth = 0;
  for (std::size_t i = 0; i < city.places.size(); ++i) {
    const auto level = city.places[i].level;
    if (level != place::Level::town && level != place::Level::county) continue;
    const int klass = level == place::Level::town ? city.traits[i].klass : nth++ < counties - counties * 3 / 7 ? 0 : 1;
    Json body;
    body.set("place", city.places[i].code);
    body.set("class", class_names[klass]);
    out.push_back(definition("class", city.places[i].code, valid_from, std::move(body)));
  }
  return out;
}

}   // namespace gangmu::sim
