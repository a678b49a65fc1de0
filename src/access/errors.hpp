// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_ACCESS_ERRORS(X) \
  X(role_malformed, 422, "角色表有误：{0}", "the table of roles is malformed: {1}") \
  X(role_twice, 422, "角色“{0}”写了两次", "the role '{0}' stands twice") \
  X(permission_unknown, 422, "没有名为“{0}”的权限{1}", "there is no permission '{0}'{2}") \
  X(permission_of_other_duty, 422, \
    "角色“{0}”的职责是 {1}，不能有属于 {3} 的权限“{2}”：业务、系统、安全、审计四者分立", \
    "the role '{0}' has the duty {1} and can't carry '{2}', which belongs to {3}: business, system, security and " \
    "audit are kept apart") \
  X(duty_without_role, 422, "角色表中没有职责为 {0} 的角色，三员不能缺位", \
    "no role has the duty {0}; the three administrators must all be there") \
  X(role_unknown, 422, "没有角色“{0}”，可用：{1}", "there is no role '{0}'; there are: {1}") \
  X(duties_meet, 409, "一个账户不能同时承担 {0} 和 {1}：系统、安全、审计管理员与业务四者分立", \
    "one account can't hold both {0} and {1}: the system, security and audit administrators and the programme's work " \
    "are kept apart") \
  X(password_short, 422, "口令至少 {0} 个字符", "a password has at least {0} characters") \
  X(password_long, 422, "口令最多 {0} 字节", "a password has at most {0} bytes") \
  X(password_plain, 422, "口令过于简单：{0}", "the password is too plain: {1}") \
  X(hash_failed, 500, "口令运算失败：{0}", "hashing the password failed: {0}")

namespace gangmu::access {
GANGMU_DEFINE_ERRORS(access, GANGMU_ACCESS_ERRORS)
}   // namespace gangmu::access
