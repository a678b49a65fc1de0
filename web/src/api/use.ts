// SPDX-License-Identifier: Apache-2.0
// A page's reading of one address: what was read before is shown at once, then read again; a failed reading keeps what was there,
// unless it says that this is not, or no longer, this reader's to see.
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { ApiError, get, remembered, withheld, type Query } from './client'
import type { Problem } from './types'

/** Raised by one after every commit the server tells of, or a write of our own. */
export const tick = ref(0)
export const refresh = () => {
  tick.value += 1
}

export interface Reading<T> {
  data: ShallowRef<T | undefined>
  /** The same, but nothing once another question was asked and refused: rows of one are not those of the other. */
  shown: ComputedRef<T | undefined>
  problem: ShallowRef<Problem | null>
  busy: Ref<boolean>
  again: () => void
}

export function useRead<T>(at: () => [path: string, query?: Query] | null): Reading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  let running: AbortController | null = null
  const asked = ref('')
  const answered = ref('')

  async function load() {
    running?.abort()
    const target = at()
    if (!target) {
      data.value = undefined
      problem.value = null
      return
    }
    const mine = (running = new AbortController())
    const key = JSON.stringify(target)
    if (key !== asked.value) {
      const before = remembered<T>(...target)
      if (before !== undefined) answered.value = key
      if (before !== undefined || target[0] !== (asked.value && JSON.parse(asked.value)[0])) data.value = before
      asked.value = key
    }
    busy.value = true
    try {
      data.value = await get<T>(target[0], target[1], mine.signal)
      answered.value = key
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      if (!(error instanceof ApiError)) throw error
      problem.value = error.problem
      if (withheld(error.problem)) data.value = undefined
    } finally {
      if (running === mine) busy.value = false
    }
  }
  watch([() => JSON.stringify(at()), tick], load, { immediate: true })
  onScopeDispose(() => running?.abort())
  const shown = computed(() => (problem.value && answered.value !== asked.value ? undefined : data.value))
  return { data, shown, problem, busy, again: load }
}
