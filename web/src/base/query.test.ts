// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { makeRouter } from '@/router'
import { changed, figureKey, figureOf, one } from './query'

describe('state in the address', () => {
  it('takes empty values out and keeps the others', () => {
    expect(changed({ view: 'week', lead: '甲局', q: '路' }, { view: null, q: '', period: '2023' })).toEqual({
      lead: '甲局',
      period: '2023',
    })
    expect(one({ a: ['1', '2'], b: null }, 'a')).toBe('1')
    expect(one({ b: null }, 'b')).toBe('')
  })
  it('names a figure by place, indicator and period, there and back', () => {
    const figure = { place: '990101000000', indicator: 'C-ECO-01', period: '202301-02' }
    expect(figureOf(figureKey(figure))).toEqual(figure)
    expect(['', 'a~b', 'a~b~c~d', 'a~~c'].map(figureOf)).toEqual([null, null, null, null])
  })
  it('leads every address to its page', () => {
    const router = makeRouter(createMemoryHistory())
    const name = (path: string) => router.resolve(path).name
    expect(
      [
        '/',
        '/x',
        '/x/tasks',
        '/x/tasks/imports/7',
        '/x/places',
        '/x/places/990101000000',
        '/x/assessments',
        '/x/assessments/3',
        '/x/assessments/3/990101000000',
        '/x/none/at/all',
      ].map(name),
    ).toEqual(['start', 'home', 'tasks', 'import', 'places', 'place', 'assessments', 'assessment', 'score', 'nowhere'])
    expect(
      router.resolve({ name: 'home', params: { programme: 'x' }, query: { indicator: 'grp', period: '2023' } }).href,
    ).toBe('/x?indicator=grp&period=2023')
  })
})
