// SPDX-License-Identifier: Apache-2.0
// An office's ledger through the use cases: read, answer, confirm, work on it, export, undo.
#include "app/imports.hpp"

#include <algorithm>
#include <atomic>
#include <future>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_wire.hpp"
#include "app/tasks.hpp"
#include "app/test_import.hpp"
#include "plan/errors.hpp"
#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"
#include "store/test_tasks.hpp"

namespace gangmu::app::test {
namespace {

TEST(Imports, ReadsRowByRowAndChangesNoTaskYet) {
  World world;
  const Told import = read(world, ledger("任务台账", rows));
  EXPECT_EQ(import.reply.status, 201);
  EXPECT_EQ(import["state"], Json("read"));
  EXPECT_EQ(import["sheet"], Json("任务台账"));
  ASSERT_EQ(import["rows"].array()->size(), 3U);
  const Json& first = import["rows"].array()->front();
  EXPECT_EQ(first["row"], Json(3));
  EXPECT_EQ(first["task"]["title"], Json("建成产业园"));
  EXPECT_EQ(first["task"]["place"]["code"], Json("990101000000"));
  EXPECT_EQ(first["task"]["percent"], Json(20));
  EXPECT_EQ(first["task"]["contact"], Json(hidden_person));
  EXPECT_EQ(first["cells"]["title"], Json("C3"));
  EXPECT_EQ(import["counts"]["tasks"], Json(3));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
  const Told list = told(imports(world.service(), world.call()));
  ASSERT_EQ(list["items"].array()->size(), 1U);
  EXPECT_EQ(list["items"].array()->front()["counts"], import["counts"]);
}

TEST(Imports, AsksWhichPlaceIsMeantAndWaitsForTheAnswer) {
  World world;
  const std::string id = id_of(read(world, ledger("任务台账", rows)));
  const Told import = told(import_batch(world.service(), world.call(id)));
  const Json* asked = question(import, "place:桥头镇");
  ASSERT_TRUE(asked);
  EXPECT_EQ((*asked)["blocking"], Json(true));
  EXPECT_EQ((*asked)["cell"], Json());
  std::vector<std::string> labels;
  for (const Json& choice : *(*asked)["candidates"].array()) labels.push_back(choice["label_zh"].string_or(""));
  EXPECT_EQ(labels, (std::vector<std::string>{"甲县 桥头镇", "乙县 桥头镇", "不分地区，记在示例市"}));

  const Error open = refused(confirm_import(world.service(), world.call(id, "{}")));
  EXPECT_TRUE(open.is(errors::import_questions_open));
  EXPECT_EQ(open.first().arguments.front(), "place:桥头镇");
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));

  const Error wrong =
      refused(answer_import(world.service(), world.call(id, R"({"answers":{"place:桥头镇":"桥尾镇"}})")));
  EXPECT_TRUE(wrong.is(errors::place_unread));
  EXPECT_TRUE(refused(answer_import(world.service(), world.call(id, R"({"answers":{"nonsense":"1"}})")))
                  .is(plan::errors::answer_unknown));

  const Told answered = answer(world, id, "place:桥头镇", "990102101000");
  EXPECT_EQ((*question(answered, "place:桥头镇"))["answer"], Json("990102101000"));
  EXPECT_EQ((*answered["rows"].array())[1]["task"]["place"]["code"], Json("990102101000"));
  const Told confirmed = confirm(world, id);
  EXPECT_EQ(confirmed["import"]["state"], Json("confirmed"));
  EXPECT_EQ(confirmed["seq"], Json(confirmed.reply.seq->value));
}

