// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en, zh } from './tables'
import { text } from '.'

const source = (readdirSync('src', { recursive: true }) as string[])
  .filter((name) => /\.(vue|ts)$/.test(name) && !/test|text\//.test(name))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n')
const named = new Set(source.match(/(?<=['"`])[a-z_]+(?:\.[a-z_-]+)*(?=['"`])/g))
/** Keys put together from parts, as `level.${…}` or `act.${…}.send`: one word stands in the place of the part, no more. */
const shapes = [...source.matchAll(/`([a-z_]+(?:\.[a-z_-]+)*\.\$\{(?:[^{}`]|`[^`]*`)*\}(?:\.[a-z_]+)*)`/g)].map(
  (found) =>
    new RegExp(
      `^${found[1]!
        .replace(/\$\{.*\}/, '*')
        .replace(/\./g, '\\.')
        .replace('*', '[\\w-]+')}$`,
    ),
)
const parameters = (form: string) => [...new Set(form.match(/\{\w+\}/g))].sort().join()

describe('the two languages', () => {
  it('say the same things, both ways', () => expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()))
  it('say nothing with nothing', () =>
    expect(Object.entries({ ...zh, ...en }).filter(([, value]) => !value.trim())).toEqual([]))
  it('use the same parameters', () => {
    for (const key of Object.keys(zh) as (keyof typeof zh)[])
      expect([key, parameters(en[key].split('|').pop()!)]).toEqual([key, parameters(zh[key])])
  })
  it('hold no Chinese in the English and no second form in the Chinese', () => {
    expect(Object.entries(en).filter(([, value]) => /[\u4e00-\u9fff]/.test(value))).toEqual([])
    expect(Object.entries(zh).filter(([, value]) => value.includes('|'))).toEqual([])
  })
  it('hold each key in one file alone, the same in both languages', async () => {
    const files = import.meta.glob<Record<string, Record<string, string>>>('./*.{zh,en}.ts', { eager: true })
    for (const [language, joined] of Object.entries({ zh, en })) {
      const own = Object.entries(files).filter(([name]) => name.endsWith(`.${language}.ts`))
      const keys = own.flatMap(([, file]) => Object.keys(file[language]!))
      expect(keys.sort()).toEqual(Object.keys(joined).sort())
    }
  })
  it('hold no key that no page uses', () =>
    expect(Object.keys(zh).filter((key) => !named.has(key) && !shapes.some((shape) => shape.test(key)))).toEqual([]))
  it('choose the form by number', () =>
    expect([
      text('tasks.found', 'en', { n: 1 }),
      text('tasks.found', 'en', { n: 7 }),
      text('tasks.found', 'zh', { n: 1 }),
    ]).toEqual(['1 task', '7 tasks', '共 1 项']))
})
