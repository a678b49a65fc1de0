// SPDX-License-Identifier: Apache-2.0
// Every endpoint × every role × where it was granted × object in its own or another region × state, held against
// docs/role-matrix.csv, a table a clerk can read. What a request is answered is taken from the whole floor: cookie,
// session, rights, use case, store.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/account.hpp"
#include "app/identity.hpp"
#include "app/load.hpp"
#include "app/persons.hpp"
#include "app/records/kinds.hpp"
#include "app/records/registers.hpp"
#include "app/test_world.hpp"
#include "base/text.hpp"
#include "http/backend.hpp"
#include "http/routes.hpp"
#include "http/site.hpp"
#include "pack/pack.hpp"
#include "app/task_record.hpp"
#include "store/definitions.hpp"
#include "store/journal.hpp"

namespace gangmu::http {
namespace {

using app::test::must;

constexpr std::string_view city = "990900000000", own_line = "市农业农村局", other_line = "市财政局";
constexpr std::string_view granted_at[] = {city, "990901000000", "990901100000", "990901100201", "990902000000"};
/// Planted: of a task's persons, and of accounts.
constexpr std::string_view task_phone = "13912345678", task_identity = "440785197001011234",
                           account_phone = "13887654321";
constexpr std::string_view states[] = {"open", "done_waiting", "closed", "paused"};

// --- the table -------------------------------------------------------------------------------------------------------

struct Matrix {
  std::vector<std::string> roles;
  std::map<std::string, std::map<std::string, std::string>> cells;   ///< operation → role → cell
  std::map<std::string, std::string> object;                         ///< operation → what it acts on
};

Matrix read_matrix() {
  std::ifstream file(GANGMU_SOURCE_DIR "/docs/role-matrix.csv");
  Matrix out;
  for (std::string line; std::getline(file, line);) {
    const auto words = text::split(line, ',');
    if (out.roles.empty()) {
      for (std::size_t i = 2; i < words.size(); ++i) out.roles.emplace_back(words[i]);
      continue;
    }
    out.object[std::string(words[0])] = words[1];
    for (std::size_t i = 2; i < words.size(); ++i) out.cells[std::string(words[0])][out.roles[i - 2]] = words[i];
  }
  return out;
}

/// The digits of a code that say which place it is: 4 of a city, 6, 9, 12 of a village.
std::string_view significant(std::string_view code) {
  for (const std::size_t digits : {4, 6, 9})
    if (code.substr(digits).find_first_not_of('0') == std::string_view::npos) return code.substr(0, digits);
  return code;
}

struct Thing {
  std::string id;     ///< of a task or an import; the code of a place
  std::string code;   ///< where it is
  std::string_view line{}, state{};
};

/// Whether a cell lets one granted at `at` act on a thing. Written from the words of docs/access.md, not from the
/// program.
bool lets(std::string_view cell, std::string_view at, const Thing& thing) {
  if (cell == "-") return false;
  if (cell == "yes") return true;
  if (cell == "seat") return significant(at).size() <= 6;
  const std::size_t colon = cell.find(':');
  if (colon != std::string_view::npos && cell.substr(colon).find(thing.state) == std::string_view::npos) return false;
  if (cell.find("@line") != std::string_view::npos && thing.line != own_line) return false;
  const std::string_view mine = significant(at), its = significant(thing.code);
  return its.starts_with(mine) || (cell.starts_with("above") && mine.starts_with(its));
}

// --- the world -------------------------------------------------------------------------------------------------------

pack::Files tutorial() {
  const std::filesystem::path root(GANGMU_SOURCE_DIR "/programmes/tutorial");
  pack::Files out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    out[std::filesystem::relative(entry.path(), root).generic_string()].assign(std::istreambuf_iterator<char>(file),
                                                                               {});
  }
  return out;
}

struct Visitor {
  std::string role;   ///< column of the table
  std::string at;     ///< where granted
  std::string token;
};

class RoleMatrix : public ::testing::Test {
 protected:
  RoleMatrix() : service({clock, secrets, executor}, {}) {
    store::Config config;
    config.folder = folder.path() / "data";
    config.key_folder = folder.path() / "keys";
    config.own_thread = false;
    auto made =
        must(store::Store::create(config, {clock, secrets, files, executor, pack::indicator_of, app::kinds_of}));
    must(app::load(*made, must(pack::read_pack(tutorial())), {}));
    store = made.get();
    must(service.add(std::move(made)));
    add_tasks();
    add_records();
    for (const auto& route : routes()) by_operation[std::string(route.operation)] = &route;
    site = std::make_unique<Site>(backend_of(service), assets, http_config, clock);
    admit_all();
  }

