// SPDX-License-Identifier: Apache-2.0
#include "plan/light.hpp"

#include <array>

namespace gangmu::plan {

namespace {
struct Names {
  std::string_view name, zh, en;
};
constexpr std::array<Names, 8> light_names = {{{"closed", "已销号", "closed"},
                                               {"cancelled", "已取消", "cancelled"},
                                               {"waiting", "待销号", "waiting to be closed"},
                                               {"paused", "暂停", "paused"},
                                               {"overdue", "已超期", "overdue"},
                                               {"due_this_week", "本周到期", "due this week"},
                                               {"on_course", "进行中", "on course"},
                                               {"undated", "未定时限", "no date"}}};
const Names& of(DateLight light) { return light_names[static_cast<std::size_t>(light)]; }
}   // namespace

std::string_view light_name(DateLight light) { return of(light).name; }
std::string_view light_zh(DateLight light) { return of(light).zh; }
std::string_view light_en(DateLight light) { return of(light).en; }

DateLight date_light(const Task& task, Date today) {
  switch (task.state) {
    case TaskState::closed: return DateLight::closed;
    case TaskState::done_waiting: return DateLight::waiting;
    case TaskState::paused: return DateLight::paused;
    case TaskState::cancelled: return DateLight::cancelled;
    case TaskState::objected:   // until it is ruled, the day counts as before
    case TaskState::open: break;
  }
  if (!task.due.dated()) return DateLight::undated;
  if (task.due.last < today) return DateLight::overdue;
  const Date sunday = today.plus_days(7 - today.weekday());
  return task.due.last <= sunday ? DateLight::due_this_week : DateLight::on_course;
}

Result<int> working_days_overdue(const Task& task, Date today, const Calendar& calendar) {
  if (date_light(task, today) != DateLight::overdue) return 0;
  return calendar.working_days_between(task.due.last, today);
}

void add_light(LightCounts& counts, DateLight light) {
  ++counts.total;
  switch (light) {
    case DateLight::closed: ++counts.closed; break;
    case DateLight::cancelled: ++counts.cancelled; break;
    case DateLight::waiting: ++counts.waiting; break;
    case DateLight::paused: ++counts.paused; break;
    case DateLight::overdue: ++counts.overdue; break;
    case DateLight::due_this_week: ++counts.due_this_week; break;
    case DateLight::on_course: ++counts.on_course; break;
    case DateLight::undated: ++counts.undated; break;
  }
}

}   // namespace gangmu::plan
