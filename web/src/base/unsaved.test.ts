// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
// Leaving the page by the browser itself: asked in every kernel, and only while something is unsent.
import { expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import { useUnsaved } from './unsaved'

it('asks in the way old kernels know as well, and no longer once nothing is unsent', async () => {
  const holds = ref(true)
  const scope = effectScope()
  scope.run(() =>
    useUnsaved(
      () => holds.value,
      () => false,
    ),
  )
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true })
    const told: { returnValue?: unknown } = {}
    Object.defineProperty(event, 'returnValue', { set: (value) => (told.returnValue = value) })
    dispatchEvent(event)
    return [event.defaultPrevented, told.returnValue]
  }
  expect(leave()).toEqual([true, true])
  scope.stop()
  expect(leave()).toEqual([false, undefined])
})
