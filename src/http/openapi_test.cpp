// SPDX-License-Identifier: Apache-2.0
// The description is whole: every route named, documented in both languages, with its right, its answer and its
// refusals; and docs/api.md is what the table says (GANGMU_BLESS=1 rewrites it).
#include "http/openapi.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "http/routes.hpp"
#include "http/schemas.hpp"

namespace gangmu::http {
namespace {

Json description() {
  Result<Json> parsed = Json::parse(openapi_json(routes(), "0.1.0"));
  EXPECT_TRUE(parsed);
  return parsed ? *parsed : Json();
}

TEST(OpenApi, EveryRouteIsDescribed) {
  const Json api = description();
  std::set<std::string> operations;
  for (const Route& route : routes()) {
    const std::string method = route.kind == RouteKind::write ? "post" : "get";
    const Json& operation = api["paths"][route.path][method];
    EXPECT_EQ(operation["operationId"].string_or(""), route.operation);
    EXPECT_TRUE(operations.insert(std::string(route.operation)).second) << route.operation;
    EXPECT_FALSE(operation["x-permission"].string_or("").empty()) << route.operation;
    EXPECT_FALSE(route.zh.empty() || route.en.empty()) << route.operation;
    EXPECT_NE(operation["responses"]["default"].object(), nullptr) << route.operation;
    EXPECT_NE(operation["responses"][std::to_string(route.success)].object(), nullptr) << route.operation;
    for (const Parameter& parameter : route.query)
      EXPECT_FALSE(parameter.zh.empty() || parameter.en.empty()) << parameter.name;
    if (route.table) {
      EXPECT_NE(api["paths"][std::string(route.path) + ".xlsx"]["get"].object(), nullptr) << route.operation;
    }
  }
}

TEST(OpenApi, TheTableIsSound) {
  for (const Route& route : routes()) {
    const bool answered_here = route.kind == RouteKind::own || route.kind == RouteKind::stream;
    EXPECT_EQ(route.use_case == nullptr, answered_here) << route.operation;
    EXPECT_EQ(route.kind == RouteKind::write, route.body != BodyKind::none) << route.operation;
    EXPECT_EQ(route.body != BodyKind::none, route.body_bytes > 0) << route.operation;
    EXPECT_LE(path_parameters(route.path).size(), 3u) << route.operation;
    if (route.body == BodyKind::json) { EXPECT_NE(find_schema(route.body_schema), nullptr) << route.operation; }
    if (route.answer.find('/') == std::string_view::npos) {
      EXPECT_NE(find_schema(route.answer), nullptr) << route.operation;
    }
  }
}

TEST(Schemas, NameOnlyWhatThereIs) {
  static const std::set<std::string> primitives{"string", "integer", "boolean", "any", "decimal",
                                                "period", "date",    "instant", "code"};
  std::set<std::string> used, known;
  for (const Route& route : routes()) used.insert({std::string(route.answer), std::string(route.body_schema)});
  for (const Schema& schema : schemas()) {
    EXPECT_TRUE(known.insert(schema.name).second) << schema.name;
    EXPECT_FALSE(schema.zh.empty() || schema.en.empty() || schema.zh == schema.en) << schema.name;
    for (const Member& member : schema.members) {
      const std::vector<std::string> names = names_in(member.type);
      used.insert(names.begin(), names.end());
      const std::string bare = member.type.substr(member.type.find_first_not_of("[{"));
      const std::string word = bare.substr(0, bare.find_first_of("]}?|"));
      EXPECT_TRUE(!names.empty() || member.type.find('|') != std::string::npos || primitives.contains(word))
          << schema.name << "." << member.name << ": " << member.type;
    }
  }
  for (const std::string& name : used)
    if (!name.empty() && name.find('/') == std::string::npos) { EXPECT_TRUE(known.contains(name)) << name; }
  known.erase("Problem");
  for (const std::string& name : known) EXPECT_TRUE(used.contains(name)) << name << " is used nowhere";
}

TEST(Schemas, BecomeJsonSchema) {
  EXPECT_EQ(json_schema("[Task]").canonical(), R"({"items":{"$ref":"#/components/schemas/Task"},"type":"array"})");
  EXPECT_EQ(json_schema("integer?").canonical(), R"({"anyOf":[{"type":"integer"},{"type":"null"}]})");
  EXPECT_EQ(json_schema("{string}").canonical(), R"({"additionalProperties":{"type":"string"},"type":"object"})");
  EXPECT_EQ(json_schema("a|b").canonical(), R"({"enum":["a","b"],"type":"string"})");
  const Json figure = json_schema(*find_schema("Figure"));
  EXPECT_EQ(figure["required"].canonical(), R"(["state","period","indicator","place"])");
  EXPECT_NE(figure["properties"]["grade"].object(), nullptr);
}

TEST(ApiDocument, IsWhatTheTableSays) {
  const std::string path = GANGMU_SOURCE_DIR "/docs/api.md";
  if (std::getenv("GANGMU_BLESS") != nullptr) std::ofstream(path) << api_markdown(routes());
  std::ifstream file(path);
  std::stringstream kept;
  kept << file.rdbuf();
  EXPECT_TRUE(kept.str() == api_markdown(routes()))
      << "docs/api.md differs from the route table; run this test with GANGMU_BLESS=1";
}

}   // namespace
}   // namespace gangmu::http
