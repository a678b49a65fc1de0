// SPDX-License-Identifier: Apache-2.0
// Each class of bad input once, with the message its reader gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pack/errors.hpp"
#include "pack/layout.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

using sample::changed;
using sample::lines;
using sample::tiny;
using sample::with;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Bad {
  std::string what;
  Files files;
  std::string message;   ///< start of the one line lint prints
};

std::ostream& operator<<(std::ostream& out, const Bad& bad) { return out << bad.what; }

class Lint : public testing::TestWithParam<Bad> {};

TEST_P(Lint, NamesFileLineAndWhatToWrite) {
  EXPECT_THAT(lines(lint(GetParam().files)), ElementsAre(testing::StartsWith(GetParam().message)));
  EXPECT_FALSE(read_pack(GetParam().files));
}

const std::string places = "places.csv", figures = "observations.csv", indicators = "indicators.csv",
                  programme = "programme.yaml";

INSTANTIATE_TEST_SUITE_P(
    BadInput, Lint,
    testing::Values(
        // YAML
        Bad{"yaml_syntax", changed(programme, "name_en: Tiny", "name_en: [Tiny"), "programme.yaml:4"},
        Bad{"yaml_key_twice", changed(programme, "name_en: Tiny", "name_en: Tiny\nname_en: Two"),
            "programme.yaml:4:1: 'name_en' stands here twice (first on line 3); keep one"},
        Bad{"yaml_alias", changed(programme, "licence: Apache-2.0", "licence: &a Apache-2.0\nnote_zh: *a"),
            "programme.yaml:9"},
        Bad{"yaml_field", changed(programme, "licence:", "licence: x\nlicense:"),
            "programme.yaml:10:1: unknown field 'license'; did you mean licence?; delete or correct it"},
        Bad{"yaml_missing", changed(programme, "licence: Apache-2.0\n", ""),
            "programme.yaml:1:1: licence is missing; write it (under what the pack may be passed on)"},
        Bad{"yaml_headline", changed(programme, "licence:", "headlines: [gdp, pops]\nlicence:"),
            "programme.yaml:9:18: headlines: 'pops' is not in indicators.csv; did you mean pop?"},
        // encodings
        Bad{"bom", with(places, "\xEF\xBB\xBF" + tiny()[places]),
            "places.csv:1: the file starts with a byte order mark; save it as UTF-8 without BOM, LF"},
        Bad{"gbk",
            with(places,
                 "code,name_zh,level,kind,parent\n990100000000,X,city,prefecture_city,\n990101000000,\xD2\xD2\xCF\xD8,"
                 "county,county,990100000000\n990102000000,\xD2\xD2\xCF\xD8,county,county,990100000000\n"),
            "places.csv:3: from this line on it is no UTF-8 (it looks like GB18030); save it as UTF-8 without BOM, LF"},
        Bad{"crlf", changed(places, "990100000000\n990101100000", "990100000000\r\n990101100000"),
            "places.csv:3: from this line on lines end in CRLF; save it as UTF-8, LF"},
        // CSV
        Bad{"quote_open", changed(figures, "更正", "\"更正"), "observations.csv:3"},
        Bad{"column_unknown", changed("sources.csv", "grade,precedence", "grade,precedence,not"),
            "sources.csv:1: unknown column 'not'; did you mean note?; delete or correct it"},
        Bad{"column_twice", changed(figures, "version,note", "version,version"),
            "observations.csv:1: column version appears twice; keep one"},
        Bad{"too_many_cells", changed(places, "甲县,county,county,990100000000", "甲县,county,county,990100000000,x"),
            "places.csv:3: the row has 6 cells, the head only 5"},
        Bad{"million_columns", with("posts.csv", "id,place,role,title_zh\n" + std::string(1'000'000, ',') + "\n"),
            "posts.csv:2"},
        // cells
        Bad{"required", changed("sources.csv", "S2,网页", "S2,"), "sources.csv:3: name_zh can't be empty; fill it in"},
        Bad{"level", changed(places, "甲镇,town,", "甲镇,twon,"),
            "places.csv:4: level can't be 'twon'; write one of province, city, county, town, village"},
        Bad{"grade", changed("sources.csv", "网页,C", "网页,E"),
            "sources.csv:3: grade can't be 'E'; write one of A, B, C, D"},
        Bad{"figure_grade", changed(figures, "S2,,D", "S2,,F"),
            "observations.csv:4: grade can't be 'F'; write one of A, B, C, D"},
        Bad{"decimals", changed(figures, "12.75", "12.755"), "observations.csv:3: "},
        Bad{"decimals_before_a_revision", changed(figures, "12.50", "12.505"), "observations.csv:2: "},
        Bad{"exponent", changed(figures, "12.75", "1.2e1"), "observations.csv:3: "},
        Bad{"period", changed(figures, "202301-02", "2023M02"), "observations.csv:5: '2023M02' is no period"},
        // what rows say of one another
        Bad{"unknown_place", changed(figures, "990102000000,gdp", "990103000000,gdp"),
            "observations.csv:7: place: '990103000000' is not in places.csv"},
        Bad{"unknown_indicator", changed(figures, "990102000000,pop", "990102000000,pops"),
            "observations.csv:8: indicator: 'pops' is not in indicators.csv; did you mean pop?"},
        Bad{"unknown_source", changed(figures, "NA,,S1", "NA,,S9"),
            "observations.csv:8: source: 'S9' is not in sources.csv"},
        Bad{"source_missing", changed(figures, "NA,,S1", "NA,,"),
            "observations.csv:8: source can't be empty; fill it in"},
        Bad{"part_missing", changed(indicators, "num=pop_urban", "num=pop_urbane"),
            "indicators.csv:6: indicator: 'pop_urbane' is not in indicators.csv; did you mean pop_urban?"},
        Bad{"agg_args", changed(indicators, "den=pop;", ""),
            "indicators.csv:6: indicator rate: aggregation ratio needs den; write it in agg_args"},
        Bad{"decimals_range",
            changed(indicators, "persons,0,neutral,stock,Y,sum,,county,city|county\npop_urban",
                    "persons,12,neutral,stock,Y,sum,,county,city|county\npop_urban"),
            "indicators.csv:4: indicator pop: decimals can't be '12'; write 0…9"},
        Bad{"duplicate_id",
            with("sources.csv", "id,name_zh,grade,precedence\nS1,统计表,A,1\nS2,网页,C,2\nS1,又一表,A,3\n"),
            "sources.csv:4: 'S1' appears twice (first on line 2); keep one row"},
        Bad{"duplicate_figure", changed(figures, ",,2,,更正", ",,1,,更正"),
            "observations.csv:3: '990101000000/gdp/2021/S1' appears twice (first on line 2); keep one row"},
        Bad{"revision_gap", changed(figures, ",,2,,更正", ",,3,,更正"),
            "observations.csv:3: revision 3 without revision 2 before it; number them 1, 2, 3"},
        Bad{"unit_differs", changed(figures, "12.50,亿元", "12.50,万元"),
            "observations.csv:2: indicator gdp is in 亿元, here stands 万元; convert the value"},
        Bad{"unit_unknown", changed(figures, "12.50,亿元", "12.50,亿元人民币"),
            "observations.csv:2: unknown unit '亿元人民币'"},
        Bad{"level_without", changed(figures, "990102000000,pop", "990101100000,pop"),
            "observations.csv:8: indicator pop does not exist at level town (it does at city, county)"},
        Bad{"two_roots", changed(places, "乙县,county,county,990100000000", "乙县,county,county,"),
            "places.csv:5: only the root (990100000000, in programme.yaml) may be without parent; give 990102000000 a "
            "parent"},
        Bad{"level_order", changed(places, "甲镇,town,town,990101000000", "甲镇,county,county,990101000000"),
            "places.csv:4: the parent 990101000000 of 990101100000 (甲镇) is a county, it must be of a higher level"},
        Bad{"overlap",
            with("classes.csv",
                 "place,class,valid_from,valid_to\n990101100000,甲类,2021-01-01,2022-06-30\n990101100000,乙类,2022-06-"
                 "01,\n"),
            "classes.csv:3: the validity of '990101100000' overlaps line 2"},
        Bad{"reversed",
            with("classes.csv", "place,class,valid_from,valid_to\n990101100000,甲类,2022-01-01,2021-06-30\n"),
            "classes.csv:2: valid_to 2021-06-30 comes before valid_from 2022-01-01; correct it"},
        Bad{"tile_overlap", with("tiles.csv", "place,column,row\n990101000000,0,0\n990102000000,0,0\n"),
            "tiles.csv:3: the tile at column 0, row 0 is taken by line 2; choose another"},
        Bad{"task_number", with("plan/tasks.csv", "id,title\nA1,修路\n"),
            "plan/tasks.csv:2: id can't be 'A1'; write a whole number from 1"},
        Bad{"two_leads", with("plan/tasks.csv", "id,title,lead\n1,修路,市农业农村局|市住建局\n"),
            "plan/tasks.csv:2: lead names 2 units (市农业农村局, 市住建局), a task has exactly one"},
        Bad{"two_leads_as_offices_write", with("plan/tasks.csv", "id,title,lead\n1,修路,市农业农村局、市住建局\n"),
            "plan/tasks.csv:2: lead names 2 units"},
        Bad{"task_below_none", with("plan/tasks.csv", "id,title,parent\n1,修路,2\n2,修路,\n"),
            "plan/tasks.csv:2: the task '2' that 1 was broken down from does not stand above it; write it first"},
        Bad{"due", with("plan/tasks.csv", "id,title,due\n1,修路,尽早吧\n"), "plan/tasks.csv:2: due can't be '尽早吧'"},
        Bad{"calendar_years", with("calendars/c.csv", "date,name,off\n2024-02-04,春节,false\n"),
            "calendars/c.csv:1: calendar c has no 1 January"},
        Bad{"calendar_twice", with("calendars/c.csv", "date,name,off\n2024-01-01,元旦,true\n2024-01-01,元旦,true\n"),
            "calendars/c.csv:3: '2024-01-01' appears twice (first on line 2)"},
        Bad{"class_unknown",
            [] {
              Files files = with("classes.csv", "place,class\n990101000000,z\n");
              files["schemes/s.yaml"] =
                  "scheme: {id: s, name_zh: 方案, name_en: Scheme, unit_level: county}\nclasses:\n  - {id: a, name_zh: "
                  "甲, name_en: A}\n"
                  "tree:\n  children:\n    - {indicator: gdp, weight: 100, fn: peer}\ngrades:\n  - {id: g, name_zh: "
                  "良, name_en: Good}\n";
              return files;
            }(),
            "classes.csv:2: class: 'z' is not in schemes/*.yaml"},
        // files
        Bad{"file_unknown", with("indicator.csv", ""),
            "indicator.csv:1: a pack has no file 'indicator.csv'; did you mean indicators.csv?; rename it or take it "
            "out"},
        // GeoJSON
        Bad{"geojson_syntax", with("boundaries.geojson", "{\"type\":"),
            "boundaries.geojson:1:9: malformed JSON at the mark"},
        Bad{"geojson_approval", with("boundaries.geojson", R"({"type":"FeatureCollection","features":[]})"),
            "boundaries.geojson:1: GeoJSON: there is no map approval number (审图号); write \"approval\""},
        Bad{"geojson_code",
            with(
                "boundaries.geojson",
                R"({"type":"FeatureCollection","approval":"x","features":[{"properties":{"code":"990109000000"},"geometry":{"type":"Polygon","coordinates":[]}}]})"),
            "boundaries.geojson:1: properties.code #1: '990109000000' is not in places.csv"},
        Bad{"geojson_control",
            with("boundaries.geojson", R"({"type":"FeatureCollection","approval":"x\u0000","features":[]})"),
            "boundaries.geojson:1: the text holds the invisible control character U+0000 (approval); delete it"},
        Bad{"geojson_noncharacter",
            with(
                "boundaries.geojson",
                R"({"type":"FeatureCollection","approval":"x","features":[{"properties":{"code":"990101000000","name":"\ufffe"},"geometry":{"type":"Polygon","coordinates":[]}}]})"),
            "boundaries.geojson:1: the text holds the invisible control character U+FFFE (features.1.properties.name)"},
        // schemes
        Bad{"weights",
            with("schemes/s.yaml",
                 "scheme: {id: s, name_zh: 方案, name_en: Scheme, unit_level: county}\nclasses:\n  - {id: a, name_zh: "
                 "甲, name_en: A}\ntree:\n  children:\n"
                 "    - {indicator: gdp, weight: 60, fn: peer}\n    - {indicator: rate, weight: 30, fn: peer}\n"),
            "schemes/s.yaml:"}),
    [](const auto& sample) { return sample.param.what; });

