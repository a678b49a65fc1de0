// SPDX-License-Identifier: Apache-2.0
// The shapes on the wire, in the notation of schemas.hpp: a schema with its members indented under it.
#pragma once

#include <string_view>

namespace gangmu::http {

inline constexpr std::string_view schema_text = R"(
Problem  出错说明（RFC 9457） / why a request was refused (RFC 9457)
  type: string
  title: string
  status: integer
  code: string  错误代码，见 docs/errors.md / code of the first fault, see docs/errors.md
  detail_zh: string
  detail_en: string
  errors: [Fault]  全部错误 / every fault found
  request_id: string
Fault  一处错误 / one fault
  code: string
  where: string  文件:行，或 工作表!单元格 / file:line or sheet!cell; empty when it has no place
  text_zh: string
  text_en: string
Version  程序版本 / the program
  name: string
  version: string
  api: string
Health  运行状况 / how the server is
  status: ok|read_only|incomplete  incomplete：有方案打不开 / incomplete: a programme can't be opened
  programmes: [ProgrammeHealth]
  left_out: [string]  打不开、没有在服务的方案 / programmes that can't be opened and are not served
ProgrammeHealth  一个方案的库 / store of one programme
  id: string
  seq: integer
  engine: sqlite|postgresql
  writable: boolean
  writes_here: boolean
ProgrammeList  方案列表 / programmes served
  items: [Programme]
Programme  一个市的方案 / the programme of one city
  id: string
  name_zh: string
  name_en: string
  synthetic: boolean  模拟数据 / invented data
  root: RootRef
  seq: integer
  map_note_zh: string
  map_note_en: string
  note_zh: string
  note_en: string
RootRef  最上级地区 / the place at the top
  code: code
  name_zh: string
  name_en: string
PlaceRef  地区的简称 / a place, named
  code: code  十二位代码 / 12-digit code
  name_zh: string
  name_en: string
  level: province|city|county|town|village
  until?: date  已撤并的地区的最后一天 / last day of a place that is no more
Figure  一个数 / one figure
  state: value|above|below|missing|not_applicable|withheld|none|other_area  有值、高于、低于、缺报、不适用、不公开、无、当时辖区不同 / none: nothing is known; other_area: what was told is of another area
  value?: decimal
  period: period
  indicator: string
  place: code
  derived?: boolean  由下级汇总得出 / added up from below
  status?: preliminary|revised|final
  grade?: A|B|C|D  来源等级 / grade of the source
  source?: string
  note?: string
  version?: integer  按早先口径填报时的口径版本 / of the earlier definition the period is under
  unit_zh?: string  早先口径的单位 / its unit
  unit_en?: string
  rolled?: Rolled
  frame?: Framed
Rolled  下级汇总 / what adds up below
  kind: exact|real|none
  value?: decimal
  reported: integer
  expected: integer
  threshold: integer
  withheld: integer
  not_applicable: integer
  missing: integer
Indicator  指标 / an indicator
  code: string
  version: integer
  name_zh: string
  name_en: string
  unit_zh: string
  unit_en: string
  decimals: integer
  direction: up|down|exact|neutral
  period_kind: flow|ytd|stock|year
  frequency: string
  aggregation: sum|ratio|weighted|mean|min|max|count|reported
  agg_args: string  汇总用到的指标 / indicators it adds up from, as the pack writes them
  domain: string
  entry_level: province|city|county|town|village
  levels: [province|city|county|town|village]
  owner_zh: string
  owner_en: string
  note: string
  public: boolean
Home  首页 / the first page
  seq: integer
  today: date
  programme: Programme
  place: PlaceRef  读者自己的地区 / the reader's own place
  began: date?  开始之日，方案写明的才有 / the day it began, if the programme says so
  phases: [Phase]
  card_level: city|county|town|village  下一级 / the level below the place
  cards: [PlaceCard]
  tasks: TaskSummary
  map: TileMap
Phase  阶段（第 1/3/5/10 年） / a phase: year 1, 3, 5, 10
  id: string
  year: integer
  title_zh: string
  title_en: string
  text_zh: string
  text_en: string
PlaceCard  下一级一个地区的卡片 / the card of a place of the level below
  place: PlaceRef
  pinyin: string
  track: Words?  赛道 / its track
  pairings: [Pairing]
  figure: Figure?
  indicator: Indicator?
Words  双语文字 / a text in both languages
  text_zh: string
  text_en: string
Pairing  结对 / a pairing
  with: [PlaceRef]
  text_zh: string
  text_en: string
TaskSummary  任务数 / how many tasks stand how
  total: integer
  open: integer
  week: integer  本周到期 / due this week
  overdue: integer
  waiting: integer  待销号 / waiting to be closed
  closed: integer
TileMap  示意图 / the tile map
  level: province|city|county|town|village
  levels: [province|city|county|town|village]  有方格的各级 / levels that have tiles
  indicator: Indicator?
  period: period?
  periods: [period]
  indicators: [Indicator]  此级有数的指标 / those with figures at this level
  note_zh: string
  note_en: string
  tiles: [Tile]
Tile  一格 / one tile
  place: PlaceRef
  county: code
  x: integer
  y: integer
  figure: Figure?
PlaceList  地区列表 / places
  items: [PlaceItem]
  next: string?  下一页 / cursor of the next page
  total: integer
PlaceItem  列表中的地区 / a place in a list
  code: code
  name_zh: string
  name_en: string
  level: province|city|county|town|village
  pinyin: string
  kind: string
  functional: boolean  功能区 / no administrative unit
  parent: string?
  path: [PlaceRef]
Profile  县镇村画像 / the profile of a place
  seq: integer
  place: PlaceFull
  path: [PlaceRef]
  children: [ChildPlace]
  counts: PlaceCounts
  posts: [Post]
  track: Words?
  pairings: [Pairing]
  targets: [Target]
  facts: [ProgrammeFact]
  figures: [FigureSeries]  按领域分组 / grouped by domain
  known?: KnownAt  数据按哪一天所知 / figures as known when
  frame?: FrameOn  各期都按哪一天的版图 / all periods under the frame of which day
  tasks: PlaceTasks
  assessments: [PlaceAssessment]
FrameOn  各期按同一版图 / all periods under one frame
  on: date
  there: boolean  该地区当日是否存在 / whether the place was there that day
Framed  由当时哪些地区合成；与当时辖区相同时不给 / made of places of then; absent where the area is the same
  of: integer  当时应报的地区数 / how many places of then were to report
  reported: integer
  by_share: boolean  有拆分的地区按载明的份额计入 / some were split and count by the shares stated
Origin  合成所选版图中一地的当时地区 / a place of then that is part of one of the frame
  place: PlaceRef
  share: decimal
  figure: Figure
KnownAt  按某日所知：最后计入的一号 / as known at: the last entry that counts
  seq: integer
  at?: instant  一号也没有时不给 / absent when there was none yet
PlaceFull  地区 / a place in full
  code: code
  name_zh: string
  name_en: string
  level: province|city|county|town|village
  pinyin: string
  kind: string
  functional: boolean
  valid_from: string
ChildPlace  下级地区 / a place below
  code: code
  name_zh: string
  name_en: string
  level: province|city|county|town|village
  functional: boolean
PlaceCounts  下辖数量 / how many places lie below
  counties: integer
  towns: integer
  villages: integer
  functional: integer
Post  岗位 / a post
  title_zh: string
  title_en: string
  place: PlaceRef
Target  目标 / a target; qualitative text stays text
  id: string
  kind: string
  text_zh: string
  text_en: string
  operator?: string
  value?: decimal
  unit?: string
  period?: period
  remark_zh: string
  remark_en: string
  source: string
ProgrammeFact  未标期的数 / a published figure without a period
  id: string
  item_zh: string
  item_en: string
  value: string
  unit: string
  period: string
  source: string
  grade: string
FigureSeries  一个指标的各期 / an indicator over time
  indicator: Indicator
  latest: Figure
  year_before: Figure?
  year_before_differs: boolean  上年同期口径不同，不可比 / the year before is under another definition: no growth is told
  series: [SeriesPoint]
  parent: Figure?  上级同期 / the place above, same period
SeriesPoint  一期 / one period
  period: period
  version: integer  口径版本，变化处序列中断 / version of the definition; the series breaks where it changes
  unit_zh?: string  早先口径的单位 / unit of an earlier definition
  unit_en?: string
  state: value|above|below|missing|not_applicable|withheld|none|other_area
  value?: decimal
  derived?: boolean
  grade?: A|B|C|D
  source?: string
  frame?: Framed
PlaceTasks  本地区的任务 / tasks of the place
  summary: TaskSummary
  items: [Task]
PlaceAssessment  本地区的得分 / an assessment of the place
  id: string
  title_zh: string
  title_en: string
  period: period
  class_zh: string
  class_en: string
  total: decimal
  rank: integer
  of: integer
  grade_zh: string
  grade_en: string
IndicatorList  指标列表 / indicators
  items: [Indicator]
ObservationList  一期的数 / figures of one period
  indicator: Indicator
  period: period
  items: [PlaceFigure]
  next: string?
  known?: KnownAt
  frame?: FrameOn
PlaceFigure  一地一数 / the figure of a place
  place: PlaceRef
  figure: Figure
Explanation  这个数从哪来 / where a figure comes from
  place: PlaceRef
  indicator: Indicator
  figure: Figure
  source: Source?
  revisions: [Revision]  新的在前 / newest first
  remarks: [PeriodRemark]  同一序列各期的备注 / what was remarked on periods of the same series
  entered_by: string?
  approved_by: string?
  rule_zh: string
  rule_en: string
  parts: [PlaceFigure]
  parts_note_zh: string
  parts_note_en: string
  origins?: [Origin]
  known?: KnownAt
  frame?: FrameOn
PeriodRemark  一期的备注 / a remark on one period
  period: period
  note: string
Revision  一次填报或修订 / one entry of the figure
  seq: integer
  at: instant
  actor: string
  source: string
  state: value|above|below|missing|not_applicable|withheld
  value?: decimal
  status: preliminary|revised|final
  grade: A|B|C|D
  note: string
SourceList  来源列表 / sources
  items: [Source]
Source  来源 / a source
  id: string
  name: string
  name_en: string
  where: string
  years: string
  licence: string
  grade: string
  caveat: string
Nothing  空对象 / an empty object
Reason  理由 / a reason
  reason: string
Import  一次台账导入 / an import of a ledger
  id: string
  seq: integer
  state: read|confirmed|undone
  file: string
  sheet: string
  sheets: [string]
  at: instant
  actor: string
  counts: ImportCounts
  columns: [ImportColumn]
  fields: [ImportField]  一列可以是什么 / what a column may be
  rows: [ImportRow]
  skipped: [SkippedRow]
  questions: [Question]  先列必答的 / those that must be answered first
  notes: [ImportNote]
  next: ImportNext  各表只给第一页，后面的另取 / of each list the first page only; the rest is asked for
ImportNext  下一页的标记 / cursors of the pages after
  rows: string?
  skipped: string?
  questions: string?
  notes: string?
ImportRows  读到的若干行，及所涉的问题和提示 / rows as they were read, with the questions and notes they name
  items: [ImportRow]
  questions: [Question]
  notes: [ImportNote]
  next: string?
SkippedRows  未作任务的若干行 / rows that are no tasks
  items: [SkippedRow]
  next: string?
Questions  若干问题 / questions back
  items: [Question]
  next: string?
ImportNotes  若干提示 / notes
  items: [ImportNote]
  next: string?
ImportCounts  数量 / counts
  rows: integer
  tasks: integer
  skipped: integer
  questions: integer  尚未回答的 / without an answer
  blocking?: integer  其中必答的 / of them those that must be answered
  asked?: integer  全部问题 / all questions, answered ones included
  notes: integer
ImportColumn  一列 / a column
  letter: string
  head: integer?  表中另一张表的表头所在行，第一张表为空 / row of the head of a further table; null for the first
  header: string
  field: string?
  field_zh: string
  field_en: string
ImportField  列的含义 / a meaning a column can have
  id: string
  name_zh: string
  name_en: string
ImportRow  读到的一行 / a row as it was read
  row: integer
  task: ReadTask
  cells: {string}  字段来自哪个单元格 / field → cell
  questions: [string]
  notes: [string]
ReadTask  读到的任务，尚未编号 / a task as it was read, without an id yet
  number: string
  action: string
  measure: string
  title: string
  lead: string
  responsible: [string]
  cooperating: [string]
  supervisor: string
  leader?: string  已隐去 / hidden
  contact?: string
  due: Due
  target: TaskTarget
  progress: string
  percent: integer?
  state: open|waiting|closed|paused
  place: PlaceRef?
  remark: string
SkippedRow  未作任务的行 / a row that is no task
  row: integer
  text: string
  reason_zh: string
  reason_en: string
Question  要您确认的 / a question back
  id: string
  kind: string
  row: integer?
  cell: string?
  text_zh: string
  text_en: string
  candidates: [Candidate]
  free: boolean  可以自己填写 / may be typed
  answer: string?
  default: string  不答时取的值，必答的为空 / taken when nothing is answered; empty where something must be
  blocking: boolean  不答不能确认 / must be answered before confirming
Candidate  一个选项 / a choice
  value: string
  label_zh: string
  label_en: string
ImportNote  提示 / a note
  id: string
  row: integer
  cell: string
  text_zh: string
  text_en: string
Answers  答复 / answers
  answers: {string}  问题编号 → 值 / question id → value
Confirmation  确认，可随带尚未提交的答复 / a confirmation, with answers not given before
  answers?: {string}  问题编号 → 值 / question id → value
UndoImport  撤销 / taking an import back
  reason?: string  确认后有改动的，须写明理由 / wanted where tasks were worked on since
Discarded  已放弃 / discarded
  seq: integer
ImportChanged  导入的结果 / the import after a change
  seq: integer
  import: Import
ImportList  导入记录 / imports
  items: [ImportItem]
ImportItem  一次导入 / an import in a list
  id: string
  file: string
  state: read|confirmed|undone
  at: instant
  actor: string
  counts: ImportCounts
)";

}   // namespace gangmu::http
