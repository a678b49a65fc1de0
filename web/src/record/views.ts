// SPDX-License-Identifier: Apache-2.0
// Views people keep of a register: a name for what an address asks. They lie with the programme, for oneself, one's office or everyone.
import { computed, ref, watch, type ComputedRef } from 'vue'
import { ApiError, post } from '@/api/client'
import type { Problem, RegisterView, RegisterViewWish, RegisterViews } from '@/api/types'
import { useRead } from '@/api/use'
import { keep, kept } from '@/base/kept'
import { t } from '@/text'

/** Of one register, a person's own: as many as the server keeps. */
export const views_most = 20
export type Share = RegisterView['shared']
export interface Tab {
  id: string
  text: string
  count?: number
  /** who else uses it */
  note?: string
  drops?: boolean
}

/** The conditions of an address without what is open beside the list. */
export const viewQuery = (query: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(query)
      .filter(([name, value]) => value && !['record', 'task', 'explain', 'draft'].includes(name))
      .sort(),
  )
/** As tabs of a list. */
export const viewTabs = (views: RegisterView[]): Tab[] =>
  views.map((one) => ({ id: one.id, text: one.name, note: shareText(one.shared), drops: one.may_drop }))
export const sameView = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(viewQuery(a)) === JSON.stringify(viewQuery(b))

/** What a tab says of a view: who else uses it. */
export const shareText = (share: Share) => (share === 'own' ? '' : t(`views.shared.${share}`))

/** `path`: of the register. `former`: where views lay in this browser before; they move along once, and stay there until they have. */
export function useSavedViews(path: ComputedRef<string>, former: ComputedRef<string>) {
  const { data, again } = useRead<RegisterViews>(() => [`${path.value}/views`])
  const problem = ref<Problem | null>(null)
  const views = computed(() => data.value?.items ?? [])
  const names = computed(() => views.value.filter((one) => one.own).map((one) => one.name))
  async function send(to: string, body: unknown) {
    problem.value = null
    try {
      await post<{ seq: number }>(to, body)
      again()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      problem.value = error.problem
      return false
    }
  }
  const add = (name: string, query: Record<string, string>, shared: Share = 'own') =>
    send(`${path.value}/views`, { name, query: viewQuery(query), shared } satisfies RegisterViewWish)
  async function move() {
    const key = former.value
    let left = kept<{ name: string; query: Record<string, string> }[]>(key, [])
    while (left.length && (await add(left[0]!.name, left[0]!.query))) {
      left = left.slice(1)
      keep(key, left.length ? left : null)
    }
  }
  watch(former, () => void move(), { immediate: true })
  return {
    views,
    problem,
    names,
    /** No more are kept: one has to go first. */
    full: computed(() => names.value.length >= views_most),
    mayShareAll: computed(() => data.value?.may_share_all ?? false),
    /** One of the same name of one's own is replaced. */
    add,
    drop: (id: string) => send(`${path.value}/views/${id}/drop`, {}),
  }
}
