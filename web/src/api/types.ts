// SPDX-License-Identifier: Apache-2.0
// Shapes of requests and answers of /api/v1, generated from src/http/schema_text.hpp (`make bless`); not to be edited.
// Figures are texts in plain notation ("101.12"); counts are numbers.

/** 出错说明（RFC 9457） / why a request was refused (RFC 9457) */
export interface Problem {
  type: string
  title: string
  status: number
  /** 错误代码，见 docs/errors.md / code of the first fault, see docs/errors.md */
  code: string
  detail_zh: string
  detail_en: string
  /** 全部错误 / every fault found */
  errors: Fault[]
  request_id: string
}

/** 一处错误 / one fault */
export interface Fault {
  code: string
  /** 文件:行，或 工作表!单元格 / file:line or sheet!cell; empty when it has no place */
  where: string
  text_zh: string
  text_en: string
}

/** 程序版本 / the program */
export interface Version {
  name: string
  version: string
  api: string
}

/** 运行状况 / how the server is */
export interface Health {
  /** incomplete：有方案打不开 / incomplete: a programme can't be opened */
  status: 'ok' | 'read_only' | 'incomplete'
  programmes: ProgrammeHealth[]
  /** 打不开、没有在服务的方案 / programmes that can't be opened and are not served */
  left_out: string[]
}

/** 一个方案的库 / store of one programme */
export interface ProgrammeHealth {
  id: string
  seq: number
  engine: 'sqlite' | 'postgresql'
  writable: boolean
  writes_here: boolean
}

/** 方案列表 / programmes served */
export interface ProgrammeList {
  items: Programme[]
}

/** 一个市的方案 / the programme of one city */
export interface Programme {
  id: string
  name_zh: string
  name_en: string
  /** 模拟数据 / invented data */
  synthetic: boolean
  root: RootRef
  seq: number
  map_note_zh: string
  map_note_en: string
  note_zh: string
  note_en: string
}

/** 最上级地区 / the place at the top */
export interface RootRef {
  code: string
  name_zh: string
  name_en: string
}

/** 地区的简称 / a place, named */
export interface PlaceRef {
  /** 十二位代码 / 12-digit code */
  code: string
  name_zh: string
  name_en: string
  level: 'province' | 'city' | 'county' | 'town' | 'village'
  /** 已撤并的地区的最后一天 / last day of a place that is no more */
  until?: string
}

/** 一个数 / one figure */
export interface Figure {
  /** 有值、高于、低于、缺报、不适用、不公开、无、当时辖区不同 / none: nothing is known; other_area: what was told is of another area */
  state: 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld' | 'none' | 'other_area'
  value?: string
  period: string
  indicator: string
  place: string
  /** 由下级汇总得出 / added up from below */
  derived?: boolean
  status?: 'preliminary' | 'revised' | 'final'
  /** 来源等级 / grade of the source */
  grade?: 'A' | 'B' | 'C' | 'D'
  source?: string
  note?: string
  /** 按早先口径填报时的口径版本 / of the earlier definition the period is under */
  version?: number
  /** 早先口径的单位 / its unit */
  unit_zh?: string
  unit_en?: string
  rolled?: Rolled
  frame?: Framed
}

/** 下级汇总 / what adds up below */
export interface Rolled {
  kind: 'exact' | 'real' | 'none'
  value?: string
  reported: number
  expected: number
  threshold: number
  withheld: number
  not_applicable: number
  missing: number
}

/** 指标 / an indicator */
export interface Indicator {
  code: string
  version: number
  name_zh: string
  name_en: string
  unit_zh: string
  unit_en: string
  decimals: number
  direction: 'up' | 'down' | 'exact' | 'neutral'
  period_kind: 'flow' | 'ytd' | 'stock' | 'year'
  frequency: string
  aggregation: 'sum' | 'ratio' | 'weighted' | 'mean' | 'min' | 'max' | 'count' | 'reported'
  /** 汇总用到的指标 / indicators it adds up from, as the pack writes them */
  agg_args: string
  domain: string
  entry_level: 'province' | 'city' | 'county' | 'town' | 'village'
  levels: ('province' | 'city' | 'county' | 'town' | 'village')[]
  owner_zh: string
  owner_en: string
  note: string
  public: boolean
}

/** 首页 / the first page */
export interface Home {
  seq: number
  today: string
  programme: Programme
  /** 读者自己的地区 / the reader's own place */
  place: PlaceRef
  /** 开始之日，方案写明的才有 / the day it began, if the programme says so */
  began: string | null
  phases: Phase[]
  /** 下一级 / the level below the place */
  card_level: 'city' | 'county' | 'town' | 'village'
  cards: PlaceCard[]
  tasks: TaskSummary
  map: TileMap
}

/** 阶段（第 1/3/5/10 年） / a phase: year 1, 3, 5, 10 */
export interface Phase {
  id: string
  year: number
  title_zh: string
  title_en: string
  text_zh: string
  text_en: string
}

/** 下一级一个地区的卡片 / the card of a place of the level below */
export interface PlaceCard {
  place: PlaceRef
  pinyin: string
  /** 赛道 / its track */
  track: Words | null
  pairings: Pairing[]
  figure: Figure | null
  indicator: Indicator | null
}

/** 双语文字 / a text in both languages */
export interface Words {
  text_zh: string
  text_en: string
}

/** 结对 / a pairing */
export interface Pairing {
  with: PlaceRef[]
  text_zh: string
  text_en: string
}

/** 任务数 / how many tasks stand how */
export interface TaskSummary {
  total: number
  open: number
  /** 本周到期 / due this week */
  week: number
  overdue: number
  /** 待销号 / waiting to be closed */
  waiting: number
  closed: number
}

/** 示意图 / the tile map */
export interface TileMap {
  level: 'province' | 'city' | 'county' | 'town' | 'village'
  /** 有方格的各级 / levels that have tiles */
  levels: ('province' | 'city' | 'county' | 'town' | 'village')[]
  indicator: Indicator | null
  period: string | null
  periods: string[]
  /** 此级有数的指标 / those with figures at this level */
  indicators: Indicator[]
  note_zh: string
  note_en: string
  tiles: Tile[]
}

/** 一格 / one tile */
export interface Tile {
  place: PlaceRef
  county: string
  x: number
  y: number
  figure: Figure | null
}

/** 地区列表 / places */
export interface PlaceList {
  items: PlaceItem[]
  /** 下一页 / cursor of the next page */
  next: string | null
  total: number
}

/** 列表中的地区 / a place in a list */
export interface PlaceItem {
  code: string
  name_zh: string
  name_en: string
  level: 'province' | 'city' | 'county' | 'town' | 'village'
  pinyin: string
  kind: string
  /** 功能区 / no administrative unit */
  functional: boolean
  parent: string | null
  path: PlaceRef[]
}

/** 县镇村画像 / the profile of a place */
export interface Profile {
  seq: number
  place: PlaceFull
  path: PlaceRef[]
  children: ChildPlace[]
  counts: PlaceCounts
  posts: Post[]
  track: Words | null
  pairings: Pairing[]
  targets: Target[]
  facts: ProgrammeFact[]
  /** 按领域分组 / grouped by domain */
  figures: FigureSeries[]
  /** 数据按哪一天所知 / figures as known when */
  known?: KnownAt
  /** 各期都按哪一天的版图 / all periods under the frame of which day */
  frame?: FrameOn
  tasks: PlaceTasks
  assessments: PlaceAssessment[]
}

/** 各期按同一版图 / all periods under one frame */
export interface FrameOn {
  on: string
  /** 该地区当日是否存在 / whether the place was there that day */
  there: boolean
}