  void add_tasks() {
    const auto view = store->view();
    int number = 100;
    for (place::NodeIndex node = 0; node < view->tree->size(); ++node) {
      places.push_back({(*view->tree)[node].code, (*view->tree)[node].code});
      for (const std::string_view line : {own_line, other_line})
        for (const std::string_view state : states)
          tasks.push_back({std::to_string(++number), places.back().code, line, state});
    }
    must(store->write({.home = PlaceId{1},
                       .actor = "loader",
                       .act = "load",
                       .request_key = {},
                       .command = {},
                       .run = [&](store::Tx& tx) -> Result<Json> {
                         app::TaskWriter writer(tx, view->records.catalogue, *view->tree);
                         for (const Thing& thing : tasks) {
                           plan::Task task;
                           task.title = "示例任务";
                           task.place = thing.code;
                           task.lead = thing.line;
                           task.state = *plan::task_state_of(thing.state);
                           const PlaceId home = view->tree->home(view->tree->find_code(thing.code));
                           task.leader = Personal<std::string>("某某 " + std::string(task_phone));
                           task.contact = Personal<std::string>("某某 " + std::string(task_identity));
                           const record::RecordId id = app::task_id(home, std::stoll(thing.id));
                           TRY_ASSIGN(auto sealed, app::seal_persons(store->vault(), {{id, app::take_persons(task)}}));
                           TRY(writer.begin(id, task, std::move(sealed.front()), "load", {}));
                         }
                         return Json();
                       }}));
  }

