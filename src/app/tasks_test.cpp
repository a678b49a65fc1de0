// SPDX-License-Identifier: Apache-2.0
// The task register: views, filters, facets, pages; and a task's way from report to close and back.
#include "app/tasks.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/imports.hpp"
#include "app/task_wire.hpp"
#include "app/test_world.hpp"
#include "app/unmask.hpp"
#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/task_register.hpp"
#include "store/errors.hpp"
#include "store/journal.hpp"

namespace gangmu::app::test {
namespace {

/// Today is Wednesday 14 June 2023; 4 is to be closed, 5 waits for its close.
const std::vector<std::string> rows{"序号|行动|工作任务|牵头单位|责任单位|完成时限|销号情况",
                                    "1|县域|甲|市发改局|市工信局|2023-06-13|进行中",
                                    "2|县域|乙|市发改局|甲县、乙县|2023-06-18|进行中",
                                    "3|乡村|丙|市住建局|甲县|2023-06-19|进行中",
                                    "4|乡村|丁|市住建局|乙县|2023-01-01|已销号",
                                    "5|乡村|戊|市住建局|乙县|2023-01-01|待销号",
                                    "6|乡村|己 road|市交通局||长期坚持|进行中"};

struct Register : World {
  Register() {
    Call upload = call("", ledger("任务台账", rows));
    upload.query["name"] = "台账.xlsx";
    const Told read = told(read_import(service(), upload));
    told(confirm_import(service(), call(read["id"].string_or(""), "{}")));
  }
  Told list(std::map<std::string, std::string, std::less<>> query) {
    Call asked = call();
    asked.query = std::move(query);
    return told(tasks(service(), asked));
  }
  std::string ids(std::map<std::string, std::string, std::less<>> query) {
    const Told answer = list(std::move(query));
    std::vector<std::string> out;
    for (const Json& item : *answer["items"].array()) out.push_back(item["id"].string_or(""));
    return text::join(out, " ");
  }
  std::string facet(const Told& answer, const char* name) {
    std::vector<std::string> out;
    for (const Json& item : *answer["facets"][name].array())
      out.push_back(item["value"].string_or("") + " " + std::to_string(item["count"].integer_or(0)));
    return text::join(out, ", ");
  }
};

Error refused(Result<Reply> reply) {
  if (reply) throw std::runtime_error("not refused: " + reply->body);
  return std::move(reply).error();
}

TEST(Tasks, ViewsFollowTheDateLight) {
  Register world;
  EXPECT_EQ(world.ids({{"view", "all"}}), "1 2 3 4 5 6");
  EXPECT_EQ(world.ids({{"view", "open"}}), "1 2 3 6");
  EXPECT_EQ(world.ids({{"view", "week"}}), "2");
  EXPECT_EQ(world.ids({{"view", "overdue"}}), "1");
  EXPECT_EQ(world.ids({{"view", "waiting"}}), "5");
  EXPECT_EQ(world.ids({{"view", "closed"}}), "4");
  EXPECT_EQ(world.list({{"view", "week"}})["summary"].canonical(),
            R"({"closed":1,"open":4,"overdue":1,"total":6,"waiting":1,"week":1})");
  world.clock.set("2023-06-20");
  EXPECT_EQ(world.ids({{"view", "overdue"}}), "1 2 3");
  Call wrong = world.call();
  wrong.query["view"] = "late";
  EXPECT_TRUE(refused(tasks(world.service(), wrong)).is(errors::query_malformed));
}

TEST(Tasks, ANumberInAReportIsSealedAndShownForAReason) {
  Register world;
  const std::string typed = "已与村支书联系（13912345678）", reason = "电话核实13887654321";
  const Told changed = told(report_progress(world.service(), world.call("1", R"({"text":")" + typed + "\"}")));
  EXPECT_EQ(changed["task"]["progress"], Json("已与村支书联系（（已隐去））"));
  EXPECT_EQ(told(task(world.service(), world.call("1")))["hidden"], Json(true));
  const Told persons = told(see_persons(world.service(), world.call("1", R"({"reason":")" + reason + "\"}")));
  ASSERT_EQ(persons["extra"].object()->size(), 1U);
  EXPECT_EQ(persons["extra"].object()->begin()->second, Json(typed));
  const Told history = told(task(world.service(), world.call("1")));
  EXPECT_EQ(history["events"].array()->back()["text"], Json("电话核实（已隐去）"));
  std::string journal;
  must(world.store().read([&](store::Database& db) {
    return store::read_journal(db, Seq{}, world.store().view()->seq, [&](const store::JournalRow& row) -> Status {
      journal += row.bytes;
      return {};
    });
  }));
  for (const char* number : {"13912345678", "13887654321"})
    EXPECT_EQ((journal + history.reply.body + changed.reply.body).find(number), std::string::npos) << number;
  const Call again = world.call("1", R"({"reason":"再次核实进展"})");
  for (int look = 0; look < 2; ++look) told(see_persons(world.service(), again));
  EXPECT_EQ(told(task(world.service(), world.call("1")))["events"].array()->size(),
            history["events"].array()->size() + 2)
      << "a repeated look is written down, too";
  EXPECT_TRUE(refused(see_persons(world.service(), world.call("1", R"({"reason":"看看"})"))).is(errors::reason_wanted));
}

