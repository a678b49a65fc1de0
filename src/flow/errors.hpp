// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_FLOW_ERRORS(X) \
  X(state_unknown, 422, "没有状态“{0}”{1}", "there is no state '{0}'{2}") \
  X(step_unknown, 422, "没有步骤“{0}”{1}", "there is no step '{0}'{2}") \
  X(event_unknown, 422, "“{0}”既不是步骤也不是状态{1}", "'{0}' is neither a step nor a state{2}") \
  X(field_unknown, 422, "没有字段“{0}”{1}", "there is no field '{0}'{2}") \
  X(party_unknown, 422, "“{0}”不是角色、单位字段、raiser、clock 或 rule{1}", \
    "'{0}' is no role, no field that names somebody, and not raiser, clock or rule{2}") \
  X(named_twice, 422, "“{0}”写了两次，请只留一个", "'{0}' stands twice; keep one") \
  X(state_kind_unknown, 422, "状态类别“{0}”应为 open、wait 或 final", \
    "the kind of a state is open, wait or final, not '{0}'") \
  X(state_final_left, 422, "状态“{0}”是终态，不能再有步骤从它出发", "state '{0}' is final; no step may leave it") \
  X(state_unreachable, 422, "没有步骤能到状态“{0}”：请补一个步骤，或删去它", \
    "no step leads to state '{0}': add one, or take the state away") \
  X(state_stuck, 422, "状态“{0}”不是终态，却没有步骤离开它", "state '{0}' is not final and no step leaves it") \
  X(state_clockless, 422, "经 {1} 到状态“{0}”时没有时限在走：请加一个时限，或让原有的时限继续", \
    "no clock runs in state '{0}' when it is reached by {1}: add a clock, or let one go on") \
  X(step_actorless, 422, "步骤“{0}”没有写由谁办（by）", "step '{0}' does not say who takes it (by)") \
  X(step_endless, 422, "{0} 会自动循环，没有人参与：请给其中一个写 max，或交给人办", \
    "{0} go round by themselves without a person: give one of them a max, or a person") \
  X(steps_together, 422, "状态“{0}”的两个自动步骤 {1} 和 {2} 可能同时成立：条件请写成互补", \
    "in state '{0}' the automatic steps {1} and {2} may both hold: let one guard be the opposite of the other") \
  X(clock_unstoppable, 422, "时限“{0}”没有写 stop", "clock '{0}' says no stop") \
  X(clock_dead, 422, "时限“{0}”从不开始", "clock '{0}' never starts") \
  X(clock_budget_missing, 422, "时限“{0}”应写 budget、until 或 every 之一", \
    "clock '{0}' needs one of budget, until and every") \
  X(fire_impossible, 422, "时限“{0}”到点要办“{1}”，但该步骤不由 clock 办，或此时不在它的起点", \
    "clock '{0}' fires '{1}', which is not taken by clock or can't start where the clock runs") \
  X(unit_unknown, 422, "时限单位“{0}”应为 d（日）、wd（工作日）、h（小时）、wh（工作小时）或 min", \
    "the unit of a clock is d, wd, h, wh or min, not '{0}'") \
  X(number_wrong, 422, "“{0}”应为 {1} 至 {2} 的整数", "'{0}' must be a whole number from {1} to {2}") \
  X(rung_malformed, 422, "“{0}”应写成 80% 或 +3wd、-10wd", "'{0}' must read like 80%, +3wd or -10wd") \
  X(limit_unknown, 422, "时限表中没有“{0}”{1}", "the table of limits has no '{0}'{2}") \
  X(limit_overlaps, 422, "时限“{0}”在 {1} 有两行同时有效", "limit '{0}' has two rows valid on {1}") \
  X(limit_not_valid, 422, "时限“{0}”在 {1} 没有有效的一行，请补上依据", \
    "limit '{0}' has no row valid on {1}; add it with its citation") \
  X(step_not_here, 409, "现在是“{0}”，不能办“{1}”", "in '{0}' this can't be done: {1}") \
  X(step_guarded, 409, "还不能办“{0}”：条件“{1}”不成立", "'{0}' can't be done yet: its condition does not hold: {1}") \
  X(step_used_up, 409, "“{0}”最多办 {1} 次", "'{0}' may be done {1} times at most") \
  X(needed, 422, "办“{0}”须先填“{1}”", "'{0}' needs '{1}'") \
  X(too_late, 409, "“{0}”的期限 {1} 已过", "the time for '{0}' ended on {1}") \
  X(clock_not_running, 409, "时限“{0}”没有在走", "clock '{0}' is not running") \
  X(extended_enough, 409, "时限“{0}”最多延长 {1} 次、共 {2}", "clock '{0}' may be extended {1} times, by {2} in all") \
  X(too_many, 422, "流程的{0}超过 {1} 个", "the flow has more than {1} {2}")

namespace gangmu::flow {
GANGMU_DEFINE_ERRORS(flow, GANGMU_FLOW_ERRORS)
}   // namespace gangmu::flow
