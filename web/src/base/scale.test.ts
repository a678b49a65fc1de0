// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Figure } from '@/api/types'
import { scaleOf } from './scale'

const figures = (...values: (number | Figure['state'])[]) =>
  values.map(
    (value) =>
      (typeof value === 'number'
        ? { state: 'value', value: String(value) }
        : { state: value, value: value === 'above' ? '9' : undefined }) as Figure,
  )

describe('classes of a map', () => {
  it('has round edges and counts every value once', () => {
    const { steps } = scaleOf(figures(3, 7, 12, 18, 22, 24.9))
    expect(steps.map(({ from, to, count }) => [from, to, count])).toEqual([
      [0, 5, 1],
      [5, 10, 1],
      [10, 15, 1],
      [15, 20, 1],
      [20, 25, 2],
    ])
  })
  it('changes hue only at zero', () => {
    const { steps } = scaleOf(figures(-3.1, -0.2, 1.2, 4.4, 6.9))
    expect(steps.find((step) => step.to <= 0)?.shade).toMatch(/^n/)
    expect(steps.filter((step) => step.from >= 0).every((step) => step.shade.startsWith('p'))).toBe(true)
    expect(steps.some((step) => step.from === 0 || step.to === 0)).toBe(true)
  })
  it('never shades what is not a value', () => {
    const { shadeOf } = scaleOf(figures(1, 2, 3))
    expect(figures('missing', 'withheld', 'above', 'not_applicable', 'none').map(shadeOf)).toEqual([
      'missing',
      'withheld',
      'open',
      'not_applicable',
      'missing',
    ])
    expect(shadeOf(null)).toBe('missing')
  })
  it('lives with one value, equal values and none', () => {
    expect(scaleOf(figures(42)).steps).toHaveLength(1)
    expect(scaleOf(figures(5, 5, 5)).steps.reduce((sum, step) => sum + step.count, 0)).toBe(3)
    expect(scaleOf(figures(0)).steps).toHaveLength(1)
    expect(scaleOf(figures('missing')).steps).toEqual([])
  })
  it('loses no value on any range', () => {
    for (let n = 1; n < 400; n += 7) {
      const values = Array.from({ length: 20 }, (_, i) => Math.sin(i * n) * n - n / 3)
      const { steps } = scaleOf(figures(...values))
      expect(steps.length).toBeLessThanOrEqual(7)
      expect(steps.reduce((sum, step) => sum + step.count, 0)).toBe(20)
    }
  })
})
