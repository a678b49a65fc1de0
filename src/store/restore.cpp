// SPDX-License-Identifier: Apache-2.0
#include "store/restore.hpp"

#include <algorithm>

#include "store/errors.hpp"
#include "store/migrations.hpp"
#include "store/opening.hpp"

namespace gangmu::store {
namespace {

constexpr std::int64_t entries_at_once = 2000;   ///< in one transaction

/// Whether the entry confirms the import.
Result<bool> confirms(const Entry& entry, Batches& batches, const std::string& import) {
  if (entry.act != "import_confirm") return false;
  bool found = false;
  TRY(for_each_row(entry, batches, [&](const RowChange& change) -> Status {
    found |= change.table == &table::import_batch && std::get<std::string>(change.row[1]) == import;
    return {};
  }));
  return found;
}

Result<Seq> last_before_import(Backup& backup, const Manifest& manifest, const std::string& id) {
  Seq found;
  TRY(backup.read(manifest, manifest.seq, [&](const JournalRow& row) -> Status {
    TRY_ASSIGN(const bool here, confirms(row.entry, backup.batches(), id));
    if (here && !found) found = row.entry.seq;
    return {};
  }));
  if (!found) return fail(errors::restore_point_missing, {"import " + id});
  return Seq{found.value - 1};
}

Result<Seq> last_until(Backup& backup, const Manifest& manifest, Instant at) {
  Seq found;
  TRY(backup.read(manifest, manifest.seq, [&](const JournalRow& row) -> Status {
    if (row.entry.at <= at) found = row.entry.seq;
    return {};
  }));
  if (!found) return fail(errors::restore_point_missing, {at.text()});
  return found;
}

/// Writes entries into empty tables, many in one transaction.
class Replayer {
 public:
  Replayer(Database& target, Batches& source) : target_(target), replay_(target, source) {}
  ~Replayer() { target_.rollback(); }
  Replayer(const Replayer&) = delete;
  Replayer& operator=(const Replayer&) = delete;

  Status take(const JournalRow& row) {
    if (waiting_ == 0) TRY(target_.begin_write());
    ++waiting_;
    TRY(replay_.take(row));
    return waiting_ < entries_at_once ? Status{} : flush();
  }
  Status flush() {
    if (waiting_ == 0) return {};
    waiting_ = 0;
    TRY(replay_.finish());
    return target_.commit();
  }

