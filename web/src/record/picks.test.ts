// SPDX-License-Identifier: Apache-2.0
// Choosing all of a list: of the question asked now, up to what one step takes, and a failure is told.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { cut, serve, until, type Asked } from '@/testing/mounted'
import { settings } from '@/base/settings'
import BulkBar from './BulkBar.vue'
import { usePicks } from './picks'

const state = ref('raised')
let hold: (() => void)[] = []
let answer: (asked: Asked) => unknown
const page = (asked: Asked) => ({
  items: [{ id: `${asked.query.get('state')}1` }, { id: `${asked.query.get('state')}2` }],
  next: null,
  total: 2,
})
const scope = effectScope()
let picks: ReturnType<typeof usePicks>
const chosen = () => [...picks.ids.value].join(' ')

beforeEach(() => {
  state.value = 'raised'
  hold = []
  answer = page
  serve((asked) => answer(asked))
  picks = scope.run(() => usePicks(() => ['/p/registers/x/records', { state: state.value }]))!
})
afterEach(() => vi.unstubAllGlobals())

it('chooses all of the question', async () => {
  await picks.chooseAll()
  expect([chosen(), picks.gathering.value]).toEqual(['raised1 raised2', false])
})

it('adds no rows of the former question, and lets the new one be chosen meanwhile', async () => {
  answer = (asked) => new Promise((done) => hold.push(() => done(page(asked))))
  const first = picks.chooseAll()
  await until(() => expect(hold.length).toBe(1))
  state.value = 'done'
  expect(picks.gathering.value).toBe(false)
  const second = picks.chooseAll()
  await until(() => expect(hold.length).toBe(2))
  hold[0]!()
  await first
  expect([chosen(), picks.gathering.value]).toEqual(['', true])
  hold[1]!()
  await second
  expect(chosen()).toBe('done1 done2')
})

it('tells why nothing more was chosen, and keeps what was', async () => {
  picks.choose([{ id: 'raised9' } as never], true)
  answer = cut
  await picks.chooseAll()
  expect([chosen(), picks.gathering.value, picks.refused.value?.code]).toEqual(['raised9', false, 'unreachable'])
  state.value = 'done'
  expect([chosen(), picks.refused.value]).toEqual(['', null])
})

it('says how many can be chosen before and when it is reached', async () => {
  settings.language = 'zh'
  const bar = async (n: number, all: number) =>
    (await renderToString(createSSRApp(BulkBar, { n, all, most: 2000 }))).replace(/<[^>]*>/g, ' ')
  expect(await bar(3, 1200)).toContain('选全部 1200 条')
  expect(await bar(3, 5000)).toContain('选前 2000 条（共 5000 条）')
  expect(await bar(2000, 5000)).toMatch(/已选 2000 条[\s\S]*一次最多选 2000 条/)
  expect(await bar(2000, 5000)).not.toContain('选前')
})
