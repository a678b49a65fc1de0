// SPDX-License-Identifier: Apache-2.0
// An office's sheet into an open register: the difference, the write, and what is refused.
#include <algorithm>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/test_kinds.hpp"
#include "app/test_import.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "sheet/test_book.hpp"
#include "store/journal.hpp"

namespace gangmu::app {
namespace {

using test::must;
using test::Told;

const std::vector<std::string> sheet_of_projects{"序号|项目代码|名称|所在地|责任单位|总投资（万元）|开工日期|联系人",
                                                 "1|P-1|冷链园|甲01镇|市发改局|1200|2023.3.1|张三 13912345678",
                                                 "2|P-2|厂房|乙县|市工信局|540.5||",
                                                 "3|P-3|供水|甲县桥头镇|市住建局|3,200|2023年5月6日|李四"};

class RegisterImports : public ::testing::Test {
 protected:
  test::RegisterWorld world;

  Call call(const std::string& bytes, const std::map<std::string, std::string>& query = {},
            const char* kind = "project") {
    Call out = world.call(kind, bytes);
    out.query["name"] = "项目.xlsx";
    for (const auto& [name, value] : query) out.query[name] = value;
    return out;
  }
  Told preview(const std::string& bytes, const std::map<std::string, std::string>& query = {}) {
    return test::told(preview_register_import(world.service(), call(bytes, query)));
  }
  Result<Reply> confirmed(const std::string& bytes, const Told& preview,
                          std::map<std::string, std::string> query = {}) {
    query["digest"] = preview["digest"].string_or("");
    query["seq"] = std::to_string(preview["seq"].integer_or(0));
    return confirm_register_import(world.service(), call(bytes, query));
  }
  Told imported(const std::string& bytes, const std::map<std::string, std::string>& query = {}) {
    return test::told(confirmed(bytes, preview(bytes, query), query));
  }
  Json records(const char* kind = "project") { return world.ask(app::records, world.call(kind)).json; }
  Json by_code(const std::string& code) {
    const Json all = records();
    for (const Json& one : *all["items"].array())
      if (one["fields"]["code"].string_or("") == code) return one;
    return {};
  }
  std::vector<std::string> exported() {
    Call out = world.call("project");
    out.as_xlsx = true;
    return test::lines_of(must(app::records(world.service(), out)).body);
  }
  static std::string sheet(std::vector<std::string> lines, const std::string& title = "项目清单") {
    return test::ledger(title, lines);
  }
  static std::string count(const Told& preview) {
    std::string out;
    for (const char* name : {"new", "changed", "unchanged", "left", "clash", "fault", "absent"})
      out += (out.empty() ? "" : " ") + std::to_string(preview["counts"][name].integer_or(-1));
    return out;
  }
};

/// Of an exported line: cell `column` (by head) replaced.
std::string with_cell(const std::vector<std::string>& lines, std::size_t head, std::size_t line,
                      const std::string& name, const std::string& value) {
  const auto heads = text::split(lines[head], '|');
  auto cells = text::split(lines[line], '|');
  cells.resize(heads.size());
  cells[static_cast<std::size_t>(std::ranges::find(heads, name) - heads.begin())] = value;
  return text::join(cells, "|");
}
std::size_t line_with(const std::vector<std::string>& lines, const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::find_if(lines, [&](const std::string& one) { return text::contains(one, text); }) - lines.begin());
}

TEST_F(RegisterImports, ASheetIsComparedThenWrittenWhole) {
  const std::string bytes = sheet(sheet_of_projects);
  const Told told = preview(bytes);
  EXPECT_EQ(count(told), "3 0 0 0 0 0 0") << told.json.canonical();
  EXPECT_EQ(told["rows"].integer_or(0), 3);
  std::map<std::string, std::string> columns;
  for (const Json& one : *told["columns"].array())
    columns[one["column"].string_or("")] =
        one["use"].string_or("") + ":" + one["field"].string_or("") + ":" + one["by"].string_or("");
  EXPECT_EQ(columns["A"], "none::nothing");
  EXPECT_EQ(columns["B"], "field:code:label");
  EXPECT_EQ(columns["F"], "field:total:label");
  EXPECT_EQ(columns["G"], "field:start:words");
  EXPECT_EQ(columns["H"], "field:contact:label");
  EXPECT_EQ(records()["total"].integer_or(-1), 0) << "nothing is written yet";
  EXPECT_EQ(told.reply.body.find("13912345678"), std::string::npos);
  EXPECT_EQ(told.reply.body.find("张三"), std::string::npos);

  const Told done = test::told(confirmed(bytes, told));
  EXPECT_EQ(done.reply.status, 201);
  EXPECT_EQ(done["counts"]["new"].integer_or(0), 3);
  const Json one = by_code("P-2");
  EXPECT_EQ(one["fields"]["total"].string_or(""), "5405000.00") << "万元 of the head, yuan in the field";
  EXPECT_EQ(one["fields"]["place"]["code"].string_or(""), "990102000000");
  EXPECT_EQ(one["fields"]["owner"]["id"].string_or(""), "unit:市工信局");
  EXPECT_EQ(by_code("P-3")["fields"]["start"].string_or(""), "2023-05-06");
  EXPECT_EQ(by_code("P-3")["no"].string_or(""), "XM2023-0002") << "numbers run at each home";
  const Told list = world.ask(register_imports, world.call("project"));
  ASSERT_EQ(list["items"].array()->size(), 1u);
  EXPECT_EQ((*list["items"].array())[0]["id"].string_or(""), done["id"].string_or("-"));
}

TEST_F(RegisterImports, LastMonthsFileAgainChangesNothing) {
  const std::string bytes = sheet(sheet_of_projects);
  imported(bytes);
  const Told again = preview(bytes);
  EXPECT_EQ(count(again), "0 0 3 0 0 0 0") << again.json.canonical();
  EXPECT_TRUE(again["remembered"].boolean_or(false));
  EXPECT_TRUE(test::refused(confirmed(bytes, again)).is(errors::nothing_changed));
}

TEST_F(RegisterImports, ADifferenceIsToldFieldByFieldAndNothingIsRemoved) {
  imported(sheet(sheet_of_projects));
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链物流园|甲01镇|市发改局|1500||（清空）";   // a blank start says nothing, the contact is cleared
  lines[3] = "4|P-4|学校|甲01镇|市教育局|80||";
  const Told told = preview(sheet(lines));
  EXPECT_EQ(count(told), "1 1 1 0 0 0 0") << told.json.canonical();
  lines.pop_back();
  lines.push_back("4|P-4|学校|甲县桥头镇|市教育局|80||");
  const Told other = preview(sheet(lines));
  EXPECT_EQ(count(other), "1 1 1 0 0 0 1") << "P-3 lies where the sheet speaks of and is not in it";
  EXPECT_EQ((*other["absent"].array())[0]["title"].string_or(""), "供水");
  std::map<std::string, std::string> changes;
  for (const Json& row : *told["items"].array())
    if (row["act"].string_or("") == "changed")
      for (const Json& one : *row["fields"].array())
        changes[one["field"].string_or("")] = one["before"].string_or("-") + " > " + one["after"].string_or("-");
  EXPECT_EQ(changes,
            (std::map<std::string, std::string>{
                {"name", "冷链园 > 冷链物流园"}, {"total", "12000000.00 > 15000000"}, {"contact", "（已隐去） > -"}}));
  imported(sheet(lines));
  EXPECT_EQ(records()["total"].integer_or(0), 4) << "what the sheet leaves out stays";
  EXPECT_EQ(by_code("P-1")["fields"]["start"].string_or(""), "2023-03-01");
  EXPECT_TRUE(by_code("P-1")["fields"]["contact"].is_null());
}

TEST_F(RegisterImports, AllFaultsAreToldAtOnceEachAtItsCell) {
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链园|桥头镇|市发改局|很多|近日|";
  lines[2] = "2|P-2||乙县|市工信局|-5||";
  lines[3] = "3|P-2|供水|甲01镇|市住建局|1||";
  lines.push_back("4||学校|甲01镇|市教育局|80||");
  const std::string bytes = sheet(lines);
  const Told told = preview(bytes);
  std::vector<std::string> faults;
  for (const Json& one : *told["faults"].array())
    faults.push_back(one["column"].string_or("-") + std::to_string(one["row"].integer_or(0)) + " " +
                     one["code"].string_or(""));
  EXPECT_EQ(faults, (std::vector<std::string>{"D3 record.cell_unread", "F3 record.cell_unread", "G3 record.cell_unread",
                                              "C4 record.wanted", "F4 record.value_range", "B6 record.wanted"}))
      << told.json.canonical();
  EXPECT_EQ(told["counts"]["fault"].integer_or(0), 3);
  const Error refused = test::refused(confirmed(bytes, told));
  EXPECT_EQ(refused.all().size(), 6u);
  EXPECT_EQ(refused.first().where.cell, "任务台账!D3");
  EXPECT_EQ(records()["total"].integer_or(-1), 0);
}

TEST_F(RegisterImports, OneRecordStandsInOneRow) {
  auto lines = sheet_of_projects;
  lines.push_back("4|P-1|另一个|甲01镇|市教育局|80||");
  const Told told = preview(sheet(lines));
  EXPECT_EQ((*told["faults"].array())[0]["code"].string_or(""), "app.sheet_row_twice");
}

TEST_F(RegisterImports, ModesLeaveTheOtherRowsAlone) {
  imported(sheet(sheet_of_projects));
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|改名|甲01镇||||";
  lines.push_back("4|P-4|学校|甲01镇||80||");
  EXPECT_EQ(count(preview(sheet(lines), {{"mode", "add"}})), "1 0 0 3 0 0 0");
  EXPECT_EQ(count(preview(sheet(lines), {{"mode", "update"}})), "0 1 2 1 0 0 0");
  imported(sheet(lines), {{"mode", "add"}});
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "冷链园");
  EXPECT_EQ(by_code("P-4")["fields"]["name"].string_or(""), "学校");
}