 private:
  Database& target_;
  Replay replay_;
  std::int64_t waiting_ = 0;
};

Json head_json(Seq seq, const Line& line) {
  Json out;
  out.set("digest", line.head().text());
  out.set("epoch", line.epoch);
  out.set("seq", seq.value);
  return out;
}

/// The first entry of the new epoch.
Entry restore_entry(Seq point, const Line& line, const Manifest& manifest, PlaceId home, Instant at) {
  Entry out;
  out.seq = Seq{point.value + 1};
  out.epoch = manifest.line.epoch + 1;
  out.home = home;
  out.at = at;
  out.act = "restore";
  out.actor = "store";
  out.request_key = "epoch " + std::to_string(out.epoch);
  out.fields = Json(Json::Object{});
  out.answer.set("old_head", head_json(manifest.seq, manifest.line));
  out.answer.set("restored_to", head_json(point, line));
  out.columns = Json(Json::Object{});
  return out;
}

/// What was replayed so far, and what of it the new epoch needs to know.
struct Progress {
  Line line;
  PlaceId home;              ///< of the first entry: the root's
  Instant at;                ///< of the last entry
  std::vector<Row> epochs;   ///< rows of table epoch
};

Row epoch_row(std::int64_t number, Instant at, Seq seq, const std::string& old_head) {
  return {number, at.micros, std::string(), seq.value, old_head};
}

void note(Progress& progress, const JournalRow& row) {
  const Entry& entry = row.entry;
  if (progress.epochs.empty()) progress.home = entry.home;
  if (progress.epochs.empty() || entry.epoch != progress.line.epoch)
    progress.epochs.push_back(
        epoch_row(entry.epoch, entry.at, entry.seq, entry.answer["old_head"]["digest"].string_or("")));
  progress.at = entry.at;
  progress.line.epoch = entry.epoch;
  progress.line.heads[entry.home] = row.hash;   // the chain itself was verified when it was read
}

Status begin_epoch(Database& target, const Manifest& manifest, Seq point, Progress& progress, Instant at, Line& line) {
  const Entry entry = restore_entry(point, progress.line, manifest, progress.home, at);
  std::string bytes = entry.canonical();
  const auto stream = progress.line.heads.find(entry.home);
  const Digest hash = chain(stream == progress.line.heads.end() ? first_link() : stream->second, bytes);
  line = {entry.epoch, progress.line.heads};
  line.heads[entry.home] = hash;
  progress.epochs.push_back(epoch_row(entry.epoch, at, entry.seq, manifest.line.head().text()));
  TRY(target.begin_write());
  Status done = set_meta_value(target, "store", manifest.store);
  if (done) done = target.write_rows(table::epoch, progress.epochs, false);
  if (done) done = insert_entry(target, entry, std::move(bytes), hash);
  if (done) return target.commit();
  target.rollback();
  return done;
}

/// What records name as of the point restored to.
Status fetch_files(Database& target, Backup& backup, const Config& config, Files& files) {
  Evidence own(files_of(config), files);
  return scan_rows(target, table::file, {}, [&](Row&& row) -> Status {
    if (std::get<std::int64_t>(row[table::file.column("named")]) == 0) return {};
    TRY_ASSIGN(const Digest named, Digest::parse(std::get<std::string>(row[table::file.column("digest")])));
    if (own.holds(named)) return {};
    TRY_ASSIGN(const std::string bytes, backup.evidence().read(named));
    TRY(own.keep(bytes));
    return {};
  });
}

}   // namespace

Result<Seq> find_point(Backup& backup, const Manifest& manifest, const RestorePoint& point) {
  if (const auto* seq = std::get_if<Seq>(&point)) {
    if (*seq > manifest.seq || seq->value < 0) return fail(errors::restore_point_missing, {std::to_string(seq->value)});
    return *seq;
  }
  if (const auto* as_of = std::get_if<AsOf>(&point)) return last_until(backup, manifest, as_of->at);
  if (const auto* before = std::get_if<BeforeImport>(&point)) return last_before_import(backup, manifest, before->id);
  return manifest.seq;
}

Result<Restored> restore(Backup& backup, const RestorePoint& wanted, const Config& config, const Clock& clock,
                         SecretSource& secrets, Files& files, const Told& told) {
  TRY_ASSIGN(const std::string key, key_if_any(config, files));
  TRY_ASSIGN(const Manifest manifest, backup.manifest(key));
  TRY_ASSIGN(const Seq point, find_point(backup, manifest, wanted));
  TRY_ASSIGN(const Foundation ground, lay_foundation(config, secrets, files));
  const auto own = batches_of(*ground.database, config.folder, files);
  Restored out{.seq = point, .epoch = manifest.line.epoch + 1, .later = {}};
  Progress progress;
  Replayer replayer(*ground.database, backup.batches());
  const auto take = [&](const JournalRow& row) -> Status {
    const Entry& entry = row.entry;
    if (entry.seq > point) {
      out.later.push_back({entry.seq, entry.at, entry.actor, entry.act});
      return {};
    }
    note(progress, row);
    TRY(replayer.take(row));
    if (told) told(entry.seq, point);
    if (!entry.batch) return {};
    TRY_ASSIGN(const std::string rows, backup.batches().read(entry.batch->digest));
    return own->keep(entry.batch->digest, rows);
  };
  TRY(backup.read(manifest, manifest.seq, take));
  TRY(replayer.flush());
  TRY(fetch_files(*ground.database, backup, config, files));
  Line line;
  TRY(begin_epoch(*ground.database, manifest, point, progress, std::max(clock.now(), progress.at), line));
  TRY(seal_foundation(config, ground, {manifest.store, Seq{point.value + 1}, line.epoch, line.head(), {}}, files));
  return out;
}

Result<Drill> drill(Backup& backup, std::string_view key, const Told& told) {
  TRY_ASSIGN(const Manifest manifest, backup.manifest(key));
  TRY_ASSIGN(const auto scratch, open_sqlite_memory());
  TRY(create_tables(*scratch));
  Drill out{.seq = manifest.seq, .mark = {}, .tables = 0};
  Replayer replayer(*scratch, backup.batches());
  const auto compare = [&](const Manifest::Mark& mark) -> Status {
    TRY(replayer.flush());
    TRY_ASSIGN(const TableDigests restored, table_digests(*scratch));
    for (const auto& [name, digest] : mark.tables) {
      const auto found = restored.find(name);
      if (found == restored.end() || found->second != digest)
        return fail(errors::drill_differs, {std::to_string(mark.seq.value), name});
      ++out.tables;
    }
    out.mark = mark.seq;
    return {};
  };
  const auto take = [&](const JournalRow& row) -> Status {
    TRY(replayer.take(row));
    if (told) told(row.entry.seq, manifest.seq);
    return manifest.mark && row.entry.seq == manifest.mark->seq ? compare(*manifest.mark) : Status{};
  };
  TRY(backup.read(manifest, manifest.seq, take));
  TRY(replayer.flush());
  TRY_ASSIGN(const evidence::Scrub files, evidence::scrub(*scratch, backup.evidence(), true));
  if (!files.missing.empty()) return fail(errors::evidence_missing, {files.missing.front()});
  return out;
}

}   // namespace gangmu::store