/** 由当时哪些地区合成；与当时辖区相同时不给 / made of places of then; absent where the area is the same */
export interface Framed {
  /** 当时应报的地区数 / how many places of then were to report */
  of: number
  reported: number
  /** 有拆分的地区按载明的份额计入 / some were split and count by the shares stated */
  by_share: boolean
}

/** 合成所选版图中一地的当时地区 / a place of then that is part of one of the frame */
export interface Origin {
  place: PlaceRef
  share: string
  figure: Figure
}

/** 按某日所知：最后计入的一号 / as known at: the last entry that counts */
export interface KnownAt {
  seq: number
  /** 一号也没有时不给 / absent when there was none yet */
  at?: string
}

/** 地区 / a place in full */
export interface PlaceFull {
  code: string
  name_zh: string
  name_en: string
  level: 'province' | 'city' | 'county' | 'town' | 'village'
  pinyin: string
  kind: string
  functional: boolean
  valid_from: string
}

/** 下级地区 / a place below */
export interface ChildPlace {
  code: string
  name_zh: string
  name_en: string
  level: 'province' | 'city' | 'county' | 'town' | 'village'
  functional: boolean
}

/** 下辖数量 / how many places lie below */
export interface PlaceCounts {
  counties: number
  towns: number
  villages: number
  functional: number
}

/** 岗位 / a post */
export interface Post {
  title_zh: string
  title_en: string
  place: PlaceRef
}

/** 目标 / a target; qualitative text stays text */
export interface Target {
  id: string
  kind: string
  text_zh: string
  text_en: string
  operator?: string
  value?: string
  unit?: string
  period?: string
  remark_zh: string
  remark_en: string
  source: string
}

/** 未标期的数 / a published figure without a period */
export interface ProgrammeFact {
  id: string
  item_zh: string
  item_en: string
  value: string
  unit: string
  period: string
  source: string
  grade: string
}

/** 一个指标的各期 / an indicator over time */
export interface FigureSeries {
  indicator: Indicator
  latest: Figure
  year_before: Figure | null
  /** 上年同期口径不同，不可比 / the year before is under another definition: no growth is told */
  year_before_differs: boolean
  series: SeriesPoint[]
  /** 上级同期 / the place above, same period */
  parent: Figure | null
}

/** 一期 / one period */
export interface SeriesPoint {
  period: string
  /** 口径版本，变化处序列中断 / version of the definition; the series breaks where it changes */
  version: number
  /** 早先口径的单位 / unit of an earlier definition */
  unit_zh?: string
  unit_en?: string
  state: 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld' | 'none' | 'other_area'
  value?: string
  derived?: boolean
  grade?: 'A' | 'B' | 'C' | 'D'
  source?: string
  frame?: Framed
}

/** 本地区的任务 / tasks of the place */
export interface PlaceTasks {
  summary: TaskSummary
  items: Task[]
}

/** 本地区的得分 / an assessment of the place */
export interface PlaceAssessment {
  id: string
  title_zh: string
  title_en: string
  period: string
  class_zh: string
  class_en: string
  total: string
  rank: number
  of: number
  grade_zh: string
  grade_en: string
}

/** 指标列表 / indicators */
export interface IndicatorList {
  items: Indicator[]
}

/** 一期的数 / figures of one period */
export interface ObservationList {
  indicator: Indicator
  period: string
  items: PlaceFigure[]
  next: string | null
  known?: KnownAt
  frame?: FrameOn
}

/** 一地一数 / the figure of a place */
export interface PlaceFigure {
  place: PlaceRef
  figure: Figure
}

/** 这个数从哪来 / where a figure comes from */
export interface Explanation {
  place: PlaceRef
  indicator: Indicator
  figure: Figure
  source: Source | null
  /** 新的在前 / newest first */
  revisions: Revision[]
  /** 同一序列各期的备注 / what was remarked on periods of the same series */
  remarks: PeriodRemark[]
  entered_by: string | null
  approved_by: string | null
  rule_zh: string
  rule_en: string
  parts: PlaceFigure[]
  parts_note_zh: string
  parts_note_en: string
  origins?: Origin[]
  known?: KnownAt
  frame?: FrameOn
}

/** 一期的备注 / a remark on one period */
export interface PeriodRemark {
  period: string
  note: string
}

/** 一次填报或修订 / one entry of the figure */
export interface Revision {
  seq: number
  at: string
  actor: string
  source: string
  state: 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld'
  value?: string
  status: 'preliminary' | 'revised' | 'final'
  grade: 'A' | 'B' | 'C' | 'D'
  note: string
}

/** 来源列表 / sources */
export interface SourceList {
  items: Source[]
}

/** 来源 / a source */
export interface Source {
  id: string
  name: string
  name_en: string
  where: string
  years: string
  licence: string
  grade: string
  caveat: string
}

/** 空对象 / an empty object */
export interface Nothing {
}

/** 理由 / a reason */
export interface Reason {
  reason: string
}

/** 一次台账导入 / an import of a ledger */
export interface Import {
  id: string
  seq: number
  state: 'read' | 'confirmed' | 'undone'
  file: string
  sheet: string
  sheets: string[]
  at: string
  actor: string
  counts: ImportCounts
  columns: ImportColumn[]
  /** 一列可以是什么 / what a column may be */
  fields: ImportField[]
  rows: ImportRow[]
  skipped: SkippedRow[]
  /** 先列必答的 / those that must be answered first */
  questions: Question[]
  notes: ImportNote[]
  /** 各表只给第一页，后面的另取 / of each list the first page only; the rest is asked for */
  next: ImportNext
}

/** 下一页的标记 / cursors of the pages after */
export interface ImportNext {
  rows: string | null
  skipped: string | null
  questions: string | null
  notes: string | null
}

/** 读到的若干行，及所涉的问题和提示 / rows as they were read, with the questions and notes they name */
export interface ImportRows {
  items: ImportRow[]
  questions: Question[]
  notes: ImportNote[]
  next: string | null
}

/** 未作任务的若干行 / rows that are no tasks */
export interface SkippedRows {
  items: SkippedRow[]
  next: string | null
}

/** 若干问题 / questions back */
export interface Questions {
  items: Question[]
  next: string | null
}

/** 若干提示 / notes */
export interface ImportNotes {
  items: ImportNote[]
  next: string | null
}

/** 数量 / counts */
export interface ImportCounts {
  rows: number
  tasks: number
  skipped: number
  /** 尚未回答的 / without an answer */
  questions: number
  /** 其中必答的 / of them those that must be answered */
  blocking?: number
  /** 全部问题 / all questions, answered ones included */
  asked?: number
  notes: number
}

/** 一列 / a column */
export interface ImportColumn {
  letter: string
  /** 表中另一张表的表头所在行，第一张表为空 / row of the head of a further table; null for the first */
  head: number | null
  header: string
  field: string | null
  field_zh: string
  field_en: string
}

/** 列的含义 / a meaning a column can have */
export interface ImportField {
  id: string
  name_zh: string
  name_en: string
}

/** 读到的一行 / a row as it was read */
export interface ImportRow {
  row: number
  task: ReadTask
  /** 字段来自哪个单元格 / field → cell */
  cells: Record<string, string>
  questions: string[]
  notes: string[]
}

/** 读到的任务，尚未编号 / a task as it was read, without an id yet */
export interface ReadTask {
  number: string
  action: string
  measure: string
  title: string
  lead: string
  responsible: string[]
  cooperating: string[]
  supervisor: string
  /** 已隐去 / hidden */
  leader?: string
  contact?: string
  due: Due
  target: TaskTarget
  progress: string
  percent: number | null
  state: 'open' | 'waiting' | 'closed' | 'paused'
  place: PlaceRef | null
  remark: string
}

