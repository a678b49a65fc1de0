// SPDX-License-Identifier: Apache-2.0
// The floors of the house: an include may only point down. The kernels are pure, so the headers that reach outside are
// closed to them; the slow network headers are seen by the server alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/house_test.hpp"

namespace gangmu::house {
namespace {

using Parts = std::set<std::string>;

Parts operator+(Parts a, const Parts& b) {
  a.insert(b.begin(), b.end());
  return a;
}

const Parts ground{"base"};
const Parts low = ground + Parts{"formula", "place"};
const Parts facts = low + Parts{"fact"};
const Parts kernels = facts + Parts{"access", "flow", "record", "ledger", "match", "atlas", "score", "plan"};
const Parts packs = kernels + Parts{"sheet", "pack"};
const Parts application = packs + Parts{"sim", "store"};

/// What each part may include besides itself.
const std::map<std::string, Parts> floors{
    {"base", {}},
    {"formula", ground},
    {"place", ground},
    {"access", low},
    {"fact", low},
    {"flow", ground + Parts{"formula"}},
    {"record", low + Parts{"flow"}},
    {"ledger", low},
    {"match", low},
    {"atlas", low},
    {"score", facts},
    {"plan", facts + Parts{"flow", "record"}},
    {"sheet", ground},
    {"pack", kernels + Parts{"sheet"}},
    {"sim", packs},
    {"store", kernels},
    {"app", application},
    {"http", application + Parts{"app", "web"}},
    {"cli", application + Parts{"app", "http", "web"}},
};

/// Pure: bytes and values in, bytes and values out.
const Parts pure = kernels + Parts{"sheet"};
const Parts outside{"thread",   "future",  "fstream",    "filesystem",   "chrono", "random", "iostream",
                    "unistd.h", "fcntl.h", "sys/stat.h", "sys/socket.h", "time.h", "ctime",  "pthread.h"};
/// Exceptions: threads are wrapped, libxlsxwriter can only be given a file, so it gets one in memory, and the calendar
/// of <chrono> is arithmetic.
const std::map<std::string, Parts> exceptions{
    {"base/parallel.cpp", {"thread"}},
    {"base/date.cpp", {"chrono"}},
    {"sheet/xlsx_writer.cpp", {"unistd.h", "sys/stat.h"}},
};
const std::set<std::string> may_see_the_network{"http/server.cpp", "http/exchange.cpp", "http/server_parts.hpp",
                                                "http/connection.hpp"};

Findings upward(const Source& source) {
  Findings out;
  const std::string part = part_of(source.path);
  const auto floor = floors.find(part);
  if (floor == floors.end()) return {at(source.path, 1) + "no such part of the house: " + part};
  for (const Include& include : includes_of(source.text)) {
    if (!include.quoted) continue;
    const std::string target = part_of(include.target);
    if (target != part && !floor->second.contains(target))
      out.push_back(at(source.path, include.line) + part + " may not see \"" + include.target + "\"");
  }
  return out;
}

Findings impure(const Source& source) {
  Findings out;
  if (!pure.contains(part_of(source.path)) || is_test(source.path)) return out;
  const auto exception = exceptions.find(source.path);
  const Parts granted = exception == exceptions.end() ? Parts{} : exception->second;
  for (const Include& include : includes_of(source.text))
    if (!include.quoted && outside.contains(include.target) && !granted.contains(include.target))
      out.push_back(at(source.path, include.line) + "a kernel may not include <" + include.target + ">");
  return out;
}

Findings networked(const Source& source) {
  Findings out;
  if (may_see_the_network.contains(source.path)) return out;
  for (const Include& include : includes_of(source.text))
    if (include.target.starts_with("boost/beast") || include.target.starts_with("boost/asio"))
      out.push_back(at(source.path, include.line) + "Beast and Asio belong to the server (http/server_parts.hpp)");
  return out;
}

/// A way from the part back to itself through what parts may see; "" when there is none.
std::string cycle_from(const std::string& start) {
  std::vector<std::string> waiting{start};
  Parts seen;
  while (!waiting.empty()) {
    const std::string part = waiting.back();
    waiting.pop_back();
    const auto floor = floors.find(part);
    if (floor == floors.end()) continue;
    if (floor->second.contains(start)) return start + " is seen from " + part;
    for (const std::string& next : floor->second)
      if (seen.insert(next).second) waiting.push_back(next);
  }
  return "";
}

TEST(IncludeGraph, PointsDown) {
  Findings findings;
  for (const Source& source : sources()) append(findings, upward(source));
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(IncludeGraph, KernelsIncludeNothingThatReachesOutside) {
  Findings findings;
  for (const Source& source : sources()) append(findings, impure(source));
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(IncludeGraph, TheNetworkIsSeenByTwoFiles) {
  Findings findings;
  for (const Source& source : sources()) append(findings, networked(source));
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(IncludeGraph, TheFloorsHaveNoCycle) {
  for (const auto& [part, sees] : floors) EXPECT_EQ(cycle_from(part), "");
}

TEST(IncludeGraph, FindsArrowsThatPointUpOrSideways) {
  const struct {
    std::string path, include;
    bool allowed;
  } rows[] = {
      {"base/json.cpp", "base/text.hpp", true},    {"base/json.cpp", "place/tree.hpp", false},
      {"fact/cube.cpp", "place/tree.hpp", true},   {"fact/cube.cpp", "score/scheme.hpp", false},
      {"fact/cube.cpp", "ledger/book.hpp", false}, {"flow/case.cpp", "fact/cube.hpp", false},
      {"score/mean.cpp", "fact/cube.hpp", true},   {"score/mean.cpp", "plan/task.hpp", false},
      {"plan/task.cpp", "fact/cube.hpp", true},    {"plan/task.cpp", "sheet/csv.hpp", false},
      {"sheet/csv.cpp", "base/grid.hpp", true},    {"sheet/csv.cpp", "place/tree.hpp", false},
      {"pack/read.cpp", "sheet/csv.hpp", true},    {"pack/read.cpp", "store/tx.hpp", false},
      {"sim/city.cpp", "pack/pack.hpp", true},     {"sim/city.cpp", "store/tx.hpp", false},
      {"store/tx.cpp", "plan/task.hpp", true},     {"store/tx.cpp", "sheet/csv.hpp", false},
      {"store/tx.cpp", "pack/pack.hpp", false},    {"store/tx.cpp", "app/tasks.hpp", false},
      {"app/tasks.cpp", "store/tx.hpp", true},     {"app/tasks.cpp", "http/server.hpp", false},
      {"http/tasks.cpp", "app/tasks.hpp", true},   {"http/tasks.cpp", "cli/serve.hpp", false},
      {"cli/serve.cpp", "http/server.hpp", true},  {"cli/main.cpp", "base/result.hpp", true},
      {"score/mean.cpp", "scheme.hpp", false},     {"fact/cube_test.cpp", "sim/city.hpp", false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(upward({row.path, "// first\n#include \"" + row.include + "\"\n"}).empty(), row.allowed)
        << row.path << " " << row.include;
  EXPECT_EQ(upward({"misc/x.cpp", ""}).size(), 1U);
  EXPECT_TRUE(upward({"base/x.cpp", "// #include \"app/tasks.hpp\"\n"}).empty());
  EXPECT_EQ(upward({"base/x.cpp", "\n #  include \"app/tasks.hpp\""})[0],
            "base/x.cpp:2: base may not see \"app/tasks.hpp\"");
}

TEST(IncludeGraph, FindsImpureHeaders) {
  EXPECT_EQ(impure({"score/mean.cpp", "#include <vector>\n#include <thread>\n"}),
            Findings{"score/mean.cpp:2: a kernel may not include <thread>"});
  EXPECT_EQ(impure({"sheet/csv.cpp", "#include <fstream>\n"}).size(), 1U);
  EXPECT_EQ(impure({"plan/due.hpp", "#include <chrono>\n#include <filesystem>\n"}).size(), 2U);
  EXPECT_TRUE(impure({"base/parallel.cpp", "#include <thread>\n"}).empty());
  EXPECT_EQ(impure({"base/parallel.cpp", "#include <fstream>\n"}).size(), 1U);
  EXPECT_TRUE(impure({"score/mean_test.cpp", "#include <fstream>\n"}).empty());
  EXPECT_TRUE(impure({"store/system.cpp", "#include <fstream>\n"}).empty());
}

TEST(IncludeGraph, FindsTheNetworkElsewhere) {
  EXPECT_EQ(networked({"http/tasks.cpp", "#include <boost/beast/http.hpp>\n"}).size(), 1U);
  EXPECT_EQ(networked({"cli/serve.cpp", "#include <boost/asio.hpp>\n"}).size(), 1U);
  EXPECT_TRUE(networked({"http/server.cpp", "#include <boost/asio.hpp>\n"}).empty());
  EXPECT_TRUE(networked({"base/json.cpp", "#include <boost/json/basic_parser_impl.hpp>\n"}).empty());
}

}   // namespace
}   // namespace gangmu::house
