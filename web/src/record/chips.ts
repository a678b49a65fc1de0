// SPDX-License-Identifier: Apache-2.0
// The conditions of a register's list in words.
import type { Register, RegisterRecord } from '@/api/types'
import { dateText } from '@/base/format'
import { settings } from '@/base/settings'
import { own, t } from '@/text'
import type { Chip } from './FilterChips.vue'
import { parsed } from './filters'
import { fieldName, valueText } from './value'

/** A value as the list's own rows name it: for places, units and records the address holds only a code. */
function named(register: Register, rows: RegisterRecord[], name: string, value: string): string {
  const field = register.fields.find((one) => one.name === name)
  if (!field) return value
  if (['place', 'who', 'ref'].includes(field.type))
    for (const row of rows) {
      const held = row.fields[name] as { id?: string; code?: string } | undefined
      if (held && (held.id === value || held.code === value)) return valueText(field, held)
    }
  return field.type === 'flag' ? valueText(field, value === 'true') : valueText(field, value)
}

function dueWords(text: string): string {
  if (text === 'late') return t('list.due.late')
  if (text === 'week') return t('list.due.week')
  return dateText(text, settings.language)
}

/** Chips of the address; `unknown` names what no list knows. Each chip's id tells `without` what to take away. */
export function chipsOf(
  register: Register,
  query: Record<string, string>,
  unknown: string[],
  rows: RegisterRecord[],
  place: string,
): Chip[] {
  const out: Chip[] = []
  const states = (query.state ?? '').split('|').filter(Boolean)
  if (states.length) {
    const text = states.map((id) => own(register.states?.find((one) => one.id === id) ?? { zh: id, en: id }))
    out.push({ id: 'state', label: t('task.state'), text: text.join('、') })
  }
  if (query.place) out.push({ id: 'place', label: t('list.place'), text: place || query.place })
  for (const { field, values } of parsed(query.where ?? '')) {
    const known = register.fields.find((one) => one.name === field)
    out.push({
      id: `where.${field}`,
      label: known ? fieldName(known) : field,
      text: values.length
        ? values.map((value) => named(register, rows, field, value)).join('、')
        : t('list.missing.text'),
      unknown: !known,
    })
  }
  if (query.due_before) out.push({ id: 'due_before', label: t('tasks.due_before'), text: dueWords(query.due_before) })
  if (query.q) out.push({ id: 'q', label: t('tasks.words'), text: query.q })
  for (const name of unknown)
    out.push({ id: name, label: t('list.unknown'), text: `${name}=${query[name]}`, unknown: true })
  return out
}
