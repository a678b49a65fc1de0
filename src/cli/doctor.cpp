// SPDX-License-Identifier: Apache-2.0
// gangmu doctor --data DIR: is everything well? Opens each store, walks its chain, replays the journal beside it and compares
// every table; looks at free space, at the clock and at the keys of what is sealed.
#include <fmt/core.h>

#include "app/persons.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"

namespace gangmu::cli {
namespace {

constexpr std::uintmax_t space_wanted = 1ull << 30;

bool check_space(const std::string& data) {
  const std::uintmax_t left = std::filesystem::space(data).available >> 20, wanted = space_wanted >> 20;
  say("磁盘剩余 {} MiB\n", "free space: {} MiB\n", left);
  if (left >= wanted) return true;
  report(Error(Diagnostic{&errors::space_low, {std::to_string(left), std::to_string(wanted)}, {}}));
  return false;
}

/// Whatever is sealed has its key, or the note that it was erased.
Status check_keys(store::Store& store) {
  return store.read([&](store::Database& database) { return app::check_keys(database, store.vault()); });
}

bool check_store(Machine& machine, const std::string& data, const std::string& programme) {
  auto store = open_store(machine, data, programme);
  if (!store) {
    report(store.error());
    return false;
  }
  if ((*store)->view()->at > machine.clock.now()) {
    say("{}：系统时钟早于最后一笔记录，请校时\n", "{}: the clock is behind the last entry; set it right\n", programme);
    return false;
  }
  const auto found = (*store)->verify();
  const Status keys = found ? check_keys(**store) : Status(fail(found.error()));
  if (!keys) {
    report(of_store(keys.error(), std::filesystem::path(data) / programme));
    return false;
  }
  say("{}：完好；{} 笔记录，重放后 {} 张表逐行一致，序号 {}\n", "{}: well; {} entries, replayed into {} equal tables, seq {}\n", programme,
      found->entries, found->tables, found->seq.value);
  return true;
}

int doctor(Machine& machine, const std::string& data) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return report(Error(Diagnostic{&errors::no_store, {data}, {}}));
  bool well = check_space(data);
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
