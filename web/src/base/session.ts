// SPDX-License-Identifier: Apache-2.0
// Who sits here, for every part of a programme's pages; and the one way an account form sends what was typed.
import { computed, inject, provide, ref, shallowRef, type ComputedRef, type InjectionKey } from 'vue'
import { actFor, ApiError, forget, post } from '@/api/client'
import { refresh } from '@/api/use'
import type { Problem, SessionState } from '@/api/types'

const key: InjectionKey<{ session: ComputedRef<SessionState | undefined>; again: () => void }> = Symbol('session')

export function provideSession(session: ComputedRef<SessionState | undefined>, again: () => void) {
  provide(key, { session, again })
}

export function useSession() {
  const { session, again } = inject(key, {
    session: computed<SessionState | undefined>(() => undefined),
    again: () => {},
  })
  /** From now on for another account, or (null) for oneself: what was read as who one was is read anew. */
  function standInFor(programme: string, account: string | null) {
    actFor(programme, account)
    forget()
    again()
    refresh()
  }
  return {
    session,
    again,
    standInFor,
    may: (permission: string) => session.value?.permissions.includes(permission) ?? false,
  }
}

/** A write with its state: busy while it runs, the refusal to show, what it gave. */
export function useSending() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  async function send<T extends { seq?: number }>(path: string, body: unknown): Promise<T | undefined> {
    busy.value = true
    problem.value = null
    try {
      return await post<T>(path, body)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      problem.value = error.problem
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, send }
}