TEST(Imports, ConfirmedTasksKnowTheirImportRowAndPlace) {
  World world;
  const std::string id = imported(world);
  Call call = world.call();
  call.query["import"] = id;
  const Told list = told(tasks(world.service(), call));
  ASSERT_EQ(list["items"].array()->size(), 3U);
  const Json& second = (*list["items"].array())[1];
  EXPECT_EQ(second["id"], Json("2"));
  EXPECT_EQ(second["import"], Json(id));
  EXPECT_EQ(second["row"], Json(4));
  EXPECT_EQ(second["place"]["code"], Json("990102101000"));
  EXPECT_EQ(second["light"], Json("week"));
  EXPECT_TRUE(tasks_of(*world.store().view()).find(task_id(PlaceId{5}, 2)))
      << "a task of a county is kept under that county";
  EXPECT_TRUE(tasks_of(*world.store().view()).find(task_id(PlaceId{1}, 3)))
      << "a task without a place under the programme's own";
  const Told one = told(task(world.service(), world.call("2")));
  ASSERT_EQ(one["events"].array()->size(), 1U);
  EXPECT_EQ(one["events"].array()->front()["act"], Json("import"));
  EXPECT_EQ(one["events"].array()->front()["text"], Json("台账.xlsx[任务台账] 第 4 行"));
  EXPECT_TRUE(refused(confirm_import(world.service(), world.call(id, "{}"))).is(errors::import_state));
  EXPECT_TRUE(refused(answer_import(world.service(), world.call(id, "{}"))).is(errors::import_state));
}

TEST(Imports, TheExportOpensAsTheSameLedgerWithoutPersons) {
  World world;
  const std::string id = imported(world);
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  const Told file = told(tasks(world.service(), call));
  EXPECT_EQ(file.reply.download_name, "台账.xlsx");
  std::vector<std::string> expected{rows};
  expected.insert(expected.begin(), "任务台账");
  for (std::string& line : expected) {
    for (const std::string& person : {planted, std::string("赵甲"), std::string("钱乙"), std::string("孙丙")}) {
      for (std::size_t at = line.find(person); at != std::string::npos; at = line.find(person))
        line.replace(at, person.size(), hidden_person);
    }
  }
  const auto trimmed = [](std::vector<std::string> lines) {
    for (std::string& line : lines) line.erase(line.find_last_not_of('|') + 1);
    return lines;
  };
  EXPECT_EQ(trimmed(lines_of(file.reply.body)), trimmed(expected));
  const auto notes = lines_of(file.reply.body, 1);
  EXPECT_NE(std::ranges::find_if(notes, [](const std::string& line) { return line.starts_with("数据截止|第 "); }),
            notes.end());

  const Told again = read(world, file.reply.body, "改后.xlsx");
  EXPECT_EQ(again["counts"]["tasks"], Json(3));
  std::size_t repeated = 0;
  for (const Json& note : *again["notes"].array())
    repeated += note["text_en"].string_or("").find("same number and title") != std::string::npos;
  EXPECT_EQ(repeated, 3U);
}

TEST(Imports, TheExportShowsWhatChangedSince) {
  World world;
  const std::string id = imported(world);
  told(report_progress(world.service(), world.call("1", R"({"text":"已动工","percent":45})")));
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  EXPECT_NE(lines_of(told(tasks(world.service(), call)).reply.body)[2].find("2023年6月底前|已动工|45%"),
            std::string::npos);
}

TEST(Imports, UndoTakesAllTasksBackAndNeverGivesTheirNumbersAgain) {
  World world;
  const std::string id = imported(world);
  const Told undone = told(undo_import(world.service(), world.call(id, "{}")));
  EXPECT_EQ(undone["import"]["state"], Json("undone"));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
  EXPECT_TRUE(refused(task(world.service(), world.call("1"))).is(errors::unknown_task));
  EXPECT_TRUE(refused(undo_import(world.service(), world.call(id, "{}"))).is(errors::import_state));
  imported(world);
  const Told list = told(tasks(world.service(), world.call()));
  EXPECT_EQ(list["items"].array()->front()["id"], Json("4"));
  EXPECT_EQ(told(task(world.service(), world.call("4")))["events"].array()->size(), 1U);
}

