// SPDX-License-Identifier: Apache-2.0
// A distance in points with the word that says which way.
import { sign, unsigned } from '@/base/decimal'
import { t } from '@/text'

export function gapWords(gap: string): string {
  if (!gap) return '—'
  const way = sign(gap)
  return way > 0
    ? t('gap.above', { points: unsigned(gap) })
    : way < 0
      ? t('gap.below', { points: unsigned(gap) })
      : t('gap.level')
}
/** Ranks moved: up is a smaller rank. */
export function rankMove(before: number, now: number): string {
  return before === now
    ? t('move.none')
    : before > now
      ? t('move.up', { n: before - now })
      : t('move.down', { n: now - before })
}
