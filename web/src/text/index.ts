// SPDX-License-Identifier: Apache-2.0
// Every sentence of the front end by key, in two languages: one file a noun. A key missing in either does not compile.
import { settings, type Language } from '@/base/settings'
import { en, zh } from './tables'

export type Key = keyof typeof zh
export type Params = Record<string, string | number>
const tables: Record<Language, Record<Key, string>> = { zh, en }

/** `{n}` is replaced by the parameter n; "one task|{n} tasks" chooses by n. */
export function text(key: Key, language: Language, params: Params = {}): string {
  // A word the server knows and this page does not is shown as it is.
  const forms = (tables[language][key] ?? key).split('|')
  const form = forms.length > 1 && Number(params.n) !== 1 ? forms[1]! : forms[0]!
  return form.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

export const t = (key: Key, params?: Params) => text(key, settings.language, params)

/** What a scheme is called: without an approval number it is a monitoring, and then its own name follows. */
export function titled(of: { title_zh: string; title_en: string; name_zh: string; name_en: string }): string {
  const title = said(of, 'title')
  const name = said(of, 'name')
  return title === name ? title : `${title} · ${name}`
}

/** The reader's language of a pair zh/en. */
export const own = (of: { zh: string; en: string }) => (settings.language === 'zh' ? of.zh : of.en || of.zh)

/** The reader's language of a pair name_zh/name_en, text_zh/text_en … */
export function said<P extends string>(of: { [K in `${P}_zh` | `${P}_en`]: string }, prefix: P): string {
  const pair = of as Record<string, string>
  return (settings.language === 'zh' ? pair[`${prefix}_zh`] : pair[`${prefix}_en`] || pair[`${prefix}_zh`]) ?? ''
}
