// SPDX-License-Identifier: Apache-2.0
// What must not compile is shown not to: the samples are handed to the compiler, and each must be refused by name while
// the permitted ways through the same headers compile.
#include "base/personal.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace gangmu {
namespace {

constexpr const char* permitted = R"(
#include <fmt/core.h>
#include <ostream>
#include <string>
#include "base/json.hpp"
#include "base/personal.hpp"
using namespace gangmu;
using Name = Personal<std::string>;
std::string plain(const std::string& s) { return fmt::format("{}", s); }
void print(std::ostream& out, const std::string& s) { out << s; }
Json json(const std::string& s) { return Json(s); }
bool same(const std::string& a, const std::string& b) { return a == b; }
std::string opened(const Name& p, const UnmaskPermit& permit) { return p.open(permit); }
bool empty(const Name& p) { return p.empty(); }
)";

struct Leak {
  std::string name, code;
};
const Leak leaks[] = {
    {"leak_format", "std::string leak(const Name& p) { return fmt::format(\"{}\", p); }"},
    {"leak_stream", "void leak(const Name& p, std::ostream& out) { out << p; }"},
    {"leak_compare", "bool leak(const Name& p, const Name& q) { return p == q; }"},
    {"leak_json", "Json leak_json(const Name& p) { return Json(p); }"},
    {"leak_convert", "std::string leak_string(const Name& p) { return p; }"},
    {"leak_no_permit", "std::string leak_open(const Name& p) { return p.open(); }"},
    {"leak_forged_permit", "UnmaskPermit forged() { return UnmaskPermit(\"me\", \"because\"); }"},
};

struct Verdict {
  bool compiles = false;
  std::string says;
};

Verdict compile(const std::string& code) {
  char path[] = "/tmp/gangmu-personal-XXXXXX.cpp";
  const int descriptor = mkstemps(path, 4);
  EXPECT_GE(descriptor, 0);
  close(descriptor);
  std::ofstream(path) << code;
  const std::string command =
      std::string("LC_ALL=C c++ -std=c++20 -fsyntax-only -I'") + GANGMU_SOURCE_DIR + "/src' " + path + " 2>&1";
  Verdict out;
  FILE* const pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::array<char, 4096> buffer{};
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) out.says.append(buffer.data(), n);
  const int status = pclose(pipe);
  out.compiles = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  std::remove(path);
  return out;
}

TEST(Personal, OpensOnlyWithAPermit) {
  const Personal<std::string> name(std::string("示例"));
  const auto permit = UnmaskPermit::grant("clerk-1", "case 17");
  EXPECT_EQ(name.open(permit), "示例");
  EXPECT_EQ(permit.actor(), "clerk-1");
  EXPECT_EQ(permit.reason(), "case 17");
  EXPECT_TRUE(Personal<std::string>().empty());
}

TEST(Personal, PermittedUsesCompile) {
  const Verdict verdict = compile(permitted);
  EXPECT_TRUE(verdict.compiles) << verdict.says;
}

TEST(Personal, LeaksDoNotCompile) {
  std::string code = permitted;
  for (const Leak& leak : leaks) code += "#line 1 \"" + leak.name + "\"\n" + leak.code + "\n";
  const Verdict verdict = compile(code);
  EXPECT_FALSE(verdict.compiles);
  for (const Leak& leak : leaks)
    EXPECT_NE(verdict.says.find(leak.name + ":1:"), std::string::npos) << leak.code << "\n" << verdict.says;
}

}   // namespace
}   // namespace gangmu
