// SPDX-License-Identifier: Apache-2.0
// Tokens → syntax: what was written, before names are known. Internal to the part; `check` makes a Tree of it.
//
//   or < and < not < comparison (== != < <= > >= in, not in; no chains) < + − < × ÷ < unary − < names, literals, calls
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "formula/tree.hpp"

namespace gangmu::formula {

enum class SyntaxKind : std::uint8_t { number, text, date, flag, missing, name, unary, binary, list, call };

struct Syntax {
  SyntaxKind kind = SyntaxKind::missing;
  std::string text{};                ///< number, text, operator or function as written
  std::string unit{};                ///< of a number
  std::vector<std::string> path{};   ///< of a name
  std::vector<Syntax> parts{};       ///< operands, arguments, items
  std::vector<Syntax> where{};       ///< none or one: the condition of a call
  int column = 1;
};

Result<Syntax> parse_syntax(std::string_view text, const Position& where, const Limits& limits);

}   // namespace gangmu::formula
