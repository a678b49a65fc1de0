// SPDX-License-Identifier: Apache-2.0
// Acts of the journal by name, as this program writes them; another's are shown as they stand.
import { t, type Key } from '@/text'

export const acts = [
  'sign_in',
  'first_sign_in',
  'provider_sign_in',
  'sign_in_locked',
  'sign_out',
  'change_password',
  'begin_second_factor',
  'confirm_second_factor',
  'end_session',
  'create_account',
  'reset_account',
  'disable_account',
  'enable_account',
  'end_sessions',
  'give_grant',
  'take_grant',
  'load',
  'restore',
  'run_assessment',
  'see_persons',
  'erase_persons',
  'import_read',
  'import_answer',
  'import_confirm',
  'import_undo',
  'task_progress',
  'task_request-close',
  'task_close',
  'task_return',
  'task_reopen',
]
export const actName = (act: string) => (acts.includes(act) ? t(`audit.name.${act}` as Key) : act)
