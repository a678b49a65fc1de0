// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_SCORE_ERRORS(X) \
  X(scheme_field_missing, 422, "缺少“{0}”，请补写", "'{0}' is missing; write it") \
  X(scheme_field_unknown, 422, "没有“{0}”这个字段，可写：{1}", "there is no field '{0}'; possible are: {1}") \
  X(scheme_field_kind, 422, "“{0}”应为{1}", "'{0}' must be {2}") \
  X(scheme_value_unknown, 422, "“{0}”不能写“{1}”，可写：{2}", "'{0}' can't be '{1}'; possible are: {2}") \
  X(scheme_number_outside, 422, "“{0}”为 {1}，应在 {2} 之间", "'{0}' is {1}; it must lie in {2}") \
  X(scheme_id_twice, 422, "编号“{0}”出现两次，同一指标用两次时请各写 id", \
    "id '{0}' stands twice; give each its own id") \
  X(scheme_too_large, 422, "{0} 有 {1} 个，最多 {2} 个", "{1} {0}; the limit is {2}") \
  X(scheme_class_unknown, 422, "没有编号为“{0}”的分类，可写：{1}", "no class '{0}'; classes are: {1}") \
  X(scheme_class_empty, 422, "分类“{0}”没有成员，而其他分类写了成员", \
    "class '{0}' has no members while others list theirs") \
  X(scheme_class_without_tree, 422, "分类“{0}”没有任何指标", "class '{0}' has no indicator at all") \
  X(scheme_member_twice, 422, "地区 {0} 同时在“{1}”和“{2}”两类", "place {0} is in both '{1}' and '{2}'") \
  X(scheme_node_shape, 422, "每个节点要么写 indicator，要么写 children，二者取一", \
    "a node has either an indicator or children") \
  X(scheme_indicator_unknown, 422, "指标目录里没有 {0}，是否想写 {1}", "the catalogue has no {0}; did you mean {1}") \
  X(scheme_direction_unfit, 422, "指标 {0} 的方向为“{1}”，不能用计分办法 {2}；请改用 lin 或写明 direction", \
    "indicator {0} has direction '{1}', which function {2} can't score; use lin or state a direction") \
  X(scheme_bounds_equal, 422, "lo 与 hi 相同，无法计分", "lo and hi are equal, so nothing can be scored") \
  X(scheme_treatment_unfit, 422, \
    "指标 {0} 的计分办法不能用 {1} 处理异常值：只有与本期其他地区比较的办法可以（log、box_cox 仅限 " \
    "min_max、z、peer、percentile）", \
    "the function of {0} can't follow treatment {1}: only comparisons with this period's figures can (log, box_cox: " \
    "min_max, z, peer, percentile)") \
  X(scheme_steps_order, 422, "台阶的门槛应逐级上升或逐级下降", "thresholds must rise throughout or fall throughout") \
  X(scheme_fallback_compares, 422, "peer_fallback 不能再与同类比较，请用 self、lin 或 target", \
    "peer_fallback must not compare within the class; use self, lin or target") \
  X(scheme_grade_unknown, 422, "没有编号为“{0}”的等次，可写：{1}", "no grade '{0}'; grades are: {1}") \
  X(scheme_red_line_form, 422, "红线条件“{0}”写法有误，可写：C-GOV-02 > 0、C-AGR-01 < 95% of target、confirmed", \
    "red line '{0}' can't be read; write C-GOV-02 > 0, C-AGR-01 < 95% of target or confirmed") \
  X(scheme_tie_unknown, 422, "tie_break 中的“{0}”不是本方案的节点", \
    "tie_break names '{0}', which is no node of this scheme") \
  X(weights_sum, 422, \
    "“{0}”之下各项权重在分类“{1}”合计 {2}，应为 100；除不尽的，在“{0}”写 weights: {3}，或把权重写成分数，如 1/3", \
    "the weights under '{0}' sum to {2} in class '{1}'; they must sum to 100. Where decimals can't, write weights: " \
    "{3} " \
    "at '{0}', or fractions such as 1/3") \
  X(weights_parts, 422, "mix 各部分权重合计 {0}，应为 100；除不尽的写成分数，如 1/3", \
    "the parts of mix weigh {0}; they must sum to 100. Where decimals can't, write fractions such as 1/3") \
  X(weights_order, 422, "order_weights 合计 {0}，应为 100；除不尽的写成分数，如 1/3", \
    "order_weights sum to {0}; they must sum to 100. Where decimals can't, write fractions such as 1/3") \
  X(inputs_shape, 422, "输入的 {0} 有 {1} 个，应为 {2} 个", "the inputs hold {1} {0}; there must be {2}") \
  X(inputs_class, 422, "地区 {0} 的分类序号 {1} 超出方案", "place {0} has class number {1}, which the scheme has not") \
  X(value_not_finite, 422, "地区 {0} 的 {1} 不是有限的数", "the {1} of place {0} is no finite number") \
  X(place_twice, 422, "地区 {0} 出现两次", "place {0} stands twice") \
  X(grant_unknown, 422, "方案里没有加减分项或红线“{0}”", "the scheme has no adjustment or red line '{0}'") \
  X(grant_place, 422, "加减分或红线记在了不存在的地区序号 {0}", \
    "a grant names place number {0}, which does not exist") \
  X(grant_times, 422, "加减分项“{0}”的次数 {1} 应为 0 到 1000 的整数", \
    "'{0}' is granted {1} times; write a whole number from 0 to 1000") \
  X(fallback_needed, 422, "分类“{0}”只有 {1} 个地区，不足 {2} 个，指标“{3}”却与同类比较；请写 peer_fallback: {4}", \
    "class '{0}' has {1} places, fewer than {2}, yet '{3}' compares within it; write peer_fallback: {4}") \
  X(row_twice, 422, "{0} 的 {1} 在 {2} 有两行", "{1} of {0} stands twice for {2}") \
  X(class_missing, 422, "地区 {0} 没有分类，请在 places 中写明 class", \
    "place {0} has no class; give it one in the places file") \
  X(place_unknown, 422, "places 中没有地区 {0}", "the places file has no {0}") \
  X(no_values, 422, "没有可用的数据：{0}", "there is no value to score: {0}") \
  X(no_values_of, 422, "数据中没有 {0} 的数；有数的时期：{1}", "the values hold no figure of {0}; they do of: {1}") \
  X(code_unread, 422, "方案不用“{0}”，是否想写 {1}；用不到的指标请从数据中去掉，或用 --indicators 给出指标目录", \
    "the scheme reads no '{0}'; did you mean {1}? Leave out of the values what it doesn't read, or name the " \
    "catalogue " \
    "by --indicators") \
  X(code_unfilled, 422, "数据中没有一行 {0}，而方案要用；没有数的也要有行，value 空着。数据中有：{1}", \
    "the values have no row of {0}, which the scheme reads; give it rows, with nothing as value where there is no " \
    "figure. They have: {1}") \
  X(matrix_shape, 422, "表格形状不合要求：{0}、{1}，要求 {2}", "the table has the wrong shape: {0}, {1}; wanted {2}") \
  X(matrix_missing, 422, "第 {0} 行第 {1} 列缺数，此办法要求数据齐全", \
    "row {0}, column {1} has no number; this method needs a complete table") \
  X(matrix_negative, 422, "第 {0} 行第 {1} 列为负数，此办法要求不小于零", \
    "row {0}, column {1} is negative; this method needs values of zero or more") \
  X(column_constant, 422, "第 {0} 列的数值全部相同，算不出相关系数，请去掉该列", \
    "column {0} is constant, so it has no correlation; leave it out") \
  X(weights_zero, 422, "权重应不小于零且不全为零；各列都没有差异时也算不出权重", \
    "weights must be zero or more and not all zero; columns without any difference give none") \
  X(ahp_not_reciprocal, 422, "判断矩阵第 {0} 行第 {1} 列与其对称位置的乘积应为 1", \
    "entry ({0}, {1}) times its mirror must be 1") \
  X(ahp_inconsistent, 422, "判断矩阵的一致性比率为 {0}，超过 0.10，请重新比较", \
    "the consistency ratio is {0}, above 0.10; compare again") \
  X(not_positive, 422, "第 {0} 个数不大于零，不能取对数或做 Box-Cox 变换，请先平移", \
    "value {0} is not above zero, so it has no logarithm or Box-Cox transform; shift the column first") \
  X(share_outside, 422, "“{0}”为 {1}，应在 {2} 之间", "'{0}' is {1}; it must lie in {2}") \
  X(robustness_limit, 422, "{0} 为 {1}，上限为 {2}", "{0} is {1}; the limit is {2}") \
  X(what_if_node, 422, "“{0}”不是本分类中有下级的节点，不能试算其权重", \
    "'{0}' is no branch of this class, so it has no weights to try") \
  X(what_if_child, 422, "“{1}”之下没有“{0}”，有：{2}", "there is no '{0}' below '{1}'; there are: {2}") \
  X(what_if_weight, 422, "“{0}”的试算权重“{1}”应在 0 至 100 之间，且只写一次", \
    "the weight '{1}' tried for '{0}' must lie in 0…100 and stand once") \
  X(cell_malformed, 422, "“{0}”不是数据，可写 12.5、>12、<12、空、NA、WH", \
    "'{0}' is no value; write 12.5, >12, <12, nothing, NA or WH")

namespace gangmu::score {
GANGMU_DEFINE_ERRORS(score, GANGMU_SCORE_ERRORS)
}   // namespace gangmu::score
