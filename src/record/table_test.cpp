// SPDX-License-Identifier: Apache-2.0
// Sheets drawn as text: where the head is, what its columns are called, which rows are records; and what cells say.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/text.hpp"
#include "record/cell.hpp"
#include "record/row_edit.hpp"
#include "record/table.hpp"

namespace gangmu::record {
namespace {

/// '|' parts cells; '<' is merged with the cell to its left, '^' with the one above.
Grid drawn(const std::vector<std::string>& lines) {
  Grid grid;
  grid.file = "示例.xlsx";
  for (std::size_t r = 0; r < lines.size(); ++r) {
    grid.rows.emplace_back();
    for (const std::string& text : text::split(lines[r], '|')) {
      GridCell cell;
      const std::size_t c = grid.rows[r].size();
      if (text == "<" || text == "^") {
        cell = text == "<" ? grid.rows[r][c - 1] : grid.rows[r - 1][c];
        cell.merged_copy = true;
        for (auto range = grid.merges.begin();; ++range) {
          const bool left = text == "<";
          const std::size_t row = left ? r : r - 1, column = left ? c - 1 : c;
          if (range == grid.merges.end()) {
            grid.merges.push_back({row, column, r, c});
            break;
          }
          if (range->first_row <= row && row <= range->last_row && range->first_column <= column &&
              column <= range->last_column) {
            range->last_row = r;
            range->last_column = std::max(range->last_column, c);
            break;
          }
        }
      } else if (!text.empty()) {
        cell.kind = text.find_first_not_of("0123456789.") == std::string::npos ? CellKind::number : CellKind::text;
        cell.text = text;
      }
      grid.rows[r].push_back(std::move(cell));
    }
  }
  return grid;
}

std::string told(const Table& table) {
  std::string out = std::to_string(table.head_first) + "-" + std::to_string(table.head_end);
  for (const TableColumn& one : table.columns) out += " " + one.head + (one.unit.empty() ? "" : "[" + one.unit + "]");
  out += " :";
  for (const std::size_t row : table.rows) out += " " + std::to_string(row);
  for (const auto& [row, why] : table.left) out += " " + std::to_string(row) + std::string(name_of(why));
  return out;
}
std::string read(const std::vector<std::string>& lines) {
  const auto table = table_of(drawn(lines));
  return table ? told(*table) : table.error().first().kind->code();
}

TEST(Table, HeadIsFoundBelowTitlesAndLines) {
  EXPECT_EQ(read({"名称|数量", "甲|1"}), "0-1 名称 数量 : 1");
  EXPECT_EQ(read({"示例台账|<|<", "单位：某局||日期：某日", "序号|名称|投资（万元）", "1|甲|5"}),
            "2-3 序号 名称 投资（万元）[万元] : 3");
  EXPECT_EQ(read({"示例台账|<|<", "1|2|3", "4|5|6"}), "record.table_no_head");
  EXPECT_EQ(read({}), "record.table_no_head");
}

TEST(Table, DeepHeadsAreReadWithTheirGroups) {
  EXPECT_EQ(read({"名称|资金|<|备注", "^|中央|地方|^", "甲|1|2|x"}), "0-2 名称 资金·中央 资金·地方 备注 : 2");
  EXPECT_EQ(read({"基本情况|<|<|资金|<", "名称|地点|类别|中央|地方", "甲|乙|丙|1|2"}),
            "0-2 基本情况·名称 基本情况·地点 基本情况·类别 资金·中央 资金·地方 : 2");
  EXPECT_EQ(read({"名称|资金||备注", "|中央|地方|", "甲|1|2|x"}), "0-2 名称 资金·中央 资金·地方 备注 : 2")
      << "as a csv has it, without merges";
}

TEST(Table, RowsThatAreNoRecordsAreLeftOutWithAReason) {
  EXPECT_EQ(read({"名称|地点|数量", "1|2|3", "一、甲类|<|<", "甲|丙|1", "小计|||", "名称|地点|数量", "乙|丁|2",
                  "合计||3", "注：某事|<|<", "制表人：张三||审核人：李四"}),
            "0-1 名称 地点 数量 : 3 6 1numbering 2heading 4sum 5head_again 7sum 8note 9note");
  EXPECT_EQ(read({"序号|名称|地点|数量", "一|产业类（1个）|<|<", "1|甲|丙|1", "（二）|基础类||", "2|乙|丁|2"}),
            "0-1 序号 名称 地点 数量 : 2 4 1heading 3heading");
  EXPECT_EQ(read({"名称|地点|数量", "合计村|丙|1"}), "0-1 名称 地点 数量 : 1") << "a name that begins like a sum";
}

TEST(Table, UnitsOfHeads) {
  for (const auto& [head, unit] : std::vector<std::pair<std::string, std::string>>{{"投资（万元）", "万元"},
                                                                                   {"面积(单位：亩)", "亩"},
                                                                                   {"长度/公里", "公里"},
                                                                                   {"是否合格（是/否）", ""},
                                                                                   {"进度（%）", "%"},
                                                                                   {"人数（万人）", "万人"},
                                                                                   {"备注（可附页）", ""}})
    EXPECT_EQ(unit_in_head(head), unit) << head;
  EXPECT_EQ(plain_head(" 总 投资\n（万元）*"), "总投资");
  EXPECT_EQ(plain_head("长度/公里"), "长度");
}

TEST(Table, LayoutIsThatOfTheHead) {
  const auto june = *table_of(drawn({"六月", "名称|数量", "甲|1"})),
             july = *table_of(drawn({"名称|数量", "乙|2", "丙|3"}));
  EXPECT_EQ(june.layout(), july.layout());
  EXPECT_NE(june.layout(), table_of(drawn({"名称|数目", "甲|1"}))->layout());
}

TEST(TypedWords, DaysPeriodsNumbersAndFlags) {
  const auto day = [](std::string_view typed) {
    const auto out = typed_day(typed);
    return out ? out->text() : std::string("-");
  };
  for (const char* typed :
       {"2023-06-03", "2023.6.3", "2023/6/3", "2023年6月3日", "20230603", "２０２３．６．３", "2023-06-03 00:00:00"})
    EXPECT_EQ(day(typed), "2023-06-03") << typed;
  for (const char* typed : {"2023年6月", "2023", "6月3日", "2023-13-01", "2023-02-30", "近日", ""})
    EXPECT_EQ(day(typed), "-") << typed;
  const auto period = [](std::string_view typed, PeriodKind kind) {
    const auto out = typed_period(typed, kind);
    return out ? out->text() : std::string("-");
  };
  EXPECT_EQ(period("2023年6月", PeriodKind::month), "202306");
  EXPECT_EQ(period("2023-6", PeriodKind::month), "202306");
  EXPECT_EQ(period("2023年", PeriodKind::year), "2023");
  EXPECT_EQ(period("2023年第一季度", PeriodKind::quarter), "2023Q1");
  EXPECT_EQ(period("2023年上半年", PeriodKind::half), "2023H1");
  EXPECT_EQ(period("2023年13月", PeriodKind::month), "-");
  EXPECT_EQ(period("202306", PeriodKind::year), "-");
  const auto number = [](std::string_view typed) {
    const auto out = typed_number(typed);
    return out ? out->text() : std::string("-");
  };
  EXPECT_EQ(number("1,200.5"), "1200.5");
  EXPECT_EQ(number("１２"), "12");
  EXPECT_EQ(number("1,2"), "-");
  EXPECT_EQ(number("12个"), "-");
  EXPECT_EQ(typed_flag("√"), std::optional(true));
  EXPECT_EQ(typed_flag("否"), std::optional(false));
  EXPECT_EQ(typed_flag("也许"), std::nullopt);
}

TEST(RowEdit, MergesByCellAgainstWhatTheSheetWasMadeFrom) {
  std::vector<Field> fields(3);
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i].id = FieldId{static_cast<std::int64_t>(i + 1)};
  const SameValue same = [](const Field&, const Value& a, const Value& b) { return a == b; };
  const auto at = [](std::int64_t id, const char* text) {
    return std::pair<const FieldId, Value>{FieldId{id}, Value(std::string(text))};
  };
  const Values base{at(1, "a"), at(2, "b"), at(3, "c")}, held{at(1, "a2"), at(2, "b"), at(3, "c2")},
      said{at(1, "a"), at(2, "b3"), at(3, "c3")};
  const RowEdit edit = row_edit(fields, said, held, &base, same);
  EXPECT_EQ(edit.typed, (Values{at(2, "b3")})) << "the cell nobody edited in the sheet keeps what others wrote";
  EXPECT_EQ(edit.clashes, std::vector{FieldId{3}});
  EXPECT_TRUE(row_edit(fields, held, held, &base, same).clashes.empty()) << "both typed the same";
}

/// For any three values of a field: nothing is lost without a word, and nothing said twice.
TEST(RowEdit, HoldsForEveryThreeValues) {
  std::vector<Field> fields(1);
  fields[0].id = FieldId{1};
  const SameValue same = [](const Field&, const Value& a, const Value& b) { return a == b; };
  const Value all[] = {Value(Gap::missing), Value(std::string("x")), Value(std::string("y")), Value(std::string("z"))};
  for (const Value& b : all)
    for (const Value& h : all)
      for (const Value& s : all) {
        Values base, held, said{{FieldId{1}, s}};
        if (!(b == all[0])) base[FieldId{1}] = b;
        if (!(h == all[0])) held[FieldId{1}] = h;
        const RowEdit edit = row_edit(fields, said, held, &base, same);
        const bool sheet = !(s == b), others = !(h == b), agree = s == h;
        EXPECT_EQ(edit.typed.size(), sheet && !others && !agree ? 1u : 0u);
        EXPECT_EQ(edit.clashes.size(), sheet && others && !agree ? 1u : 0u);
      }
}

}   // namespace
}   // namespace gangmu::record