TEST_F(RegisterImports, ASheetEditedByTwoMergesByField) {
  imported(sheet(sheet_of_projects));
  const auto lines = exported();
  const std::size_t head = line_with(lines, "记录地址"), line = line_with(lines, "P-1");
  auto mine = lines;
  mine[line] = with_cell(lines, head, line, "总投资", "9000000");
  // Somebody else edits another field, and a third one of another record, on the page.
  const Json one = by_code("P-1");
  must(world.step(one["id"].string_or(""), "edit", R"({"name":"冷链产业园"})"));
  const std::string bytes = sheet({mine.begin() + static_cast<std::ptrdiff_t>(head), mine.end()});
  const Told told = preview(bytes);
  EXPECT_EQ(count(told), "0 1 2 0 0 0 0") << told.json.canonical();
  test::told(confirmed(bytes, told));
  EXPECT_EQ(by_code("P-1")["fields"]["total"].string_or(""), "9000000.00");
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "冷链产业园");
  EXPECT_EQ(by_code("P-1")["fields"]["contact"]["hidden"].string_or(""), "（已隐去）") << "hidden cells change nothing";
}

TEST_F(RegisterImports, AClashIsListedAndSettledAsTheOfficeSays) {
  imported(sheet(sheet_of_projects));
  const auto lines = exported();
  const std::size_t head = line_with(lines, "记录地址"), line = line_with(lines, "P-1");
  auto mine = lines;
  mine[line] = with_cell(lines, head, line, "名称", "我的名称");
  must(world.step(by_code("P-1")["id"].string_or(""), "edit", R"({"name":"他的名称"})"));
  const std::string bytes = sheet({mine.begin() + static_cast<std::ptrdiff_t>(head), mine.end()});
  const Told told = preview(bytes);
  EXPECT_EQ(count(told), "0 0 2 0 1 0 0");
  const Json& clash = (*told["items"].array())[0];
  EXPECT_EQ((*clash["fields"].array())[0]["before"].string_or(""), "他的名称");
  EXPECT_EQ((*clash["fields"].array())[0]["after"].string_or(""), "我的名称");
  EXPECT_TRUE(test::refused(confirmed(bytes, told)).is(record::errors::changed_meanwhile));
  EXPECT_TRUE(test::refused(confirmed(bytes, told, {{"clash", "held"}})).is(errors::nothing_changed));
  test::told(confirmed(bytes, told, {{"clash", "sheet"}}));
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "我的名称");
}

