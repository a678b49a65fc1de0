// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Task } from '@/api/types'
import { over, reportOf, standing } from './report'

const task = (percent: number | null, boxes: { [name: string]: string } = {}, seq = 5) =>
  ({
    seq,
    percent,
    more: Object.entries(boxes).map(([name, text]) => ({ name, zh: '', en: '', text })),
  }) as unknown as Task

describe('a report of progress', () => {
  it('sends what is typed otherwise than it stood, and nothing else', () => {
    const stood = standing(task(50, { needs: '用地' }))
    expect(reportOf({ ...stood }, stood)).toEqual({})
    expect(reportOf({ ...stood, percent: 60 }, stood)).toEqual({ percent: 60 })
    expect(reportOf({ ...stood, percent: '50' }, stood)).toEqual({})
    expect(reportOf({ ...stood, percent: '' }, stood)).toEqual({})
    expect(reportOf({ ...stood, needs: '', problems: '缺资金' }, stood)).toEqual({ needs: '', problems: '缺资金' })
  })
  it('goes on over what others wrote meanwhile, which stays where it was not touched', () => {
    const stood = standing(task(50, { needs: '用地' }))
    const now = standing(task(70, { needs: '用地', next_steps: '验收' }, 9))
    const typed = { ...stood, problems: '缺资金' }
    expect(over(now, typed, stood)).toEqual({ ...now, problems: '缺资金' })
    expect(reportOf(over(now, typed, stood), now)).toEqual({ problems: '缺资金' })
  })
})
