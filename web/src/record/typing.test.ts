// @vitest-environment jsdom
// SPDX-License-Identifier: Apache-2.0
// A form at work: words that were not chosen, files under way, a draft begun anew, rows that go, faults told to who can't see.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { forget } from '@/api/client'
import { settings } from '@/base/settings'
import { cut, field, mounted, refusal, serve, until, type Asked } from '@/testing/mounted'
import RecordForm from './RecordForm.vue'
import RegisterFilters from './RegisterFilters.vue'
import { file_most } from './typed'

const places = [
  { code: '990101101000', name_zh: '甲01镇', name_en: 'Jia 01', path: [] },
  { code: '990101102000', name_zh: '甲02镇', name_en: 'Jia 02', path: [] },
]
let answer: (asked: Asked) => unknown
function usual({ path, query }: Asked): unknown {
  const code = /places\/(\d+)$/.exec(path)?.[1]
  if (code) return { place: places.find((one) => one.code === code) }
  if (/places$/.test(path)) return { items: places.filter((one) => one.name_zh.startsWith(query.get('q')!)) }
  if (/files$/.test(path)) return { seq: 1, digest: 'sha256:aa', type: 'application/pdf', bytes: 4 }
}
let log: Asked[]
let page: Awaited<ReturnType<typeof mounted>>
const send = vi.fn(async () => {})
const form = async (fields: ReturnType<typeof field>[], more: object = {}) => {
  page = await mounted(RecordForm, {
    fields,
    wanted: [],
    shown: {},
    send,
    seq: 3,
    button: '保存',
    draft: 'draft',
    ...more,
  })
}
const submit = async () => {
  page.one<HTMLFormElement>('form').requestSubmit()
  await nextTick()
}
const sent = () => send.mock.calls[0]?.[0 as never] as unknown
const focus = (css: string) => page.one(css).focus()
const leave = async (css: string) => {
  page.one(css).blur()
  await new Promise((done) => setTimeout(done, 10))
}
const options = () => page.all('[role=option]').length
beforeEach(() => {
  localStorage.clear()
  forget()
  send.mockClear()
  answer = usual
  log = serve((asked) => answer(asked))
})
afterEach(() => {
  page.end()
  vi.unstubAllGlobals()
})

describe('one of many', () => {
  const place = [field('where', 'place')]
  it('says that nothing was chosen, and no form is sent with such words', async () => {
    await form(place)
    focus('#f-where')
    await page.type('#f-where', '甲')
    await until(() => expect(options()).toBe(2))
    await leave('#f-where')
    expect(page.one('#f-where').value).toBe('甲')
    expect(page.words()).toContain('还没有选定')
    expect(page.one('#f-where').getAttribute('aria-invalid')).toBe('true')
    expect(page.one('#f-where').getAttribute('aria-describedby')).toBe('f-where-loose')
    await submit()
    expect(send).not.toHaveBeenCalled()
    expect(document.activeElement!.id).toBe('f-where')
    await page.type('#f-where', '')
    await submit()
    expect(sent()).toEqual({})
  })
  it('takes what fits exactly on leaving, also when it is found only then, and opens no list after', async () => {
    await form(place)
    focus('#f-where')
    await page.type('#f-where', '甲01镇')
    await leave('#f-where')
    await until(() => expect(log.length).toBe(1))
    await new Promise((done) => setTimeout(done, 250))
    expect([log.length, options(), page.words().includes('还没有选定')]).toEqual([1, 0, false])
    await submit()
    expect(sent()).toEqual({ where: '990101101000' })
  })
  it('does not send the form by Enter while words are not settled; the only one found is taken', async () => {
    await form(place)
    focus('#f-where')
    await page.type('#f-where', '甲')
    expect((await page.key('#f-where', 'Enter')).defaultPrevented).toBe(true)
    await until(() => expect(options()).toBe(2))
    await page.type('#f-where', '甲02')
    await page.key('#f-where', 'Enter')
    await until(() => expect(page.one('#f-where').value).toBe('甲02镇'))
    expect((await page.key('#f-where', 'Enter')).defaultPrevented).toBe(false)
  })
  it('leaves the keys to an input method that is composing', async () => {
    await form(place)
    await page.type('#f-where', 'jia')
    expect((await page.key('#f-where', 'Enter', { isComposing: true })).defaultPrevented).toBe(false)
  })
  it('says why nothing can be looked up', async () => {
    await form(place)
    answer = cut
    focus('#f-where')
    await page.type('#f-where', '甲')
    await until(() => expect(page.words()).toContain('连不上服务器'))
    answer = usual
    await page.type('#f-where', '甲0')
    await until(() => expect(options()).toBe(2))
    expect(page.words()).not.toContain('连不上服务器')
  })
  it('keeps its focus as a condition of a list, and shows what the list stands under', async () => {
    const asked: Record<string, string> = {}
    page = await mounted(RegisterFilters, {
      register: { fields: [] },
      query: (name: string) => asked[name] ?? '',
      onSet: (change: { place?: string }) => {
        if (change.place) asked.place = change.place
        Object.assign(page.props, { query: (name: string) => asked[name] ?? '' })
      },
    })
    focus('#list-place')
    await page.type('#list-place', '甲')
    await until(() => expect(options()).toBe(2))
    await page.key('#list-place', 'ArrowDown')
    await page.key('#list-place', 'Enter')
    expect(asked.place).toBe('990101101000')
    expect(document.activeElement!.id).toBe('list-place')
    await page.type('#list-place', '没这个地方')
    await leave('#list-place')
    await until(() => expect(page.one('#list-place').value).toBe('甲01镇'))
  })
})

