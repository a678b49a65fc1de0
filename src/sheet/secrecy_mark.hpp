// SPDX-License-Identifier: Apache-2.0
// The mark of a state secret on a document, 绝密★, 机密★, 秘密★ with or without its period (机密★10年), as documents
// carry it: spaced out, full-width, with other stars, in two neighbouring cells, in a header, a tab's name or the
// file's name. Such a file is refused before any byte of it is kept, and nothing is said of what it holds or what it is
// called. A text that merely speaks of secrets bears no mark; nor do several stars, which are a rating. Source:
// 《国家秘密定密管理暂行规定》 (form of the mark).
#pragma once

#include <string>
#include <string_view>

#include "base/grid.hpp"
#include "base/result.hpp"

namespace gangmu::sheet {

bool bears_secrecy_mark(std::string_view text);

/// Error: secrecy_mark, without a position.
Status refuse_secrecy_mark(std::string_view text);
Status refuse_secrecy_mark(const Grid& grid);

/// A page header or footer without its codes: "&C&\"黑体\"&16机密★" → "机密★".
std::string page_text_shown(std::string_view code);

}   // namespace gangmu::sheet
