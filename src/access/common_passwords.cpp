// SPDX-License-Identifier: Apache-2.0
#include "access/common_passwords.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace gangmu::access {
namespace {

/// What is left when digits and marks at either end are taken away, or everything, is one of these or two in a row.
constexpr auto words = std::to_array<std::string_view>(
    {"abc",       "abcd",      "abcde",      "abcdef",     "abcdefg",   "abcdefgh", "admin",    "administrator",
     "aini",      "asdf",      "asdfgh",     "asdfghjk",   "asdfghjkl", "asd",      "baobao",   "baobei",
     "beijing",   "changeme",  "china",      "computer",   "default",   "dragon",   "football", "gangmu",
     "guangdong", "guangzhou", "hello",      "helloworld", "huawei",    "iloveu",   "iloveyou", "jiangmen",
     "letmein",   "lenovo",    "li",         "liu",        "login",     "manager",  "master",   "mima",
     "monkey",    "password",  "passw",      "passwd",     "pass",      "princess", "qaz",      "qazwsx",
     "qazwsxedc", "qq",        "qwe",        "qweasd",     "qweasdzxc", "qwer",     "qwert",    "qwerty",
     "qwertyu",   "qwertyui",  "qwertyuiop", "root",       "secret",    "security", "service",  "shanghai",
     "shenzhen",  "sunshine",  "super",      "superman",   "sysadmin",  "system",   "taobao",   "test",
     "user",      "wang",      "welcome",    "woaini",     "woshi",     "xiaoming", "zhang",    "zhongguo",
     "zxc",       "zxcv",      "zxcvbn",     "zxcvbnm"});
/// Digits between letters, which the rule of ends does not see through.
constexpr auto whole = std::to_array<std::string_view>(
    {"1q2w3e4r5t",   "1q2w3e4r5t6y",  "q1w2e3r4t5",    "1qaz2wsx3edc",  "1qazxsw23edc", "zaq12wsxcde3",
     "zaq1xsw2cde3", "qwe123asd456",  "qwe123qwe123",  "abc123abc123",  "a1b2c3d4e5",   "a1s2d3f4g5",
     "1a2b3c4d5e",   "woaini1314520", "woaini5201314", "5201314woaini", "1qaz@wsx3edc", "!qaz2wsx#edc",
     "1qaz!qaz1qaz", "p@ssw0rdp@ss",  "admin123admin", "pass123word456"});

char plain(char c) {
  switch (c) {
    case '@': return 'a';
    case '0': return 'o';
    case '1':
    case '!': return 'i';
    case '3': return 'e';
    case '$':
    case '5': return 's';
    default: return c;
  }
}

bool letter(char c) { return c >= 'a' && c <= 'z'; }

bool digit(char c) { return c >= '0' && c <= '9'; }

bool a_word(std::string_view s) { return std::ranges::find(words, s) != words.end(); }

/// One word, or two: adminadmin, wangpassword.
bool words_only(std::string_view s) {
  if (a_word(s)) return true;
  for (std::size_t cut = 2; cut < s.size(); ++cut) {
    if (a_word(s.substr(0, cut)) && a_word(s.substr(cut))) return true;
  }
  return false;
}

/// From the first letter to the last.
std::string_view core(std::string_view s) {
  const auto first = std::ranges::find_if(s, letter);
  std::size_t end = s.size();
  while (end > 0 && !letter(s[end - 1])) --end;
  const auto begin = static_cast<std::size_t>(first - s.begin());
  return begin < end ? s.substr(begin, end - begin) : std::string_view();
}

}   // namespace

bool common_password(std::string_view password) {
  const std::string small = text::lower_ascii(password);
  if (std::ranges::any_of(small, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return false;
  if (std::ranges::count_if(small, letter) <= 2 && std::ranges::count_if(small, digit) >= 6)
    return true;   // a123456789
  if (std::ranges::find(whole, small) != whole.end() || words_only(core(small))) return true;
  std::string read;
  for (const char c : core(small)) read += plain(c);   // p@ssw0rd
  return words_only(read);
}

}   // namespace gangmu::access
