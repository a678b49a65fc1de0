// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Figure, Indicator } from '@/api/types'
import {
  actorText,
  alike,
  breakOf,
  amount,
  bytesText,
  change,
  dateText,
  figureText,
  follows,
  growthWords,
  joined,
  periodText,
  toldIn,
} from './format'

const of = (unit_zh: string, unit_en = unit_zh, decimals = 2) => ({ unit_zh, unit_en, decimals }) as Indicator
const figure = (value: string | undefined, state: Figure['state'] = 'value', period = '2023') =>
  ({ value, state, period, indicator: 'x', place: 'y' }) as Figure

describe('amounts in the reader’s unit', () => {
  it.each([
    ['125600', '万元', '12.56 亿元'],
    ['101.12', '亿元', '101.12 亿元'],
    ['0.5', '亿元', '5,000 万元'],
    ['9999', '万元', '9,999 万元'],
    ['-12.5', '亿元', '−12.5 亿元'],
    ['3200', '元', '3,200 元'],
    ['48567', '元', '4.86 万元'],
    ['0', '万元', '0 万元'],
    ['80.7', '%', '80.7%'],
    ['108.82', '万人', '108.82 万人'],
  ])('%s %s reads %s', (value, unit, shown) => expect(joined(amount(value, of(unit), 'zh'))).toBe(shown))
  it.each([
    ['101.12', '亿元', '100 million CNY', '10.11 bn CNY'],
    ['1256', '万元', '10,000 CNY', '12.56 m CNY'],
    ['108.82', '万人', '10,000 persons', '1,088,200 persons'],
  ])('%s %s reads %s in English', (value, unit, en, shown) =>
    expect(joined(amount(value, of(unit, en), 'en'))).toBe(shown),
  )
  it('keeps the reported unit and digits when whole figures are asked for', () =>
    expect(joined(amount('125600.50', of('万元'), 'zh', true))).toBe('125,600.50 万元'))
})

describe('one unit for all figures of a drawer', () => {
  const yi = of('亿元', '100 million CNY')
  const told = { ...toldIn('515.47', yi, 'en'), exact: true }
  it('is the one of its headline, every digit kept', () =>
    expect(
      ['515.47', '480.1', '0.5'].map((value) => joined(figureText(figure(value), yi, 'en', false, told) as never)),
    ).toEqual(['51.547 bn CNY', '48.01 bn CNY', '0.05 bn CNY']))
  it('is the reported one for whole figures', () =>
    expect(toldIn('515.47', yi, 'en', true)).toEqual({ unit: '100 million CNY', by: 0 }))
})

describe('who did it', () => {
  it.each([
    ['本机用户', '本机用户', 'user of this machine'],
    ['人员clerk', '人员clerk', '人员clerk'],
    ['甲（代乙）', '甲（代乙）', '甲 (for 乙)'],
  ])('%s', (name, zh, en) => expect([actorText(name, 'zh'), actorText(name, 'en')]).toEqual([zh, en]))
})

describe('states are said, never blank', () => {
  it.each([
    ['above', '5.6', '＞5.6'],
    ['below', '5.6', '＜5.6'],
    ['missing', undefined, '缺数'],
    ['withheld', undefined, '不公布'],
    ['not_applicable', undefined, '不适用'],
    ['value', '0.0', '0.0'],
  ] as const)('%s %s', (state, value, shown) =>
    expect(figureText(figure(value, state), of('%', '%', 1), 'zh').number).toBe(shown),
  )
})

describe('yes and no', () => {
  const bus = of('是/否', 'yes/no', 0)
  it('is a word where it was entered', () =>
    expect([figureText(figure('1'), bus, 'zh'), figureText(figure('0'), bus, 'en')]).toEqual([
      { number: '是', unit: '' },
      { number: 'no', unit: '' },
    ]))
  it('counts those that say yes where it is added up', () =>
    expect(joined(figureText({ ...figure('83'), derived: true }, bus, 'zh'))).toBe('83 个'))
  it('is not told as an amount that grew', () => expect(change(figure('1'), figure('0'), bus, 'zh')).toBeNull())
})

