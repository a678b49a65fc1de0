// SPDX-License-Identifier: Apache-2.0
// Ways out of a flow, and more time for a clock, as an answer's acts list them: what each is called, asks for and where it goes.
import type { RecordDetail, Register, RegisterField } from '@/api/types'
import { own, t, type Key } from '@/text'
import { inForm } from './value'

export interface Way {
  /** The way's own name, or extend-<clock>. */
  id: string
  text: string
  note: string
  fields: RegisterField[]
  wanted: string[]
  /** Where it is sent, behind the record's address. */
  to: string
}

/** The state to go to, asked like a field of the form. */
function stateField(way: 'move' | 'reopen', record: RecordDetail, register: Register): RegisterField {
  const codes = (register.states ?? [])
    .filter((state) => state.id !== record.state)
    .map((state) => ({ code: state.id, zh: state.zh, en: state.en }))
  const name = t(`way.${way}.state`)
  const needed = way === 'move'
  return { name: 'state', type: 'choice', zh: name, en: name, typed: true, needed, personal: false, codes }
}

export function waysOf(record: RecordDetail, register: Register): Way[] {
  const ways = record.acts.out.map((id): Way => {
    const fields =
      id === 'correct'
        ? register.fields.filter(inForm)
        : id === 'move' || id === 'reopen'
          ? [stateField(id, record, register)]
          : []
    return { id, text: t(`way.${id}` as Key), note: t(`way.${id}.note` as Key), fields, wanted: [], to: `out/${id}` }
  })
  const clocks = record.acts.extend.map((id): Way => {
    const clock = register.clocks?.find((one) => one.id === id)
    return {
      id: `extend-${id}`,
      text: t('way.extend', { clock: own(clock ?? { zh: id, en: id }) }),
      note: t('way.extend.note'),
      fields: register.fields.filter((field) => inForm(field) && clock?.extend_need.includes(field.name)),
      wanted: clock?.extend_need ?? [],
      to: `extend/${id}`,
    }
  })
  return [...clocks, ...ways]
}

/** What is typed into a way's form, as its request says it. */
export function wayBody(way: Way, typed: { [name: string]: unknown }, reason: string) {
  // Where the form asks for the field `reason`, it is the reason of the act, too.
  if (way.id !== 'move' && way.id !== 'reopen') return { fields: typed, reason: reason || String(typed.reason ?? '') }
  return typed.state ? { state: typed.state, reason } : { reason }
}
