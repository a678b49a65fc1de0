// SPDX-License-Identifier: Apache-2.0
import { onScopeDispose, ref } from 'vue'

/** Whether the window is a phone's: lists take the place of wide tables. */
export function useNarrow() {
  const query = matchMedia('screen and (max-width: 719px)')
  const narrow = ref(query.matches)
  const seen = () => {
    narrow.value = query.matches
  }
  query.addEventListener('change', seen)
  onScopeDispose(() => query.removeEventListener('change', seen))
  return narrow
}
