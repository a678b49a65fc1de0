// SPDX-License-Identifier: Apache-2.0
// What of two records differs, so that somebody chooses. Rows of both are united by the server, and what one lacks is filled.
import type { RecordMerge, Register, RegisterField } from '@/api/types'

export type Side = 'staying' | 'leaving'
type Fields = Record<string, unknown>

/** Fields both say something else in. */
export const differing = (register: Register, staying: Fields, leaving: Fields): RegisterField[] =>
  register.fields.filter(
    (field) =>
      field.typed &&
      !field.personal &&
      field.type !== 'rows' &&
      staying[field.name] !== undefined &&
      leaving[field.name] !== undefined &&
      JSON.stringify(staying[field.name]) !== JSON.stringify(leaving[field.name]),
  )

/** Only what is taken of the one that leaves: the rest stays without being said. */
export const sidesOf = (fields: RegisterField[], chosen: { [name: string]: Side }): RecordMerge['fields'] =>
  Object.fromEntries(fields.filter((field) => chosen[field.name] === 'leaving').map((field) => [field.name, 'leaving']))
