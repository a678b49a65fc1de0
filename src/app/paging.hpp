// SPDX-License-Identifier: Apache-2.0
// Pages of a list whose order is fixed by its View: the cursor is the position of the next row.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

inline constexpr std::size_t default_page_rows = 50;

/// Rows [begin, end) of a list of `rows`; `next` is the cursor of the page after, empty at the end.
struct Page {
  std::size_t begin = 0, end = 0;
  std::string next;
};
/// Errors: cursor_malformed, query_malformed (limit). More than Limits::page_rows is cut to it.
Result<Page> page_of(const Service& service, const Call& call, std::size_t rows);

}   // namespace gangmu::app
