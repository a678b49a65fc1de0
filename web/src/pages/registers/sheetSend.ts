// SPDX-License-Identifier: Apache-2.0
// A sheet of a register on its way: compared as often as something is put right, imported once. The file stays in this page.
import { computed, reactive, ref, shallowRef } from 'vue'
import { ApiError, post } from '@/api/client'
import { refresh } from '@/api/use'
import type { Problem, RegisterImportPreview, RegisterImported } from '@/api/types'
import { fileOf, keepFile } from '@/base/upload'
import { choicesMost, choicesText, columnsText, leftText, noChoices, outcomeOf, putRight } from './sheet'

export type Mode = 'both' | 'add' | 'update'
export const keptAs = (kind: string) => `register ${kind}`

export function useSheet(path: () => string, kind: () => string) {
  const file = shallowRef<File | undefined>(fileOf(keptAs(kind())))
  const preview = shallowRef<RegisterImportPreview | null>(null)
  const refused = ref<Problem | null>(null)
  const working = ref<'' | 'compare' | 'import'>('')
  const mode = ref<Mode>('both')
  const sheet = ref('')
  const columns = ref<{ [column: string]: string }>({})
  /** Wrong rows that were left out: the comparison knows of them. */
  const outside = reactive(new Set<number>())
  const choices = reactive(noChoices())

  const query = () => ({
    name: file.value!.name,
    sheet: sheet.value,
    mode: mode.value,
    columns: columnsText(columns.value),
  })
  async function ask<T extends { seq?: number }>(
    what: 'compare' | 'import',
    to: string,
    more: Record<string, string | number>,
  ) {
    working.value = what
    refused.value = null
    try {
      return await post<T>(`${path()}/${to}`, null, { query: { ...query(), ...more }, file: file.value! })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refused.value = error.problem
      return null
    } finally {
      working.value = ''
    }
  }
  async function compare() {
    const answer = await ask<RegisterImportPreview>('compare', 'imports/preview', {
      choices: leftText(outside).join(';'),
    })
    if (!answer) return
    preview.value = answer
    Object.assign(choices, noChoices())
  }
  function forget() {
    outside.clear()
    Object.assign(choices, noChoices())
    columns.value = {}
    sheet.value = ''
  }
  async function take(given: File) {
    forget()
    preview.value = null
    file.value = given
    keepFile(keptAs(kind()), given)
    await compare()
  }
  function another() {
    forget()
    preview.value = null
    refused.value = null
    file.value = undefined
  }
  const outcome = computed(() => (preview.value ? outcomeOf(preview.value, choices) : null))
  const said = computed(() => (preview.value ? choicesText(preview.value, choices, outside) : ''))
  const touched = computed(() => said.value !== '' || Object.keys(columns.value).length > 0 || choices.clash !== 'ask')
  const tooLong = computed(() => said.value.length > choicesMost)

  async function enter() {
    const { digest, seq } = preview.value!
    const done = await ask<RegisterImported>('import', 'imports', {
      choices: said.value,
      clash: choices.clash,
      digest,
      seq,
    })
    if (done) refresh()
    return done
  }
  const put = (column: string, use: string) => {
    columns.value = putRight(preview.value!, columns.value, column, use)
    return compare()
  }
  function leave(rows: number[], on: boolean) {
    for (const row of rows)
      if (on) outside.add(row)
      else outside.delete(row)
    return compare()
  }
  const set = (what: { mode?: Mode; sheet?: string }) => {
    if (what.mode) mode.value = what.mode
    if (what.sheet !== undefined) {
      forget()
      sheet.value = what.sheet
    }
    return preview.value ? compare() : undefined
  }
  return {
    ...{ file, preview, refused, working, mode, sheet, columns, outside, choices, outcome, touched, tooLong },
    ...{ compare, take, another, enter, put, leave, set },
  }
}
