// SPDX-License-Identifier: Apache-2.0
#include "cli/error_table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace gangmu::cli {
namespace {

TEST(ErrorTable, EveryKindHasItsOwnCodeAStatusAndBothTexts) {
  std::set<std::string> codes;
  for (const ErrorKind* kind : error_table()) {
    EXPECT_TRUE(codes.insert(kind->code()).second) << kind->code() << " stands twice";
    EXPECT_TRUE(kind->http_status == 200 || (kind->http_status >= 400 && kind->http_status < 600)) << kind->code();
    EXPECT_FALSE(kind->zh.empty()) << kind->code();
    EXPECT_FALSE(kind->en.empty()) << kind->code();
    const auto chinese = [](std::string_view text) {
      return text.find("\xE4") != text.npos || text.find("\xE5") != text.npos || text.find("\xE6") != text.npos ||
             text.find("\xE7") != text.npos;
    };
    EXPECT_TRUE(chinese(kind->zh)) << kind->code();
  }
  EXPECT_FALSE(codes.empty());
}

TEST(ErrorTable, IsWhatTheDocumentSays) {
  const std::string path = GANGMU_SOURCE_DIR "/docs/errors.md";
  if (std::getenv("GANGMU_BLESS") != nullptr) std::ofstream(path) << errors_markdown();
  std::ifstream file(path);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(kept == errors_markdown())
      << "docs/errors.md differs from the parts' errors.hpp; run this test with GANGMU_BLESS=1";
}

}   // namespace
}   // namespace gangmu::cli
