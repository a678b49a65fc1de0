// SPDX-License-Identifier: Apache-2.0
// What an office says of a sheet before it goes in: which column is what, which cells and rows it takes, and what comes of it.
// Of a cell nobody spoke of, the sheet holds; of one that both sides edited, nobody does yet.
import type { Register, RegisterField, RegisterImportPreview as Preview, SheetChange, SheetRow } from '@/api/types'
import { valueText } from '@/record/value'
import { t } from '@/text'

export type Holder = 'sheet' | 'held'
export interface Choices {
  /** By row:field, what was said of one cell. */
  cells: { [cell: string]: Holder }
  /** Rows that stay outside. */
  left: Set<number>
  /** Of the cells both sides edited, those nothing else was said of. */
  clash: 'ask' | Holder
}
export const noChoices = (): Choices => ({ cells: {}, left: new Set(), clash: 'ask' })

const cellOf = (row: SheetRow, change: SheetChange) => `${row.row}:${change.field}`
export function holderOf(row: SheetRow, change: SheetChange, choices: Choices): Holder | null {
  const said = choices.cells[cellOf(row, change)]
  return said ?? (!change.clash ? 'sheet' : choices.clash === 'ask' ? null : choices.clash)
}
export const choose = (choices: Choices, row: SheetRow, change: SheetChange, holder: Holder) => {
  choices.cells[cellOf(row, change)] = holder
}
/** All cells both sides edited, also those too many to be listed. */
export function chooseAll(choices: Choices, rows: SheetRow[], holder: Holder) {
  choices.clash = holder
  for (const row of rows) for (const change of row.fields) if (change.clash) delete choices.cells[cellOf(row, change)]
}

export const rowsOf = (preview: Preview, act: SheetRow['act']) => preview.items.filter((row) => row.act === act)

export interface Outcome {
  fresh: number
  changed: number
  /** Cells of records that stand which take the sheet's value; of the rows listed. */
  cells: number
  /** Cells that keep what is held though the sheet says otherwise. */
  kept: number
  /** Rows the office left outside. */
  left: number
  /** Cells both sides edited of which nothing was said. */
  open: number
}

/** What will be written, as it stands: rows past those listed go as their act says. */
export function outcomeOf(preview: Preview, choices: Choices): Outcome {
  const out: Outcome = { fresh: 0, changed: 0, cells: 0, kept: 0, left: 0, open: 0 }
  const shown = { new: 0, changed: 0, clash: 0 }
  for (const row of preview.items) {
    if (row.act !== 'new' && row.act !== 'changed' && row.act !== 'clash') continue
    shown[row.act] += 1
    if (choices.left.has(row.row)) out.left += 1
    else if (row.act === 'new') out.fresh += 1
    else {
      const holders = row.fields.map((change) => holderOf(row, change, choices))
      out.cells += holders.filter((one) => one === 'sheet').length
      out.kept += holders.filter((one) => one === 'held').length
      out.open += holders.filter((one) => one === null).length
      if (holders.includes('sheet')) out.changed += 1
    }
  }
  out.fresh += preview.counts.new - shown.new
  out.changed += preview.counts.changed - shown.changed
  const clashes = preview.counts.clash - shown.clash
  if (choices.clash === 'sheet') out.changed += clashes
  if (choices.clash === 'held') out.kept += clashes
  if (choices.clash === 'ask') out.open += clashes
  return out
}

/** 3,4,5,9 → 3-5 and 9. */
export function ranges(rows: Iterable<number>): string[] {
  const out: [number, number][] = []
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = out[out.length - 1]
    if (last && last[1] + 1 === row) last[1] = row
    else out.push([row, row])
  }
  return out.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
}
export const leftText = (rows: Iterable<number>) => ranges(rows).map((range) => `${range}=left`)

/** As the request says it: only what differs from what holds anyway. */
export function choicesText(preview: Preview, choices: Choices, outside: Iterable<number>): string {
  const out: string[] = []
  for (const row of preview.items) {
    if (choices.left.has(row.row) || (row.act !== 'changed' && row.act !== 'clash')) continue
    for (const change of row.fields) {
      const said = choices.cells[cellOf(row, change)]
      const usual = change.clash ? choices.clash : 'sheet'
      if (said && said !== usual) out.push(`${cellOf(row, change)}=${said}`)
    }
  }
  return [...out, ...leftText(new Set([...choices.left, ...outside]))].join(';')
}
/** The address of a request holds so much. */
export const choicesMost = 2800

// ---- columns ----

/** What a column may be: nothing, what an exported sheet tells a record by, or a field that is typed. */
export function columnUses(register: Register): string[] {
  const typed = register.fields.filter((field) => field.typed && !['rows', 'file', 'shape'].includes(field.type))
  return ['', ...typed.map((field) => field.name), 'no', 'id', 'seq']
}
export const usedAs = (column: Preview['columns'][number]) =>
  column.use === 'field' ? (column.field ?? '') : column.use === 'none' || column.use === 'state' ? '' : column.use
/** One column put right: what it is now, no other column is any more. */
export function putRight(preview: Preview, said: { [column: string]: string }, column: string, use: string) {
  const out = { ...said, [column]: use }
  if (use)
    for (const other of preview.columns)
      if (other.column !== column && (said[other.column] ?? usedAs(other)) === use) out[other.column] = ''
  return out
}
export const columnsText = (said: { [column: string]: string }) =>
  Object.entries(said)
    .map(([column, use]) => `${column}:${use}`)
    .join(';')

// ---- faults ----

export interface WrongRow {
  row: number
  title: string
  faults: Preview['faults']
}
/** What both sides edited is asked, not wrong. */
export function wrongRows(preview: Preview): WrongRow[] {
  const out: WrongRow[] = []
  for (const fault of preview.faults) {
    if (fault.code === 'record.changed_meanwhile') continue
    let one = out.find((wrong) => wrong.row === fault.row)
    if (!one)
      out.push(
        (one = { row: fault.row, title: preview.items.find((row) => row.row === fault.row)?.title ?? '', faults: [] }),
      )
    one.faults.push(fault)
  }
  return out
}
/** Columns of which half the rows can't be read: they are rather taken for something they are not. */
export function suspects(preview: Preview): string[] {
  const count: { [column: string]: number } = {}
  for (const fault of preview.faults) if (fault.column) count[fault.column] = (count[fault.column] ?? 0) + 1
  return Object.keys(count).filter((column) => count[column]! >= 3 && count[column]! * 2 >= preview.rows)
}

// ---- words ----

export function cellText(field: RegisterField | undefined, text: string | null): string {
  if (text === null) return ''
  if (text === 'NA') return t('record.na')
  if (text === 'WH') return t('record.withheld')
  if (!field || !['money', 'date', 'time', 'period'].includes(field.type) || !/^[<>]?-?\d/.test(text)) return text
  return valueText(field, text)
}
/** What both texts begin and end with, and between them what differs in the second. */
export function differing(before: string, after: string): [begin: string, middle: string, end: string] {
  const a = [...before]
  const b = [...after]
  let begin = 0
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - begin && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const join = (from: number, to: number) => b.slice(from, to).join('')
  return [join(0, begin), join(begin, b.length - end), join(b.length - end, b.length)]
}
