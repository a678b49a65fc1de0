// SPDX-License-Identifier: Apache-2.0
// Names and texts of the edge rules, in the order of EdgeRule.
#include <array>

#include "score/assessment.hpp"

namespace gangmu::score {

namespace {

struct Text {
  std::string_view name, zh, en;
};

constexpr std::array<Text, edge_rules> texts = {{
    {"missing_value", "缺数据", "no value"},
    {"withheld_value", "数据不公开，按缺数据处理", "withheld, treated as missing"},
    {"threshold_value", "只有“大于/小于”，不是确数，按缺数据处理", "only a threshold, treated as missing"},
    {"not_applicable", "不适用，权重分给其他项", "not applicable, its weight spread over the others"},
    {"missing_base", "缺自身基期数据，此办法不得分", "no base figure, this function gives no score"},
    {"base_not_positive", "基期数不大于零，增长率无意义，此办法不得分", "base not above zero, growth is no number"},
    {"missing_target", "没有目标值，此办法不得分", "no target, this function gives no score"},
    {"target_not_positive", "目标或参照值不大于零，完成率无意义，此办法不得分",
     "target or reference not above zero, a share of it is no number"},
    {"zero_value_best", "越低越好而数值不大于零，按封顶计", "less is better and the value is not above zero: the cap"},
    {"constant_pool", "比较范围内数值全部相同，计 50 分", "all values of the pool equal: 50 points"},
    {"single_value", "比较范围内只有一个数值，计 50 分", "a single value in the pool: 50 points"},
    {"empty_pool", "比较范围内没有数值，此办法不得分", "no value to compare with, this function gives no score"},
    {"small_class_fallback", "分类太小，改用后备办法", "class too small, fallback used"},
    {"unlisted_category", "数值不在对照表内，此办法不得分", "value not in the table, this function gives no score"},
    {"zero_in_geometric", "有一项为零，本级为零", "a zero part makes the node zero"},
    {"lifted_to_floor", "低于下限，按下限计", "below the floor, lifted to it"},
    {"weight_spread", "缺项权重分给其他项", "a missing part's weight spread over the others"},
    {"zero_for_missing", "缺项按零分计", "a missing part counted as zero"},
    {"below_data_threshold", "有数据的权重不足，本级不得分", "too little weight present, no score"},
    {"provisional", "暂定分：列出但不排名、不评等次", "provisional: shown, not ranked, not graded"},
    {"no_score", "没有可计的分数", "nothing to score"},
    {"tie_broken", "总分相同，按先后次序项区分", "equal totals told apart by the tie order"},
    {"tie_shared", "总分及次序项均相同，名次并列", "level throughout, the better rank shared"},
    {"tie_at_quota", "名额线上并列，一并列入", "level at the quota, all taken in"},
    {"bonus_capped", "加分达到上限", "bonus capped"},
    {"deduction_capped", "扣分达到上限", "deduction capped"},
    {"grade_limited", "触及红线，等次受限", "grade limited by a red line"},
    {"imputed_value", "缺数据，按方案推算", "no figure, estimated as the scheme says"},
    {"impute_impossible", "缺数据，且无从推算", "no figure, and nothing to estimate it from"},
    {"treated_value", "异常值按方案处理", "outlier or skew treated as the scheme says"},
    {"transform_impossible", "有不大于零的数值，不能做 Box-Cox 变换，保持原值",
     "values of zero or less have no Box-Cox transform: left as they are"},
    {"few_reviews", "评委打分份数不足，按缺数据处理", "too few reviews, treated as missing"},
    {"small_sample", "调查样本量不足，按缺数据处理", "too few were asked, treated as missing"},
    {"nothing_due", "没有到期任务，不适用", "no task was due, not applicable"},
    {"incomplete_for_method", "此合成办法要求各项齐全，缺项的单位本级不得分",
     "this method needs every part, the node has no score"},
    {"weights_equal_instead", "数据算不出权重，改为等权", "the points give no weights, equal ones used"},
    {"grant_outside_dates", "加减分不在有效期内，不计", "bonus or deduction outside its dates, not counted"},
    {"grant_without_evidence", "加减分没有佐证材料，不计", "bonus or deduction without evidence, not counted"},
    {"item_capped", "同一加减分项超过次数上限，超出部分不计",
     "granted more often than the item allows, the rest not counted"},
    {"zero_target_missed", "目标或参照值为零而没有达到，计 0 分",
     "a target or reference of zero, not reached: 0 points"},
    {"below_least_points", "按公式低于 0 分，计 0 分", "below 0 points by the formula: 0"},
    {"above_most_points", "按公式高于满分或封顶，按满分或封顶计", "above full marks or the cap by the formula: those"},
}};

}   // namespace

std::string_view edge_rule_name(EdgeRule rule) { return texts[static_cast<std::size_t>(rule)].name; }

std::string_view edge_rule_text(EdgeRule rule, Language language) {
  const Text& text = texts[static_cast<std::size_t>(rule)];
  return language == Language::zh ? text.zh : text.en;
}

}   // namespace gangmu::score
