// SPDX-License-Identifier: Apache-2.0
#include "plan/register_lines.hpp"

#include <gtest/gtest.h>

#include "plan/register_sign_off.hpp"

namespace gangmu::plan {
namespace {

using Words = std::initializer_list<const char*>;

void expect_all(bool (*says)(std::string_view), Words yes, Words no) {
  for (const char* text : yes) EXPECT_TRUE(says(text)) << text;
  for (const char* text : no) EXPECT_FALSE(says(text)) << text;
}

TEST(RegisterLines, SumsAreKnownByTheirWords) {
  expect_all(sum_word,
             {"小计", "合　计", "小 计", "总计：3项", "合计（12）", "（小计）", "共计", "合计：共3项", "累计"},
             {"", "累计培训1000人", "合计办理事项", "总计划", "共计划", "小计算机室"});
  expect_all(sum_of, {"水利小计", "甲县合计"}, {"水利", "小计算", "把全市各县各镇各村的数字合计"});
  expect_all(part_of_sum, {"其中：县级资金", "其 中"}, {"在其中", "水利"});
  expect_all(count_line, {"共2项", "共 12 项任务", "以上共5项。", "总计3项", "（共3项）", "共计 3 个"},
             {"共建2个示范点", "共享单车", "2项", "共2"});
}

TEST(RegisterLines, MarksOfTheEndAndWhatIsNotSeen) {
  expect_all(end_mark, {"—以下空白—", "（以下无正文）", "以 下 空 白", "————", "本页以下空白", "***"},
             {"", "以下任务", "-"});
  expect_all(unseen, {"", "\x1A", " \t\n", "　", "\u200B", "\u00A0"}, {"0", "-", "。"});
  expect_all(figure, {"80", "25%", "1项", "共2项", "—", "2024-06-30", "2024年6月", "（3项）", "否", "3.5万元", "1,200"},
             {"水利", "2024年底", "3项水利", "是"});
}

TEST(RegisterLines, CountsAreNoDays) {
  expect_all(how_many, {"3", "3项", "（共3项）", "120"}, {"2024", "2023.1", "45838", "6月", "", "2024-06-30"});
}

TEST(RegisterLines, NotesBeginWithTheirWord) {
  expect_all(note_line,
             {"注：以上数据", "注1：", "说明：", "备 注：无", "填表说明：", "（注：含税）", "※ 含税", "备注",
              "注2.含税", "【说明】含税"},
             {"注册企业100家", "说明会", "备注册", "注", "注重实效"});
}

TEST(RegisterLines, SectionsAreKnownByTheirNumbers) {
  EXPECT_EQ(section_depth("一、百亿镇域经济行动"), 1);
  EXPECT_EQ(section_depth("十二、其他"), 1);
  EXPECT_EQ(section_depth("Ⅱ、其他"), 1);
  EXPECT_EQ(section_depth("（三）做强园区"), 2);
  EXPECT_EQ(section_depth("第一部分 总体"), 1);
  EXPECT_EQ(section_depth("1.修路"), 0);
  EXPECT_EQ(section_depth("一县一策"), 0);
  EXPECT_EQ(section_depth("二条路"), 0);
  for (const char* number : {"一", "十二", "三、", "第二部分", "Ⅳ", "第三类"})
    EXPECT_EQ(heading_number(number), 1) << number;
  for (const char* number : {"（一）", "(十)"}) EXPECT_EQ(heading_number(number), 2) << number;
  for (const char* number : {"1", "一县", "", "第", "（甲）", "3-1"}) EXPECT_EQ(heading_number(number), 0) << number;
  EXPECT_EQ(heading_text(" 一、水利设施（共3项） "), "一、水利设施");
  EXPECT_EQ(heading_text("一、水利设施（3项）"), "一、水利设施");
  EXPECT_EQ(heading_text("一、水利设施（市级）"), "一、水利设施（市级）");
}

TEST(RegisterLines, SourcesSamplesAndNumbersOfColumns) {
  expect_all(source_line, {"统计截至6月底", "数据来源：市统计局", "（数据截止2023年6月）", "截至6月30日"},
             {"数据来源改革", "截至目前", "统计截至", "截至6月底完成全部一百二十个村的改造并且通过验收"});
  expect_all(sample_word, {"示例", "（例）", "样例：", "填写示例"}, {"示例市", "例会", ""});
  for (const std::vector<std::string>& row :
       {std::vector<std::string>{"1", "2", "3"}, {"(1)", "(2)", "(3)"}, {"甲", "乙", "1", "2"}, {"A", "B", "C"}})
    EXPECT_TRUE(counts_up(row)) << row[0];
  for (const std::vector<std::string>& row :
       {std::vector<std::string>{"1", "2"}, {"1", "修路", "3"}, {"2", "3", "4"}, {"甲", "乙", "局"}, {"1", "1", "2"}})
    EXPECT_FALSE(counts_up(row)) << row[0];
  EXPECT_TRUE(numbered_in_digits("1.种植"));
  EXPECT_TRUE(numbered_in_digits("12、用地"));
  for (const char* text : {"1.5万亩", "2023.6", "100、多", "一、", "1"}) EXPECT_FALSE(numbered_in_digits(text)) << text;
}

TEST(RegisterLines, NamesOfTables) {
  expect_all(table_title, {"附件2：工程清单", "重点任务台账（续）", "附表 项目", "整改清单"},
             {"水利设施", "一、任务清单", "表彰先进"});
}

TEST(RegisterSignOff, LinesWherePeopleSign) {
  const std::vector<std::string> lines[] = {{"分管领导：赵某", "填表人：钱某", "联系电话：内线8001"},
                                            {"单位负责人：", "填表人：", "联系电话："},
                                            {"单位负责人", "赵某", "填表人", "钱某"},
                                            {"填 表 人：赵 某  联系电话：3278888"},
                                            {"审核人：", "赵某", "", "13800000000"},
                                            {"单位负责人：赵某", "填表人：钱某", "内线8001"},
                                            {"填报单位（盖章）：示例局", "填报时间：2024年6月"},
                                            {"单位主要负责人（签字）：赵某", "2024年6月30日"},
                                            {"报送时间：2024年6月"},
                                            {"制表人 赵某"},
                                            {"填报人员：张三丰"},
                                            {"经办人员："},
                                            {"审 签 人："},
                                            {"录入："},
                                            {"督办员："},
                                            {"填表人/联系电话："},
                                            {"（签名）张三丰"},
                                            {"填报人张三丰 审核人李四光"},
                                            {"党委书记签字："},
                                            {"主要负责同志："},
                                            {"报送领导："},
                                            {"复核人—"},
                                            {"以上情况属实。", "", "", "签名：赵六二"}};
  for (const auto& line : lines) EXPECT_TRUE(signed_off(line)) << line[0];
  const std::vector<std::string> tasks[] = {{"5", "审核：示例项目", "甲局", "2024年底"},
                                            {"编制规划", "示例局"},
                                            {"制表工作", "示例局"},
                                            {"1", "落实单位负责人制度", "甲局"},
                                            {"市水务局"},
                                            {"5"},
                                            {"以上情况属实。"},
                                            {"联系人制度建设"}};
  for (const auto& task : tasks) EXPECT_FALSE(signed_off(task)) << task[0];
}

TEST(RegisterSignOff, NamesAreHiddenUnitsAndDatesStay) {
  const auto shown = [](const std::vector<std::string>& cells) {
    std::string out;
    for (const std::string& cell : without_signatures(cells)) out += (out.empty() ? "" : "|") + cell;
    return out;
  };
  EXPECT_EQ(shown({"分管领导：赵某", "填表人：钱某", "联系电话：内线8001"}),
            "分管领导：（已隐去）|填表人：（已隐去）|联系电话：（已隐去）");
  EXPECT_EQ(shown({"填 表 人：赵 某  联系电话：3278888"}), "填 表 人：（已隐去） 联系电话：（已隐去）");
  EXPECT_EQ(shown({"单位负责人", "赵某", "填表人", "钱某"}), "单位负责人|（已隐去）|填表人|（已隐去）");
  EXPECT_EQ(shown({"审核人：", "赵某", "钱某"}), "审核人：|（已隐去）|（已隐去）");
  EXPECT_EQ(shown({"填报单位（盖章）：示例局", "填报时间：2024年6月"}), "填报单位（盖章）：示例局|填报时间：2024年6月");
  EXPECT_EQ(shown({"填报单位：示例局 填报人：赵某，钱某联系电话：3278888"}),
            "填报单位：示例局 填报人：（已隐去） 联系电话：（已隐去）");
  EXPECT_EQ(shown({"单位负责人：", "填表人："}), "单位负责人：|填表人：");
  EXPECT_EQ(shown({"以上情况属实。", "", "签名：赵六二"}), "以上情况属实。||签名：（已隐去）");
  EXPECT_EQ(shown({"（签名）张三丰"}), "（签名）（已隐去）");
  EXPECT_EQ(shown({"填报人张三丰 审核人李四光"}), "填报人（已隐去） 审核人（已隐去）");
  EXPECT_EQ(shown({"填表人/联系电话：钱某"}), "填表人/联系电话：（已隐去）");
  EXPECT_EQ(shown({"填表人：钱某", "2024年6月30日"}), "填表人：（已隐去）|2024年6月30日");
}

}   // namespace
}   // namespace gangmu::plan
