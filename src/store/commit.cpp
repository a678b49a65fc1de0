// SPDX-License-Identifier: Apache-2.0
#include "store/commit.hpp"

#include <algorithm>
#include <exception>
#include <new>

#include "store/errors.hpp"
#include "store/opening.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t fields_kept = 64, field_digest_digits = 8, half_digest_digits = 32, most_digits = 64;

/// Digests were kept longer before: the digits that are there decide.
bool same(const Json& stored, const Json& given) {
  return stored.string() && given.string() && !stored.string()->empty() &&
         given.string()->starts_with(*stored.string());
}

/// Name of the first field in which a stored set of keyed digests differs from a given one in full length.
std::string first_difference(const Json& stored, const Json& given) {
  const Json::Object empty;
  const Json::Object& a = stored.object() ? *stored.object() : empty;
  const Json::Object& b = given.object() ? *given.object() : empty;
  for (auto i = a.begin(), j = b.begin(); i != a.end() || j != b.end();) {
    if (j == b.end() || (i != a.end() && i->first < j->first)) return i->first;
    if (i == a.end() || j->first < i->first) return j->first;
    if (!same(i->second, j->second)) return i->first;
    ++i;
    ++j;
  }
  return "command";
}

Status check_command(const Command& command, const Limits& limits) {
  for (const std::string* text : {&command.actor, &command.act, &command.request_key})
    if (text->size() > limits.key_text_bytes)
      return fail(errors::limit_exceeded,
                  {"actor, act or request key", std::to_string(limits.key_text_bytes) + " bytes"});
  return {};
}

Result<Json> guarded(const Command& command, Tx& tx) {
  try {
    return command.run(tx);
  } catch (const std::bad_alloc&) {
    return fail(errors::out_of_memory);
  } catch (const std::exception& impossible) {   // a fault of ours refuses one command, not the writer
    return fail(errors::engine_failed, {impossible.what()});
  }
}

void append(Changes& all, Changes&& more) {
  all.observations += more.observations;
  all.too_many |= more.too_many;
  all.rows.insert(all.rows.end(), std::make_move_iterator(more.rows.begin()), std::make_move_iterator(more.rows.end()));
}

}   // namespace

std::string Committer::read_only_reason() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

Committer::Outcomes Committer::all_refused(const Error& error, std::size_t commands) {
  return Outcomes(commands, Result<Answer>(fail(error)));
}

Committer::Outcomes Committer::stop(const Error& fault, const ErrorKind& kind, std::size_t commands) {
  const std::string reason = fault.text(Language::zh);
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = stopped_.empty();
    if (first) stopped_ = reason;
  }
  const bool elsewhere = fenced_ || (p_.database.engine() == Engine::postgres && p_.database.broken());
  if (first && !elsewhere && p_.alarm) p_.alarm(fault);
  return all_refused(Error(Diagnostic{&kind, {reason}, {}}), commands);
}

Committer::Outcomes Committer::commit(std::span<Command> commands) {
  if (const std::string reason = read_only_reason(); !reason.empty())
    return all_refused(Error(Diagnostic{&errors::store_read_only, {reason}, {}}), commands.size());
  try {
    return commit_group(commands);
  } catch (const std::bad_alloc&) {   // everything that allocates lies before COMMIT
    p_.database.rollback();
    return all_refused(Error(Diagnostic{&errors::out_of_memory, {}, {}}), commands.size());
  }
}

