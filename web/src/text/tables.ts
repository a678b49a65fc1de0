// SPDX-License-Identifier: Apache-2.0
// All nouns' texts joined, for both languages. A key stands in one noun's file alone.
import { en as accounts_en } from './accounts.en'
import { en as assessments_en } from './assessments.en'
import { en as audit_en } from './audit.en'
import { en as figures_en } from './figures.en'
import { en as frame_en } from './frame.en'
import { en as home_en } from './home.en'
import { en as imports_en } from './imports.en'
import { en as kinds_en } from './kinds.en'
import { en as operations_en } from './operations.en'
import { en as places_en } from './places.en'
import { en as registers_en } from './registers.en'
import { en as sheets_en } from './sheets.en'
import { en as tasks_en } from './tasks.en'
import { en as todo_en } from './todo.en'
import { en as ways_en } from './ways.en'
import { zh as accounts_zh } from './accounts.zh'
import { zh as assessments_zh } from './assessments.zh'
import { zh as audit_zh } from './audit.zh'
import { zh as figures_zh } from './figures.zh'
import { zh as frame_zh } from './frame.zh'
import { zh as home_zh } from './home.zh'
import { zh as imports_zh } from './imports.zh'
import { zh as kinds_zh } from './kinds.zh'
import { zh as operations_zh } from './operations.zh'
import { zh as places_zh } from './places.zh'
import { zh as registers_zh } from './registers.zh'
import { zh as sheets_zh } from './sheets.zh'
import { zh as tasks_zh } from './tasks.zh'
import { zh as todo_zh } from './todo.zh'
import { zh as ways_zh } from './ways.zh'

export const zh = {
  ...accounts_zh,
  ...assessments_zh,
  ...audit_zh,
  ...figures_zh,
  ...frame_zh,
  ...home_zh,
  ...imports_zh,
  ...kinds_zh,
  ...operations_zh,
  ...places_zh,
  ...registers_zh,
  ...sheets_zh,
  ...tasks_zh,
  ...todo_zh,
  ...ways_zh,
}
export const en: Record<keyof typeof zh, string> = {
  ...accounts_en,
  ...assessments_en,
  ...audit_en,
  ...figures_en,
  ...frame_en,
  ...home_en,
  ...imports_en,
  ...kinds_en,
  ...operations_en,
  ...places_en,
  ...registers_en,
  ...sheets_en,
  ...tasks_en,
  ...todo_en,
  ...ways_en,
}
