// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { group, minus, round, shift, sign } from './decimal'

describe('decimal texts', () => {
  it.each([
    ['101.125', 4, '1011250'],
    ['1256', -4, '0.1256'],
    ['-3.2', 1, '-32'],
    ['0.05', 1, '0.5'],
    ['12', 0, '12'],
    ['100', -2, '1.00'],
  ])('shift %s by %i is %s', (a, n, b) => expect(shift(a, n)).toBe(b))
  it.each([
    ['2.345', 2, '2.35'],
    ['-2.345', 2, '-2.35'],
    ['2.3', 2, '2.30'],
    ['9.995', 2, '10.00'],
    ['-0.004', 2, '0.00'],
    ['1.5', 0, '2'],
    ['0.449', 1, '0.4'],
  ])('round %s to %i is %s', (a, n, b) => expect(round(a, n)).toBe(b))
  it.each([
    ['1234567.80', '1,234,567.80'],
    ['-1234', '−1,234'],
    ['999', '999'],
    ['0.1234', '0.1234'],
  ])('group %s is %s', (a, b) => expect(group(a)).toBe(b))
  it.each([
    ['7.2', '7.9', '-0.7'],
    ['0.3', '0.1', '0.2'],
    ['101.125', '100', '1.125'],
    ['-1', '-1.5', '0.5'],
  ])('%s minus %s is %s', (a, b, c) => expect(minus(a, b)).toBe(c))
  it('knows the sign of zero in every dress', () =>
    expect(['0', '-0.00', '3', '-0.1'].map(sign)).toEqual([0, 0, 1, -1]))
  it('refuses what is no plain decimal', () => expect(() => group('1e3')).toThrow(RangeError))
})
