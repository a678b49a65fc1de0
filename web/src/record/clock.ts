// SPDX-License-Identifier: Apache-2.0
// How a clock stands, in words. The server says when it is due; days are counted by the calendar, today included in none.
import { t } from '@/text'
import { day } from './filters'
import { dueDay } from './value'

const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Days from today to the last day allowed; negative when it has passed. */
export const daysLeft = (due: string, now: Date) => days(day(now), dueDay(due).slice(0, 10))

export function clockWords(due: string, late: boolean, now: Date): string {
  const left = daysLeft(due, now)
  if (late) return left < 0 ? t('clock.late', { n: -left }) : t('clock.late.today')
  if (left <= 0) return t('clock.today')
  return t('clock.left', { n: left })
}
export type Lamp = 'overdue' | 'week' | 'none'
export function lampOf(due: string | null, late: boolean, now: Date): Lamp {
  if (late) return 'overdue'
  return due && daysLeft(due, now) <= 7 ? 'week' : 'none'
}
