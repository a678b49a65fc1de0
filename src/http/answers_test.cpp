// SPDX-License-Identifier: Apache-2.0
// What the real application answers has the shape that schema_text.hpp declares: every read and every write, over the
// tutorial and a small example city. Members that are missing, undeclared or of another type are told with their path.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/service.hpp"
#include "app/test_store.hpp"
#include "base/text.hpp"
#include "http/backend.hpp"
#include "http/routes.hpp"
#include "http/schemas.hpp"
#include "http/testing.hpp"
#include "sim/simulate.hpp"

namespace gangmu::http::testing {
namespace {

using app::test::must;

// --- a value against a type as schemas.hpp writes it
// -----------------------------------------------------------------------

bool all_digits(std::string_view s) {
  return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_decimal(std::string_view s) {
  if (s.starts_with('-')) s.remove_prefix(1);
  const std::size_t point = s.find('.');
  return all_digits(s.substr(0, point)) && (point == std::string_view::npos || all_digits(s.substr(point + 1)));
}

bool is_primitive(std::string_view type, const Json& value) {
  if (type == "any") return true;
  if (type == "integer") return value.integer() != nullptr;
  if (type == "boolean") return value.boolean() != nullptr;
  if (!value.string()) return false;
  const std::string& text = *value.string();
  if (type == "decimal") return is_decimal(text);
  if (type == "code") return text.size() == 12 && all_digits(text);
  if (type == "period") return Period::parse(text).has_value();
  if (type == "date") return Date::parse(text).has_value();
  if (type == "instant") return Instant::parse(text).has_value();
  return type == "string";
}

class Shapes {
 public:
  std::set<std::string> faults;   ///< "Figure.note: undeclared"

  void check(std::string_view type, const Json& value, const std::string& where) {
    if (type.ends_with('?')) {
      if (!value.is_null()) check(type.substr(0, type.size() - 1), value, where);
    } else if (type.starts_with('[')) {
      if (!value.array()) return wrong(where, type, value);
      for (const Json& item : *value.array()) check(type.substr(1, type.size() - 2), item, where + "[]");
    } else if (type.starts_with('{')) {
      if (!value.object()) return wrong(where, type, value);
      for (const auto& [key, item] : *value.object()) check(type.substr(1, type.size() - 2), item, where + "{}");
    } else if (type.find('|') != std::string_view::npos) {
      const std::vector<std::string> words = text::split(type, '|');
      if (!value.string() || std::ranges::find(words, *value.string()) == words.end()) wrong(where, type, value);
    } else if (const Schema* schema = find_schema(type)) {
      check_members(*schema, value, where);
    } else if (!is_primitive(type, value)) {
      wrong(where, type, value);
    }
  }

 private:
  void wrong(const std::string& where, std::string_view type, const Json& value) {
    faults.insert(where + ": " + std::string(type) + " is declared, not " + value.canonical().substr(0, 80));
  }
  void check_members(const Schema& schema, const Json& value, const std::string& where) {
    if (!value.object()) return wrong(where, schema.name, value);
    for (const Member& member : schema.members) {
      const auto found = value.object()->find(member.name);
      if (found != value.object()->end())
        check(member.type, found->second, schema.name + "." + member.name);
      else if (!member.optional)
        faults.insert(schema.name + "." + member.name + ": missing");
    }
    for (const auto& [name, own] : *value.object())
      if (std::ranges::find(schema.members, name, &Member::name) == schema.members.end())
        faults.insert(schema.name + "." + name + ": undeclared");
  }
};

// --- the application
// -------------------------------------------------------------------------------------------------------

/// Both programmes behind the site, without sockets.
class Application {
 public:
  Application() : service_({tutorial_.clock, tutorial_.secrets, tutorial_.executor}, {}) {
    app::test::loaded(tutorial_, must(pack::read_pack(app::test::programme_folder("tutorial"))));
    sim::Shape shape;
    shape.counties = 2;
    shape.towns = 14;
    shape.villages = 30;
    shape.first_year = 2020;
    shape.years = 3;
    app::test::loaded(city_, must(sim::simulate(app::test::programme_folder("example-city"), 3, shape)));
    for (auto* world : {&tutorial_, &city_})
      if (const Status added = service_.add(std::move(world->store)); !added)
        throw std::runtime_error(added.error().text(Language::en));
  }

  /// "METHOD target"; the answer is checked against what its route declares.
  Json ask(const std::string& line, std::string body = {},
           std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.peer = "127.0.0.1";
    request.id = "r-1";
    request.method_text = line.substr(0, line.find(' '));
    request.method = method_of(request.method_text);
    request.target = line.substr(line.find(' ') + 1);
    request.headers = std::move(headers);
    request.headers.emplace_back("host", "localhost:8080");
    if (!cookie.empty()) request.headers.emplace_back("cookie", cookie);
    if (!body.empty()) request.headers.emplace_back("content-length", std::to_string(body.size()));
    request.body = std::move(body);
    Admission admission = site_.admit(request);
    const Response response = admission.response ? *admission.response : site_.answer(request, admission);
    if (const std::string_view set = response.header("Set-Cookie"); !set.empty()) cookie = set.substr(0, set.find(';'));
    return checked(line, response, admission.route);
  }
  Json get(const std::string& target) { return ask("GET /api/v1" + target); }
  Json post(const std::string& target, const std::string& body, std::optional<std::int64_t> seq = {},
            const char* type = "application/json") {
    char request_key[33];
    std::snprintf(request_key, sizeof request_key, "%032x", ++writes_);
    std::vector<std::pair<std::string, std::string>> headers{
        {"idempotency-key", request_key}, {"content-type", type}, {"origin", "http://localhost:8080"}};
    if (seq) headers.emplace_back("if-match", "\"" + std::to_string(*seq) + "\"");
    return ask("POST /api/v1" + target, body, std::move(headers));
  }

  /// The city's first account of a role, as the console opens it: its one-time code.
  std::string open_account(const std::string& login, const std::string& role) {
    app::Call call;
    call.programme = "example-city";
    call.actor = app::Actor::console();
    store::Store& city = *must(service_.store(call.programme));
    const PlaceId root = (*city.view()->tree)[0].id;
    return must(app::make_account(service_, city, call,
                                  {.login = login,
                                   .name = "人员甲",
                                   .phone = {},
                                   .place = root,
                                   .grants = {{.role = role, .place = root, .line = {}, .until = {}}}}))
        .code;
  }

  /// What the authenticator of that account shows now, before it is turned on.
  std::string first_code_of(const std::string& login) {
    store::Store& city = *must(service_.store("example-city"));
    const std::string key = must(app::open_secret(city.vault(), *app::find_login(*city.view(), login))).next;
    return access::totp(key, access::totp_step(tutorial_.clock.now()));
  }

  Shapes shapes;
  std::set<std::string_view> asked;   ///< operations that answered well
  std::string cookie;                 ///< of the one who is signed in

 private:
  Json checked(const std::string& line, const Response& response, const Route* route) {
    if (route && route->answer.find('/') != std::string_view::npos && response.status < 400 &&
        !Json::parse(response.bytes())) {   // a file
      EXPECT_EQ(response.status, route->success) << line;
      asked.insert(route->operation);
      return {};
    }
    const Result<Json> json = Json::parse(response.bytes());
    if (!json) {
      ADD_FAILURE() << line << " gave " << response.status << " and no JSON";
      return {};
    }
    const bool refused = response.status >= 400;
    if (refused || !route) {
      shapes.check("Problem", *json, "Problem");
    } else {
      EXPECT_EQ(response.status, route->success) << line;
      EXPECT_EQ(json->canonical().size(), response.bytes().size()) << line << " has numbers that are no integers";
      shapes.check(route->answer.find('/') == std::string_view::npos ? route->answer : "any", *json,
                   std::string(route->answer));
      asked.insert(route->operation);
    }
    return *json;
  }

  app::test::Fresh tutorial_, city_;
  app::Service service_;
  Config config_;
  Site site_{backend_of(service_), few_assets(), config_, tutorial_.clock};
  unsigned writes_ = 0;
};

class Answers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { application = new Application; }
  static void TearDownTestSuite() { delete application; }
  void TearDown() override {
    for (const std::string& fault : application->shapes.faults) ADD_FAILURE() << fault;
    application->shapes.faults.clear();
  }

  static Json::Array items(const Json& list) { return list["items"].array() ? *list["items"].array() : Json::Array{}; }
  static std::string text(const Json& object, const char* member) { return object[member].string_or(""); }
  static Json get(const std::string& target) { return application->get(target); }
  static Json post(const std::string& target, const std::string& body, std::optional<std::int64_t> seq = {}) {
    return application->post(target, body, seq);
  }
  static Json post(const std::string& target, const Json::Object& body) {
    return application->post(target, Json(body).canonical());
  }
  static constexpr const char* programmes[] = {"/tutorial", "/example-city"};
  static inline Application* application = nullptr;
};

TEST_F(Answers, OfTheHouse) {
  for (const char* target : {"/version", "/health", "/programmes", "/openapi.json"}) get(target);
  for (const char* target :
       {"/nowhere", "/tutorial/places?limit=0", "/tutorial/places/990900000001", "/tutorial/home?indicator=NONE"}) {
    EXPECT_FALSE(text(get(target), "code").empty()) << target;
  }
}

TEST_F(Answers, AboutPlacesAndTheirFigures) {
  for (const std::string p : programmes) {
    get(p + "/home");
    get(p + "/home?level=town");
    get(p + "/places?limit=3");
    get(p + "/places?q=zhen&level=town");
    for (const Json& place : items(get(p + "/places?limit=60"))) get(p + "/places/" + text(place, "code"));
    const std::string first = p + "/places/" + text(items(get(p + "/places?limit=1"))[0], "code");
    EXPECT_GT(get(first + "?as_known=1")["known"]["seq"].integer_or(0), 0);
    EXPECT_FALSE(text(get(first + "?as_known=9999-01-01"), "code").empty());
    for (const Json& source : items(get(p + "/sources"))) get(p + "/sources/" + text(source, "id"));
    for (const Json& indicator : items(get(p + "/indicators"))) {
      const std::string code = text(indicator, "code");
      const Json list = get(p + "/observations?limit=20&indicator=" + code);
      get(p + "/observations?limit=20&as_known=1&indicator=" + code);
      get(p + "/home?level=county&indicator=" + code);
      std::set<std::string> levels;   // one place of each level
      for (const Json& item : items(list)) {
        if (!levels.insert(text(item["place"], "level")).second) continue;
        get(p + "/observations/explain?place=" + text(item["place"], "code") + "&indicator=" + code +
            "&period=" + text(list, "period"));
      }
    }
  }
}

TEST_F(Answers, AboutTasksAndWorkOnThem) {
  for (const std::string p : programmes) {
    for (const char* view : {"all", "open", "week", "overdue", "waiting", "closed"})
      get(p + "/tasks?limit=2&view=" + view);
    for (const Json& task : items(get(p + "/tasks?limit=100"))) get(p + "/tasks/" + text(task, "id"));
  }
  Json task = get("/tutorial/tasks/1")["task"];
  const auto act = [&](const std::string& what, const std::string& body) {
    const Json changed = post("/tutorial/tasks/1/" + what, body, task["seq"].integer_or(0));
    ASSERT_TRUE(changed["task"].object()) << what << ": " << changed.canonical();
    task = changed["task"];
  };
  act("progress", R"({"text":"已改造 50 户","percent":83})");
  act("request-close", R"({"text":"全部完成"})");
  act("return", R"({"reason":"请补充照片"})");
  act("request-close", R"({"text":"已补充"})");
  act("close", R"({"text":"同意","confirm":true})");
  act("reopen", R"({"reason":"复查未通过"})");
  act("steps/receive", "{}");
  act("steps/ask_change", R"({"fields":{"asked_due":"2031-06-30"},"reason":"用地批复未到"})");
  act("rulings/grant_change", "{}");
  const std::string proof = text(
      application->post("/tutorial/files?name=a.pdf", "%PDF-1.4\n%%EOF\n", {}, "application/octet-stream"), "digest");
  act("steps/request_close", R"({"fields":{"statement":"已完成","proof":[{"file":{"digest":")" + proof +
                                 R"(","name":"a.pdf"},"about":"验收"}]}})");
  get("/tutorial/tasks/1/files/" + proof);
  act("return", R"({"reason":"请补充"})");
  act("steps/object", R"({"reason":"不属本单位职责"})");
  act("rulings/uphold", R"({"fields":{"lead":"市水务局"},"reason":"职责已划转"})");
  get("/tutorial/task-kind");
  for (const char* by : {"lead", "responsible", "county", "town", "action"})
    for (const std::string p : programmes) get(p + "/task-board?by=" + by);
  post("/tutorial/tasks",
       R"({"parent":"1","tasks":[{"lead":"甲县人民政府","due":"2031年6月底前","proof_asked":true}]})");
  get("/tutorial/tasks/1");
  post("/tutorial/tasks/1/persons", R"({"reason":"电话核实进展"})");
}

