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

namespace gangmu::app::test {
namespace {

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

std::string sealed_of(World& world, PlaceId home, std::int64_t number) {
  const auto view = world.store().view();
  const store::WholeRecord* kept = tasks_of(*view).find(task_id(home, number));
  if (!kept) return "no task " + std::to_string(number);
  const record::Kind& kind = *view->records.catalogue->find(task_kind);
  const record::Record record = must(record::record_of(kind, kept->id, kept->document));
  return must(open_task_persons(world.store().vault(), kept->id, record.values, "test", "what was sealed")).canonical();
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
      sealed_of(world, PlaceId{2}, 1),
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
      sealed_of(world, PlaceId{1}, 1),
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
      sealed_of(world, PlaceId{1}, 1),
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
  EXPECT_EQ(sealed_of(world, PlaceId{1}, 1),
            R"({"contact":"3278888","persons":{"责任单位及责任人":"市工信局 张三、李四"}})");
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  const auto exported = lines_of(told(tasks(world.service(), call)).reply.body);
  EXPECT_TRUE(exported[2].ends_with("|市工信局（已隐去）|（已隐去）")) << exported[2];
  EXPECT_TRUE(exported[3].find("市财政局（") == std::string::npos) << exported[3];
  for (const std::string& line : exported) EXPECT_EQ(line.find("赵七"), std::string::npos) << line;
}

TEST(Imports, NamesOfSignOffLinesAndOtherTablesAreSealed) {
  World world;
  const Told import =
      read(world, ledger("任务台账", {"序号|工作任务|牵头单位|完成时限|备注", "1|建成产业园|市发改局|2023年6月底前|",
                                      "单位负责人：周某||填 表 人：吴 某||内线8001", "序号|姓名|联系方式|职务|",
                                      "1|郑某|内线8002|组长|", "序号|项目名称|责任单位|完成时限|分管领导",
                                      "1|铺设管网|市住建局|2023年底前|冯某"}));
  const std::string id = id_of(import);
  ASSERT_EQ(import["rows"].array()->size(), 2U);
  EXPECT_EQ((*import["columns"].array())[5]["head"], Json(5));
  const std::string confirmed = confirm(world, id).reply.body;
  const std::initializer_list<std::string> persons{"周某", "吴 某", "8001", "郑某", "8002", "冯某"};
  expect_hidden(world, import.reply.body + confirmed + shown(world, id), persons);
  EXPECT_EQ(sealed_of(world, PlaceId{1}, 2), R"({"leader":"冯某"})");
  Call call = world.call();
  call.query["import"] = id;
  call.as_xlsx = true;
  std::string exported;
  for (const std::string& line : lines_of(told(tasks(world.service(), call)).reply.body)) exported += line + "\n";
  for (const std::string& person : persons) EXPECT_EQ(exported.find(person), std::string::npos) << exported;
  EXPECT_NE(exported.find("单位负责人：（已隐去）"), std::string::npos) << exported;
  EXPECT_NE(exported.find("1|铺设管网|市住建局|2023年底前|（已隐去）"), std::string::npos) << exported;
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
  EXPECT_EQ(sealed_of(world, PlaceId{1}, 1), R"({"contact":"3278888","persons":{"联系人":"张三"}})");
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
  EXPECT_EQ(masked_note("一、产业振兴（牵头领导：李四光；牵头单位：市农业农村局）"),
            "一、产业振兴（牵头领导：（已隐去）；牵头单位：市农业农村局）");
  EXPECT_EQ(masked_note("二、人才振兴(组长:王五、赵六二)"), "二、人才振兴(组长:（已隐去）)");
  EXPECT_EQ(masked_note("一、强化组织领导：压实责任"), "一、强化组织领导：压实责任");
  EXPECT_EQ(masked_note("填报单位：市发改局填报人：李丁"), "填报单位：市发改局填报人：（已隐去）");
  EXPECT_EQ(masked_note("进度：80%"), "进度：80%");
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
