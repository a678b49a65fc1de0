// SPDX-License-Identifier: Apache-2.0
// An office's ledger through the use cases: read, answer, confirm, work on it, export, undo.
#include "app/imports.hpp"

#include <algorithm>
#include <atomic>
#include <future>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/task_wire.hpp"
#include "app/tasks.hpp"
#include "app/test_import.hpp"
#include "plan/errors.hpp"
#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"

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
  EXPECT_TRUE(world.store().view()->tasks.find({PlaceId{5}, "2"})) << "a task of a county is kept under that county";
  EXPECT_TRUE(world.store().view()->tasks.find({PlaceId{1}, "3"}))
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

TEST(Imports, WithAReasonTheBatchGoesWithWhatWasDoneSince) {
  World world;
  const std::string id = imported(world);
  told(report_progress(world.service(), world.call("2", R"({"text":"已动工"})")));
  const Told undone = told(undo_import(world.service(), world.call(id, R"({"reason":"台账报错了县"})")));
  EXPECT_EQ(undone["import"]["state"], Json("undone"));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
  EXPECT_TRUE(refused(task(world.service(), world.call("2"))).is(errors::unknown_task));
  // What was done and why it was taken back stay in the history; other tasks of the batch have none but their import.
  const auto acts = [&](std::int64_t home, const std::string& number) {
    std::vector<std::string> out;
    for (const auto& event : must(world.store().read([&](store::Database& database) {
           return store::tasks::events(database, PlaceId{home}, number, world.store().view()->seq);
         })))
      out.push_back(event.body["act"].string_or("") + " " + event.body["text"].string_or(""));
    return out;
  };
  EXPECT_EQ(acts(5, "2"), (std::vector<std::string>{"import 台账.xlsx[任务台账] 第 4 行", "progress 已动工",
                                                    "undo-import 台账报错了县"}));
  EXPECT_EQ(acts(2, "1").size(), 1U);
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

/// Runs what others do while somebody's file is being read: their answers come in at chosen looks at the clock. For the
/// local actor each reading looks once, then the writer does.
class Meanwhile {
 public:
  Meanwhile(World& world, std::function<bool(int)> at, std::function<void()> act)
      : world_(world), at_(std::move(at)), act_(std::move(act)) {
    world_.clock.on_look = [this] { look(); };
  }
  ~Meanwhile() { world_.clock.on_look = nullptr; }
  bool writer_was_free = true;

 private:
  void look() {
    if (busy_.exchange(true)) return;
    if (at_(++looks_)) {
      others_.push_back(std::async(std::launch::async, act_));
      const bool done = others_.back().wait_for(std::chrono::seconds(5)) == std::future_status::ready;
      writer_was_free = writer_was_free && done;
    }
    busy_ = false;
  }

  World& world_;
  std::function<bool(int)> at_;
  std::function<void()> act_;
  std::vector<std::future<void>> others_;
  std::atomic<bool> busy_ = false;
  int looks_ = 0;
};

TEST(Imports, WhoAnswersMeanwhileIsNotHeldUpAndNothingIsLost) {
  for (const bool confirming : {false, true}) {
    World world;
    const std::string id = id_of(read(world, ledger("任务台账", {rows[0], rows[2], "1|县域|修路|||||甲县|改天|||"})));
    int times = 0;
    Meanwhile others(
        world, [](int look) { return look == 1 || look == 3; },
        [&] {
          if (++times == 1)
            answer(world, id, "place:桥头镇", "990102101000");
          else
            answer(world, id, "due:4", "2023年底前");
        });
    if (!confirming) {
      const Told ours = answer(world, id, "lead:4", "市发改局");
      EXPECT_EQ((*question(ours, "place:桥头镇"))["answer"], Json("990102101000"));
      EXPECT_EQ((*question(ours, "due:4"))["answer"], Json("2023年底前"));
    } else {
      EXPECT_EQ(confirm(world, id)["import"]["state"], Json("confirmed"));
      EXPECT_EQ(told(task(world.service(), world.call("2")))["task"]["due"]["date"], Json("2023-12-31"));
    }
    EXPECT_EQ(times, 2);
    EXPECT_TRUE(others.writer_was_free) << "a workbook is never read while the writer waits";
  }
}

TEST(Imports, WhoNeverGetsATurnIsToldToTryAgain) {
  World world;
  const std::string id = id_of(read(world, ledger("任务台账", rows)));
  int times = 0;
  Meanwhile others(
      world, [](int look) { return look % 2 == 1; },
      [&] { answer(world, id, "place:桥头镇", ++times % 2 ? "990102101000" : "990101102000"); });
  EXPECT_TRUE(refused(confirm_import(world.service(), world.call(id, "{}"))).is(errors::import_busy));
  EXPECT_EQ(told(tasks(world.service(), world.call()))["total"], Json(0));
}

/// All that can be read of the tasks of a batch: pages and both exports.
std::string shown(World& world, const std::string& id) {
  std::string out =
      told(tasks(world.service(), world.call())).reply.body + told(task(world.service(), world.call("1"))).reply.body;
  out += told(import_batch(world.service(), world.call(id))).reply.body;
  for (const std::string& batch : {std::string(), id}) {
    Call call = world.call();
    if (!batch.empty()) call.query["import"] = batch;
    call.as_xlsx = true;
    for (const std::string& line : lines_of(told(tasks(world.service(), call)).reply.body)) out += line + "\n";
  }
  return out;
}

/// No person in what was answered, nor in any byte of the data folder.
void expect_hidden(World& world, const std::string& answers, const std::vector<std::string>& persons) {
  for (const std::string& person : persons) EXPECT_EQ(answers.find(person), std::string::npos) << person;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder.path() / "data")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string bytes = must(world.files.read(entry.path()));
    for (const std::string& person : persons)
      EXPECT_EQ(bytes.find(person), std::string::npos) << person << " in " << entry.path();
  }
  EXPECT_GE(files, 3);
}

