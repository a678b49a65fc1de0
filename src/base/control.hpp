// SPDX-License-Identifier: Apache-2.0
// Characters no text of the house holds: control characters (Unicode Cc) but for tab, line feed and carriage return,
// and the noncharacters U+FFFE and U+FFFF of each plane. Nobody sees them, terminals obey them, and XML (so any
// workbook) can't carry them. Each door refuses them; a writer shows what an old store holds as U+FFFD.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gangmu::text {

struct Control {
  std::size_t at = 0;   ///< byte offset
  char32_t point = 0;
  [[nodiscard]] std::string name() const;   ///< "U+0000"
};

/// The first such character. Bytes that are no UTF-8 are not judged here.
std::optional<Control> first_control(std::string_view utf8);

/// The same text with U+FFFD in place of each such character and of each byte that is no UTF-8.
std::string writable(std::string_view text);

}   // namespace gangmu::text
