// SPDX-License-Identifier: Apache-2.0
// The address of a request, taken apart: path segments and query, each percent-decoded once, after the cut, so that %2F
// never becomes a separator. UTF-8 without control characters; no "." and ".." segments. Source: RFC 3986; the query as
// browsers write it ('+' is a space).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace gangmu::http {

struct Target {
  std::vector<std::string> segments;                        ///< "/a/b" → a, b; "/" → one empty segment
  std::vector<std::pair<std::string, std::string>> query;   ///< in order, empty names left out

  /// Errors: target_malformed, percent_malformed.
  static Result<Target> parse(std::string_view target);
  [[nodiscard]] std::string path() const;   ///< decoded, for looking up files
};

}   // namespace gangmu::http
