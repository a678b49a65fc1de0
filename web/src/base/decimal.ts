// SPDX-License-Identifier: Apache-2.0
// Decimal texts ("-1234.50") handled as texts, so that a figure is shown digit for digit as it was reported.

export interface Parts {
  negative: boolean
  whole: string
  fraction: string
}

export function parts(text: string): Parts {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!found) throw new RangeError(`not a plain decimal: ${text}`)
  return { negative: found[1] === '-', whole: found[2]!, fraction: found[3] ?? '' }
}

export const isDecimal = (text: string | null | undefined): text is string => !!text && /^-?\d+(\.\d+)?$/.test(text)
const isZero = ({ whole, fraction }: Parts) => /^0*$/.test(whole + fraction)

/** Moves the point `places` to the right (left when negative). */
export function shift(text: string, places: number): string {
  const { negative, whole, fraction } = parts(text)
  let digits = whole + fraction
  let point = whole.length + places
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits
    point = 1
  }
  if (point > digits.length) digits = digits.padEnd(point, '0')
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point)
  return (negative ? '-' : '') + left + (right ? '.' + right : '')
}

/** Rounds half away from zero to `decimals` places. */
export function round(text: string, decimals: number): string {
  const { negative, whole, fraction } = parts(text)
  if (fraction.length <= decimals) {
    return (negative ? '-' : '') + whole + (decimals ? '.' + fraction.padEnd(decimals, '0') : '')
  }
  const scaled = BigInt(whole + fraction.slice(0, decimals)) + BigInt(fraction[decimals]! >= '5' ? 1 : 0)
  const text2 = shift(scaled.toString(), -decimals)
  return (negative && scaled !== BigInt(0) ? '-' : '') + text2
}

/** Separates thousands; the minus becomes a true minus sign. */
export function group(text: string): string {
  const { negative, whole, fraction } = parts(text)
  return (negative ? '−' : '') + whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (fraction ? '.' + fraction : '')
}

/** a − b, exactly. */
export function minus(a: string, b: string): string {
  const decimals = Math.max(parts(a).fraction.length, parts(b).fraction.length)
  const units = (text: string) => BigInt(shift(round(text, decimals), decimals))
  return shift((units(a) - units(b)).toString(), -decimals)
}

export function sign(text: string): -1 | 0 | 1 {
  const of = parts(text)
  return isZero(of) ? 0 : of.negative ? -1 : 1
}

export const unsigned = (text: string) => text.replace(/^-/, '')
