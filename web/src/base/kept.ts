// SPDX-License-Identifier: Apache-2.0
// What one reader keeps in this browser, under an account and a programme; a private window keeps it for the page.

export function kept<T>(key: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? otherwise
  } catch {
    return otherwise
  }
}

/** Says whether it was kept: where the browser keeps nothing, the page goes on without. */
export function keep(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
