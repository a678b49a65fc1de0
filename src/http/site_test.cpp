// SPDX-License-Identifier: Apache-2.0
// What is let in and what comes out, without a socket.
#include "http/site.hpp"

#include <gmock/gmock.h>

#include "base/json.hpp"
#include "http/testing.hpp"

namespace gangmu::http::testing {
namespace {

using ::testing::HasSubstr;

class SiteTest : public ::testing::Test {
 protected:
  /// "METHOD target" with headers; Host is added.
  Response ask(std::string_view line, std::vector<std::pair<std::string, std::string>> headers = {},
               std::string body = {}) {
    const std::size_t space = line.find(' ');
    Request request;
    request.id = "r-1";
    request.method_text = line.substr(0, space);
    request.method = method_of(request.method_text);
    request.target = line.substr(space + 1);
    request.headers = std::move(headers);
    request.headers.emplace_back("host", "localhost:8080");
    if (!body.empty()) request.headers.emplace_back("content-length", std::to_string(body.size()));
    request.body = std::move(body);
    Admission admission = site_.admit(request);
    if (admission.response) return *admission.response;
    admission.call.actor.id = actor_;
    const std::optional<Response> kept = site_.kept(request, admission);
    return kept ? *kept : site_.answer(request, admission);
  }
  static std::string header(const Response& response, std::string_view name) {
    return std::string(response.header(name));
  }

  std::string actor_ = "local";
  Platform platform_;
  Config config_;
  FixedClock clock_;
  Site site_{platform_.backend(), few_assets(), config_, clock_};
};

using Fields = std::vector<std::pair<std::string, std::string>>;
const Fields edit{{"idempotency-key", std::string(key)}, {"if-match", "\"7\""}, {"content-type", "application/json"}};

Fields without(const std::string& name, const Fields& fields = edit) {
  Fields out;
  for (const auto& field : fields)
    if (field.first != name) out.push_back(field);
  return out;
}
Fields with(const std::string& name, const std::string& value, const Fields& fields = edit) {
  Fields out = without(name, fields);
  out.emplace_back(name, value);
  return out;
}

TEST_F(SiteTest, ReadsCarryATagAndAnswer304) {
  const Response first = ask("GET /api/v1/demo/things/x1");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.bytes(), R"({"asked":"demo/x1","body":0})");
  const std::string tag = header(first, "ETag");
  EXPECT_EQ(tag, "W/\"41-demo.local-json-0.1.0-19676\"");
  EXPECT_EQ(header(first, "Cache-Control"), "private, no-cache");
  EXPECT_THAT(header(first, "Content-Disposition"), HasSubstr("filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx"));

