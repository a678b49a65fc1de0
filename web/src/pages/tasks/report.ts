// SPDX-License-Identifier: Apache-2.0
// What a report of progress changes beside its words: the percentage and three boxes that stand in the task already, so only
// what was typed otherwise is sent.
import type { Task } from '@/api/types'

export const boxNames = ['problems', 'next_steps', 'needs'] as const
type Box = (typeof boxNames)[number]

export interface Report extends Record<Box, string> {
  seq: number
  /** A number field gives numbers, and '' where it is empty. */
  percent: string | number
}

export function standing(task: Task): Report {
  const box = (name: Box) => task.more.find((one) => one.name === name)?.text ?? ''
  return {
    seq: task.seq,
    percent: task.percent ?? '',
    problems: box('problems'),
    next_steps: box('next_steps'),
    needs: box('needs'),
  }
}

/** Members of the request: what is typed otherwise than it stood. A percentage can't be taken back, only changed. */
export function reportOf(typed: Report, stood: Report): { [name: string]: string | number } {
  const out: { [name: string]: string | number } = {}
  if (String(typed.percent) !== String(stood.percent) && typed.percent !== '') out.percent = Number(typed.percent)
  for (const name of boxNames) if (typed[name] !== stood[name]) out[name] = typed[name]
  return out
}

/** What was typed over what stood before, now over what stands there: the rest is as others left it. */
export function over(now: Report, typed: Report, stood: Report): Report {
  const own = { ...reportOf(typed, stood) } as Partial<Report>
  return { ...now, ...own }
}
