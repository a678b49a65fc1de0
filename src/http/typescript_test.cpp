// SPDX-License-Identifier: Apache-2.0
#include "http/typescript.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace gangmu::http {
namespace {

TEST(ApiTypes, AreWrittenAsTypeScriptWritesThem) {
  EXPECT_EQ(typescript_type("[Task]"), "Task[]");
  EXPECT_EQ(typescript_type("[string]"), "string[]");
  EXPECT_EQ(typescript_type("Figure?"), "Figure | null");
  EXPECT_EQ(typescript_type("[Figure?]"), "(Figure | null)[]");
  EXPECT_EQ(typescript_type("{string}"), "Record<string, string>");
  EXPECT_EQ(typescript_type("a|b"), "'a' | 'b'");
  EXPECT_EQ(typescript_type("decimal"), "string");
  EXPECT_EQ(typescript_type("integer?"), "number | null");
  EXPECT_EQ(typescript_type("boolean"), "boolean");
  EXPECT_EQ(typescript_type("any"), "unknown");
}

TEST(ApiTypes, AreWhatTheFrontEndCompilesAgainst) {
  const std::string path = GANGMU_SOURCE_DIR "/web/src/api/types.ts";
  if (std::getenv("GANGMU_BLESS") != nullptr) std::ofstream(path) << typescript();
  std::ifstream file(path);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(kept == typescript()) << path << " differs from the schemas; run this test with GANGMU_BLESS=1";
}

}   // namespace
}   // namespace gangmu::http
