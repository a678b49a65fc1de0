// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include <fmt/format.h>

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t file_bytes = 64u << 20;        ///< of one journal file
constexpr std::size_t small_file_bytes = 4u << 20;   ///< a smaller last file is written anew together with what follows

std::string line_of(const JournalRow& row) { return row.hash.text() + " " + row.bytes + "\n"; }

Result<JournalRow> row_of(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return fail(errors::entry_malformed, {std::string(line.substr(0, 80))});
  JournalRow out{.bytes = std::string(line.substr(space + 1))};
  TRY_ASSIGN(out.hash, Digest::parse(line.substr(0, space)));
  TRY_ASSIGN(out.entry, Entry::parse(out.bytes));
  return out;
}

tl::unexpected<Error> damaged(const std::string& file) {
  return fail(errors::backup_damaged, {file, "摘要与清单不符", "its digest is not that of the manifest"});
}

}   // namespace

Result<TableDigests> table_digests(Database& database) {
  TableDigests out;
  for (const Table* table : tables()) {
    if (!table->replayed()) continue;
    TRY_ASSIGN(const Digest digest, table_digest(database, *table));
    out[std::string(table->name)] = digest.text();
  }
  return out;
}

bool Backup::exists() const { return files_.exists(folder_ / "backup.json"); }

Result<Manifest> Backup::manifest(std::string_view key) const {
  if (!exists()) return fail(errors::backup_missing, {folder_.string()});
  TRY_ASSIGN(const std::string text, files_.read(folder_ / "backup.json"));
  return Manifest::parse(text, key, (folder_ / "backup.json").string());
}

Status Backup::read(const Manifest& manifest, Seq upto, const std::function<Status(const JournalRow&)>& visit) const {
  Line line;
  Seq last;
  for (const Manifest::File& file : manifest.files) {
    if (last >= upto) break;
    const std::string path = (folder_ / "journal" / file.name).string();
    const auto bytes = files_.read(path);
    if (!bytes || digest(*bytes, file.digest.algorithm) != file.digest) return damaged(path);
    for (std::string_view rest = *bytes; !rest.empty() && last < upto; rest.remove_prefix(rest.find('\n') + 1)) {
      TRY_ASSIGN(const JournalRow row, row_of(rest.substr(0, rest.find('\n'))));
      if (row.entry.seq.value != last.value + 1) return fail(errors::journal_gap, {std::to_string(last.value + 1)});
      TRY(follow_chain(row, line));
      TRY(visit(row));
      last = row.entry.seq;
    }
  }
  if (last < upto) return fail(errors::journal_gap, {std::to_string(last.value + 1)});
  if (last == manifest.seq && line.head() != manifest.line.head())
    return fail(errors::backup_damaged, {folder_.string(), "日志头与清单不符", "its head is not that of the manifest"});
  return {};
}

Result<Manifest> Backup::take(Beside& store, const Clock& clock, bool mark) {
  TRY_ASSIGN(Manifest manifest, begin(store));
  TRY_ASSIGN(const Seq now, last_seq(*store.database));
  TRY(ship(store, manifest, now));   // without a transaction: what is in the journal stays as it is
  if (mark) {
    TRY(store.database->begin_read());
    const auto marked = [&]() -> Status {
      TRY_ASSIGN(const Seq last, last_seq(*store.database));
      TRY(ship(store, manifest, last));
      TRY_ASSIGN(TableDigests tables, table_digests(*store.database));
      manifest.mark = Manifest::Mark{last, clock.now(), std::move(tables)};
      return {};
    }();
    store.database->rollback();
    TRY(marked);
  }
  TRY(ship_files(store));
  manifest.at = clock.now();
  TRY(save(manifest, store.key));
  return manifest;
}

