// SPDX-License-Identifier: Apache-2.0
// docs/assessments.md is recomputed: its scheme and values go in, its tables must come out.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/math.hpp"
#include "base/text.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

std::string chapter() {
  std::ifstream file(std::string(GANGMU_SOURCE_DIR) + "/docs/assessments.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The body of the code block that opens with the given line.
std::string block(const std::string& opening) {
  const std::string text = chapter(), fence = "```" + opening + "\n";
  const auto begin = text.find(fence);
  if (begin == std::string::npos) return {};
  const auto end = text.find("```", begin + fence.size());
  return text.substr(begin + fence.size(), end - begin - fence.size());
}

/// Rows of the Markdown table whose header starts with the given cell and contains the other; cells trimmed.
std::vector<std::vector<std::string>> table(const std::string& header) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(chapter());
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == header) inside = true;
    if (!inside) continue;
    if (line.empty() || line.front() != '|') break;
    auto cells = text::split(line, '|');
    std::vector<std::string> row;
    for (std::size_t i = 1; i + 1 < cells.size(); ++i) row.emplace_back(text::trim(cells[i]));
    rows.push_back(row);
  }
  return rows;
}

struct Worked {
  Scheme scheme = testing::scheme_of(block("json"));
  Gathered gathered{};
  Assessment assessment{};

  Worked() {
    std::vector<ValueRow> rows;
    std::istringstream lines(block("csv values"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      const auto cells = text::split(line, ',');
      rows.push_back({cells.at(0), cells.at(1), cells.at(2), cells.at(3), {}});
    }
    gathered = gather(scheme, rows, {}, Period::parse("2023").value()).value();
    SerialExecutor serial;
    assessment = assess(scheme, gathered.inputs(), serial).value();
  }
};

TEST(assessments_doc, printed_tables_are_what_the_scorer_prints) {
  const Worked w;
  std::map<std::string, std::string> printed;
  for (const auto& t : tables(w.scheme, w.gathered, w.assessment)) {
    std::string& out = printed[t.name];
    out = text::join(t.header, ",") + "\n";
    for (const auto& row : t.rows) out += text::join(row, ",") + "\n";
  }
  for (const char* name : {"ranks", "grades", "contributions", "edges"}) EXPECT_EQ(block(std::string("csv ") + name), printed[name]) << name;
}

TEST(assessments_doc, steps_worked_by_hand_are_right) {
  const Worked w;
  int cells = 0;
  for (const char* header : {"| 镇 | OUT | TAX | SAT |", "| 镇 | economy | total |"}) {
    const auto rows = table(header);
    ASSERT_EQ(rows.size(), 5U) << header;
    for (std::size_t r = 2; r < rows.size(); ++r) {
      const auto place = static_cast<std::size_t>(std::find(w.gathered.places.begin(), w.gathered.places.end(), rows[r][0]) - w.gathered.places.begin());
      ASSERT_LT(place, w.gathered.places.size());
      for (std::size_t c = 1; c < rows[r].size(); ++c, ++cells) {
        const NodeIndex node = w.scheme.find(rows[0][c]);
        ASSERT_NE(node, no_node);
        const bool scored = w.assessment.state(node, place) == ScoreState::scored;
        EXPECT_EQ(rows[r][c], scored ? points_text(math::quantise(w.assessment.score(node, place)), 2) : "") << rows[r][0] << " " << rows[0][c];
      }
    }
  }
  EXPECT_EQ(cells, 15);
}

TEST(assessments_doc, every_function_and_aggregation_has_its_line) {
  const std::string text = chapter();
  for (const char* name : {"lin", "target", "self", "min_max", "peer", "z", "percentile", "mean_zone", "relative", "step", "category", "either", "mix",
                           "arithmetic", "geometric", "harmonic", "power", "owa", "min", "mean_min", "ampi", "benefit_of_doubt", "mpi",
                           "topsis", "vikor", "borda", "copeland"}) {
    EXPECT_NE(text.find(std::string("\n| `") + name + "` |"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace gangmu::score
