// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value, or the Error that says why there is none. Exceptions are for the impossible only.
#pragma once

#include <tl/expected.hpp>

#include "base/error.hpp"

namespace gangmu {

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// Makes the failing side of any Result: `return fail(errors::unknown_place, {code});`
[[nodiscard]] inline tl::unexpected<Error> fail(const ErrorKind& kind, std::vector<std::string> arguments = {},
                                                Position where = {}) {
  return tl::unexpected<Error>(Error(Diagnostic{&kind, std::move(arguments), std::move(where)}));
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
[[nodiscard]] inline tl::unexpected<Error> fail(Diagnostics all) {
  return tl::unexpected<Error>(Error(std::move(all)));
}

}   // namespace gangmu

#define GANGMU_CONCAT_INNER(a, b) a##b
#define GANGMU_CONCAT(a, b) GANGMU_CONCAT_INNER(a, b)

/// TRY(expression of type Result<T> or Status): on failure returns the error from the enclosing function.
#define TRY(expression) \
  do { \
    auto&& gangmu_try = (expression); \
    if (!gangmu_try) return ::tl::unexpected<::gangmu::Error>(std::move(gangmu_try).error()); \
  } while (false)

/// TRY_ASSIGN(auto x, expression): on success x is the value, on failure returns the error.
#define TRY_ASSIGN(declaration, expression) \
  TRY_ASSIGN_INNER(GANGMU_CONCAT(gangmu_try_, __COUNTER__), declaration, expression)
#define TRY_ASSIGN_INNER(name, declaration, expression) \
  auto&& name = (expression); \
  if (!name) return ::tl::unexpected<::gangmu::Error>(std::move(name).error()); \
  declaration = *std::move(name)
