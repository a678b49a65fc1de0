// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { RegisterField } from '@/api/types'
import { keptFields } from './draft'
import {
  begun,
  isRows,
  newRow,
  periodKind,
  periodParts,
  periodText,
  rowShown,
  rowsSent,
  sent,
  type RowDraft,
} from './typed'

const field = (more: Partial<RegisterField>): RegisterField => ({
  name: 'x',
  type: 'text',
  zh: '甲',
  en: 'A',
  typed: true,
  needed: false,
  personal: false,
  ...more,
})
const round = (of: RegisterField, value: unknown) => sent(of, begun(of, value), undefined)

describe('what a form sends', () => {
  it.each([
    [field({ type: 'text' }), '示例桥', '示例桥'],
    [field({ type: 'number', decimals: 2 }), '12.50', '12.50'],
    [field({ type: 'number' }), '>12', '>12'],
    [field({ type: 'money', show: '万元' }), '12000000.00', '12000000'],
    [field({ type: 'date' }), '2023-06-16', '2023-06-16'],
    [field({ type: 'time' }), '2023-06-16T09:00:00+08:00', '2023-06-16T09:00:00+08:00'],
    [field({ type: 'period', period: 3 }), '202306', '202306'],
    [field({ type: 'flag' }), false, false],
    [field({ type: 'flag' }), true, true],
    [field({ type: 'choice' }), 'fair', 'fair'],
    [field({ type: 'choice', many: true }), ['good', 'poor'], ['good', 'poor']],
    [field({ type: 'place' }), { code: '990101101000', name_zh: '甲01镇' }, '990101101000'],
    [field({ type: 'who' }), { id: 'unit:市水利局', name: '市水利局' }, 'unit:市水利局'],
    [field({ type: 'ref' }), { id: '7.sample.12', title: '甲' }, '7.sample.12'],
    [field({ type: 'code' }), '91350100M000100Y43', '91350100M000100Y43'],
    [field({ type: 'shape' }), { point: ['113.08', '22.59'] }, { point: ['113.08', '22.59'] }],
    [
      field({ type: 'shape' }),
      {
        line: [
          ['113', '22'],
          ['114', '23'],
        ],
      },
      {
        line: [
          ['113', '22'],
          ['114', '23'],
        ],
      },
    ],
    [
      field({ type: 'shape' }),
      {
        area: [
          [
            ['0', '0'],
            ['1', '0'],
            ['1', '1'],
            ['0', '0'],
          ],
        ],
      },
      {
        area: [
          [
            ['0', '0'],
            ['1', '0'],
            ['1', '1'],
            ['0', '0'],
          ],
        ],
      },
    ],
    [field({ type: 'person', personal: true }), { hidden: '（已隐去）' }, null],
    [field({ type: 'text' }), undefined, null],
    [field({ type: 'choice', many: true }), undefined, null],
  ])('%o: what is held goes back as it came', (of, value, wire) => expect(round(of, value)).toEqual(wire))

  const spent = field({
    name: 'done',
    type: 'rows',
    fields: [
      field({ name: 'month', type: 'period', period: 3 }),
      field({ name: 'amount', type: 'money', show: '万元' }),
    ],
  })
  const held = [
    { row: 1, month: '202301', amount: '10000.00' },
    { row: 4, month: '202302', amount: '20000.00' },
  ]
  it('sends of rows what changed: cells, whole new rows, rows that go', () => {
    const before = begun(spent, held) as RowDraft[]
    expect(isRows(before)).toBe(true)
    expect(rowsSent(spent, before, before)).toEqual([])
    const now = JSON.parse(JSON.stringify(before)) as RowDraft[]
    now[0]!.gone = true
    now[1]!.cells.amount = '2.5'
    now.push(newRow(spent), { row: 0, cells: { month: '202303', amount: '' } })
    expect(rowsSent(spent, now, before)).toEqual([
      { row: 1, gone: true },
      { row: 4, amount: '25000' },
      { month: '202303' },
    ])
    now[1]!.cells.month = ''
    expect(rowsSent(spent, now, before)[1]).toEqual({ row: 4, month: null, amount: '25000' })
  })
  it('finds the row a fault speaks of', () => {
    const before = begun(spent, held) as RowDraft[]
    const now = [
      { ...before[0]!, gone: true },
      before[1]!,
      newRow(spent),
      { row: 0, cells: { month: '2023', amount: '' } },
    ]
    // Sent: the row that goes (0) and the new one (1); shown: row 4, the empty new one, the other.
    expect(rowShown(spent, now, before, 1)).toBe(2)
  })
  it('writes periods as the server reads them', () => {
    expect(periodKind(field({ type: 'period', period: 2 }))).toBe('quarter')
    expect(periodParts('2023Q1')).toEqual(['2023', '1'])
    expect(periodParts('202306')).toEqual(['2023', '06'])
    expect([periodText('quarter', '2023', '1'), periodText('month', '2023', '06')]).toEqual(['2023Q1', '202306'])
    expect([periodText('year', '2023', ''), periodText('half', '', ''), periodText('week', '2023', '05')]).toEqual([
      '2023',
      '',
      '2023W05',
    ])
  })
  it('keeps no personal value in a draft, not within rows either', () => {
    const fields = [
      field({ name: 'a' }),
      field({ name: 'b', personal: true }),
      field({ name: 'c', type: 'rows', fields: [field({ name: 'who', type: 'person', personal: true })] }),
      field({ name: 'd' }),
    ]
    expect(
      keptFields(fields, { a: '1', b: '2', c: [newRow(fields[2]!)], d: '' }, { a: '', b: '', c: [], d: '' }),
    ).toEqual({
      a: '1',
    })
  })
})