/** 未作任务的行 / a row that is no task */
export interface SkippedRow {
  row: number
  text: string
  reason_zh: string
  reason_en: string
}

/** 要您确认的 / a question back */
export interface Question {
  id: string
  kind: string
  row: number | null
  cell: string | null
  text_zh: string
  text_en: string
  candidates: Candidate[]
  /** 可以自己填写 / may be typed */
  free: boolean
  answer: string | null
  /** 不答时取的值，必答的为空 / taken when nothing is answered; empty where something must be */
  default: string
  /** 不答不能确认 / must be answered before confirming */
  blocking: boolean
}

/** 一个选项 / a choice */
export interface Candidate {
  value: string
  label_zh: string
  label_en: string
}

/** 提示 / a note */
export interface ImportNote {
  id: string
  row: number
  cell: string
  text_zh: string
  text_en: string
}

/** 答复 / answers */
export interface Answers {
  /** 问题编号 → 值 / question id → value */
  answers: Record<string, string>
}

/** 确认，可随带尚未提交的答复 / a confirmation, with answers not given before */
export interface Confirmation {
  /** 问题编号 → 值 / question id → value */
  answers?: Record<string, string>
}

/** 撤销 / taking an import back */
export interface UndoImport {
  /** 确认后有改动的，须写明理由 / wanted where tasks were worked on since */
  reason?: string
}

/** 已放弃 / discarded */
export interface Discarded {
  seq: number
}

/** 导入的结果 / the import after a change */
export interface ImportChanged {
  seq: number
  import: Import
}

/** 导入记录 / imports */
export interface ImportList {
  items: ImportItem[]
}

/** 一次导入 / an import in a list */
export interface ImportItem {
  id: string
  file: string
  state: 'read' | 'confirmed' | 'undone'
  at: string
  actor: string
  counts: ImportCounts
}

/** 任务 / a task */
export interface Task {
  id: string
  seq: number
  number: string
  action: string
  measure: string
  title: string
  /** 牵头单位 / lead */
  lead: string
  responsible: string[]
  /** 配合单位 / cooperating units */
  cooperating: string[]
  supervisor: string
  due: Due
  target: TaskTarget
  progress: string
  percent: number | null
  state: 'open' | 'waiting' | 'closed' | 'paused' | 'objected' | 'cancelled'
  /** 进度灯 / date light */
  light: 'none' | 'week' | 'overdue' | 'waiting' | 'closed'
  place: PlaceRef | null
  import: string | null
  row: number | null
  remark: string
  /** 存在问题、下步打算、需协调事项，和台账的其他栏 / problems, next steps, needs, and other columns of the ledger */
  more: TaskBox[]
  nudged?: Nudge
}

/** 最近一次催办 / the last time somebody was nudged */
export interface Nudge {
  /** 共几次 / how often so far */
  n: number
  at: string
  by: string
  text: string
  /** 此后还没有办过 / nothing was done since */
  waits: boolean
}

/** 催办 / a nudge */
export interface NudgeWords {
  /** 催办文字 / what is said */
  text?: string
}

/** 已催办 / the nudge was made */
export interface Nudged {
  seq: number
  /** 共几次 / how often so far */
  n: number
  at: string
}

/** 一栏文字 / a further text */
export interface TaskBox {
  /** 字段名；台账自己的栏没有 / name of its field; none for a column of the ledger */
  name: string
  zh: string
  en: string
  text: string
  files?: TaskFile[]
}

/** 佐证 / a piece of evidence */
export interface TaskFile {
  digest: string
  name: string
  about: string
}

/** 时限 / when it is due */
export interface Due {
  kind: 'date' | 'long_term' | 'undated'
  date?: string
  text: string
}

/** 任务目标 / what the task must reach */
export interface TaskTarget {
  kind: 'target' | 'qualitative' | 'none'
  text: string
  operator?: string
  value?: string
  unit?: string
}

/** 任务台账 / the task register */
export interface TaskList {
  items: Task[]
  next: string | null
  total: number
  summary: TaskSummary
  facets: TaskFacets
}

/** 可筛选的值 / values to filter by */
export interface TaskFacets {
  lead: FacetValue[]
  responsible: FacetValue[]
  action: FacetValue[]
}

/** 一个值 / a value and how many have it */
export interface FacetValue {
  value: string
  count: number
}

/** 任务与经过 / a task and its history */
export interface TaskDetail {
  task: Task
  /** 由哪项任务分解而来 / the task it was broken down from */
  parent: TaskBrief | null
  below: TasksBelow
  /** 您现在能办的步骤，栏目见 task-kind / steps you may take now; their fields are in task-kind */
  steps: TaskStep[]
  /** 您现在能办的：close、return、progress、reopen、nudge / what you may do now, each an address */
  acts: string[]
  /** 有隐去的个人信息 / persons are hidden */
  hidden: boolean
  /** 从旧到新；没有 cursor 时是最近的一页 / oldest first; without a cursor the latest page */
  events: TaskEvent[]
  /** 更早一页 / cursor of the page before */
  next: string | null
}

/** 一步 / a step */
export interface TaskStep {
  id: string
  /** 办公室的裁定（rulings），否则为承办单位的步骤（steps） / a ruling of the office, else a step of the unit */
  ruling: boolean
  /** 须写理由 / refused without a reason */
  reason: boolean
}

/** 完成情况 / how far tasks are */
export interface TaskBoard {
  by: 'lead' | 'responsible' | 'county' | 'town' | 'action'
  items: TaskBoardRow[]
  /** 各行合计不重复计 / each task once */
  all: TaskSummary
}

/** 一行 / a row */
export interface TaskBoardRow {
  /** 名称，地区为代码；空为未写明的 / name, of a place its code; empty: of those that have none */
  key: string
  zh: string
  en: string
  summary: TaskSummary
}

/** 任务摘要 / a task in brief */
export interface TaskBrief {
  id: string
  title: string
  lead: string
  light: 'none' | 'week' | 'overdue' | 'waiting' | 'closed'
  state: 'open' | 'waiting' | 'closed' | 'paused' | 'objected' | 'cancelled'
  percent: number | null
}

/** 分解出的任务 / what it was broken down to */
export interface TasksBelow {
  /** 已取消的不计 / without those that were cancelled */
  total: number
  closed: number
  /** 平均完成比例；未填报的按 0 计 / mean percentage; 0 where none was reported */
  percent: number
  /** 您看得到的 / those you may see */
  items: TaskBrief[]
}

/** 下达、分解 / tasks to hand out or to break one down to */
export interface HandedOut {
  /** 分解哪项任务 / the task that is broken down */
  parent?: string
  tasks: NewTask[]
}

/** 一项新任务 / a new task */
export interface NewTask {
  /** 不写时同上级任务 / as the task above where none is given */
  title?: string
  lead?: string
  number?: string
  action?: string
  measure?: string
  responsible?: string[]
  cooperating?: string[]
  supervisor?: string
  /** 工作目标 / what it must reach */
  target?: string
  /** 如 2023-06-30、2023年6月底前、长期坚持；不写时同上级任务 / as the task above where none is given */
  due?: string
  /** 地区代码 / code of a place */
  place?: string
  remark?: string
  /** 来源：台账、会议议定、领导批示、上级来文、检查发现、建议提案、其他 / where it comes from */
  source?: string
  /** 文号、会议名称 / number of the paper, name of the meeting */
  source_text?: string
  /** 办结须附佐证 / evidence is asked for at its end */
  proof_asked?: boolean
}

/** 已下达 / tasks were handed out */
export interface TasksHandedOut {
  seq: number
  ids: string[]
}

