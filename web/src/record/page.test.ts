// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
// A record on its page: persons of one are not shown on another, and a lost connection takes nothing from the screen.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { actFor, forget } from '@/api/client'
import type { RecordDetail } from '@/api/types'
import { refresh } from '@/api/use'
import { cut, field, mounted, refusal, serve, until, type Asked } from '@/testing/mounted'
import RecordEntry from './RecordEntry.vue'
import RecordPage from './RecordPage.vue'

const register = {
  id: 'visit',
  zh: '走访',
  en: 'Visits',
  title: ['words'],
  list: [],
  open: true,
  may_enter: true,
  fields: [
    field('words', 'text', { max: 40 }),
    field('phone', 'person', { personal: true }),
    field('card', 'file', { personal: true }),
    field('photo', 'file'),
    field('members', 'rows', { fields: [field('name', 'person', { personal: true }), field('scan', 'file')] }),
  ],
}
const hidden = { hidden: '（已隐去）' }
const record = (id: string): RecordDetail => ({
  id,
  kind: 'visit',
  no: id,
  title: `第${id}条`,
  seq: 7,
  due: null,
  late: false,
  raiser: '',
  fields: {
    words: id,
    phone: hidden,
    card: hidden,
    photo: { digest: 'sha256:aa', name: '现场.jpg' },
    members: [{ row: 3, name: hidden, scan: { digest: 'sha256:bb', name: '扫描.pdf' } }],
  },
  acts: { edit: true, steps: [], extend: [], merge: false, out: [], nudge: false, persons: true },
  clocks: [],
  merged: [],
  history: [],
  earlier: null,
})
const seen = {
  'phone': '13900000000',
  'card': '{"digest":"sha256:cc","name":"证件.pdf","type":"application/pdf","bytes":9}',
  'members.3.name': '张某',
}
function answer({ method, path }: Asked): unknown {
  if (path === '/p/registers') return { items: [] }
  if (path === '/p/registers/visit') return register
  if (/persons$/.test(path)) return { seq: 8, fields: seen }
  if (/files/.test(path)) return new Response('bytes')
  const id = /records\/(\w+)$/.exec(path)?.[1]
  return method === 'GET' && id ? record(id) : undefined
}
let log: Asked[]
let now: (asked: Asked) => unknown
let page: Awaited<ReturnType<typeof mounted>>
const asRead = (words: string) => until(() => expect(page.words()).toContain(words))
async function look() {
  await page.press('查看个人信息')
  await page.type('input[minlength]', '核对联系方式')
  await page.press('查看')
  page.one<HTMLFormElement>('form').requestSubmit()
  await asRead('13900000000')
}
beforeEach(() => {
  localStorage.clear()
  forget()
  now = answer
  log = serve((asked) => now(asked))
})
afterEach(() => {
  page.end()
  vi.unstubAllGlobals()
})

it('shows persons of one record there alone, and no longer than it is open', async () => {
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  await look()
  expect(page.words()).toContain('张某')
  await page.router.push('/p/registers/visit/2')
  await asRead('第2条')
  expect(page.words()).not.toMatch(/13900000000|张某/)
  await page.router.push('/p/registers/visit/1')
  await asRead('第1条')
  expect(page.words()).not.toMatch(/13900000000|张某/)
})

it('shows persons that are told too late on no other record', async () => {
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  let late = () => {}
  now = (asked) =>
    /persons$/.test(asked.path) ? new Promise((done) => (late = () => done(answer(asked)))) : answer(asked)
  await page.press('查看个人信息')
  await page.type('input[minlength]', '核对联系方式')
  page.one<HTMLFormElement>('form').requestSubmit()
  await page.router.push('/p/registers/visit/2')
  await asRead('第2条')
  late()
  await new Promise((done) => setTimeout(done, 20))
  expect(page.words()).not.toContain('13900000000')
})

it('hides persons again from who may not see them any more', async () => {
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  await look()
  now = (asked) => {
    const told = answer(asked) as ReturnType<typeof record>
    return /records\/1$/.test(asked.path) ? { ...told, acts: { ...told.acts, persons: false } } : told
  }
  refresh()
  await until(() => expect(page.words()).not.toContain('13900000000'))
})

