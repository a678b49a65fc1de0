// SPDX-License-Identifier: Apache-2.0
// gangmu init --data DIR PACK: an empty store for the pack's programme, in its folder or on PostgreSQL.
#include <fmt/core.h>

#include "cli/command.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", folder, postgres;
};

/// Tables on PostgreSQL: where they are is kept beside HEAD, for every command that opens the store later.
Status keep_connection(Machine& machine, const store::Config& config, const std::string& connection) {
  TRY(machine.files.make_folder(config.folder));
  return machine.files.write_durably(config.folder / connection_file, connection + "\n", 0600);
}

Status init(Machine& machine, const Options& options) {
  TRY_ASSIGN(const pack::Pack pack, read_pack_folder(options.folder));
  store::Config config = store_config(options.data, pack.id());
  if (!options.postgres.empty()) {
    config.engine = store::Engine::postgres;
    config.connection = options.postgres;
  }
  TRY_ASSIGN(const auto store, store::Store::create(config, machine.surroundings()));
  if (!options.postgres.empty()) TRY(keep_connection(machine, config, options.postgres));
  say("{}/{}：新建方案库 {}\n", "{}/{}: new store {}\n", options.data, pack.id(), store->id());
  return {};
}

}  // namespace

void add_init(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("init", "新建方案库 / make an empty store");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--postgres", options->postgres,
                      "tables on PostgreSQL instead of in the folder: a libpq connection string, kept in the store's folder; "
                      "a password belongs into ~/.pgpass");
  command->add_option("pack", options->folder, "folder of the pack")->required();
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = init(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}  // namespace gangmu::cli
