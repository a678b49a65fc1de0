// SPDX-License-Identifier: Apache-2.0
// State in the address: one value per name, empty values left out, so that a link says all and the back button is right.
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const one = (query: LocationQuery, name: string): string => {
  const value = query[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** The query with some values changed; null or '' takes a name out. */
export function changed(query: LocationQuery, change: Record<string, string | null | undefined>): LocationQueryRaw {
  const next: LocationQueryRaw = { ...query }
  for (const [name, value] of Object.entries(change)) {
    if (value) next[name] = value
    else delete next[name]
  }
  return next
}

/** The figure whose explanation is open: place, indicator and period in one value. */
export interface FigureKey {
  place: string
  indicator: string
  period: string
}
export const figureKey = ({ place, indicator, period }: FigureKey) => [place, indicator, period].join('~')

export function figureOf(text: string): FigureKey | null {
  const [place, indicator, period, more] = text.split('~')
  return place && indicator && period && more === undefined ? { place, indicator, period } : null
}
