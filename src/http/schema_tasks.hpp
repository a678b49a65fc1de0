// SPDX-License-Identifier: Apache-2.0
// Shapes of tasks: their list, one with its history, how they are handed out and taken on, in the notation of
// schemas.hpp.
#pragma once

#include <string_view>

namespace gangmu::http {

inline constexpr std::string_view task_schema_text = R"(
Task  任务 / a task
  id: string
  seq: integer
  number: string
  action: string
  measure: string
  title: string
  lead: string  牵头单位 / lead
  responsible: [string]
  cooperating: [string]  配合单位 / cooperating units
  supervisor: string
  due: Due
  target: TaskTarget
  progress: string
  percent: integer?
  state: open|waiting|closed|paused|objected|cancelled
  light: none|week|overdue|waiting|closed  进度灯 / date light
  place: PlaceRef?
  import: string?
  row: integer?
  remark: string
  more: [TaskBox]  存在问题、下步打算、需协调事项，和台账的其他栏 / problems, next steps, needs, and other columns of the ledger
  nudged?: Nudge
Nudge  最近一次催办 / the last time somebody was nudged
  n: integer  共几次 / how often so far
  at: instant
  by: string
  text: string
  waits: boolean  此后还没有办过 / nothing was done since
NudgeWords  催办 / a nudge
  text?: string  催办文字 / what is said
Nudged  已催办 / the nudge was made
  seq: integer
  n: integer  共几次 / how often so far
  at: instant
TaskBox  一栏文字 / a further text
  name: string  字段名；台账自己的栏没有 / name of its field; none for a column of the ledger
  zh: string
  en: string
  text: string
  files?: [TaskFile]
TaskFile  佐证 / a piece of evidence
  digest: string
  name: string
  about: string
Due  时限 / when it is due
  kind: date|long_term|undated
  date?: date
  text: string
TaskTarget  任务目标 / what the task must reach
  kind: target|qualitative|none
  text: string
  operator?: string
  value?: decimal
  unit?: string
TaskList  任务台账 / the task register
  items: [Task]
  next: string?
  total: integer
  summary: TaskSummary
  facets: TaskFacets
TaskFacets  可筛选的值 / values to filter by
  lead: [FacetValue]
  responsible: [FacetValue]
  action: [FacetValue]
FacetValue  一个值 / a value and how many have it
  value: string
  count: integer
TaskDetail  任务与经过 / a task and its history
  task: Task
  parent: TaskBrief?  由哪项任务分解而来 / the task it was broken down from
  below: TasksBelow
  steps: [TaskStep]  您现在能办的步骤，栏目见 task-kind / steps you may take now; their fields are in task-kind
  acts: [string]  您现在能办的：close、return、progress、reopen、nudge / what you may do now, each an address
  hidden: boolean  有隐去的个人信息 / persons are hidden
  events: [TaskEvent]  从旧到新；没有 cursor 时是最近的一页 / oldest first; without a cursor the latest page
  next: string?  更早一页 / cursor of the page before
TaskStep  一步 / a step
  id: string
  ruling: boolean  办公室的裁定（rulings），否则为承办单位的步骤（steps） / a ruling of the office, else a step of the unit
  reason: boolean  须写理由 / refused without a reason
TaskBoard  完成情况 / how far tasks are
  by: lead|responsible|county|town|action
  items: [TaskBoardRow]
  all: TaskSummary  各行合计不重复计 / each task once
TaskBoardRow  一行 / a row
  key: string  名称，地区为代码；空为未写明的 / name, of a place its code; empty: of those that have none
  zh: string
  en: string
  summary: TaskSummary
TaskBrief  任务摘要 / a task in brief
  id: string
  title: string
  lead: string
  light: none|week|overdue|waiting|closed
  state: open|waiting|closed|paused|objected|cancelled
  percent: integer?
TasksBelow  分解出的任务 / what it was broken down to
  total: integer  已取消的不计 / without those that were cancelled
  closed: integer
  percent: integer  平均完成比例；未填报的按 0 计 / mean percentage; 0 where none was reported
  items: [TaskBrief]  您看得到的 / those you may see
HandedOut  下达、分解 / tasks to hand out or to break one down to
  parent?: string  分解哪项任务 / the task that is broken down
  tasks: [NewTask]
NewTask  一项新任务 / a new task
  title?: string  不写时同上级任务 / as the task above where none is given
  lead?: string
  number?: string
  action?: string
  measure?: string
  responsible?: [string]
  cooperating?: [string]
  supervisor?: string
  target?: string  工作目标 / what it must reach
  due?: string  如 2023-06-30、2023年6月底前、长期坚持；不写时同上级任务 / as the task above where none is given
  place?: string  地区代码 / code of a place
  remark?: string
  source?: string  来源：台账、会议议定、领导批示、上级来文、检查发现、建议提案、其他 / where it comes from
  source_text?: string  文号、会议名称 / number of the paper, name of the meeting
  proof_asked?: boolean  办结须附佐证 / evidence is asked for at its end
TasksHandedOut  已下达 / tasks were handed out
  seq: integer
  ids: [string]
TaskEvent  一件事 / one event
  at: instant
  actor: string
  act: string
  zh: string  流程步骤的名称；其余的为空 / name of the step of the flow; empty for what is none
  en: string
  text: string
  percent?: integer
  more: [TaskBox]  这次填的其他栏 / what else was reported
  seq: integer
TaskChanged  改动结果 / the task after a change
  seq: integer
  task: Task
ProgressReport  进展 / a report of progress
  text: string
  percent?: integer
  problems?: string  存在问题 / problems
  next_steps?: string  下步打算 / next steps
  needs?: string  需协调事项 / what needs help
Statement  说明 / a statement
  text: string
Closing  销号 / a close
  text: string
  confirm?: boolean  未完成的也销号 / also of what is not done
)";

}   // namespace gangmu::http
