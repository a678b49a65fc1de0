// SPDX-License-Identifier: Apache-2.0
// A proposed kind as the office puts it right: the declaration of docs/kinds.md, one line a column of the workbook.
import type { ProposedColumn, RegisterField, RegisterProposal } from '@/api/types'
import { t } from '@/text'

export type FieldType = RegisterField['type']
/** A field as it is declared; what a type does not ask for is left out. */
export interface FieldBody {
  id: string
  no?: number
  type: FieldType
  zh: string
  en?: string
  personal?: boolean
  need?: 'always'
  alias?: string[]
  show?: string
  unit?: string
  decimals?: number
  kind?: string
  check?: string
  max?: number
  to?: string
  of?: string[]
  list?: string[]
}
export interface KindBody {
  id: string
  is: { version: number; zh: string; en?: string; home: string; key?: string[]; title?: string[] }
  fields: FieldBody[]
  views?: { id: string; value: string[] }[]
}
/** A column and what the office makes of it; `on`: it becomes a field. */
export interface Line {
  column: ProposedColumn
  field: FieldBody
  on: boolean
  key: boolean
  title: boolean
  /** What it was called when it was proposed. */
  label: string
  /** Codes as they are typed: one after another with 、 between. */
  codes: string
}

/** What a column of a workbook can be; rows, files and shapes are no cells. */
export const cellTypes = [
  'text',
  'number',
  'money',
  'date',
  'period',
  'flag',
  'choice',
  'place',
  'who',
  'code',
  'person',
  'ref',
] as const
export const periods = ['year', 'half', 'quarter', 'month', 'week'] as const
export const moneyUnits = ['元', '万元', '亿元'] as const

export function linesOf(proposal: RegisterProposal): Line[] {
  const kind = proposal.kind as KindBody
  return proposal.columns.map((column) => {
    const field = kind.fields.find((one) => one.id === column.field)
    return {
      column,
      field: field ? { ...field } : { id: freeName(proposal, column), type: 'text', zh: column.head || column.column },
      on: !!field,
      key: column.key,
      title: column.title,
      label: field?.zh ?? '',
      codes: (field?.list ?? []).join('、'),
    }
  })
}
/** A column that filled nothing gets a name of its own when it is taken in. */
function freeName(proposal: RegisterProposal, column: ProposedColumn): string {
  const taken = new Set((proposal.kind as KindBody).fields.map((one) => one.id))
  let name = `c_${column.column.toLowerCase()}`
  while (taken.has(name)) name += '_'
  return name
}

/** Personal columns are no key and no title: they are sealed. */
export function setPersonal(line: Line, personal: boolean) {
  if (personal) {
    line.field.personal = true
    line.key = line.title = false
  } else {
    delete line.field.personal
    if (line.field.type === 'person') setType(line, 'text')
  }
}
/** Another type asks for other things; names of persons are always personal. */
export function setType(line: Line, type: FieldType) {
  const { id, no, zh, en, personal, need, alias } = line.field
  line.field = { id, type, zh }
  if (no !== undefined) line.field.no = no
  if (en) line.field.en = en
  if (need) line.field.need = need
  if (alias) line.field.alias = alias
  if (personal || type === 'person') setPersonal(line, true)
  if (type === 'number') Object.assign(line.field, { decimals: 0, unit: line.column.unit })
  if (type === 'money') line.field.show = '万元'
  if (type === 'period') line.field.kind = 'month'
  if (type === 'who') line.field.of = ['unit']
}

const words = (typed: string) => [
  ...new Set(
    typed
      .split(/[、,，;；\n]/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]
function fieldBody(line: Line): FieldBody {
  const out = { ...line.field, zh: line.field.zh.trim() }
  out.en = out.en?.trim() || out.zh
  if (line.key) out.need = 'always'
  if (out.type === 'choice') out.list = words(line.codes)
  if (!out.unit) delete out.unit
  // The sheet's own head stays a name of the column when the office calls it otherwise.
  const head = line.column.head
  if (head && out.zh !== line.label && head !== out.zh && !out.alias?.includes(head))
    out.alias = [...(out.alias ?? []), head]
  return out
}

/** The declaration to publish. */
export function kindOf(proposal: RegisterProposal, name: string, lines: Line[]): KindBody {
  const from = proposal.kind as KindBody
  const taken = lines.filter((line) => line.on)
  const fields = taken.map(fieldBody)
  fields.forEach((field, n) => {
    field.no = n + 1
  })
  const names = (which: (line: Line) => boolean) => taken.filter(which).map((line) => line.field.id)
  const out: KindBody = {
    id: from.id,
    is: { ...from.is, zh: name.trim(), en: name.trim() },
    fields,
    views: [
      {
        id: 'list',
        value: fields
          .filter((field) => !field.personal && !field.max)
          .slice(0, 8)
          .map((field) => field.id),
      },
    ],
  }
  const key = names((line) => line.key)
  const title = names((line) => line.title)
  if (key.length) out.is.key = key
  else delete out.is.key
  if (title.length) out.is.title = title
  else delete out.is.title
  if (!out.views![0]!.value.length) delete out.views
  return out
}

/** What must be put right before the kind can be asked for; the server says the rest. */
export function wanting(name: string, lines: Line[]): string[] {
  const out: string[] = []
  const taken = lines.filter((line) => line.on)
  if (!name.trim()) out.push(t('kind.want.name'))
  if (!taken.length) out.push(t('kind.want.column'))
  for (const line of taken) {
    if (!line.field.zh.trim()) out.push(t('kind.want.label', { column: line.column.column }))
    if (line.field.type === 'choice' && words(line.codes).length < 1)
      out.push(t('kind.want.codes', { name: line.field.zh }))
    if (line.field.type === 'ref' && !line.field.to) out.push(t('kind.want.to', { name: line.field.zh }))
  }
  return out
}
