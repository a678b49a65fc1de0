// SPDX-License-Identifier: Apache-2.0
// What holds of every proposal, whatever the table: it can be published as it is, a person stands in no key and no
// title, the order of rows changes nothing, and the cells it was made of fit it.
#include "record/propose.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.hpp"
#include "base/text.hpp"
#include "record/decide.hpp"
#include "record/programme.hpp"

namespace gangmu::record {
namespace {

class Towns final : public CellNames {
 public:
  [[nodiscard]] std::optional<PlaceId> place(std::string_view text) const override {
    if (text == "甲镇") return PlaceId{2};
    if (text == "乙镇") return PlaceId{3};
    return {};
  }
  [[nodiscard]] std::optional<Who> who(std::string_view text, const Field&) const override {
    return Who{Who::Kind::unit, std::string(text)};
  }
};

Wording wording() {
  Wording out;
  out.head_names_persons = [](std::string_view head) { return head.ends_with("人"); };
  out.cell_names_persons = [](std::string_view cell) { return cell == "张三" || cell == "李四"; };
  out.cell_holds_numbers_of_persons = [](std::string_view cell) { return cell.starts_with("139"); };
  out.cell_names_units = [](std::string_view cell) { return cell.ends_with("局"); };
  return out;
}

/// Columns as offices have them: a head, and what stands below it.
struct Sort {
  const char* head;
  std::vector<const char*> cells;
};
const std::vector<Sort>& sorts() {
  static const std::vector<Sort> all{{"序号", {"1", "2", "3", "4"}},
                                     {"名称", {"一号", "二号", "三号", "四号"}},
                                     {"编号", {"A-1", "A-2", "A-3", "A-4"}},
                                     {"投资（万元）", {"1", "2.5", "1,200", "/"}},
                                     {"面积（亩）", {"3.25", "4", "", "7.5"}},
                                     {"完成率（%）", {"50", "66.7", "100", "0"}},
                                     {"日期", {"2023.6.1", "2023-06-02", "2023年6月3日", ""}},
                                     {"月份", {"2023年6月", "2023年7月", "2023年8月", "2023年9月"}},
                                     {"是否完成", {"是", "否", "是", "是"}},
                                     {"类型", {"新建", "改建", "新建", "维修"}},
                                     {"所在镇", {"甲镇", "乙镇", "甲镇", "乙镇"}},
                                     {"责任单位", {"某局", "别局", "某局", "另局"}},
                                     {"联系人", {"张三", "李四", "", "张三"}},
                                     {"联系电话", {"13900000001", "13900000002", "", "13900000003"}},
                                     {"备注", {"", "某事。", "", "很长的一段说明文字"}}};
  return all;
}

GridCell text_cell(const char* text) {
  GridCell out;
  if (*text == 0) return out;
  out.kind = CellKind::text;
  out.text = text;
  return out;
}

struct Drawn {
  Grid grid;
  std::vector<std::size_t> sorts;
};
Drawn drawn(Random& random) {
  Drawn out;
  for (std::size_t i = 0; i < sorts().size(); ++i)
    if (random.chance(0.6)) out.sorts.push_back(i);
  while (out.sorts.size() < 3) out.sorts.push_back(out.sorts.empty() ? 1 : (out.sorts.back() + 1) % sorts().size());
  for (std::size_t i = out.sorts.size(); i > 1; --i) std::swap(out.sorts[i - 1], out.sorts[random.below(i)]);
  out.grid.rows.resize(5);
  for (const std::size_t sort : out.sorts) {
    out.grid.rows[0].push_back(text_cell(sorts()[sort].head));
    for (std::size_t r = 0; r < 4; ++r) out.grid.rows[r + 1].push_back(text_cell(sorts()[sort].cells[r]));
  }
  return out;
}

Result<std::shared_ptr<const Catalogue>> published(const Json& body) {
  const Definition kind{.kind = "kind", .id = "list1", .version = 1, .valid_from = {}, .retired = false, .body = body};
  return catalogue_of({.kinds = {&kind}}, {});
}

TEST(Proposed, HoldsWhateverTheTable) {
  Random random(20230616);
  const Towns towns;
  for (int round = 0; round < 300; ++round) {
    const Drawn sheet = drawn(random);
    const auto table = table_of(sheet.grid);
    ASSERT_TRUE(table);
    const Proposal proposal = proposed(sheet.grid, *table, "list1", "示例", towns, wording(), {});
    const auto kinds = published(proposal.kind);
    ASSERT_TRUE(kinds) << kinds.error().text(Language::en) << proposal.kind.canonical();
    const Kind& kind = *(*kinds)->find("list1");
    std::set<std::string> names;
    int keys = 0, titles = 0;
    for (std::size_t i = 0; i < proposal.columns.size(); ++i) {
      const ProposedColumn& one = proposal.columns[i];
      keys += one.key ? 1 : 0;
      titles += one.title ? 1 : 0;
      if (one.name.empty()) continue;
      EXPECT_TRUE(names.insert(one.name).second);
      EXPECT_FALSE(one.personal && (one.key || one.title));
      const std::string head = sorts()[sheet.sorts[i]].head;
      EXPECT_EQ(one.personal, head.starts_with("联系")) << head;
      const Field& field = *kind.field(one.name);
      const auto factor = unit_factor(field, table->columns[i].unit);
      ASSERT_TRUE(factor) << head;
      for (const std::size_t row : table->rows) {
        const auto value = cell_value(field, **kinds, sheet.grid.at(row, one.column), *factor, towns);
        ASSERT_TRUE(value) << value.error().text(Language::en);
        if (*value) { EXPECT_TRUE(fitting_clear(field, **value, **kinds, Date{})) << head << " " << row; }
      }
    }
    EXPECT_LE(keys, 1);
    EXPECT_LE(titles, 1);
  }
}

TEST(Proposed, TheOrderOfRowsChangesNothing) {
  Random random(7);
  const Towns towns;
  for (int round = 0; round < 100; ++round) {
    Drawn sheet = drawn(random);
    const auto told = [&] {
      const auto table = table_of(sheet.grid);
      std::string out;
      for (const ProposedColumn& one : proposed(sheet.grid, *table, "list1", "示例", towns, wording(), {}).columns)
        out += one.name + ":" + std::string(name_of(one.type)) + (one.key ? "*" : "") + one.unit +
               std::to_string(one.decimals) + " ";
      return out;
    };
    const std::string before = told();
    std::swap(sheet.grid.rows[1], sheet.grid.rows[3]);
    EXPECT_EQ(told(), before);
  }
}

TEST(Proposed, TellsTypesUnitsKeyAndTitle) {
  Grid grid;
  grid.rows.resize(5);
  for (const Sort& sort : sorts()) {
    grid.rows[0].push_back(text_cell(sort.head));
    for (std::size_t r = 0; r < 4; ++r) grid.rows[r + 1].push_back(text_cell(sort.cells[r]));
  }
  std::string out;
  for (const ProposedColumn& one : proposed(grid, *table_of(grid), "list1", "示例", Towns(), wording(), {}).columns)
    out += (one.name.empty() ? "-" : std::string(name_of(one.type))) + (one.unit.empty() ? "" : "/" + one.unit) +
           (one.key ? "/key" : "") + (one.title ? "/title" : "") + (one.personal ? "/personal" : "") + " ";
  EXPECT_EQ(out,
            "- text/title code/key money/万元 number/亩 number/% date period flag choice place who person/personal "
            "person/personal text ");
}

}   // namespace
}   // namespace gangmu::record
