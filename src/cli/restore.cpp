// SPDX-License-Identifier: Apache-2.0
// gangmu restore BACKUP --data DIR: stores out of a backup, whole or as of a seq, a time or the moment before an
// import.
// --drill restores nothing: it proves the backup.
#include <fmt/core.h>

#include <algorithm>

#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "store/errors.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"
#include "store/restore.hpp"

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string backup, data = "data", programme, postgres, keys, time, import;
  std::int64_t seq = -1;
  bool drill = false;
};

Result<std::vector<std::string>> programmes_in(Machine& machine, const Options& options) {
  if (!options.programme.empty()) return std::vector<std::string>{options.programme};
  if (!fs::is_directory(options.backup)) return fail(errors::folder_missing, {options.backup});
  TRY_ASSIGN(std::vector<std::string> names, machine.files.list(options.backup));
  std::erase_if(names,
                [&](const std::string& name) { return !fs::exists(fs::path(options.backup) / name / "backup.json"); });
  if (names.empty()) return fail(errors::no_backup, {options.backup});
  return names;
}

Result<store::RestorePoint> point_of(const Options& options) {
  if (options.seq >= 0) return store::RestorePoint(Seq{options.seq});
  if (!options.import.empty()) return store::RestorePoint(store::BeforeImport{options.import});
  if (options.time.empty()) return store::RestorePoint(store::EverythingThere{});
  TRY_ASSIGN(const Instant at, Instant::parse(options.time));
  return store::RestorePoint(store::AsOf{at});
}

store::Told told(Progress& progress) {
  return [&progress](Seq done, Seq total) {
    progress.show(static_cast<std::size_t>(done.value), static_cast<std::size_t>(total.value));
  };
}

/// Where the backed-up store itself lies under --data, it is told how its backup did: also that its manifest is none.
Status note_drill(Machine& machine, const Options& options, const std::string& programme,
                  const Result<store::Manifest>& manifest, const Result<store::Drill>& done) {
  const auto programmes = stored_programmes(options.data);
  if (std::ranges::find(programmes, programme) == programmes.end()) return {};
  TRY_ASSIGN(const store::Config config, store_config(options.data, programme));
  const auto store = store::open_beside(config, machine.files);
  if (!store || (manifest && store->head.store != manifest->store)) return {};
  Json note = fault_note(machine, done ? nullptr : &done.error());
  note.set("folder", fs::absolute(fs::path(options.backup) / programme).string());
  note.set("seq", manifest ? manifest->seq.value : 0);
  note.set("mark", done ? done->mark.value : 0);
  note.set("tables", done ? done->tables : 0);
  keep_note(machine, config, *store, store::drill_note, note);
  return {};
}

Status drill(Machine& machine, const Options& options, const std::string& programme) {
  std::string key;
  if (!options.keys.empty()) { TRY_ASSIGN(key, machine.files.read(fs::path(options.keys) / programme / "head.key")); }
  store::Backup backup(fs::path(options.backup) / programme, machine.files);
  const long long begin = store::monotonic_milliseconds();
  Progress progress(programme);
  const Result<store::Manifest> manifest = backup.manifest(key);
  const Result<store::Drill> proved =
      manifest ? store::drill(backup, key, told(progress)) : Result<store::Drill>(fail(manifest.error()));
  TRY(note_drill(machine, options, programme, manifest, proved));
  TRY_ASSIGN(const store::Drill done, proved);
  const double seconds = static_cast<double>(store::monotonic_milliseconds() - begin) / 1000.0;
  say("{}：演练通过；重放 {} 笔，第 {} 号处 {} 张表与备份时一致，{:.1f} 秒\n",
      "{0}: drill passed; {1} entries replayed, {3} tables equal at the mark {2}, {4:.1f} s\n", programme,
      done.seq.value, done.mark.value, done.tables, seconds);
  if (done.tables == 0)
    say("{}：备份中没有各表摘要，请运行不带 --ship 的 gangmu backup\n",
        "{}: no mark: run gangmu backup without --ship\n", programme);
  return {};
}

