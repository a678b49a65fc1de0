// SPDX-License-Identifier: Apache-2.0
// Every command and flag, and every setting with its default, has its line in the documents; GANGMU_BLESS=1 writes them
// anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "base/text.hpp"
#include "cli/commands.hpp"

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void expect_document(const std::string& name, const std::string& wanted) {
  const fs::path path = fs::path(GANGMU_SOURCE_DIR) / "docs" / name;
  if (std::getenv("GANGMU_BLESS") != nullptr) std::ofstream(path) << wanted;
  EXPECT_TRUE(content_of(path) == wanted) << path << " is not what the program says; run this test with GANGMU_BLESS=1";
}

std::vector<fs::path> sources(std::string_view extension) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(GANGMU_SOURCE_DIR "/src"))
    if (entry.path().extension() == extension) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

TEST(Reference, EveryCommandAndFlagIsExplainedAndInTheDocument) {
  Machine machine;
  cli::Run run;
  CLI::App app{"", "gangmu"};
  add_commands(app, machine, run);
  for (const auto& [name, command] : all_commands(app)) {
    EXPECT_NE(command->get_description().find(" / "), std::string::npos) << name << " is told in one language only";
    for (const CLI::Option* option : command->get_options())
      EXPECT_FALSE(option->get_description().empty()) << name << " " << option->get_name();
  }
  expect_document("commands.md", commands_markdown(app));
}

TEST(Reference, EveryEnvironmentVariableIsInADocument) {
  const std::string documents = content_of(GANGMU_SOURCE_DIR "/docs/commands.md");
  static const std::regex asked(R"re(getenv\("(\w+)"\))re");
  int found = 0;
  for (const fs::path& file : sources(".cpp")) {
    if (file.string().ends_with("_test.cpp") || file.string().ends_with("_bench.cpp")) continue;
    const std::string text = content_of(file);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), asked); at != std::sregex_iterator(); ++at, ++found)
      EXPECT_NE(documents.find("`" + at->str(1)), std::string::npos) << at->str(1) << " of " << file;
  }
  EXPECT_GE(found, 2);
}

/// What the unit's file of settings and the container's set must be variables that a command takes.
TEST(Reference, TheSettingsOfTheUnitAreThoseOfTheCommands) {
  Machine machine;
  cli::Run run;
  CLI::App app{"", "gangmu"};
  add_commands(app, machine, run);
  std::set<std::string> taken{"GANGMU_CIPHER"};
  for (const auto& [name, command] : all_commands(app))
    for (const CLI::Option* option : command->get_options()) taken.insert(variable_of(name, *option));
  static const std::regex variable(R"(GANGMU_\w+)");
  for (const char* file : {"gangmu.env", "gangmu.service", "gangmu-backup.service", "gangmu-verify.service",
                           "gangmu-admin", "Dockerfile"}) {
    const std::string text = content_of(fs::path(GANGMU_SOURCE_DIR) / "deploy" / file);
    EXPECT_FALSE(text.empty()) << file;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), variable); at != std::sregex_iterator(); ++at)
      EXPECT_TRUE(taken.contains(at->str())) << file << ": no command takes " << at->str();
  }
}

TEST(Reference, TheManualPageNamesEveryCommand) {
  Machine machine;
  cli::Run run;
  CLI::App app{"", "gangmu"};
  add_commands(app, machine, run);
  const std::string page = content_of(GANGMU_SOURCE_DIR "/deploy/gangmu.1");
  for (const CLI::App* command : app.get_subcommands({}))
    EXPECT_NE(page.find("\n.B " + command->get_name() + "\n"), std::string::npos) << command->get_name();
}

// --- settings: members of the structs named Config and Limits
// -----------------------------------------------------------------

std::string settings_row(const std::string& line, const std::string& where) {
  static const std::regex member(R"(^  [\w:<>()&\s]+?[ >](\w+)(?:\s*=\s*([^;]+)|\{([^}]*)\})?;\s*(?:///<\s*(.*))?$)");
  std::smatch found;
  if (!std::regex_match(line, found, member)) {
    ADD_FAILURE() << where << " holds a line that is no setting: " << line;
    return {};
  }
  EXPECT_FALSE(found.str(4).empty()) << where << ": " << found.str(1) << " has no comment";
  std::string value = found.str(2) + found.str(3), is = found.str(4);
  std::erase(value, '\'');
  if (line.find("milliseconds") != std::string::npos) value += " ms";
  if (const std::size_t columns = is.rfind("  "); columns != std::string::npos)
    is = is.substr(columns + 2);   // "64 MiB   the file"
  return "| `" + found.str(1) + "` | " + (value.empty() ? "" : "`" + value + "`") + " | " + is + " |\n";
}

/// The table of each such struct of a header.
std::string settings_of(const fs::path& header) {
  const std::string name = fs::relative(header, GANGMU_SOURCE_DIR "/src").generic_string();
  std::string out;
  bool inside = false;
  for (const std::string& line : text::split(content_of(header), '\n')) {
    const bool config = line.starts_with("struct Config {");
    if (config || line.starts_with("struct Limits {")) {
      inside = true;
      out += "\n## " + name + ": " + (config ? "Config" : "Limits") + "\n\n| setting | default | is |\n|---|---|---|\n";
    } else if (line.starts_with("};")) {
      inside = false;
    } else if (inside && !line.empty()) {
      out += settings_row(line, name);
    }
  }
  return out;
}

TEST(Reference, EverySettingIsExplainedAndInTheDocument) {
  std::string wanted =
      "# Settings\n\nEvery limit and setting with its default, by the part that keeps it. Generated from the structs "
      "named `Config` and `Limits`\n"
      "(`make bless`). A refusal names the limit and its value. What may be chosen when the program is called, or in "
      "the\n"
      "environment, is in [commands.md](commands.md).\n";
  for (const fs::path& header : sources(".hpp")) wanted += settings_of(header);
  expect_document("settings.md", wanted);
}

}   // namespace
}   // namespace gangmu::cli