TEST(Tasks, FiltersNarrowTogether) {
  Register world;
  EXPECT_EQ(world.ids({{"lead", "市住建局"}}), "3 4 5");
  EXPECT_EQ(world.ids({{"responsible", "乙县"}}), "2 4 5");
  EXPECT_EQ(world.ids({{"responsible", "乙县"}, {"action", "乡村"}}), "4 5");
  EXPECT_EQ(world.ids({{"due_before", "2023-06-18"}}), "1 2 4 5");
  EXPECT_EQ(world.ids({{"q", "工信"}}), "1");
  EXPECT_EQ(world.ids({{"q", "ROAD"}}), "6");
  EXPECT_EQ(world.ids({{"import", "none such"}}), "");
}

TEST(Tasks, AFacetCountsWhatTheOtherFiltersLeave) {
  Register world;
  const Told all = world.list({});
  EXPECT_EQ(world.facet(all, "lead"), "市住建局 3, 市发改局 2, 市交通局 1");
  const Told filtered = world.list({{"lead", "市住建局"}, {"responsible", "乙县"}});
  EXPECT_EQ(world.facet(filtered, "lead"), "市住建局 2, 市发改局 1") << "its own filter does not empty it";
  EXPECT_EQ(world.facet(filtered, "responsible"), "乙县 2, 甲县 1");
  EXPECT_EQ(world.facet(filtered, "action"), "乡村 2");
}

TEST(Tasks, PagesByCursor) {
  Register world;
  const Told first = world.list({{"limit", "4"}});
  EXPECT_EQ(first["next"], Json("4"));
  EXPECT_EQ(first["total"], Json(6));
  EXPECT_EQ(world.ids({{"limit", "4"}, {"cursor", "4"}}), "5 6");
  EXPECT_EQ(world.list({{"limit", "4"}, {"cursor", "4"}})["next"], Json());
  EXPECT_EQ(world.list({{"limit", "6"}})["next"], Json());
  Call wrong = world.call();
  wrong.query["cursor"] = "4x";
  EXPECT_TRUE(refused(tasks(world.service(), wrong)).is(errors::cursor_malformed));
}

TEST(Tasks, GoesFromReportToCloseAndBack) {
  Register world;
  Service& s = world.service();
  const Told reported = told(report_progress(s, world.call("3", R"({"text":"完成一半","percent":50})")));
  EXPECT_EQ(reported["task"]["percent"], Json(50));
  EXPECT_EQ(reported["task"]["seq"], reported["seq"]);
  EXPECT_TRUE(refused(close_task(s, world.call("3", "{}"))).is(plan::errors::task_state)) << "nobody asked for it";
  EXPECT_EQ(told(request_close(s, world.call("3", R"({"text":"已完成"})")))["task"]["light"], Json("waiting"));
  EXPECT_TRUE(refused(return_task(s, world.call("3", "{}"))).is(plan::errors::reason_required));
  EXPECT_EQ(told(return_task(s, world.call("3", R"({"reason":"缺照片"})")))["task"]["state"], Json("open"));
  told(request_close(s, world.call("3", "{}")));
  EXPECT_TRUE(refused(close_task(s, world.call("3", "{}"))).is(errors::close_unfinished)) << "half done";
  EXPECT_EQ(told(close_task(s, world.call("3", R"({"confirm":true})")))["task"]["light"], Json("closed"));
  world.clock.set("2023-07-14");
  EXPECT_EQ(told(reopen_task(s, world.call("3", R"({"reason":"复查未达标"})")))["task"]["light"], Json("overdue"));

  const Told detail = told(task(s, world.call("3")));
  std::vector<std::string> story;
  for (const Json& event : *detail["events"].array())
    story.push_back(event["act"].string_or("") + " " + event["text"].string_or(""));
  EXPECT_EQ(story,
            (std::vector<std::string>{"import 台账.xlsx[任务台账] 第 5 行", "progress 完成一半", "request-close 已完成",
                                      "return 缺照片", "request-close ", "close ", "reopen 复查未达标"}));
  const Json& report = (*detail["events"].array())[1];
  EXPECT_EQ(report["at"], Json("2023-06-14T09:30:00+08:00"));
  EXPECT_EQ(report["actor"], Json("本机用户"));
  EXPECT_EQ(report["percent"], Json(50));
}