  /// A register with a record of each place.
  void add_records() {
    const char* kind = R"({"id":"note","is":{"zh":"札记","home":"county","title":["words"],"flow":"note@1"},
      "fields":[{"id":"words","no":1,"type":"text"},{"id":"place","no":2,"type":"place"}],
      "rights":{"read":[{"to":"units","where":"place in scope"}],"edit":[{"to":"units","where":"place in scope"}]}})";
    const char* flow = R"({"id":"note@1","states":[{"id":"open","is":"open"},{"id":"done","is":"final"}],
      "steps":[{"id":"finish","from":["open"],"to":"done","by":["city_office","county_office","department","town_clerk","village_clerk"]}],
      "clocks":[{"id":"all","start":["open"],"stop":["finish"],"budget":{"n":30,"unit":"d"},
                 "ladder":[{"at":"100%","notify":"county_office"}]}]})";
    must(store->write({.home = PlaceId{1},
                       .actor = "loader",
                       .act = "load",
                       .request_key = {},
                       .command = {},
                       .run = [&](store::Tx& tx) -> Result<Json> {
                         const Date day = *Date::parse("2020-01-01");
                         TRY(store::definitions::publish(tx, "flow", "note@1", day, must(Json::parse(flow))));
                         TRY(store::definitions::publish(tx, "kind", "note", day, must(Json::parse(kind))));
                         TRY(store::definitions::publish(tx, "register", "note", day,
                                                         must(Json::parse(R"({"owner":"示例","list_number":"1"})"))));
                         return Json();
                       }}));
    for (const Thing& place : places) {
      app::Call call;
      call.programme = "tutorial";
      call.actor = app::Actor::console();
      call.id = "note";
      call.request_key = "note " + place.code;
      call.body = R"({"fields":{"words":"示例","place":")" + place.code + "\"}}";
      const app::Reply reply = must(app::create_record(service, call));
      records.push_back({must(Json::parse(reply.body))["id"].string_or(""), place.code});
    }
  }

  /// An account of each role at each place, with an open session.
  void admit_all() {
    visitors.push_back({"nobody", "", ""});
    visitors.push_back({"no_grant", "", token_of("no_grant", {})});
    for (const access::Role& role : access::standard_roles().list())
      for (const std::string_view code : granted_at) {
        if (access::administers(role.duty) && code != city) continue;
        const access::Grant grant{.role = role.id,
                                  .place = (*store->view()->tree)[store->view()->tree->find_code(code)].id,
                                  .line = role.id == "department" ? std::string(own_line) : std::string()};
        visitors.push_back(
            {role.id, std::string(code), token_of(role.id + "-" + std::string(significant(code)), {grant})});
      }
    access::Grant expired{.role = "city_office", .place = (*store->view()->tree)[0].id};
    expired.until = clock.now().date().plus_days(-1);
    visitors.push_back({"no_grant", "", token_of("expired", {expired})});
  }

  std::string token_of(std::string login, std::vector<access::Grant> grants) {
    for (char& c : login) c = c == '_' ? '-' : c;
    app::Call call;
    call.actor = app::Actor::console();
    const auto made = must(app::make_account(service, *store, call,
                                             {.login = login,
                                              .name = login,
                                              .phone = std::string(account_phone),
                                              .place = (*store->view()->tree)[0].id,
                                              .grants = std::move(grants)}));
    store::Account account = *app::find_account(*store->view(), made.id);
    account.state = app::account_active;
    account.body.set("second_factor", true);
    const std::string token = std::to_string(account.home.value) + "." + hex(secrets.bytes(32));
    must(store->write(
        {.home = account.home,
         .actor = "test",
         .act = "test",
         .request_key = {},
         .command = {},
         .run = [&](store::Tx& tx) -> Result<Json> {
           TRY(store::accounts::put(tx, account));
           TRY(store::sessions::put(
               tx, {account.home, app::session_id(token), account.id, Instant{INT64_MAX}, Json(Json::Object{}), {}}));
           return Json();
         }}));
    return token;
  }

  struct Told {
    int status = 0;
    std::string code, body;
  };

  Told ask(const Visitor& visitor, const std::string& operation, const std::string& path, std::string body = "{}") {
    const Route& route = *by_operation.at(operation);
    Request request;
    request.peer = "10.9.8.7";
    if (operation == "metrics") request.peer = "127.0.0.1";
    request.method = route.method();
    request.method_text = method_name(request.method);
    request.target = path;
    request.headers = {
        {"host", "localhost"},
        {"origin", "http://localhost"},
        {"content-type", route.body == BodyKind::file ? "application/octet-stream" : "application/json"}};
    if (!visitor.token.empty()) request.headers.emplace_back("cookie", "gangmu-tutorial=" + visitor.token);
    if (route.kind == RouteKind::write) request.headers.emplace_back("idempotency-key", hex(secrets.bytes(16)));
    if (route.edits)
      request.headers.emplace_back("if-match",
                                   "\"0\"");   // a lost race: the right is looked at first, and nothing changes
    request.body = std::move(body);
    Admission admission = site->admit(request);
    if (!admission.response && route.kind == RouteKind::stream) return {200, "", ""};
    const Response response = admission.response ? *admission.response : site->answer(request, admission);
    ++cells;
    look_for_persons(operation, response);
    Told told{response.status, "", std::string(response.bytes())};
    if (response.status >= 400) told.code = must(Json::parse(told.body))["code"].string_or("");
    return told;
  }

  /// Persons are told by the two doors made for it and by no other; never in a head.
  void look_for_persons(const std::string& operation, const Response& response) {
    std::string all(response.bytes());
    for (const auto& [name, value] : response.headers) all += name + value;
    const std::set<std::string> own_phone{"my_account",      "accounts",       "create_account",      "reset_account",
                                          "disable_account", "enable_account", "end_account_sessions"};
    for (const std::string_view planted : {task_phone, task_identity, account_phone}) {
      if (all.find(planted) == std::string::npos) continue;
      const bool granted = planted == account_phone ? own_phone.contains(operation) : operation == "see_persons";
      if (!granted)
        ADD_FAILURE() << operation << " tells " << planted;
      else
        ++persons_told;
    }
  }

  static std::string path_of(const Route& route, std::string_view id, std::string_view sub = {}) {
    std::string out(route.path);
    out.replace(out.find("{p}"), 3, "tutorial");
    for (const std::string_view value : {id, sub}) {
      const std::size_t open = out.find('{');
      if (open != std::string::npos) out.replace(open, out.find('}') - open + 1, value);
    }
    return out;
  }

  /// What an endpoint can't be asked without.
  static std::string query_of(const std::string& operation) {
    static const std::set<std::string> files{"read_import", "propose_register", "preview_register_import"};
    if (operation == "confirm_register_import") return "?name=nothing.csv&digest=sha256:00&seq=1";
    return files.contains(operation) ? "?name=nothing.csv" : "";
  }

  /// Where there is an object, "no such thing" is a refusal too: the things asked for are all there.
  [[nodiscard]] bool refused(const std::string& operation, const Told& told) const {
    static const std::set<std::string> always{"app.not_signed_in", "app.forbidden", "app.forbidden_here",
                                              "app.not_yours"};
    static const std::set<std::string> hidden{"app.unknown_place", "app.unknown_task", "app.unknown_import",
                                              "app.unknown_record"};
    return always.contains(told.code) || (matrix.object.at(operation) != "none" && hidden.contains(told.code));
  }

  /// Each difference is told once, with the first of its kind.
  void expect(bool allowed, bool wanted, const Visitor& visitor, const std::string& operation, const std::string& what,
              const Told& told) {
    if (allowed == wanted) return;
    if (differences++ < 20)
      ADD_FAILURE() << operation << ": " << visitor.role << " at " << visitor.at << " on " << what << " should be "
                    << (wanted ? "let" : "refused") << "; was " << told.status << " " << told.code;
  }

  /// Nobody is told 401; who holds the right nowhere 403; of what is not theirs to see 404, in the same words as of
  /// what is not there.
  void expect_well_refused(const Visitor& visitor, const std::string& operation, const Told& told) {
    if (!refused(operation, told)) return;
    if (visitor.role == "nobody")
      EXPECT_EQ(told.code, "app.not_signed_in") << operation;
    else if (matrix.cells.at(operation).at(visitor.role) == "-")
      EXPECT_EQ(told.code, "app.forbidden") << operation << " " << visitor.role;
    else
      EXPECT_TRUE(told.status == 404 || told.code == "app.forbidden_here")
          << operation << " " << visitor.role << " " << told.code;
  }

  app::test::OwnFolder folder;
  app::test::SetClock clock;
  app::test::SeededSecrets secrets;
  store::SystemFiles files;
  SerialExecutor executor;
  app::Service service;
  store::Store* store = nullptr;
  std::vector<Asset> assets;
  Config http_config;
  std::unique_ptr<Site> site;
  std::map<std::string, const Route*> by_operation;
  std::vector<Visitor> visitors;
  std::vector<Thing> places, tasks, records;
  Matrix matrix = read_matrix();
  std::size_t cells = 0, differences = 0, persons_told = 0;
};