TEST_F(Answers, AboutRegisters) {
  const std::string p = "/example-city";
  const std::string town = text(items(get(p + "/places?level=town&limit=1")).front(), "code");
  for (const Json& kind : items(get(p + "/registers"))) {
    const std::string at = p + "/registers/" + text(kind, "id");
    get(at);
    post(at + "/open", R"({"owner":"示例办公室","list_number":"2023-001"})");
    get(at);
  }
  const std::string project =
      text(post(p + "/registers/project/records", R"({"fields":{"name":"示例桥","place":")" + town +
                                                      R"(","total":"1200","done":[{"month":"202306","amount":"5"}]}})"),
           "id");
  const std::string obstacle =
      text(post(p + "/registers/obstacle/records", R"({"fields":{"text":"缺用地指标","place":")" + town +
                                                       R"(","answerer":"unit:示例局","project":")" + project + "\"}}"),
           "id");
  EXPECT_EQ(get(p + "/registers/obstacle/records?order=due&q=dd&state=raised")["total"].integer_or(0), 1);
  Json one = get(p + "/records/" + project);
  post(p + "/records/" + project + "/edit", R"({"fields":{"code":"9900-1","owner":"unit:示例局"}})",
       one["seq"].integer_or(0));
  one = get(p + "/records/" + project);
  post(p + "/records/" + project + "/steps/adopt", "{}", one["seq"].integer_or(0));
  EXPECT_EQ(text(get(p + "/records/" + project), "state"), "pre");
  const Json need = get(p + "/records/" + obstacle);
  post(p + "/records/" + obstacle + "/extend/answer", R"({"reason":"等待市级批复","fields":{"reason":"等待市级批复"}})",
       need["seq"].integer_or(0));
  get(p + "/registers/project/records");
  const auto out = [&](const std::string& way, const std::string& more = {}) {
    const Json told = get(p + "/records/" + project);
    post(p + "/records/" + project + "/out/" + way, R"({"reason":"按程序更正")" + more + "}",
         told["seq"].integer_or(0));
  };
  out("correct", R"(,"fields":{"name":"示例大桥"})");
  out("move", R"(,"state":"idea")");
  out("void");
  EXPECT_EQ(get(p + "/registers/project/records?void=true")["total"].integer_or(0), 1);
  EXPECT_EQ(get(p + "/records/" + project)["void"].boolean_or(false), true);
  out("restore");
  post(p + "/records/" + project + "/persons", R"({"reason":"核对联系方式"})");
  const std::string twin = text(post(p + "/registers/project/records",
                                     R"({"fields":{"name":"示例 大桥","place":")" + town + R"(","total":"1300"}})"),
                                "id");
  EXPECT_EQ(get(p + "/registers/project/doubles")["total"].integer_or(0), 1);
  const auto seq_of = [&](const std::string& id) { return get(p + "/records/" + id)["seq"].integer_or(0); };
  post(p + "/records/" + twin + "/merge",
       R"({"reason":"重复登记","fields":{"total":"leaving"},"into":")" + project + R"(","into_seq":)" +
           std::to_string(seq_of(project)) + "}",
       seq_of(twin));
  EXPECT_EQ(text(get(p + "/records/" + twin), "id"), project);
  const Json merged = get(p + "/records/" + project)["merged"].array()->front();
  EXPECT_EQ(text(get(p + "/records/" + twin + "?as_kept=true"), "into"), project);
  post(p + "/records/" + twin + "/merge/undo", R"({"reason":"不是同一个项目"})", merged["seq"].integer_or(0));
  EXPECT_EQ(text(get(p + "/records/" + twin), "id"), twin);
  for (const char* shared : {"own", "office", "all"})
    post(p + "/registers/project/views",
         R"({"name":"示例视图","query":{"where":"total="},"shared":")" + std::string(shared) + "\"}");
  const std::string view = text(items(get(p + "/registers/project/views")).front(), "id");
  post(p + "/registers/project/views/" + view + "/drop", "{}");
  EXPECT_TRUE(items(get(p + "/registers/project/views")).empty());
  post(p + "/records/" + obstacle + "/steps/answer", R"({"fields":{"reply":"已报批","promised_on":"2020-01-01"}})",
       seq_of(obstacle));
  std::string late_task;
  for (const Json& item : items(get(p + "/todo?limit=200")))
    if (item["late"].boolean_or(false) && text(item, "about") == "task") late_task = text(item, "id");
  post(p + "/records/" + obstacle + "/nudge", R"({"text":"请尽快办理"})");
  post(p + "/tasks/" + late_task + "/nudge", "{}");
  post(p + "/registers/obstacle/close", "{}");
  get(p + "/registers");
}

