// SPDX-License-Identifier: Apache-2.0
// Figures in the reader's unit and words: 万元 or 亿元 by magnitude, 增长/下降/持平 by sign, periods in words.
import { text, type Key } from '@/text'
import type { Figure, Indicator, SeriesPoint } from '@/api/types'
import { group, isDecimal, minus, round, shift, sign, unsigned } from './decimal'
import type { Language } from './settings'

interface Named {
  name_zh: string
  name_en: string
}
export const nameOf = (of: Named, language: Language) => (language === 'zh' ? of.name_zh : of.name_en || of.name_zh)
export const pick = (zh: string, en: string, language: Language) => (language === 'zh' ? zh : en || zh)

export interface Amount {
  number: string
  unit: string
}

/** Powers of ten of the money units a table may be in. */
const money: Record<string, number> = { 元: 0, 千元: 3, 万元: 4, 百万元: 6, 亿元: 8 }

type Unit = Pick<Indicator, 'unit_zh' | 'unit_en' | 'decimals'>
/** The unit figures are told in: the point of the reported value moves `by` places. A larger unit keeps two decimals unless `exact`. */
export interface Told {
  unit: string
  by: number
  exact?: boolean
}

/** 是/否: 1 or 0 where it was entered; added up it counts those that say yes. */
const isYesNo = (of: Pick<Unit, 'unit_zh'>) => of.unit_zh === '是/否'

/** Money in 元, 万元 or 亿元 (CNY, m CNY, bn CNY) by the size of `value`. `whole` keeps the unit it was reported in. */
export function toldIn(value: string, of: Unit, language: Language, whole = false): Told {
  const power = money[of.unit_zh]
  if (power !== undefined && !whole && sign(value) !== 0) {
    const digits = unsigned(shift(value, power)).split('.')[0]!.replace(/^0+/, '').length
    const steps =
      language === 'zh'
        ? ([
            [8, '亿元'],
            [4, '万元'],
            [0, '元'],
          ] as const)
        : ([
            [9, 'bn CNY'],
            [6, 'm CNY'],
            [0, 'CNY'],
          ] as const)
    const [step, unit] = steps.find(([from]) => digits > from) ?? steps[2]
    return { unit, by: power - step }
  }
  if (isYesNo(of)) return { unit: pick('个', '', language), by: 0 }
  const myriads = language === 'en' && !whole ? /^10,000 (.+)$/.exec(of.unit_en) : null
  return myriads ? { unit: myriads[1]!, by: 4 } : { unit: pick(of.unit_zh, of.unit_en, language), by: 0 }
}

/** How an indicator's value is printed: in the unit that suits it, or in the one given. */
export function amount(
  value: string,
  of: Unit,
  language: Language,
  whole = false,
  told = toldIn(value, of, language, whole),
): Amount {
  const moved = shift(value, told.by)
  return { number: group(told.by < 0 && !told.exact ? round(moved, 2) : moved), unit: told.unit }
}

export const joined = ({ number, unit }: Amount) => (unit === '%' ? number + '%' : unit ? `${number} ${unit}` : number)

const stateKeys: Partial<Record<Figure['state'], Key>> = {
  missing: 'state.missing',
  withheld: 'state.withheld',
  not_applicable: 'state.not_applicable',
  none: 'state.none',
  other_area: 'state.other_area',
}

export function figureText(
  figure: Pick<Figure, 'state' | 'value' | 'derived'> | null,
  of: Indicator,
  language: Language,
  whole = false,
  told?: Told,
): Amount {
  if (!figure) return { number: text('state.none', language), unit: '' }
  const blank = stateKeys[figure.state]
  if (blank || !isDecimal(figure.value)) return { number: text(blank ?? 'state.missing', language), unit: '' }
  if (isYesNo(of) && !figure.derived && /^[01]$/.test(figure.value))
    return { number: text(figure.value === '1' ? 'yes' : 'no', language), unit: '' }
  const shown = amount(figure.value, of, language, whole, told)
  return {
    number: (figure.state === 'above' ? '＞' : figure.state === 'below' ? '＜' : '') + shown.number,
    unit: shown.unit,
  }
}

export const isRate = (of: Pick<Indicator, 'unit_zh'>) => of.unit_zh === '%' || of.unit_zh === '‰'
export const isGrowth = (of: Pick<Indicator, 'name_zh' | 'code'>) => /增速|增长率/.test(of.name_zh)

/** The words of a growth figure: never "增长 -3.2%". */
export function growthWords(value: string, language: Language): string {
  const way = sign(value)
  if (way === 0) return text('growth.flat', language)
  return text(way > 0 ? 'growth.up' : 'growth.down', language, { n: group(unsigned(value)) })
}

interface Point {
  period: string
  version?: number
}
const shapeOf = (kind: string | undefined) => (text: string) =>
  kind === 'ytd' ? text.slice(4) : text.slice(4).replace(/\d/g, '#')

/** The points of a series that may stand side by side with `period`: same kind and definition, and for cumulative figures the same part of the year. */
export function alike<T extends Point>(series: T[], period: string, kind: string | undefined): T[] {
  const shape = shapeOf(kind)
  const at = series.find((point) => point.period === period)
  return series.filter((point) => shape(point.period) === shape(period) && (!at || point.version === at.version))
}

