// SPDX-License-Identifier: Apache-2.0
// Persons of a record, shown for a reason: beside the record they were shown of and no other, and no longer than it is open.
import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import type { RecordDetail } from '@/api/types'

export interface Seen {
  /** The record. */
  of: string
  reason: string
  /** By the name of the field; in a row: field.number.field. */
  fields: { [name: string]: string }
}

export function useSeenPersons(record: ShallowRef<RecordDetail | undefined>) {
  const seen = shallowRef<Seen | null>(null)
  const id = computed(() => record.value?.id)
  watch(id, () => {
    seen.value = null
  })
  return {
    persons: computed(() => (record.value?.acts.persons && seen.value?.of === id.value ? seen.value : null)),
    see: (now: Seen) => {
      seen.value = now
    },
  }
}