const std::string three_administrators =
    "  - {id: s, duty: system, name_zh: 系统管理员, name_en: System}\n"
    "  - {id: e, duty: security, name_zh: 安全管理员, name_en: Security}\n"
    "  - {id: a, duty: audit, name_zh: 审计管理员, name_en: Audit}\n";

TEST(Roles, AreADefinitionThatIsWrittenAsItWasRead) {
  Files files = tiny();
  files["roles.yaml"] = "id: roles\nroles:\n" + three_administrators +
                        "  - {id: clerk, duty: business, name_zh: 填报员, name_en: Clerk, may: [{permission: "
                        "report_progress, reach: own, states: [open]}]}\n";
  const auto pack = read_pack(files);
  ASSERT_TRUE(pack) << lines(lint(files)).front();
  ASSERT_NE(pack->find("roles", "roles"), nullptr);
  const auto written = write_pack(*pack);
  ASSERT_TRUE(written);
  const auto again = read_pack(*written);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->find("roles", "roles")->body, pack->find("roles", "roles")->body);
}

TEST(Roles, AreCheckedLineByLine) {
  Files files = tiny();
  files["roles.yaml"] = "id: roles\nroles:\n" + three_administrators +
                        "  - id: clerk\n    duty: business\n    name_zh: 填报员\n    name_en: Clerk\n    may:\n      - "
                        "permission: report_progres\n      - permission: read_audit\n";
  const auto told = lines(lint(files));
  ASSERT_EQ(told.size(), 2u);
  EXPECT_THAT(told[0], HasSubstr("roles.yaml:11:9: "));
  EXPECT_THAT(told[0], HasSubstr("report_progress"));
  EXPECT_THAT(told[1], HasSubstr("roles.yaml:12:9: "));
}

