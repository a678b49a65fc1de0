// SPDX-License-Identifier: Apache-2.0
// What a column holds: nothing, an int64, UTF-8 text or bytes. There are no floating-point numbers in the store.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace gangmu::store {

struct Bytes {
  std::string data;
  auto operator<=>(const Bytes&) const = default;
};

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Row = std::vector<Value>;   ///< one value a column, in the table's column order
using Key = std::vector<Value>;   ///< the key columns, or a prefix of them, in order

}   // namespace gangmu::store