Committer::Outcomes Committer::commit_group(std::span<Command> commands) {
  const auto before = p_.board.view();
  const Instant at =
      std::max(p_.clock.now(), before->at);   // entries stand in order of time, also when the clock steps back
  Group group{.outcomes = {}, .seq = before->seq, .heads = p_.heads, .changes = {}, .at = at, .accepted = 0};
  group.outcomes.reserve(commands.size());
  auto next = std::make_shared<View>();

  Status ready = p_.head.ready();
  if (ready) ready = p_.database.begin_write();
  if (ready) ready = check_writer(true);
  if (ready) ready = run_all(commands, group);
  if (ready && group.accepted == 0) {
    p_.database.rollback();
    return std::move(group.outcomes);
  }
  if (ready) {
    auto made = p_.views.next(*before, group.changes, p_.database);
    if (made)
      *next = *std::move(made);
    else
      ready = fail(made.error());
  }
  if (!ready) {
    p_.database.rollback();
    fenced_ = ready.error().is(errors::writer_elsewhere);
    if (broken() || fenced_) return stop(ready.error(), errors::store_read_only, commands.size());
    return all_refused(ready.error(), commands.size());
  }
  next->seq = group.seq;
  next->at = group.at;
  next->head = store_head(before->epoch, group.heads);
  std::shared_ptr<const View> published = std::move(next);
  Outcomes refused;
  if (!make_durable({before->store_id, group.seq, before->epoch, published->head, {}}, refused, commands.size()))
    return refused;
  p_.heads = std::move(group.heads);
  p_.board.publish(std::move(published));
  return std::move(group.outcomes);
}

/// COMMIT, then HEAD. A full disk at COMMIT refuses the group; any other failure leaves the outcome open and stops
/// writing.
Status Committer::make_durable(Head head, Outcomes& refused, std::size_t commands) {
  Status done;
  try {
    done = p_.database.commit();
    if (!done && done.error().is(errors::disk_full) && !p_.database.broken()) {
      refused = all_refused(done.error(), commands);
      return done;
    }
    if (done) {
      head.log = p_.database.log_position();
      done = p_.head.advance(head);
    }
  } catch (const std::bad_alloc&) { done = fail(errors::out_of_memory); }
  if (!done) refused = stop(done.error(), errors::outcome_unknown, commands);
  return done;
}

/// The epoch row names who may write. On PostgreSQL this keeps a writer that was cut off from writing on, even where
/// the advisory lock should fail: the row is held until COMMIT, and who takes over has to change it first.
Status Committer::check_writer(bool hold) {
  static const std::string sql = R"(SELECT "writer" FROM "epoch" ORDER BY "number" DESC LIMIT 1)",
                           held = sql + " FOR SHARE";
  TRY_ASSIGN(Statement * statement, p_.database.prepare(hold && p_.database.engine() == Engine::postgres ? held : sql));
  TRY_ASSIGN(const bool some, statement->step());
  const std::string writer(some ? statement->text(0) : "");
  statement->reset();
  if (writer == p_.note) return {};
  const auto other = WriterNote::parse(writer);
  return fail(errors::writer_elsewhere, {other ? other->shown() : writer});
}

/// Fails only when the transaction as a whole is lost.
Status Committer::run_all(std::span<Command> commands, Group& group) {
  for (Command& command : commands) {
    Result<Answer> outcome = run_one(command, group);
    if (!p_.database.in_transaction() || broken())
      return outcome ? Status(fail(errors::engine_failed, {"the transaction was lost"}))
                     : Status(fail(outcome.error()));
    if (outcome && !outcome->replayed) ++group.accepted;
    group.outcomes.push_back(std::move(outcome));
  }
  return {};
}

Result<Answer> Committer::run_one(Command& command, Group& group) {
  TRY(check_command(command, p_.limits));
  TRY_ASSIGN(auto earlier, replayed(command));
  if (earlier) return *std::move(earlier);
  TRY(p_.database.savepoint());
  Result<Answer> outcome = decide(command, group);
  if (outcome) {
    TRY(p_.database.release_savepoint());
  } else if (p_.database.in_transaction()) {
    TRY(p_.database.rollback_to_savepoint());
  }
  return outcome;
}

/// The entry that the request key went into.
Result<std::optional<Entry>> Committer::earlier_entry(const Command& command) {
  std::optional<std::int64_t> seq;
  TRY(scan_rows(p_.database, table::request_key, {command.home.value, command.actor, command.request_key},
                [&](Row&& found) -> Status {
                  seq = std::get<std::int64_t>(found[table::request_key.column("seq")]);
                  return {};
                }));
  std::optional<Entry> out;
  if (!seq) return out;
  TRY(scan_rows(p_.database, table::journal, {command.home.value, *seq}, [&](Row&& found) -> Status {
    TRY_ASSIGN(out, Entry::parse(std::get<std::string>(found[table::journal.column("bytes")])));
    return {};
  }));
  if (!out) return fail(errors::journal_gap, {std::to_string(*seq)});
  return out;
}

