// SPDX-License-Identifier: Apache-2.0
// A page's reading of one address: what was read before is shown at once, then read again; a failed reading keeps what was there.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiError, get, remembered, type Query } from './client'
import type { Problem } from './types'

/** Raised by one after every commit the server tells of, or a write of our own. */
export const tick = ref(0)
export const refresh = () => {
  tick.value += 1
}

export interface Reading<T> {
  data: ShallowRef<T | undefined>
  problem: ShallowRef<Problem | null>
  busy: Ref<boolean>
  again: () => void
}

export function useRead<T>(at: () => [path: string, query?: Query] | null): Reading<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  let running: AbortController | null = null
  let shown = ''

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
    if (key !== shown) {
      const before = remembered<T>(...target)
      if (before !== undefined || target[0] !== (shown && JSON.parse(shown)[0])) data.value = before
      shown = key
    }
    busy.value = true
    try {
      data.value = await get<T>(target[0], target[1], mine.signal)
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      if (!(error instanceof ApiError)) throw error
      problem.value = error.problem
    } finally {
      if (running === mine) busy.value = false
    }
  }
  watch([() => JSON.stringify(at()), tick], load, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, problem, busy, again: load }
}
