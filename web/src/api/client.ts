// SPDX-License-Identifier: Apache-2.0
// The one way to the server: reads that keep what they read, writes with a request key that is kept over retries.
import type { Problem } from './types'

/** A refusal or a broken connection, in the shape of RFC 9457, so that one part can show every failure. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

export type Query = Record<string, string | number | null | undefined>
const root = '/api/v1'

/** Path of a resource with its query; empty values are left out, so one state has one address. */
export function address(path: string, query: Query = {}): string {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = parts.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')
  return root + path + (text ? `?${text}` : '')
}

/** 128 random bits as 32 hex digits: made here, so that a repeated send is the same request. */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const unreachable: Problem = {
  type: 'about:blank',
  title: 'unreachable',
  status: 0,
  code: 'unreachable',
  request_id: '',
  errors: [],
  detail_zh: '连不上服务器。已填的内容都还在，请检查网络后重试。',
  detail_en: 'The server cannot be reached. What you typed is kept; check the network and try again.',
}

async function problemOf(response: Response): Promise<Problem> {
  const known = (await response.json().catch(() => null)) as Partial<Problem> | null
  return {
    type: known?.type ?? 'about:blank',
    title: known?.title ?? response.statusText,
    status: response.status,
    code: known?.code ?? `http_${response.status}`,
    detail_zh: known?.detail_zh ?? `服务器没有给出说明（${response.status}）。`,
    detail_en: known?.detail_en ?? `The server gave no reason (${response.status}).`,
    errors: known?.errors ?? [],
    request_id: known?.request_id ?? response.headers.get('x-request-id') ?? '',
  }
}

/**
 * A new password or authenticator renews the token of the session. The news of that write may be here before its answer with the new
 * cookie: what is asked meanwhile waits for it, and what left before under the old token is asked once more.
 */
const renews = (path: string) => /\/account\/(password|second-factor\/confirm)$/.test(path)
let renewing: Promise<unknown> | null = null
let renewals = 0
async function renewed<T>(sending: Promise<T>): Promise<T> {
  renewing = sending.catch(() => {})
  try {
    return await sending
  } finally {
    renewing = null
    renewals += 1
  }
}

/** One exchange up to the last byte of its answer; nothing (null) when the connection broke anywhere on the way. */
async function answered<B>(
  at: string,
  init: RequestInit,
  own: boolean,
  whole: (response: Response) => Promise<B>,
): Promise<{ body: B } | null> {
  if (renewing && !own) await renewing
  const asOf = renewals
  try {
    const response = await fetch(at, init)
    if (!response.ok) {
      const problem = await problemOf(response)
      const out = problem.code === 'app.not_signed_in'
      if (out && !own && (renewing || renewals !== asOf)) return answered(at, init, false, whole)
      if (out) ended()
      throw new ApiError(problem)
    }
    return { body: await whole(response) }
  } catch (error) {
    if (error instanceof ApiError) throw error
    return null
  }
}
async function exchange<T>(at: string, init: RequestInit, own = false): Promise<{ value: T } | null> {
  const answer = await answered(at, init, own, (response) => response.text())
  return answer && { value: JSON.parse(answer.body) as T }
}

/** The newest seq a write of this page has seen, per programme: reads ask for at least that. */
const written = new Map<string, number>()
const programmeOf = (path: string) => path.split('/')[1] ?? ''
const read = new Map<string, unknown>()

/** What was last read from this address, to show at once while it is read again. */
export const remembered = <T>(path: string, query: Query = {}): T | undefined =>
  read.get(address(path, query)) as T | undefined

/** Forgets everything read: what the next person sees is read anew. */
export const forget = () => read.clear()

