// SPDX-License-Identifier: Apache-2.0
// Shapes of the answers of /api/v1. Numbers that are data are strings in plain notation ("101.12"); counts are integers.

export type Level = 'province' | 'city' | 'county' | 'town' | 'village'
export interface PlaceRef { code: string; name_zh: string; name_en: string; level: Level }
export interface Named { name_zh: string; name_en: string }
export interface Texts { text_zh: string; text_en: string }

export interface Programme extends Named {
  id: string; synthetic: boolean; root: { code: string } & Named; seq: number; map_note_zh: string; map_note_en: string
}

export type FigureState = 'value' | 'above' | 'below' | 'missing' | 'not_applicable' | 'withheld' | 'none'
export interface Rolled {
  kind: 'exact' | 'real' | 'none'; value?: string
  reported: number; expected: number; threshold: number; withheld: number; not_applicable: number; missing: number
}
export interface Figure {
  state: FigureState; value?: string; period: string; indicator: string; place: string
  status?: 'preliminary' | 'revised' | 'final'; grade?: string; source?: string; note?: string; derived?: boolean; rolled?: Rolled
}
export interface Indicator extends Named {
  code: string; version?: string | number; unit_zh: string; unit_en: string; decimals: number
  direction: 'up' | 'down' | 'exact' | 'neutral'; period_kind?: string; frequency: string; aggregation: string
  domain: string; entry_level: Level; levels: Level[]; owner_zh: string; owner_en: string; note: string
}

export interface Phase { id: string; year: number; title_zh: string; title_en: string; text_zh: string; text_en: string }
export interface Pairing extends Texts { with: PlaceRef[] }
export interface TaskCounts { total: number; open: number; week: number; overdue: number; waiting: number; closed: number }
export interface Tile { place: PlaceRef; county: string; x: number; y: number; figure: Figure | null }
export interface CountyCard {
  place: PlaceRef; pinyin: string; track: Texts | null; pairings: Pairing[]; figure: Figure | null; indicator: Indicator | null
}
export interface TileMap {
  level: 'county' | 'town'; indicator: Indicator | null; period: string | null; periods: string[]; indicators: Indicator[]
  note_zh: string; note_en: string; tiles: Tile[]
}
export interface Home { seq: number; today: string; programme: Programme; phases: Phase[]; counties: CountyCard[]; tasks: TaskCounts; map: TileMap }

export interface PlaceItem extends PlaceRef { pinyin: string; kind: string; functional: boolean; parent: string | null; path: PlaceRef[] }
export interface Page<T> { items: T[]; next: string | null; total: number }
export interface Post { title_zh: string; title_en: string; place: PlaceRef }
export interface Target extends Texts {
  id: string; kind: string; value?: string; unit?: string; period?: string; remark_zh: string; remark_en: string; source: string
}
export interface Fact { id: string; item_zh: string; item_en: string; value: string; unit: string; period: string; source: string; grade: string }
export interface SeriesPoint { period: string; state: FigureState; value?: string; grade?: string; source?: string }
export interface FigureRow { indicator: Indicator; latest: Figure; year_before: Figure | null; series: SeriesPoint[]; parent: Figure | null }
export interface PlaceAssessment {
  id: string; title_zh: string; title_en: string; period: string; class_zh: string; class_en: string
  total: string; rank: number; of: number; grade_zh: string; grade_en: string
}
export interface Profile {
  seq: number
  place: PlaceRef & { pinyin: string; kind: string; functional: boolean; valid_from: string | null }
  path: PlaceRef[]; children: (PlaceRef & { functional: boolean })[]
  counts: { counties: number; towns: number; villages: number; functional: number }
  posts: Post[]; track: Texts | null; pairings: Pairing[]; targets: Target[]; facts: Fact[]; figures: FigureRow[]
  tasks: { summary: TaskCounts; items: Task[] }; assessments: PlaceAssessment[]
}

export interface Source { id: string; name: string; where: string; years: string; licence: string; grade: string; caveat: string }
export interface Revision {
  seq: number; at: string; actor: string; source: string; state: FigureState; value?: string; status: string; grade: string; note: string
}
export interface Explanation {
  place: PlaceRef; indicator: Indicator; figure: Figure; source: Source | null; revisions: Revision[]
  entered_by: string | null; approved_by: string | null; rule_zh: string; rule_en: string
  parts: { place: PlaceRef; figure: Figure }[]; parts_note_zh: string; parts_note_en: string
}