Result<std::optional<Answer>> Committer::replayed(const Command& command) {
  if (command.request_key.empty()) return std::optional<Answer>();
  TRY_ASSIGN(auto entry, earlier_entry(command));
  if (!entry) return std::optional<Answer>();
  if (entry->act != command.act) return fail(errors::request_key_reused, {command.request_key, "act"});
  if (!same(Json(entry->command), Json(keyed(command, most_digits))))
    return fail(errors::request_key_reused,
                {command.request_key, first_difference(entry->fields, keyed_fields(command, most_digits))});
  return std::optional(Answer{entry->seq, std::move(entry->answer), true});
}

Result<Answer> Committer::decide(Command& command, Group& group) {
  Tx tx(p_.database, p_.limits, Seq{group.seq.value + 1}, group.at, command.home, command.actor);
  TRY_ASSIGN(Json answer, guarded(command, tx));
  TRY(p_.views.check(tx.changes(), p_.database));
  TRY(seal(command, tx, answer, group));
  return Answer{tx.seq(), std::move(answer), false};
}

/// Writes the entry; only then does the group move on to the next number.
Status Committer::seal(const Command& command, Tx& tx, const Json& answer, Group& group) {
  Entry entry;
  entry.seq = tx.seq();
  entry.epoch = p_.board.view()->epoch;
  entry.home = command.home;
  entry.at = group.at;
  entry.act = command.act;
  entry.actor = command.actor;
  entry.request_key = command.request_key;
  if (!command.request_key.empty()) {
    if (answer.canonical().size() > p_.limits.answer_bytes)
      return fail(errors::limit_exceeded, {"an answer", std::to_string(p_.limits.answer_bytes) + " bytes"});
    entry.command = keyed(command, half_digest_digits);
    entry.fields = keyed_fields(command, field_digest_digits);
    entry.answer = answer;
  }
  entry.definitions = tx.definitions();
  entry.columns = tx.columns();
  entry.rows = tx.take_rows();
  if (entry.rows.size() > p_.limits.entry_bytes) {
    const Status moved = move_rows_to_batch(entry, *p_.batches, tx.row_count());
    if (!moved && moved.error().is(errors::file_failed)) batch_failed_ = true;
    TRY(moved);
  }
  std::string bytes = entry.canonical();
  const auto stream = group.heads.find(command.home);
  const Digest hash = chain(stream == group.heads.end() ? first_link() : stream->second, bytes);
  TRY(insert_entry(p_.database, entry, std::move(bytes), hash));
  group.heads[command.home] = hash;
  group.seq = entry.seq;
  append(group.changes, std::move(tx.changes()));
  return {};
}

std::string Committer::keyed(const Command& command, std::size_t digits) const {
  const std::string all = hmac(p_.key, "command\n" + command.command.canonical()).text();
  return all.substr(0, all.find(':') + 1 + digits);
}

Json Committer::keyed_fields(const Command& command, std::size_t digits) const {
  Json out{Json::Object{}};
  const Json::Object* fields = command.command.object();
  if (!fields || fields->size() > fields_kept) return out;
  for (const auto& [name, value] : *fields) {
    const Digest d = hmac(p_.key, "field\n" + name + "\n" + value.canonical());
    out.set(name, hex({reinterpret_cast<const char*>(d.bytes.data()), digits / 2}));
  }
  return out;
}

void Committer::look() {
  if (p_.database.engine() != Engine::postgres || !read_only_reason().empty()) return;
  const Status mine = check_writer(false);
  if (mine) return;
  fenced_ = mine.error().is(errors::writer_elsewhere);
  if (fenced_ || broken()) stop(mine.error(), errors::store_read_only, 0);
}

void Committer::rest() {
  if (!read_only_reason().empty()) return;
  const Status moved = p_.database.checkpoint(p_.limits.checkpoint_pages);
  if (!moved && (p_.database.broken() || moved.error().is(errors::page_damaged)))
    stop(moved.error(), errors::store_read_only, 0);
}

}   // namespace gangmu::store
