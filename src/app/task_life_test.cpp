// SPDX-License-Identifier: Apache-2.0
// A task's life beside report and close: handed out, received, objected to, asked to be changed, broken down, handed
// on, carried over, made lasting, cancelled.
#include <gmock/gmock.h>

#include "access/permission.hpp"
#include "app/errors.hpp"
#include "app/files/files.hpp"
#include "app/task_record.hpp"
#include "app/tasks.hpp"
#include "app/test_world.hpp"
#include "plan/errors.hpp"
#include "record/errors.hpp"

namespace gangmu::app::test {
namespace {

using ::testing::HasSubstr;

/// Today is Wednesday 14 June 2023.
struct Office : World {
  Told hand_out(const std::string& body) {
    Call asked = call("", body);
    return told(hand_out_tasks(service(), asked));
  }
  std::string one(const std::string& members) {
    return hand_out(R"({"tasks":[{)" + members + "}]}")["ids"].array()->front().string_or("");
  }
  Result<Reply> step(const std::string& id, const std::string& name, const std::string& body = "{}") {
    Call asked = call(id, body);
    asked.sub_id = name;
    return step_task(service(), asked);
  }
  Result<Reply> rule(const std::string& id, const std::string& name, const std::string& body = "{}") {
    Call asked = call(id, body);
    asked.sub_id = name;
    return rule_task(service(), asked);
  }
  Told detail(const std::string& id) { return told(task(service(), call(id))); }
  std::string state(const std::string& id) { return detail(id)["task"]["state"].string_or(""); }
  std::string box(const std::string& id, std::string_view name) {
    const Told all = detail(id);
    for (const Json& one : *all["task"]["more"].array())
      if (one["name"].string_or("") == name) return one["text"].string_or("");
    return "";
  }
};

const ErrorKind* kind_of(const Result<Reply>& reply) { return reply ? nullptr : reply.error().first().kind; }

TEST(TaskLife, IsHandedOutReceivedAndClosedWithWhatWasAskedFor) {
  Office office;
  const std::string id = office.one(
      R"("title":"改造管网","lead":"市水务局","due":"2023年9月底前","target":"改造管网20公里","source":"会议议定",
         "source_text":"6月调度会","proof_asked":true)");
  const Told shown = office.detail(id);
  EXPECT_EQ(shown["task"]["due"]["date"].string_or(""), "2023-09-30");
  EXPECT_EQ(shown["task"]["target"]["value"].string_or(""), "20");
  EXPECT_EQ(office.box(id, "source"), "会议议定");
  EXPECT_EQ(shown["events"].array()->front()["act"].string_or(""), "hand-out");

  EXPECT_THAT(
      office.detail(id).json["steps"].canonical(),
      HasSubstr(
          R"({"id":"receive","reason":false,"ruling":false},{"id":"request_close","reason":false,"ruling":false})"));
  ASSERT_TRUE(office.step(id, "receive"));
  EXPECT_EQ(office.detail(id)["events"].array()->back()["zh"].string_or(""), "签收");
  EXPECT_EQ(kind_of(office.step(id, "receive")), &plan::errors::received_already);

  const auto refused = office.step(id, "request_close", R"({"fields":{"statement":"已全部完成"}})");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text(Language::zh), HasSubstr("佐证"));
  EXPECT_EQ(office.state(id), "open");

  Call upload = office.call("", ledger("验收", {"管段|公里", "东线|20"}));
  upload.query["name"] = "验收单.xlsx";
  const std::string digest = told(upload_file(office.service(), upload))["digest"].string_or("");
  ASSERT_TRUE(office.step(id, "request_close",
                          R"({"fields":{"statement":"已全部完成","proof":[{"file":{"digest":")" + digest +
                              R"(","name":"验收单.xlsx"},"about":"四方验收"}]}})"));
  EXPECT_EQ(office.state(id), "waiting");
  EXPECT_EQ(office.box(id, "statement"), "已全部完成");
  Call file = office.call(id);
  file.sub_id = digest;
  EXPECT_EQ(must(task_file(office.service(), file)).download_name, "验收单.xlsx");
  file.id = office.one(R"("title":"另一项","lead":"市水务局")");
  EXPECT_FALSE(task_file(office.service(), file)) << "it is no file of that one";
}