TEST_F(RegisterImports, CellsAndRowsGoAsTheOfficeSaysOfEach) {
  imported(sheet(sheet_of_projects));
  const auto lines = exported();
  const std::size_t head = line_with(lines, "记录地址");
  auto mine = lines;
  for (const char* code : {"P-1", "P-2", "P-3"}) {
    const std::size_t line = line_with(lines, code);
    mine[line] = with_cell(mine, head, line, "名称", std::string("我的") + code);
    mine[line] = with_cell(mine, head, line, "总投资", "9000000");
  }
  must(world.step(by_code("P-1")["id"].string_or(""), "edit", R"({"name":"他的一"})"));
  must(world.step(by_code("P-2")["id"].string_or(""), "edit", R"({"name":"他的二"})"));
  const std::string bytes = sheet({mine.begin() + static_cast<std::ptrdiff_t>(head), mine.end()});
  const Told told = preview(bytes);
  EXPECT_EQ(count(told), "0 1 0 0 2 0 0") << told.json.canonical();
  std::map<std::string, std::string> rows;
  for (const Json& one : *told["items"].array())
    rows[one["title"].string_or("")] = std::to_string(one["row"].integer_or(0));
  const std::string one = rows["我的P-1"], two = rows["我的P-2"], three = rows["我的P-3"];
  // One clash is settled, the other is not: nothing is written.
  EXPECT_TRUE(
      test::refused(confirmed(bytes, told, {{"choices", one + ":name=sheet"}})).is(record::errors::changed_meanwhile));
  const std::string choices = one + ":name=sheet;" + two + ":name=held;" + two + ":total=held;" + three + "=left";
  EXPECT_EQ(count(preview(bytes, {{"choices", choices}})), "0 1 1 1 0 0 0");
  test::told(confirmed(bytes, told, {{"choices", choices}}));
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "我的P-1");
  EXPECT_EQ(by_code("P-1")["fields"]["total"].string_or(""), "9000000.00");
  EXPECT_EQ(by_code("P-2")["fields"]["name"].string_or(""), "他的二");
  EXPECT_EQ(by_code("P-2")["fields"]["total"].string_or(""), "5405000.00");
  EXPECT_EQ(by_code("P-3")["fields"]["name"].string_or(""), "供水");
  for (const char* wrong : {"x", "0=left", "3:name", "3:name=mine", "5-3=left", "3=left;3=left", "3=held"})
    EXPECT_TRUE(test::refused(preview_register_import(world.service(), call(bytes, {{"choices", wrong}})))
                    .is(errors::query_malformed))
        << wrong;
}

