// SPDX-License-Identifier: Apache-2.0
#include "score/grade_limits.hpp"

#include <fmt/format.h>

#include "score/ranking.hpp"

namespace gangmu::score {

std::vector<Sentence> grade_limits(const Scheme& scheme, const Inputs& inputs, const Assessment& a, std::size_t place) {
  std::vector<Sentence> out;
  if (!a.ranked[place] || a.grade[place] == Assessment::no_grade) return out;
  for (const auto& [p, index] : a.red_lines) {
    const RedLine& line = scheme.red_lines[index];
    if (p != place || scheme.grades[a.grade[place]].id != line.max_grade ||
        a.grade[place] == a.grade_without_red_lines[place])
      continue;
    const Grade& most = scheme.grades[a.grade[place]];
    out.push_back({fmt::format("触及红线“{}”，等次最高为{}", line.name_zh, most.name_zh),
                   fmt::format("red line '{}' crossed: {} at best", line.name_en, most.name_en)});
  }
  for (std::size_t g = 0; g < a.grade_without_red_lines[place] && g < scheme.grades.size(); ++g) {
    const Grade& grade = scheme.grades[g];
    if (!grade.min || a.total[place] < grade.min->rescaled(9)->units()) continue;
    const std::int64_t seats = seats_of(grade, a.class_size[inputs.classes[place]]);
    out.push_back({fmt::format("分数够{}，但{}限 {} 名", grade.name_zh, grade.name_zh, seats),
                   fmt::format("points enough for {}, which has {} seats", grade.name_en, seats)});
  }
  return out;
}

}   // namespace gangmu::score
