// SPDX-License-Identifier: Apache-2.0
// gangmu load --data DIR PACK: shows the difference first, then loads. Nothing is loaded while there is a conflict.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "app/load.hpp"
#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", pack;
  bool dry_run = false, retire = false, yes = false;
};

/// What the store has and the pack no longer: it stays, and who took it out should know.
void name_absent(const pack::LoadPlan& plan) {
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(most, plan.absent.size()); ++i)
    say("  包中已无，库中保留：{} {}\n", "  absent from the pack, kept in the store: {} {}\n", plan.absent[i].kind,
        plan.absent[i].id);
  if (plan.absent.size() > most) say("  另有 {} 项\n", "  and {} more\n", plan.absent.size() - most);
}

void print_difference(const app::LoadReport& report) {
  const pack::LoadPlan& plan = report.plan;
  std::map<std::string, std::size_t> taken;
  for (const auto& key : plan.taken) ++taken[key.kind];
  say("将写入：{} 个对象，{} 条数据\n", "to load: {} objects, {} figures\n", plan.taken.size(), report.observations);
  for (const auto& [kind, count] : taken) fmt::print("  {:<12} {}\n", kind, count);
  say("不变 {}，库中较新 {}，包中已无 {}，停用 {}，冲突 {}\n",
      "unchanged {}, newer in the store {}, absent from the pack {}, retired {}, in conflict {}\n",
      plan.unchanged.size(), plan.kept.size(), plan.absent.size(), plan.retired.size(), plan.conflicts.size());
  name_absent(plan);
}

/// Without a terminal nobody can be asked: only --yes confirms.
bool confirmed(const Options& options) {
  if (options.yes) return true;
  if (!isatty(STDIN_FILENO)) return false;
  say("写入？[y/N] ", "load? [y/N] ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

Result<pack::Lock> lock_in(const pack::Files& files) {
  const auto found = files.find(std::string(pack::lock_path));
  if (found == files.end()) return pack::Lock{};
  return pack::read_lock(found->second);
}

Status load(Machine& machine, const Options& options) {
  TRY_ASSIGN(const pack::Files files, read_folder(options.pack));
  TRY_ASSIGN(const pack::Pack pack, pack::read_pack(files));
  TRY_ASSIGN(auto store, open_store(machine, options.data, pack.id()));
  app::LoadOptions how;
  how.retire = options.retire;
  TRY_ASSIGN(how.base, lock_in(files));
  TRY_ASSIGN(const app::LoadReport preview, app::preview_load(*store, pack, how));
  print_difference(preview);
  if (options.dry_run) return {};
  if (preview.plan.conflicts.empty() && preview.plan.taken.empty() && preview.plan.retired.empty()) {
    say("没有变化，未写入\n", "nothing to load\n");
    return {};
  }
  if (preview.plan.conflicts.empty() && !confirmed(options)) return fail(errors::not_confirmed);
  Progress progress(reader_language() == Language::en ? "figures" : "写入数据");
  TRY_ASSIGN(const app::LoadReport done,
             app::load(*store, pack, how, [&](std::size_t n, std::size_t of) { progress.show(n, of); }));
  say("已写入，序号 {}\n", "loaded, seq {}\n", done.seq.value);
  return {};
}

}   // namespace

void add_load(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("load", "把方案包写入方案库 / load a pack into its store");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("pack", options->pack, "folder of the pack")->required();
  command->add_flag("--dry-run", options->dry_run, "show the difference only");
  command->add_flag("--retire", options->retire, "end the validity of what the pack no longer has");
  command->add_flag("--yes", options->yes, "load without asking");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = load(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