TEST_F(RegisterImports, ARowLeftOutIsInNobodysWay) {
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链园|桥头镇|市发改局|很多||";
  lines.push_back("4|P-2|另一个|乙县|市教育局|80||");
  lines.push_back("5|P-4||甲01镇|||");
  const std::string bytes = sheet(lines);
  const Told told = preview(bytes);
  std::set<std::int64_t> wrong;
  for (const Json& one : *told["faults"].array()) wrong.insert(one["row"].integer_or(0));
  ASSERT_EQ(wrong.size(), 3u) << told.json.canonical();
  // The first of two rows that are one record is left out: the second is that record.
  const std::string first = std::to_string(*wrong.begin());
  const std::string choices =
      first + "=left;" + std::to_string(*wrong.begin() + 1) + "=left;" + std::to_string(*wrong.rbegin()) + "-99=left";
  EXPECT_EQ(count(preview(bytes, {{"choices", choices}})), "2 0 0 3 0 0 0");
  test::told(confirmed(bytes, told, {{"choices", choices}}));
  EXPECT_EQ(by_code("P-2")["fields"]["name"].string_or(""), "另一个");
  EXPECT_EQ(records()["total"].integer_or(0), 2);
}

TEST_F(RegisterImports, WhatCameBetweenPreviewAndImportIsNotWrittenOver) {
  imported(sheet(sheet_of_projects));
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|我的名称|甲01镇||||";
  lines.push_back("4|P-4|学校|甲01镇||80||");
  const std::string bytes = sheet(lines);
  const Told told = preview(bytes);
  must(world.step(by_code("P-1")["id"].string_or(""), "edit", R"({"name":"他的名称"})"));
  world.entered("project", R"({"name":"他的学校","code":"P-4","place":"990101101000"})");
  const Error refused = test::refused(confirmed(bytes, told));
  ASSERT_EQ(refused.all().size(), 2u) << refused.text(Language::en);
  EXPECT_TRUE(refused.all()[0].is(record::errors::changed_meanwhile));
  EXPECT_TRUE(refused.all()[1].is(errors::import_overtaken));
}

