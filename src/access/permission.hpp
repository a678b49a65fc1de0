// SPDX-License-Identifier: Apache-2.0
// Every right there is. A use case names one; a role carries some. The duty says whose work it is: `anyone` needs no
// account, `everyone` any account, the rest an account with a role. The three administrators' duties (系统、安全、审计)
// never meet in one account, nor with the programme's own work (GB/T 22239-2019 8.1.5, 三员分立).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace gangmu::access {

enum class Duty : unsigned char { anyone, everyone, business, system, security, audit };
std::string_view duty_name(Duty duty);   ///< "business"
std::optional<Duty> duty_of(std::string_view name);
constexpr bool administers(Duty duty) { return duty == Duty::system || duty == Duty::security || duty == Duty::audit; }

//  X(name, duty, zh, en)
#define GANGMU_PERMISSIONS(X) \
  X(sign_in, anyone, "登录", "sign in") \
  X(read_public, everyone, "查看地区、指标、来源", "read places, indicators, sources") \
  X(own_account, everyone, "管理本人账户", "keep one's own account") \
  X(read_figures, business, "查看数据及其来历", "read figures and where they come from") \
  X(read_tasks, business, "查看任务", "read tasks") \
  X(report_progress, business, "填报进展、申请销号", "report progress, ask for a close") \
  X(close_tasks, business, "销号、退回、重新打开", "close, send back, reopen") \
  X(hand_out_tasks, business, "下达、分解任务", "hand out and break down tasks") \
  X(nudge, business, "催办", "nudge who is late") \
  X(import_tasks, business, "导入台账", "import ledgers") \
  X(read_records, business, "查看台账记录", "read records of registers") \
  X(write_records, business, "登记、办理台账记录", "enter records and take their steps") \
  X(open_registers, business, "启用、停用台账", "open and close registers") \
  X(read_assessments, business, "查看得分", "read assessments") \
  X(run_assessments, business, "计算得分", "make assessments") \
  X(load_programme, business, "载入、导出方案", "load and export the programme") \
  X(see_persons, business, "查看个人信息（须写明事由）", "see persons (with a reason)") \
  X(act_on_behalf, business, "代填", "act on behalf of others") \
  X(manage_accounts, system, "管理账户和会话", "manage accounts and sessions") \
  X(watch_operations, system, "查看系统运行", "see how the system runs") \
  X(manage_grants, security, "授权与收回", "give and take grants") \
  X(read_audit, audit, "查阅审计日志", "read the audit log")

enum class Permission : unsigned char {
#define GANGMU_PERMISSION(name, duty, zh, en) name,
  GANGMU_PERMISSIONS(GANGMU_PERMISSION)
#undef GANGMU_PERMISSION
};

struct PermissionFacts {
  Permission permission;
  std::string_view name;   ///< "report_progress": in roles.yaml, OpenAPI and refusals
  Duty duty;
  std::string_view zh, en;
};
std::span<const PermissionFacts> permissions();   ///< in the order of the enumeration
const PermissionFacts& facts_of(Permission permission);
std::string_view permission_name(Permission permission);
std::optional<Permission> permission_of(std::string_view name);

}   // namespace gangmu::access