export type TaskState = 'open' | 'waiting' | 'closed' | 'paused'
export type Light = 'none' | 'week' | 'overdue' | 'waiting' | 'closed'
export interface Task {
  id: string; seq: number; number: string; action: string; measure: string; title: string; lead: string; responsible: string[]
  supervisor: string; due: { kind: 'date' | 'long_term' | 'undated'; date?: string; text: string }
  target: { kind: 'target' | 'qualitative' | 'none'; text: string; operator?: string; value?: string; unit?: string }
  progress: string; percent: number | null; state: TaskState; light: Light; place: PlaceRef | null
  import: string | null; row: number | null; remark: string
}
export interface Facet { value: string; count: number }
export interface TaskPage extends Page<Task> { summary: TaskCounts; facets: { lead: Facet[]; responsible: Facet[]; action: Facet[] } }
export interface TaskEvent { at: string; actor: string; act: string; text: string; percent?: number; seq: number }
export interface TaskDetail { task: Task; hidden: boolean; events: TaskEvent[] }

export interface ImportCounts { rows: number; tasks: number; skipped: number; questions: number; notes: number }
export interface ImportItem { id: string; file: string; state: 'read' | 'confirmed' | 'undone'; at: string; actor: string; counts: ImportCounts }
export interface Candidate { value: string; label_zh: string; label_en: string }
export interface Question extends Texts {
  id: string; kind: string; row: number | null; cell: string | null; candidates: Candidate[]; free: boolean
  answer: string | null; blocking: boolean
}
export interface ReadRow { row: number; task: Partial<Task>; cells: Record<string, string>; questions: string[]; notes: string[] }
export interface ImportRead extends ImportItem {
  seq: number; sheet: string; sheets: string[]
  columns: { letter: string; header: string; field: string | null; field_zh: string; field_en: string }[]
  fields: ({ id: string } & Named)[]; rows: ReadRow[]
  skipped: { row: number; text: string; reason_zh: string; reason_en: string }[]
  questions: Question[]; notes: (Texts & { id: string; row: number; cell: string })[]
}

export interface AssessmentItem {
  id: string; scheme: string; version: string | number; title_zh: string; title_en: string; name_zh: string; name_en: string; official: boolean; period: string
  places: number; classes: ({ id: string; size: number } & Named)[]; digest: string; at: string; seq: number
}
export interface AssessmentRow {
  place: PlaceRef; class: string; total: string; rank: number; of: number; grade_zh: string; grade_en: string; provisional: boolean
}
export interface Assessment extends AssessmentItem { rows: AssessmentRow[]; edges: (Texts & { rule: string; count: number })[] }
export interface WaterfallStep {
  label_zh: string; label_en: string; points: string; full: string; kind: 'start' | 'part' | 'bonus' | 'deduction' | 'total'
}
export interface ScoreLine extends Named {
  indicator: string; dimension_zh: string; dimension_en: string; value: string | null; unit_zh: string; unit_en: string
  state: FigureState; function_zh: string; function_en: string; score: string | null; weight: string; contribution: string
  full: string; lost: string; median: string | null; owner_zh: string; owner_en: string; figure_period: string
}
export interface ScoreExplanation {
  assessment: AssessmentItem; place: PlaceRef; class_zh: string; class_en: string; total: string; rank: number; of: number
  grade_zh: string; grade_en: string; grade_plain_zh: string; grade_plain_en: string; red_lines: Texts[]
  plain: { heading_zh: string; heading_en: string; sentences_zh: string[]; sentences_en: string[] }[]
  waterfall: WaterfallStep[]; lines: ScoreLine[]
}
export interface Scheme extends Named { id: string; version: string | number; title_zh: string; title_en: string; periods: string[] }

export interface Problem {
  title: string; status: number; code: string; detail_zh: string; detail_en: string
  errors: { code: string; where: string; text_zh: string; text_en: string }[]; request_id: string
}