TEST(LintAll, ASoundPackHasNoFault) { EXPECT_THAT(lines(lint(tiny())), IsEmpty()); }

TEST(LintAll, AllFaultsOfAllFilesComeInOneRun) {
  Files files = tiny();
  files["sources.csv"] = "id,name_zh,grade,precedence\nS1,统计表,Z,1\nS2,,C,x\n";
  files["places.csv"] += "990103000000,丙县,county,county,990199000000\n";
  const auto all = lines(lint(files));
  EXPECT_THAT(all, ElementsAre(HasSubstr("places.csv:6: parent: '990199000000' is not in places.csv"),
                               HasSubstr("sources.csv:2: grade"), HasSubstr("sources.csv:3: name_zh"),
                               HasSubstr("sources.csv:3: precedence can't be 'x'; write a whole number")));
}

TEST(LintAll, EveryFaultOfOneRowIsTold) {
  const std::string row = "990101000000,gdp,202301-02,2.10,,S1,,,,,";
  EXPECT_THAT(lines(lint(changed(figures, row, "990101000000,gdp,2023M02,2.105,万元,S9,foo,F,0,,"))),
              testing::UnorderedElementsAre(HasSubstr("status can't be 'foo'"), HasSubstr("grade can't be 'F'"),
                                            HasSubstr("'2023M02' is no period"), HasSubstr("revision can't be '0'"),
                                            HasSubstr("2.105"), HasSubstr("here stands 万元"),
                                            HasSubstr("source: 'S9' is not in sources.csv")));
  EXPECT_THAT(lines(lint(changed(figures, row, "990109000000,gpd,,1e5,亿圆,,,,,,"))),
              testing::UnorderedElementsAre(HasSubstr("period can't be empty"), HasSubstr("source can't be empty"),
                                            HasSubstr("place: '990109000000'"),
                                            HasSubstr("indicator: 'gpd' is not in indicators.csv"), HasSubstr("1e5"),
                                            HasSubstr("unknown unit '亿圆'")));
}

