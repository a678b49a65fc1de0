// SPDX-License-Identifier: Apache-2.0
// For tests alone: a part or page mounted in a document, within a programme, before a server that answers as the test says.
import { vi } from 'vitest'
import { computed, createApp, defineComponent, h, nextTick, shallowReactive, type Component } from 'vue'
import { createMemoryHistory, createRouter, type RouteRecordRaw } from 'vue-router'
import type { Programme, RegisterField, SessionState } from '@/api/types'
import { provideProgramme } from '@/base/programme'
import { provideSession } from '@/base/session'
import { settings } from '@/base/settings'
import { mayLeave } from '@/base/unsaved'
import { routes } from '@/router'

export interface Asked {
  method: string
  /** Below /api/v1. */
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: unknown
}
export const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ code, detail_zh: `拒绝：${code}`, detail_en: code, errors: [] }), { status })
/** No answer at all. */
export const cut = () => Promise.reject(new TypeError('network'))

/** What is asked of the server is answered by `answer` with a value, a Response or a promise of either, and kept in the list. */
export function serve(answer: (asked: Asked) => unknown): Asked[] {
  const log: Asked[] = []
  vi.stubGlobal('fetch', async (at: string, init: RequestInit = {}) => {
    const url = new URL(at, 'http://server.test')
    const asked: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      headers: (init.headers ?? {}) as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    }
    log.push(asked)
    const told = await answer(asked)
    if (told instanceof Response) return told
    return told === undefined ? refusal(404, 'app.unknown') : new Response(JSON.stringify(told))
  })
  return log
}

/** The addresses of the site without its pages: the part under test is the page. */
const bare = (all: readonly RouteRecordRaw[]): RouteRecordRaw[] =>
  all.map(({ path, name, children }) => {
    const component = defineComponent({ render: () => null })
    return children ? { path, component, children: bare(children) } : { path, name, component }
  })

/** Waits as long as it takes on a busy machine: what never comes fails all the same. */
export const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 10 })

/** `props` can be changed later on; what a part emits, `on…` among them hears. */
export async function mounted<P extends object>(part: Component, given: P, at = '/p', session?: Partial<SessionState>) {
  settings.language = 'zh'
  window.scrollTo = () => {}
  window.matchMedia ??= () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never
  const programme = { id: 'p' } as Programme
  const props = shallowReactive(given)
  const page = defineComponent({
    setup() {
      provideProgramme({ programme: computed(() => programme), all: computed(() => [programme]) })
      provideSession(
        computed(() => ({ permissions: [], ...session }) as unknown as SessionState),
        () => {},
      )
      return () => h(part, props)
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: bare(routes) })
  router.beforeEach(mayLeave)
  await router.push(at)
  const root = document.createElement('div')
  document.body.append(root)
  const app = createApp(page)
  app.use(router)
  app.mount(root)
  await nextTick()
  const one = <E extends HTMLElement = HTMLInputElement>(css: string) => {
    const found = document.querySelector<E>(css)
    if (!found) throw new Error(`${css} is not in ${document.body.innerHTML}`)
    return found
  }
  return {
    router,
    props,
    one,
    all: (css: string) => [...document.querySelectorAll<HTMLElement>(css)],
    words: () => document.body.textContent!.replace(/\s+/g, ' '),
    async press(name: string) {
      const button = [...document.querySelectorAll<HTMLButtonElement>('button, a')].find(
        (button) => button.textContent!.trim() === name,
      )
      if (!button) throw new Error(`no button ${name} in ${document.body.innerHTML}`)
      button.click()
      await nextTick()
    },
    async type(css: string, words: string) {
      const input = one(css)
      input.value = words
      input.dispatchEvent(new Event('input'))
      input.dispatchEvent(new Event('change'))
      await nextTick()
    },
    async key(css: string, key: string, more: KeyboardEventInit = {}) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
      one(css).dispatchEvent(event)
      await nextTick()
      return event
    },
    end() {
      app.unmount()
      root.remove()
    },
  }
}

export const field = (name: string, type: RegisterField['type'], more: Partial<RegisterField> = {}): RegisterField => ({
  name,
  type,
  zh: name,
  en: name,
  typed: true,
  needed: false,
  personal: false,
  ...more,
})
