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
  p.views = std::make_unique<ViewMaker>(p.world.indicator_of, p.world.executor, p.config.limits);
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
  auto found = verify_database(*database, *batches_of(*database, parts_->config.folder, parts_->world.files), {head});
  database->rollback();
  return found;
}

namespace {

constexpr std::int64_t micros_a_day = 86'400'000'000;
constexpr std::int64_t keys_at_once = 100'000;

Result<Json> forget_keys(Tx& tx, std::int64_t before) {
  TRY_ASSIGN(Statement * old, tx.database().prepare(R"(SELECT "home","actor","key" FROM "request_key" WHERE "at"<$1)"
                                                    R"( ORDER BY "home","actor","key" LIMIT $2)"));
  TRY(old->bind_all(std::vector<Value>{before, keys_at_once}));
  std::vector<Key> keys;
  while (true) {
    TRY_ASSIGN(const bool more, old->step());
    if (!more) break;
    keys.push_back({old->integer(0), std::string(old->text(1)), std::string(old->text(2))});
  }
  old->reset();
  for (const Key& key : keys) TRY(tx.erase(table::request_key, key));
  return Json(static_cast<std::int64_t>(keys.size()));
}

}   // namespace

Result<std::int64_t> Store::forget_old_request_keys() {
  const auto picture = view();
  const PlaceId home = picture->tree->size() > 0 ? (*picture->tree)[0].id : PlaceId{};
  const std::int64_t before = parts_->world.clock.now().micros - limits().request_key_days * micros_a_day;
  TRY_ASSIGN(const Answer answer, write({.home = home,
                                         .actor = "store",
                                         .act = "forget_request_keys",
                                         .request_key = {},
                                         .command = Json(before),
                                         .run = [&](Tx& tx) { return forget_keys(tx, before); }}));
  return answer.body.integer_or(0);
}

}   // namespace gangmu::store
