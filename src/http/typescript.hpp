// SPDX-License-Identifier: Apache-2.0
// The shapes of schemas.hpp as TypeScript: web/src/api/types.ts, so that a page that reads a member the server does not
// send does not compile.
#pragma once

#include <string>
#include <string_view>

namespace gangmu::http {

/// "[Task]" → "Task[]", "string?" → "string | null", "a|b" → "'a' | 'b'", "{string}" → "Record<string, string>", "any"
/// → "unknown".
std::string typescript_type(std::string_view type);
/// The whole file: an interface a schema, in reading order.
std::string typescript();

}   // namespace gangmu::http
