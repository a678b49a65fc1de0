// SPDX-License-Identifier: Apache-2.0
// A list read from its first page on: more is added below by the server's cursor, and it begins anew with another question.
// When the first page is read again, what was read below it is, too: a list in use does not shrink because somebody wrote.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ApiError, get, type Query } from '@/api/client'
import { useRead } from '@/api/use'
import type { Problem } from '@/api/types'

interface Page {
  items: { id: string }[]
  next: string | null
  total: number
}
/** Rows at most that one answer of the server holds. */
const most = 500

export function useListing<P extends Page>(at: () => [path: string, query: Query] | null) {
  const { data, shown, ...reading } = useRead<P>(at)
  const more = shallowRef<P['items']>([])
  const cursor = ref<string | null>(null)
  const reads = ref(false)
  const missed = shallowRef<Problem | null>(null)
  const question = () => JSON.stringify(at())
  /** The question that the first page answers. */
  let answered = ''
  /** What is read for a first page that is no longer the one shown comes too late. */
  let turn = 0
  /** What to read when a try has failed. */
  let again: (() => Promise<void>) | null = null

  /** `wanted` rows below `rows`, from a cursor on; a page too many is not asked for. */
  async function below(from: string | null, wanted: number, size: number | null, rows: P['items']) {
    const mine = turn
    const asked = at()
    if (!asked) return
    reads.value = true
    missed.value = null
    again = () => below(from, wanted, size, rows)
    let all = rows
    let next = from
    try {
      while (next && all.length - rows.length < wanted) {
        const page: P = await get<P>(asked[0], { ...asked[1], ...(size ? { limit: size } : {}), cursor: next })
        if (mine !== turn || question() !== answered) return
        all = [...all, ...page.items]
        next = page.next
      }
      more.value = all
      cursor.value = next
      again = null
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (mine === turn) missed.value = error.problem
    } finally {
      if (mine === turn) reads.value = false
    }
  }
  watch(data, (page) => {
    turn += 1
    const known = question() === answered && page ? more.value.length : 0
    answered = question()
    reads.value = false
    missed.value = null
    again = null
    cursor.value = page?.next ?? null
    if (known) void below(cursor.value, known, Math.min(most, known), [])
    else more.value = []
  })
  onScopeDispose(() => (turn += 1))
  async function readMore() {
    if (!cursor.value || reads.value || question() !== answered) return
    await (again ? again() : below(cursor.value, 1, null, more.value))
  }
  /** While pages below are read again, a row may stand on the first page already. */
  const items = computed(() => {
    const first: P['items'] = shown.value?.items ?? []
    const there = new Set(first.map((row: { id: string }) => row.id))
    return shown.value ? [...first, ...more.value.filter((row: { id: string }) => !there.has(row.id))] : []
  })
  const next = computed(() => (shown.value ? cursor.value : null))
  return { ...reading, data: shown, items, next, readMore, reads, missed }
}
