// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRead } from './use'

afterEach(() => {
  vi.unstubAllGlobals()
})

const json = (body: unknown, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }))

it('a refused reading keeps what was there and says so; asked for nothing it has neither', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn((url: string) => (url.includes('2099') ? json({ code: 'app.query_malformed' }, 422) : json({ day: 1 }))),
  )
  const day = ref<string | null>('2026-03-01')
  const scope = effectScope()
  const { data, problem } = scope.run(() =>
    useRead<{ day: number }>(() => (day.value ? ['/p1/places/1', { as_known: day.value }] : null)),
  )!
  await vi.waitFor(() => expect(data.value).toEqual({ day: 1 }))
  day.value = '2099-01-01'
  await vi.waitFor(() => expect(problem.value?.code).toBe('app.query_malformed'))
  expect(data.value).toEqual({ day: 1 })
  day.value = null
  await nextTick()
  expect([data.value, problem.value]).toEqual([undefined, null])
  scope.stop()
})
