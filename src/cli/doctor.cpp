// SPDX-License-Identifier: Apache-2.0
// gangmu doctor --data DIR: is everything well? Opens each store, walks its chain, replays the journal beside it and compares
// every table; looks at free space and at the clock.
#include <fmt/core.h>

#include "cli/errors.hpp"
#include "cli/serving.hpp"

namespace gangmu::cli {
namespace {

constexpr std::uintmax_t space_wanted = 1ull << 30;

bool check_store(Machine& machine, const std::string& data, const std::string& programme) {
  auto store = store::Store::open(store_config(data, programme), machine.surroundings());
  if (!store) {
    report(store.error());
    return false;
  }
  if ((*store)->view()->at > machine.clock.now()) {
    fmt::print("{}: 系统时钟早于最后一笔记录，请校时 / the clock is behind the last entry\n", programme);
    return false;
  }
  const auto found = (*store)->verify();
  if (!found) {
    report(found.error());
    return false;
  }
  fmt::print("{}: 完好 / well: {} 笔记录, 重放后 {} 张表一致 / entries, tables equal after replay; seq {}\n", programme, found->entries,
             found->tables, found->seq.value);
  return true;
}

int doctor(Machine& machine, const std::string& data) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return report(Error(Diagnostic{&errors::no_store, {data}, {}}));
  bool well = true;
  const auto space = std::filesystem::space(data);
  fmt::print("磁盘剩余 / free space: {} MiB\n", space.available >> 20);
  well = space.available >= space_wanted && well;
  for (const std::string& programme : programmes) well = check_store(machine, data, programme) && well;
  return well ? exit_done : exit_faults;
}

}  // namespace

void add_doctor(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("doctor", "体检：链、表、磁盘、时钟 / check chain, tables, disk, clock");
  auto data = std::make_shared<std::string>("data");
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->callback([&machine, &run, data] { run = [&machine, data] { return doctor(machine, *data); }; });
}

}  // namespace gangmu::cli
