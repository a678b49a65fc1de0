// SPDX-License-Identifier: Apache-2.0
// Classes of a map: at most five steps with round edges, zero always an edge. Colour follows the class, so the histogram is the legend.
import type { Figure } from '@/api/types'
import { isDecimal } from './decimal'

export interface Step {
  from: number
  to: number
  count: number
  shade: string
}
export interface Scale {
  steps: Step[]
  shadeOf: (figure: Figure | null) => string
}

const nice = [1, 2, 2.5, 5, 10]

export function roundStep(span: number, about: number): number {
  const raw = span / about
  const power = 10 ** Math.floor(Math.log10(raw))
  return (nice.find((n) => n * power >= raw * 0.999) ?? 10) * power
}

const number = (figure: Figure | null) =>
  figure?.state === 'value' && isDecimal(figure.value) ? Number(figure.value) : null

/** Shades: p1…p5 above zero, n1…n3 below, by distance from zero or from the least value. */
function shade(step: { from: number; to: number }, index: number, steps: number, firstUp: number): string {
  if (step.to <= 0 && step.from < 0) return `n${Math.min(firstUp - index, 3)}`
  const up = index - firstUp
  const ups = steps - firstUp
  return `p${ups === 1 ? 3 : Math.round(1 + (up * 4) / (ups - 1))}`
}

export function scaleOf(figures: (Figure | null)[]): Scale {
  const values = figures.map(number).filter((value): value is number => value !== null)
  const blank = (figure: Figure | null) => {
    if (!figure || figure.state === 'none' || figure.state === 'missing') return 'missing'
    if (figure.state === 'above' || figure.state === 'below') return 'open'
    return figure.state === 'value' ? 'missing' : figure.state
  }
  if (!values.length) return { steps: [], shadeOf: blank }
  const least = Math.min(...values)
  const most = Math.max(...values)
  const width = most > least ? roundStep(most - least, 5) : Math.abs(most) || 1
  const start = Math.floor(least / width + 1e-9) * width
  const count = Math.min(7, Math.max(1, Math.ceil((most - start) / width + 1e-9) || 1))
  const bounds = Array.from({ length: count }, (_, i) => ({ from: start + i * width, to: start + (i + 1) * width }))
  const firstUp = bounds.filter((bound) => bound.to <= 1e-9 * width).length
  const classOf = (value: number) => Math.min(count - 1, Math.max(0, Math.floor((value - start) / width + 1e-9)))
  const steps = bounds.map((bound, i) => ({
    from: tidy(bound.from),
    to: tidy(bound.to),
    count: values.filter((value) => classOf(value) === i).length,
    shade: shade(bound, i, count, firstUp),
  }))
  return {
    steps,
    shadeOf: (figure) => {
      const value = number(figure)
      return value === null ? blank(figure) : steps[classOf(value)]!.shade
    },
  }
}

const tidy = (value: number) => Number(value.toPrecision(12))
