// SPDX-License-Identifier: Apache-2.0
// 催办: who is late is told, one request each, so that each is refused or done for itself.
import { ApiError, post } from '@/api/client'
import type { Nudged } from '@/api/types'
import { t } from '@/text'
import type { Outcome } from './bulk'

export interface Late {
  about: 'task' | 'record'
  id: string
  no: string
  title: string
}

export const nudgePath = (programme: string, one: Pick<Late, 'about' | 'id'>) =>
  `/${programme}/${one.about}s/${one.id}/nudge`

export async function nudge(programme: string, one: Late, text: string): Promise<Outcome> {
  const { id, no, title } = one
  try {
    await post<Nudged>(nudgePath(programme, one), { text })
    return { id, no, title, problem: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { id, no, title, problem: error.problem }
  }
}

/** To be sent in a group of many: how many, and where. It names no place, no unit and no matter. */
export const publicText = (programme: string, n: number, origin: string) =>
  t('nudge.public', { n, link: `${origin}/${programme}/todo` })

/** Where the browser keeps the clipboard from a page without TLS, a field that is selected is copied. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const box = document.createElement('textarea')
    box.value = text
    document.body.append(box)
    box.select()
    const done = document.execCommand('copy')
    box.remove()
    return done
  }
}
