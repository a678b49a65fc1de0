// SPDX-License-Identifier: Apache-2.0
// For tests of this part only: a scheme from JSON text and places from a text table, so that a test reads like a
// worksheet.
//
//   place class T-1 T-1:2022 T-1@target @pilot
//   甲01  a     12  10       15         1          a column may name a period (":2022") or a target; "-" is an empty
//   cell
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "score/plain.hpp"

namespace gangmu::score::testing {

inline Result<Scheme> read_scheme(const std::string& text) {
  const auto json = Json::parse(text);
  if (!json) return fail(json.error());
  return scheme_from_json(*json);
}

inline Scheme scheme_of(const std::string& text) {
  auto scheme = read_scheme(text);
  if (!scheme) {
    ADD_FAILURE() << scheme.error().text(Language::en);
    return {};
  }
  return *scheme;
}

/// The head and one class "a", then what the test is about.
inline Scheme one_class(const std::string& rest) {
  return scheme_of(R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲类"}], )" + rest +
                   "}");
}

struct World {
  Scheme scheme;
  std::string table;
  std::string period = "2023";
  Gathered gathered{};
  Assessment assessment{};

  World(Scheme s, std::string t) : scheme(std::move(s)), table(std::move(t)) {
    auto g = gather(scheme, values(), places(), Period::parse(period).value());
    if (!g) {
      ADD_FAILURE() << g.error().text(Language::en);
      return;
    }
    gathered = *g;
    SerialExecutor serial;
    auto a = assess(scheme, gathered.inputs(), serial);
    if (!a) {
      ADD_FAILURE() << a.error().text(Language::en);
      return;
    }
    assessment = *a;
  }

  [[nodiscard]] std::vector<std::vector<std::string>> rows() const {
    std::vector<std::vector<std::string>> out;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::vector<std::string> row;
      for (std::string word; words >> word;) row.push_back(word == "-" ? "" : word);
      if (!row.empty()) out.push_back(row);
    }
    return out;
  }

  [[nodiscard]] std::vector<ValueRow> values() const {
    const auto all = rows();
    std::vector<ValueRow> out;
    for (std::size_t r = 1; r < all.size(); ++r) {
      for (std::size_t c = 2; c < all[r].size(); ++c) {
        std::string name = all[0][c], when = period;
        if (const auto colon = name.find(':'); colon != std::string::npos) {
          when = name.substr(colon + 1);
          name = name.substr(0, colon);
        }
        if (name.front() == '@' && all[r][c].empty()) continue;
        out.push_back({all[r][0], name, when, all[r][c], {}});
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<PlaceRow> places() const {
    const auto all = rows();
    std::vector<PlaceRow> out;
    for (std::size_t r = 1; r < all.size(); ++r) out.push_back({all[r][0], all[r][1], all[r][0], "", {}});
    return out;
  }

  [[nodiscard]] std::size_t at(const std::string& place) const {
    for (std::size_t p = 0; p < gathered.places.size(); ++p) {
      if (gathered.places[p] == place) return p;
    }
    ADD_FAILURE() << "no place " << place;
    return 0;
  }
  /// Printed with the scheme's decimals; "" when there is no score.
  [[nodiscard]] std::string total(const std::string& place) const {
    const std::size_t p = at(place);
    return assessment.scored(p) ? points_text(assessment.total[p], scheme.score_decimals) : "";
  }
  [[nodiscard]] double score(const std::string& node, const std::string& place) const {
    return assessment.score(scheme.find(node), at(place));
  }
  [[nodiscard]] std::uint32_t rank(const std::string& place) const { return assessment.rank[at(place)]; }
  [[nodiscard]] std::string grade(const std::string& place) const {
    const auto g = assessment.grade[at(place)];
    return g == Assessment::no_grade ? "" : scheme.grades[g].id;
  }
  [[nodiscard]] std::size_t edge(const std::string& node, EdgeRule rule) const {
    for (const auto& e : assessment.edges) {
      if (e.node == scheme.find(node) && e.rule == rule) return e.places;
    }
    return 0;
  }
};

}   // namespace gangmu::score::testing
