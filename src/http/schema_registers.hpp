// SPDX-License-Identifier: Apache-2.0
// Shapes of registers and records, in the notation of schemas.hpp. Fields go by name; which there are, and of what
// type, the register tells.
#pragma once

#include <string_view>

namespace gangmu::http {

inline constexpr std::string_view register_schema_text = R"(
RegisterList  台账一览 / registers
  items: [RegisterSummary]
  may_open: boolean  您可以启用、停用台账 / you may open and close registers
RegisterSummary  一个台账 / a register
  id: string
  zh: string
  en: string
  version: integer
  open: boolean  已启用 / it is open
  owner?: string  主管单位 / the unit that owns it
  list_number?: string  台账目录编号 / its number in the list of registers
  total?: integer  您可见的记录数 / records you may see
  may_enter?: boolean  您可以登记 / you may enter records
  may_import?: boolean  您可以导入表格 / you may bring a sheet in
Register  一个台账的声明 / the declaration of a register
  id: string
  zh: string
  en: string
  version: integer
  fields: [RegisterField]
  list: [string]  列表显示的字段 / fields a list shows
  title: [string]
  key: [string]  区分记录的字段 / fields that tell its records apart
  states?: [RegisterState]
  steps?: [RegisterStep]
  clocks?: [RegisterClock]
  open: boolean
  owner?: string
  list_number?: string
  total?: integer
  may_enter?: boolean
  may_import?: boolean
RegisterField  一个登记项 / a field
  name: string
  type: text|number|money|date|time|period|flag|choice|place|who|ref|rows|file|person|code|shape
  zh: string
  en: string
  typed: boolean  由人填写（否则由系统得出） / typed by people, else worked out
  needed: boolean  必填 / always wanted
  personal: boolean  个人信息，加密保存 / personal: kept encrypted
  unit?: string
  show?: string  显示单位 / unit to show it in
  decimals?: integer
  max?: integer  最多字数 / characters at most
  many?: boolean
  codes?: [RegisterCode]
  to?: string  指向的台账 / register it refers to
  period?: integer
  fields?: [RegisterField]  子表的字段 / fields of its rows
RegisterCode  一个代码 / a code
  code: string
  zh: string
  en: string
  until?: date  最后可选日 / last day it may be chosen
RegisterState  一个状态 / a state
  id: string
  zh: string
  en: string
  is: open|wait|final
RegisterStep  一步 / a step
  id: string
  zh: string
  en: string
  need: [string]  这一步要填的字段 / fields the step asks for
  edit: [string]  这一步可改的字段 / fields that may be typed with it
RegisterClock  一个时限 / a clock
  id: string
  zh: string
  en: string
  extend_need: [string]  延长时要填的字段 / fields an extension asks for
RegisterOpening  启用台账 / opening a register
  owner: string
  list_number: string
RecordList  记录 / records
  items: [RegisterRecord]
  next: string?
  total: integer
  states: {integer}  各状态的记录数 / records in each state
RegisterRecord  一条记录 / a record
  id: string  地址，如 7.project.12 / its address, such as 7.project.12
  kind: string
  no: string  编号 / the number people read
  title: string
  seq: integer
  state?: string
  due: instant?
  late: boolean
  raiser: string
  void?: boolean  已作废 / it is void
  nudged?: Nudge
  fields: {any}  按名称；没有的不列 / by name; what is missing is left out
RecordDetail  一条记录与经过 / a record with its history
  id: string
  kind: string
  no: string
  title: string
  seq: integer
  state?: string
  due: instant?
  late: boolean
  raiser: string
  void?: boolean  已作废 / it is void
  asked?: string  所问的地址：它已并入这一条 / the address that was asked for: it was merged into this one
  into?: string  并入了哪一条 / the record this one was merged into
  nudged?: Nudge
  fields: {any}
  acts: RecordActs
  clocks: [RecordClock]
  merged: [MergedRecord]  并进来的记录 / records that were merged into it
  history: [RecordEvent]
  earlier: string?  更早一页 / the page before
MergedRecord  并进来的一条 / a record that was merged into another
  id: string
  no: string
  title: string
  seq: integer  撤销合并时带上（If-Match） / for undoing the merge (If-Match)
  at: instant
  may_undo: boolean  您可以撤销 / you may undo it
RecordMerge  合并 / a merge
  into: string  保留的一条 / the record that goes on
  into_seq: integer  打开时它的序号 / its seq as it was opened
  fields?: {string}  字段 → staying（保留的一条）或 leaving（并入的一条） / field → staying (the one that goes on) or leaving
  reason: string
MergeUndone  合并已撤销 / a merge was undone
  seq: integer
  id: string
  kept: [string]  之后别人改过、没有退回的字段 / fields changed since, which stay as they are
RecordDoubles  可能重复的记录 / records that may be doubles
  items: [[RegisterRecord]]
  total: integer  共几组；一次列不完的以此为准 / groups in all, also those not told
RegisterViews  台账的视图 / views of a register
  items: [RegisterView]
  may_share_all: boolean  您可以设给所有人用的 / you may make views for everyone
RegisterView  一个视图 / a view
  id: string
  name: string
  query: {string}  地址中的参数：条件、各列、次序 / parameters of the address: conditions, columns, order
  shared: own|office|all  自己、本单位、所有人 / oneself, one's office, everyone
  own: boolean
  may_drop: boolean
  owner: string
RegisterViewWish  要保存的视图 / a view to keep
  name: string
  query: {string}
  shared?: own|office|all
UploadedFile  上传的文件 / an uploaded file
  seq: integer
  digest: string  记录中以它指明这份文件 / what a record names it by
  type: string  按内容判定 / told from its content
  bytes: integer  保留的字节数 / bytes that were kept
RecordActs  您现在能做什么 / what you may do now
  edit: boolean
  steps: [string]
  extend: [string]  可延长的时限 / clocks you may extend
  merge: boolean  可以与别的记录合并 / it may be merged with another
  out: [string]  流程之外的办法：correct、reopen、move、migrate、void、restore / ways out of the flow
  nudge: boolean  已过时限、今天没有催过，可以催办 / it is late, was not nudged today, and you may
  persons: boolean
RecordClock  一个时限 / a clock
  id: string
  due: instant?
  running: boolean
RecordEvent  一件事 / something that happened
  seq: integer
  step: string
  zh: string
  en: string
  at: instant
  actor: string
  reason: string
  state?: string  到了哪个状态 / the state it came to
  to?: RecordUnit  移交给谁 / whom it was passed on to
  other?: string  合并的另一条 / of a merge: the other record
  changed: [string]
RecordUnit  一个单位、岗位或账户 / a unit, a post or an account
  id: string
  name: string
RecordWish  填写的内容 / what is typed
  fields?: {any}
  reason?: string
RecordWayOut  流程之外的办法 / a way out of the flow
  reason: string
  state?: string  移交到、重开到的状态；重开时不写就是办结前的状态 / the state to go to; of reopen, if left out, the one it was closed from
  fields?: {any}  更正的内容 / what is corrected
RecordChanged  已写入 / written
  seq: integer
  id: string
RegisterProposal  按工作簿提出的台账类型 / a kind proposed from a workbook
  file: string
  sheet: string
  sheets: [string]
  digest: string
  layout: string
  rows: integer
  columns: [ProposedColumn]
  kind: any  可以直接发布的声明（docs/kinds.md，字段和视图为列表） / a declaration that can be published as it is (docs/kinds.md; fields and views as lists)
ProposedColumn  一列 / a column
  column: string
  head: string
  field: string?  空表示不作登记项 / null: no field
  type: text|number|money|date|time|period|flag|choice|place|who|ref|rows|file|person|code|shape
  personal: boolean
  key: boolean
  title: boolean
  unit: string
  elsewhere: string?  已有的数据：place 或台账名称；引用，不另抄 / held elsewhere: place or a register; referred to, not copied
  samples: [string]
RegisterPublishing  发布台账类型 / publishing a kind
  kind: any  声明，同 RegisterProposal.kind / the declaration, as in RegisterProposal.kind
  owner?: string  主管单位；与目录编号同时写则启用 / with list_number: the register is opened as well
  list_number?: string
RegisterPublished  已发布 / published
  seq: integer
  id: string
  version: integer
  moved: integer  随 map 改写的记录数 / records written anew by the map
RegisterCheck  试发布的结果 / what publishing would do
  id: string
  version: integer
  changes: [KindChange]  与上一版的不同 / what differs from the version before
  may_publish: boolean
  records: integer  看过的记录数 / records looked at
  moving: integer  要改写的记录数 / records that would be written anew
  unplaced: integer  放不下的，全部 / what can't be placed, in all
  items: [UnplacedRecord]  放不下的，逐项；超过上限的不列 / one by one, as far as the limit
KindChange  一处不同 / one difference
  change: free|widening|narrowing|never
  of: string  哪个字段、状态 …… / of which field, state …
  zh: string
  en: string
UnplacedRecord  新版本放不下的一处 / something the new version can't hold
  id: string
  no: string
  title: string
  field: string  字段名；state 为状态；空为整条的校验 / name of the field; state; empty: a check over the whole record
  zh: string
  en: string
  value: string
  map: string  在 map 的哪里写明改成什么；空：须先更正记录 / where in map to say what it becomes; empty: correct the record
  like?: string  唯一字段相同的另一条 / the other record that is alike in the key
  why_zh: string
  why_en: string
RegisterImportPreview  表格与台账的差异；还没有写入 / what a sheet would do to a register; nothing is written yet
  register: string
  file: string
  sheet: string  读的工作表 / the sheet that was read
  sheets: [string]
  digest: string  文件摘要，导入时带上 / digest of the file, for the import
  seq: integer  所依据的序号，导入时带上 / the picture it was compared with, for the import
  layout: string  表头摘要；按它记住各列 / digest of the head, by which columns are remembered
  remembered: boolean  沿用上次同样表头的各列 / columns are as the last import of such a head had them
  rows: integer  记录行数 / rows that are records
  columns: [SheetColumn]
  counts: SheetCounts
  items: [SheetRow]  除未变之外的行，超过上限的不列（以 counts 为准） / all rows but unchanged ones; past the limit only counts tell
  faults: [SheetFault]
  faults_all: integer  错误总数 / faults in all
  absent: [AbsentRecord]  台账有、表中没有的记录；不会删除 / records the sheet does not name; none is removed
  left_out: [SheetLine]  不是记录的行 / rows that are no records
  left_out_all: integer
  notes: [SheetNote]  工作簿里要留意的 / what is odd in the workbook
SheetColumn  表中一列 / a column of the sheet
  column: string  列号，如 C / its letters, such as C
  head: string
  use: none|id|seq|no|state|field  作何用 / what it is to the import
  by: nothing|answer|remembered|name|label|alias|words|content  凭什么认出 / what it was matched by
  field: string?
  unit: string  表头写的单位 / unit the head says
  samples: [string]  前几个值；未对上的列和个人信息不显示 / first values; hidden for persons and unmatched columns
SheetCounts  各种行数 / rows of each sort
  new: integer
  changed: integer
  unchanged: integer
  left: integer  按导入方式不动的 / left alone by the mode
  clash: integer  双方都改过的 / edited by both sides
  fault: integer
  absent: integer
SheetRow  一行 / a row
  row: integer  表中行号，从 1 起 / row of the sheet, from 1
  act: new|changed|unchanged|left|clash|fault
  id: string?  对上的记录 / the record it is
  title: string
  fields: [SheetChange]
SheetChange  一项改动 / a field that changes
  field: string
  before: string?
  after: string?
  clash: boolean  他人也改过 / somebody else changed it, too
SheetFault  一处错误 / a fault
  row: integer
  column: string?
  code: string
  zh: string
  en: string
AbsentRecord  表中没有的记录 / a record the sheet does not name
  id: string
  title: string
SheetNote  一处提示 / a note
  cell: string
  zh: string
  en: string
SheetLine  一行 / a row
  row: integer
  why: sum|heading|note|head_again|numbering
RegisterImported  已导入 / imported
  seq: integer
  id: string
  counts: SheetImported
SheetImported  写入的行数 / rows written
  new: integer
  changed: integer
  unchanged: integer
  left: integer
RegisterImportList  导入记录 / imports
  items: [RegisterImport]
RegisterImport  一次导入 / an import
  id: string
  file: string
  mode: both|add|update
  at: instant
  actor: string
  seq: integer
  counts: SheetImported
  undone: RegisterUndone?
RegisterUndone  撤销 / how it was undone
  at: instant
  actor: string
  reason: string
UndoRegisterImport  撤销导入 / undoing an import
  reason?: string
  also_changed?: boolean  之后又改过的记录一并撤销；须写理由 / also records that were changed since; then a reason is wanted
RegisterImportUndone  已撤销 / undone
  seq: integer
  id: string
  voided: integer  作废的记录 / records made void
  restored: integer  改回的记录 / records set back
  kept: integer  之后他人又改过、保留现值的格子 / cells others changed since, left as they are
Todo  待办 / what waits for you
  items: [TodoItem]
  next: string?
  total: integer
  late: integer  已过期的 / past their day
  days: TodoDays  各时段的件数 / how many by day
  kinds: [TodoKind]  各台账的件数 / how many of each register
TodoDays  各时段的件数 / how many by day
  late: integer  已过期 / past their day
  today: integer  今天 / today
  week: integer  七天内 / within seven days
  later: integer  以后 / later
  open: integer  没有时限 / without a day
TodoKind  一个台账的件数 / how many of a register
  id: string
  zh: string
  en: string
  total: integer
TodoItem  一件待办 / something that waits
  about: record|task  台账记录或任务 / a record of a register, or a task
  id: string
  kind: string
  kind_zh: string
  kind_en: string
  no: string
  title: string
  why: step|told|report|returned|close|objected|change  该您办一步、时限告知您、要报进展、被退回、等您销号、裁定异议、答复调整 / a step is yours, a clock told you, a report is due, it was sent back, it asks you to close it, to rule on an objection or a change
  words: string  任务：退回、异议的理由，申请的调整，否则最近的进展 / of a task: why it was sent back or objected to, the change asked for, else its latest progress
  unit: string  任务的牵头单位 / lead of a task
  state: string
  state_zh: string
  state_en: string
  when: late|today|week|later|open  列在哪一段 / where it is listed
  due: instant?
  late: boolean
  nudged?: Nudge  催过、还没有办 / it was nudged and nothing was done since
  steps: [TodoStep]  您现在能办的 / what you may do now
  act: TodoStep?  通常先办的一步 / what is usually done first
  notices: [TodoNotice]  告知您的时限 / clocks that told you
TodoStep  一步 / a step
  id: string
  zh: string
  en: string
TodoNotice  一个到点的时限 / a clock that came to its mark
  clock: string
  zh: string
  en: string
  at: string  80%、+3wd 等 / such as 80% or +3wd
RecordPersons  记录中的个人信息 / persons in a record
  seq: integer
  fields: {string}
)";

}   // namespace gangmu::http
