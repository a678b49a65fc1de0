// SPDX-License-Identifier: Apache-2.0
// The list's own logic: columns chosen, views kept, history joined, clocks in words, chips of an address.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, effectScope } from 'vue'
import type { Register, RegisterField, RegisterRecord } from '@/api/types'
import { settings } from '@/base/settings'
import { chipsOf } from './chips'
import { clockWords, daysLeft, lampOf } from './clock'
import { chosen, columnsOf, useColumns } from './columns'
import { lengthened, renewed } from './history'
import { sameView, useSavedViews, viewTabs } from './views'

const store = new Map<string, string>()
beforeEach(() => {
  store.clear()
  settings.language = 'zh'
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  })
})

const field = (name: string, type: RegisterField['type'], more: Partial<RegisterField> = {}): RegisterField => ({
  name,
  type,
  zh: name,
  en: name,
  typed: true,
  needed: false,
  personal: false,
  ...more,
})
const register = {
  id: 'obstacle',
  zh: '堵点',
  en: 'Obstacle',
  title: ['text'],
  list: ['text', 'place', 'kind'],
  states: [{ id: 'raised', zh: '已提出', en: 'Raised', is: 'open' }],
  fields: [
    field('text', 'text', { max: 500 }),
    field('place', 'place'),
    field('kind', 'choice', { zh: '类别', codes: [{ code: 'land', zh: '用地', en: 'Land' }] }),
    field('all', 'choice', { many: true }),
    field('note', 'text'),
    field('writer', 'person', { personal: true }),
    field('done', 'rows'),
    field('total', 'money', { show: '万元' }),
  ],
} as unknown as Register

describe('columns', () => {
  it('show what a list can show, with an order where the server keeps one', () => {
    const all = columnsOf(register)
    expect(all.map((one) => [one.id, one.order])).toEqual([
      ['place', 'place'],
      ['kind', 'kind'],
      ['all', undefined],
      ['note', undefined],
      ['total', 'total'],
    ])
    expect(all[4]!.unit).toBe('万元')
  })
  it('are the reader’s own, remembered; one that is gone is passed over', () => {
    const all = computed(() => columnsOf(register))
    const scope = effectScope()
    const make = () =>
      scope.run(() =>
        useColumns(
          all,
          computed(() => register.list),
          computed(() => 'gangmu.columns.a.p.obstacle'),
        ),
      )!
    const own = make()
    expect(own.columns.value.map((one) => one.id)).toEqual(['place', 'kind'])
    own.toggle('total')
    own.toggle('place')
    expect(make().columns.value.map((one) => one.id)).toEqual(['kind', 'total'])
    expect(chosen(all.value, register.list, ['gone', 'kind']).map((one) => one.id)).toEqual(['kind'])
    own.reset()
    expect([own.changed.value, make().columns.value.length]).toEqual([false, 2])
    scope.stop()
  })
})

describe('views', () => {
  /** What the server holds, and what it was sent. */
  function server() {
    const held: { name: string; query: Record<string, string>; shared: string }[] = []
    const sent: [string, unknown][] = []
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes })
    vi.stubGlobal('fetch', (at: string, init: RequestInit) => {
      if (init.method === 'POST') {
        const body = JSON.parse(String(init.body)) as (typeof held)[number]
        sent.push([at, body])
        if (!at.endsWith('/drop')) held.push(body)
        return Promise.resolve(new Response(JSON.stringify({ seq: sent.length, id: 'obstacle.1' })))
      }
      const items = held.map((one, n) => ({
        ...one,
        id: `obstacle.${n + 1}`,
        own: true,
        may_drop: true,
        owner: '某甲',
      }))
      return Promise.resolve(new Response(JSON.stringify({ items, may_share_all: true })))
    })
    return sent
  }
  const settled = () => new Promise((done) => setTimeout(done, 0))

  it('lie with the programme, and those of this browser move along once', async () => {
    const sent = server()
    store.set('gangmu.views.a.p.obstacle', JSON.stringify([{ name: '旧的', query: { q: '桥' } }]))
    const scope = effectScope()
    const views = scope.run(() =>
      useSavedViews(
        computed(() => '/p/registers/obstacle'),
        computed(() => 'gangmu.views.a.p.obstacle'),
      ),
    )!
    await vi.waitFor(() => expect(sent.length).toBe(1))
    await vi.waitFor(() => expect(store.size).toBe(0))
    await views.add('用地', { where: 'kind=land', record: '7.obstacle.1', q: '' }, 'office')
    expect(sent[1]).toEqual([
      '/api/v1/p/registers/obstacle/views',
      { name: '用地', query: { where: 'kind=land' }, shared: 'office' },
    ])
    await vi.waitFor(() => expect(views.views.value.map((one) => one.name)).toEqual(['旧的', '用地']))
    expect(viewTabs(views.views.value).map((one) => one.note)).toEqual(['', '本单位'])
    await views.drop('obstacle.1')
    expect(sent[2]![0]).toBe('/api/v1/p/registers/obstacle/views/obstacle.1/drop')
    await settled()
    scope.stop()
    vi.unstubAllGlobals()
  })
  it('are the same whatever lies open beside the list', () => {
    expect(
      sameView({ state: 'raised', where: 'kind=land' }, { where: 'kind=land', state: 'raised', record: 'x' }),
    ).toBe(true)
    expect(sameView({ state: 'raised' }, { state: 'answered' })).toBe(false)
  })
})