TEST_F(Answers, AboutFilesOfRecords) {
  const std::string p = "/example-city";
  const std::string town = text(items(get(p + "/places?level=town&limit=1")).front(), "code");
  post(p + "/registers", R"({"kind":{"id":"walk","is":{"version":1,"zh":"巡查","home":"county","title":["words"]},
    "fields":[{"id":"words","type":"text","zh":"说明"},{"id":"place","type":"place","zh":"地区"},
              {"id":"photo","type":"file","zh":"照片"},{"id":"card","type":"file","zh":"证件","personal":true}],
    "rights":{"read":[{"to":"units","where":"place in scope"}]}},"owner":"示例办公室","list_number":"2023-004"})");
  const auto upload = [&](const std::string& bytes) {
    return text(application->post(p + "/files?name=a.pdf", bytes, {}, "application/octet-stream"), "digest");
  };
  const std::string open = upload("%PDF-1.4 open %%EOF"), closed = upload("%PDF-1.4 personal %%EOF");
  const std::string id = text(post(p + "/registers/walk/records",
                                   R"({"fields":{"words":"一","place":")" + town + R"(","photo":{"digest":")" + open +
                                       R"(","name":"a.pdf"},"card":{"digest":")" + closed + R"(","name":"b.pdf"}}})"),
                              "id");
  get(p + "/records/" + id + "/files/" + open);
  const Json persons = post(p + "/records/" + id + "/persons", R"({"reason":"核对证件"})");
  const Json card = must(Json::parse(text(persons["fields"], "card")));
  post(p + "/records/" + id + "/files/" + text(card, "digest"), R"({"reason":"核对证件"})");
}