TEST(TaskLife, AnObjectionWaitsForItsRuling) {
  Office office;
  const std::string id = office.one(R"("title":"甲","lead":"市水务局")");
  EXPECT_EQ(kind_of(office.step(id, "object")), &plan::errors::reason_required);
  ASSERT_TRUE(office.step(id, "object", R"({"reason":"不属本单位职责"})"));
  EXPECT_EQ(office.state(id), "objected");
  EXPECT_FALSE(office.step(id, "receive")) << "nothing goes on before the ruling";
  EXPECT_EQ(kind_of(office.rule(id, "uphold")), &plan::errors::reason_required);
  ASSERT_TRUE(office.rule(id, "uphold", R"({"fields":{"lead":"市住建局"},"reason":"职责已划转"})"));
  EXPECT_EQ(office.state(id), "open");
  EXPECT_EQ(office.detail(id)["task"]["lead"].string_or(""), "市住建局");
  ASSERT_TRUE(office.step(id, "object", R"({"reason":"也不是"})"));
  ASSERT_TRUE(office.rule(id, "overrule", R"({"reason":"三定方案已写明"})"));
  EXPECT_EQ(office.detail(id)["task"]["lead"].string_or(""), "市住建局");
}

TEST(TaskLife, ALaterDayIsAskedForAndRuledOn) {
  Office office;
  const std::string id = office.one(R"("title":"甲","lead":"市水务局","due":"2023-06-30")");
  EXPECT_EQ(kind_of(office.rule(id, "grant_change")), &plan::errors::no_change_asked);
  EXPECT_EQ(kind_of(office.step(id, "ask_change", R"({"reason":"雨季"})")), &plan::errors::change_empty);
  ASSERT_TRUE(office.step(id, "ask_change", R"({"fields":{"asked_due":"2023-09-30"},"reason":"雨季不能施工"})"));
  EXPECT_EQ(office.box(id, "asked_due"), "2023-09-30");
  ASSERT_TRUE(office.rule(id, "grant_change"));
  EXPECT_EQ(office.detail(id)["task"]["due"]["date"].string_or(""), "2023-09-30");
  EXPECT_EQ(office.box(id, "asked_due"), "");
  ASSERT_TRUE(office.step(id, "ask_change", R"({"fields":{"asked_text":"改为15公里"},"reason":"线路调整"})"));
  EXPECT_EQ(kind_of(office.rule(id, "refuse_change")), &plan::errors::reason_required);
  ASSERT_TRUE(office.rule(id, "refuse_change", R"({"reason":"目标不变"})"));
  EXPECT_EQ(office.box(id, "asked_text"), "");
}

TEST(TaskLife, IsBrokenDownCountedAndClosedAfterAskingBack) {
  Office office;
  const std::string id = office.one(R"("title":"厕所改造","lead":"市农业农村局","due":"2023年底前")");
  const Told made =
      office.hand_out(R"({"parent":")" + id + R"(","tasks":[{"lead":"甲县"},{"lead":"乙县"},{"lead":"丙县"}]})");
  const Json::Array& ids = *made["ids"].array();
  ASSERT_EQ(ids.size(), 3U);
  const std::string first = ids[0].string_or(""), last = ids[2].string_or("");
  EXPECT_EQ(office.detail(first)["task"]["title"].string_or(""), "厕所改造")
      << "as the task above, where none is given";
  EXPECT_EQ(office.detail(first)["task"]["due"]["date"].string_or(""), "2023-12-31");
  EXPECT_EQ(office.detail(first)["parent"]["id"].string_or(""), id);

  told(report_progress(office.service(), office.call(first, R"({"text":"已改 4 座","percent":40})")));
  ASSERT_TRUE(office.rule(last, "cancel", R"({"reason":"并入乙县"})"));
  EXPECT_EQ(office.state(last), "cancelled");
  const Told above = office.detail(id);
  EXPECT_EQ(above["below"]["total"].integer_or(0), 2) << "cancelled ones don't count";
  EXPECT_EQ(above["below"]["closed"].integer_or(-1), 0);
  EXPECT_EQ(above["below"]["percent"].integer_or(0), 20);

  ASSERT_TRUE(office.step(id, "request_close", R"({"fields":{"statement":"基本完成"}})"));
  const auto asked = close_task(office.service(), office.call(id, R"({"text":"同意"})"));
  EXPECT_EQ(kind_of(asked), &errors::close_unfinished);
  EXPECT_THAT(asked.error().text(Language::zh), HasSubstr("还有 2 项下级任务未销号"));
  told(close_task(office.service(), office.call(id, R"({"text":"同意","confirm":true})")));
  EXPECT_EQ(office.state(id), "closed");
  EXPECT_EQ(kind_of(hand_out_tasks(office.service(), office.call("", R"({"parent":")" + id + R"(","tasks":[{}]})"))),
            &errors::broken_down_late);
}

