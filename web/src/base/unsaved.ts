// SPDX-License-Identifier: Apache-2.0
// What was typed and not sent: who leaves is asked first. A form says that it holds something; the router asks before it goes.
import { computed, onScopeDispose, ref, shallowReactive, watchEffect } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'

/** Forms with something unsent; true: something that no draft keeps. */
const forms = shallowReactive(new Map<symbol, boolean>())
const asked = ref<((leave: boolean) => void) | null>(null)

export function useUnsaved(holds: () => boolean, lost: () => boolean) {
  const own = Symbol('form')
  watchEffect(() => {
    if (holds()) forms.set(own, lost())
    else forms.delete(own)
  })
  onScopeDispose(() => forms.delete(own))
}

/** A change of the address that takes forms off the page: another page, or another record beside the list. */
export const takesAway = (to: RouteLocationNormalized, from: RouteLocationNormalized) =>
  to.path !== from.path || to.query.record !== from.query.record || to.query.task !== from.query.task

export function mayLeave(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean | Promise<boolean> {
  return !forms.size || !takesAway(to, from) || ask()
}

/** The same of a drawer whose closing changes no address. */
export const mayClose = (): boolean | Promise<boolean> => !forms.size || ask()

function ask(): Promise<boolean> {
  asked.value?.(false)
  return new Promise((answer) => {
    asked.value = (leave) => {
      asked.value = null
      if (leave) forms.clear()
      answer(leave)
    }
  })
}

export const leaving = {
  asks: computed(() => asked.value !== null),
  lost: computed(() => [...forms.values()].some(Boolean)),
  answer: (leave: boolean) => asked.value?.(leave),
}

if (typeof window !== 'undefined')
  addEventListener('beforeunload', (event) => {
    if (!forms.size) return
    event.preventDefault()
    event.returnValue = true // Chromium before 119 asks for this alone
  })