/** 一件事 / one event */
export interface TaskEvent {
  at: string
  actor: string
  act: string
  /** 流程步骤的名称；其余的为空 / name of the step of the flow; empty for what is none */
  zh: string
  en: string
  text: string
  percent?: number
  /** 这次填的其他栏 / what else was reported */
  more: TaskBox[]
  seq: number
}

/** 改动结果 / the task after a change */
export interface TaskChanged {
  seq: number
  task: Task
}

/** 进展 / a report of progress */
export interface ProgressReport {
  text: string
  percent?: number
  /** 存在问题 / problems */
  problems?: string
  /** 下步打算 / next steps */
  next_steps?: string
  /** 需协调事项 / what needs help */
  needs?: string
}

/** 说明 / a statement */
export interface Statement {
  text: string
}

/** 销号 / a close */
export interface Closing {
  text: string
  /** 未完成的也销号 / also of what is not done */
  confirm?: boolean
}

/** 台账一览 / registers */
export interface RegisterList {
  items: RegisterSummary[]
  /** 您可以启用、停用台账 / you may open and close registers */
  may_open: boolean
}

/** 一个台账 / a register */
export interface RegisterSummary {
  id: string
  zh: string
  en: string
  version: number
  /** 已启用 / it is open */
  open: boolean
  /** 主管单位 / the unit that owns it */
  owner?: string
  /** 台账目录编号 / its number in the list of registers */
  list_number?: string
  /** 您可见的记录数 / records you may see */
  total?: number
  /** 您可以登记 / you may enter records */
  may_enter?: boolean
  /** 您可以导入表格 / you may bring a sheet in */
  may_import?: boolean
}

/** 一个台账的声明 / the declaration of a register */
export interface Register {
  id: string
  zh: string
  en: string
  version: number
  fields: RegisterField[]
  /** 列表显示的字段 / fields a list shows */
  list: string[]
  title: string[]
  /** 区分记录的字段 / fields that tell its records apart */
  key: string[]
  states?: RegisterState[]
  steps?: RegisterStep[]
  clocks?: RegisterClock[]
  open: boolean
  owner?: string
  list_number?: string
  total?: number
  may_enter?: boolean
  may_import?: boolean
}

/** 一个登记项 / a field */
export interface RegisterField {
  name: string
  type: 'text' | 'number' | 'money' | 'date' | 'time' | 'period' | 'flag' | 'choice' | 'place' | 'who' | 'ref' | 'rows' | 'file' | 'person' | 'code' | 'shape'
  zh: string
  en: string
  /** 由人填写（否则由系统得出） / typed by people, else worked out */
  typed: boolean
  /** 必填 / always wanted */
  needed: boolean
  /** 个人信息，加密保存 / personal: kept encrypted */
  personal: boolean
  unit?: string
  /** 显示单位 / unit to show it in */
  show?: string
  decimals?: number
  /** 最多字数 / characters at most */
  max?: number
  many?: boolean
  codes?: RegisterCode[]
  /** 指向的台账 / register it refers to */
  to?: string
  period?: number
  /** 子表的字段 / fields of its rows */
  fields?: RegisterField[]
}

/** 一个代码 / a code */
export interface RegisterCode {
  code: string
  zh: string
  en: string
  /** 最后可选日 / last day it may be chosen */
  until?: string
}

/** 一个状态 / a state */
export interface RegisterState {
  id: string
  zh: string
  en: string
  is: 'open' | 'wait' | 'final'
}

/** 一步 / a step */
export interface RegisterStep {
  id: string
  zh: string
  en: string
  /** 这一步要填的字段 / fields the step asks for */
  need: string[]
  /** 这一步可改的字段 / fields that may be typed with it */
  edit: string[]
}

/** 一个时限 / a clock */
export interface RegisterClock {
  id: string
  zh: string
  en: string
  /** 延长时要填的字段 / fields an extension asks for */
  extend_need: string[]
}

/** 启用台账 / opening a register */
export interface RegisterOpening {
  owner: string
  list_number: string
}

/** 记录 / records */
export interface RecordList {
  items: RegisterRecord[]
  next: string | null
  total: number
  /** 各状态的记录数 / records in each state */
  states: Record<string, number>
}

/** 一条记录 / a record */
export interface RegisterRecord {
  /** 地址，如 7.project.12 / its address, such as 7.project.12 */
  id: string
  kind: string
  /** 编号 / the number people read */
  no: string
  title: string
  seq: number
  state?: string
  due: string | null
  late: boolean
  raiser: string
  /** 已作废 / it is void */
  void?: boolean
  nudged?: Nudge
  /** 按名称；没有的不列 / by name; what is missing is left out */
  fields: Record<string, unknown>
}

/** 一条记录与经过 / a record with its history */
export interface RecordDetail {
  id: string
  kind: string
  no: string
  title: string
  seq: number
  state?: string
  due: string | null
  late: boolean
  raiser: string
  /** 已作废 / it is void */
  void?: boolean
  /** 所问的地址：它已并入这一条 / the address that was asked for: it was merged into this one */
  asked?: string
  /** 并入了哪一条 / the record this one was merged into */
  into?: string
  nudged?: Nudge
  fields: Record<string, unknown>
  acts: RecordActs
  clocks: RecordClock[]
  /** 并进来的记录 / records that were merged into it */
  merged: MergedRecord[]
  history: RecordEvent[]
  /** 更早一页 / the page before */
  earlier: string | null
}

/** 并进来的一条 / a record that was merged into another */
export interface MergedRecord {
  id: string
  no: string
  title: string
  /** 撤销合并时带上（If-Match） / for undoing the merge (If-Match) */
  seq: number
  at: string
  /** 您可以撤销 / you may undo it */
  may_undo: boolean
}

/** 合并 / a merge */
export interface RecordMerge {
  /** 保留的一条 / the record that goes on */
  into: string
  /** 打开时它的序号 / its seq as it was opened */
  into_seq: number
  /** 字段 → staying（保留的一条）或 leaving（并入的一条） / field → staying (the one that goes on) or leaving */
  fields?: Record<string, string>
  reason: string
}

/** 合并已撤销 / a merge was undone */
export interface MergeUndone {
  seq: number
  id: string
  /** 之后别人改过、没有退回的字段 / fields changed since, which stay as they are */
  kept: string[]
}

/** 可能重复的记录 / records that may be doubles */
export interface RecordDoubles {
  items: RegisterRecord[][]
  /** 共几组；一次列不完的以此为准 / groups in all, also those not told */
  total: number
}

/** 台账的视图 / views of a register */
export interface RegisterViews {
  items: RegisterView[]
  /** 您可以设给所有人用的 / you may make views for everyone */
  may_share_all: boolean
}

/** 一个视图 / a view */
export interface RegisterView {
  id: string
  name: string
  /** 地址中的参数：条件、各列、次序 / parameters of the address: conditions, columns, order */
  query: Record<string, string>
  /** 自己、本单位、所有人 / oneself, one's office, everyone */
  shared: 'own' | 'office' | 'all'
  own: boolean
  may_drop: boolean
  owner: string
}

/** 要保存的视图 / a view to keep */
export interface RegisterViewWish {
  name: string
  query: Record<string, string>
  shared?: 'own' | 'office' | 'all'
}

/** 上传的文件 / an uploaded file */
export interface UploadedFile {
  seq: number
  /** 记录中以它指明这份文件 / what a record names it by */
  digest: string
  /** 按内容判定 / told from its content */
  type: string
  /** 保留的字节数 / bytes that were kept */
  bytes: number
}

