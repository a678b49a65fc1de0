// SPDX-License-Identifier: Apache-2.0
// What one reader prefers on this machine: language, theme, size of type, density, whole figures. Not part of the address.
import { reactive, watchEffect } from 'vue'

export type Language = 'zh' | 'en'
interface Settings {
  language: Language
  theme: 'auto' | 'light' | 'dark'
  large: boolean
  dense: boolean
  whole: boolean
}

const key = 'gangmu.settings'
const usual: Settings = { language: 'zh', theme: 'auto', large: false, dense: false, whole: false }

function kept(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Settings>
  } catch {
    return {}
  }
}

export const settings: Settings = reactive({ ...usual, ...(typeof localStorage === 'undefined' ? {} : kept()) })

/** Puts the settings on the root element, where the tokens read them, and keeps them. */
export function applySettings(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const root = document.documentElement
    root.lang = settings.language === 'zh' ? 'zh-CN' : 'en'
    root.dataset.theme = settings.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : settings.theme
    root.dataset.size = settings.large ? 'large' : 'usual'
    root.dataset.density = settings.dense ? 'dense' : 'usual'
  }
  watchEffect(() => {
    apply()
    try {
      localStorage.setItem(key, JSON.stringify(settings))
    } catch {
      /* private window: the choice lasts for this page */
    }
  })
  dark.addEventListener('change', apply)
}
