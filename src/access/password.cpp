// SPDX-License-Identifier: Apache-2.0
#include "access/password.hpp"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "access/common_passwords.hpp"
#include "access/errors.hpp"
#include "base/text.hpp"

namespace gangmu::access {
namespace {

constexpr std::size_t hash_bytes = 32;

/// Every step from one character to the next is the same and small: aaaa, 1234, zyxw.
bool is_run(std::u32string_view s) {
  const auto step = static_cast<std::int64_t>(s[1]) - static_cast<std::int64_t>(s[0]);
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 2; i < s.size(); ++i) {
    if (static_cast<std::int64_t>(s[i]) - static_cast<std::int64_t>(s[i - 1]) != step) return false;
  }
  return true;
}

std::size_t distinct(std::u32string s) {
  std::ranges::sort(s);
  return static_cast<std::size_t>(std::ranges::unique(s).begin() - s.begin());
}

/// The number after "m=" or "t=" of a PHC string; 0 when it is not there.
unsigned parameter(std::string_view phc, std::string_view name) {
  unsigned out = 0;
  if (const std::size_t at = phc.find(name); at != std::string_view::npos)
    std::from_chars(phc.data() + at + name.size(), phc.data() + phc.size(), out);
  return out;
}

}   // namespace

Status check_password(std::string_view password, std::string_view login) {
  const auto plain = [](const char* zh, const char* en) { return fail(errors::password_plain, {zh, en}); };
  if (password.size() > password_most_bytes) return fail(errors::password_long, {std::to_string(password_most_bytes)});
  const std::u32string points = text::code_points(password);
  if (points.size() < password_least) return fail(errors::password_short, {std::to_string(password_least)});
  if (is_run(points)) return plain("是连续的字符", "it is a run of characters");
  if (std::ranges::all_of(password, [](char c) { return c >= '0' && c <= '9'; }))
    return plain("全部是数字", "it is digits only");
  if (distinct(points) < 5) return plain("只有少数几种字符", "it is made of a few characters");
  if (common_password(password)) return plain("是人人都会先试的口令", "it is one that everybody tries first");
  if (login.size() >= 3 && text::lower_ascii(password).find(text::lower_ascii(login)) != std::string::npos)
    return plain("含有登录名", "it holds the sign-in name");
  return {};
}

Result<std::string> hash_password(std::string_view password, std::string_view salt, HashCost cost) {
  std::string out(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, static_cast<std::uint32_t>(salt.size()),
                                    hash_bytes, Argon2_id),
                  '\0');
  const int code = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(), password.size(),
                                         salt.data(), salt.size(), hash_bytes, out.data(), out.size());
  if (code != ARGON2_OK) return fail(errors::hash_failed, {argon2_error_message(code)});
  out.resize(out.find('\0'));
  return out;
}

bool verify_password(std::string_view phc, std::string_view password) {
  const std::string text(phc);
  return text.starts_with("$argon2id$") && argon2id_verify(text.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool costs_less(std::string_view phc, HashCost cost) {
  return parameter(phc, "$m=") < cost.memory_kib || parameter(phc, ",t=") < cost.passes;
}

}   // namespace gangmu::access