std::string sealed_of(World& world, PlaceId home, const std::string& id) {
  const store::Task* kept = world.store().view()->tasks.find({home, id});
  if (!kept) return "no task " + id;
  return must(world.store().vault().open(task_subject(home, id), kept->contact,
                                         UnmaskPermit::grant("test", "what was sealed")));
}

TEST(Imports, NoPersonIsInAFileOfTheDataFolderNorInAnAnswer) {
  World world;
  std::vector<std::string> lines{rows};
  lines[0] += "|微信号|协调情况";
  for (std::size_t i = 1; i < lines.size(); ++i) lines[i] += "|" + planted + (i == 1 ? "|已致电" + planted : "|无");
  lines.push_back("联系人：李丁 " + planted);
  std::string answers;
  const Told import = read(world, ledger("任务台账", lines));
  const std::string id = id_of(import);
  answers += import.reply.body;
  answers += answer(world, id, "place:桥头镇", "none").reply.body;
  answers += confirm(world, id).reply.body;
  told(report_progress(world.service(), world.call("1", R"({"text":"已动工"})")));
  expect_hidden(world, answers + shown(world, id), {planted, "赵甲", "钱乙", "孙丙", "李丁"});
  EXPECT_EQ(
      sealed_of(world, PlaceId{2}, "1"),
      R"({"contact":"13912345678","extra":{"协调情况":"已致电13912345678"},"leader":"赵甲","persons":{"微信号":"13912345678"}})");
  must(world.store().verify());
}