TEST_F(Answers, AboutSheetsOfRegisters) {
  const std::string p = "/example-city/registers";
  const std::string town = text(items(get("/example-city/places?level=town&limit=1")).front(), "code");
  const std::string file = "公厕编号,名称,所在镇,类型,联系人\nG-1,一号公厕," + town + ",新建,张三\nG-2,二号公厕," +
                           town + ",改建,李四\nG-3,三号公厕," + town + ",新建,王五\nG-4,四号公厕," + town + ",改建,\n";
  const auto send = [&](const std::string& path, const std::string& bytes) {
    return application->post(path, bytes, {}, "application/octet-stream");
  };
  const Json proposal = send(p + "/proposals?name=a.csv", file);
  Json body;
  body.set("kind", proposal["kind"]);
  body.set("owner", "示例办公室");
  body.set("list_number", "2023-002");
  const std::string at = p + "/" + text(post(p, body.canonical()), "id");
  const auto import = [&](const std::string& bytes) {
    const Json told = send(at + "/imports/preview?name=a.csv", bytes);
    return send(
        at + "/imports?name=a.csv&digest=" + text(told, "digest") + "&seq=" + std::to_string(told["seq"].integer_or(0)),
        bytes);
  };
  EXPECT_EQ(import(file)["counts"]["new"].integer_or(0), 4);
  Json narrower = body;
  Json kind = body["kind"];
  for (Json& field : *kind.object()->find("fields")->second.array())
    if (text(field, "type") == "text") field.set("max", 1);
  narrower.set("kind", kind);
  EXPECT_GT(post(at + "/check", narrower.canonical())["unplaced"].integer_or(0), 0);
  send(at + "/imports/preview?name=b.csv&columns=D:",
       "公厕编号,名称,类型,备注\nG-1,改名,没有的类型,\nG-9,,新建,x\n合计,,,\n");
  std::string other = file;
  other.replace(other.find("一号公厕"), std::string("一号公厕").size(), "壹号公厕");
  const Json changed = import(other);
  EXPECT_EQ(changed["counts"]["changed"].integer_or(0), 1);
  get(at + "/imports");
  post(at + "/imports/" + text(changed, "id") + "/undo", "{}");
  get(at + "/imports");
}