TEST_F(RegisterImports, ColumnsArePutRightAndRemembered) {
  const std::vector<std::string> lines{"代号|甲|乙", "P-1|冷链园|甲01镇", "P-2|厂房|乙县", "P-3|供水|甲01镇"};
  EXPECT_TRUE(test::refused(preview_register_import(world.service(), call(sheet(lines), {{"columns", "A:nothing"}})))
                  .is(record::errors::field_unknown));
  EXPECT_TRUE(
      test::refused(preview_register_import(world.service(), call(sheet(lines), {{"columns", "A:code;B:code"}})))
          .is(record::errors::field_twice));
  const std::map<std::string, std::string> right{{"columns", "A:code;B:name"}};
  EXPECT_EQ(count(preview(sheet(lines), right)), "3 0 0 0 0 0 0") << "the third column's cells are places";
  imported(sheet(lines), right);
  auto next = lines;
  next[1] = "P-1|冷链物流园|甲01镇";
  const Told told = preview(sheet(next));
  EXPECT_TRUE(told["remembered"].boolean_or(false));
  EXPECT_EQ(count(told), "0 1 2 0 0 0 0");
}

TEST_F(RegisterImports, TheSameRequestIsDoneOnce) {
  const std::string bytes = sheet(sheet_of_projects);
  const Told told = preview(bytes);
  Call once =
      call(bytes, {{"digest", told["digest"].string_or("")}, {"seq", std::to_string(told["seq"].integer_or(0))}});
  const Told first = test::told(confirm_register_import(world.service(), once));
  const Told second = test::told(confirm_register_import(world.service(), once));
  EXPECT_EQ(first["id"].string_or("a"), second["id"].string_or("b"));
  EXPECT_EQ(records()["total"].integer_or(0), 3);
}

TEST_F(RegisterImports, PersonsAreSealedAndNothingOfThemIsKeptInClear) {
  imported(sheet(sheet_of_projects));
  std::string journal;
  must(world.store().read([&](store::Database& db) {
    return store::read_journal(db, Seq{}, world.store().view()->seq, [&](const store::JournalRow& row) -> Status {
      journal += row.bytes;
      return {};
    });
  }));
  EXPECT_EQ(journal.find("13912345678"), std::string::npos);
  EXPECT_EQ(journal.find("张三"), std::string::npos);
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链园|甲01镇|市发改局|1200|2023.3.1|张三 13912345679";
  EXPECT_EQ(count(preview(sheet(lines))), "0 1 2 0 0 0 0") << "one digit differs";
}

TEST_F(RegisterImports, WrongFilesAreRefusedBeforeAnythingIsRead) {
  const std::string bytes = sheet(sheet_of_projects);
  const Told told = preview(bytes);
  const auto refused = [&](const std::string& file) {
    return test::refused(preview_register_import(world.service(), call(file))).first().kind->code();
  };
  EXPECT_EQ(refused(bytes.substr(0, bytes.size() / 2)), "sheet.archive_damaged");
  EXPECT_EQ(refused("\x89PNG\r\n\x1a\n" + std::string(64, 'x')), "sheet.format_unknown");
  EXPECT_EQ(refused(""), "sheet.file_empty");
  EXPECT_EQ(refused("名称,密级\n秘密★一年,x\n"), "sheet.secrecy_mark");
  EXPECT_EQ(refused(sheet({"甲列|乙列", "1|2"})), "app.import_no_columns");
  auto other = sheet_of_projects;
  other[1] = "1|P-9|别的|甲01镇||||";
  EXPECT_TRUE(test::refused(confirmed(sheet(other), told)).is(errors::import_other_file));
  EXPECT_EQ(records()["total"].integer_or(-1), 0);
}

TEST_F(RegisterImports, RowsAndColumnsPastTheLimitAreRefused) {
  world.limits.sheet_rows = 2;
  world.restart();
  const Error rows = test::refused(preview_register_import(world.service(), call(sheet(sheet_of_projects))));
  EXPECT_TRUE(rows.is(errors::limit_exceeded)) << rows.text(Language::en);
  world.limits.sheet_rows = 10;
  world.limits.sheet_columns = 5;
  world.restart();
  EXPECT_TRUE(test::refused(preview_register_import(world.service(), call(sheet(sheet_of_projects))))
                  .is(errors::limit_exceeded));
}

