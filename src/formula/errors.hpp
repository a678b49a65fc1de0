// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_FORMULA_ERRORS(X) \
  X(character_unknown, 422, "算式里的“{0}”认不出", "'{0}' means nothing in an expression") \
  X(text_open, 422, "引号没有闭合，请在文字后补上 {0}", "a quote is left open; close it with {0}") \
  X(expected, 422, "此处应为{0}，却是“{2}”", "{1} is expected here, not '{2}'") \
  X(comparison_chained, 422, "比较不能连写，请写成 a < b and b < c", "comparisons don't chain; write a < b and b < c") \
  X(question_mark, 422, "没有 ? : 的写法，请写 if(条件, 甲, 乙)", "there is no ? : here; write if(condition, a, b)") \
  X(too_long, 422, "算式超过 {0} 个字符", "the expression is longer than {0} characters") \
  X(too_deep, 422, "算式嵌套超过 {0} 层", "the expression is nested deeper than {0}") \
  X(too_large, 422, "算式超过 {0} 个部分", "the expression has more than {0} parts") \
  X(name_unknown, 422, "没有“{0}”这个名称{1}", "there is no name '{0}'{2}") \
  X(name_ambiguous, 422, "“{0}”既是名称又是代码；指代码请写 '{0}'", \
    "'{0}' is a name and a code; for the code write '{0}' in quotes") \
  X(code_unknown, 422, "{0} 中没有代码“{1}”{2}", "there is no code '{1}' in {0}{3}") \
  X(function_unknown, 422, "没有函数“{0}”{1}", "there is no function '{0}'{2}") \
  X(arguments_count, 422, "{0} 要 {1} 个参数，这里有 {2} 个", "{0} takes {1} arguments, not {2}") \
  X(collection_wanted, 422, "{0} 要一组行或记录，“{1}”不是", "{0} takes a set of rows or records; '{1}' is none") \
  X(collection_misplaced, 422, "“{0}”是一组行或记录，请用 count({0}) 或 sum({0}.字段)", \
    "'{0}' is a set of rows or records; write count({0}) or sum({0}.field)") \
  X(where_misplaced, 422, "where 只能用在 count、sum、min、max、any、all 中", \
    "where stands only in count, sum, min, max, any and all") \
  X(type_wrong, 422, "此处要{0}，却是{2}", "{1} is wanted here, not {3}") \
  X(types_differ, 422, "{0} 与 {2} 不能放在一起{4}", "{1} and {3} don't go together{5}") \
  X(units_differ, 422, "单位不同：{0} 与 {1}", "the units differ: {0} and {1}") \
  X(unit_wanted, 422, "金额请写明单位，如 {0}元 或 {0}万元", "say the unit of the money: {0}元 or {0}万元") \
  X(percent_wanted, 422, "此处单位是 %，甲占乙的比重请写 percent(甲, 乙)", \
    "the unit here is %: write a share as percent(a, b)") \
  X(unit_too_large, 422, "单位的换算超出范围：{0}", "the unit can't be converted exactly: {0}") \
  X(personal, 422, "“{0}”是个人信息，算式只能问有没有：has({0})", \
    "'{0}' is personal; an expression may only ask whether it is there: has({0})") \
  X(overflow, 422, "计算结果超出可精确表示的范围", "the result leaves the exact range") \
  X(missing_alone, 422, "只有“缺失”算不出类型，请在 if 中使用", "missing alone has no type; use it inside if")

namespace gangmu::formula {
GANGMU_DEFINE_ERRORS(formula, GANGMU_FORMULA_ERRORS)
}   // namespace gangmu::formula
