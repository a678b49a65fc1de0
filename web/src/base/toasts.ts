// SPDX-License-Identifier: Apache-2.0
import { reactive } from 'vue'

export interface Toast {
  id: number
  text: string
  undo?: () => void
}
export const toasts: Toast[] = reactive([])
let last = 0

export function drop(id: number) {
  const at = toasts.findIndex((toast) => toast.id === id)
  if (at >= 0) toasts.splice(at, 1)
}

export function say(text: string, undo?: () => void) {
  const id = ++last
  toasts.push({ id, text, undo })
  setTimeout(() => drop(id), 10_000)
}
