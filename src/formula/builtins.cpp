// SPDX-License-Identifier: Apache-2.0
#include "formula/builtins.hpp"

#include <array>

namespace gangmu::formula {
namespace {

struct Row {
  Builtin told;
  BuiltinRule rule;
};

constexpr int many = 1000;

constexpr auto rows = std::to_array<Row>({
    {{"if", "如果", "if(condition, a, b)", "条件为是取甲，为否取乙，缺失则缺失",
      "a where the condition holds, b where not"},
     {Op::choose, Op::literal, 3, 3}},
    {{"has", "有", "has(x)", "有没有值；个人信息只能这样问",
      "whether there is a value; all that may be asked of a personal field"},
     {Op::has, Op::literal, 1, 1}},
    {{"default", "缺省", "default(x, y)", "第一个有值的", "the first that has a value"},
     {Op::fallback, Op::literal, 2, many}},
    {{"abs", "绝对值", "abs(x)", "绝对值", "without its sign"}, {Op::abs, Op::literal, 1, 1}},
    {{"min", "最小", "min(a, b) · min(rows.field)", "最小的", "the least"}, {Op::min, Op::min_of, 2, many}},
    {{"max", "最大", "max(a, b) · max(rows.field)", "最大的", "the greatest"}, {Op::max, Op::max_of, 2, many}},
    {{"percent", "百分比", "percent(a, b)", "甲占乙的百分之几", "a as a percentage of b"},
     {Op::percent, Op::literal, 2, 2}},
    {{"year", "年份", "year(date)", "年", "the year"}, {Op::year, Op::literal, 1, 1}},
    {{"month", "月份", "month(date)", "月", "the month"}, {Op::month, Op::literal, 1, 1}},
    {{"day", "几号", "day(date)", "日", "the day of the month"}, {Op::day, Op::literal, 1, 1}},
    {{"today", "今天", "today()", "读的那一天；不能存、不能计入指标", "the day it is read; never stored or tallied"},
     {Op::today, Op::literal, 0, 0}},
    {{"workdays", "工作日数", "workdays(from, to)", "起日之后至止日的工作日数",
      "working days after the first day, up to the last"},
     {Op::workdays, Op::literal, 2, 2}},
    {{"count", "计数", "count(rows where …)", "几行", "how many rows"}, {Op::count_of, Op::count_of, 1, 1}},
    {{"sum", "合计", "sum(rows.field where …)", "加总；没有一行得 0", "the sum; of no row 0"},
     {Op::sum_of, Op::sum_of, 1, 1}},
    {{"any", "任一", "any(rows where …)", "至少有一行符合", "at least one row meets it"},
     {Op::any_of, Op::any_of, 1, 1}},
    {{"all", "全部", "all(rows where …)", "每一行都符合", "every row meets it"}, {Op::all_of, Op::all_of, 1, 1}},
});

constexpr auto told = [] {
  std::array<Builtin, rows.size()> out{};
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = rows[i].told;
  return out;
}();

}   // namespace

std::span<const Builtin> builtins() { return told; }

std::optional<BuiltinRule> builtin(std::string_view name) {
  for (const Row& row : rows)
    if (row.told.name == name || row.told.zh == name) return row.rule;
  return std::nullopt;
}

std::string_view builtin_name(Op op) {
  for (const Row& row : rows)
    if (row.rule.op == op || (row.rule.aggregate == op && op != Op::literal)) return row.told.name;
  return {};
}

}   // namespace gangmu::formula