/// Keys that are there already may be newer than the copy: what was sealed since would be lost with them.
Status bring_keys(store::Files& files, const fs::path& from, const fs::path& to) {
  for (const char* name : {"head.key", "subjects.keys"}) {
    if (!files.exists(to / name)) continue;
    TRY_ASSIGN(const std::string there, files.read(to / name));
    TRY_ASSIGN(const std::string given, files.read(from / name));
    if (there != given) return fail(errors::keys_there, {to.string()});
  }
  return copy_keys(files, from, to);
}

/// Nothing is written before it is clear that there is no store in the way and that the keys are those of the backup.
Result<store::Config> target_of(Machine& machine, const Options& options, const std::string& programme) {
  TRY_ASSIGN(store::Config config, store_config(options.data, programme));
  if (store::holds_store(config.folder, machine.files))
    return fail(store::errors::store_exists, {config.folder.string()});
  if (!options.keys.empty()) {
    const fs::path keys = fs::path(options.keys) / programme;
    store::Config source = config;
    source.key_folder = keys;
    TRY_ASSIGN(const std::string key, store::key_if_any(source, machine.files));
    TRY(store::Backup(fs::path(options.backup) / programme, machine.files).manifest(key));
    TRY(bring_keys(machine.files, keys, config.key_folder));
  }
  if (!fs::exists(config.key_folder / "head.key"))
    say("没有密钥：个人信息将无法读出，备份的印记未核对；请用 --keys 给出密钥的副本\n",
        "without the keys personal fields stay closed and the seal is not checked; name a copy with --keys\n");
  if (options.postgres.empty()) return config;
  config.engine = store::Engine::postgres;
  config.connection = options.postgres;
  TRY(note_server(machine.files, config));
  return config;
}

Status restore(Machine& machine, const Options& options, const std::string& programme) {
  TRY_ASSIGN(const store::RestorePoint point, point_of(options));
  TRY_ASSIGN(const store::Config config, target_of(machine, options, programme));
  store::Backup backup(fs::path(options.backup) / programme, machine.files);
  Progress progress(programme);
  TRY_ASSIGN(const store::Restored done,
             store::restore(backup, point, config, machine.clock, machine.secrets, machine.files, told(progress)));
  say("{}/{}：已恢复到第 {} 号，开始第 {} 时期\n", "{}/{}: restored to seq {}, epoch {} begins\n", options.data,
      programme, done.seq.value, done.epoch);
  if (!done.later.empty()) say("此后 {} 笔未恢复\n", "acts after it, not restored: {}\n", done.later.size());
  for (const store::LaterAct& act : done.later)
    fmt::print("  {}  {}  {}  {}\n", act.seq.value, act.at.text(), act.actor, act.act);
  return {};
}

Status run_all(Machine& machine, const Options& options) {
  TRY_ASSIGN(const auto programmes, programmes_in(machine, options));
  for (const std::string& programme : programmes)
    TRY(options.drill ? drill(machine, options, programme) : restore(machine, options, programme));
  return {};
}

}   // namespace

void add_restore(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("restore", "从备份恢复，或演练 / restore a backup, or prove it");
  auto options = std::make_shared<Options>();
  command->add_option("backup", options->backup, "folder of the backup")->required();
  command
      ->add_option("--data", options->data,
                   "new folder of stores; with --drill, the folder of the store that is told the outcome")
      ->capture_default_str();
  command->add_option("--programme", options->programme, "only this one");
  command->add_option("--postgres", options->postgres, "into this PostgreSQL schema");
  command->add_option("--keys", options->keys, "folder with the copy of the keys");
  auto* seq = command->add_option("--seq", options->seq, "up to this entry");
  auto* time = command->add_option("--time", options->time, "up to this time: 2024-06-30T18:00:00+08:00");
  auto* import =
      command->add_option("--before-import", options->import, "up to the entry before this import was confirmed");
  seq->excludes(time)->excludes(import);
  time->excludes(import);
  command->add_flag("--drill", options->drill, "restore nothing: prove the backup");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = run_all(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