TEST_F(RoleMatrix, EveryEndpointHasItsRowAndEveryRoleItsColumn) {
  for (const Route& route : routes())
    EXPECT_TRUE(matrix.object.contains(std::string(route.operation)))
        << route.operation << " has no row in docs/role-matrix.csv";
  for (const auto& [operation, object] : matrix.object) EXPECT_TRUE(by_operation.contains(operation)) << operation;
  for (const access::Role& role : access::standard_roles().list())
    EXPECT_NE(std::ranges::find(matrix.roles, role.id), matrix.roles.end()) << role.id;
}

TEST_F(RoleMatrix, HoldsForEveryCell) {
  // An import of the city's and one of each county, made by those who may.
  std::vector<Thing> imports;
  const std::string ledger = app::test::ledger("台账", {"序号|任务|牵头单位|完成时限", "1|示例任务|市农业农村局|某时"});
  for (const Visitor& visitor : visitors) {
    if (visitor.role != (visitor.at == city ? "city_office" : "county_office") || significant(visitor.at).size() > 6)
      continue;
    const Told told = ask(visitor, "read_import", "/api/v1/tutorial/imports?name=a.xlsx", ledger);
    ASSERT_EQ(told.status, 201) << told.body;
    imports.push_back({must(Json::parse(told.body))["id"].string_or(""), visitor.at});
  }
  ASSERT_EQ(imports.size(), 3u);
  const auto office =
      std::ranges::find_if(visitors, [](const Visitor& v) { return v.role == "city_office" && v.at == city; });
  const Told made =
      ask(*office, "run_assessment", "/api/v1/tutorial/assessments", R"({"scheme":"towns","period":"2024"})");
  const std::string assessment = made.status < 300 ? must(Json::parse(made.body))["id"].string_or("") : "";
  ASSERT_FALSE(assessment.empty()) << made.body;
  std::vector<Thing> towns;
  for (const Thing& thing : places)
    if (significant(thing.code).size() == 9) towns.push_back(thing);
  cells = 0;

  std::vector<std::string> operations;
  for (const auto& [operation, object] : matrix.object)
    if (operation != "sign_out") operations.push_back(operation);
  operations.emplace_back("sign_out");   // nobody is left after it
  for (const std::string& operation : operations) {
    const std::string& object = matrix.object.at(operation);
    const Route& route = *by_operation.at(operation);
    for (const Visitor& visitor : visitors) {
      const std::string& cell = matrix.cells.at(operation).at(visitor.role);
      const auto each = [&](const std::vector<Thing>& things, const auto& path, const std::string& body) {
        for (const Thing& thing : things) {
          const Told told = ask(visitor, operation, path(thing), body);
          expect(!refused(operation, told), lets(cell, visitor.at, thing), visitor, operation,
                 thing.id + "@" + thing.code + " " + std::string(thing.state), told);
          expect_well_refused(visitor, operation, told);
        }
      };
      const auto listed = [&](const std::vector<Thing>& things, const std::string& path, const std::string& member) {
        const Told told = ask(visitor, operation, path);
        expect_well_refused(visitor, operation, told);
        for (const Thing& thing : things) {
          ++cells;
          const bool seen =
              told.status == 200 && told.body.find("\"" + member + "\":\"" + thing.id + "\"") != std::string::npos;
          expect(seen, lets(cell, visitor.at, thing), visitor, operation, thing.id + "@" + thing.code, told);
        }
      };
      const std::string plain = route.path.find("{p}") == std::string_view::npos ? std::string(route.path)
                                                                                 : path_of(route, "nothing", "nothing");
      if (object == "task")
        each(
            tasks,
            [&](const Thing& t) { return path_of(route, t.id, operation == "rule_task" ? "transfer" : "receive"); },
            operation == "step_task" || operation == "rule_task" || operation == "return_task" ||
                    operation == "reopen_task" || operation == "see_persons"
                ? R"({"reason":"核对联系方式"})"
                : R"({"text":"x"})");
      else if (object == "tasks")
        listed(tasks, plain + "?limit=500", "id");
      else if (object == "record")
        each(
            records, [&](const Thing& t) { return path_of(route, t.id, "finish"); },
            route.kind == RouteKind::write ? R"({"reason":"核对联系方式"})" : "");
      else if (object == "records")
        listed(records, path_of(route, "note") + "?limit=500", "id");
      else if (object == "place" && operation == "place")
        each(
            places, [&](const Thing& t) { return path_of(route, t.id); }, "");
      else if (object == "place")
        each(
            places, [&](const Thing& t) { return plain + "?indicator=V-INC&period=2024&place=" + t.id; }, "");
      else if (object == "places")
        listed(places, plain + "?limit=500&indicator=V-POP&under=" + std::string(city), "code");
      else if (object == "import")
        each(
            imports, [&](const Thing& t) { return path_of(route, t.id); }, "{}");
      else if (object == "imports")
        listed(imports, plain, "id");
      else if (object == "assessed" &&
               (operation == "assessment" || operation == "robustness" || operation == "what_if"))
        listed(towns, path_of(route, assessment), "code");
      else if (operation == "sensitivity")
        each(
            towns, [&](const Thing& t) { return path_of(route, assessment) + "?base=16&place=" + t.id; }, "");
      else if (object == "assessed")
        each(
            towns, [&](const Thing& t) { return path_of(route, assessment, t.id); }, "");
      else if (object == "root")
        each(
            {places.front()}, [&](const Thing&) { return plain; }, "{}");
      else
        each(
            {Thing{}}, [&](const Thing&) { return plain + query_of(operation); }, "{}");
    }
  }
  EXPECT_GT(persons_told, 100u) << "those who may see them do";
  std::string journal;
  must(store->read([&](store::Database& db) {
    return store::read_journal(db, Seq{}, store->view()->seq, [&](const store::JournalRow& row) -> Status {
      journal += row.bytes;
      return {};
    });
  }));
  for (const std::string_view planted : {task_phone, task_identity, account_phone})
    EXPECT_EQ(journal.find(planted), std::string::npos) << planted;
  EXPECT_NE(journal.find("核对联系方式"), std::string::npos) << "the reason is written down";
  EXPECT_GE(cells, 10'000u);
  EXPECT_EQ(differences, 0u) << "of " << cells << " cells";
  RecordProperty("cells", static_cast<int>(cells));
  std::printf("role matrix: %zu cells, %zu differences\n", cells, differences);
}

TEST_F(RoleMatrix, AnotherUnitsIdsAreToldLikeIdsThatAreNot) {
  const auto clerk =
      std::ranges::find_if(visitors, [](const Visitor& v) { return v.role == "town_clerk" && v.at == "990901100000"; });
  const std::string elsewhere =
      std::ranges::find_if(tasks, [](const Thing& t) { return t.code == "990902000000"; })->id;
  for (const char* operation : {"task", "report_progress"}) {
    const Route& route = *by_operation.at(operation);
    Told theirs = ask(*clerk, operation, path_of(route, elsewhere), R"({"text":"x"})"),
         nothing = ask(*clerk, operation, path_of(route, "99999"), R"({"text":"x"})");
    EXPECT_EQ(theirs.status, 404);
    for (std::size_t at; (at = nothing.body.find("99999")) != std::string::npos;)
      nothing.body.replace(at, 5, elsewhere);
    EXPECT_EQ(theirs.body, nothing.body) << operation;
  }
}

}   // namespace
}   // namespace gangmu::http
