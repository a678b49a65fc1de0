// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace gangmu::http {
namespace {

const std::vector<Route>& table() {
  static const std::vector<Route> all{
      {.operation = "items", .path = "/v1/{p}/items", .table = true},
      {.operation = "add", .kind = RouteKind::write, .path = "/v1/{p}/items"},
      {.operation = "any", .path = "/v1/{p}/items/{id}"},
      {.operation = "explain", .path = "/v1/{p}/items/explain"},
      {.operation = "part", .path = "/v1/{p}/items/{id}/parts/{sub}", .table = true},
      {.operation = "changes", .kind = RouteKind::stream, .path = "/v1/{p}/changes"},
  };
  return all;
}

/// "operation p id sub [xlsx]", or the error in English.
std::string asked(std::string_view method, std::string_view path) {
  const Router router(table());
  const Result<Match> match = router.match(text::split(path.substr(1), '/'), method_of(method), method);
  if (!match) return match.error().text(Language::en);
  return std::string(match->route->operation) + " " + text::join(match->parameters, " ") +
         (match->as_xlsx ? " [xlsx]" : "");
}

TEST(Router, FindsTheRow) {
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items"), "items jiangmen");
  EXPECT_EQ(asked("HEAD", "/v1/jiangmen/items"), "items jiangmen");
  EXPECT_EQ(asked("POST", "/v1/jiangmen/items"), "add jiangmen");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/7"), "any jiangmen 7");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/explain"), "explain jiangmen");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/7/parts/a b"), "part jiangmen 7 a b");
}

TEST(Router, GivesAWorkbookWhereThereIsATable) {
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items.xlsx"), "items jiangmen [xlsx]");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/7/parts/b.xlsx"), "part jiangmen 7 b [xlsx]");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/7.xlsx"),
            "there is no /v1/jiangmen/items/7.xlsx; /api/v1/openapi.json lists what is");
  EXPECT_EQ(asked("POST", "/v1/jiangmen/items.xlsx"),
            "/v1/jiangmen/items.xlsx does not take POST; it takes GET, HEAD, OPTIONS");
}

TEST(Router, NamesWhatIsAllowed) {
  EXPECT_EQ(asked("DELETE", "/v1/jiangmen/items"),
            "/v1/jiangmen/items does not take DELETE; it takes GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(asked("HEAD", "/v1/jiangmen/changes"), "/v1/jiangmen/changes does not take HEAD; it takes GET, OPTIONS");
  EXPECT_EQ(asked("GET", "/v1/jiangmen"), "there is no /v1/jiangmen; /api/v1/openapi.json lists what is");
  EXPECT_EQ(asked("GET", "/v1//items"), "there is no /v1//items; /api/v1/openapi.json lists what is");
  EXPECT_EQ(asked("GET", "/v1/jiangmen/items/"), "there is no /v1/jiangmen/items/; /api/v1/openapi.json lists what is");
}

}   // namespace
}   // namespace gangmu::http