describe('clocks in words', () => {
  const now = new Date('2026-11-30T02:00:00Z')
  it.each([
    ['2026-12-04T00:00:00+08:00', false, '剩 3 天', 'week'], // 3 December is the last day
    ['2026-12-01T00:00:00+08:00', false, '今天到期', 'week'],
    ['2026-11-29T00:00:00+08:00', true, '已逾期 2 天', 'overdue'],
    ['2026-11-30T09:30:00+08:00', true, '刚过时限', 'overdue'],
    ['2027-03-01T00:00:00+08:00', false, '剩 90 天', 'none'],
  ] as const)('%s', (due, late, words, lamp) => {
    expect(clockWords(due, late, now)).toBe(words)
    expect(lampOf(due, late, now)).toBe(lamp)
  })
  it('count from the day in China', () => {
    expect(daysLeft('2026-12-04T00:00:00+08:00', new Date('2026-11-30T17:00:00Z'))).toBe(2)
    expect(lampOf(null, false, now)).toBe('none')
  })
})

describe('history', () => {
  const event = (seq: number) => ({ seq, step: 'edit', zh: '', en: '', at: '', actor: '', reason: '', changed: [] })
  const page = (from: number, to: number, earlier: string | null) => ({
    history: Array.from({ length: from - to + 1 }, (_, n) => event(from - n)),
    earlier,
  })
  const seqs = (of: { events: { seq: number }[] }) => of.events.map((one) => one.seq).join(' ')
  it('stays whole while it grows at both ends', () => {
    let known = renewed({ events: [], next: null }, page(9, 7, '7'))
    known = lengthened(known, page(6, 4, '4'))
    expect([seqs(known), known.next]).toEqual(['9 8 7 6 5 4', '4'])
    known = renewed(known, page(10, 8, '8'))
    expect([seqs(known), known.next]).toEqual(['10 9 8 7 6 5 4', '4'])
    known = renewed(known, page(30, 28, '28'))
    expect([seqs(known), known.next]).toEqual(['30 29 28', '28'])
  })
})

describe('chips', () => {
  const query = { state: 'raised', place: '990101000000', where: 'kind=land;note=;odd=1', due_before: 'late', q: '路' }
  const rows = [{ fields: {} }] as RegisterRecord[]
  it('tell each condition in words, and mark what nobody knows', () => {
    const chips = chipsOf(register, query, ['stat'], rows, '甲县')
    expect(chips.map((one) => [one.id, `${one.label} ${one.text}`, !!one.unknown])).toEqual([
      ['state', '状态 已提出', false],
      ['place', '地区 甲县', false],
      ['where.kind', '类别 用地', false],
      ['where.note', 'note 未填', false],
      ['where.odd', 'odd 1', true],
      ['due_before', '时限不晚于 已过时限', false],
      ['q', '查找 路', false],
      ['stat', '不认识的条件 stat=undefined', true],
    ])
  })
})