  const Response again = ask("GET /api/v1/demo/things/x1", {{"if-none-match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.bytes(), "");
  EXPECT_EQ(header(again, "ETag"), tag);
  platform_.commit();
  EXPECT_EQ(ask("GET /api/v1/demo/things/x1", {{"if-none-match", tag}}).status, 200);
}

TEST_F(SiteTest, TheDayChangesTheTag) {
  const std::string tag = header(ask("GET /api/v1/demo/things"), "ETag");
  clock_.micros += 86'400'000'000;
  EXPECT_EQ(ask("GET /api/v1/demo/things", {{"if-none-match", tag}}).status, 200);
}

TEST_F(SiteTest, LargeAnswersAreZippedWhenAccepted) {
  const Response plain = ask("GET /api/v1/demo/things?q=x");
  EXPECT_EQ(plain.bytes().size(), 40'002u);
  const Response zipped = ask("GET /api/v1/demo/things?q=x", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_LT(zipped.bytes().size(), 2000u);
  EXPECT_EQ(header(ask("GET /api/v1/demo/things", {{"accept-encoding", "gzip"}}), "Content-Encoding"), "");
}

TEST_F(SiteTest, AnAnswerIsKeptUntilSomethingItRestsOnMoves) {
  const std::string thing = "GET /api/v1/demo/things/x1";
  const Response made = ask(thing);
  const Response kept = ask(thing);
  EXPECT_EQ(platform_.runs(), 1);
  EXPECT_EQ(kept.bytes(), made.bytes());
  EXPECT_EQ(kept.headers, made.headers);
  EXPECT_EQ(ask(thing, {{"if-none-match", header(made, "ETag")}}).status, 304);
  EXPECT_EQ(ask("HEAD /api/v1/demo/things/x1").status, 200);
  EXPECT_EQ(platform_.runs(), 1);

  platform_.commit();
  EXPECT_NE(header(ask(thing), "ETag"), header(made, "ETag"));
  EXPECT_EQ(platform_.runs(), 2);
  clock_.micros += 86'400'000'000;
  ask(thing);
  EXPECT_EQ(platform_.runs(), 3);
  actor_ = "another";
  ask(thing);
  EXPECT_EQ(platform_.runs(), 4);
  ask(thing, {{"accept-encoding", "gzip"}});
  ask("GET /api/v1/demo/things/x1?");
  EXPECT_EQ(platform_.runs(), 6);
}

TEST_F(SiteTest, WritesAndRefusalsAreNotKept) {
  const std::string note = "POST /api/v1/demo/things/x1/note";
  ask(note, edit, "{}");
  ask(note, edit, "{}");
  EXPECT_EQ(platform_.runs(), 2);
  EXPECT_EQ(ask("GET /api/v1/demo/broken").status, 500);
  EXPECT_EQ(ask("GET /api/v1/demo/broken").status, 500);
  EXPECT_EQ(platform_.runs(), 4);
}

TEST(SiteLimits, AnAnswerTooLargeToKeepIsMadeAgain) {
  Platform platform;
  Config config;
  config.kept_bytes = 8 * 40'000;
  const FixedClock clock;
  const Site site(platform.backend(), few_assets(), config, clock);
  Request request{.peer = "127.0.0.1",
                  .id = "r",
                  .target = "/api/v1/demo/things?q=x",
                  .headers = {{"host", "localhost"}},
                  .body = {}};
  for (const std::string target : {"/api/v1/demo/things?q=x", "/api/v1/demo/things"}) {
    request.target = target;
    Admission admission = site.admit(request);
    const Response made = site.answer(request, admission);
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(site.kept(request, admission).has_value(), !target.ends_with("q=x"));
  }
}

TEST_F(SiteTest, WritesNeedWhatTheContractSays) {
  const std::string note = "POST /api/v1/demo/things/x1/note";
  EXPECT_EQ(ask(note, edit, "{}").status, 200);
  EXPECT_EQ(header(ask(note, edit, "{}"), "ETag"), "");
  const struct {
    Fields fields;
    int status;
    std::string_view code;
  } table[] = {
      {without("idempotency-key"), 400, "http.request_key_missing"},
      {with("idempotency-key", "7"), 400, "http.request_key_malformed"},
      {without("if-match"), 428, "http.if_match_missing"},
      {with("if-match", "7"), 400, "http.if_match_malformed"},
      {without("content-type"), 415, "http.body_type"},
      {with("content-type", "text/plain"), 415, "http.body_type"},
      {with("content-encoding", "gzip"), 415, "http.body_encoding"},
      {with("origin", "http://evil.example"), 403, "http.cross_site"},
      {with("sec-fetch-site", "cross-site"), 403, "http.cross_site"},
  };
  for (const auto& row : table) {
    const Response response = ask(note, row.fields, "{}");
    EXPECT_EQ(response.status, row.status) << row.code;
    EXPECT_THAT(response.body, HasSubstr(row.code));
  }
  EXPECT_EQ(ask(note, with("content-type", "Application/JSON; charset=utf-8"), "{}").status, 200);
  EXPECT_EQ(ask(note, edit, std::string(1025, ' ')).status, 413);
  EXPECT_EQ(ask("POST /api/v1/demo/things", with("content-type", "application/octet-stream"), "PK").status, 201);
}

TEST_F(SiteTest, NamesWhatIsWrongWithTheAddress) {
  EXPECT_EQ(ask("GET /api/v1/demo/nothing").status, 404);
  EXPECT_EQ(ask("GET /api/v1/demo/things?levl=town").status, 400);
  EXPECT_THAT(ask("GET /api/v1/demo/things?levl=town").body, HasSubstr("did you mean 'level'?"));
  EXPECT_EQ(ask("GET /api/v1/demo/things/%00").status, 400);
  EXPECT_EQ(ask("GET /" + std::string(4096, 'a')).status, 414);
  EXPECT_EQ(ask("BREW /api/v1/demo/things").status, 501);
  const Response refused = ask("DELETE /api/v1/demo/things");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header(refused, "Allow"), "GET, HEAD, POST, OPTIONS");
  const Response options = ask("OPTIONS /api/v1/demo/things");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(header(options, "Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(ask("POST /index.html").status, 405);
  EXPECT_EQ(ask("GET /api/v1/demo/things", {{"content-length", "5"}}).status, 413);
}

TEST_F(SiteTest, TheHeaderHasALimit) {
  Fields many(64, {"x-a", "1"});
  EXPECT_EQ(ask("GET /api/v1/demo/things", many).status, 431);
}

TEST_F(SiteTest, ServesTheFrontEnd) {
  const Response page = ask("GET /");
  EXPECT_EQ(page.bytes(), "<!doctype html><title>page</title>");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  EXPECT_EQ(ask("GET /jiangmen/places/440785000000").bytes(), page.bytes());   // a page of the front end
  EXPECT_EQ(ask("GET /jiangmen/registers/project/2.project.1").bytes(), page.bytes());
  EXPECT_EQ(ask("GET /jiangmen/registers/project/2.project.js").status, 404);
  EXPECT_EQ(ask("GET /missing.png").status, 404);
  EXPECT_EQ(ask("GET /assets/gone").status, 404);
  EXPECT_EQ(ask("GET /", {{"if-none-match", header(page, "ETag")}}).status, 304);

  const std::string script = "GET /assets/index-4f0c21aa.js";
  EXPECT_EQ(header(ask(script), "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(ask(script).bytes().size(), 5000u);
  EXPECT_EQ(ask(script, {{"accept-encoding", "gzip, br"}}).bytes(), "brotli-bytes");
  const Response zipped = ask(script, {{"accept-encoding", "gzip"}});
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_LT(zipped.bytes().size(), 200u);
}

TEST_F(SiteTest, NoPathLeavesTheAssets) {
  for (const std::string_view path :
       {"/../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc/passwd.js",
        "/assets/%2fetc%2fpasswd.js", "//etc/passwd.js", "/assets\\..\\x.js"}) {
    const Response response = ask("GET " + std::string(path));
    EXPECT_TRUE(response.status == 400 || response.status == 404) << path << " " << response.status;
  }
}

TEST_F(SiteTest, AFailureInsideIsTold) {
  const Response response = ask("GET /api/v1/demo/broken");
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, HasSubstr("http.internal"));
}

TEST_F(SiteTest, DescribesItself) { EXPECT_TRUE(Json::parse(ask("GET /api/v1/openapi.json").body)); }

}   // namespace
}   // namespace gangmu::http::testing