describe('a file', () => {
  const file = [field('scan', 'file', { zh: '扫描件', en: 'Scan' })]
  async function choose(bytes: number) {
    const of = new File(['x'], '现场.pdf')
    Object.defineProperty(of, 'size', { value: bytes })
    Object.defineProperty(page.one('#f-scan'), 'files', { value: [of], configurable: true })
    page.one('#f-scan').dispatchEvent(new Event('change'))
    await nextTick()
  }
  it('is waited for by the form, and named in what is sent', async () => {
    await form(file)
    let arrive = () => {}
    answer = (asked) => new Promise((done) => (arrive = () => done(usual(asked))))
    await choose(4)
    expect(page.one<HTMLButtonElement>('[type=submit]').disabled).toBe(true)
    expect(page.words()).toContain('等文件传完')
    await submit()
    expect(send).not.toHaveBeenCalled()
    arrive()
    await until(() => expect(page.words()).toContain('现场.pdf'))
    expect([log[0]!.path, log[0]!.query.get('name')]).toEqual(['/p/files', '现场.pdf'])
    await submit()
    expect(sent()).toEqual({ scan: { digest: 'sha256:aa', name: '现场.pdf' } })
  })
  it('that is refused or cut off is told, and the form goes on without', async () => {
    await form(file)
    answer = () => refusal(422, 'file.marked_secret')
    await choose(4)
    await until(() => expect(page.words()).toContain('拒绝：file.marked_secret'))
    expect(page.one<HTMLButtonElement>('[type=submit]').disabled).toBe(false)
    expect(page.one('#f-scan').value).toBe('')
  })
  it('too large is not sent at all: the limit, said before, is the one the server documents', async () => {
    await form(file)
    expect(page.words()).toContain('每份不超过 20 MiB')
    await choose(file_most + 1)
    expect(page.words()).toContain('超过每份 20 MiB 的上限')
    expect(log).toEqual([])
    expect(readFileSync('../docs/api.md', 'utf8')).toContain(`octet-stream, at most ${file_most / 2 ** 20} MiB`)
  })
  it('taken away gives the focus to where another is chosen', async () => {
    await form(file, { shown: { scan: { digest: 'sha256:bb', name: '旧.pdf' } } })
    await page.press('去掉')
    await nextTick()
    expect(document.activeElement!.id).toBe('f-scan')
    await submit()
    expect(sent()).toEqual({ scan: null })
  })
})

describe('a draft', () => {
  it('begun anew empties every input, those with words of their own as well', async () => {
    const fields = [
      field('where', 'place'),
      field('month', 'period', { period: 3 }),
      field('next', 'ref', { to: 'x' }),
      field('words', 'text', { max: 40 }),
    ]
    const draft = { seq: 3, key: 'k', reason: '', fields: { where: '990101101000', month: '202306', words: '旧' } }
    localStorage.setItem('draft', JSON.stringify(draft))
    await form(fields, { begin: { words: '起头' } })
    await until(() => expect(page.one('#f-where').value).toBe('甲01镇'))
    expect([page.one('#f-month').value, page.one('#f-words').value]).toEqual(['2023', '旧'])
    await page.press('不要草稿，重新填')
    await nextTick()
    expect([page.one('#f-where').value, page.one('#f-month').value, page.one('#f-words').value]).toEqual([
      '',
      '',
      '起头',
    ])
    expect(page.words()).not.toContain('不要草稿')
    await submit()
    expect(sent()).toEqual({ words: '起头' })
  })
  it('that holds no file where one is wanted breaks nothing', async () => {
    localStorage.setItem('draft', JSON.stringify({ seq: 3, key: 'k', reason: '', fields: { scan: '现场' } }))
    await form([field('scan', 'file')])
    expect(page.all('.held')).toEqual([])
  })
})

it('new rows keep what was chosen in them while rows above them go', async () => {
  await form([field('members', 'rows', { zh: '成员', fields: [field('where', 'place')] })])
  await page.press('加一行')
  await page.press('加一行')
  for (const [n, words] of [
    [0, '甲01镇'],
    [1, '甲02镇'],
  ] as const) {
    focus(`#f-members-${n}-where`)
    await page.type(`#f-members-${n}-where`, words)
    await until(() => expect(options()).toBe(1))
    await leave(`#f-members-${n}-where`)
  }
  await page.press('去掉')
  expect(page.one('#f-members-0-where').value).toBe('甲02镇')
  await submit()
  expect(sent()).toEqual({ members: [{ where: '990101102000' }] })
})

it.each(['place', 'who', 'ref', 'file', 'period'] as const)(
  'a fault of a %s is told to who can not see it',
  async (type) => {
    const fault = { where: 'x', code: 'c', text_zh: '不对', text_en: 'wrong' }
    send.mockImplementationOnce(async () => {
      const { ApiError } = await import('@/api/client')
      throw new ApiError({ status: 422, code: 'c', errors: [fault], detail_zh: '', detail_en: '' } as never)
    })
    await form([field('x', type, { needed: true, period: 3, zh: '甲项', en: 'Item' })])
    expect(page.one('#f-x').getAttribute('aria-required')).toBe('true')
    await submit()
    await until(() => expect(page.words()).toContain('不对'))
    expect(page.one('#f-x').getAttribute('aria-invalid')).toBe('true')
    expect(page.one('#f-x').getAttribute('aria-describedby')).toContain('f-x-fault-0')
  },
)

it.each(['file', 'period'] as const)('a %s is named in the language of its reader', async (type) => {
  await form([field('x', type, { period: 3, zh: '甲项', en: 'Item' })])
  settings.language = 'en'
  await nextTick()
  expect(page.one('#f-x').getAttribute('aria-label')).toMatch(/^Item/)
})