TEST(TaskLife, TheBoardCountsByUnitAndPlaceAndRanksNobody) {
  Office office;
  office.hand_out(R"({"tasks":[{"title":"甲","lead":"乙局","due":"2023-06-01","place":"990101101000"},
    {"title":"乙","lead":"甲局","responsible":["丙镇","丁镇","丙镇"],"due":"2023-12-31","place":"990101000000"},
    {"title":"丙","lead":"乙局","due":"2023-06-18"}]})");
  const auto board = [&](const std::string& by) {
    Call asked = office.call();
    asked.query["by"] = by;
    std::vector<std::string> out;
    const Told told = test::told(task_board(office.service(), asked));
    for (const Json& row : *told["items"].array())
      out.push_back(row["zh"].string_or("") + " " + std::to_string(row["summary"]["total"].integer_or(0)) + " " +
                    std::to_string(row["summary"]["overdue"].integer_or(0)));
    EXPECT_EQ(told["all"]["total"].integer_or(0), 3);
    return out;
  };
  EXPECT_THAT(board("lead"), ::testing::ElementsAre("乙局 2 1", "甲局 1 0"));
  EXPECT_THAT(board("responsible"), ::testing::ElementsAre("丁镇 1 0", "丙镇 1 0", "未写明 2 1"));
  EXPECT_EQ(board("county").size(), 2U);
  EXPECT_EQ(board("town").size(), 2U);
  Call under = office.call();
  under.query["under"] = "990101000000";
  EXPECT_EQ(told(tasks(office.service(), under))["total"].integer_or(0), 2);
}

TEST(TaskLife, GoesOnNextYearOrForGood) {
  Office office;
  const std::string id = office.one(R"("title":"甲","lead":"市水务局","due":"2023-06-30")");
  EXPECT_EQ(kind_of(office.rule(id, "carry_over", R"({"fields":{"due":"2023-06-30"},"reason":"未完"})")),
            &plan::errors::due_not_later);
  ASSERT_TRUE(office.rule(id, "carry_over", R"({"fields":{"due":"2024-06-30"},"reason":"未完"})"));
  EXPECT_EQ(office.detail(id)["task"]["due"]["date"].string_or(""), "2024-06-30");
  ASSERT_TRUE(office.rule(id, "transfer", R"({"fields":{"lead":"市住建局"},"reason":"机构改革"})"));
  ASSERT_TRUE(office.rule(id, "make_lasting", R"({"fields":{"rhythm":"每季度调度一次"},"reason":"已建成，转入管护"})"));
  EXPECT_EQ(office.detail(id)["task"]["due"]["kind"].string_or(""), "long_term");
  EXPECT_EQ(office.box(id, "rhythm"), "每季度调度一次");
}

TEST(TaskLife, EveryFaultOfAListIsToldAndNothingIsWritten) {
  Office office;
  const auto refused = hand_out_tasks(
      office.service(),
      office.call(
          "", R"({"tasks":[{"title":"甲","lead":"乙"},{"title":"","lead":"乙"},{"title":"丙","due":"某时","lead":"乙"},
        {"title":"丁","lead":"乙","place":"999999999999"},{"title":"戊","lead":"乙","source":"梦里"},{"title":"己","lead":"乙","owner":"x"}]})"));
  ASSERT_FALSE(refused);
  std::vector<std::string> where;
  for (const Diagnostic& one : refused.error().all()) where.push_back(one.where.cell);
  EXPECT_THAT(where, ::testing::ElementsAre("tasks[1]", "tasks[2]", "tasks[3]", "tasks[4]", "tasks[5]"));
  EXPECT_EQ(told(tasks(office.service(), office.call()))["total"].integer_or(-1), 0);
}

TEST(TaskLife, NumbersOfPersonsAreHiddenInWhatIsTyped) {
  Office office;
  const std::string id = office.one(R"("title":"联系张三 13912345678","lead":"市水务局")");
  EXPECT_THAT(office.detail(id)["task"]["title"].string_or(""), ::testing::Not(HasSubstr("13912345678")));
  ASSERT_TRUE(
      office.step(id, "ask_change", R"({"fields":{"asked_text":"电话 13912345678"},"reason":"见附言 13912345678"})"));
  const auto all = task(office.service(), office.call(id));
  EXPECT_THAT(all->body, ::testing::Not(HasSubstr("13912345678")));
}

TEST(TaskLife, StepsOfTheFlowAreTakenByRightsThatThereAre) {
  Office office;
  const auto view = office.store().view();
  for (const flow::Step& step : view->records.catalogue->find(task_kind)->flow()->steps())
    for (const std::string& by : step.by) EXPECT_TRUE(access::permission_of(by)) << step.id << ": " << by;
  const std::string id = office.one(R"("title":"甲","lead":"市水务局")");
  EXPECT_EQ(kind_of(office.step(id, "cancel", R"({"reason":"x"})")), &record::errors::step_unknown)
      << "a ruling is not a step of the unit";
  EXPECT_EQ(kind_of(office.rule(id, "receive")), &record::errors::step_unknown);
  EXPECT_EQ(kind_of(office.rule(id, "close")), &record::errors::step_unknown) << "it has a door of its own";
}

}   // namespace
}   // namespace gangmu::app::test
