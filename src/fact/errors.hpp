// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_FACT_ERRORS(X) \
  X(cell_malformed, 422, "“{0}”不是可填的数据，请写数字、>数字、<数字、NA（不适用）、WH（不公开），或留空（缺报）", \
    "'{0}' is no figure; write a number, >n, <n, NA (not applicable), WH (withheld), or leave it empty (missing)") \
  X(cell_too_precise, 422, "“{0}”的小数多于指标规定的 {1} 位，请按规定位数填写", \
    "'{0}' has more decimals than the {1} of the indicator; write it with at most {1}") \
  X(indicator_field, 422, "指标“{0}”的 {1} 不能是“{2}”，可写：{3}", "indicator {0}: {1} can't be '{2}'; write {3}") \
  X(indicator_field_missing, 422, "指标“{0}”缺少 {1}，请填写", "indicator {0} has no {1}; fill it in") \
  X(indicator_parts, 422, "指标“{0}”的汇总方式 {1} 需要参数 {2}，请写在 agg_args 中", \
    "indicator {0}: aggregation {1} needs {2}; write it in agg_args") \
  X(duplicate_indicator, 422, "指标代码“{0}”出现两次，请保留一个", "indicator code {0} appears twice; keep one") \
  X(unknown_place, 422, "没有代码为“{0}”的地区，请核对十二位代码", "no place has code '{0}'; check the 12 digits") \
  X(place_not_then, 422, "地区 {0} 在 {1} 不存在（已撤并或尚未设立），请核对地区或时期", \
    "place {0} was not there in {1} (it had ended or was not yet made); check the place or the period") \
  X(unknown_indicator, 422, "没有代码为“{0}”的指标{1}", "no indicator has code '{0}'{1}") \
  X(duplicate_fact, 422, "地区 {0}、指标 {1}、时期 {2} 的数据出现两次（前一次在 {3}），请保留一条", \
    "place {0}, indicator {1}, period {2} has two figures (the first at {3}); keep one") \
  X(rollup_overflow, 422, "地区 {0}、指标 {1}、时期 {2} 的合计超出可精确表示的范围，请核对单位或改用更大的计量单位", \
    "the sum for place {0}, indicator {1}, period {2} leaves the exact range; check the unit or use a larger one")

namespace gangmu::fact {
GANGMU_DEFINE_ERRORS(fact, GANGMU_FACT_ERRORS)
}   // namespace gangmu::fact
