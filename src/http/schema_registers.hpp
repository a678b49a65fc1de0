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
Register  一个台账的声明 / the declaration of a register
  id: string
  zh: string
  en: string
  version: integer
  fields: [RegisterField]
  list: [string]  列表显示的字段 / fields a list shows
  title: [string]
  states?: [RegisterState]
  steps?: [RegisterStep]
  clocks?: [RegisterClock]
  open: boolean
  owner?: string
  list_number?: string
  total?: integer
  may_enter?: boolean
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
  fields: {any}
  acts: RecordActs
  clocks: [RecordClock]
  history: [RecordEvent]
  earlier: string?  更早一页 / the page before
RecordActs  您现在能做什么 / what you may do now
  edit: boolean
  steps: [string]
  extend: [string]  可延长的时限 / clocks you may extend
  out: [string]  流程之外的办法：correct、reopen、move、migrate、void、restore / ways out of the flow
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
Todo  待办 / what waits for you
  items: [TodoItem]
  next: string?
  total: integer
  late: integer  已过期的 / past their day
  kinds: [TodoKind]  各台账的件数 / how many of each register
TodoKind  一个台账的件数 / how many of a register
  id: string
  zh: string
  en: string
  total: integer
TodoItem  一件待办 / something that waits
  about: record
  id: string
  kind: string
  kind_zh: string
  kind_en: string
  no: string
  title: string
  state: string
  state_zh: string
  state_en: string
  due: instant?
  late: boolean
  steps: [TodoStep]  您现在能办的 / what you may do now
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
