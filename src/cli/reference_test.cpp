// SPDX-License-Identifier: Apache-2.0
// Every command and flag, and every setting with its default, has its line in the documents; GANGMU_BLESS=1 writes them anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

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

TEST(Reference, EveryCommandAndFlagIsExplainedAndInTheDocument) {
  Machine machine;
  cli::Run run;
  CLI::App app{"", "gangmu"};
  add_commands(app, machine, run);
  for (const CLI::App* command : app.get_subcommands({})) {
    EXPECT_NE(command->get_description().find(" / "), std::string::npos) << command->get_name() << " is told in one language only";
    for (const CLI::Option* option : command->get_options())
      EXPECT_FALSE(option->get_description().empty()) << command->get_name() << " " << option->get_name();
  }
  expect_document("commands.md", commands_markdown(app));
}

// --- settings: members of the structs named Config and Limits -----------------------------------------------------------------

std::vector<fs::path> headers() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(GANGMU_SOURCE_DIR "/src"))
    if (entry.path().extension() == ".hpp") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

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
  if (const std::size_t columns = is.rfind("  "); columns != std::string::npos) is = is.substr(columns + 2);   // "64 MiB   the file"
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
      "# Settings\n\nEvery limit and setting with its default, by the part that keeps it. Generated from the structs named `Config` and `Limits`\n"
      "(`make bless`). A refusal names the limit and its value. What may be chosen when the program is called is in [commands.md](commands.md).\n";
  for (const fs::path& header : headers()) wanted += settings_of(header);
  expect_document("settings.md", wanted);
}

}  // namespace
}  // namespace gangmu::cli
