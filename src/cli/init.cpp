// SPDX-License-Identifier: Apache-2.0
// gangmu init --data DIR [--postgres CONNECTION] PACK: an empty store for the pack's programme, in a folder of DIR or
// in a PostgreSQL schema.
#include <fmt/core.h>

#include "cli/command.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

Status init(Machine& machine, const std::string& data, const std::string& postgres, const std::string& folder) {
  TRY_ASSIGN(const pack::Pack pack, read_pack_folder(folder));
  TRY_ASSIGN(store::Config config, store_config(data, pack.id()));
  if (!postgres.empty()) {
    config.engine = store::Engine::postgres;
    config.connection = postgres;
    TRY(note_server(machine.files, config));
  }
  TRY_ASSIGN(const auto store, store::Store::create(config, machine.surroundings()));
  say("{}/{}：新建方案库 {}\n", "{}/{}: new store {}\n", data, pack.id(), store->id());
  return {};
}

}   // namespace

void add_init(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("init", "新建方案库 / make an empty store");
  auto data = std::make_shared<std::string>("data");
  auto postgres = std::make_shared<std::string>(), folder = std::make_shared<std::string>();
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->add_option(
      "--postgres", *postgres,
      "tables on PostgreSQL instead of in the folder: a libpq connection string, kept in the store's folder; "
      "search_path in its options names a schema, a password belongs into ~/.pgpass");
  command->add_option("pack", *folder, "folder of the pack")->required();
  command->callback([&machine, &run, data, postgres, folder] {
    run = [&machine, data, postgres, folder] {
      const Status status = init(machine, *data, *postgres, *folder);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
