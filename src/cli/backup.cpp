// SPDX-License-Identifier: Apache-2.0
// gangmu backup --data DIR OUT: ships what is new in each journal to OUT/<programme>, beside the running server, and
// marks the digests of all tables. --ship leaves the mark out: cheap enough for every minute. --keys FOLDER copies the
// keys there, apart.
#include <fmt/core.h>

#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "cli/serving.hpp"
#include "store/backup.hpp"
#include "store/checkup.hpp"
#include "store/notes.hpp"

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string data = "data", out, keys;
  bool ship = false;
};

bool inside(const fs::path& folder, const fs::path& other) {
  const fs::path whole = fs::weakly_canonical(folder), part = fs::weakly_canonical(other);
  return std::mismatch(whole.begin(), whole.end(), part.begin(), part.end()).first == whole.end();
}

std::int64_t bytes_in(const fs::path& folder) {
  std::int64_t out = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out += static_cast<std::int64_t>(entry.file_size());
  return out;
}

/// So that `gangmu doctor` and the page of the system administrator know.
void note_backup(Machine& machine, const store::Config& config, const store::Beside& store,
                 const store::Manifest& manifest, const fs::path& to) {
  Json note;
  note.set("at", manifest.at.micros);
  note.set("folder", fs::absolute(to).string());
  note.set("seq", manifest.seq.value);
  note.set("mark", manifest.mark ? manifest.mark->seq.value : 0);
  note.set("bytes", bytes_in(to));
  keep_note(machine, config, store, store::backup_note, note);
}

Status back_up(Machine& machine, const Options& options, const std::string& programme) {
  TRY_ASSIGN(const store::Config config, store_config(options.data, programme));
  const fs::path to = fs::path(options.out) / programme;
  TRY_ASSIGN(store::Beside store, store::open_beside(config, machine.files));
  if (!options.ship) TRY(store::check_pages(*store.database));   // a damaged store is told, not backed up as it is
  store::Backup backup(to, machine.files);
  TRY_ASSIGN(const store::Manifest manifest, backup.take(store, machine.clock, !options.ship));
  note_backup(machine, config, store, manifest, to);
  if (!options.keys.empty()) TRY(copy_keys(machine.files, config.key_folder, fs::path(options.keys) / programme));
  say("{0}：备份到第 {1} 号{2}\n", "{0}: backed up to seq {1}{3}\n", programme, manifest.seq.value,
      options.ship ? "" : "，已记下各表摘要", options.ship ? "" : ", tables marked");
  return {};
}

/// One store that can't be backed up keeps no other from it.
Status back_up_all(Machine& machine, const Options& options) {
  const auto programmes = stored_programmes(options.data);
  if (programmes.empty()) return fail(errors::no_store, {options.data});
  if (!options.keys.empty() && inside(options.out, options.keys)) return fail(errors::keys_in_backup, {options.keys});
  Diagnostics faults;
  for (const std::string& programme : programmes) {
    const Status done = back_up(machine, options, programme);
    if (done) continue;
    const Diagnostics told = of_store(done.error(), fs::path(options.data) / programme).all();
    faults.insert(faults.end(), told.begin(), told.end());
  }
  return faults.empty() ? Status() : Status(fail(std::move(faults)));
}

}   // namespace

Status copy_keys(store::Files& files, const fs::path& from, const fs::path& to) {
  TRY(files.make_folder(to));
  for (const char* name : {"head.key", "subjects.keys"}) {
    TRY_ASSIGN(const std::string bytes, files.read(from / name));
    TRY(files.write_durably(to / name, bytes, 0600));
  }
  return {};
}

void add_backup(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("backup", "备份，服务不停 / back up beside the running server");
  auto options = std::make_shared<Options>();
  command->add_option("--data", options->data, "folder of stores")->capture_default_str();
  command->add_option("--keys", options->keys, "copy the keys to this folder, outside the backup");
  command->add_flag("--ship", options->ship, "only what is new in the journal, without the digests of the tables");
  command->add_option("out", options->out, "folder of the backup")->required();
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = back_up_all(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