TEST_F(Answers, AboutImportsOfLedgers) {
  const std::string file = app::test::ledger(
      "任务台账", {"序号|行动|工作任务|牵头单位|责任单位|牵头领导|联系电话|所属地区|完成时限|进展情况|完成比例|目标",
                   "1|甲|建成园区|市发改局|市工信局、子县|赵甲|13912345678|子县|2025年6月底前|选址|20%|≥3个",
                   "2|甲|改造小区|市住建局|丑县|||子一镇|6月底前||5%|基本完成",
                   "3|乙|管护公路|市交通局|各县|||没有这个镇|长期坚持|||", "合计|||||||||||"});
  const auto upload = [&] {
    return application->post("/tutorial/imports?name=a.xlsx", file, {}, "application/octet-stream");
  };
  const std::string at = "/tutorial/imports/" + text(upload(), "id");
  for (;;) {   // whatever is asked is answered with its first choice, or with a value of our own
    const Json import = get(at);
    Json answers;
    for (const Json& question : *import["questions"].array()) {
      if (!question["answer"].is_null() || !question["blocking"].boolean_or(false)) continue;
      const auto& choices = *question["candidates"].array();
      answers.set(text(question, "id"), choices.empty() ? std::string("2025-12-31") : text(choices.front(), "value"));
    }
    if (answers.is_null()) break;
    Json body;
    body.set("answers", answers);
    ASSERT_TRUE(post(at + "/answers", body.canonical())["questions"].array());
  }
  for (const char* list : {"/rows", "/skipped", "/questions", "/notes"})
    EXPECT_FALSE(items(get(at + list)).empty()) << list;
  post("/tutorial/imports/" + text(upload(), "id") + "/discard", "{}");
  EXPECT_EQ(text(post(at + "/confirm", "{}")["import"], "state"), "confirmed");
  for (const Json& task : items(get("/tutorial/tasks?import=" + at.substr(at.rfind('/') + 1))))
    get("/tutorial/tasks/" + text(task, "id"));
  EXPECT_EQ(text(post(at + "/undo", "{}")["import"], "state"), "undone");
  get(at);
  get("/tutorial/imports");
}

