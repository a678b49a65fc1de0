// SPDX-License-Identifier: Apache-2.0
// docs/assessments.md is recomputed: its scheme and values go in, its tables must come out.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/math.hpp"
#include "base/text.hpp"
#include "score/change.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

std::string read(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}
std::string chapter() { return read(GANGMU_SOURCE_DIR "/docs/assessments.md"); }

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

std::vector<std::vector<std::string>> csv_rows(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) { rows.push_back(text::split(line, ',')); }
  return rows;
}

std::string csv_of(const Table& t) {
  std::string out = text::join(t.header, ",") + "\n";
  for (const auto& row : t.rows) out += text::join(row, ",") + "\n";
  return out;
}

struct Worked {
  Scheme scheme = testing::scheme_of(block("json"));
  Gathered gathered{};
  Assessment assessment{};

  Worked() {
    std::vector<ValueRow> rows;
    const auto csv = csv_rows(block("csv values"));
    for (std::size_t r = 1; r < csv.size(); ++r)
      rows.push_back({csv[r].at(0), csv[r].at(1), csv[r].at(2), csv[r].at(3), {}});
    gathered = gather(scheme, rows, {}, Period::parse("2023").value()).value();
    SerialExecutor serial;
    assessment = assess(scheme, gathered.inputs(), serial).value();
  }
};

TEST(assessments_doc, printed_tables_are_what_the_scorer_prints) {
  const Worked w;
  std::map<std::string, std::string> printed;
  for (const auto& t : tables(w.scheme, w.gathered, w.assessment)) { printed[t.name] = csv_of(t); }
  for (const char* name : {"ranks", "grades", "contributions", "edges"})
    EXPECT_EQ(block(std::string("csv ") + name), printed[name]) << name;
}

TEST(assessments_doc, steps_worked_by_hand_are_right) {
  const Worked w;
  int cells = 0;
  for (const char* header : {"| 镇 | OUT | TAX | SAT |", "| 镇 | economy | total |"}) {
    const auto rows = table(header);
    ASSERT_EQ(rows.size(), 5U) << header;
    for (std::size_t r = 2; r < rows.size(); ++r) {
      const auto place = static_cast<std::size_t>(
          std::find(w.gathered.places.begin(), w.gathered.places.end(), rows[r][0]) - w.gathered.places.begin());
      ASSERT_LT(place, w.gathered.places.size());
      for (std::size_t c = 1; c < rows[r].size(); ++c, ++cells) {
        const NodeIndex node = w.scheme.find(rows[0][c]);
        ASSERT_NE(node, no_node);
        const bool scored = w.assessment.state(node, place) == ScoreState::scored;
        EXPECT_EQ(rows[r][c], scored ? points_text(math::quantise(w.assessment.score(node, place)), 2) : "")
            << rows[r][0] << " " << rows[0][c];
      }
    }
  }
  EXPECT_EQ(cells, 15);
}

/// docs/examples/assessment: seven towns in two classes.
#define EXAMPLE GANGMU_SOURCE_DIR "/docs/examples/assessment/"

struct Example {
  Scheme scheme = testing::scheme_of(read(EXAMPLE "scheme.json"));
  std::vector<ValueRow> values{};
  std::vector<PlaceRow> places{};
  SerialExecutor serial{};

  Example() {
    const auto v = csv_rows(read(EXAMPLE "values.csv")), p = csv_rows(read(EXAMPLE "places.csv"));
    for (std::size_t r = 1; r < v.size(); ++r) values.push_back({v[r].at(0), v[r].at(1), v[r].at(2), v[r].at(3), {}});
    for (std::size_t r = 1; r < p.size(); ++r) places.push_back({p[r].at(0), p[r].at(1), "", "", {}});
  }
  [[nodiscard]] Gathered of(const Scheme& by, const char* period) const {
    return gather(by, values, places, Period::parse(period).value()).value();
  }
  [[nodiscard]] std::string value(const std::string& place, const std::string& indicator,
                                  const std::string& period) const {
    for (const auto& row : values) {
      if (row.place == place && row.indicator == indicator && row.period == period) return row.value;
    }
    return "";
  }
};

