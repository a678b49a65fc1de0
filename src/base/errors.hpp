// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_BASE_ERRORS(X) \
  X(number_malformed, 422, "“{0}”不是数字，请写成 12.5 这样的普通数字", \
    "'{0}' is not a number; write it plainly, as in 12.5") \
  X(number_too_precise, 422, "“{0}”的小数位数超过 {1} 位", "'{0}' has more than {1} decimals") \
  X(number_overflow, 422, "数值超出可精确表示的范围：{0}", "the value leaves the exact range: {0}") \
  X(date_impossible, 422, "没有这一天：{0}，请写成 2023-06-16", "no such day: {0}; write 2023-06-16") \
  X(instant_malformed, 422, "“{0}”不是时刻，请写成 2023-06-16T09:30:00+08:00", \
    "'{0}' is no instant; write 2023-06-16T09:30:00+08:00") \
  X(period_malformed, 422, "“{0}”不是时期，可写 2023、2023H1、2023Q1、202301、202301-02、2023W05、20230131", \
    "'{0}' is no period; write 2023, 2023H1, 2023Q1, 202301, 202301-02, 2023W05 or 20230131") \
  X(calendar_unpublished, 422, "{0} 年的放假安排尚未导入，无法推算到期日", \
    "the working days of {0} are not published here; the due date can't be told") \
  X(calendar_duplicate_day, 422, "工作日历中 {0} 出现两次", "the calendar has {0} twice") \
  X(calendar_day_outside, 422, "{0} 不在工作日历的年份之内", "{0} lies outside the calendar's years") \
  X(json_malformed, 400, "JSON 写法有误，在 ▸ 处：{0}", "malformed JSON at the mark ▸: {0}") \
  X(json_duplicate_key, 400, "JSON 同一对象中键“{0}”出现两次，请只留一个", \
    "key '{0}' stands twice in one JSON object; keep one") \
  X(json_too_deep, 400, "JSON 嵌套超过 {0} 层", "JSON is nested deeper than {0}") \
  X(key_unknown, 422, "不认识的键“{0}”，可写 {1}", "the key '{0}' is not known here; write {1}") \
  X(key_missing, 422, "缺少“{0}”", "'{0}' is missing") \
  X(key_form, 422, "“{0}”应写成 {1}", "'{0}' must be written as {1}") \
  X(digest_malformed, 422, "“{0}”不是摘要，应为 sha256:十六进制 或 sm3:十六进制", \
    "'{0}' is no digest; write sha256:hex or sm3:hex")

namespace gangmu {
GANGMU_DEFINE_ERRORS(base, GANGMU_BASE_ERRORS)
}   // namespace gangmu
