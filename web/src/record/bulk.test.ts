// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import type { RegisterRecord } from '@/api/types'
import { check, each, offered, readAll, take } from './bulk'

afterEach(() => vi.unstubAllGlobals())
const json = (body: unknown, status = 200) => Promise.resolve(new Response(JSON.stringify(body), { status }))
const row = (n: number) => ({ id: `7.obstacle.${n}`, no: `DD${n}`, title: `事项${n}`, seq: n }) as RegisterRecord

describe('one step for many records', () => {
  it('chooses every row of the filter and no other, page by page', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url)
      const second = url.includes('cursor=c1')
      return json({ items: second ? [row(3)] : [row(1), row(2)], next: second ? null : 'c1', total: 3 })
    })
    const all = await readAll('/p/registers/obstacle/records', { state: 'raised', where: 'kind=land' })
    expect(all.map((one) => one.id)).toEqual(['7.obstacle.1', '7.obstacle.2', '7.obstacle.3'])
    expect(asked.every((url) => url.includes('state=raised') && url.includes('where=kind%3Dland'))).toBe(true)
  })
  it('chooses nothing when a condition is refused', async () => {
    vi.stubGlobal('fetch', () => json({ code: 'app.query_malformed' }, 422))
    await expect(readAll('/p/registers/obstacle/records', { where: 'kin=land' })).rejects.toBeInstanceOf(ApiError)
  })
  it('counts who can take which step', async () => {
    vi.stubGlobal('fetch', (url: string) =>
      url.includes('obstacle.2')
        ? json({ code: 'app.unknown_record', errors: [] }, 404)
        : json({ ...row(1), seq: 9, acts: { edit: false, steps: ['answer', 'withdraw'], persons: false } }),
    )
    const all = await Promise.all([check('p', row(1)), check('p', row(2))])
    expect(all.map((one) => [one.seq, one.problem?.code])).toEqual([
      [9, undefined],
      [2, 'app.unknown_record'],
    ])
    expect(offered([...all, { ...all[0]!, steps: ['answer'] }])).toEqual([
      { step: 'answer', can: 2 },
      { step: 'withdraw', can: 1 },
    ])
  })
  it('sends one request a record, with its own number and key, and tells what was refused', async () => {
    const sent: { url: string; headers: Record<string, string>; body: string }[] = []
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      sent.push({ url, headers: init.headers as Record<string, string>, body: String(init.body) })
      return url.includes('obstacle.2')
        ? json({ code: 'record.step_impossible', errors: [] }, 409)
        : json({ seq: 12, id: 'x' })
    })
    const all = [1, 2, 3].map((n) => ({ ...row(n), steps: ['withdraw'] }))
    const out: (string | null)[] = []
    const one = async (item: (typeof all)[0]) => {
      out.push((await take('p', item, 'withdraw', { reason: '合并办理' }, '合并办理')).problem?.code ?? null)
    }
    await each(all, 1, one, () => false)
    expect(out).toEqual([null, 'record.step_impossible', null])
    expect(sent.map((s) => s.headers['if-match'])).toEqual(['"1"', '"2"', '"3"'])
    expect(new Set(sent.map((s) => s.headers['idempotency-key'])).size).toBe(3)
    expect(JSON.parse(sent[0]!.body)).toEqual({ fields: { reason: '合并办理' }, reason: '合并办理' })
  })
  it('stops before the next when told', async () => {
    let n = 0
    await each(
      [1, 2, 3, 4],
      1,
      async () => void n++,
      () => n >= 2,
    )
    expect(n).toBe(2)
  })
})
