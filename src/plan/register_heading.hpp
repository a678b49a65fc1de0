// SPDX-License-Identifier: Apache-2.0
// A heading and who stands behind its words: 一、产业振兴（牵头单位：市农业农村局；牵头领导：…）.
#pragma once

#include <string>
#include <string_view>

namespace gangmu::plan {

struct HeadingParts {
  std::string words;     ///< 一、产业振兴
  std::string units;     ///< 牵头单位：市农业农村局, to be read by unit_parts; empty when none are named
  std::string persons;   ///< what was typed, where it names a person: to be sealed
};

/// The text itself as `words` where nothing behind it says whose part it is: 一、水利（农村）, 一、水利（市水务局）.
HeadingParts heading_parts(std::string_view text);

}   // namespace gangmu::plan
