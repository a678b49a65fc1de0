// SPDX-License-Identifier: Apache-2.0
// Figures in sentences, in the reader's unit as on every page: money in 元, 万元 or 亿元 (CNY, m CNY, bn CNY) by its
// size, a count of 10,000s in English by its digits, 是/否 as a word. A larger unit keeps two decimals. Internal to the
// explanation.
#pragma once

#include <string>
#include <utility>

#include "score/explanation.hpp"

namespace gangmu::score {

/// `value`: plain notation, as a Line holds it. "74673.09" of 万元 / 10k CNY: 7.47亿元 / 746.73 m CNY.
Sentence amount_text(const std::string& value, const Sentence& unit);
/// From one amount to another: the second rounded to the side that is enough, both with all digits where two decimals
/// would make them one.
std::pair<Sentence, Sentence> amounts_apart(const std::string& from, const std::string& to, const Sentence& unit);

/// A name for between “…”: its own quotation marks become the inner ones.
std::string inner_quotes(std::string name);

}   // namespace gangmu::score
