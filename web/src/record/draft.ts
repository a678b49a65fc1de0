// SPDX-License-Identifier: Apache-2.0
// A form's draft: what was typed, over which state of the record, and the request key it is sent under. The key stays with the
// draft until it is accepted: sent again after a lost answer, the server knows the request and enters it once.
import { requestKey } from '@/api/client'
import type { RegisterField } from '@/api/types'
import { keep, kept } from '@/base/kept'
import { same, type Values } from './typed'

export interface Draft {
  seq: number
  key: string
  fields: Values
  reason: string
}

export const draftName = (account: string, programme: string, object: string, act: string) =>
  `gangmu.record.${account}.${programme}.${object}.${act}`

export const draftKept = (name: string) => kept<Draft | null>(name, null)
export const freshDraft = (seq: number): Draft => ({ seq, key: requestKey(), fields: {}, reason: '' })

/** What is kept of what was typed: what differs from the start, without anything personal (also not within rows). */
export function keptFields(fields: RegisterField[], typed: Values, before: Values): Values {
  return Object.fromEntries(
    fields
      .filter((field) => !field.personal && !(field.fields ?? []).some((inner) => inner.personal))
      .filter((field) => !same(typed[field.name], before[field.name]))
      .map((field) => [field.name, typed[field.name]!]),
  )
}

export function keepDraft(name: string, draft: Draft): boolean {
  return keep(name, Object.keys(draft.fields).length || draft.reason ? draft : null)
}
