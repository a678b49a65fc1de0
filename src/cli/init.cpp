// SPDX-License-Identifier: Apache-2.0
// gangmu init --data DIR PACK: an empty store for the pack's programme.
#include <fmt/core.h>

#include "cli/command.hpp"

namespace gangmu::cli {
namespace {

int init(Machine& machine, const std::string& data, const std::string& folder) {
  const auto pack = read_pack_folder(folder);
  if (!pack) return report(pack.error());
  const auto store = store::Store::create(store_config(data, pack->id()), machine.surroundings());
  if (!store) return report(store.error());
  fmt::print("{}/{}: 新建方案库 {} / new store\n", data, pack->id(), (*store)->id());
  return exit_done;
}

}  // namespace

void add_init(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("init", "新建方案库 / make an empty store");
  auto data = std::make_shared<std::string>("data");
  auto folder = std::make_shared<std::string>();
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->add_option("pack", *folder, "folder of the pack")->required();
  command->callback([&machine, &run, data, folder] { run = [&machine, data, folder] { return init(machine, *data, *folder); }; });
}

}  // namespace gangmu::cli