TEST(Tasks, OneTaskListsWhatItsReaderMayDo) {
  Register world;
  const auto actor = [&](const char* role, const char* line) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    const access::Grant grant{.role = role, .place = PlaceId{1}, .line = line};
    return Actor{.id = role, .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today())};
  };
  const auto acts = [&](const char* id, const Actor& who) {
    Call call = world.call(id);
    call.actor = who;
    return told(task(world.service(), call))["acts"].canonical();
  };
  const Actor office = actor("city_office", ""), bureau = actor("department", "市住建局"), leader = actor("leader", "");
  EXPECT_EQ(acts("3", office), R"(["progress"])");
  EXPECT_EQ(acts("3", bureau), R"(["progress"])");
  EXPECT_EQ(acts("1", office), R"(["progress","nudge"])") << "late";
  EXPECT_EQ(acts("5", office), R"(["close","return","progress"])");
  EXPECT_EQ(acts("5", bureau), "[]") << "it has asked, and closes nothing";
  EXPECT_EQ(acts("4", office), R"(["reopen"])");
  EXPECT_EQ(acts("4", bureau), "[]");
  for (const char* id : {"3", "4", "5"}) EXPECT_EQ(acts(id, leader), "[]") << id;
  for (const char* id : {"3", "4", "5"}) {   // what is offered is let, what is not is refused
    const Json offered = must(Json::parse(acts(id, bureau)));
    Call call = world.call(id, R"({"text":"完成一半"})");
    call.actor = bureau;
    const bool let = std::ranges::count(*offered.array(), Json("progress")) > 0;
    EXPECT_EQ(report_progress(world.service(), call).has_value(), let) << id;
  }
}

TEST(Tasks, ALostRaceShowsBothVersions) {
  Register world;
  const Seq seen{told(task(world.service(), world.call("1")))["task"]["seq"].integer_or(0)};
  Call first = world.call("1", R"({"text":"甲先到","percent":30})");
  first.if_match = seen;
  first.actor.id = "a";
  const Told won = told(report_progress(world.service(), first));
  Call second = world.call("1", R"({"text":"乙后到","percent":40})");
  second.if_match = seen;
  const Error lost = refused(report_progress(world.service(), second));
  ASSERT_TRUE(lost.is(errors::edit_conflict));
  EXPECT_EQ(lost.first().kind->http_status, 412);
  for (const char* part : {"甲先到", "30%", "乙后到", "40%", "填报进展"})
    EXPECT_NE(lost.text(Language::zh).find(part), std::string::npos) << part;
  for (const char* part : {"甲先到", "乙后到", "progress reported"})
    EXPECT_NE(lost.text(Language::en).find(part), std::string::npos) << part;
  EXPECT_EQ(told(task(world.service(), world.call("1")))["task"]["progress"], Json("甲先到"));
  second.request_key = "again";
  second.if_match = Seq{won["seq"].integer_or(0)};
  EXPECT_EQ(told(report_progress(world.service(), second))["task"]["progress"], Json("乙后到"));
}

