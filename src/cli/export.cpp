// SPDX-License-Identifier: Apache-2.0
// gangmu export --data DIR --programme ID OUT: canonical files of a store and pack.lock.
#include <fmt/core.h>

#include "app/load.hpp"
#include "cli/command.hpp"
#include "cli/say.hpp"

namespace gangmu::cli {
namespace {

Status export_to(Machine& machine, const std::string& data, const std::string& programme, const std::string& out) {
  TRY_ASSIGN(auto store, open_store(machine, data, programme));
  TRY_ASSIGN(const pack::Pack pack, app::export_pack(*store));
  TRY_ASSIGN(pack::Files files, pack::write_pack(pack));
  TRY_ASSIGN(const pack::Lock lock, app::lock_of(*store, pack));
  files[std::string(pack::lock_path)] = pack::write_lock(lock);
  TRY(write_folder(machine.files, out, files));
  say("{}：{} 个文件，序号 {}\n", "{}: {} files, seq {}\n", out, files.size(), lock.seq.value);
  return {};
}

}   // namespace

void add_export(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("export", "把方案库导出为方案包 / write a store out as a pack");
  auto data = std::make_shared<std::string>("data");
  auto programme = std::make_shared<std::string>(), out = std::make_shared<std::string>();
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->add_option("--programme", *programme, "id of the programme")->required();
  command->add_option("out", *out, "folder to write")->required();
  command->callback([&machine, &run, data, programme, out] {
    run = [&machine, data, programme, out] {
      const Status status = export_to(machine, *data, *programme, *out);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
