// SPDX-License-Identifier: Apache-2.0
// What a new record begins with, of what anybody may have written into its address.
import { describe, expect, it } from 'vitest'
import type { RegisterField, TaskDetail } from '@/api/types'
import { field } from '@/testing/mounted'
import { beginName, beginOf, needOf } from './begin'

const codes = [
  { code: 'land', zh: '用地', en: 'Land' },
  { code: 'old', zh: '旧', en: 'Old', until: '2020-01-01' },
]
const begun = (of: RegisterField, value: string) => beginOf([of], (name) => (name === of.name ? value : ''))['x']

describe('a record begins', () => {
  it.each([
    ['text', field('x', 'text', { max: 4 }), ' 缺少用地指标 ', '缺少用地'],
    ['number', field('x', 'number'), '12', '12'],
    ['date', field('x', 'date'), '2026-03-01', '2026-03-01'],
    ['place', field('x', 'place'), '990101101000', '990101101000'],
    ['flag', field('x', 'flag'), 'true', 'true'],
    ['choice', field('x', 'choice', { codes }), 'land', 'land'],
  ] as [string, RegisterField, string, string][])('with a plain %s', (_, of, value, kept) =>
    expect(begun(of, value)).toBe(kept),
  )
  it.each([
    ['a file', field('x', 'file'), '{"digest":"sha256:aa","name":"a.pdf"}'],
    ['rows', field('x', 'rows'), '[]'],
    ['a shape', field('x', 'shape'), '113,22'],
    ['a person', field('x', 'person', { personal: true }), '张某'],
    ['anything personal', field('x', 'text', { personal: true }), '张某'],
    ['several', field('x', 'choice', { codes, many: true }), 'land'],
    ['a code nobody knows', field('x', 'choice', { codes }), 'sea'],
    ['a code that has ended', field('x', 'choice', { codes }), 'old'],
    ['a flag that is none', field('x', 'flag'), 'perhaps'],
    ['what the system works out', field('x', 'number', { typed: false }), '5'],
  ] as [string, RegisterField, string][])('without %s', (_, of, value) => expect(begun(of, value)).toBeUndefined())

  it('with the need of a task, and its place', () => {
    const task = { more: [{ name: 'problems' }, { name: 'needs', text: '缺用地' }], place: { code: '990101101000' } }
    const fields = [field('text', 'text', { max: 500 }), field('place', 'place'), field('kind', 'choice', { codes })]
    expect(needOf(fields, { task } as unknown as TaskDetail)).toEqual({ text: '缺用地', place: '990101101000' })
    expect(needOf(fields, { task: { more: [], place: null } } as unknown as TaskDetail)).toEqual({})
  })

  it('under a short name, another for another beginning', () => {
    const long = beginName({ text: '长'.repeat(2000) })
    expect(long.length).toBeLessThan(8)
    expect(long).not.toBe(beginName({ text: '长'.repeat(1999) }))
  })
})