it('links files of rows, and opens a personal one for the reason given', async () => {
  URL.createObjectURL = vi.fn(() => '#file')
  URL.revokeObjectURL = vi.fn()
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  expect(page.all('a[target=_blank]').map((link) => link.getAttribute('href'))).toEqual([
    '/api/v1/p/records/1/files/sha256:aa',
    '/api/v1/p/records/1/files/sha256:bb',
  ])
  expect(page.words()).not.toContain('证件.pdf')
  await look()
  await page.press('证件.pdf')
  await until(() => expect(URL.createObjectURL).toHaveBeenCalledOnce())
  const asked = log.find((one) => /files/.test(one.path))!
  expect([asked.method, asked.path, asked.body]).toEqual([
    'POST',
    '/p/records/1/files/sha256:cc',
    { reason: '核对联系方式' },
  ])
})

it('fetches a file as the one acted for, and tells a refusal', async () => {
  actFor('p', '7')
  try {
    URL.createObjectURL = vi.fn(() => '#file')
    page = await mounted(RecordPage, {}, '/p/registers/visit/1', { on_behalf: {} as never })
    await asRead('第1条')
    await page.press('现场.jpg')
    await until(() => expect(URL.createObjectURL).toHaveBeenCalledOnce())
    const asked = log.find((one) => /files/.test(one.path))!
    expect([asked.method, asked.headers['gangmu-on-behalf-of']]).toEqual(['GET', '7'])
    now = (one) => (/files/.test(one.path) ? refusal(404, 'record.unknown_file') : answer(one))
    await page.press('扫描.pdf')
    await asRead('拒绝：record.unknown_file')
  } finally {
    actFor('p', null)
  }
})

it('keeps the page and what was typed when a reading in the background fails, and tries again', async () => {
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  await page.press('修改')
  await page.type('#f-words', '改过的')
  now = cut
  refresh()
  await asRead('连不上服务器')
  expect(page.words()).toContain('第1条')
  expect(page.one('#f-words').value).toBe('改过的')
  now = answer
  await page.press('重试')
  await until(() => expect(page.words()).not.toContain('连不上服务器'))
})

it('shows no record that its reader may not see any more', async () => {
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('第1条')
  now = (asked) => (/records\/1$/.test(asked.path) ? refusal(404, 'record.unknown') : answer(asked))
  refresh()
  await asRead('拒绝：record.unknown')
  expect(page.words()).not.toContain('第1条')
})

it('keeps an entry that is being typed when a reading in the background fails', async () => {
  page = await mounted(RecordEntry, {}, '/p/registers/visit/new')
  await asRead('登记走访')
  await page.type('#f-words', '写了一半')
  now = cut
  refresh()
  await asRead('连不上服务器')
  expect(page.one('#f-words').value).toBe('写了一半')
})

it('tells each event in its own words, where it came to and whom it was passed on to, and that the record is void', async () => {
  const event = { seq: 9, at: '2026-03-01T09:00:00+08:00', actor: '', reason: '按程序更正', changed: [] }
  const history = [
    { ...event, step: 'out-void', zh: '作废', en: 'Made void' },
    {
      ...event,
      seq: 8,
      step: 'pass',
      zh: '转办',
      en: 'Passed on',
      state: 'open',
      to: { id: 'unit:x', name: '示例局' },
    },
    { ...event, seq: 7, step: 'pack-opening', zh: '随方案包载入', en: 'Brought by the pack' },
  ]
  now = (asked) => {
    if (asked.path === '/p/registers/visit')
      return { ...register, states: [{ id: 'open', zh: '办理中', en: 'Open', is: 'open' }] }
    const told = answer(asked) as ReturnType<typeof record>
    if (!/records\/1$/.test(asked.path)) return told
    return { ...told, void: true, history, acts: { ...told.acts, edit: false, out: ['restore'] } }
  }
  page = await mounted(RecordPage, {}, '/p/registers/visit/1')
  await asRead('这条已作废')
  expect(page.words()).toMatch(/作废[\s\S]*转办[\s\S]*现为“办理中”，交给示例局[\s\S]*随方案包载入/)
  expect(page.words()).not.toContain('此刻没有您能办的')
})

it('begins with the need of the task its address names, and without it where that can not be read', async () => {
  const task = { more: [{ name: 'needs', text: '缺用地指标' }], place: null }
  now = (asked) => {
    if (asked.path === '/p/tasks/5') return { task }
    if (asked.path !== '/p/registers/visit') return answer(asked)
    return { ...register, fields: [field('text', 'text', { max: 40 })] }
  }
  page = await mounted(RecordEntry, {}, '/p/registers/visit/new?task=5')
  await until(() => expect(page.one('#f-text').value).toBe('缺用地指标'))
  page.end()
  page = await mounted(RecordEntry, {}, '/p/registers/visit/new?task=6')
  await until(() => expect(page.one('#f-text').value).toBe(''))
})