TEST(Imports, UndoAsksForAReasonOnceATaskWasWorkedOn) {
  World world;
  const std::string id = imported(world);
  told(report_progress(world.service(), world.call("2", R"({"text":"已动工"})")));
  const Error refusal = refused(undo_import(world.service(), world.call(id, "{}")));
  EXPECT_TRUE(refusal.is(errors::import_changed_since));
  EXPECT_EQ(refusal.first().arguments, (std::vector<std::string>{"改造老旧小区", "2"}));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(3));
  EXPECT_TRUE(refused(undo_import(world.service(), world.call(id, R"({"reason":"误"})"))).is(errors::reason_wanted));
}

TEST(Imports, ANumberTakenBackBeforeTasksWereRecordsIsNotGivenAgain) {
  World world;
  must(world.store().write({.home = PlaceId{1},
                            .actor = "before",
                            .act = "import_undo",
                            .request_key = {},
                            .command = {},
                            .run = [](store::Tx& tx) -> Result<Json> {
                              TRY(store::tasks::append_event(tx, PlaceId{2}, "41", Json(Json::Object{})));
                              return Json();
                            }}));
  imported(world);
  EXPECT_EQ(told(tasks(world.service(), world.call()))["items"].array()->front()["id"], Json("42"));
}

TEST(Imports, WithAReasonTheBatchGoesWithWhatWasDoneSince) {
  World world;
  const std::string id = imported(world);
  told(report_progress(world.service(), world.call("2", R"({"text":"已动工"})")));
  const Told undone = told(undo_import(world.service(), world.call(id, R"({"reason":"台账报错了县"})")));
  EXPECT_EQ(undone["import"]["state"], Json("undone"));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
  EXPECT_TRUE(refused(task(world.service(), world.call("2"))).is(errors::unknown_task));
  // What was done and why it was taken back stay in the history.
  const auto acts = [&](std::int64_t home, std::int64_t number) {
    std::vector<std::string> out;
    for (const auto& stored : must(world.store().read([&](store::Database& database) {
           return store::records::events_before(database, task_id(PlaceId{home}, number), world.store().view()->seq,
                                                Seq{INT64_MAX}, 50);
         }))) {
      const record::Event event = must(record::event_of(stored.body));
      const std::string text = event.reason.empty() ? event.patch["f"]["15"].string_or("") : event.reason;
      out.push_back(event.step + " " + text);
    }
    return out;
  };
  EXPECT_EQ(acts(5, 2), (std::vector<std::string>{"import 台账.xlsx[任务台账] 第 4 行", "progress 已动工",
                                                  "undo_import 台账报错了县"}));
  EXPECT_EQ(acts(2, 1).size(), 2U) << "read in and taken back";
  imported(world);
  EXPECT_EQ(told(tasks(world.service(), world.call()))["items"].array()->front()["id"], Json("4"))
      << "numbers are not given again";
  must(world.store().verify());
}

TEST(Imports, AnAnswerChosenCountsWhenItIsConfirmedWithoutReadingAgain) {
  World world;
  const std::string id = id_of(read(world,
                                    "序号,工作任务,牵头单位,完成时限,完成比例\n1,修路,市发改局,2023年6月底前,0.5\n"
                                    "2,架桥,市住建局,2023年6月底前,80\n",
                                    "台账.csv"));
  const Told shown = told(import_batch(world.service(), world.call(id)));
  ASSERT_TRUE(question(shown, "percent:E"));
  EXPECT_NE((*shown["rows"].array())[0]["task"]["percent"], Json(50)) << "something above 1: percentages by default";
  confirm(world, id, R"({"answers":{"percent:E":"fraction"}})");
  EXPECT_EQ(told(task(world.service(), world.call("1")))["task"]["percent"], Json(50));
  const Told now = told(import_batch(world.service(), world.call(id)));
  EXPECT_EQ((*question(now, "percent:E"))["answer"], Json("fraction")) << "and stands with the batch";
}

