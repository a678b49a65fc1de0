// SPDX-License-Identifier: Apache-2.0
// Text as offices type it: UTF-8 throughout; full-width digits, ideographic spaces and grouped numbers are understood.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu::text {

bool valid_utf8(std::string_view s);
std::vector<std::string> split(std::string_view s, char separator);
std::string_view trim(std::string_view s);   ///< ASCII and ideographic spaces, NBSP, BOM, zero-width
std::string narrow(std::string_view s);   ///< full-width ASCII forms (１２％，（）) to ASCII; ideographic space to ' '
std::u32string code_points(std::string_view s);   ///< invalid bytes become U+FFFD
std::string utf8(std::u32string_view s);
std::size_t length(std::string_view s);          ///< in code points
std::size_t display_width(std::string_view s);   ///< East Asian wide counts 2
bool contains(std::string_view haystack, std::string_view needle);
std::string lower_ascii(std::string_view s);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string percent_encoded(std::string_view s);   ///< all but the unreserved characters of RFC 3986, section 2.3
/// The candidate nearest to `word` by edit distance (≤ a third of its length), for "did you mean"; empty when none is
/// near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}   // namespace gangmu::text