TEST(Tasks, ALongHistoryComesAPageAtATime) {
  Register world;
  constexpr int reports = 120;
  for (int i = 0; i < reports; ++i)
    told(report_progress(world.service(), world.call("1", R"({"text":"第)" + std::to_string(i) + R"(次"})")));
  const auto page = [&](const std::string& cursor, const std::string& limit = {}) {
    Call call = world.call("1");
    if (!cursor.empty()) call.query["cursor"] = cursor;
    if (!limit.empty()) call.query["limit"] = limit;
    return told(task(world.service(), call));
  };
  const Told latest = page({});
  EXPECT_EQ(latest["events"].array()->size(), 50U);
  EXPECT_EQ(latest["events"].array()->back()["text"], Json("第119次"));
  EXPECT_LT(latest.reply.body.size(), 16'000U);
  std::vector<std::string> whole;
  for (std::string cursor;;) {
    const Told one = page(cursor, "7");
    std::vector<std::string> texts;
    for (const Json& event : *one["events"].array()) texts.push_back(event["text"].string_or(""));
    EXPECT_LE(texts.size(), 7U);
    whole.insert(whole.begin(), texts.begin(), texts.end());
    cursor = one["next"].string_or("");
    if (cursor.empty()) break;
  }
  ASSERT_GE(whole.size(), static_cast<std::size_t>(reports));
  for (int i = 0; i < reports; ++i)
    EXPECT_EQ(whole[whole.size() - reports + static_cast<std::size_t>(i)], "第" + std::to_string(i) + "次");
  EXPECT_EQ(latest["hidden"], Json(false));
  told(report_progress(world.service(), world.call("1", R"({"text":"电话13912345678"})")));
  for (int i = 0; i < 60; ++i) told(report_progress(world.service(), world.call("1", R"({"text":"又一次"})")));
  EXPECT_EQ(page({})["hidden"], Json(true)) << "also where the sealed words stand on an earlier page";
  Call wrong = world.call("1");
  wrong.query["cursor"] = "last";
  EXPECT_TRUE(refused(task(world.service(), wrong)).is(errors::cursor_malformed));
}

TEST(Tasks, ARepeatedRequestKeyGivesTheSameAnswerAndNoSecondEvent) {
  Register world;
  Call call = world.call("1", R"({"text":"已动工"})");
  call.if_match = Seq{told(task(world.service(), world.call("1")))["task"]["seq"].integer_or(0)};
  const Told first = told(report_progress(world.service(), call));
  told(report_progress(world.service(), world.call("1", R"({"text":"又有进展"})")));
  EXPECT_EQ(told(report_progress(world.service(), call)).reply.body, first.reply.body);
  EXPECT_EQ(told(task(world.service(), world.call("1")))["events"].array()->size(), 3U);
  call.body = R"({"text":"另一件事"})";
  const Error reused = refused(report_progress(world.service(), call));
  EXPECT_TRUE(reused.is(store::errors::request_key_reused));
  EXPECT_EQ(reused.first().arguments.at(1), "text") << "the field that differs, not the body it stands in";
  call.body = R"({"text":"已动工","percent":5})";
  EXPECT_EQ(refused(report_progress(world.service(), call)).first().arguments.at(1), "percent");
}

TEST(Tasks, RefusesWhatIsNoReport) {
  Register world;
  const struct {
    std::string id, body;
    const ErrorKind& kind;
  } cases[] = {{"99", R"({"text":"x"})", errors::unknown_task},
               {"1", "[1]", errors::body_malformed},
               {"1", R"({"text":5})", errors::field_type},
               {"1", R"({"text":"x","percent":12.5})", errors::field_type},
               {"1", R"({"words":"x"})", errors::field_unknown},
               {"1", R"({"text":"  "})", plan::errors::progress_empty},
               {"1", R"({"text":"x","percent":101})", plan::errors::percent_range},
               {"1", "{\"text\":\"" + std::string(4001, 'x') + "\"}", errors::limit_exceeded}};
  for (const auto& c : cases) {
    const Error error = refused(report_progress(world.service(), world.call(c.id, c.body)));
    EXPECT_TRUE(error.is(c.kind)) << c.body.substr(0, 40) << ": " << error.text(Language::en);
  }
  Call nobody = world.call("1", R"({"text":"x"})");
  nobody.actor = {};
  EXPECT_TRUE(refused(report_progress(world.service(), nobody)).is(errors::not_signed_in));
}

TEST(Tasks, TheWorkbookHoldsWhatTheFilterLetsThrough) {
  Register world;
  Call call = world.call();
  call.query["view"] = "overdue";
  call.as_xlsx = true;
  const Told file = told(tasks(world.service(), call));
  EXPECT_EQ(file.reply.download_name, "任务台账.xlsx");
  const auto lines = lines_of(file.reply.body);
  EXPECT_EQ(lines.front().substr(0, std::string("示例市百千万工程任务台账").size()), "示例市百千万工程任务台账");
  EXPECT_TRUE(lines.back().starts_with("1|县域|")) << lines.back();
  const auto notes = lines_of(file.reply.body, 1);
  EXPECT_NE(std::ranges::find(notes, "筛选|已超期"), notes.end());
  EXPECT_NE(std::ranges::find(notes, "任务数|1"), notes.end());
}

TEST(Tasks, BelowAPlaceTheUrgentComeFirst) {
  Register world;
  const Picture picture = must(app::picture(world.service(), world.call(), Permission::read_tasks));
  std::string out;
  JsonWriter writer(out);
  wire::tasks_under(writer, picture, 0, world.service().today(), 4);
  std::vector<std::string> ids;
  const Json answer = must(Json::parse(out));
  for (const Json& item : *answer.array()) ids.push_back(item["id"].string_or(""));
  EXPECT_EQ(ids, (std::vector<std::string>{"1", "2", "5", "3"}));
}

}   // namespace
}   // namespace gangmu::app::test
