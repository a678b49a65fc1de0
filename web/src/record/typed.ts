// SPDX-License-Identifier: Apache-2.0
// What stands in the inputs of a form, and what is sent for it: one way there and one back for each of the sixteen types.
import type { RegisterField } from '@/api/types'
import { inYuan, typedOf } from './value'

/** A row of a field of rows: its number (0: new), what stands in its inputs, and whether it is to go. */
export interface RowDraft {
  row: number
  cells: { [name: string]: Typed }
  gone?: boolean
}
export type Typed = string | string[] | RowDraft[]
export type Values = { [name: string]: Typed }

export const isRows = (value: Typed | undefined): value is RowDraft[] =>
  Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object')

type Point = (string | number)[]
/** A shape as lines of "longitude,latitude": one line a point, an empty line between the rings of an area. */
function shapeText(value: { point?: Point; line?: Point[]; area?: Point[][] }): string {
  const lines = (points: Point[]) => points.map((point) => point.join(',')).join('\n')
  if (value.point) return lines([value.point])
  if (value.line) return lines(value.line)
  return (value.area ?? []).map(lines).join('\n\n')
}
function shapeSent(text: string): unknown {
  const ring = (part: string) =>
    part
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => line.split(/[,，\s]+/).filter(Boolean))
  const rings = text
    .split(/\n\s*\n/)
    .map(ring)
    .filter((one) => one.length)
  const first = rings[0] ?? []
  if (rings.length === 1 && first.length === 1) return { point: first[0] }
  const closed = first.length > 3 && first[0]!.join() === first[first.length - 1]!.join()
  return rings.length > 1 || closed ? { area: rings } : { line: first }
}

/** Bytes of a file at most, as the server takes them. */
export const file_most = 20 * 2 ** 20

/** A file stands in its input as what the record is to name it by. */
export interface NamedFile {
  digest: string
  name: string
}
/** Null for anything else: a draft or an address may hold what no file is. */
export function fileOf(text: string): NamedFile | null {
  try {
    const held = JSON.parse(text || 'null') as Partial<NamedFile> | null
    return held && typeof held.digest === 'string' ? { digest: held.digest, name: String(held.name ?? '') } : null
  } catch {
    return null
  }
}
export function fileText(value: unknown): string {
  const held = value as Partial<NamedFile> | undefined
  return held?.digest ? JSON.stringify({ digest: held.digest, name: held.name ?? '' }) : ''
}

/** What a form starts with for what the record holds. */
export function begun(field: RegisterField, value: unknown): Typed {
  if (field.type === 'rows')
    return ((value as { [name: string]: unknown }[] | undefined) ?? []).map((one) => ({
      row: Number(one.row),
      cells: Object.fromEntries((field.fields ?? []).map((inner) => [inner.name, begun(inner, one[inner.name])])),
    }))
  if (field.many) return ((value as string[] | undefined) ?? []).map(String)
  if (field.type === 'shape' && value && typeof value === 'object' && !('hidden' in value)) return shapeText(value)
  if (field.type === 'time') return typedOf(field, value).slice(0, 16)
  if (field.type === 'file') return fileText(value)
  return typedOf(field, value)
}

export const newRow = (field: RegisterField): RowDraft => ({
  row: 0,
  cells: Object.fromEntries((field.fields ?? []).map((inner) => [inner.name, begun(inner, undefined)])),
})

export const same = (a: Typed | undefined, b: Typed | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** Only what changed: cells of rows that stand, whole new rows, rows that go. The place in it is the place in faults. */
export function rowsSent(field: RegisterField, now: RowDraft[], before: RowDraft[]): { [name: string]: unknown }[] {
  const cells = (draft: RowDraft, old?: RowDraft) =>
    Object.fromEntries(
      (field.fields ?? [])
        .filter((inner) => inner.typed && !same(draft.cells[inner.name], old?.cells[inner.name]))
        .map((inner) => [inner.name, sent(inner, draft.cells[inner.name] ?? '', old?.cells[inner.name])])
        .filter(([, value]) => old || value !== null),
    )
  const out: { [name: string]: unknown }[] = []
  for (const draft of now) {
    const old = before.find((one) => draft.row > 0 && one.row === draft.row)
    if (draft.gone) {
      if (old) out.push({ row: draft.row, gone: true })
      continue
    }
    const changed = cells(draft, old)
    if (Object.keys(changed).length) out.push(old ? { row: draft.row, ...changed } : changed)
  }
  return out
}

export function sent(field: RegisterField, value: Typed, before: Typed | undefined): unknown {
  if (field.type === 'rows') return rowsSent(field, isRows(value) ? value : [], isRows(before) ? before : [])
  if (Array.isArray(value)) return value.length ? value : null
  const text = value.trim()
  if (!text) return null
  if (field.type === 'flag') return text === 'true'
  if (field.type === 'file') return fileOf(text)
  if (field.type === 'shape') return shapeSent(text)
  if (field.type === 'time') return `${text}:00+08:00`
  return inYuan(field, text)
}

/** A field's fault names a row by its place among those sent: here, its place among those shown. */
export function rowShown(field: RegisterField, now: RowDraft[], before: RowDraft[], place: number): number {
  const marks = now.filter((one) => {
    const old = before.find((other) => one.row > 0 && other.row === one.row)
    return one.gone ? !!old : rowsSent(field, [one], before).length > 0
  })
  return now.filter((one) => !one.gone).indexOf(marks[place]!)
}

// Periods: 2023, 2023H1, 2023Q1, 202306, 2023W05, by the number the register gives for the kind.
export const periodKinds = ['year', 'half', 'quarter', 'month', 'months', 'week', 'day'] as const
export type PeriodKind = (typeof periodKinds)[number]
export const periodKind = (field: RegisterField): PeriodKind => periodKinds[field.period ?? 0] ?? 'year'
/** Year and part of a typed period: ["2023", "06"]. */
export function periodParts(text: string): [year: string, part: string] {
  const of = /^(\d{0,4})[HQW]?(\d*)$/.exec(text)
  return [of?.[1] ?? '', of?.[2] ?? '']
}
const letters: { [kind: string]: string } = { half: 'H', quarter: 'Q', week: 'W' }
export const periodText = (kind: PeriodKind, year: string, part: string) =>
  !year && !part ? '' : kind === 'year' ? year : `${year}${letters[kind] ?? ''}${part}`
export const periodChoices: { [kind: string]: number } = { half: 2, quarter: 4, month: 12, week: 53 }
export const partText = (kind: PeriodKind, n: number) =>
  kind === 'month' || kind === 'week' ? String(n).padStart(2, '0') : String(n)