TEST_F(RegisterImports, FormulasGiveTheirResultAndMergedHeadsTheirNames) {
  const auto cell = [](const std::string& at, const std::string& text) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  sheet::testing::Book book;
  book.sheet = "<sheetData><row r=\"1\">" + cell("A1", "项目代码") + cell("B1", "基本情况") +
               cell("D1", "总投资（万元）") + "</row><row r=\"2\">" + cell("B2", "名称") + cell("C2", "所在地") +
               "</row><row r=\"3\">" + cell("A3", "P-1") + cell("B3", "=1+1") + cell("C3", "甲01镇") +
               "<c r=\"D3\"><f>100+20</f><v>120</v></c></row></sheetData>" +
               "<mergeCells count=\"3\"><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell "
               "ref=\"D1:D2\"/></mergeCells>";
  imported(book.bytes());
  EXPECT_EQ(by_code("P-1")["fields"]["total"].string_or(""), "1200000.00");
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "=1+1") << "a text stays a text";
}

TEST_F(RegisterImports, AnImportIsTakenBackAndItsHistoryStays) {
  imported(sheet(sheet_of_projects));
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链物流园|甲01镇|市发改局|1500||王五";
  lines.push_back("4|P-4|学校|甲01镇|市教育局|80||");
  const Told second = imported(sheet(lines));
  const std::string kept = by_code("P-1")["id"].string_or(""), made = by_code("P-4")["id"].string_or("");
  const auto undo = [&](const std::string& id, const std::string& body) {
    Call c = world.call("project", body);
    c.sub_id = id;
    return undo_register_import(world.service(), c);
  };
  const Told done = test::told(undo(second["id"].string_or(""), "{}"));
  EXPECT_EQ(done["voided"].integer_or(0), 1);
  EXPECT_EQ(done["restored"].integer_or(0), 1);
  EXPECT_EQ(records()["total"].integer_or(0), 3) << "what it made stands in no list";
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "冷链园");
  EXPECT_EQ(by_code("P-1")["fields"]["total"].string_or(""), "12000000.00");
  EXPECT_EQ(world.shown(kept)["history"].array()->size(), 3u) << "entered, changed, set back";
  EXPECT_TRUE(test::refused(undo(second["id"].string_or(""), "{}")).is(errors::import_state));
  EXPECT_EQ(count(preview(sheet(lines))), "1 1 2 0 0 0 0") << "it can come again: the key is free";
  EXPECT_TRUE(test::refused(undo("nothing", "{}")).is(errors::unknown_import));
}

TEST_F(RegisterImports, WhatWasWorkedOnSinceIsTakenBackForAReasonOnly) {
  imported(sheet(sheet_of_projects));
  auto lines = sheet_of_projects;
  lines[1] = "1|P-1|冷链物流园|甲01镇|市发改局|1500||";
  const Told second = imported(sheet(lines));
  must(world.step(by_code("P-1")["id"].string_or(""), "edit", R"({"name":"他的名称"})"));
  Call c = world.call("project", "{}");
  c.sub_id = second["id"].string_or("");
  const Error refused = test::refused(undo_register_import(world.service(), c));
  ASSERT_EQ(refused.all().size(), 1u);
  EXPECT_TRUE(refused.is(errors::record_changed_since));
  c.body = R"({"reason":"导错了文件"})";
  c.request_key += "-again";
  EXPECT_TRUE(test::refused(undo_register_import(world.service(), c)).is(errors::record_changed_since))
      << "they are listed, whatever the reason";
  c.body = R"({"also_changed":true})";
  c.request_key += "-once-more";
  EXPECT_TRUE(test::refused(undo_register_import(world.service(), c)).is(errors::reason_wanted));
  c.body = R"({"reason":"导错了文件","also_changed":true})";
  c.request_key += "-at-last";
  const Told done = test::told(undo_register_import(world.service(), c));
  EXPECT_EQ(done["kept"].integer_or(0), 1);
  EXPECT_EQ(by_code("P-1")["fields"]["name"].string_or(""), "他的名称") << "somebody else's later word stays";
  EXPECT_EQ(by_code("P-1")["fields"]["total"].string_or(""), "12000000.00");
}

TEST_F(RegisterImports, CsvIsReadAsWell) {
  EXPECT_EQ(count(preview("项目代码,名称,所在地,总投资（元）\nP-1,冷链园,甲01镇,\"1,200.50\"\n")), "1 0 0 0 0 0 0");
}

}   // namespace
}   // namespace gangmu::app