TEST(Imports, AnswersThatRaiseANewQuestionAreNotConfirmedUnseen) {
  World world;
  const std::string id =
      id_of(read(world, "序号,工作任务,牵头单位,何时,进度\n1,修路,市发改局,改天,一般\n", "台账.csv"));
  const Json before = told(import_batch(world.service(), world.call(id)))["counts"];
  const Error asks = refused(confirm_import(world.service(), world.call(id, R"({"answers":{"column:D":"due"}})")));
  EXPECT_TRUE(asks.is(errors::import_asks_more)) << asks.text(Language::en);
  EXPECT_EQ(asks.first().arguments.front(), "due:2");
  EXPECT_EQ(told(import_batch(world.service(), world.call(id)))["counts"], before) << "nothing was kept";
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
}

TEST(Imports, DiscardedBeforeItIsConfirmedItLeavesNoRowAndNoByteThatCanBeRead) {
  World world;
  const std::string id = id_of(read(world, ledger("任务台账", rows)));
  const auto kept = [&] {
    int rows_of_batch = 0;
    world.store().view()->imports.for_each(
        [&](const store::ImportBatch& row) { rows_of_batch += row.id.starts_with(id); });
    return rows_of_batch;
  };
  EXPECT_EQ(kept(), 2);
  told(discard_import(world.service(), world.call(id, "{}")));
  EXPECT_EQ(kept(), 0);
  EXPECT_TRUE(world.store().vault().erased(import_subject(id)));
  EXPECT_TRUE(refused(import_batch(world.service(), world.call(id))).is(errors::unknown_import));
  EXPECT_TRUE(refused(confirm_import(world.service(), world.call(id, "{}"))).is(errors::unknown_import));
  EXPECT_EQ(told(imports(world.service(), world.call()))["items"].array()->size(), 0U);
  must(world.store().verify());
  const std::string confirmed = imported(world);
  EXPECT_TRUE(refused(discard_import(world.service(), world.call(confirmed, "{}"))).is(errors::import_state));
}

TEST(Imports, ARepeatedRequestKeyGivesTheSameImport) {
  World world;
  Call call = world.call("", ledger("任务台账", rows));
  call.query["name"] = "台账.xlsx";
  const Told first = told(read_import(world.service(), call)), second = told(read_import(world.service(), call));
  EXPECT_EQ(first.reply.body, second.reply.body);
  EXPECT_EQ(told(imports(world.service(), world.call()))["items"].array()->size(), 1U);
}

TEST(Imports, RefusesWhatIsNoLedger) {
  World world;
  const struct {
    std::string bytes;
    const ErrorKind& kind;
  } files[] = {{"", sheet::errors::file_empty},
               {std::string("\x89PNG\r\n\x1a\n\0\0", 10), sheet::errors::format_unknown},
               {std::string("\0\1\2 no zip, no text", 20), sheet::errors::format_unknown},
               {"甲,乙\n1,2\n", plan::errors::register_no_header},
               {ledger("任务台账", {rows[0]}), plan::errors::register_no_tasks}};
  for (const auto& file : files) {
    Call call = world.call("", file.bytes);
    call.query["name"] = "台账.xlsx";
    const Error error = refused(read_import(world.service(), call));
    EXPECT_TRUE(error.is(file.kind)) << error.text(Language::en);
  }
  Call call = world.call("", ledger("任务台账", rows));
  call.query = {{"name", "台账.xlsx"}, {"sheet", "别的"}};
  EXPECT_TRUE(refused(read_import(world.service(), call)).is(errors::sheet_unknown));
  EXPECT_EQ(told(imports(world.service(), world.call()))["items"].array()->size(), 0U);
}