describe('words by sign', () => {
  it.each([
    ['7.2', '增长 7.2%', 'up 7.2%'],
    ['-3.2', '下降 3.2%', 'down 3.2%'],
    ['0.0', '持平', 'unchanged'],
  ])('%s', (value, zh, en) => expect([growthWords(value, 'zh'), growthWords(value, 'en')]).toEqual([zh, en]))
  it('tells rates in points and amounts in their unit', () => {
    expect(change(figure('80.7'), figure('81.4'), of('%'), 'zh')).toEqual({ way: -1, words: '减少 0.7 个百分点' })
    expect(change(figure('192.25'), figure('181.97'), of('亿元'), 'zh')).toEqual({ way: 1, words: '增加 10.28 亿元' })
    expect(change(figure('5'), figure('5.00'), of('个'), 'zh')?.words).toBe('持平')
  })
  it('compares nothing with a threshold or a blank', () => {
    expect(change(figure('20', 'above'), figure('18'), of('个'), 'zh')).toBeNull()
    expect(change(figure('20'), figure(undefined, 'missing'), of('个'), 'zh')).toBeNull()
  })
})

describe('a course', () => {
  const series = ['2022', '2022Q1', '2022Q2', '2023Q1', '2023Q2', '2023'].map((period) => ({ period }))
  const kept = (period: string, kind: string) =>
    alike(series, period, kind)
      .map((point) => point.period)
      .join(' ')
  it('keeps years with years', () => expect(kept('2023', 'flow')).toBe('2022 2023'))
  it('keeps quarters with quarters', () => expect(kept('2023Q2', 'flow')).toBe('2022Q1 2022Q2 2023Q1 2023Q2'))
  it('keeps cumulative quarters with the same quarter of other years', () =>
    expect(kept('2023Q2', 'ytd')).toBe('2022Q2 2023Q2'))
})

describe('a series breaks where the definition changes', () => {
  const series = ['2021', '2022', '2023', '2024'].map((period, i) => ({ period, version: i < 2 ? 1 : 2 }))
  it('only periods of one definition stand side by side', () => {
    expect(alike(series, '2024', 'flow').map((point) => point.period)).toEqual(['2023', '2024'])
    expect(alike(series, '2021', 'flow').map((point) => point.period)).toEqual(['2021', '2022'])
  })
  it('names the first period after the break', () => {
    expect(breakOf(series, '2024', 'flow')).toBe('2023')
    expect(breakOf(series, '2022', 'flow')).toBeNull()
  })
})

describe('a line joins neighbours in time only', () => {
  it.each([
    ['2010 2020', 'no no'],
    ['2018 2020 2021', 'no no yes'],
    ['2022Q3 2022Q4 2023Q1 2023Q3', 'no yes yes no'],
    ['2021Q2 2022Q2 2023Q2', 'no yes yes'],
    ['202311 202312 202401 202403', 'no yes yes no'],
    ['2023H1 2023H2 2024H2', 'no yes no'],
    ['202201-02 202301-02', 'no yes'],
  ])('%s', (periods, joins) =>
    expect(
      follows(periods.split(' ').map((period) => ({ period })))
        .map((yes) => (yes ? 'yes' : 'no'))
        .join(' '),
    ).toBe(joins),
  )
})

describe('periods', () => {
  it.each([
    ['2023', '2023 年', '2023'],
    ['2023H1', '2023 年上半年', 'H1 2023'],
    ['2023Q3', '2023 年第三季度', 'Q3 2023'],
    ['202301-02', '2023 年 1—2 月', 'Jan–Feb 2023'],
    ['202311', '2023 年 11 月', 'Nov 2023'],
    ['2023W05', '2023 年第 5 周', 'week 5, 2023'],
    ['20230131', '2023 年 1 月 31 日', '31 Jan 2023'],
    ['其他', '其他', '其他'],
  ])('%s', (period, zh, en) => expect([periodText(period, 'zh'), periodText(period, 'en')]).toEqual([zh, en]))
  it('dates', () =>
    expect([dateText('2023-06-30', 'zh'), dateText('2023-06-30T09:00:00', 'en')]).toEqual([
      '2023年6月30日',
      '30 Jun 2023',
    ]))
})

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [34_512, '34.5 KB'],
    [250_000_000, '250 MB'],
    [1_200_000_000, '1.2 GB'],
  ])('%i', (bytes, told) => expect(bytesText(bytes)).toBe(told))
})
