// SPDX-License-Identifier: Apache-2.0
// A value of a record as people read it. Which types there are, the register tells; here is how each is shown.
import type { RegisterRecord as Row, RegisterField } from '@/api/types'
import { dateText, momentText, periodText } from '@/base/format'
import { settings } from '@/base/settings'
import { own, t } from '@/text'

export interface Named {
  name_zh?: string
  name_en?: string
  name?: string
  title?: string
  hidden?: string
}
const scales: { [unit: string]: number } = { 万元: 4, 亿元: 8 }

/** Moves the point of a decimal text to the left, without a detour over binary numbers. */
export function shifted(text: string, places: number): string {
  const sign = /^[<>]?-?/.exec(text)![0]
  const [whole = '0', part = ''] = text.slice(sign.length).split('.')
  const digits = whole.padStart(places + 1, '0')
  const shown = `${digits.slice(0, digits.length - places)}.${digits.slice(digits.length - places)}${part}`
  return sign + shown.replace(/\.?0+$/, '')
}

interface Shape {
  point?: (string | number)[]
  line?: unknown[]
  area?: unknown[][]
}
function shapeWords(shape: Shape): string {
  if (shape.point) return t('record.shape.point', { at: shape.point.join('，') })
  if (shape.line) return t('record.shape.line', { n: shape.line.length })
  return t('record.shape.area', { n: shape.area?.[0]?.length ?? 0 })
}

export const fieldName = (field: RegisterField) => own(field)

export function unitOf(field: RegisterField): string {
  if (field.type === 'money') return field.show && scales[field.show] ? field.show : '元'
  return field.unit ?? ''
}

export function valueText(field: RegisterField, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) {
    if (field.type === 'rows') return t('record.rows', { n: value.length })
    return value.map((one) => valueText(field, one)).join('、')
  }
  if (typeof value === 'object') {
    const named = value as Named & { gap?: string }
    if (named.gap) return t(named.gap === 'NA' ? 'record.na' : 'record.withheld')
    if (field.type === 'shape') return shapeWords(value as Shape)
    const own = settings.language === 'zh' ? named.name_zh : (named.name_en ?? named.name_zh)
    return own ?? named.name ?? named.title ?? named.hidden ?? ''
  }
  const text = String(value)
  switch (field.type) {
    case 'choice': {
      const code = field.codes?.find((one) => one.code === text)
      return code ? own(code) : text
    }
    case 'flag':
      return t(value ? 'record.yes' : 'record.no')
    case 'date':
      return dateText(text, settings.language)
    case 'time':
      return momentText(text, settings.language)
    case 'period':
      return periodText(text, settings.language)
    case 'money':
      return field.show && scales[field.show] ? shifted(text, scales[field.show]!) : text
    default:
      return text
  }
}

/** With its unit, for reading apart from a table's head. */
export function fullText(field: RegisterField, value: unknown): string {
  const text = valueText(field, value)
  const unit = field.type === 'number' || field.type === 'money' ? unitOf(field) : ''
  return text && unit ? `${text} ${unit}` : text
}

/** The last day allowed: a moment at midnight ends the day before it. Otherwise the hour is told as well. */
export function dueDay(moment: string): string {
  const [day = '', time = ''] = moment.split('T')
  if (!time.startsWith('00:00')) return `${day} ${time.slice(0, 5)}`
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

/** What people type; the rest is worked out. */
export const inForm = (field: RegisterField) => field.typed
export const figures = (field: RegisterField) => field.type === 'number' || field.type === 'money'
export const valueOf = (row: Row, field: RegisterField) => row.fields[field.name]

/** What a form sends for what is shown: the code of a place, the id of a unit or record; money back in yuan. */
export function typedOf(field: RegisterField, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') {
    const named = value as { code?: string; id?: string; hidden?: string }
    return named.hidden ? '' : (named.code ?? named.id ?? '')
  }
  if (field.type === 'money') return valueText(field, value)
  return String(value)
}

/** Moves the point of a typed decimal to the right: what stands in 万元 is sent in yuan. */
export function inYuan(field: RegisterField, typed: string): string {
  const places = field.type === 'money' && field.show ? (scales[field.show] ?? 0) : 0
  if (!places || !/^[<>]?-?\d+(\.\d+)?$/.test(typed)) return typed
  const sign = /^[<>]?-?/.exec(typed)![0]
  const [whole = '0', part = ''] = typed.slice(sign.length).split('.')
  const digits = part.padEnd(places, '0')
  const shown = `${whole}${digits.slice(0, places)}`.replace(/^0+(?=\d)/, '')
  return sign + shown + (digits.length > places ? `.${digits.slice(places)}` : '')
}
