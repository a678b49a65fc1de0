// SPDX-License-Identifier: Apache-2.0
// The programme of the page and the addresses within it; provided by ProgrammePage to everything below.
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { address, type Query } from '@/api/client'
import type { Programme } from '@/api/types'
import { changed, figureKey, one, type FigureKey } from './query'

interface Here {
  programme: ComputedRef<Programme>
  all: ComputedRef<Programme[]>
}
const key: InjectionKey<Here> = Symbol('programme')
export const provideProgramme = (here: Here) => provide(key, here)

export function useProgramme() {
  const here = inject(key)
  if (!here) throw new Error('outside a programme')
  const route = useRoute()
  const router = useRouter()
  const id = computed(() => here.programme.value.id)
  return {
    ...here,
    id,
    route,
    router,
    synthetic: computed(() => here.programme.value.synthetic),
    at: (path: string) => `/${id.value}${path}`,
    file: (path: string, query: Query = {}) => address(`/${id.value}${path}.xlsx`, query),
    query: (name: string) => one(route.query, name),
    set: (change: Record<string, string | null | undefined>, push = false) =>
      router[push ? 'push' : 'replace']({ query: changed(route.query, change) }),
    place: (code: string) => ({ name: 'place', params: { programme: id.value, code } }),
    page: (name: string, params: Record<string, string> = {}, query: LocationQueryRaw = {}) => ({
      name,
      params: { programme: id.value, ...params },
      query,
    }),
    explain: (figure: FigureKey) => router.push({ query: changed(route.query, { explain: figureKey(figure) }) }),
  }
}
