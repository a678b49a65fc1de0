// SPDX-License-Identifier: Apache-2.0
// Parts of the task drawer, rendered to text in both languages.
import { describe, expect, it } from 'vitest'
import { createSSRApp, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Task, TaskDetail } from '@/api/types'
import { settings } from '@/base/settings'
import { lengthened, renewed } from './history'
import TaskHistory from './TaskHistory.vue'
import TaskStanding from './TaskStanding.vue'

async function shown(part: Component, props: Record<string, unknown>) {
  const html = await renderToString(createSSRApp(part, props))
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
const standing = (light: Task['light'], state: Task['state']) => shown(TaskStanding, { task: { light, state } })

describe('task drawer', () => {
  it('says how a task stands once', async () => {
    settings.language = 'zh'
    expect(await standing('none', 'open')).toBe('在办')
    expect(await standing('waiting', 'waiting')).toBe('待销号')
    expect(await standing('closed', 'closed')).toBe('已销号')
    expect(await standing('none', 'paused')).toBe('已暂停')
    expect(await standing('overdue', 'open')).toBe('已逾期 在办')
    settings.language = 'en'
    expect(await standing('none', 'open')).toBe('Open')
    expect(await standing('week', 'open')).toBe('Due this week Open')
  })
  it('says so when nothing was done yet', async () => {
    settings.language = 'zh'
    expect(await shown(TaskHistory, { history: { events: [], next: null } })).toBe(
      '经过 随方案文件装入，尚无办理记录。',
    )
    settings.language = 'en'
    expect(await shown(TaskHistory, { history: { events: [], next: null } })).toBe(
      'What happened Loaded with the programme; nothing has been done with it here yet.',
    )
    const event = { at: '2026-06-17T10:00:00+08:00', actor: 'Li', act: 'import', text: 'row 3', seq: 5 }
    expect(await shown(TaskHistory, { history: { events: [event], next: null } })).toContain('row 3')
  })
  it('keeps the history whole while it grows', () => {
    const event = (seq: number) => ({ at: '2026-06-17T10:00:00+08:00', actor: 'Li', act: 'progress', text: '', seq })
    const page = (from: number, to: number, next: string | null) =>
      ({ events: Array.from({ length: to - from + 1 }, (_, i) => event(from + i)), next }) as unknown as TaskDetail
    const seqs = (of: { events: { seq: number }[] }) => of.events.map((one) => one.seq).join(' ')
    let history = renewed({ events: [], next: null }, page(7, 9, '7.0'))
    expect(seqs(history)).toBe('7 8 9')
    history = lengthened(history, page(4, 6, '4.0'))
    expect([seqs(history), history.next]).toEqual(['4 5 6 7 8 9', '4.0'])
    history = renewed(history, page(8, 10, '8.0'))
    expect([seqs(history), history.next]).toEqual(['4 5 6 7 8 9 10', '4.0'])
    history = renewed(history, page(20, 22, '20.0'))
    expect([seqs(history), history.next]).toEqual(['20 21 22', '20.0'])
  })
  it('offers what stands earlier', async () => {
    settings.language = 'zh'
    expect(await shown(TaskHistory, { history: { events: [], next: '7.0' } })).toContain('更早的经过')
  })
})