/** The first period under the definition of `period`, when there are earlier ones under another: the series breaks there. */
export function breakOf(series: Point[], period: string, kind: string | undefined): string | null {
  const shape = shapeOf(kind)
  const same = series.filter((point) => shape(point.period) === shape(period))
  const first = same.findIndex((point) => point.version === same.find((one) => one.period === period)?.version)
  return first > 0 ? same[first]!.period : null
}

/** For each point of a course, whether it follows the one before without a gap: the next period, or the next year where one part of each year is told. */
export function follows(series: { period: string }[]): boolean[] {
  const yearly = new Set(series.map(({ period }) => period.slice(4))).size === 1
  const nth = (period: string) => {
    const of = /^(\d{4})(?:([HQ])(\d)|(\d{2}))?$/.exec(period)
    if (!of || yearly) return Number(period.slice(0, 4))
    const parts = of[2] === 'H' ? 2 : of[2] === 'Q' ? 4 : 12
    return Number(of[1]) * parts + Number(of[3] ?? of[4] ?? 0)
  }
  return series.map(({ period }, i) => i > 0 && nth(period) - nth(series[i - 1]!.period) <= 1)
}

export interface Change {
  way: -1 | 0 | 1
  words: string
}

/** Difference of two reported figures: points for rates, amounts otherwise. Never a growth rate, which has its own comparable prices. */
export function change(
  now: SeriesPoint | Figure,
  before: SeriesPoint | Figure | null,
  of: Indicator,
  language: Language,
): Change | null {
  if (!before || now.state !== 'value' || before.state !== 'value' || !isDecimal(now.value) || !isDecimal(before.value))
    return null
  if (isYesNo(of) && !now.derived) return null
  const difference = minus(now.value, before.value)
  const way = sign(difference)
  if (way === 0) return { way, words: text('change.flat', language) }
  const by = isRate(of)
    ? text('change.points', language, { n: group(unsigned(difference)) })
    : joined(amount(unsigned(difference), of, language))
  return { way, words: text(way > 0 ? 'change.up' : 'change.down', language, { by }) }
}

/** 2023 → 2023 年; 2023Q1 → 2023 年第一季度; 202301-02 → 2023 年 1—2 月. */
export function periodText(period: string, language: Language): string {
  const zh = language === 'zh'
  const of = /^(\d{4})(?:(H|Q|W)(\d{1,2})|(\d{2})-(\d{2})|(\d{2})(\d{2})?)?$/.exec(period)
  if (!of) return period
  const [, year, letter, nth, from, to, month, day] = of
  const at = (m: string) =>
    ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(m) - 1]
  if (letter === 'H') return zh ? `${year} 年${nth === '1' ? '上' : '下'}半年` : `H${nth} ${year}`
  if (letter === 'Q') return zh ? `${year} 年第${'一二三四'[Number(nth) - 1]}季度` : `Q${nth} ${year}`
  if (letter === 'W') return zh ? `${year} 年第 ${Number(nth)} 周` : `week ${Number(nth)}, ${year}`
  if (from && to) return zh ? `${year} 年 ${Number(from)}—${Number(to)} 月` : `${at(from)}–${at(to)} ${year}`
  if (month && day)
    return zh ? `${year} 年 ${Number(month)} 月 ${Number(day)} 日` : `${Number(day)} ${at(month)} ${year}`
  if (month) return zh ? `${year} 年 ${Number(month)} 月` : `${at(month)} ${year}`
  return zh ? `${year} 年` : year!
}

/** Bytes of a file or folder in the unit that suits them. */
export function bytesText(bytes: number): string {
  const step = [
    ['GB', 1e9],
    ['MB', 1e6],
    ['KB', 1e3],
  ] as const
  const [unit, size] = step.find(([, from]) => bytes >= from) ?? ['B', 1]
  return `${(bytes / size).toFixed(unit === 'B' || bytes / size >= 100 ? 0 : 1)} ${unit}`
}

export const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** "2023-06-30" as 2023年6月30日 or 30 Jun 2023; a time behind it is left out. */
export function dateText(date: string, language: Language): string {
  const of = /^(\d{4})-(\d{2})-(\d{2})/.exec(date)
  if (!of) return date
  if (language === 'en') return periodText(of.slice(1).join(''), 'en')
  return `${of[1]}年${Number(of[2])}月${Number(of[3])}日`
}

export const momentText = (at: string, language: Language) =>
  dateText(at, language) + (at.length > 15 ? ' ' + at.slice(11, 16) : '')

const nameless: Record<string, Key> = { 本机用户: 'actor.local', 控制台: 'actor.console' }
/** Who did it: an account's name, both names of an act on behalf of another, or what the server calls those without one. */
export function actorText(name: string, language: Language): string {
  const both = /^(.*)（代(.*)）$/.exec(name)
  if (both) return text('actor.for', language, { who: both[1]!, whom: both[2]! })
  return nameless[name] ? text(nameless[name], language) : name
}
