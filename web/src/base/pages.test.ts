// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { usePages } from './pages'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** 120 items, 50 a page. */
const answer = (url: string) => {
  const from = Number(new URL(url, 'http://x').searchParams.get('cursor') ?? 0)
  const items = Array.from({ length: Math.min(50, 120 - from) }, (_, i) => from + i)
  return Promise.resolve(new Response(JSON.stringify({ items, next: from + 50 < 120 ? String(from + 50) : null })))
}

it('turns forwards and back, and begins anew with another list', async () => {
  vi.stubGlobal('fetch', vi.fn(answer))
  const path = ref('/p2/imports/a/rows')
  const scope = effectScope()
  const pages = scope.run(() => usePages<{ items: number[]; next: string | null }>(() => path.value))!
  const shows = (first: number) => vi.waitFor(() => expect(pages.data.value?.items[0]).toBe(first))
  await shows(0)
  expect([pages.first.value, pages.earlier.value, pages.later.value]).toEqual([1, false, true])
  pages.forward()
  await shows(50)
  pages.forward()
  await shows(100)
  expect([pages.first.value, pages.earlier.value, pages.later.value]).toEqual([101, true, false])
  pages.forward()
  await nextTick()
  expect(pages.first.value).toBe(101)
  pages.back()
  await shows(50)
  path.value = '/p2/imports/b/rows'
  await shows(0)
  expect(pages.earlier.value).toBe(false)
  scope.stop()
})
