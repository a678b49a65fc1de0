// SPDX-License-Identifier: Apache-2.0
// What a new record begins with: plain values that its address names, or the need a task tells (?task=…). An address can be
// anybody's: nothing personal, no file, row or shape is taken from it, and no more than the field holds.
import type { RegisterField, TaskDetail } from '@/api/types'
import { day } from './filters'
import type { Values } from './typed'

const plain = ['text', 'number', 'money', 'date', 'time', 'period', 'flag', 'choice', 'place', 'who', 'ref', 'code']

function taken(field: RegisterField, value: string): string {
  const text = value.trim()
  if (!plain.includes(field.type) || field.personal || field.many || !field.typed) return ''
  if (field.type === 'flag') return text === 'true' || text === 'false' ? text : ''
  if (field.type === 'choice') {
    const code = field.codes?.find((one) => one.code === text)
    return code && (!code.until || code.until >= day(new Date())) ? text : ''
  }
  return field.max ? text.slice(0, field.max) : text
}

export function beginOf(fields: RegisterField[], said: (name: string) => string): Values {
  const all = fields.map((field) => [field.name, taken(field, said(field.name))] as const)
  return Object.fromEntries(all.filter(([, value]) => value))
}

/** The need of a task becomes a record about its place: the words go where the record's own words stand. */
export function needOf(fields: RegisterField[], { task }: TaskDetail): Values {
  const need = task.more.find((box) => box.name === 'needs')?.text ?? ''
  const from: Record<string, string> = { text: need, place: task.place?.code ?? '' }
  return beginOf(fields, (name) => from[name] ?? '')
}

/** A short name for a draft of its own: 32 bits of FNV-1a over what it begins with. */
export function beginName(begin: Values): string {
  let bits = 0x811c9dc5
  for (const letter of JSON.stringify(begin)) bits = Math.imul(bits ^ letter.codePointAt(0)!, 0x01000193) >>> 0
  return bits.toString(36)
}
