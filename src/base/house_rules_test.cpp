// SPDX-License-Identifier: Apache-2.0
// Rules of the house that a reader can't see in one file: where the system is touched, and what every file and folder
// has.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/house_test.hpp"

namespace gangmu::house {
namespace {

using Names = std::vector<std::string>;

/// Calls that only the listed files may make; a name that ends with '/' lists a folder. Tests are free.
struct Wrapped {
  std::string what;
  Names patterns;
  Names wrappers;
};

const Names libm{"exp",  "exp2", "expm1", "log",  "log2", "log10", "log1p", "pow",   "sin", "cos",  "tan",    "asin",
                 "acos", "atan", "atan2", "sinh", "cosh", "tanh",  "cbrt",  "hypot", "erf", "erfc", "tgamma", "lgamma"};

/// "std::exp(" and "::exp(" anywhere; "exp(" where using-declarations could hide the same call.
Names calls_of(const Names& functions) {
  Names out;
  for (const std::string& f : functions)
    for (const std::string prefix : {"std::", "::", ""}) out.push_back(prefix + f + "(");
  return out;
}

const std::vector<Wrapped> wrapped{
    {"the system's clock",
     {"system_clock", "steady_clock", "high_resolution_clock", "time(nullptr", "time(NULL", "time(0", "std::time(",
      "gettimeofday", "clock_gettime", "localtime", "localtime_r", "gmtime", "gmtime_r"},
     {"store/system.cpp", "http/connection.hpp"}},
    {"randomness of the system",
     {"random_device", "getrandom", "getentropy", "RAND_bytes", "arc4random", "srand", "rand(", "std::rand("},
     {"store/system.cpp"}},
    {"threads",
     {"std::thread", "std::jthread", "std::async", "pthread_create"},
     {"base/parallel.cpp", "store/writer.cpp", "store/keeper.cpp", "http/testing.hpp", "cli/"}},
    {"files",
     {"fopen", "ifstream", "ofstream", "std::fstream", "tmpfile", "mkstemp", "memfd_create", "::open(", "::openat(",
      "std::filesystem::remove", "std::filesystem::rename", "std::filesystem::create_directories",
      "std::filesystem::directory_iterator", "std::filesystem::recursive_directory_iterator"},
     {"store/system.cpp", "sheet/xlsx_writer.cpp", "cli/"}},
    {"the C library's functions that vary with the machine; use base/math.hpp",
     calls_of(libm),
     {"base/math.hpp", "base/math.cpp"}},
    {"permits to unmask personal data", {"UnmaskPermit::grant"}, {"store/vault.cpp", "app/persons.cpp"}},
};

bool word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Is the pattern at `i` a name of its own, not the end of another, a member, or one of another namespace?
bool stands_alone(std::string_view line, std::size_t i, std::string_view pattern) {
  const char before = i == 0 ? ' ' : line[i - 1];
  const std::size_t end = i + pattern.size();
  if (word(pattern.back()) && end < line.size() && word(line[end])) return false;
  if (pattern.front() == ':') return !word(before) && before != '>' && before != ':';
  if (word(before)) return false;
  const bool bare_call = pattern.find('(') != std::string_view::npos && pattern.find("::") == std::string_view::npos;
  return !bare_call || (before != ':' && before != '.' && before != '>');
}

bool occurs(std::string_view line, std::string_view pattern) {
  for (std::size_t i = line.find(pattern); i != std::string_view::npos; i = line.find(pattern, i + 1))
    if (stands_alone(line, i, pattern)) return true;
  return false;
}

bool listed_in(const Names& wrappers, std::string_view path) {
  return std::any_of(wrappers.begin(), wrappers.end(),
                     [&](const std::string& w) { return w == path || (w.ends_with('/') && path.starts_with(w)); });
}

Findings stray_calls(const Source& source) {
  Findings out;
  if (is_test(source.path)) return out;
  const std::string code = without_comments(source.text, Keep::code_only);
  int number = 0;
  for (const std::string_view line : lines_of(code)) {
    ++number;
    for (const Wrapped& rule : wrapped) {
      if (listed_in(rule.wrappers, source.path)) continue;
      for (const std::string& pattern : rule.patterns)
        if (occurs(line, pattern)) out.push_back(at(source.path, number) + pattern + " (" + rule.what + ")");
    }
  }
  return out;
}

Findings unlicensed(const Source& source) {
  if (source.text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) return {};
  return {at(source.path, 1) + "the first line must be the SPDX line"};
}

Findings too_long(const Source& source) {
  constexpr std::size_t limit = 600;
  const std::size_t n = lines_of(source.text).size();
  if (n <= limit) return {};
  return {at(source.path, static_cast<int>(n)) + "more than " + std::to_string(limit) +
          " lines: look for the concept that wants out"};
}

/// Words that mean nothing outside the place where this was written. (Cut in two here, since this file is searched
/// too.)
const Names private_words{
    "../sha"
    "red",
    "/wo"
    "rk/",
    "desi"
    "gn.md"};

Findings private_mentions(const Source& source) {
  Findings out;
  if (source.text.find('\0') != std::string::npos) return out;   // not text
  for (const std::string& w : private_words) {
    const std::size_t found = source.text.find(w);
    if (found == std::string::npos) continue;
    const auto line =
        std::count(source.text.begin(), source.text.begin() + static_cast<std::ptrdiff_t>(found), '\n') + 1;
    out.push_back(at(source.path, static_cast<int>(line)) + "mentions " + w);
  }
  return out;
}

/// Files under version control or about to be; those of src/ where there is no repository.
std::vector<Source> tracked_files() {
  const std::string root = GANGMU_SOURCE_DIR;
  const std::string command = "git -C '" + root + "' ls-files -z --cached --others --exclude-standard 2>/dev/null";
  std::string names;
  if (FILE* const pipe = popen(command.c_str(), "r")) {
    std::array<char, 4096> buffer{};
    while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) names.append(buffer.data(), n);
    pclose(pipe);
  }
  if (names.empty()) return sources();
  std::vector<Source> out;
  for (std::size_t i = 0; i < names.size();) {
    const std::size_t end = names.find('\0', i);
    const std::string name = names.substr(i, end - i);
    if (std::filesystem::is_regular_file(root + "/" + name)) out.push_back({name, read(root + "/" + name)});
    i = end + 1;
  }
  return out;
}

template <class Rule>
Findings over(const std::vector<Source>& files, const Rule& rule) {
  Findings out;
  for (const Source& file : files) append(out, rule(file));
  return out;
}

TEST(House, TheSystemIsTouchedOnlyInItsWrappers) {
  const Findings findings = over(sources(), stray_calls);
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(House, EveryFileNamesItsLicence) {
  const Findings findings = over(sources(), unlicensed);
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(House, NoFileIsTooLong) {
  const Findings findings = over(sources(), too_long);
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(House, NothingMentionsThePlaceWhereItWasWritten) {
  const Findings findings = over(tracked_files(), private_mentions);
  EXPECT_TRUE(findings.empty()) << listed(findings);
}

TEST(House, EveryPartHasItsReadme) {
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(GANGMU_SOURCE_DIR) / "src")) {
    const bool part = entry.is_directory() && !std::filesystem::is_empty(entry.path());
    EXPECT_TRUE(!part || std::filesystem::exists(entry.path() / "README.md")) << entry.path().filename();
  }
}

TEST(House, TheWrappersThatExistAreUsed) {
  // A list that keeps a file which no longer needs to be on it would hide the next stray call there.
  for (const Source& source : sources())
    for (const Wrapped& rule : wrapped) {
      if (std::find(rule.wrappers.begin(), rule.wrappers.end(), source.path) == rule.wrappers.end()) continue;
      if (source.path.starts_with("base/math.")) continue;   // defines what it wraps
      const std::string code = without_comments(source.text, Keep::code_only);
      EXPECT_TRUE(std::any_of(rule.patterns.begin(), rule.patterns.end(),
                              [&](const std::string& p) { return occurs(code, p); }))
          << source.path << " need not be listed for " << rule.what;
    }
}

TEST(House, FindsStrayCalls) {
  const struct {
    std::string path, code;
    std::size_t findings;
  } rows[] = {
      {"app/x.cpp", "auto t = std::chrono::system_clock::now();", 1},
      {"app/x.cpp", "auto t = time(nullptr);", 1},
      {"app/x.cpp", "auto t = task.time(0);", 0},
      {"store/system.cpp", "auto t = std::chrono::system_clock::now();", 0},
      {"app/x.cpp", "std::random_device r;", 1},
      {"app/x.cpp", "int r = rand();", 1},
      {"app/x.cpp", "int r = operand(2) + random.next();", 0},
      {"score/x.cpp", "std::thread t;", 1},
      {"score/x.cpp", "std::this_thread::yield(); auto n = std::threads;", 0},
      {"base/parallel.cpp", "std::thread t;", 0},
      {"pack/x.cpp", "std::ifstream in(path);", 1},
      {"pack/x.cpp", "FILE* f = fopen(p, \"r\");", 1},
      {"store/x.cpp", "int fd = ::open(p, 0);", 1},
      {"store/x.cpp", "auto s = Store::open(p); auto t = Box<int>::open(p);", 0},
      {"cli/lint.cpp", "std::ifstream in(path);", 0},
      {"score/x.cpp", "y = std::exp(x);", 1},
      {"score/x.cpp", "y = ::pow(x, 2);", 1},
      {"score/x.cpp", "y = log(x);", 1},
      {"score/x.cpp",
       "y = math::exp(x) + gangmu::math::pow(x, 2) + scheme.log(x) + p->log(1) + catalog(2) + std::sqrt(x);", 0},
      {"base/math.cpp", "double exp(double x) {", 0},
      {"store/x.cpp", "auto p = UnmaskPermit::grant(a, b);", 1},
      {"score/x.cpp", "// std::thread\n/* std::thread\nstd::thread */ int x;", 0},
      {"score/x.cpp", "auto s = \"std::thread\"; auto r = R\"(std::exp(x))\"; int n = 1'000; // '", 0},
      {"score/x.cpp", "int n = 1'000; char c = '\"'; std::thread t; char d = '\\''; std::jthread u;", 2},
      {"score/x_test.cpp", "std::thread t;", 0},
  };
  for (const auto& row : rows)
    EXPECT_EQ(stray_calls({row.path, row.code}).size(), row.findings) << row.path << ": " << row.code;
  EXPECT_EQ(stray_calls({"score/x.cpp", "/* a\nb */\nstd::thread t;"})[0], "score/x.cpp:3: std::thread (threads)");
}

TEST(House, FindsFilesWithoutLicenceAndFilesTooLong) {
  EXPECT_TRUE(unlicensed({"a/b.cpp", "// SPDX-License-Identifier: Apache-2.0\n"}).empty());
  EXPECT_EQ(unlicensed({"a/b.cpp", "#pragma once\n// SPDX-License-Identifier: Apache-2.0\n"}).size(), 1U);
  EXPECT_EQ(unlicensed({"a/b.cpp", ""}).size(), 1U);
  EXPECT_TRUE(too_long({"a/b.cpp", std::string(600, '\n')}).empty());
  EXPECT_EQ(too_long({"a/b.cpp", std::string(601, '\n')}).size(), 1U);
}

TEST(House, FindsPrivateMentions) {
  for (const std::string& w : private_words)
    EXPECT_EQ(private_mentions({"a", "one\nsee " + w + "\n"}), Findings{"a:2: mentions " + w});
  EXPECT_TRUE(private_mentions({"a", "docs/decisions.md, framework/x"}).empty());
  EXPECT_TRUE(private_mentions({"a.png", std::string("\0", 1) + private_words[1]}).empty());
}

}   // namespace
}   // namespace gangmu::house
