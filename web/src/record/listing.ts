// SPDX-License-Identifier: Apache-2.0
// A list read from its first page on: more is added below by the server's cursor, and it begins anew with another question.
import { computed, ref, watch } from 'vue'
import { get, type Query } from '@/api/client'
import { useRead } from '@/api/use'

interface Page {
  items: { id: string }[]
  next: string | null
  total: number
}

export function useListing<P extends Page>(at: () => [path: string, query: Query] | null) {
  const reading = useRead<P>(at)
  const more = ref<P['items']>([])
  const next = ref<string | null>(null)
  watch(reading.data, (page) => {
    more.value = []
    next.value = page?.next ?? null
  })
  async function readMore() {
    const asked = at()
    if (!asked || !next.value) return
    const page = await get<P>(asked[0], { ...asked[1], cursor: next.value })
    if (JSON.stringify(at()) !== JSON.stringify(asked)) return
    more.value.push(...page.items)
    next.value = page.next
  }
  return { ...reading, items: computed(() => [...(reading.data.value?.items ?? []), ...more.value]), next, readMore }
}
