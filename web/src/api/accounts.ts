// SPDX-License-Identifier: Apache-2.0
// Shapes of signing in, accounts, grants and the audit log.
import type { Named, PlaceRef } from './types'

export type Duty = 'business' | 'system' | 'security' | 'audit' | 'everyone'
export interface SessionState {
  required: boolean; signed_in: boolean; account: { id: string; login: string; name: string; second_factor: boolean } | null
  duty: Duty | null; provider: boolean; must: 'second_factor' | null; permissions: string[]
}
export interface Grant { role: string; role_zh: string; role_en: string; place: PlaceRef | null; line: string; until: string | null; expired: boolean }
export interface Account {
  id: string; login: string; state: 'invited' | 'active' | 'disabled'; name: string; phone: string; place: PlaceRef | null; second_factor: boolean; grants: Grant[]
}
export interface OpenSession { id: string; until: string; here: boolean; seen: string; peer: string }
export type MyAccount = Account & { sessions: OpenSession[] }
export interface AccountList { items: Account[]; next: string | null; total: number }
export interface AccountChanged { seq: number; code: string | null; account: Account }
export interface Right { permission: string; reach: 'own' | 'above' | 'all'; states: string[]; any_line: boolean }
export interface Role extends Named { id: string; duty: Duty; may: Right[] }
export interface RoleTable { roles: Role[]; permissions: { name: string; duty: string; zh: string; en: string }[] }
export interface AuditEntry {
  seq: number; at: string; act: string; actor: string; actor_name: string; home: PlaceRef | null; objects: string[]; rows: number
}
export interface AuditList { items: AuditEntry[]; next: string | null }
