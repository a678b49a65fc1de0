// SPDX-License-Identifier: Apache-2.0
// A list with more below: no click counts twice, nothing of one question stands under another, and a list in use does not shrink.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { forget } from '@/api/client'
import { refresh } from '@/api/use'
import { cut, refusal, serve, until, type Asked } from '@/testing/mounted'
import { useListing } from './listing'

interface Rows {
  items: { id: string }[]
  next: string | null
  total: number
}
let rows: string[]
let answer: (asked: Asked) => unknown
let log: Asked[]
/** Rows from a cursor on, as many as asked for. */
function page(asked: Asked): Rows {
  const from = Number(asked.query.get('cursor') ?? 0)
  const to = from + Number(asked.query.get('limit') ?? 2)
  const of = rows.filter((id) => id.startsWith(asked.query.get('q') ?? ''))
  return { items: of.slice(from, to).map((id) => ({ id })), next: to < of.length ? String(to) : null, total: of.length }
}
const q = ref('')
const scopes: { stop: () => void }[] = []
async function listing() {
  const scope = effectScope()
  scopes.push(scope)
  const list = scope.run(() => useListing<Rows>(() => ['/p/rows', { q: q.value, limit: 2 }]))!
  await until(() => expect(list.data.value).toBeDefined())
  return { ...list, ids: () => list.items.value.map((row) => row.id).join(' ') }
}
const settled = () => new Promise((done) => setTimeout(done, 20))

beforeEach(() => {
  forget()
  rows = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3']
  q.value = ''
  answer = page
  log = serve((asked) => answer(asked))
})
afterEach(() => {
  scopes.splice(0).forEach((scope) => scope.stop())
  vi.unstubAllGlobals()
})

it('adds a page a click, and a double click adds it once', async () => {
  const list = await listing()
  expect(list.ids()).toBe('a1 a2')
  await Promise.all([list.readMore(), list.readMore()])
  expect(list.ids()).toBe('a1 a2 a3 a4')
  expect(log.filter((asked) => asked.query.get('cursor')).length).toBe(1)
  await list.readMore()
  await list.readMore()
  expect([list.ids(), list.next.value]).toEqual(['a1 a2 a3 a4 a5 b1 b2 b3', null])
})

it('says why more could not be read, keeps what is there, and reads it when asked again', async () => {
  const list = await listing()
  answer = () => refusal(503, 'server.busy')
  await list.readMore()
  expect([list.ids(), list.missed.value?.code]).toEqual(['a1 a2', 'server.busy'])
  answer = cut
  await list.readMore()
  expect(list.missed.value?.code).toBe('unreachable')
  answer = page
  await list.readMore()
  expect([list.ids(), list.missed.value]).toEqual(['a1 a2 a3 a4', null])
})

it('puts no page of the former question under the new one', async () => {
  const list = await listing()
  let late = () => {}
  answer = (asked) =>
    asked.query.get('cursor') ? new Promise((done) => (late = () => done(page(asked)))) : page(asked)
  const reading = list.readMore()
  q.value = 'b'
  await until(() => expect(list.ids()).toBe('b1 b2'))
  late()
  await reading
  expect(list.ids()).toBe('b1 b2')
  answer = page
  await list.readMore()
  expect([list.ids(), list.missed.value]).toEqual(['b1 b2 b3', null])
})

it('asks for no more of a question whose first page is not there yet', async () => {
  const list = await listing()
  answer = () => new Promise(() => {})
  q.value = 'b'
  await nextTick()
  await list.readMore()
  expect(log.filter((asked) => asked.query.get('cursor'))).toEqual([])
})

it('shows no rows of one question when another was refused', async () => {
  const list = await listing()
  answer = () => refusal(422, 'app.query_malformed')
  q.value = 'x'
  await until(() => expect(list.problem.value?.code).toBe('app.query_malformed'))
  expect([list.ids(), list.data.value, list.next.value]).toEqual(['', undefined, null])
})

it('reads what was read below again when somebody has written, in place of what stood there', async () => {
  const list = await listing()
  await list.readMore()
  await list.readMore()
  expect(list.ids()).toBe('a1 a2 a3 a4 a5 b1')
  rows = ['a0', ...rows.filter((id) => id !== 'a4')]
  refresh()
  await until(() => expect(list.ids()).toBe('a0 a1 a2 a3 a5 b1'))
  await list.readMore()
  expect(list.ids()).toBe('a0 a1 a2 a3 a5 b1 b2 b3')
  answer = () => refusal(503, 'server.busy')
  refresh()
  await settled()
  expect([list.ids(), list.problem.value?.code]).toEqual(['a0 a1 a2 a3 a5 b1 b2 b3', 'server.busy'])
})
