// SPDX-License-Identifier: Apache-2.0
// Shapes of schemes and assessments, their explanation and stress test, in the notation of schemas.hpp.
#pragma once

#include <string_view>

namespace gangmu::http {

inline constexpr std::string_view assessment_schema_text = R"(
SchemeList  方案列表 / schemes
  items: [SchemeItem]
SchemeItem  考核方案 / a scheme
  id: string
  version: integer
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  periods: [period]
AssessmentList  得分列表 / assessments
  items: [AssessmentItem]
AssessmentItem  一次得分 / an assessment
  id: string
  scheme: string
  version: integer
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  official: boolean  有批准文号 / has an approval number
  period: period
  places: integer
  classes: [AssessmentClass]
  digest: string
  at: instant
  seq: integer
AssessmentClass  分类 / a class
  id: string
  name_zh: string
  name_en: string
  size: integer
Assessment  得分与排名 / an assessment with its rows
  id: string
  scheme: string
  version: integer
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  official: boolean
  period: period
  places: integer
  classes: [AssessmentClass]
  digest: string
  at: instant
  seq: integer
  rows: [AssessmentRow]
  edges: [Edge]
AssessmentRow  一地的得分 / a place's score
  place: PlaceRef
  class: string
  total: decimal
  rank: integer
  of: integer
  grade_zh: string
  grade_en: string
  limits: [Words]  等次为什么低于分数（红线、名额） / why the grade is below the points (red line, seats)
  provisional: boolean
Edge  数据不足等情形 / a rule that came into play
  rule: string
  text_zh: string
  text_en: string
  count: integer
RunAssessment  要算什么 / what to assess
  scheme: string
  period: period
AssessmentMade  新的得分 / the assessment made
  seq: integer
  id: string
ScoreExplanation  得分说明 / a score explained
  assessment: AssessmentItem
  place: PlaceRef
  class: string  分类编号，未分类为空 / id of the class, empty without one
  class_zh: string
  class_en: string
  total: decimal
  rank: integer
  of: integer
  grade_zh: string
  grade_en: string
  grade_plain_zh: string  不计红线 / without red lines
  grade_plain_en: string
  provisional: boolean  缺数补齐前不排名、不评等次 / neither ranked nor graded until the missing figures are in
  missing: integer  缺数而未能计分的项数 / items that could not be scored for want of figures
  red_lines: [Words]
  limits: [Words]  等次为什么低于分数（红线、名额） / why the grade is below the points (red line, seats)
  plain: [PlainSection]
  losses: [ScoreLoss]  扣分最多的几项，先多后少 / the items that lost most, most first
  change: ScoreChange?  与上年同期的得分相比；没有或换了分类时为空 / against the year before; null without one in the same class
  branches: [ScoreBranch]
  waterfall: [WaterfallStep]
  lines: [ScoreLine]
ScoreChange  得分为什么变了 / why the score changed
  assessment: string  上年同期的那次得分 / the assessment of the year before
  period: period
  before: decimal
  now: decimal
  moved: decimal
  rank_before: integer
  rank: integer
  steps: [ChangeStep]  before 加各步等于 now / before and the steps add up to now
  plain: [Words]
ChangeStep  变动的一个来由 / one cause of the change
  cause: correction|rules|own|others  数据更正、方案变动、自身变化、同类变化 / in this order, each on top of those before
  label_zh: string
  label_en: string
  points: decimal
  rank: integer  到这一步的位次 / rank after it
ScoreBranch  一个节点得了多少，与同类中位数之差 / what a branch gave, and how far from the class median
  id: string
  parent: string  上级节点，最上级为空 / empty for the whole
  name_zh: string
  name_en: string
  points: decimal
  full: decimal
  score: string
  median: string
  gap: string
ScoreLoss  扣分的一项：丢多少、差多少、谁管数、怎么办 / an item that lost points: how many, how far, whose figure, what next
  name_zh: string
  name_en: string
  contribution: string
  full: string
  lost: string
  gap: string
  value: string
  unit_zh: string
  unit_en: string
  state: value|above|below|missing|not_applicable|withheld
  imputed: boolean  没有数据，按推算数计分 / scored on an estimate
  owner_zh: string
  owner_en: string
  next_zh: string
  next_en: string
PlainSection  一段话 / a section in plain words
  part: score|lost|gaps|owners|next|notes
  heading_zh: string
  heading_en: string
  sentences_zh: [string]
  sentences_en: [string]
WaterfallStep  一级台阶 / a step of the waterfall
  label_zh: string
  label_en: string
  points: decimal
  full: decimal
  median: string  同类中位数，只有各项才有 / class median, of parts
  kind: start|part|bonus|deduction|total
ScoreLine  一项得分 / a line of the table
  indicator: string
  name_zh: string
  name_en: string
  branch: string  所属节点 / id of its top-level branch
  dimension_zh: string
  dimension_en: string
  value: string
  unit_zh: string
  unit_en: string
  state: value|above|below|missing|not_applicable|withheld
  function_zh: string
  function_en: string
  score: string
  weight: string
  contribution: string
  full: string
  lost: string
  median: string
  gap: string  比同类中位数多（+）或少（-）几分 / points above the class median, negative below
  owner_zh: string
  owner_en: string
  value_for_full: string  得满分需要的值 / value that would earn the full points
  figure_period: string
Lift  怎样前移几位 / what would lift a place
  assessment: string
  place: code
  ranks: integer  要进几位 / asked for
  rank: integer  现在的位次，0 为未排名 / now; 0: not ranked
  wanted: integer  要到的位次，0 为不必再进 / 0: nothing to reach
  reachable: boolean
  gap: decimal  与该位次的得分之差 / points to the total there
  way: alone|together|none  任一项就够，还是要依次都做 / any step is enough, or all in their order
  steps: [LiftStep]
  plain: [Words]
LiftStep  一项指标由多少到多少 / one figure bettered
  indicator: string
  name_zh: string
  name_en: string
  from: decimal
  to: decimal
  unit_zh: string
  unit_en: string
  effort: decimal  以同类的标准差计，不是花钱多少 / in standard deviations of the class, no price
  gain: decimal  总分增加（依次做时为累计） / points of the total, this step and those before it
  rank: integer  到这一步的位次 / reached
Robustness  稳健性检验 / how far ranks hang on choices
  assessment: string
  runs: integer
  seed: integer
  sequence: string
  coordinates: integer
  quasi_random: integer
  digest: string
  varied: [Words]  换了什么 / what the runs vary
  class: string
  of: integer  有位次的单位数 / places ranked
  bands: [RankBand]
  rows: [RankInterval]
  own: PlaceRobustness?  所问的一地；未问或未排名时为空 / the place asked for
RankBand  一档：档内的先后没有把握 / a band whose places can't be told from its first
  band: integer
  from: integer
  to: integer
  places: integer
RankInterval  一地的名次区间 / where the runs put a place
  place: PlaceRef
  rank: integer
  lo: integer  九成情形的最好名次 / best in nine cases of ten
  median: integer
  hi: integer  九成情形的最差名次 / worst in nine cases of ten
  mean: decimal
  band: integer
  bin: integer  一格几个名次 / ranks a bin
  histogram: [integer]  各格的遍数，最好的在前 / runs a bin, best first
PlaceRobustness  一地的话 / one place in words
  place: code
  plain: [Words]
  duels: [Duel]
Duel  与另一地相比 / beside another place
  other: PlaceRef
  rank: integer
  before: decimal  所问之地排在它前面的份额 / share of the runs in which the place asked for stands before it
Sensitivity  名次的变动来自什么 / what the ranks hang on
  assessment: string
  base: integer
  runs: integer
  seed: integer
  outputs: [SensitivityOutput]
  removals: [Removal]
  plain: [Words]
  warnings: [Words]
SensitivityOutput  全体或一地的名次变动 / the mean shift of all ranks, or one place's rank
  place: PlaceRef?  空为全体 / null: all
  mean: decimal
  deviation: decimal
  factors: [FactorShare]
  plain: [Words]
FactorShare  一个因素占变动的份额 / a factor's share of the variance
  factor: string
  text_zh: string
  text_en: string
  first: decimal  单独 / alone
  first_lo: decimal
  first_hi: decimal
  total: decimal  连同交互 / with interactions
  total_lo: decimal
  total_hi: decimal
Removal  去掉一个节点 / one node left out
  node: string
  name_zh: string
  name_en: string
  mean_shift: decimal
  max_shift: integer
WhatIf  权重试算，不改变考核结果 / other weights tried; the assessment stays as it is
  assessment: string
  class: string
  note_zh: string
  note_en: string
  branches: [TriedBranch]
  node: string
  weights: [TriedWeight]
  of: integer
  unranked: integer
  moved: integer  位次变了的单位数 / places whose rank moved
  rows: [TriedRow]
TriedBranch  可试算的节点 / a node whose weights can be tried
  id: string
  name_zh: string
  name_en: string
TriedWeight  一项的权重，合计 100 / one weight, in per cent of its node
  id: string
  name_zh: string
  name_en: string
  given: decimal
  tried: decimal
TriedRow  试算的位次 / a rank as tried
  place: PlaceRef
  rank: integer
  rank_given: integer
  total: decimal
  total_given: decimal
)";

}   // namespace gangmu::http