TEST(Imports, EveryColumnOfPersonsIsSealedWhateverItHolds) {
  World world;
  const std::vector<std::string> lines{"序号|工作任务|牵头单位|完成时限|分管领导|责任人|联系人|联系方式|填报人|经办人",
                                       "1|建成产业园|市发改局|2023年6月底前|赵甲|赵六|钱七|3278888|孙八|李九（区办）",
                                       "2|改造老旧小区|市住建局|2023-06-16|钱乙|||||"};
  const Told import = read(world, ledger("任务台账", lines));
  const std::string id = id_of(import);
  EXPECT_EQ((*import["columns"].array())[5]["field"], Json("person"));
  const std::string confirmed = confirm(world, id).reply.body;
  told(report_progress(world.service(), world.call("1", R"({"text":"已动工"})")));
  expect_hidden(world, import.reply.body + confirmed + shown(world, id),
                {"赵甲", "赵六", "钱七", "3278888", "孙八", "李九", "钱乙"});
  EXPECT_EQ(
      sealed_of(world, PlaceId{1}, "1"),
      R"({"contact":"钱七","leader":"赵甲","persons":{"填报人":"孙八","经办人":"李九（区办）","联系方式":"3278888","责任人":"赵六"}})");
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  const auto exported = lines_of(told(tasks(world.service(), call)).reply.body);
  EXPECT_TRUE(exported[2].ends_with("|（已隐去）|（已隐去）|（已隐去）|（已隐去）|（已隐去）|（已隐去）"))
      << exported[2];
  EXPECT_EQ(exported[3].find("（已隐去）"), exported[3].rfind("（已隐去）"))
      << "a cell that held nothing stays empty: " << exported[3];
}

TEST(Imports, ANumberOfAPersonIsHiddenWhereverItStandsAndTheCellIsSealedAsTyped) {
  World world;
  const Told import =
      read(world,
           ledger("任务台账", {"序号|工作任务|牵头单位|完成时限|备注|协调13600000001",
                               "1|建成产业园13600000002|市发改局13600000003|改天联系13600000004|13600000005|无"}),
           "台账13600000006.xlsx");
  const std::string id = id_of(import);
  EXPECT_EQ(import["file"], Json("台账（已隐去）.xlsx"));
  EXPECT_EQ((*import["rows"].array())[0]["task"]["title"], Json("建成产业园（已隐去）"));
  EXPECT_EQ(import["notes"].array()->front()["cell"], Json("B3"));
  const std::string answered = answer(world, id, "due:3", "2023年底前").reply.body,
                    confirmed = confirm(world, id).reply.body;
  expect_hidden(world, import.reply.body + answered + confirmed + shown(world, id), {"136000000"});
  EXPECT_EQ(
      sealed_of(world, PlaceId{1}, "1"),
      R"({"persons":{"备注":"13600000005","完成时限":"改天联系13600000004","工作任务":"建成产业园13600000002","牵头单位":"市发改局13600000003"}})");
}

TEST(Imports, PersonsBesideUnitsInOneCellAreSealed) {
  World world;
  const Told import =
      read(world, ledger("任务台账", {"序号|工作任务|牵头单位|完成时限|责任单位及责任人|",
                                      "1|建成产业园|市发改局|2023年6月底前|市工信局 张三、李四|3278888",
                                      "2|改造老旧小区|市住建局|2023-06-16|市财政局|", "合计|2|||赵七|"}));
  const std::string id = id_of(import);
  EXPECT_EQ((*import["questions"].array())[0]["default"], Json("responsible")) << "told, for it need not be answered";
  EXPECT_TRUE(import.reply.body.find("整格按个人信息加密保存") != std::string::npos);
  const std::string confirmed = confirm(world, id).reply.body;
  expect_hidden(world, import.reply.body + confirmed + shown(world, id), {"张三", "李四", "3278888", "赵七"});
  EXPECT_EQ(sealed_of(world, PlaceId{1}, "1"),
            R"({"contact":"3278888","persons":{"责任单位及责任人":"市工信局 张三、李四"}})");
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  const auto exported = lines_of(told(tasks(world.service(), call)).reply.body);
  EXPECT_TRUE(exported[2].ends_with("|市工信局（已隐去）|（已隐去）")) << exported[2];
  EXPECT_TRUE(exported[3].find("市财政局（") == std::string::npos) << exported[3];
  for (const std::string& line : exported) EXPECT_EQ(line.find("赵七"), std::string::npos) << line;
}

TEST(Imports, NoViewKeepsTheUploadedFile) {
  World world;
  const std::string id = id_of(read(world, ledger("任务台账", {"序号|工作任务|牵头单位", "1|建成产业园|市发改局"})));
  confirm(world, id);
  int sealed = 0;
  world.store().view()->imports.for_each([&](const store::ImportBatch& row) {
    if (row.id == id) return;
    ++sealed;
    EXPECT_EQ(row.body.canonical(), R"({"sealed":""})") << row.id;
  });
  EXPECT_EQ(sealed, 2) << "the file and the layout";
  EXPECT_FALSE(told(import_batch(world.service(), world.call(id)))["rows"].array()->empty())
      << "read from the table when asked for";
}