/** 您现在能做什么 / what you may do now */
export interface RecordActs {
  edit: boolean
  steps: string[]
  /** 可延长的时限 / clocks you may extend */
  extend: string[]
  /** 可以与别的记录合并 / it may be merged with another */
  merge: boolean
  /** 流程之外的办法：correct、reopen、move、migrate、void、restore / ways out of the flow */
  out: string[]
  /** 已过时限、今天没有催过，可以催办 / it is late, was not nudged today, and you may */
  nudge: boolean
  persons: boolean
}

/** 一个时限 / a clock */
export interface RecordClock {
  id: string
  due: string | null
  running: boolean
}

/** 一件事 / something that happened */
export interface RecordEvent {
  seq: number
  step: string
  zh: string
  en: string
  at: string
  actor: string
  reason: string
  /** 到了哪个状态 / the state it came to */
  state?: string
  /** 移交给谁 / whom it was passed on to */
  to?: RecordUnit
  /** 合并的另一条 / of a merge: the other record */
  other?: string
  changed: string[]
}

/** 一个单位、岗位或账户 / a unit, a post or an account */
export interface RecordUnit {
  id: string
  name: string
}

/** 填写的内容 / what is typed */
export interface RecordWish {
  fields?: Record<string, unknown>
  reason?: string
}

/** 流程之外的办法 / a way out of the flow */
export interface RecordWayOut {
  reason: string
  /** 移交到、重开到的状态；重开时不写就是办结前的状态 / the state to go to; of reopen, if left out, the one it was closed from */
  state?: string
  /** 更正的内容 / what is corrected */
  fields?: Record<string, unknown>
}

/** 已写入 / written */
export interface RecordChanged {
  seq: number
  id: string
}

/** 按工作簿提出的台账类型 / a kind proposed from a workbook */
export interface RegisterProposal {
  file: string
  sheet: string
  sheets: string[]
  digest: string
  layout: string
  rows: number
  columns: ProposedColumn[]
  /** 可以直接发布的声明（docs/kinds.md，字段和视图为列表） / a declaration that can be published as it is (docs/kinds.md; fields and views as lists) */
  kind: unknown
}

/** 一列 / a column */
export interface ProposedColumn {
  column: string
  head: string
  /** 空表示不作登记项 / null: no field */
  field: string | null
  type: 'text' | 'number' | 'money' | 'date' | 'time' | 'period' | 'flag' | 'choice' | 'place' | 'who' | 'ref' | 'rows' | 'file' | 'person' | 'code' | 'shape'
  personal: boolean
  key: boolean
  title: boolean
  unit: string
  /** 已有的数据：place 或台账名称；引用，不另抄 / held elsewhere: place or a register; referred to, not copied */
  elsewhere: string | null
  samples: string[]
}

/** 发布台账类型 / publishing a kind */
export interface RegisterPublishing {
  /** 声明，同 RegisterProposal.kind / the declaration, as in RegisterProposal.kind */
  kind: unknown
  /** 主管单位；与目录编号同时写则启用 / with list_number: the register is opened as well */
  owner?: string
  list_number?: string
}

/** 已发布 / published */
export interface RegisterPublished {
  seq: number
  id: string
  version: number
  /** 随 map 改写的记录数 / records written anew by the map */
  moved: number
}

/** 试发布的结果 / what publishing would do */
export interface RegisterCheck {
  id: string
  version: number
  /** 与上一版的不同 / what differs from the version before */
  changes: KindChange[]
  may_publish: boolean
  /** 看过的记录数 / records looked at */
  records: number
  /** 要改写的记录数 / records that would be written anew */
  moving: number
  /** 放不下的，全部 / what can't be placed, in all */
  unplaced: number
  /** 放不下的，逐项；超过上限的不列 / one by one, as far as the limit */
  items: UnplacedRecord[]
}

/** 一处不同 / one difference */
export interface KindChange {
  change: 'free' | 'widening' | 'narrowing' | 'never'
  /** 哪个字段、状态 …… / of which field, state … */
  of: string
  zh: string
  en: string
}

/** 新版本放不下的一处 / something the new version can't hold */
export interface UnplacedRecord {
  id: string
  no: string
  title: string
  /** 字段名；state 为状态；空为整条的校验 / name of the field; state; empty: a check over the whole record */
  field: string
  zh: string
  en: string
  value: string
  /** 在 map 的哪里写明改成什么；空：须先更正记录 / where in map to say what it becomes; empty: correct the record */
  map: string
  /** 唯一字段相同的另一条 / the other record that is alike in the key */
  like?: string
  why_zh: string
  why_en: string
}

/** 表格与台账的差异；还没有写入 / what a sheet would do to a register; nothing is written yet */
export interface RegisterImportPreview {
  register: string
  file: string
  /** 读的工作表 / the sheet that was read */
  sheet: string
  sheets: string[]
  /** 文件摘要，导入时带上 / digest of the file, for the import */
  digest: string
  /** 所依据的序号，导入时带上 / the picture it was compared with, for the import */
  seq: number
  /** 表头摘要；按它记住各列 / digest of the head, by which columns are remembered */
  layout: string
  /** 沿用上次同样表头的各列 / columns are as the last import of such a head had them */
  remembered: boolean
  /** 记录行数 / rows that are records */
  rows: number
  columns: SheetColumn[]
  counts: SheetCounts
  /** 除未变之外的行，超过上限的不列（以 counts 为准） / all rows but unchanged ones; past the limit only counts tell */
  items: SheetRow[]
  faults: SheetFault[]
  /** 错误总数 / faults in all */
  faults_all: number
  /** 台账有、表中没有的记录；不会删除 / records the sheet does not name; none is removed */
  absent: AbsentRecord[]
  /** 不是记录的行 / rows that are no records */
  left_out: SheetLine[]
  left_out_all: number
  /** 工作簿里要留意的 / what is odd in the workbook */
  notes: SheetNote[]
}

/** 表中一列 / a column of the sheet */
export interface SheetColumn {
  /** 列号，如 C / its letters, such as C */
  column: string
  head: string
  /** 作何用 / what it is to the import */
  use: 'none' | 'id' | 'seq' | 'no' | 'state' | 'field'
  /** 凭什么认出 / what it was matched by */
  by: 'nothing' | 'answer' | 'remembered' | 'name' | 'label' | 'alias' | 'words' | 'content'
  field: string | null
  /** 表头写的单位 / unit the head says */
  unit: string
  /** 前几个值；未对上的列和个人信息不显示 / first values; hidden for persons and unmatched columns */
  samples: string[]
}

/** 各种行数 / rows of each sort */
export interface SheetCounts {
  new: number
  changed: number
  unchanged: number
  /** 按导入方式不动的 / left alone by the mode */
  left: number
  /** 双方都改过的 / edited by both sides */
  clash: number
  fault: number
  absent: number
}

/** 一行 / a row */
export interface SheetRow {
  /** 表中行号，从 1 起 / row of the sheet, from 1 */
  row: number
  act: 'new' | 'changed' | 'unchanged' | 'left' | 'clash' | 'fault'
  /** 对上的记录 / the record it is */
  id: string | null
  title: string
  fields: SheetChange[]
}

/** 一项改动 / a field that changes */
export interface SheetChange {
  field: string
  before: string | null
  after: string | null
  /** 他人也改过 / somebody else changed it, too */
  clash: boolean
}

/** 一处错误 / a fault */
export interface SheetFault {
  row: number
  column: string | null
  code: string
  zh: string
  en: string
}

/** 表中没有的记录 / a record the sheet does not name */
export interface AbsentRecord {
  id: string
  title: string
}

/** 一处提示 / a note */
export interface SheetNote {
  cell: string
  zh: string
  en: string
}

/** 一行 / a row */
export interface SheetLine {
  row: number
  why: 'sum' | 'heading' | 'note' | 'head_again' | 'numbering'
}

