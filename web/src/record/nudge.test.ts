// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { settings } from '@/base/settings'
import { nudgePath, publicText } from './nudge'

describe('nudges', () => {
  it('go to one task or record each', () => {
    expect(nudgePath('p', { about: 'task', id: '7' })).toBe('/p/tasks/7/nudge')
    expect(nudgePath('p', { about: 'record', id: '2.obstacle.1' })).toBe('/p/records/2.obstacle.1/nudge')
  })
  it('tell a group how many and where, and no name', () => {
    settings.language = 'zh'
    expect(publicText('p', 3, 'https://x.example')).toBe(
      '有 3 件事项已过时限，请登录查看本单位待办并尽快办理：https://x.example/p/todo',
    )
  })
})
