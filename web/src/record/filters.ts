// SPDX-License-Identifier: Apache-2.0
// The conditions of a list as they stand in the address. A condition the page does not know goes to the server as it is, which
// refuses it: a list is never wider than its address says.

/** field=value|value;field=value as the server reads it. */
export interface Condition {
  field: string
  values: string[]
}

export const parsed = (where: string): Condition[] =>
  where
    .split(';')
    .filter(Boolean)
    .map((one) => {
      const [field = '', ...rest] = one.split('=')
      const value = rest.join('=')
      return { field, values: value ? value.split('|') : [] }
    })

export const printed = (all: Condition[]): string =>
  all.map(({ field, values }) => `${field}=${values.join('|')}`).join(';')

/** One field's condition put in the place of the one before; null takes it out. */
export function put(all: Condition[], field: string, values: string[] | null): Condition[] {
  const rest = all.filter((one) => one.field !== field)
  return values ? [...rest, { field, values }] : rest
}

/** The day in China `days` from now. */
export function day(now: Date, days = 0): string {
  return new Date(now.getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
}

/** "late" and "week" are told by today, so that a kept view stays true; anything else is a day. */
export const dueBefore = (text: string, now: Date): string =>
  text === 'late' ? day(now, -1) : text === 'week' ? day(now, 7) : text

/** What stands in the address beside the conditions of a list. */
const beside = ['record', 'task', 'act', 'view', 'explain', 'known', 'import_done', 'draft']

const of_records = ['state', 'due_before', 'q', 'order', 'place', 'where']

/** Everything the address asks of the list, known here or not. */
export function asked(
  query: Record<string, string>,
  now: Date,
  known: readonly string[] = of_records,
): { filters: Record<string, string>; unknown: string[] } {
  const names = Object.keys(query).filter((name) => !beside.includes(name) && query[name])
  const filters = Object.fromEntries(names.map((name) => [name, query[name]!]))
  if (filters.due_before) filters.due_before = dueBefore(filters.due_before, now)
  return { filters, unknown: names.filter((name) => !known.includes(name)) }
}