/** 已导入 / imported */
export interface RegisterImported {
  seq: number
  id: string
  counts: SheetImported
}

/** 写入的行数 / rows written */
export interface SheetImported {
  new: number
  changed: number
  unchanged: number
  left: number
}

/** 导入记录 / imports */
export interface RegisterImportList {
  items: RegisterImport[]
}

/** 一次导入 / an import */
export interface RegisterImport {
  id: string
  file: string
  mode: 'both' | 'add' | 'update'
  at: string
  actor: string
  seq: number
  counts: SheetImported
  undone: RegisterUndone | null
}

/** 撤销 / how it was undone */
export interface RegisterUndone {
  at: string
  actor: string
  reason: string
}

/** 撤销导入 / undoing an import */
export interface UndoRegisterImport {
  reason?: string
  /** 之后又改过的记录一并撤销；须写理由 / also records that were changed since; then a reason is wanted */
  also_changed?: boolean
}

/** 已撤销 / undone */
export interface RegisterImportUndone {
  seq: number
  id: string
  /** 作废的记录 / records made void */
  voided: number
  /** 改回的记录 / records set back */
  restored: number
  /** 之后他人又改过、保留现值的格子 / cells others changed since, left as they are */
  kept: number
}

/** 待办 / what waits for you */
export interface Todo {
  items: TodoItem[]
  next: string | null
  total: number
  /** 已过期的 / past their day */
  late: number
  /** 各时段的件数 / how many by day */
  days: TodoDays
  /** 各台账的件数 / how many of each register */
  kinds: TodoKind[]
}

/** 各时段的件数 / how many by day */
export interface TodoDays {
  /** 已过期 / past their day */
  late: number
  /** 今天 / today */
  today: number
  /** 七天内 / within seven days */
  week: number
  /** 以后 / later */
  later: number
  /** 没有时限 / without a day */
  open: number
}

/** 一个台账的件数 / how many of a register */
export interface TodoKind {
  id: string
  zh: string
  en: string
  total: number
}

/** 一件待办 / something that waits */
export interface TodoItem {
  /** 台账记录或任务 / a record of a register, or a task */
  about: 'record' | 'task'
  id: string
  kind: string
  kind_zh: string
  kind_en: string
  no: string
  title: string
  /** 该您办一步、时限告知您、要报进展、被退回、等您销号、裁定异议、答复调整 / a step is yours, a clock told you, a report is due, it was sent back, it asks you to close it, to rule on an objection or a change */
  why: 'step' | 'told' | 'report' | 'returned' | 'close' | 'objected' | 'change'
  /** 任务：退回、异议的理由，申请的调整，否则最近的进展 / of a task: why it was sent back or objected to, the change asked for, else its latest progress */
  words: string
  /** 任务的牵头单位 / lead of a task */
  unit: string
  state: string
  state_zh: string
  state_en: string
  /** 列在哪一段 / where it is listed */
  when: 'late' | 'today' | 'week' | 'later' | 'open'
  due: string | null
  late: boolean
  /** 催过、还没有办 / it was nudged and nothing was done since */
  nudged?: Nudge
  /** 您现在能办的 / what you may do now */
  steps: TodoStep[]
  /** 通常先办的一步 / what is usually done first */
  act: TodoStep | null
  /** 告知您的时限 / clocks that told you */
  notices: TodoNotice[]
}

/** 一步 / a step */
export interface TodoStep {
  id: string
  zh: string
  en: string
}

/** 一个到点的时限 / a clock that came to its mark */
export interface TodoNotice {
  clock: string
  zh: string
  en: string
  /** 80%、+3wd 等 / such as 80% or +3wd */
  at: string
}

/** 记录中的个人信息 / persons in a record */
export interface RecordPersons {
  seq: number
  fields: Record<string, string>
}

/** 方案列表 / schemes */
export interface SchemeList {
  items: SchemeItem[]
}

/** 考核方案 / a scheme */
export interface SchemeItem {
  id: string
  version: number
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  periods: string[]
}

/** 得分列表 / assessments */
export interface AssessmentList {
  items: AssessmentItem[]
}

/** 一次得分 / an assessment */
export interface AssessmentItem {
  id: string
  scheme: string
  version: number
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  /** 有批准文号 / has an approval number */
  official: boolean
  period: string
  places: number
  classes: AssessmentClass[]
  digest: string
  at: string
  seq: number
}

/** 分类 / a class */
export interface AssessmentClass {
  id: string
  name_zh: string
  name_en: string
  size: number
}

/** 得分与排名 / an assessment with its rows */
export interface Assessment {
  id: string
  scheme: string
  version: number
  title_zh: string
  title_en: string
  name_zh: string
  name_en: string
  official: boolean
  period: string
  places: number
  classes: AssessmentClass[]
  digest: string
  at: string
  seq: number
  rows: AssessmentRow[]
  edges: Edge[]
}

/** 一地的得分 / a place's score */
export interface AssessmentRow {
  place: PlaceRef
  class: string
  total: string
  rank: number
  of: number
  grade_zh: string
  grade_en: string
  /** 等次为什么低于分数（红线、名额） / why the grade is below the points (red line, seats) */
  limits: Words[]
  provisional: boolean
}

/** 数据不足等情形 / a rule that came into play */
export interface Edge {
  rule: string
  text_zh: string
  text_en: string
  count: number
}

/** 要算什么 / what to assess */
export interface RunAssessment {
  scheme: string
  period: string
}

/** 新的得分 / the assessment made */
export interface AssessmentMade {
  seq: number
  id: string
}

/** 得分说明 / a score explained */
export interface ScoreExplanation {
  assessment: AssessmentItem
  place: PlaceRef
  /** 分类编号，未分类为空 / id of the class, empty without one */
  class: string
  class_zh: string
  class_en: string
  total: string
  rank: number
  of: number
  grade_zh: string
  grade_en: string
  /** 不计红线 / without red lines */
  grade_plain_zh: string
  grade_plain_en: string
  /** 缺数补齐前不排名、不评等次 / neither ranked nor graded until the missing figures are in */
  provisional: boolean
  /** 缺数而未能计分的项数 / items that could not be scored for want of figures */
  missing: number
  red_lines: Words[]
  /** 等次为什么低于分数（红线、名额） / why the grade is below the points (red line, seats) */
  limits: Words[]
  plain: PlainSection[]
  /** 扣分最多的几项，先多后少 / the items that lost most, most first */
  losses: ScoreLoss[]
  /** 与上年同期的得分相比；没有或换了分类时为空 / against the year before; null without one in the same class */
  change: ScoreChange | null
  branches: ScoreBranch[]
  waterfall: WaterfallStep[]
  lines: ScoreLine[]
}

/** 得分为什么变了 / why the score changed */
export interface ScoreChange {
  /** 上年同期的那次得分 / the assessment of the year before */
  assessment: string
  period: string
  before: string
  now: string
  moved: string
  rank_before: number
  rank: number
  /** before 加各步等于 now / before and the steps add up to now */
  steps: ChangeStep[]
  plain: Words[]
}

/** 变动的一个来由 / one cause of the change */
export interface ChangeStep {
  /** 数据更正、方案变动、自身变化、同类变化 / in this order, each on top of those before */
  cause: 'correction' | 'rules' | 'own' | 'others'
  label_zh: string
  label_en: string
  points: string
  /** 到这一步的位次 / rank after it */
  rank: number
}

/** 一个节点得了多少，与同类中位数之差 / what a branch gave, and how far from the class median */
export interface ScoreBranch {
  id: string
  /** 上级节点，最上级为空 / empty for the whole */
  parent: string
  name_zh: string
  name_en: string
  points: string
  full: string
  score: string
  median: string
  gap: string
}