TEST_F(Answers, AboutAssessments) {
  for (const std::string p : programmes) {
    for (const Json& scheme : items(get(p + "/schemes"))) {
      ASSERT_FALSE(scheme["periods"].array()->empty()) << text(scheme, "id");
      Json body;
      body.set("scheme", scheme["id"]);
      body.set("period", scheme["periods"].array()->back());
      const Json made = post(p + "/assessments", body.canonical());
      const std::string at = p + "/assessments/" + text(made, "id");
      const Json assessment = get(at);
      ASSERT_FALSE(assessment["rows"].array()->empty()) << at;
      for (const Json& row : *assessment["rows"].array()) {
        get(at + "/places/" + text(row["place"], "code"));
        get(at + "/places/" + text(row["place"], "code") + "/lift?ranks=2");
        get(p + "/places/" + text(row["place"], "code"));
      }
      get(at + "/robustness?runs=100&place=" + text(assessment["rows"].array()->front()["place"], "code"));
      get(at + "/sensitivity?base=16&place=" + text(assessment["rows"].array()->front()["place"], "code"));
      get(at + "/what-if");
    }
    get(p + "/assessments");
  }
}

void done(const Json& answer) { EXPECT_GT(answer["seq"].integer_or(0), 0) << answer.canonical(); }

