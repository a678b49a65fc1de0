// SPDX-License-Identifier: Apache-2.0
// A task's history as it is shown: the latest page, and the earlier ones that were asked for.
import type { TaskDetail } from '@/api/types'

export interface History {
  events: TaskDetail['events']
  /** Cursor of what stands before; null: nothing does. */
  next: string | null
}

/** The latest page again: what was shown before it stays, so that nothing is missing in between. */
export function renewed(known: History, latest: TaskDetail): History {
  const first = latest.events[0]?.seq ?? 0
  const before = known.events.filter((event) => event.seq < first)
  const touches = known.events.some((event) => event.seq >= first)
  return touches && before.length
    ? { events: [...before, ...latest.events], next: known.next }
    : { events: latest.events, next: latest.next ?? null }
}

export function lengthened(known: History, page: TaskDetail): History {
  return { events: [...page.events, ...known.events], next: page.next ?? null }
}