TEST(LintAll, NothingIsToldThatHangsOnAProgrammeThatCantBeRead) {
  Files files = changed(programme, "name_en: Tiny", "name_en: [Tiny");
  files["classes.csv"] = "place,class\n990101000000,a\n";
  files[figures].replace(files[figures].find("12.50,亿元"), std::string("12.50,亿元").size(),
                         "12.50,箩筐");   // may be a unit of the programme's own
  EXPECT_THAT(lines(lint(files)),
              ElementsAre(HasSubstr("observations.csv:2: indicator gdp is in 亿元"), HasSubstr("programme.yaml:4")));
}

TEST(LintAll, AMissingFileIsNamed) {
  Files files = tiny();
  files.erase("sources.csv");
  files.erase("observations.csv");
  EXPECT_THAT(lines(lint(files)), ElementsAre(HasSubstr("the pack has no sources.csv; add it")));
}

TEST(LintAll, ALongCycleIsWrittenOut) {
  // Levels forbid cycles of honest rows, so each row of this one is told twice: by its level and by the cycle.
  Files files = tiny();
  files["places.csv"] =
      "code,name_zh,level,kind,parent\n990100000000,示例市,city,prefecture_city,\n990101000000,甲县,county,county,"
      "990102000000\n990102000000,乙县,county,county,990101000000\n";
  EXPECT_THAT(lines(lint(files)),
              testing::Contains(HasSubstr(
                  "the parents form a cycle: 990101000000 → 990102000000 → 990101000000; correct one parent")));
}