/** 扣分的一项：丢多少、差多少、谁管数、怎么办 / an item that lost points: how many, how far, whose figure, what next */
export interface ScoreLoss {
  name_zh: string
  name_en: string
  contribution: string
  full: string
  lost: string
  gap: string
  value: string
  unit_zh: string
  unit_en: string
  state: 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld'
  /** 没有数据，按推算数计分 / scored on an estimate */
  imputed: boolean
  owner_zh: string
  owner_en: string
  next_zh: string
  next_en: string
}

/** 一段话 / a section in plain words */
export interface PlainSection {
  part: 'score' | 'lost' | 'gaps' | 'owners' | 'next' | 'notes'
  heading_zh: string
  heading_en: string
  sentences_zh: string[]
  sentences_en: string[]
}

/** 一级台阶 / a step of the waterfall */
export interface WaterfallStep {
  label_zh: string
  label_en: string
  points: string
  full: string
  /** 同类中位数，只有各项才有 / class median, of parts */
  median: string
  kind: 'start' | 'part' | 'bonus' | 'deduction' | 'total'
}

/** 一项得分 / a line of the table */
export interface ScoreLine {
  indicator: string
  name_zh: string
  name_en: string
  /** 所属节点 / id of its top-level branch */
  branch: string
  dimension_zh: string
  dimension_en: string
  value: string
  unit_zh: string
  unit_en: string
  state: 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld'
  function_zh: string
  function_en: string
  score: string
  weight: string
  contribution: string
  full: string
  lost: string
  median: string
  /** 比同类中位数多（+）或少（-）几分 / points above the class median, negative below */
  gap: string
  owner_zh: string
  owner_en: string
  /** 得满分需要的值 / value that would earn the full points */
  value_for_full: string
  figure_period: string
}

/** 怎样前移几位 / what would lift a place */
export interface Lift {
  assessment: string
  place: string
  /** 要进几位 / asked for */
  ranks: number
  /** 现在的位次，0 为未排名 / now; 0: not ranked */
  rank: number
  /** 要到的位次，0 为不必再进 / 0: nothing to reach */
  wanted: number
  reachable: boolean
  /** 与该位次的得分之差 / points to the total there */
  gap: string
  /** 任一项就够，还是要依次都做 / any step is enough, or all in their order */
  way: 'alone' | 'together' | 'none'
  steps: LiftStep[]
  plain: Words[]
}

/** 一项指标由多少到多少 / one figure bettered */
export interface LiftStep {
  indicator: string
  name_zh: string
  name_en: string
  from: string
  to: string
  unit_zh: string
  unit_en: string
  /** 以同类的标准差计，不是花钱多少 / in standard deviations of the class, no price */
  effort: string
  /** 总分增加（依次做时为累计） / points of the total, this step and those before it */
  gain: string
  /** 到这一步的位次 / reached */
  rank: number
}

/** 稳健性检验 / how far ranks hang on choices */
export interface Robustness {
  assessment: string
  runs: number
  seed: number
  sequence: string
  coordinates: number
  quasi_random: number
  digest: string
  /** 换了什么 / what the runs vary */
  varied: Words[]
  class: string
  /** 有位次的单位数 / places ranked */
  of: number
  bands: RankBand[]
  rows: RankInterval[]
  /** 所问的一地；未问或未排名时为空 / the place asked for */
  own: PlaceRobustness | null
}

/** 一档：档内的先后没有把握 / a band whose places can't be told from its first */
export interface RankBand {
  band: number
  from: number
  to: number
  places: number
}

/** 一地的名次区间 / where the runs put a place */
export interface RankInterval {
  place: PlaceRef
  rank: number
  /** 九成情形的最好名次 / best in nine cases of ten */
  lo: number
  median: number
  /** 九成情形的最差名次 / worst in nine cases of ten */
  hi: number
  mean: string
  band: number
  /** 一格几个名次 / ranks a bin */
  bin: number
  /** 各格的遍数，最好的在前 / runs a bin, best first */
  histogram: number[]
}

/** 一地的话 / one place in words */
export interface PlaceRobustness {
  place: string
  plain: Words[]
  duels: Duel[]
}

/** 与另一地相比 / beside another place */
export interface Duel {
  other: PlaceRef
  rank: number
  /** 所问之地排在它前面的份额 / share of the runs in which the place asked for stands before it */
  before: string
}

/** 名次的变动来自什么 / what the ranks hang on */
export interface Sensitivity {
  assessment: string
  base: number
  runs: number
  seed: number
  outputs: SensitivityOutput[]
  removals: Removal[]
  plain: Words[]
  warnings: Words[]
}

/** 全体或一地的名次变动 / the mean shift of all ranks, or one place's rank */
export interface SensitivityOutput {
  /** 空为全体 / null: all */
  place: PlaceRef | null
  mean: string
  deviation: string
  factors: FactorShare[]
  plain: Words[]
}

/** 一个因素占变动的份额 / a factor's share of the variance */
export interface FactorShare {
  factor: string
  text_zh: string
  text_en: string
  /** 单独 / alone */
  first: string
  first_lo: string
  first_hi: string
  /** 连同交互 / with interactions */
  total: string
  total_lo: string
  total_hi: string
}

/** 去掉一个节点 / one node left out */
export interface Removal {
  node: string
  name_zh: string
  name_en: string
  mean_shift: string
  max_shift: number
}

/** 权重试算，不改变考核结果 / other weights tried; the assessment stays as it is */
export interface WhatIf {
  assessment: string
  class: string
  note_zh: string
  note_en: string
  branches: TriedBranch[]
  node: string
  weights: TriedWeight[]
  of: number
  unranked: number
  /** 位次变了的单位数 / places whose rank moved */
  moved: number
  rows: TriedRow[]
}

/** 可试算的节点 / a node whose weights can be tried */
export interface TriedBranch {
  id: string
  name_zh: string
  name_en: string
}

/** 一项的权重，合计 100 / one weight, in per cent of its node */
export interface TriedWeight {
  id: string
  name_zh: string
  name_en: string
  given: string
  tried: string
}

/** 试算的位次 / a rank as tried */
export interface TriedRow {
  place: PlaceRef
  rank: number
  rank_given: number
  total: string
  total_given: string
}

/** 我是谁、能做什么 / who I am here, and what I may */
export interface SessionState {
  /** 该方案有账户，须登录 / the programme has accounts: sign in */
  required: boolean
  signed_in: boolean
  account: SessionAccount | null
  /** business, system, security, audit; everyone: no grant yet */
  duty: string | null
  /** 其本人的地区：打开页面即到此处 / their own place, where pages open */
  place: PlaceRef | null
  /** 正在代谁办理 / who is acted for */
  on_behalf: StandIn | null
  /** 可经统一登录 / a sign-in provider is set up */
  provider: boolean
  /** 先要办的事：second_factor 启用验证器，confirmation 等安全管理员确认授权 / to be done before anything else: second_factor, confirmation (the security administrator confirms the grants) */
  must: string | null
  /** 管理员对本账户所做、本人尚未看过的事 / what administrators did to one's account and one has not seen */
  told: number
  permissions: string[]
}

/** 登录的账户 / the account that signed in */
export interface SessionAccount {
  id: string
  login: string
  name: string
  second_factor: boolean
}

/** 可以代办的账户 / an account one may act on behalf of */
export interface StandIn {
  id: string
  login: string
  name: string
  place: PlaceRef | null
}

/** 可以代办的账户 / accounts one may act on behalf of */
export interface StandInList {
  items: StandIn[]
}

/** 登录 / signing in */
export interface SignIn {
  login: string
  password: string
  /** 验证器上的六位数字 / six digits of the authenticator, where there is one */
  code?: string
}

