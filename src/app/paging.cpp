// SPDX-License-Identifier: Apache-2.0
#include "app/paging.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "app/errors.hpp"

namespace gangmu::app {
namespace {

std::optional<std::size_t> count_of(const std::string& text) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

}   // namespace

Result<Page> page_of(const Service& service, const Call& call, std::size_t rows) {
  const std::string cursor = call.query_or("cursor", "0");
  const std::string asked = call.query_or("limit", std::to_string(default_page_rows));
  const auto begin = count_of(cursor), limit = count_of(asked);
  if (!begin || *begin > rows) return fail(errors::cursor_malformed, {cursor});
  if (!limit || *limit == 0)
    return fail(errors::query_malformed, {"limit", asked, "应为正整数", "write a positive integer"});
  const std::size_t end = std::min(rows, *begin + std::min(*limit, service.limits().page_rows));
  return Page{*begin, end, end < rows ? std::to_string(end) : std::string()};
}

}   // namespace gangmu::app
