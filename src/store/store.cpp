// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include "store/board.hpp"
#include "store/errors.hpp"
#include "store/head.hpp"
#include "store/keeper.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"
#include "store/read_pool.hpp"
#include "store/verification.hpp"

namespace gangmu::store {

struct Store::Parts {
  Parts(Config c, Surroundings w) : config(std::move(c)), world(std::move(w)) {}

  Config config;
  Surroundings world;
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<Vault> vault;
  std::unique_ptr<Evidence> evidence;
  std::unique_ptr<HeadFile> head;
  std::unique_ptr<ViewMaker> views;
  Board board;
  std::unique_ptr<ReadPool> reads;
  std::unique_ptr<Keeper> keeper;   ///< last, so that it ends first
};

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::create(Config config, Surroundings surroundings) {
  TRY(make_new(config, surroundings.clock, surroundings.secrets, surroundings.files));
  return open(std::move(config), std::move(surroundings));
}

Result<std::unique_ptr<Store>> Store::join(Config config, Surroundings surroundings) {
  TRY(make_joined(config, surroundings.files));
  return open(std::move(config), std::move(surroundings));
}

Result<std::unique_ptr<Store>> Store::open(Config config, Surroundings surroundings) {
  TRY_ASSIGN(Opened opened, open_checked(config, surroundings.files));
  auto parts = std::make_unique<Parts>(std::move(config), std::move(surroundings));
  Parts& p = *parts;
  p.lock = std::move(opened.lock);
  p.head = std::move(opened.head);
  TRY_ASSIGN(p.vault,
             Vault::open(p.config.key_folder / "subjects.keys", p.world.secrets, p.world.files, p.config.cipher));
  p.evidence = std::make_unique<Evidence>(files_of(p.config), p.world.files);
  p.views = std::make_unique<ViewMaker>(p.world.indicator_of, p.world.kinds_of, p.world.executor, p.config.limits);
  p.reads = std::make_unique<ReadPool>([&p] { return open_database(p.config); },
                                       static_cast<std::size_t>(p.config.limits.read_connections),
                                       p.config.limits.read_milliseconds);
  p.keeper = std::make_unique<Keeper>(Keeper::Parts{.config = p.config,
                                                    .world = p.world,
                                                    .head = *p.head,
                                                    .views = *p.views,
                                                    .board = p.board,
                                                    .vault = *p.vault,
                                                    .key = std::move(opened.key)});
  TRY(p.keeper->begin(std::move(opened.database), opened.writes));
  return std::unique_ptr<Store>(new Store(std::move(parts)));
}

std::string Store::id() const { return view()->store_id; }
const Limits& Store::limits() const { return parts_->config.limits; }
Engine Store::engine() const { return parts_->config.engine; }
std::shared_ptr<const View> Store::view() const { return parts_->board.view(); }
Writer& Store::writer() { return *parts_->keeper->writer(); }
bool Store::writes() const { return parts_->keeper->writer() != nullptr; }
bool Store::follows() const { return parts_->config.follow; }
std::string Store::writer_address() const { return parts_->keeper->writer_address(); }
Vault& Store::vault() { return *parts_->vault; }
Evidence& Store::evidence() { return *parts_->evidence; }
Result<Json> Store::note(std::string_view name) {
  return read([&](Database& database) -> Result<Json> {
    return read_note(database, parts_->config.folder, parts_->world.files, name);
  });
}
std::string Store::read_only_reason() const { return parts_->keeper->reason(); }

Result<Answer> Store::write(Command command) {
  const auto writer = parts_->keeper->writer();
  if (!writer) return fail(errors::writer_elsewhere, {writer_address()});
  return writer->write(std::move(command));
}

Result<std::shared_ptr<const View>> Store::view_at_least(Seq seq, std::chrono::milliseconds timeout) const {
  if (view()->seq < seq) parts_->keeper->look();
  return parts_->board.at_least(seq, timeout);
}

std::shared_ptr<void> Store::on_commit(std::function<void(Seq)> callback) {
  return parts_->board.subscribe(std::move(callback));
}

Status Store::read_erased(const std::function<Status(Database&)>& query) { return parts_->reads->run(query); }

Result<Verification> Store::verify() {
  TRY_ASSIGN(const auto database, open_database(parts_->config));
  const auto now = view();
  const Head head{now->store_id, now->seq, now->epoch, now->head, {}};
  TRY(database->begin_read());
  auto found = verify_database(*database, *batches_of(*database, parts_->config.folder, parts_->world.files), {head},
                               parts_->evidence.get());
  database->rollback();
  return found;
}

namespace {

constexpr std::int64_t micros_a_day = 86'400'000'000;
constexpr std::size_t keys_at_once = 10'000;   ///< found in one read, taken away in one act

Result<std::optional<std::int64_t>> next_home(Database& database, std::int64_t after) {
  TRY_ASSIGN(Statement * homes,
             database.prepare(R"(SELECT "home" FROM "request_key" WHERE "home">$1 ORDER BY "home" LIMIT 1)"));
  TRY(homes->bind_all(std::vector<Value>{after}));
  TRY_ASSIGN(const bool some, homes->step());
  std::optional<std::int64_t> out;
  if (some) out = homes->integer(0);
  homes->reset();
  return out;
}

/// Some of those kept since before that moment; home by home, since age is looked up within one. Entries stand in order
/// of time.
Result<std::vector<Key>> old_keys(Database& database, Instant before) {
  std::vector<Key> out;
  TRY_ASSIGN(const Seq end, last_seq(database));
  TRY_ASSIGN(const Seq last, last_seq_by(database, Instant{before.micros - 1}, end));
  for (std::int64_t after = -1; out.size() < keys_at_once;) {
    TRY_ASSIGN(const auto home, next_home(database, after));
    if (!home) break;
    after = *home;
    TRY_ASSIGN(Statement * old,
               database.prepare(R"(SELECT "actor","key" FROM "request_key" WHERE "home"=$1 AND "seq"<=$2)"
                                R"( ORDER BY "seq","actor","key" LIMIT $3)"));
    TRY(old->bind_all(std::vector<Value>{*home, last.value, static_cast<std::int64_t>(keys_at_once - out.size())}));
    while (true) {
      TRY_ASSIGN(const bool more, old->step());
      if (!more) break;
      out.push_back({*home, std::string(old->text(0)), std::string(old->text(1))});
    }
    old->reset();
  }
  return out;
}

Result<Json> forget(Tx& tx, const std::vector<Key>& keys) {
  std::int64_t n = 0;
  for (const Key& key : keys) {
    TRY_ASSIGN(const auto there, tx.get(table::request_key, key));
    if (!there) continue;
    TRY(tx.erase(table::request_key, key));
    ++n;
  }
  return Json(n);
}

}   // namespace

void Store::look() { parts_->keeper->look(); }

/// Some at a time, so that no writer is kept waiting. A key is not used anew while it is kept, so none grows younger.
Result<std::int64_t> Store::forget_old_request_keys() {
  const auto picture = view();
  const PlaceId home = picture->tree->size() > 0 ? (*picture->tree)[0].id : PlaceId{};
  const Instant before{parts_->world.clock.now().micros - limits().request_key_days * micros_a_day};
  for (std::int64_t forgotten = 0;;) {
    TRY_ASSIGN(const auto keys, read([&](Database& database) { return old_keys(database, before); }));
    if (keys.empty()) return forgotten;
    TRY_ASSIGN(const Answer done, write({.home = home,
                                         .actor = "store",
                                         .act = "forget_request_keys",
                                         .request_key = {},
                                         .command = Json(before.micros),
                                         .run = [&](Tx& tx) { return forget(tx, keys); }}));
    forgotten += done.body.integer_or(0);
    if (keys.size() < keys_at_once) return forgotten;
  }
}

Result<std::int64_t> Store::forget_unnamed_files() {
  const auto picture = view();
  const PlaceId home = picture->tree->size() > 0 ? (*picture->tree)[0].id : PlaceId{};
  const Instant before{parts_->world.clock.now().micros - limits().file_days * micros_a_day};
  Seq last;
  const auto old = [&](Database& database) -> Result<std::vector<Key>> {
    TRY_ASSIGN(const Seq end, last_seq(database));
    TRY_ASSIGN(last, last_seq_by(database, before, end));
    return evidence::unnamed(database, last);
  };
  std::int64_t forgotten = 0;
  while (true) {
    TRY_ASSIGN(const std::vector<Key> keys, read(old));
    if (keys.empty()) break;
    const auto run = [&](Tx& tx) -> Result<Json> {
      for (const Key& key : keys) {
        TRY_ASSIGN(const auto row, tx.get(table::file, key));
        const auto in_row = [&](const char* column) {
          return std::get<std::int64_t>((*row)[table::file.column(column)]);
        };
        const bool stays = !row || in_row("named") != 0 || in_row("seq") > last.value;
        if (!stays) TRY(tx.erase(table::file, key));   // named or uploaded again since: it is kept
      }
      return Json();
    };
    TRY(write({.home = home,
               .actor = "store",
               .act = "forget_files",
               .request_key = {},
               .command = Json(before.micros),
               .run = run}));
    forgotten += static_cast<std::int64_t>(keys.size());
  }
  TRY_ASSIGN(const auto known, read([](Database& database) { return evidence::told(database); }));
  TRY(parts_->evidence->remove_unknown(known));
  return forgotten;
}

Result<std::optional<evidence::Scrub>> Store::scrub_files() {
  TRY_ASSIGN(const Json before, note(files_note));
  const Instant now = parts_->world.clock.now();
  if (now.micros - before["at"].integer_or(0) < limits().file_scrub_days * micros_a_day)
    return std::optional<evidence::Scrub>();
  TRY_ASSIGN(const auto database, open_database(parts_->config));   // no read of the pool lasts so long
  TRY_ASSIGN(evidence::Scrub found, evidence::scrub(*database, *parts_->evidence, true));
  Json told{Json::Object{}};
  told.set("at", now.micros);
  told.set("files", found.files);
  told.set("missing", Json(Json::Array(found.missing.begin(), found.missing.end())));
  TRY(keep_note(*database, parts_->config.folder, parts_->world.files, files_note, told));
  return std::optional(std::move(found));
}

}   // namespace gangmu::store
