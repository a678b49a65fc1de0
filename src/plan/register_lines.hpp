// SPDX-License-Identifier: Apache-2.0
// What one cell of a ledger says that is no task: sums, counts, marks of the end, notes, headings and plain figures.
// By the text alone; register_rows weighs it against the row it stands in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gangmu::plan {

/// Nothing a reader sees: spaces, control characters (a DOS end mark 1A), zero-width characters.
bool unseen(std::string_view text);
/// Dashes, strokes, boxes: a cell that is filled to say nothing.
bool filler(std::string_view text);
/// "80", "25%", "1项", "共2项", "2024-06-30", "—": adds nothing to the words beside it.
bool figure(std::string_view text);
/// "3", "3项": how many there are, and nothing else.
bool how_many(std::string_view text);
/// The number of a row: "5", "3.1", "2-1", "(4)".
bool plain_number(std::string_view text);
/// "1.1" and "1-1" are parts of "1".
bool part_number(std::string_view part, std::string_view whole);
/// 合计, 小 计, 总计：3项.
bool sum_word(std::string_view text);
/// 水利小计, 甲县合计: the sum of something.
bool sum_of(std::string_view text);
/// 其中：县级资金.
bool part_of_sum(std::string_view text);
/// 共2项, 以上共 12 项任务.
bool count_line(std::string_view text);
/// —以下空白—, （以下无正文）, ————.
bool end_mark(std::string_view text);
/// 注：, 说明：, 备注1：, ※.
bool note_line(std::string_view text);
/// 数据来源：市统计局, 统计截至6月底: where the figures are from, and till when.
bool source_line(std::string_view text);
/// 同上, 〃: the cell says what the one above it says.
bool says_as_above(std::string_view text);
/// 无, 待定, /: no unit is named.
bool names_no_unit(std::string_view text);
/// 示例, 样例, （例）: a row that shows how to fill in the others.
bool sample_word(std::string_view text);
/// 建设XX项目, 市××局, 某县, 2023年X月: a blank to be filled in.
bool leaves_blanks(std::string_view text);
/// 1, 2, 3 …; 甲, 乙, 丙 …; A, B, C …, at least three: what numbers the columns below a head.
bool counts_up(const std::vector<std::string>& texts);
/// The word that tells the two rows of one task apart.
enum class PlanRow : unsigned char { neither, plan, actual };
PlanRow planned_or_actual(std::string_view text);
/// 乙县小计 → 乙县; empty for anything else.
std::string name_of_sum(std::string_view text);
/// "1.招商", "2、用地": a heading below those numbered in characters.
bool numbered_in_digits(std::string_view text);
/// "一", "（三）", "Ⅱ", "第二部分": a number of a heading that stands in a cell of its own. Its depth, 0 for anything
/// else.
int heading_number(std::string_view text);
/// Depth of a numbered heading: 1 for "一、水利", 2 for "（一）水利", 0 when it has no number.
int section_depth(std::string_view text);
/// 附件2：工程清单, 重点任务台账（续）: what a table is called, no heading of its rows.
bool table_title(std::string_view text);
/// A heading without the count behind it: "一、水利设施（共3项）" → "一、水利设施".
std::string heading_text(std::string_view text);

}   // namespace gangmu::plan