/** Whom one acts for (代办) in this tab, by programme: named with every request but those about one's own account. */
const standIns = new Map<string, string>()
const keptAs = (programme: string) => `gangmu.on-behalf.${programme}`
export function actFor(programme: string, account: string | null) {
  if (account) sessionStorage.setItem(keptAs(programme), account)
  else sessionStorage.removeItem(keptAs(programme))
  standIns.set(programme, account ?? '')
}
export function actingFor(programme: string): string {
  if (!standIns.has(programme)) standIns.set(programme, globalThis.sessionStorage?.getItem(keptAs(programme)) ?? '')
  return standIns.get(programme)!
}
function standIn(path: string, writes: boolean): Record<string, string> {
  const [, programme, noun] = path.split('/')
  const own = noun === 'account' || (writes && noun === 'session')
  const other = programme && !own ? actingFor(programme) : ''
  return other ? { 'gangmu-on-behalf-of': other } : {}
}

/** Calls back when the server says that the session has ended. */
let ended = () => {}
export const whenSignedOut = (callback: () => void) => {
  ended = callback
}

/** What is there no more, or not for this reader: nothing of it is shown. */
export const withheld = (problem: Problem) => [403, 404, 410].includes(problem.status)

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const min_seq = written.get(programmeOf(path))
  const answer = await exchange<T>(address(path, { ...query, min_seq }), {
    signal,
    headers: { accept: 'application/json', ...standIn(path, false) },
  }).catch((error: unknown) => {
    if (error instanceof ApiError && withheld(error.problem)) read.delete(address(path, query))
    throw error
  })
  if (!answer) throw new ApiError(unreachable)
  const { value } = answer
  if (read.size > 200) read.clear()
  read.set(address(path, query), value)
  return value
}

/** The bytes of a file, asked for as the one acted for; with a reason where one is to be given first. */
export async function download(path: string, reason?: string): Promise<Blob> {
  const headers = standIn(path, reason !== undefined)
  const init: RequestInit =
    reason === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': requestKey(), 'content-type': 'application/json' },
          body: JSON.stringify({ reason }),
        }
  const answer = await answered(address(path), init, false, (response) => response.blob())
  if (!answer) throw new ApiError(unreachable)
  return answer.body
}

interface Write {
  query?: Query
  seq?: number
  file?: Blob
  /** The request key to send under; made here unless it was kept with a draft. */
  key?: string
}

/** Sends once, and after a broken connection three times more with the same key: the server does it once. */
export async function post<T extends { seq?: number }>(path: string, body: unknown, write: Write = {}): Promise<T> {
  const headers: Record<string, string> = {
    'idempotency-key': write.key ?? requestKey(),
    'content-type': write.file ? 'application/octet-stream' : 'application/json',
    ...standIn(path, true),
  }
  if (write.seq !== undefined) headers['if-match'] = `"${write.seq}"`
  const init = { method: 'POST', headers, body: write.file ?? JSON.stringify(body) }
  for (let pause = 300; ; pause *= 3) {
    const at = address(path, write.query)
    const answer = await (renews(path) ? renewed(exchange<T>(at, init, true)) : exchange<T>(at, init))
    if (!answer) {
      if (pause > 3000) throw new ApiError(unreachable)
      await new Promise((done) => setTimeout(done, pause))
      continue
    }
    const { value } = answer
    if (value.seq) written.set(programmeOf(path), Math.max(value.seq, written.get(programmeOf(path)) ?? 0))
    return value
  }
}

/**
 * Calls `seen` for each commit the server tells of; returns what stops it. Only while the page is in sight: a browser keeps
 * six connections to a server for all its tabs together, and each stream holds one. The server begins with the present seq.
 */
export function changes(programme: string, seen: (seq: number) => void): () => void {
  let source: EventSource | undefined
  const close = () => {
    source?.close()
    source = undefined
  }
  const follow = () => {
    if (document.hidden) return close()
    if (source) return
    source = new EventSource(address(`/${programme}/changes`))
    source.addEventListener('seq', (event) => seen(Number(JSON.parse((event as MessageEvent<string>).data).seq)))
  }
  document.addEventListener('visibilitychange', follow)
  addEventListener('pagehide', close)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', follow)
    removeEventListener('pagehide', close)
    close()
  }
}
