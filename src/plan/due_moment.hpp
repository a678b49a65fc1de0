// SPDX-License-Identifier: Apache-2.0
// The times named in a due, one after the other: "2023.6—9" names two, the second a bare number. Inside of due.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/due.hpp"

namespace gangmu::plan {

enum class YearNamed : std::uint8_t {
  no,
  yes,     ///< 2023年, 2023-06
  offset   ///< 今年 0, 明年 and 次年 1: counted from the year named last, or from the ledger's
};

/// How a time is tied to the one before it.
enum class Link : std::uint8_t { none, list, range, hyphen };   ///< 、 · 至 — · -

struct Moment {
  DueKind kind = DueKind::unread;   ///< date, month, quarter, half, year; unread = a bare number
  YearNamed named = YearNamed::no;
  Link link = Link::none;
  int year = 0;   ///< or what is added to the year before
  int part = 0;   ///< month, quarter, half, or the bare number; 0 in "15日", which takes the month before it
  int day = 0;
  bool bare_year = false;    ///< 2023 without 年
  bool short_year = false;   ///< 24年 with nothing behind: a year or a span
  bool starts = false;       ///< 6月起, 3月启动
  bool doubtful = false;     ///< 2024年前, 3月内: may be read in two ways
};

/// ASCII digits for full-width and Chinese ones, one sign for "to", single spaces.
std::u32string plain_due(std::string_view text);

/// All times of a text in its order; empty when anything else stands there, too.
std::vector<Moment> read_moments(std::u32string_view plain);

/// Every time that stands somewhere in a text, whatever is around it: to be offered, never taken.
std::vector<Moment> moments_within(std::u32string_view plain);

}   // namespace gangmu::plan
