// SPDX-License-Identifier: Apache-2.0
// A sheet of an office as a table: where its head stands, what each column is called, which rows hold records. Titles,
// lines that say a unit, sums, headings, notes and signatures are no records; the reader is told of each row left out.
//
//   示例市公厕改造台账                                  title
//   填报单位：示例局        单位：万元                    line
//   序号 | 名称 | 资金        |      | 备注              head, two rows deep: 资金·中央, 资金·地方
//        |      | 中央 | 地方 |
//   1    | …                                             records
//   合计 | …                                             left out: sum
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"

namespace gangmu::record {

struct TableColumn {
  std::size_t column = 0;
  std::string head{};    ///< as typed, line breaks taken out; of a deep head its parts with · between
  std::string plain{};   ///< for comparing: the lowest part without blanks, marks and what stands in brackets
  std::string group{};   ///< what stands above the lowest part; plain
  std::string unit{};    ///< "万元" of 投资（万元）; "" when the head says none
};

enum class LeftOut : std::uint8_t { sum, heading, note, head_again, numbering };
std::string_view name_of(LeftOut why);

struct Table {
  std::size_t head_first = 0, head_end = 0;   ///< rows [first, end) of the grid
  std::vector<TableColumn> columns{};
  std::string unit{};                ///< of a line 单位：万元 above the head: that of the money in it
  std::vector<std::size_t> rows{};   ///< of the grid, one a record
  std::vector<std::pair<std::size_t, LeftOut>> left{};
  /// What the heads say, for remembering how they were matched: equal for last month's sheet and this month's.
  [[nodiscard]] std::string layout() const;   ///< "sha256:…"
};

/// Errors: table_no_head.
Result<Table> table_of(const Grid& grid);

/// A head for comparing: half width, small letters, without blanks, marks and what stands in brackets.
std::string plain_head(std::string_view head);
/// A unit of measure as offices write it ("万元", "平方米", "%"); nothing where the words are none.
bool is_unit(std::string_view words);
/// The unit a head names in brackets or behind a slash: 投资（万元）, 面积(单位：亩), 面积/亩.
std::string unit_in_head(std::string_view head);

}   // namespace gangmu::record
