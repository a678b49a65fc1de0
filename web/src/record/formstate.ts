// SPDX-License-Identifier: Apache-2.0
// What a form waits for before it is sent: files that are still under way, and words typed from which nothing was chosen yet.
import { computed, inject, onScopeDispose, provide, ref, shallowReactive, watchEffect, type InjectionKey } from 'vue'

interface FormState {
  uploads: { value: number }
  /** Inputs with words that stand for nothing: how to lead the reader there. */
  loose: Map<symbol, () => void>
}
const key: InjectionKey<FormState> = Symbol('form')

export function provideForm() {
  const uploads = ref(0)
  const loose = shallowReactive(new Map<symbol, () => void>())
  provide(key, { uploads, loose })
  return {
    uploading: computed(() => uploads.value > 0),
    /** Leads to the first input with words that stand for nothing; false: there is none. */
    leadToLoose() {
      const [first] = loose.values()
      first?.()
      return !!first
    },
  }
}

/** Runs a sending of a file; the form around it waits. */
export function useUpload() {
  const form = inject(key, null)
  return async (send: () => Promise<void>) => {
    if (form) form.uploads.value += 1
    try {
      await send()
    } finally {
      if (form) form.uploads.value -= 1
    }
  }
}

export function useLoose(is: () => boolean, lead: () => void) {
  const form = inject(key, null)
  if (!form) return
  const own = Symbol('input')
  watchEffect(() => {
    if (is()) form.loose.set(own, lead)
    else form.loose.delete(own)
  })
  onScopeDispose(() => form.loose.delete(own))
}