TEST(Imports, AnsweringWhichColumnIsTheContactLeavesTheOtherSealed) {
  World world;
  const Told import = read(world, ledger("任务台账", {"序号|工作任务|牵头单位|完成时限|联系人|联系电话",
                                                      "1|建成产业园|市发改局|2023年6月底前|张三|3278888"}));
  const std::string id = id_of(import);
  const std::string answered = answer(world, id, "column:F", "contact").reply.body;
  const std::string confirmed = confirm(world, id).reply.body;
  expect_hidden(world, import.reply.body + answered + confirmed + shown(world, id), {"张三", "3278888"});
  EXPECT_EQ(sealed_of(world, PlaceId{1}, "1"), R"({"contact":"3278888","persons":{"联系人":"张三"}})");
}

TEST(Imports, ANoteShowsWhatIsKeptAsText) {
  World world;
  const Told import = read(world, ledger("任务台账", {"序号|工作任务|牵头单位|完成比例", "1|建成产业园|市发改局|-5%"}));
  ASSERT_EQ(import["notes"].array()->size(), 1U);
  EXPECT_EQ(import["notes"].array()->front()["text_zh"], Json("不是 0–100 的比例，按文字保留：“-5%”"));
  EXPECT_EQ(import["notes"].array()->front()["text_en"], Json("no percentage of 0–100, kept as text: '-5%'"));
}

TEST(Imports, TheKeyOfWhateverIsSealedIsLookedFor) {
  World world;
  const std::string id = imported(world);
  const auto check = [&](const store::Vault& vault) {
    return world.store().read([&](store::Database& database) { return check_keys(database, vault); });
  };
  EXPECT_TRUE(check(world.store().vault()));
  must(store::Vault::create(world.folder.path() / "empty.keys", world.files));
  const auto empty = must(store::Vault::open(world.folder.path() / "empty.keys", world.secrets, world.files));
  const Status lost = check(*empty);
  ASSERT_FALSE(lost);
  EXPECT_TRUE(lost.error().is(errors::subject_keys_missing));
  EXPECT_EQ(lost.error().first().arguments, (std::vector<std::string>{"4", "import:" + id}))
      << "three tasks, and the file with its layout";
}

TEST(Imports, MasksNumbersOfPersonsAndNamesInNotes) {
  const struct {
    const char *typed, *shown;
  } cases[] = {{"电话13912345678。", "电话（已隐去）。"},
               {"+8613912345678", "+（已隐去）"},
               {"139-1234-5678", "（已隐去）"},
               {"１３９１２３４５６７８", "（已隐去）"},
               {"0750-3331234", "（已隐去）"},
               {"440702199001011234", "（已隐去）"},
               {"44070219900101123X", "（已隐去）"},
               {"2023年6月30日前完成3000亩", "2023年6月30日前完成3000亩"},
               {"投资12345678901元", "投资12345678901元"},
               {"20230630", "20230630"}};
  for (const auto& c : cases) EXPECT_EQ(masked(c.typed), c.shown);
  EXPECT_EQ(masked_note("填报单位：市发改局　填报人：李丁　电话：3331234"),
            "填报单位：市发改局　填报人：（已隐去）　电话：（已隐去）");
  EXPECT_EQ(masked_note("注：以上含13912345678"), "注：以上含（已隐去）");
}

TEST(Imports, ASyntheticProgrammeMarksItsSheets) {
  World world(true);
  imported(world);
  Call call = world.call();
  call.as_xlsx = true;
  const std::string bytes = told(tasks(world.service(), call)).reply.body;
  EXPECT_TRUE(lines_of(bytes).front().starts_with("模拟数据"));
  EXPECT_TRUE(lines_of(bytes, 1).front().starts_with("模拟数据"));
  call.query.clear();
  EXPECT_EQ(lines_of(told(imports(world.service(), call)).reply.body)[2].substr(17, 11), "台账.xlsx");
}

}   // namespace
}   // namespace gangmu::app::test
