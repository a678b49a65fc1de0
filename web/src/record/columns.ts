// SPDX-License-Identifier: Apache-2.0
// The columns of a register's list: those its kind lists, and those its reader chose instead, remembered in this browser.
import { computed, ref, watch, type ComputedRef } from 'vue'
import type { Register, RegisterField } from '@/api/types'
import { keep, kept } from '@/base/kept'
import { fieldName, figures, unitOf } from './value'

export interface Column {
  id: string
  head: string
  unit?: string
  /** What to ask the server to sort by; without it the column has no order. */
  order?: string
  figure?: boolean
  field?: RegisterField
}

/** The server keeps an order for these and for what titles and keys are made of; it refuses the others. */
const ordered = ['number', 'money', 'date', 'time', 'period', 'flag', 'place', 'who', 'ref', 'choice']
export const sortable = (field: RegisterField, titles: string[]) =>
  !field.personal &&
  ((ordered.includes(field.type) && !field.many) || field.type === 'code' || titles.includes(field.name))
const inLists = (field: RegisterField) => !field.personal && !['rows', 'file', 'shape'].includes(field.type)

/** Every column a list of the register can show; those of its title stand in front anyway. */
export function columnsOf(register: Register): Column[] {
  const fields = register.fields.filter((field) => inLists(field) && !register.title.includes(field.name))
  return fields.map((field) => ({
    id: field.name,
    head: fieldName(field),
    unit: figures(field) ? unitOf(field) : undefined,
    order: sortable(field, register.title) ? field.name : undefined,
    figure: figures(field),
    field,
  }))
}

/** Columns in the reader's choice; a column that is gone meanwhile is passed over. */
export function chosen(all: Column[], usual: string[], own: string[] | null): Column[] {
  const names = own ?? usual
  return names.map((name) => all.find((one) => one.id === name)).filter((one): one is Column => !!one)
}

export function useColumns(all: ComputedRef<Column[]>, usual: ComputedRef<string[]>, key: ComputedRef<string>) {
  const own = ref<string[] | null>(kept<string[] | null>(key.value, null))
  watch(key, (now) => {
    own.value = kept<string[] | null>(now, null)
  })
  const columns = computed(() => chosen(all.value, usual.value, own.value))
  function set(names: string[] | null) {
    own.value = names
    keep(key.value, names)
  }
  const toggle = (name: string) => {
    const shown = columns.value.map((one) => one.id)
    set(shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name])
  }
  return { columns, toggle, reset: () => set(null), changed: computed(() => own.value !== null) }
}
