// SPDX-License-Identifier: Apache-2.0
import { webcrypto } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { actFor, address, ApiError, get, post, requestKey } from './client'

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'x-request-id': 'r9' } })
// Node 18 keeps its browser-like crypto behind a module.
beforeEach(() => {
  vi.stubGlobal('crypto', webcrypto)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('addresses', () => {
  it('leave empty values out and escape the others', () =>
    expect(address('/x/tasks', { view: 'week', lead: '', q: '路 1&2', due: null })).toBe(
      '/api/v1/x/tasks?view=week&q=%E8%B7%AF%201%262',
    ))
})

describe('acting for another', () => {
  it("is named with every request of that programme but those about one's own account", async () => {
    const kept = new Map<string, string>()
    vi.stubGlobal('sessionStorage', {
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
      getItem: (key: string) => kept.get(key) ?? null,
    })
    const named: string[] = []
    vi.stubGlobal(
      'fetch',
      vi.fn((url: string, init: RequestInit) => {
        if ((init.headers as Record<string, string>)['gangmu-on-behalf-of'] === 'u7')
          named.push(url.replace('/api/v1', ''))
        return Promise.resolve(json({ seq: 0 }))
      }),
    )
    actFor('p7', 'u7')
    for (const path of ['/p7/tasks', '/p7/session', '/p7/account', '/p7/account/stand-ins', '/p8/tasks', '/programmes'])
      await get(path)
    for (const path of ['/p7/tasks/1/progress', '/p7/account/password', '/p7/session/end']) await post(path, {})
    expect(named).toEqual(['/p7/tasks', '/p7/session', '/p7/tasks/1/progress'])
    actFor('p7', null)
    await get('/p7/tasks')
    expect(named.length).toBe(3)
    expect(kept.size).toBe(0)
  })
})

describe('writes', () => {
  it('make a new 32-digit key each', () => {
    expect(requestKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(requestKey()).not.toBe(requestKey())
  })
  it('repeat a broken send with the same key, and then read at least that seq', async () => {
    vi.useFakeTimers()
    const seen: [string, RequestInit | undefined][] = []
    vi.stubGlobal(
      'fetch',
      vi.fn((url: string, init?: RequestInit) => {
        seen.push([url, init])
        return seen.length < 3 ? Promise.reject(new TypeError('broken')) : Promise.resolve(json({ seq: 41, task: {} }))
      }),
    )
    const done = post('/p1/tasks/7/progress', { text: '好' }, { seq: 40 })
    await vi.runAllTimersAsync()
    await done
    const keys = seen.map(([, init]) => (init!.headers as Record<string, string>)['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    expect((seen[0]![1]!.headers as Record<string, string>)['if-match']).toBe('"40"')
    await get('/p1/tasks')
    expect(seen.at(-1)![0]).toBe('/api/v1/p1/tasks?min_seq=41')
    await get('/p2/tasks')
    expect(seen.at(-1)![0]).toBe('/api/v1/p2/tasks')
  })
  it('give up after four sends and say that nothing is lost', async () => {
    vi.useFakeTimers()
    const fetch = vi.fn(() => Promise.reject(new TypeError('broken')))
    vi.stubGlobal('fetch', fetch)
    const done = post('/p/imports/1/confirm', {}).catch((error: ApiError) => error.problem)
    await vi.runAllTimersAsync()
    expect(await done).toMatchObject({ code: 'unreachable', status: 0 })
    expect(fetch).toHaveBeenCalledTimes(4)
  })
  it('do not repeat what was refused', async () => {
    const fetch = vi.fn(() =>
      Promise.resolve(
        json(
          {
            code: 'questions_open',
            detail_zh: '还有问题',
            detail_en: 'open',
            errors: [{ code: 'q', where: '表!C7', text_zh: '?', text_en: '?' }],
            request_id: 'r1',
            status: 409,
            title: 'x',
          },
          409,
        ),
      ),
    )
    vi.stubGlobal('fetch', fetch)
    await expect(post('/p/imports/1/confirm', {})).rejects.toMatchObject({
      problem: { status: 409, code: 'questions_open', request_id: 'r1', errors: [{ where: '表!C7' }] },
    })
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

describe('a token that is renewed', () => {
  it('ends nothing for reads that are asked, or left, while its write is under way', async () => {
    let answerWrite: (answer: Response) => void = () => {}
    const asked: string[] = []
    vi.stubGlobal(
      'fetch',
      vi.fn((url: string, init: RequestInit) => {
        asked.push(url)
        if (init.method === 'POST') return new Promise<Response>((done) => (answerWrite = done))
        const early = asked.filter((one) => one === url).length === 1 && url.endsWith('/tasks')
        return Promise.resolve(early ? json({ code: 'app.not_signed_in' }, 401) : json({ seq: 9 }))
      }),
    )
    const left = get('/p/tasks') // under the old token, answered when the new one is there
    const write = post('/p/account/password', {})
    const later = get('/p/home')
    await Promise.resolve()
    expect(asked).not.toContain('/api/v1/p/home')
    answerWrite(json({ seq: 8 }))
    await Promise.all([write, left, later])
    expect(asked.filter((one) => one.startsWith('/api/v1/p/tasks'))).toHaveLength(2)
  })
})

describe('reads', () => {
  it('turn an answer without a reason into one, with the request id of the head', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response('<html>', { status: 502, headers: { 'x-request-id': 'r9' } })),
    )
    await expect(get('/p/home')).rejects.toMatchObject({ problem: { status: 502, code: 'http_502', request_id: 'r9' } })
  })
  it('say so when the connection breaks in the middle of the answer', async () => {
    const half = new ReadableStream({
      start(to) {
        to.enqueue(new TextEncoder().encode('{"it'))
        to.error(new TypeError('Failed to fetch'))
      },
    })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(half, { status: 200 })))
    await expect(get('/p/home')).rejects.toMatchObject({ problem: { status: 0, code: 'unreachable' } })
  })
})
