// SPDX-License-Identifier: Apache-2.0
// Telephone and identity numbers of persons in a text, however an office writes them: the one recogniser of the house.
//
//   mobile     11 digits from 13 to 19: 13912345678, 139-12345678, 138.0013.8000, +86 139 1234 5678, 1 3 9 1 2 …
//   landline   an area code and 7 or 8 digits: 0750-3278888, (0750)327 8888, 075032788888; without one behind 电话 and
//              the like
//   abroad     behind + or 00: +852 9123 4567
//   identity   18 digits, the last one X perhaps; 15 of the older kind; A123456(7) of Hong Kong
//
// Digits may be full-width, mathematical or Chinese (一三九…); characters that show nothing may lie between them, and
// up to three marks (blanks, hyphens, dots, brackets, /, _). Amounts, dates, codes of places and addresses of machines
// are no number of a person. In doubt the number counts as one: what is hidden can be shown for a reason, what was
// shown cannot be hidden. The table of forms is the test.
#pragma once

#include <string>
#include <string_view>

namespace gangmu {

/// The text with `instead` in the place of each number of a person; the text itself where there is none.
std::string without_personal_numbers(std::string_view text, std::string_view instead);

/// A telephone number and nothing else; `local`: seven or eight digits that are no date, too.
bool is_telephone(std::string_view text, bool local);

}   // namespace gangmu
