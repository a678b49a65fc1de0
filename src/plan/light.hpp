// SPDX-License-Identifier: Apache-2.0
// The date light (进度灯) of a task: computed from its state, its due and a day; never stored, never mixed with the
// likelihood. After 销号 the light is 已销号 whatever the dates were. Weeks run Monday to Sunday.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "plan/task.hpp"

namespace gangmu::plan {

enum class DateLight : std::uint8_t {
  closed,          ///< 已销号
  cancelled,       ///< 已取消
  waiting,         ///< 待销号
  paused,          ///< 暂停
  overdue,         ///< 已超期: the last day has passed
  due_this_week,   ///< 本周到期: the last day lies in today's week and has not passed
  on_course,       ///< 进行中
  undated,         ///< 长期坚持 / 未定时限
};
std::string_view light_name(DateLight light);   ///< "due_this_week"
std::string_view light_zh(DateLight light);     ///< "本周到期"
std::string_view light_en(DateLight light);     ///< "due this week"

DateLight date_light(const Task& task, Date today);

/// Working days since the last day, 0 when not overdue. Error: calendar_unpublished.
Result<int> working_days_overdue(const Task& task, Date today, const Calendar& calendar);

/// How many tasks show each light; `open` counts overdue + due_this_week + on_course + undated.
struct LightCounts {
  int total = 0, closed = 0, cancelled = 0, waiting = 0, paused = 0, overdue = 0, due_this_week = 0, on_course = 0,
      undated = 0;
  [[nodiscard]] int open() const { return overdue + due_this_week + on_course + undated; }
};
void add_light(LightCounts& counts, DateLight light);

}   // namespace gangmu::plan
