// SPDX-License-Identifier: Apache-2.0
#include "score/fields.hpp"

#include <algorithm>
#include <array>

namespace gangmu::score {

/// Apart from the names of other files: a unity build compiles several as one.
namespace told {

using enum FieldForm;

constexpr SchemeField document[] = {
    {"scheme", group, true, "scheme", "", "编号、名称、文号", "id, names, approval"},
    {"classes", groups, true, "class", "", "分类，一类一行", "the classes, a row each"},
    {"min_class_size", whole, false, "1…1000", "1", "少于这么多单位的分类不与同类比",
     "smaller classes compare with nobody in class"},
    {"peer_fallback", group, false, "function", "", "分类太小时代替与同类比的计分办法",
     "the function used instead where a class is too small"},
    {"tree", group, true, "branch", "", "指标树；根节点", "the tree; its root"},
    {"adjustments", group, false, "adjustments", "", "加分和扣分", "bonuses and deductions"},
    {"red_lines", groups, false, "red_line", "", "红线，只限制等次",
     "red lines: they limit the grade, never the points"},
    {"grades", groups, false, "grade", "", "等次，由高到低，取第一个符合的",
     "grades, best first; the first whose rule holds"},
    {"tie_break", texts, false, "", "", "总分相同时依次比较的节点",
     "nodes that tell equal totals apart, in this order"},
};

constexpr SchemeField head[] = {
    {"id", text, true, "", "", "编号", "id"},
    {"version", whole, false, "1…1000000", "1", "版本", "version"},
    {"name_zh", text, true, "", "", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"approval", text, false, "", "", "年度督查检查考核计划批准文号；没有的，标题写“监测评价（内部测算）”",
     "number of the year's inspection plan; without it the title says 监测评价（内部测算）"},
    {"unit_level", word, false, "province|city|county|town|village", "county", "被评单位的层级",
     "level of the places assessed"},
    {"score_decimals", whole, false, "0…6", "2", "印出来的分数小数位数", "decimals of printed points"},
};

constexpr SchemeField class_[] = {
    {"id", text, true, "", "", "编号", "id"},
    {"name_zh", text, true, "", "", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"members", texts, false, "", "", "本类单位的代码；不写的，随单位自带的分类",
     "codes of its places; else places bring their class"},
};

constexpr SchemeField branch[] = {
    {"id", text, true, "", "root: total", "编号，全树唯一", "id, once in the tree"},
    {"name_zh", text, false, "", "id", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"weight", weights, true, "0…100", "", "在上级中的权重（%）或分数；0：不在该类的树里。根节点不写",
     "share of the parent, per cent or a fraction; 0: not in that class's tree. Not of the root"},
    {"children", groups, true, "branch", "", "下级：方面（branch）或指标（leaf）",
     "what is below: branches and leaves"},
    {"aggregation", word, false,
     "arithmetic|geometric|harmonic|power|owa|min|mean_min|ampi|benefit_of_doubt|mpi|topsis|vikor|borda|copeland",
     "arithmetic", "下级怎样合成本级", "how the children become the node"},
    {"p", number, false, "-20…20", "required by power", "power：幂", "power: the exponent"},
    {"alpha", number, false, "0…1", "required by mean_min", "mean_min：最低项的分量",
     "mean_min: what the worst part takes"},
    {"order_weights", weight_list, false, "0…100", "required by owa", "owa：由高到低各位次的权重，合计 100",
     "owa: weights, best child first, summing to 100"},
    {"floor", number, false, "0…100", "0", "geometric、harmonic、power：低于它的下级按它计",
     "geometric, harmonic, power: children below it are lifted to it"},
    {"penalty", word, false, "minus|plus", "minus", "ampi、mpi：不均衡扣分还是加分",
     "ampi, mpi: does unevenness take away or add"},
    {"scaling", word, false, "vector|min_max", "vector", "topsis：按长度还是按极差标准化",
     "topsis: scaled by length or by range"},
    {"v", number, false, "0…1", "0.5", "vikor：总体与最差项的折中", "vikor: between the whole and the worst part"},
    {"spread", number, false, "0…100", "25", "benefit_of_doubt：权重可上下浮动百分之几",
     "benefit_of_doubt: weights may move by so many per cent"},
    {"weights", group, false, "weights", "how: given", "下级的权重从哪里来", "where the children's weights come from"},
    {"missing", word, false, "hold|renormalise|zero", "the parent's, hold", "缺项：暂定不排名、分给其他项、计零分",
     "a missing part: provisional and not ranked, spread over the others, zero"},
    {"data_threshold", number, false, "0…100", "the parent's, 0", "有数据的权重不足百分之几时本级不得分",
     "per cent of the weight below which the node has no score"},
};

constexpr SchemeField weights_[] = {
    {"how", word, true, "given|equal|deviation|entropy|critic|principal|ahp|allocation", "",
     "写明的、等权、按同类得分算出的（标准差以 n−1 计）、判断矩阵、专家打分",
     "as written, equal, from the class's points (deviations with n − 1), from comparisons, from experts' points"},
    {"comparisons", rows, false, "", "required by ahp", "ahp：两两比较，一项一行",
     "ahp: pairwise comparisons, a row a child"},
    {"points", rows, false, "", "required by allocation", "allocation：每位专家一行", "allocation: a row an expert"},
};

constexpr SchemeField leaf[] = {
    {"indicator", text, true, "", "", "指标代码", "code of the indicator"},
    {"id", text, false, "", "indicator", "编号；同一指标用两次时要写", "id; needed where an indicator stands twice"},
    {"name_zh", text, false, "", "the catalogue's", "名称", "name"},
    {"name_en", text, false, "", "the catalogue's", "英文名称", "name in English"},
    {"weight", weights, true, "0…100", "", "在上级中的权重（%）或分数；上级另有权重办法的可不写",
     "share of the parent, per cent or a fraction; may be left out where the parent says how"},
    {"direction", word, false, "up|down|exact|neutral", "the catalogue's, up", "越高越好、越低越好、等于目标最好、中性",
     "more is better, less is, the target itself is, neither"},
    {"percent", yes_no, false, "", "unit is %", "变化按百分点计", "a change is told in percentage points"},
    {"decimals", whole, false, "0…9", "the catalogue's, 2", "数值的小数位数", "decimals of the figure as shown"},
    {"unit_zh", text, false, "", "the catalogue's", "计量单位", "unit"},
    {"unit_en", text, false, "", "the catalogue's", "英文计量单位", "unit in English"},
    {"owner_zh", text, false, "", "the catalogue's", "数据归口单位", "who keeps the figure"},
    {"owner_en", text, false, "", "the catalogue's", "数据归口单位（英文）", "the same in English"},
    {"fn_by_class", groups, false, "function", "", "某一类另用的计分办法：分类编号 → 办法",
     "another function for a class: class → function"},
    {"panel", group, false, "panel", "", "数值取评委打分的平均", "the figure is the mean of reviewers' points"},
    {"tasks", group, false, "tasks", "", "数值取到期任务的完成率",
     "the figure is the per cent of tasks due that were done"},
    {"sample", group, false, "sample", "", "抽样调查的数，样本太少不算",
     "a survey's figure; too small a sample is none"},
    {"impute", group, false, "impute", "", "缺数怎样推算", "how a missing figure is estimated"},
    {"treatment", group, false, "treatment", "", "异常值怎样处理", "what is done to outliers and skew"},
};

constexpr SchemeField panel[] = {
    {"reviewers", whole, false, "1…99", "7", "评委人数", "reviewers"},
    {"least", whole, false, "2 × drop + 1…reviewers", "2 × drop + 1", "至少几份才算数", "fewer reviews are no figure"},
    {"drop", whole, false, "0…10", "0", "去掉几个最高分和几个最低分",
     "so many of the highest and of the lowest are left out"},
};
constexpr SchemeField tasks[] = {
    {"late", number, false, "0…100", "0", "逾期完成的按百分之几计", "per cent that a task done late counts"},
};
constexpr SchemeField sample[] = {
    {"least", whole, false, "1…1000000", "1", "至少问多少人", "people to be asked at least"},
};
constexpr SchemeField impute[] = {
    {"how", word, true, "none|mean|median|latest|linear|regression", "", "推算办法", "how"},
    {"pool", word, false, "all|class|group", "class", "mean、median：取谁的平均数、中位数", "mean, median: of whom"},
    {"max_age", whole, false, "1…9", "latest 2, linear 5", "latest、linear：最多用几年前的数",
     "latest, linear: years back at most"},
    {"on", text, false, "", "required by regression", "regression：据哪项指标推算", "regression: from which indicator"},
};
constexpr SchemeField treatment[] = {
    {"how", word, true, "none|winsorise|quantiles|log|winsorise_or_log|box_cox", "", "处理办法", "how"},
    {"skewness", number, false, "0…1000", "2", "偏度（小样本校正）超过它、峰度也超过，才处理",
     "treated only where |skewness| (adjusted for n) and kurtosis both pass"},
    {"kurtosis", number, false, "0…1000", "3.5", "峰度（超额，小样本校正）", "excess kurtosis, adjusted for n"},
    {"always", yes_no, false, "", "false", "不论偏度、峰度一律处理", "treated whatever the trigger says"},
    {"most", whole, false, "1…1000", "5", "winsorise、winsorise_or_log：最多处理几个单位",
     "winsorise, winsorise_or_log: places at most"},
    {"lo", number, false, "0…100", "5", "quantiles：下分位（%）", "quantiles: lower, per cent"},
    {"hi", number, false, "0…100", "95", "quantiles：上分位（%）", "quantiles: upper, per cent"},
    {"lambda", number, false, "-5…5", "of greatest likelihood", "box_cox：λ", "box_cox: λ"},
};

constexpr SchemeField function[] = {
    {"fn", word, true, "lin|target|self|min_max|peer|z|percentile|mean_zone|relative|step|category|either|mix", "",
     "计分办法（docs/assessments.md 逐个说明）", "the function (docs/assessments.md tells of each)"},
    {"lo", number, false, "", "required by lin, self", "lin、self：得 0 分的数", "lin, self: gives 0 points"},
    {"hi", number, false, "", "required by lin, self", "lin、self：得满分的数", "lin, self: gives full marks"},
    {"cap", number, false, "0.000000001…1000", "100", "target、relative：封顶分", "target, relative: points at most"},
    {"target", number, false, "", "the place's own", "target：统一目标值", "target: one target for all"},
    {"zone", number, false, "0…1000", "0", "mean_zone：均值上下百分之几算相近",
     "mean_zone: per cent of the mean that counts as near it"},
    {"pool", word, false, "all|class|group", "all; peer: class", "与谁比：全部、同类、同组",
     "compared with all, the class, the group"},
    {"base", base, false, "", "last_year", "self、relative to own：与自己哪一期比",
     "self, relative to own: which period of its own"},
    {"of", base, false, "", "this period", "min_max、z、mean_zone、relative：取哪一期的数作界限",
     "min_max, z, mean_zone, relative: whose period's figures make the bounds"},
    {"to", word, false, "best|mean|own|peer", "best", "relative：参照最好值、均值、自己、对标单位",
     "relative: to the best, the mean, its own past, its named peer"},
    {"steps", rows, false, "", "required by step, category", "step、category：[门槛或数值, 分数]",
     "step, category: [threshold or value, points]"},
    {"any", groups, false, "function", "required by either", "either：取最高的一个", "either: the best of these"},
    {"parts", groups, false, "part", "required by mix", "mix：按权重加权", "mix: their weighted mean"},
};
constexpr SchemeField part[] = {
    {"weight", weight, true, "0…100", "", "在 mix 中的权重（%）或分数；其余字段同 function",
     "share in the mix, per cent or a fraction; beside it the fields of a function"},
};

constexpr SchemeField adjustments[] = {
    {"bonus", group, false, "adjustment", "", "加分", "bonuses"},
    {"deduct", group, false, "adjustment", "", "扣分", "deductions"},
};
constexpr SchemeField adjustment[] = {
    {"cap", number, false, "0…1000", "none", "合计上限", "points at most, together"},
    {"items", groups, true, "item", "", "各项", "the items"},
};
constexpr SchemeField item[] = {
    {"id", text, true, "", "", "编号，数据中写 @id", "id; values name it @id"},
    {"name_zh", text, true, "", "", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"points", number, true, "0.000000001…1000", "", "每次几分", "points a time"},
    {"from", date, false, "", "open", "从哪天起有效", "not before this day"},
    {"to", date, false, "", "open", "到哪天为止", "not after this day"},
    {"evidence", yes_no, false, "", "false", "有佐证才算", "counts only with evidence"},
    {"most", whole, false, "0…1000", "0: no limit", "每个单位最多几次", "times a place at most"},
};
constexpr SchemeField red_line[] = {
    {"id", text, true, "", "", "编号", "id"},
    {"name_zh", text, true, "", "", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"when", text, true, "", "", "条件：CODE OP NUMBER、CODE OP NUMBER% of target、confirmed",
     "CODE OP NUMBER, CODE OP NUMBER% of target, confirmed"},
    {"max_grade", text, true, "", "", "触及后的最高等次", "best grade when it holds"},
};
constexpr SchemeField grade[] = {
    {"id", text, true, "", "", "编号", "id"},
    {"name_zh", text, true, "", "", "名称", "name"},
    {"name_en", text, false, "", "name_zh", "英文名称", "name in English"},
    {"min", number, false, "0…1000", "none", "总分不低于", "total of at least"},
    {"best_share", number, false, "0…100", "none", "名次在同类前百分之几之内",
     "rank within this per cent of the class"},
    {"at_least", whole, false, "0…1000", "0", "至少给几个名额", "seats at least"},
    {"at_most", whole, false, "0…1000000", "0: no limit", "最多几个名额", "seats at most"},
};

constexpr SchemeField variation[] = {
    {"weights", word, false, "given|noise|dirichlet|ordered", "given", "权重怎样变", "how weights vary"},
    {"spread", number, false, "0…100", "25", "noise：上下百分之几", "noise: per cent up and down"},
    {"concentration", number, false, "0…1000000", "0", "dirichlet：0 为均匀，越大越近原权重",
     "dirichlet: 0 uniform, the larger the closer to the given weights"},
    {"normalisation", words, false, "given|min_max|z|percentile|peer", "", "与别人比的计分办法换成哪些",
     "alternatives of comparing functions"},
    {"treatment", words, false, "given|none|winsorise|log", "", "异常值处理换成哪些", "alternatives of treatment"},
    {"aggregation", words, false, "given|arithmetic|geometric|harmonic|min", "", "合成办法换成哪些",
     "alternatives of aggregation"},
    {"inclusion", yes_no, false, "", "false", "全部指标，或去掉其中一项", "all leaves, or all but one"},
    {"imputed", number, false, "0…1000", "0", "推算的数：误差为该列标准差（n−1）的百分之几",
     "estimated figures: error, per cent of the column's deviation (n − 1)"},
    {"thresholds", yes_no, false, "", "false", "“>n” 取 n 到该列最大数之间",
     "“>n”: anywhere from n to the column's greatest"},
    {"measurement", number, false, "0…100", "0", "每个数的误差，百分之几", "error on every figure, per cent"},
    {"sampling", yes_no, false, "", "false", "抽样调查：误差 √(x (100 − x) ÷ n)，仍在 0 到 100 之间",
     "surveys: error √(x (100 − x) ÷ n), kept within 0 … 100"},
};

constexpr std::array all = {
    FieldGroup{"document", "方案文件", "The file", document},
    FieldGroup{"scheme", "方案", "The scheme", head},
    FieldGroup{"class", "分类", "A class", class_},
    FieldGroup{"branch", "方面（有下级的节点）", "A branch", branch},
    FieldGroup{"weights", "下级的权重", "Weights of a branch", weights_},
    FieldGroup{"leaf", "指标（没有下级的节点；同时写 function 的字段）",
               "A leaf (beside these the fields of a function)", leaf},
    FieldGroup{"function", "计分办法", "A function", function},
    FieldGroup{"part", "mix 的一部分", "A part of a mix", part},
    FieldGroup{"panel", "评委打分", "A panel", panel},
    FieldGroup{"tasks", "任务完成", "Tasks", tasks},
    FieldGroup{"sample", "抽样调查", "A sample", sample},
    FieldGroup{"impute", "缺数推算", "Estimates", impute},
    FieldGroup{"treatment", "异常值处理", "Treatment", treatment},
    FieldGroup{"adjustments", "加分和扣分", "Adjustments", adjustments},
    FieldGroup{"adjustment", "加分或扣分", "Bonuses or deductions", adjustment},
    FieldGroup{"item", "加分项或扣分项", "An item", item},
    FieldGroup{"red_line", "红线", "A red line", red_line},
    FieldGroup{"grade", "等次", "A grade", grade},
    FieldGroup{"variation", "改动（`--vary` 的文件）", "A variation (the file of `--vary`)", variation},
};

}   // namespace told

std::span<const FieldGroup> field_groups() { return told::all; }

const FieldGroup& field_group(std::string_view name) {
  return *std::find_if(told::all.begin(), told::all.end(), [&](const FieldGroup& g) { return g.name == name; });
}

}   // namespace gangmu::score
