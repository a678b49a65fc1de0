// SPDX-License-Identifier: Apache-2.0
// gangmu join --data DIR --postgres CONNECTION --keys FOLDER ID: one more server of a store that is in PostgreSQL. It
// gets a folder of its own with a HEAD of its own; the keys are those of the others. Walks the whole chain once.
#include <fmt/core.h>

#include "cli/command.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", postgres, keys, programme;
};

Status join(Machine& machine, const Options& options) {
  TRY_ASSIGN(store::Config config, store_config(options.data, options.programme));
  config.engine = store::Engine::postgres;
  config.connection = options.postgres;
  config.key_folder = options.keys;
  config.follow = true;   // whoever writes may go on
  TRY(note_server(machine.files, config));
  TRY_ASSIGN(const auto store, store::Store::join(config, machine.surroundings()));
  say("{}/{}：已加入方案库 {}，序号 {}\n", "{}/{}: joined store {}, seq {}\n", options.data, options.programme,
      store->id(), store->view()->seq.value);
  return {};
}

}   // namespace

void add_join(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("join", "再加一台服务器（PostgreSQL） / one more server of a store in PostgreSQL");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--postgres", options->postgres, "libpq connection string of the store")->required();
  command->add_option("--keys", options->keys, "folder of its keys, shared by its servers")->required();
  command->add_option("programme", options->programme, "id of the programme")->required();
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = join(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
