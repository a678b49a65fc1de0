// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { RegisterField } from '@/api/types'
import { dueDay, fullText, inYuan, shifted, typedOf, valueText } from './value'

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

describe('values of records', () => {
  it('shows money in its own unit, exactly', () => {
    const total = field({ type: 'money', show: '万元' })
    expect(valueText(total, '12000000.00')).toBe('1200')
    expect(fullText(total, '300.50')).toBe('0.03005 万元')
    expect(shifted('-1', 4)).toBe('-0.0001')
    expect(shifted('>120000', 4)).toBe('>12')
    expect(shifted('0.00', 4)).toBe('0')
  })
  it('sends what was typed in 万元 as yuan', () => {
    const total = field({ type: 'money', show: '万元' })
    for (const [typed, yuan] of [
      ['1200', '12000000'],
      ['0.03005', '300.5'],
      ['-2.5', '-25000'],
      ['>12', '>120000'],
      ['很多', '很多'],
    ])
      expect(inYuan(total, typed!)).toBe(yuan)
    expect(inYuan(field({ type: 'money' }), '1200')).toBe('1200')
    expect(typedOf(total, '12000000.00')).toBe('1200')
  })
  it('tells the last day allowed', () => {
    expect(dueDay('2023-06-20T00:00:00+08:00')).toBe('2023-06-19')
    expect(dueDay('2024-03-01T00:00:00+08:00')).toBe('2024-02-29')
    expect(dueDay('2023-06-20T17:30:00+08:00')).toBe('2023-06-20 17:30')
  })
  it('reads periods, moments and shapes as people do', () => {
    expect(valueText(field({ type: 'period' }), '202304')).toBe('2023 年 4 月')
    expect(valueText(field({ type: 'time' }), '2023-06-16T09:05:00+08:00')).toBe('2023年6月16日 09:05')
    expect(valueText(field({ type: 'shape' }), { point: ['113.08', '22.59'] })).toBe('点（113.08，22.59）')
    expect(
      valueText(field({ type: 'shape' }), {
        line: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toBe('线，2 个点')
  })
  it('names codes, places and units, and says why there is nothing', () => {
    const kind = field({ type: 'choice', codes: [{ code: 'land', zh: '用地', en: 'Land' }] })
    expect(valueText(kind, 'land')).toBe('用地')
    expect(valueText(kind, 'ended')).toBe('ended')
    expect(valueText(field({ type: 'place' }), { code: '990101101000', name_zh: '甲01镇' })).toBe('甲01镇')
    expect(valueText(field({ type: 'number' }), { gap: 'WH' })).not.toBe('')
    expect(typedOf(field({ type: 'person' }), { hidden: '（已隐去）' })).toBe('')
    expect(valueText(field({}), undefined)).toBe('')
  })
})
