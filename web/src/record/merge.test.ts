// SPDX-License-Identifier: Apache-2.0
// What somebody chooses between two records that are the same.
import { describe, expect, it } from 'vitest'
import type { Register } from '@/api/types'
import { differing, sidesOf } from './merge'

const field = (name: string, more = {}) => ({
  name,
  type: 'text',
  zh: name,
  en: name,
  typed: true,
  personal: false,
  ...more,
})
const register = {
  fields: [
    field('name'),
    field('code'),
    field('owner'),
    field('done', { type: 'rows' }),
    field('contact', { personal: true }),
    field('pct', { typed: false }),
  ],
} as unknown as Register

describe('two records that are the same', () => {
  it('differ only where both say something else that people type', () => {
    const staying = { name: '桥', owner: { id: 'unit:a' }, done: [1], contact: { hidden: '…' }, pct: '1' }
    const leaving = {
      name: '大桥',
      code: 'G-1',
      owner: { id: 'unit:a' },
      done: [2],
      contact: { hidden: '.' },
      pct: '2',
    }
    expect(differing(register, staying, leaving).map((one) => one.name)).toEqual(['name'])
  })
  it('are taken as they stand, but for what was chosen of the one that leaves', () => {
    const fields = register.fields.slice(0, 2)
    expect(sidesOf(fields, { name: 'leaving', code: 'staying', owner: 'leaving' })).toEqual({ name: 'leaving' })
    expect(sidesOf(fields, {})).toEqual({})
  })
})
