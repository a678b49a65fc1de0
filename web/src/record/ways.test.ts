// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { RecordDetail, Register, RegisterField } from '@/api/types'
import { wayBody, waysOf } from './ways'

const field = (name: string, typed = true): RegisterField => ({
  ...{ name, type: 'text', zh: name, en: name, typed },
  ...{ needed: false, personal: false },
})
const register = {
  fields: [field('name'), field('worked', false), field('why')],
  states: [
    { id: 'open', zh: '在办', en: 'open', is: 'open' },
    { id: 'done', zh: '办结', en: 'done', is: 'final' },
  ],
  clocks: [{ id: 'answer', zh: '答复时限', en: 'answer', extend_need: ['why'] }],
} as unknown as Register
const record = (out: string[], extend: string[] = []) =>
  ({ state: 'open', acts: { edit: false, steps: [], extend, out, persons: false } }) as unknown as RecordDetail

describe('ways out of a flow', () => {
  it('are those the answer lists, clocks first', () =>
    expect(
      waysOf(record(['correct', 'move', 'void'], ['answer']), register).map((way) => [way.id, way.to, way.text]),
    ).toEqual([
      ['extend-answer', 'extend/answer', '延长答复时限'],
      ['correct', 'out/correct', '更正'],
      ['move', 'out/move', '移到别的状态'],
      ['void', 'out/void', '作废'],
    ]))
  it('ask for what each needs', () => {
    const ways = waysOf(record(['correct', 'move', 'reopen', 'restore'], ['answer']), register)
    const names = Object.fromEntries(ways.map((way) => [way.id, way.fields.map((one) => one.name)]))
    expect(names).toEqual({
      'extend-answer': ['why'],
      'correct': ['name', 'why'],
      'move': ['state'],
      'reopen': ['state'],
      'restore': [],
    })
    const move = ways.find((way) => way.id === 'move')!
    expect(move.fields[0]!.codes?.map((one) => one.code)).toEqual(['done'])
    expect([move.fields[0]!.needed, ways.find((way) => way.id === 'reopen')!.fields[0]!.needed]).toEqual([true, false])
  })
  it('are said as their requests want them', () => {
    const ways = waysOf(record(['correct', 'move', 'void']), register)
    expect(wayBody(ways[1]!, { state: 'done' }, '因故')).toEqual({ state: 'done', reason: '因故' })
    expect(wayBody(ways[1]!, {}, '因故')).toEqual({ reason: '因故' })
    expect(wayBody(ways[0]!, { reason: '等待' }, '')).toEqual({ fields: { reason: '等待' }, reason: '等待' })
    expect(wayBody(ways[0]!, { name: '新' }, '因故')).toEqual({ fields: { name: '新' }, reason: '因故' })
  })
})
