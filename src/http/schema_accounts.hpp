// SPDX-License-Identifier: Apache-2.0
// Shapes of signing in, accounts, grants and the audit log, in the notation of schemas.hpp.
#pragma once

#include <string_view>

namespace gangmu::http {

inline constexpr std::string_view account_schema_text = R"(
SessionState  我是谁、能做什么 / who I am here, and what I may
  required: boolean  该方案有账户，须登录 / the programme has accounts: sign in
  signed_in: boolean
  account: SessionAccount?
  duty: string?  business, system, security, audit; everyone: no grant yet
  place: PlaceRef?  其本人的地区：打开页面即到此处 / their own place, where pages open
  on_behalf: StandIn?  正在代谁办理 / who is acted for
  provider: boolean  可经统一登录 / a sign-in provider is set up
  must: string?  先要办的事 / to be done before anything else
  permissions: [string]
SessionAccount  登录的账户 / the account that signed in
  id: string
  login: string
  name: string
  second_factor: boolean
StandIn  可以代办的账户 / an account one may act on behalf of
  id: string
  login: string
  name: string
  place: PlaceRef?
StandInList  可以代办的账户 / accounts one may act on behalf of
  items: [StandIn]
SignIn  登录 / signing in
  login: string
  password: string
  code?: string  验证器上的六位数字 / six digits of the authenticator, where there is one
FirstSignIn  首次登录：用一次性口令设置口令 / the first sign-in: a one-time code, and a password of one's own
  login: string
  code: string
  password: string
SignedIn  已登录；会话在 Cookie 中 / signed in; the session is in the cookie
  seq: integer
  account: string
ProviderBegun  去往登录服务 / on the way to the provider
  url: string
  state: string
ProviderAnswer  登录服务给的 / what the provider gave
  state: string
  code: string
Changed  已写入 / written
  seq: integer
MyAccount  本人账户 / one's own account
  id: string
  login: string
  state: invited|active|disabled
  name: string
  phone: string
  place: PlaceRef?
  second_factor: boolean
  grants: [Grant]
  sessions: [OpenSession]
OpenSession  打开的会话 / an open session
  id: string
  until: instant
  here: boolean  就是这个浏览器 / this browser
  seen: string  最近一次请求 / last request; empty after a restart
  peer: string
Grant  一项授权 / a grant
  role: string
  role_zh: string
  role_en: string
  place: PlaceRef?
  line: string  条线（部门）；空为全部 / line of work (a department); empty: all
  until: date?  最后一天 / last day
  expired: boolean
PasswordChange  改口令 / a new password
  present: string
  password: string
PasswordProof  再输一次口令 / the password once more
  password: string
SecondFactorKey  验证器密钥，只显示一次 / a key for the authenticator, told once
  secret: string
  uri: string
CodeProof  验证码 / a code
  code: string
SessionNamed  要结束的会话 / the session to end
  session: string
Account  账户 / an account
  id: string
  login: string
  state: invited|active|disabled  待首次登录、有效、停用 / waits for its first sign-in, active, disabled
  name: string
  phone: string
  place: PlaceRef?
  second_factor: boolean
  grants: [Grant]
AccountList  账户列表 / accounts
  items: [Account]
  next: string?
  total: integer
NewAccount  新账户 / a new account
  login: string
  name: string
  phone?: string
  place: code
AccountChanged  账户变更结果 / the account after a change
  seq: integer
  code: string?  一次性口令，只显示这一次 / the one-time code, told this once
  account: Account
GrantWish  授权或收回 / a grant to give or take
  role: string
  place: code
  line?: string
  until?: date
RoleTable  角色与权限 / roles and permissions
  roles: [Role]
  permissions: [PermissionFacts]
Role  角色 / a role
  id: string
  name_zh: string
  name_en: string
  duty: business|system|security|audit
  may: [Right]
Right  角色的一项权限 / a right of a role
  permission: string
  reach: own|above|all  本地区及下级、含上级、全部 / the place and below, also those it lies in, everywhere
  states: [string]
  any_line: boolean
PermissionFacts  权限 / a permission
  name: string
  duty: anyone|everyone|business|system|security|audit
  zh: string
  en: string
TaskPersons  任务中的个人信息 / persons of a task
  seq: integer
  leader: string
  contact: string
  extra: {string}  其他栏 / other columns
Operations  系统运行 / how the system runs
  now: instant
  seq: integer
  engine: sqlite|postgresql
  writes_here: boolean
  writer: string  代为写入的服务器，空为本机 / the server that writes; empty: this one
  read_only: string  停止写入的原因；空为正常 / why nothing is written; empty: it is
  backup: BackupTaken?  没有备份过为空 / null: there is none
  drill: DrillDone?
  jobs_read: boolean  否：一时读不出批量操作，列表空着 / false: the acts could not be read in time, the list is empty
  jobs: [Job]  最近十万笔里一次改动许多行的操作，新的在前；都在请求内办完，没有后台任务 / acts among the newest 100,000 entries that touch many rows, newest first; they end with their request
BackupTaken  最近一次备份 / the last backup
  at: instant
  hours: integer  距今几小时 / hours ago
  late: boolean  超过 26 小时 / more than 26 hours ago
  folder: string
  seq: integer  备份到第几号 / up to this entry
  mark: integer  各表摘要记在第几号，0 为没有 / where the digests of the tables stand, 0: nowhere
  bytes: integer
DrillDone  最近一次演练 / the last drill
  at: instant
  hours: integer
  late: boolean  超过 8 天 / more than 8 days ago
  folder: string
  seq: integer
  mark: integer
  tables: integer  与备份时一致的表数 / tables equal to those backed up
  fault_zh: string  空为通过 / empty: it passed
  fault_en: string
Job  一次改动许多行的操作 / an act that touched many rows
  seq: integer
  at: instant
  act: string
  actor_name: string
  home: PlaceRef?
  rows: integer
  undone_at: instant?  导入已撤销 / the import was taken back
Chain  日志链 / the chain of the journal
  store: string
  epoch: integer
  seq: integer
  at: instant
  head: string  日志头，可抄存别处 / the head, to be kept elsewhere
  check: ChainCheck?  没有查过为空 / null: never checked
ChainCheck  最近一次全面核查：链、HEAD、各表与重放 / the last check of everything: chain, HEAD, tables against a replay
  at: instant
  hours: integer
  late: boolean  超过 8 天 / more than 8 days ago
  seq: integer
  entries: integer
  tables: integer
  fault_zh: string  空为可信 / empty: proven
  fault_en: string
AuditList  审计日志 / the audit log
  items: [AuditEntry]
  next: string?
AuditEntry  一次操作 / an act
  seq: integer
  at: instant
  act: string
  actor: string
  actor_name: string
  home: PlaceRef?
  objects: [string]  表和编号，不含内容 / tables and keys, never their content
  rows: integer
  reason?: string  查看个人信息的事由 / why persons were looked at
)";

}   // namespace gangmu::http
