// SPDX-License-Identifier: Apache-2.0
// The declarations of the open registers, read once a page: which of them point at a kind, only they tell.
import { shallowRef, watch, type ShallowRef } from 'vue'
import { ApiError, get, remembered } from '@/api/client'
import type { Register, RegisterList } from '@/api/types'
import { useProgramme } from '@/base/programme'

const most = 30

export function useRegisters(): ShallowRef<Register[]> {
  const { id } = useProgramme()
  const out = shallowRef<Register[]>([])
  watch(
    id,
    async (programme) => {
      try {
        const path = `/${programme}/registers`
        const list = remembered<RegisterList>(path) ?? (await get<RegisterList>(path))
        const open = list.items.filter((one) => one.open).slice(0, most)
        out.value = await Promise.all(
          open.map((one) => remembered<Register>(`${path}/${one.id}`) ?? get<Register>(`${path}/${one.id}`)),
        )
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
      }
    },
    { immediate: true },
  )
  return out
}
