// SPDX-License-Identifier: Apache-2.0
// A record's history as it is shown, the latest first: its latest page, and the earlier ones that were asked for.
import type { RecordDetail, RecordEvent } from '@/api/types'

export interface History {
  events: RecordEvent[]
  /** Cursor of what stands before; null: nothing does. */
  next: string | null
}
type Page = Pick<RecordDetail, 'history' | 'earlier'>

/** The latest page again: what was shown before it stays where the two touch, so that nothing is missing in between. */
export function renewed(known: History, latest: Page): History {
  const last = latest.history[latest.history.length - 1]?.seq ?? 0
  const before = known.events.filter((event) => event.seq < last)
  const touches = known.events.some((event) => event.seq >= last)
  return touches && before.length
    ? { events: [...latest.history, ...before], next: known.next }
    : { events: latest.history, next: latest.earlier }
}

export const lengthened = (known: History, page: Page): History => ({
  events: [...known.events, ...page.history],
  next: page.earlier,
})