/// Where the backup stands; the store has to go on from there.
Result<Manifest> Backup::begin(const Beside& store) const {
  if (!exists()) {
    TRY(files_.make_folder(folder_ / "journal"));
    TRY(files_.make_folder(folder_ / "batches"));
    Manifest fresh;
    fresh.store = store.head.store;
    return fresh;
  }
  TRY_ASSIGN(Manifest manifest, this->manifest(store.key));
  const auto another = fail(errors::backup_of_another, {folder_.string(), std::to_string(manifest.seq.value)});
  if (manifest.store != store.head.store) return another;
  TRY_ASSIGN(const Seq last, last_seq(*store.database));
  TRY_ASSIGN(const StreamHeads heads, stream_heads(*store.database, manifest.seq));
  if (last < manifest.seq || heads != manifest.line.heads) return another;
  return manifest;
}

/// Journal files and batches first, the manifest that names them last.
Status Backup::ship(Beside& store, Manifest& manifest, Seq upto) {
  std::string lines;
  Seq first{manifest.seq.value + 1}, last = manifest.seq;
  Line line = manifest.line;
  const auto flush = [&]() -> Status {
    if (lines.empty()) return {};
    TRY(add(manifest, first, last, std::move(lines)));
    lines.clear();
    first = Seq{last.value + 1};
    return {};
  };
  const auto keep = [&](const JournalRow& row) -> Status {
    TRY(follow_chain(row, line));
    if (row.entry.batch) {
      TRY_ASSIGN(const std::string rows, store.batches->read(row.entry.batch->digest));
      TRY(batches_.keep(row.entry.batch->digest, rows));
    }
    lines += line_of(row);
    last = row.entry.seq;
    if (last == store.head.seq && line.head() != store.head.digest)
      return fail(errors::head_differs, {std::to_string(last.value), store.head.digest.text(), line.head().text()});
    return lines.size() < file_bytes ? Status{} : flush();
  };
  TRY(read_journal(*store.database, manifest.seq, upto, keep));
  TRY(flush());
  manifest.seq = upto;
  manifest.line = std::move(line);
  return {};
}

/// Those that records name and that are not here yet: named once, they stay as they are.
Status Backup::ship_files(Beside& store) {
  return scan_rows(*store.database, table::file, {}, [&](Row&& row) -> Status {
    if (std::get<std::int64_t>(row[table::file.column("named")]) == 0) return {};
    TRY_ASSIGN(const Digest named, Digest::parse(std::get<std::string>(row[table::file.column("digest")])));
    if (evidence_.holds(named)) return {};
    TRY_ASSIGN(const std::string bytes, store.evidence->read(named));
    TRY(evidence_.keep(bytes));
    return {};
  });
}

Status Backup::add(Manifest& manifest, Seq first, Seq last, std::string lines) {
  if (!manifest.files.empty() && manifest.files.back().bytes < static_cast<std::int64_t>(small_file_bytes)) {
    const Manifest::File& before = manifest.files.back();
    TRY_ASSIGN(std::string joined, files_.read(folder_ / "journal" / before.name));
    if (digest(joined, before.digest.algorithm) != before.digest)
      return damaged((folder_ / "journal" / before.name).string());
    first = before.first;
    lines.insert(0, joined);
    manifest.files.pop_back();
  }
  const std::string name = fmt::format("{:012}-{:012}", first.value, last.value);
  TRY(files_.write_durably(folder_ / "journal" / name, lines));
  manifest.files.push_back({name, first, last, digest(lines), static_cast<std::int64_t>(lines.size())});
  return {};
}

/// Files the new manifest does not name any more go after it is durable.
Status Backup::save(const Manifest& manifest, std::string_view key) {
  TRY(files_.write_durably(folder_ / "backup.json", manifest.text(key)));
  TRY_ASSIGN(const auto names, files_.list(folder_ / "journal"));
  for (const std::string& name : names) {
    const bool named = std::any_of(manifest.files.begin(), manifest.files.end(),
                                   [&](const Manifest::File& file) { return file.name == name; });
    if (!named) TRY(files_.remove(folder_ / "journal" / name));
  }
  return {};
}

}   // namespace gangmu::store
