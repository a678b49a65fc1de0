// SPDX-License-Identifier: Apache-2.0
#include "record/code_check.hpp"

#include <array>

namespace gangmu::record {
namespace {

constexpr std::string_view credit_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<std::size_t, 17> credit_weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

bool credit_code(std::string_view text) {
  if (text.size() != credit_weights.size() + 1) return false;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = credit_characters.find(text[i]);
    if (value == std::string_view::npos) return false;
    if (i < credit_weights.size()) sum += value * credit_weights[i];
  }
  const std::size_t base = credit_characters.size();
  return credit_characters[(base - sum % base) % base] == text.back();
}

bool invest_code(std::string_view text) {
  constexpr std::string_view form = "0000-000000-00-00-000000";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  return true;
}

}   // namespace

const std::vector<std::string>& code_checks() {
  static const std::vector<std::string> all{"credit_code", "invest_code"};
  return all;
}

bool code_fits(std::string_view check, std::string_view text) {
  return check == "credit_code" ? credit_code(text) : invest_code(text);
}

}   // namespace gangmu::record
