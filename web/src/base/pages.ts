// SPDX-License-Identifier: Apache-2.0
// A long list read page by page, forwards and back: the addresses of the pages before are kept, the cursor is the server's.
import { computed, ref, watch } from 'vue'
import type { Query } from '@/api/client'
import { useRead } from '@/api/use'

export function usePages<T extends { items: unknown[]; next: string | null }>(path: () => string, query: Query = {}) {
  const cursors = ref<string[]>([])
  const cursor = computed(() => cursors.value[cursors.value.length - 1] ?? '')
  const reading = useRead<T>(() => [path(), cursor.value ? { ...query, cursor: cursor.value } : query])
  watch(path, () => {
    cursors.value = []
  })
  // After a change there may be fewer items than the page stood at: begin anew.
  watch(reading.problem, (problem) => {
    if (problem?.code === 'app.cursor_malformed') cursors.value = []
  })
  return {
    ...reading,
    /** Position of the first item shown, from 1. */
    first: computed(() => Number(cursor.value || 0) + 1),
    earlier: computed(() => cursors.value.length > 0),
    later: computed(() => reading.data.value?.next != null),
    back: () => {
      cursors.value.pop()
    },
    forward: () => {
      const next = reading.data.value?.next
      if (next != null) cursors.value.push(next)
    },
  }
}