TEST(Imports, AWorkbookWithALedgerOnEachSheetIsReadWholeOrAsOneIsNamed) {
  World world;
  const std::vector<std::string> towns{"序号|工作任务|牵头单位|完成时限", "1|修街道|市住建局|2023年9月底前",
                                       "2|改路灯||2023年底前"};
  const std::vector<std::string> industry{"序号|工作任务|牵头单位|完成时限", "1|建园区|市工信局|2023年6月底前"};
  const std::string file = must(sheet::write_xlsx(
      {ledger_sheet("产业专班", "产业专班台账", industry), ledger_sheet("城镇专班", "城镇专班台账", towns)}, {}));
  const Told import = read(world, file);
  EXPECT_EQ(import["counts"]["tasks"], Json(3));
  const Json* asked = question(import, "sheets");
  ASSERT_TRUE(asked);
  EXPECT_EQ((*asked)["default"], Json("all"));
  EXPECT_EQ((*asked)["blocking"], Json(false));
  EXPECT_EQ((*import["rows"].array())[1]["task"]["action"], Json("城镇专班"));
  EXPECT_EQ((*import["rows"].array())[1]["cells"]["title"], Json("城镇专班!B3"));
  const std::string id = id_of(import);
  EXPECT_EQ(answer(world, id, "sheets", "城镇专班")["counts"]["tasks"], Json(2));
  EXPECT_EQ(told(import_batch(world.service(), world.call(id)))["rows"].array()->size(), 2U);
  EXPECT_TRUE(refused(answer_import(world.service(), world.call(id, R"({"answers":{"sheets":"别的"}})")))
                  .is(plan::errors::answer_refused));
  answer(world, id, "sheets", "all");
  EXPECT_EQ(confirm(world, id)["import"]["counts"]["tasks"], Json(3));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(3));
}

/// A ledger of one task beside a picture that takes `bytes` of the workbook.
std::string with_picture(std::size_t bytes) {
  const auto cells = [](const std::string& row, const std::vector<std::string>& texts) {
    std::string out = "<row r=\"" + row + "\">";
    for (std::size_t c = 0; c < texts.size(); ++c)
      out += "<c r=\"" + column_letters(c) + row + "\" t=\"inlineStr\"><is><t>" + texts[c] + "</t></is></c>";
    return out + "</row>";
  };
  sheet::testing::Book book;
  book.sheet = "<sheetData>" + cells("1", {"序号", "工作任务", "牵头单位", "完成时限"}) +
               cells("2", {"1", "建成产业园", "市发改局", "2023年6月底前"}) + "</sheetData>";
  book.more = {{"xl/media/photo.jpg", std::string(bytes, 'x')}};
  return sheet::testing::zip(book.parts(), 0);
}

TEST(Imports, KeepsAFileAsLargeAsTheLimitSays) {
  World world;
  const std::size_t limit = Limits{}.import_bytes;
  const std::string file = with_picture(limit - with_picture(0).size());
  ASSERT_EQ(file.size(), limit);
  const Told import = read(world, file);
  EXPECT_EQ(import.reply.status, 201);
  EXPECT_EQ(confirm(world, id_of(import))["import"]["counts"]["tasks"], Json(1));
}

TEST(Imports, ReadsCsvWithSemicolons) {
  World world;
  const Told import = read(world, "序号;工作任务;牵头单位;完成时限\n1;建成产业园;市发改局;2023年6月底前\n", "台账.csv");
  ASSERT_EQ(import["counts"]["tasks"], Json(1));
  EXPECT_EQ(import["notes"].array()->front()["text_zh"], Json("列与列之间是分号，不是逗号"));
}

TEST(Imports, ReadsCsv) {
  World world;
  const Told import = read(world, "序号,工作任务,牵头单位,完成时限\n1,建成产业园,市发改局,2023年6月底前\n", "台账.csv");
  EXPECT_EQ(import["sheet"], Json(""));
  EXPECT_EQ(confirm(world, id_of(import))["import"]["counts"]["tasks"], Json(1));
}

}   // namespace
}   // namespace gangmu::app::test