TEST(assessments_doc, the_differentiated_example_is_what_the_scorer_prints) {
  const Example e;
  StressRequest stress;
  stress.uncertainty = 1000;
  stress.lift = 1;
  SerialExecutor serial;
  const auto out = score_plainly(e.scheme, e.values, e.places, Period::parse("2023").value(), serial, stress);
  ASSERT_TRUE(out) << out.error().text(Language::en);
  for (Table t : *out) {
    if (t.name == "lift") std::erase_if(t.rows, [](const auto& row) { return row[0] != "甲02镇"; });
    const bool told = t.name == "ranks" || t.name == "grades" || t.name == "intervals" || t.name == "lift";
    if (told) { EXPECT_EQ(block("csv differentiated " + t.name), csv_of(t)); }
  }
  EXPECT_EQ(block("csv differentiated ranks"), read(EXAMPLE "ranks.csv"));
}

TEST(assessments_doc, the_differentiated_examples_tables_are_right) {
  const Example e;
  const auto given = table("| 镇 | 类 | OUT | GRAIN | GRAIN@target | INC:2022 | INC | TOI | SAT | SAT@sample |");
  ASSERT_EQ(given.size(), 9U);
  for (std::size_t r = 2; r < given.size(); ++r) {
    for (std::size_t c = 2; c < given[r].size(); ++c) {
      const std::string head = given[0][c], code = head.substr(0, head.find(':'));
      EXPECT_EQ(given[r][c], e.value(given[r][0], code, code == head ? "2023" : "2022")) << given[r][0] << " " << head;
    }
  }
  const Gathered g = e.of(e.scheme, "2023");
  SerialExecutor serial;
  const Assessment a = assess(e.scheme, g.inputs(), serial).value();
  const auto shown = table("| 镇 | OUT | GRAIN | INC | TOI | SAT | total |");
  ASSERT_EQ(shown.size(), 9U);
  for (std::size_t r = 2; r < shown.size(); ++r) {
    const auto place =
        static_cast<std::size_t>(std::find(g.places.begin(), g.places.end(), shown[r][0]) - g.places.begin());
    for (std::size_t c = 1; c < shown[r].size(); ++c) {
      const NodeIndex node = e.scheme.find(shown[0][c]);
      EXPECT_EQ(shown[r][c],
                a.state(node, place) == ScoreState::scored ? points_text(math::quantise(a.score(node, place)), 2) : "")
          << shown[r][0] << " " << shown[0][c];
    }
  }
}

TEST(assessments_doc, the_change_of_a_year_adds_up_as_told) {
  const Example published;
  Example corrected;
  for (auto& row : corrected.values) {
    if (row.place == "甲02镇" && row.indicator == "TOI" && row.period == "2023") row.value = "85";
  }
  std::string text = read(EXAMPLE "scheme.json");
  const std::string line = R"("lo": 60, "hi": 90)";
  const Scheme next = testing::scheme_of(text.replace(text.find(line), line.size(), R"("lo": 65, "hi": 95)"));
  const Gathered a = published.of(published.scheme, "2023"), b = corrected.of(published.scheme, "2023"),
                 c = corrected.of(next, "2023"), d = corrected.of(next, "2024");
  const Inputs i = a.inputs(), ii = b.inputs(), iii = c.inputs(), iv = d.inputs();
  SerialExecutor serial;
  const Change told = change({published.scheme, i, ii, next, iii, iv}, "甲02镇", serial).value();
  const std::int64_t steps[] = {told.before,     told.correction.points, told.rules.points,
                                told.own.points, told.others.points,     told.now};
  const auto rows = table("| 步骤 | 分 |");
  ASSERT_EQ(rows.size(), 8U);
  for (std::size_t r = 2; r < rows.size(); ++r) {
    const bool step = r > 2 && r < 7;
    const std::string shown = points_text(steps[r - 2], 2);
    EXPECT_EQ(rows[r][1], steps[r - 2] < 0 ? "−" + shown.substr(1) : step ? "+" + shown : shown) << rows[r][0];
  }
}

TEST(assessments_doc, every_function_and_aggregation_has_its_line) {
  const std::string text = chapter();
  for (const char* name : {"lin",        "target",
                           "self",       "min_max",
                           "peer",       "z",
                           "percentile", "mean_zone",
                           "relative",   "step",
                           "category",   "either",
                           "mix",        "arithmetic",
                           "geometric",  "harmonic",
                           "power",      "owa",
                           "min",        "mean_min",
                           "ampi",       "benefit_of_doubt",
                           "mpi",        "topsis",
                           "vikor",      "borda",
                           "copeland"}) {
    EXPECT_NE(text.find(std::string("\n| `") + name + "` |"), std::string::npos) << name;
  }
}

}   // namespace
}   // namespace gangmu::score
