// SPDX-License-Identifier: Apache-2.0
// One step for many records: who can take it is asked of the server record by record, then each gets a request of its own.
import { ApiError, get, post, type Query } from '@/api/client'
import type { Problem, RecordChanged, RecordDetail, RecordList, RegisterRecord } from '@/api/types'

export const bulk_most = 2_000

/** Every row an address asks for, page by page, and no other: an answer refused chooses nothing. */
export async function readAll(path: string, filters: Query): Promise<RegisterRecord[]> {
  const out: RegisterRecord[] = []
  let cursor: string | null = null
  do {
    const page: RecordList = await get<RecordList>(path, { ...filters, limit: 500, cursor })
    out.push(...page.items)
    cursor = page.next
  } while (cursor && out.length < bulk_most)
  return out.slice(0, bulk_most)
}

/** Runs through all, some at a time, in order of their beginning; stops before the next one when told. */
export async function each<T>(all: T[], width: number, one: (item: T) => Promise<void>, stopped: () => boolean) {
  let at = 0
  const lane = async () => {
    while (at < all.length && !stopped()) await one(all[at++]!)
  }
  await Promise.all(Array.from({ length: width }, lane))
}

export interface Checked {
  id: string
  no: string
  title: string
  state?: string
  seq: number
  steps: string[]
  /** Why it could not even be read. */
  problem?: Problem
}

export async function check(programme: string, row: RegisterRecord): Promise<Checked> {
  const { id, no, title } = row
  try {
    const now = await get<RecordDetail>(`/${programme}/records/${id}`, { limit: 1 })
    return { id, no: now.no, title: now.title, state: now.state, seq: now.seq, steps: now.acts.steps }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { id, no, title, state: row.state, seq: row.seq, steps: [], problem: error.problem }
  }
}

/** Steps that at least one of them can take, with how many can. */
export function offered(all: Checked[]): { step: string; can: number }[] {
  const counts = new Map<string, number>()
  for (const one of all) for (const step of one.steps) counts.set(step, (counts.get(step) ?? 0) + 1)
  return [...counts].map(([step, can]) => ({ step, can }))
}

export interface Outcome {
  id: string
  no: string
  title: string
  /** null: done. */
  problem: Problem | null
}

export async function take(
  programme: string,
  one: Checked,
  step: string,
  fields: { [name: string]: unknown },
  reason: string,
): Promise<Outcome> {
  const { id, no, title } = one
  try {
    await post<RecordChanged>(`/${programme}/records/${id}/steps/${step}`, { fields, reason }, { seq: one.seq })
    return { id, no, title, problem: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { id, no, title, problem: error.problem }
  }
}
