// SPDX-License-Identifier: Apache-2.0
// What a command tells its reader, in one language: that of $LANG.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace gangmu::cli {

/// English when $LANG begins with en, C or POSIX; Chinese for all others and when it is not set.
Language reader_language();

/// What others typed may hold characters that steer a terminal: those are shown as \\x1b and do nothing. Line ends and
/// tabs stay.
std::string visible(std::string_view text);

/// Prints one of two texts of the same arguments; a text that needs another order names them: {1}.
template <class... A>
void say(fmt::format_string<A...> zh, fmt::format_string<A...> en, A&&... arguments) {
  const auto& chosen = reader_language() == Language::en ? en : zh;
  fmt::print("{}", visible(fmt::format(chosen, std::forward<A>(arguments)...)));
}

}   // namespace gangmu::cli