/** 首次登录：用一次性口令设置口令 / the first sign-in: a one-time code, and a password of one's own */
export interface FirstSignIn {
  login: string
  code: string
  password: string
  /** 重置时保留了验证器的，再加六位数字 / six digits of the authenticator, where a reset kept it */
  second_factor?: string
}

/** 已登录；会话在 Cookie 中 / signed in; the session is in the cookie */
export interface SignedIn {
  seq: number
  account: string
}

/** 去往登录服务 / on the way to the provider */
export interface ProviderBegun {
  url: string
  state: string
}

/** 登录服务给的 / what the provider gave */
export interface ProviderAnswer {
  state: string
  code: string
}

/** 已写入 / written */
export interface Changed {
  seq: number
}

/** 本人账户 / one's own account */
export interface MyAccount {
  id: string
  login: string
  state: 'invited' | 'active' | 'disabled'
  name: string
  phone: string
  place: PlaceRef | null
  second_factor: boolean
  grants: Grant[]
  /** 管理员对本账户所做的事，新的在前 / what administrators did to this account, newest first */
  told: AdministratorAct[]
  sessions: OpenSession[]
}

/** 管理员对本账户所做的事 / what an administrator did to this account */
export interface AdministratorAct {
  act: string
  at: string
  by_name: string
  seen: boolean
}

/** 打开的会话 / an open session */
export interface OpenSession {
  id: string
  until: string
  /** 就是这个浏览器 / this browser */
  here: boolean
  /** 最近一次请求 / last request; empty after a restart */
  seen: string
  peer: string
}

/** 一项授权 / a grant */
export interface Grant {
  role: string
  role_zh: string
  role_en: string
  place: PlaceRef | null
  /** 条线（部门）；空为全部 / line of work (a department); empty: all */
  line: string
  /** 最后一天 / last day */
  until: string | null
  expired: boolean
  /** 待安全管理员确认，未生效 / waits for the security administrator, allows nothing yet */
  asleep: boolean
}

/** 改口令 / a new password */
export interface PasswordChange {
  present: string
  password: string
}

/** 启用或更换验证器 / to turn on an authenticator, or another one */
export interface SecondFactorWish {
  password: string
  /** 已有验证器的，它的六位数字 / six digits of the one there is */
  code?: string
}

/** 验证器密钥，只显示一次 / a key for the authenticator, told once */
export interface SecondFactorKey {
  secret: string
  uri: string
}

/** 验证码 / a code */
export interface CodeProof {
  code: string
}

/** 要结束的会话 / the session to end */
export interface SessionNamed {
  session: string
}

/** 账户 / an account */
export interface Account {
  id: string
  login: string
  /** 待首次登录、有效、停用 / waits for its first sign-in, active, disabled */
  state: 'invited' | 'active' | 'disabled'
  name: string
  phone: string
  place: PlaceRef | null
  second_factor: boolean
  grants: Grant[]
}

/** 账户列表 / accounts */
export interface AccountList {
  items: Account[]
  next: string | null
  total: number
}

/** 新账户 / a new account */
export interface NewAccount {
  login: string
  name: string
  phone?: string
  place: string
}

/** 重置账户 / to reset an account */
export interface ResetWish {
  /** 验证器也作废（手机丢失等）；否则保留 / the authenticator is void, too (lost); else it is kept */
  drop_second_factor?: boolean
}

/** 账户变更结果 / the account after a change */
export interface AccountChanged {
  seq: number
  /** 一次性口令，只显示这一次 / the one-time code, told this once */
  code: string | null
  account: Account
}

/** 授权或收回 / a grant to give or take */
export interface GrantWish {
  role: string
  place: string
  line?: string
  until?: string
}

/** 角色与权限 / roles and permissions */
export interface RoleTable {
  roles: Role[]
  permissions: PermissionFacts[]
}

/** 角色 / a role */
export interface Role {
  id: string
  name_zh: string
  name_en: string
  duty: 'business' | 'system' | 'security' | 'audit'
  may: Right[]
}

/** 角色的一项权限 / a right of a role */
export interface Right {
  permission: string
  /** 本地区及下级、含上级、全部 / the place and below, also those it lies in, everywhere */
  reach: 'own' | 'above' | 'all'
  states: string[]
  any_line: boolean
}

/** 权限 / a permission */
export interface PermissionFacts {
  name: string
  duty: 'anyone' | 'everyone' | 'business' | 'system' | 'security' | 'audit'
  zh: string
  en: string
}

/** 任务中的个人信息 / persons of a task */
export interface TaskPersons {
  seq: number
  leader: string
  contact: string
  /** 其他栏 / other columns */
  extra: Record<string, string>
}

/** 系统运行 / how the system runs */
export interface Operations {
  now: string
  seq: number
  engine: 'sqlite' | 'postgresql'
  writes_here: boolean
  /** 代为写入的服务器，空为本机 / the server that writes; empty: this one */
  writer: string
  /** 停止写入的原因；空为正常 / why nothing is written; empty: it is */
  read_only: string
  /** 没有备份过为空 / null: there is none */
  backup: BackupTaken | null
  drill: DrillDone | null
  /** 否：一时读不出批量操作，列表空着 / false: the acts could not be read in time, the list is empty */
  jobs_read: boolean
  /** 最近十万笔里一次改动许多行的操作，新的在前；都在请求内办完，没有后台任务 / acts among the newest 100,000 entries that touch many rows, newest first; they end with their request */
  jobs: Job[]
}

/** 最近一次备份 / the last backup */
export interface BackupTaken {
  at: string
  /** 距今几小时 / hours ago */
  hours: number
  /** 超过 26 小时 / more than 26 hours ago */
  late: boolean
  folder: string
  /** 备份到第几号 / up to this entry */
  seq: number
  /** 各表摘要记在第几号，0 为没有 / where the digests of the tables stand, 0: nowhere */
  mark: number
  bytes: number
}

/** 最近一次演练 / the last drill */
export interface DrillDone {
  at: string
  hours: number
  /** 超过 8 天 / more than 8 days ago */
  late: boolean
  folder: string
  seq: number
  mark: number
  /** 与备份时一致的表数 / tables equal to those backed up */
  tables: number
  /** 空为通过 / empty: it passed */
  fault_zh: string
  fault_en: string
}

/** 一次改动许多行的操作 / an act that touched many rows */
export interface Job {
  seq: number
  at: string
  act: string
  actor_name: string
  home: PlaceRef | null
  rows: number
  /** 导入已撤销 / the import was taken back */
  undone_at: string | null
}

/** 日志链 / the chain of the journal */
export interface Chain {
  store: string
  epoch: number
  seq: number
  at: string
  /** 日志头，可抄存别处 / the head, to be kept elsewhere */
  head: string
  /** 没有查过为空 / null: never checked */
  check: ChainCheck | null
}

/** 最近一次全面核查：链、HEAD、各表与重放 / the last check of everything: chain, HEAD, tables against a replay */
export interface ChainCheck {
  at: string
  hours: number
  /** 超过 8 天 / more than 8 days ago */
  late: boolean
  seq: number
  entries: number
  tables: number
  /** 空为可信 / empty: proven */
  fault_zh: string
  fault_en: string
}

/** 审计日志 / the audit log */
export interface AuditList {
  items: AuditEntry[]
  next: string | null
}

/** 一次操作 / an act */
export interface AuditEntry {
  seq: number
  at: string
  act: string
  actor: string
  actor_name: string
  home: PlaceRef | null
  /** 表和编号，不含内容 / tables and keys, never their content */
  objects: string[]
  rows: number
  /** 查看个人信息的事由 / why persons were looked at */
  reason?: string
}
