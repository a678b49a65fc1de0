// SPDX-License-Identifier: Apache-2.0
// Rows chosen of a list, for a step many take: those of the question asked now, and no others.
import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError, type Query } from '@/api/client'
import type { Problem, RegisterRecord } from '@/api/types'
import { readAll } from './bulk'

export function usePicks(at: () => [path: string, filters: Query]) {
  const picks = ref(new Map<string, RegisterRecord>())
  const gathering = ref(false)
  const refused = shallowRef<Problem | null>(null)
  const question = () => JSON.stringify(at())
  /** Counts the questions: what is read for an earlier one is not chosen. */
  let turn = 0
  function none() {
    turn += 1
    picks.value.clear()
    gathering.value = false
    refused.value = null
  }
  watch(question, none, { flush: 'sync' })
  function choose(rows: RegisterRecord[], on: boolean) {
    for (const row of rows) {
      if (on) picks.value.set(row.id, row)
      else picks.value.delete(row.id)
    }
  }
  /** All that the question gives, up to what one step may take at once. */
  async function chooseAll() {
    const mine = turn
    gathering.value = true
    refused.value = null
    try {
      const rows = await readAll(...at())
      if (mine === turn) choose(rows, true)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (mine === turn) refused.value = error.problem
    } finally {
      if (mine === turn) gathering.value = false
    }
  }
  return { picks, ids: computed(() => new Set(picks.value.keys())), choose, chooseAll, none, gathering, refused }
}
