// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { asked, day, dueBefore, parsed, printed, put } from './filters'

describe('conditions of a list', () => {
  const where = 'kind=land|money;answerer=;note=a=b'
  it('are read and written as the server reads them', () => {
    expect(parsed(where)).toEqual([
      { field: 'kind', values: ['land', 'money'] },
      { field: 'answerer', values: [] },
      { field: 'note', values: ['a=b'] },
    ])
    expect(printed(parsed(where))).toBe(where)
    expect(parsed('')).toEqual([])
  })
  it('stand once a field', () => {
    const all = parsed(where)
    expect(printed(put(all, 'kind', ['people']))).toBe('answerer=;note=a=b;kind=people')
    expect(printed(put(all, 'kind', null))).toBe('answerer=;note=a=b')
    expect(printed(put([], 'kind', []))).toBe('kind=')
  })
  it('tell late and week by the day in China', () => {
    const evening = new Date('2026-11-30T17:30:00Z') // the first of December there
    expect(day(evening)).toBe('2026-12-01')
    expect(dueBefore('late', evening)).toBe('2026-11-30')
    expect(dueBefore('week', evening)).toBe('2026-12-08')
    expect(dueBefore('2026-02-28', evening)).toBe('2026-02-28')
  })
  it('go to the server even when the page does not know them, and are named', () => {
    const read = asked({ stat: 'open', q: 'x', view: 'board', record: '7.a.1', place: '' }, new Date())
    expect(read).toEqual({ filters: { stat: 'open', q: 'x' }, unknown: ['stat'] })
  })
})
