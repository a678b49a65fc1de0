// SPDX-License-Identifier: Apache-2.0
// gangmu lint PACK…: every fault of every pack as file:line, what is wrong and what to write instead.
#include <fmt/core.h>

#include "cli/command.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

int lint(const std::vector<std::string>& folders) {
  int result = exit_done;
  for (const std::string& folder : folders) {
    const std::filesystem::path name = std::filesystem::path(folder).filename();
    if (name == "README.md" || name == "common") continue;   // `gangmu lint programmes/*` is what people type
    const auto files = read_folder(folder);
    if (!files) {
      result = report(files.error());
      continue;
    }
    const pack::Lint found = pack::lint_all(*files);
    for (const Diagnostic& note : found.notes) say("提示 {}\n", "note: {}\n", note.line(reader_language()));
    if (found.faults.empty())
      say("{}：没有错误\n", "{}: no faults\n", folder);
    else
      result = report(Error(found.faults));
  }
  return result;
}

}   // namespace

void add_lint(CLI::App& app, Machine&, Run& run) {
  auto* command = app.add_subcommand("lint", "检查方案包 / check packs");
  auto folders = std::make_shared<std::vector<std::string>>();
  command->add_option("packs", *folders, "folders of packs")->required();
  command->callback([folders, &run] { run = [folders] { return lint(*folders); }; });
}

}   // namespace gangmu::cli
