// SPDX-License-Identifier: Apache-2.0
// Text → tokens. Chinese and ASCII spellings give the same token; columns count characters from 1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gangmu::formula {

enum class TokenKind : std::uint8_t { number, text, date, name, word, symbol, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text{};   ///< canonical: "and", "<=", "12.5"; a name without its backquotes
  std::string unit{};   ///< of a number: what stands right behind it
  int column = 1;
  [[nodiscard]] bool is(std::string_view s) const {
    return (kind == TokenKind::word || kind == TokenKind::symbol) && text == s;
  }
};

/// Ends with a token of kind end. Errors: character_unknown, text_open; `where` is the position of the text's first
/// character.
Result<std::vector<Token>> tokens(std::string_view text, const Position& where = {});

/// What a name may look like without backquotes: letters, digits and _ of any script, no digit first, no word of the
/// language.
bool plain_name(std::string_view name);

}   // namespace gangmu::formula