/// Signs in with the one-time code; administrators set up the second factor they cannot do without.
void enter(Application& application, const std::string& login, const std::string& code, bool administers) {
  const std::string password = "木棉 in spring 2026", p = "/example-city";
  application.cookie.clear();
  done(application.post(p + "/session/first",
                        Json(Json::Object{{"login", login}, {"code", code}, {"password", password}}).canonical()));
  if (!administers) return;
  application.post(p + "/account/second-factor", Json(Json::Object{{"password", password}}).canonical());
  done(application.post(p + "/account/second-factor/confirm",
                        Json(Json::Object{{"code", application.first_code_of(login)}}).canonical()));
}

TEST_F(Answers, AboutSigningInAndAccounts) {   // stands behind the others: once there are accounts, they are asked for
  const std::string p = "/example-city";
  const std::string code = text(items(get(p + "/places?limit=1"))[0], "code");
  application->open_account("granted", "county_office");
  enter(*application, "system", application->open_account("system", "system_admin"), true);
  get(p + "/session");
  const Json made = post(p + "/accounts", Json::Object{{"login", "clerk"}, {"name", "人员乙"}, {"place", code}});
  const std::string clerk = p + "/accounts/" + text(made["account"], "id");
  get(p + "/accounts");
  get(p + "/roles");
  ASSERT_FALSE(get(p + "/operations")["jobs"].array()->empty());
  for (const char* act : {"/disable", "/enable", "/sign-out"}) done(post(clerk + act, Json::Object{}));
  const Json reset = post(clerk + "/reset", Json::Object{});
  ASSERT_FALSE(text(reset, "code").empty()) << reset.canonical();
  std::string asleep;
  for (const Json& account : items(get(p + "/accounts")))
    if (text(account, "login") == "granted") asleep = p + "/accounts/" + text(account, "id");
  done(post(asleep + "/reset", Json::Object{{"drop_second_factor", true}}));

  enter(*application, "security", application->open_account("security", "security_admin"), true);
  const Json::Object grant{{"role", "city_office"}, {"place", code}};
  done(post(clerk + "/grants", grant));
  get(p + "/grants");
  done(post(clerk + "/grants/take", grant));
  done(post(asleep + "/grants/confirm", Json::Object{}));

  enter(*application, "audit", application->open_account("audit", "audit_admin"), true);
  get(p + "/audit?limit=50");
  EXPECT_FALSE(text(get(p + "/chain"), "head").empty());

  application->open_account("leader", "leader");
  enter(*application, "office", application->open_account("office", "city_office"), false);
  EXPECT_EQ(items(get(p + "/account/stand-ins")).size(), 2u);

  enter(*application, "clerk", text(reset, "code"), false);
  done(post(p + "/account/password",
            Json::Object{{"present", "木棉 in spring 2026"}, {"password", "荔枝 in summer 2026"}}));
  application->cookie.clear();   // another browser
  done(post(p + "/session", Json::Object{{"login", "clerk"}, {"password", "荔枝 in summer 2026"}}));
  done(post(p + "/account/told", Json::Object{}));
  const Json mine = get(p + "/account");
  ASSERT_TRUE(mine["sessions"].array()) << mine.canonical();
  for (const Json& session : *mine["sessions"].array())
    if (!session["here"].boolean_or(true))
      done(post(p + "/account/sessions/end", Json::Object{{"session", text(session, "id")}}));
  done(post(p + "/session/end", Json::Object{}));
  EXPECT_FALSE(get(p + "/session")["signed_in"].boolean_or(true));
}

TEST_F(Answers, LeaveNoRouteOut) {   // stands last: gtest runs the tests of a suite in order
  if (::testing::GTEST_FLAG(filter) != "*") GTEST_SKIP() << "only in a whole run";
  const std::set<std::string_view> at_a_provider{"begin_provider_sign_in",
                                                 "provider_sign_in"};   // e2e/provider.test.mjs
  for (const Route& route : routes()) {
    if (route.kind == RouteKind::stream || route.answer == "text/plain") continue;   // no JSON
    if (at_a_provider.contains(route.operation)) continue;
    EXPECT_TRUE(application->asked.contains(route.operation)) << route.operation << " was not asked";
  }
}

}   // namespace
}   // namespace gangmu::http::testing