TEST(LintAll, APlaceWhoseCodeIsWrongIsMissedWhereItIsNamed) {
  EXPECT_THAT(lines(lint(changed(places, "990102000000,乙县", "9901020000,乙县"))),
              ElementsAre(HasSubstr("observations.csv:7: place: '990102000000' is not in places.csv"),
                          HasSubstr("observations.csv:8: place"),
                          HasSubstr("places.csv:5: code can't be '9901020000'; write 12 digits, as 440785000000")));
  EXPECT_THAT(lines(lint(changed(places, "990102000000,乙县", "990101000000,乙县"))),
              testing::Contains("places.csv:5: '990101000000' appears twice (first on line 3); keep one row"));
}

TEST(LintAll, AHeadThatLacksAColumnIsToldOnce) {
  EXPECT_THAT(lines(lint(changed(places, "code,name_zh", "codes,name_zh"))),
              ElementsAre(HasSubstr("places.csv:1: unknown column 'codes'; did you mean code?"),
                          HasSubstr("places.csv:1: the required column code is missing; add it")));
}

TEST(LintAll, SyntheticAndRealCodesNeverMix) {
  Files real = changed(programme, "synthetic: true", "synthetic: false");
  EXPECT_THAT(lines(lint(real)), testing::Each(HasSubstr("starts with 99, a synthetic code")));
  Files synthetic = changed(places, "990102000000,乙县", "440785000000,乙县");
  EXPECT_THAT(
      lines(lint(synthetic)),
      testing::Contains(HasSubstr("places.csv:5: a synthetic pack's codes start with 99; '440785000000' does not")));
}

TEST(LintAll, NoRealPlaceIsClassedOrScoredWithoutThePublishedNumber) {
  Files files;
  for (auto [path, bytes] : tiny()) {
    for (auto at = bytes.find("99010"); at != std::string::npos; at = bytes.find("99010", at))
      bytes.replace(at, 5, "44070");
    files[path] = bytes;
  }
  files[programme].replace(files[programme].find("true"), 4, "false");
  ASSERT_THAT(lines(lint(files)), IsEmpty());
  files["classes.csv"] = "place,class\n440701000000,a\n";
  files["schemes/s.yaml"] =
      "scheme: {id: s, name_zh: 方案, name_en: Scheme, unit_level: county}\nclasses:\n  - {id: a, name_zh: 甲, "
      "name_en: A}\n"
      "tree:\n  children:\n    - {indicator: gdp, weight: 100, fn: peer}\ngrades:\n  - {id: g, name_zh: 良, name_en: "
      "Good}\n";
  EXPECT_THAT(lines(lint(files)), ElementsAre(HasSubstr("classes.csv:2: a class of real places must name the number "
                                                        "under which its authority published it (approval)"),
                                              HasSubstr("schemes/s.yaml:1")));
}

TEST(LintAll, FaultsOfOneFileAreCountedPastTheLimit) {
  std::string bytes = "id,name_zh,grade,precedence\n";
  for (int i = 0; i < 600; ++i) bytes += "S" + std::to_string(i) + ",来源,Q,1\n";
  Files files = with("sources.csv", bytes);
  files.erase("observations.csv");
  const auto all = lines(lint(files));
  EXPECT_EQ(all.size(), faults_per_file + 1);
  EXPECT_THAT(all.back(), HasSubstr("100 more faults are not listed"));
}

TEST(LintAll, AFolderWithAMarkedFileIsRefusedWholeAndNothingElseIsTold) {
  Files faulty = changed("places.csv", "甲镇,town", "甲镇,twon");
  faulty["名单.xlsx"] = "PK, and not a pack's file";
  for (const auto& [path, bytes] :
       {std::pair("places.csv", faulty["places.csv"] + "990103000000,机密★,county,county,\n"),
        std::pair("附件/绝密★.pdf", std::string("%PDF")), std::pair("README.md", std::string("秘密★三年\n"))}) {
    Files files = faulty;
    files[path] = bytes;
    const auto found = lint_all(files);
    ASSERT_EQ(found.faults.size(), 1u) << path;
    EXPECT_EQ(found.faults[0].text(Language::zh),
              "文件带有国家秘密标志，已拒收，内容未保存：请立即停止传输，并向本单位保密机构报告");
    EXPECT_EQ(found.faults[0].where.text(), "");
    const auto read = read_pack(files);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().all().size(), 1u);
  }
}

TEST(LintAll, ChineseTextsSayTheSame) {
  const auto faults = lint(changed(figures, "12.50,亿元", "12.50,万元"));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].line(Language::zh),
            "observations.csv:2: 指标 gdp 的单位是“亿元”，这里写的是“万元”；请换算后填写");
}

}   // namespace
}   // namespace gangmu::pack
