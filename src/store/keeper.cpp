// SPDX-License-Identifier: Apache-2.0
#include "store/keeper.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/checkup.hpp"
#include "store/commit.hpp"
#include "store/errors.hpp"
#include "store/opening.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t token_bytes = 16;
constexpr int now_and_then = 20;   ///< ticks between two looks at the key file, and at a writer that says nothing
constexpr int looks_missed =
    60;   ///< of a writer (Limits::look_milliseconds), before it counts as stopped: half a minute

/// What may be well again in a moment; anything else is damage and stops the server.
bool passes(const Error& error) {
  return error.is(errors::engine_failed) || error.is(errors::out_of_memory) || error.is(errors::disk_full) ||
         error.is(errors::read_too_long) || error.is(errors::no_descriptor);
}

}   // namespace

struct Keeper::Writing {
  std::unique_ptr<Database> database;
  Committer committer;
  Writer writer;

  Writing(std::unique_ptr<Database> connection, Committer::Parts parts, const Config& config)
      : database(std::move(connection)),
        committer(std::move(parts)),
        writer(committer, config.limits, config.own_thread) {}
};

/// The thread that looks after it all, and what others ask of it.
struct Keeper::Watch {
  mutable std::mutex mutex;
  std::condition_variable more;
  bool stopping = false, asked = false;
  std::string address;    ///< of the writer
  std::string reason;     ///< why this server does not follow as it should
  bool stopped = false;   ///< for good
  std::thread thread;

  /// False when it is time to end.
  bool rest(int milliseconds) {
    std::unique_lock lock(mutex);
    more.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return stopping || asked; });
    asked = false;
    return !stopping;
  }
  void note(std::string why, bool for_good) {
    const std::lock_guard lock(mutex);
    reason = std::move(why);
    stopped = for_good;
  }
};

Keeper::Keeper(Parts parts)
    : p_(std::move(parts)),
      follower_({.head = p_.head,
                 .views = p_.views,
                 .board = p_.board,
                 .files = p_.world.files,
                 .folder = p_.config.folder,
                 .limits = p_.config.limits}),
      watch_(std::make_unique<Watch>()) {}

Keeper::~Keeper() {
  {
    const std::lock_guard lock(watch_->mutex);
    watch_->stopping = true;
  }
  watch_->more.notify_all();
  if (watch_->thread.joinable()) watch_->thread.join();
}

Status Keeper::begin(std::unique_ptr<Database> database, bool writes) {
  database_ = std::move(database);
  TRY(follower_.begin(*database_));
  if (p_.config.follow)
    TRY(p_.world.files.remove(stop_note(p_.config)));   // a command beside a stopped server takes no note of it away
  if (writes)
    TRY(begin_writing());
  else
    TRY(follow_once());
  if (p_.config.follow) watch_->thread = std::thread([this] { run(); });
  return {};
}

std::shared_ptr<Writer> Keeper::writer() const {
  const std::lock_guard lock(watch_->mutex);
  return writing_ ? std::shared_ptr<Writer>(writing_, &writing_->writer) : nullptr;
}

std::string Keeper::writer_address() const {
  const std::lock_guard lock(watch_->mutex);
  return watch_->address;
}

std::string Keeper::reason() const {
  const std::lock_guard lock(watch_->mutex);
  return writing_ ? writing_->committer.read_only_reason() : watch_->reason;
}

void Keeper::look() {
  {
    const std::lock_guard lock(watch_->mutex);
    watch_->asked = true;
  }
  watch_->more.notify_all();
}

void Keeper::run() {
  for (int tick = 1; watch_->rest(p_.config.limits.follow_milliseconds); ++tick) {
    if (writing_) {
      if (!writing_->committer.read_only_reason().empty()) step_down();
    } else if (!watch_->stopped) {
      follow();
      if (tick % now_and_then != 0) continue;
      (void)p_.vault.refresh();   // subjects erased by way of the writer; the next tick tries again
      end_silence();
    }
  }
}

void Keeper::follow() {
  Status done = database_ ? Status{} : connect();
  if (done) done = follow_once();
  if (done) return watch_->note({}, false);
  const bool for_good = !passes(done.error());
  if (database_ && (for_good || database_->broken())) database_.reset();   // and with it the lock, should it be held
  watch_->note(done.error().text(Language::zh), for_good);
}

Status Keeper::follow_once() {
  TRY(follower_.catch_up(*database_));
  TRY_ASSIGN(const bool mine, try_claim(*database_));
  if (mine) {
    TRY(follower_.catch_up(*database_));   // what the one before committed last
    return begin_writing();
  }
  TRY_ASSIGN(const WriterNote note, writer_note(*database_));
  const std::lock_guard lock(watch_->mutex);
  watch_->address = note.address;
  return {};
}

/// Only of a server, which looks after its lock all the time; what can't be done now is tried again.
void Keeper::end_silence() {
  if (!database_ || writer_address().empty()) return;
  (void)end_silent_writer(*database_, std::int64_t{p_.config.limits.look_milliseconds} * looks_missed);
}

Status Keeper::connect() {
  TRY_ASSIGN(auto database, open_database(p_.config));
  TRY(follower_.begin(*database));
  database_ = std::move(database);
  return {};
}

Status Keeper::begin_writing() {
  const Line& line = follower_.line();
  const WriterNote note{p_.config.address, hex(p_.world.secrets.bytes(token_bytes))};
  TRY(note_writer(*database_, line.epoch, note));
  TRY(p_.world.files.remove(stop_note(p_.config)));
  Database& database = *database_;
  Committer::Parts parts{
      .database = database,
      .clock = p_.world.clock,
      .head = p_.head,
      .views = p_.views,
      .board = p_.board,
      .limits = p_.config.limits,
      .batches = batches_of(database, p_.config.folder, p_.world.files),
      .key = p_.key,
      .note = note.text(),
      .heads = line.heads,
      .alarm = [this](const Error& fault) { note_stop(p_.world.files, p_.config, p_.world.clock.now(), fault); }};
  auto writing = std::make_shared<Writing>(std::move(database_), std::move(parts), p_.config);
  const std::lock_guard lock(watch_->mutex);
  watch_->address.clear();
  writing_ = std::move(writing);
  return {};
}

void Keeper::step_down() {
  std::shared_ptr<Writing> ended;
  {
    const std::lock_guard lock(watch_->mutex);
    ended.swap(writing_);
    watch_->reason = ended->committer.read_only_reason();
  }
  ended->writer.close();
  if (!ended->committer.lost_database()) watch_->note(ended->committer.read_only_reason(), true);
  ended->database.reset();   // and with it the lock
}

}   // namespace gangmu::store
