// SPDX-License-Identifier: Apache-2.0
// Views a reader keeps: a name for what an address asks. They lie in this browser alone, under the account.
import { computed, ref, watch, type ComputedRef } from 'vue'
import { keep, kept } from '@/base/kept'

export interface SavedView {
  name: string
  query: Record<string, string>
}
export const views_most = 20

/** The conditions of an address without what is open beside the list. */
export const viewQuery = (query: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([name, value]) => value && !['record', 'task', 'explain', 'draft'].includes(name))
      .sort(),
  )
export const sameView = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(viewQuery(a)) === JSON.stringify(viewQuery(b))

export function useSavedViews(key: ComputedRef<string>) {
  const views = ref<SavedView[]>(kept<SavedView[]>(key.value, []))
  watch(key, (now) => {
    views.value = kept<SavedView[]>(now, [])
  })
  const set = (next: SavedView[]) => {
    views.value = next
    return keep(key.value, next.length ? next : null)
  }
  return {
    views,
    /** No more are kept: one has to go first. */
    full: computed(() => views.value.length >= views_most),
    /** A view of the same name is replaced; a new one where there is no room is refused. */
    add(name: string, query: Record<string, string>): boolean {
      const rest = views.value.filter((one) => one.name !== name)
      return rest.length < views_most && set([...rest, { name, query: viewQuery(query) }])
    },
    drop: (name: string) => set(views.value.filter((one) => one.name !== name)),
  }
}
