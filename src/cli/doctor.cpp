// SPDX-License-Identifier: Apache-2.0
// gangmu doctor --data DIR: is everything well? Beside the running server: free space, disk, clock, backup, and of each
// store its pages, its chain, its tables and the keys of what is sealed. A fault ends with 1; a notice is printed and
// no more.
#include <fmt/core.h>

#include "app/persons.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "store/checkup.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"
#include "store/set_aside.hpp"
#include "store/verification.hpp"

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t space_wanted = 1ull << 30;
constexpr std::int64_t micros_an_hour = 3'600'000'000, clock_tolerance = 5'000'000;

void notice(const std::string& programme, const std::string& zh, const std::string& en) {
  say("{}：提醒：{}\n", "{}: notice: {}\n", programme, reader_language() == Language::en ? en : zh);
}

bool check_space(const fs::path& data) {
  const std::uintmax_t left = fs::space(data).available >> 20, wanted = space_wanted >> 20;
  say("磁盘剩余 {} MiB\n", "free space: {} MiB\n", left);
  if (left >= wanted) return true;
  report(Error(Diagnostic{&errors::space_low, {std::to_string(left), std::to_string(wanted)}, {}}));
  return false;
}

Status check_disk(Machine& machine, const std::string& programme, const store::Config& config) {
  TRY_ASSIGN(const double milliseconds, store::sync_milliseconds(machine.files, config.folder));
  say("{}：落盘一次 {:.2f} 毫秒\n", "{}: one durable write: {:.2f} ms\n", programme, milliseconds);
  if (milliseconds < store::honest_sync_milliseconds)
    notice(programme, "快得不像真正落盘，断电可能丢失已确认的写入",
           "too quick to be on disk: a power cut may take what was acknowledged");
  return {};
}

void check_backup(Machine& machine, const std::string& programme, const store::Config& config,
                  store::Database& database) {
  const Json note = store::read_note(database, config.folder, machine.files, store::backup_note);
  const std::int64_t at = note["at"].integer_or(0);
  const std::int64_t hours = (machine.clock.now().micros - at) / micros_an_hour;
  if (at == 0)
    notice(programme, "还没有备份，请运行 gangmu backup", "there is no backup yet, run gangmu backup");
  else if (hours > app::Limits{}.backup_hours)
    notice(programme, fmt::format("上次备份在 {} 小时前", hours),
           fmt::format("the last backup is {} hours old", hours));
  else
    say("{}：备份于 {}，序号 {}\n", "{}: backup of {}, seq {}\n", programme, Instant{at}.text(),
        note["seq"].integer_or(0));
}

/// Tables of before an upgrade cost space as long as they are kept.
void check_set_aside(const std::string& programme, const store::Config& config) {
  for (int schema = 1; schema < store::schema_version; ++schema) {
    const fs::path copy = store::aside_folder(config.folder, schema);
    if (!fs::exists(copy / "HEAD") || !fs::exists(copy / "gangmu.db")) continue;
    const std::uintmax_t size = (fs::file_size(copy / "gangmu.db") + (1u << 20) - 1) >> 20;
    notice(
        programme, fmt::format("升级前的表还留在 {}（{} MiB），确认新版无误后可以删除", copy.string(), size),
        fmt::format(
            "the tables of before the upgrade are in {} ({} MiB); delete them when the new program has proved itself",
            copy.string(), size));
  }
}

void check_time_service() {
  if (store::clock_is_kept().value_or(true)) return;
  say("提醒：没有时间服务校准本机时钟\n", "notice: no time service keeps this machine's clock\n");
}

Status check_clock(Machine& machine, const std::string& programme, const store::Beside& store) {
  TRY_ASSIGN(const Instant there, store::database_time(*store.database, machine.clock));
  const Instant now = machine.clock.now();
  const std::int64_t apart = std::abs(there.micros - now.micros);
  if (apart > clock_tolerance)
    notice(programme, fmt::format("本机与数据库的时钟相差 {} 秒", apart / 1'000'000),
           fmt::format("this clock and the database's are {} s apart", apart / 1'000'000));
  TRY_ASSIGN(const Seq end, store::last_seq(*store.database));
  TRY_ASSIGN(const Instant last, store::time_of(*store.database, end));
  return last <= now ? Status{} : Status(fail(errors::clock_behind, {last.text(), now.text()}));
}

/// Whatever is sealed has its key, or the note that it was erased. The server makes a key before it keeps what the key
/// seals, so the key file is read after the picture of the tables was taken.
Status check_keys(Machine& machine, const store::Config& config, const store::Beside& store) {
  TRY_ASSIGN(const auto vault,
             store::Vault::open(config.key_folder / "subjects.keys", machine.secrets, machine.files, config.cipher));
  return app::check_keys(*store.database, *vault);
}

/// Pages, chain and tables, and the keys: all that is noted for the server's pages as proven or not.
Result<store::Verification> prove(Machine& machine, const store::Config& config, const store::Beside& store) {
  TRY(store::check_pages(*store.database));
  TRY(store.database->begin_read());
  auto found = store::verify_database(*store.database, *store.batches, {store.head}, store.evidence.get());
  if (const Status keys = found ? check_keys(machine, config, store) : Status(); !keys) found = fail(keys.error());
  store.database->rollback();
  return found;
}

Status check_store(Machine& machine, const std::string& data, const std::string& programme) {
  TRY_ASSIGN(const store::Config config, store_config(data, programme));
  TRY_ASSIGN(const store::Beside store, store::open_beside(config, machine.files));
  if (const auto stop = store::noted_stop(machine.files, config))
    return fail(errors::writing_stopped,
                {stop->at.text(), reader_language() == Language::en ? stop->fault_en : stop->fault_zh});
  TRY(check_disk(machine, programme, config));
  check_backup(machine, programme, config, *store.database);
  check_set_aside(programme, config);
  const auto found = prove(machine, config, store);
  note_check(machine, config, store, found);
  if (!found) return fail(found.error());
  TRY(check_clock(machine, programme, store));
  say("{}：完好；{} 笔记录，重放后 {} 张表逐行一致，序号 {}\n",
      "{}: well; {} entries, replayed into {} equal tables, seq {}\n", programme, found->entries, found->tables,
      found->seq.value);
  return {};
}

int doctor(Machine& machine, const std::string& data) {
  const auto programmes = stored_programmes(data);
  if (programmes.empty()) return report(Error(Diagnostic{&errors::no_store, {data}, {}}));
  bool well = check_space(data);
  check_time_service();
  for (const std::string& programme : programmes)
    if (const Status done = check_store(machine, data, programme); !done) {
      report(of_store(done.error(), fs::path(data) / programme));
      well = false;
    }
  return well ? exit_done : exit_faults;
}

}   // namespace

void add_doctor(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand(
      "doctor", "体检：链、表、页、磁盘、时钟、备份 / check chain, tables, pages, disk, clock, backup");
  auto data = std::make_shared<std::string>("data");
  command->add_option("--data", *data, "folder of stores")->capture_default_str();
  command->callback([&machine, &run, data] { run = [&machine, data] { return doctor(machine, *data); }; });
}

}   // namespace gangmu::cli
