// SPDX-License-Identifier: Apache-2.0
#include "store/follower.hpp"

#include "store/errors.hpp"
#include "store/migrations.hpp"

namespace gangmu::store {
namespace {

/// A read transaction for the life of the object.
class Snapshot {
 public:
  static Result<Snapshot> of(Database& database) {
    TRY(database.begin_read());
    return Snapshot(database);
  }
  Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  ~Snapshot() {
    if (database_) database_->rollback();
  }

 private:
  explicit Snapshot(Database& database) : database_(&database) {}
  Database* database_;
};

}   // namespace

Status Follower::begin(Database& database) {
  TRY_ASSIGN(const Snapshot snapshot, Snapshot::of(database));
  TRY_ASSIGN(const Seq last, check_head(database));
  const auto shown = p_.board.view();
  TRY_ASSIGN(Step step, shown && shown->seq == p_.head.head().seq ? next(database, last) : load(database, last));
  return publish(std::move(step));
}

Result<bool> Follower::catch_up(Database& database) {
  const Seq shown = p_.board.view()->seq;
  TRY_ASSIGN(const Snapshot snapshot, Snapshot::of(database));
  TRY_ASSIGN(const Seq last, last_seq(database));
  if (last == shown) return false;
  if (last < shown)
    return fail(errors::journal_short,
                {std::to_string(last.value), std::to_string(shown.value), std::to_string(last.value + 1)});
  TRY_ASSIGN(Step step, next(database, last));
  TRY(publish(std::move(step)));
  return true;
}

/// The journal holds what HEAD names; the line then stands there. Returns the journal's end.
Result<Seq> Follower::check_head(Database& database) {
  const Head& head = p_.head.head();
  TRY_ASSIGN(const std::string id, meta_value(database, "store"));
  if (id != head.store)
    return fail(errors::head_damaged, {"它属于库 " + head.store + "，而数据库属于 " + id,
                                       "it belongs to store " + head.store + ", the database to " + id});
  TRY_ASSIGN(const Seq last, last_seq(database));
  if (last < head.seq)
    return fail(errors::journal_short,
                {std::to_string(last.value), std::to_string(head.seq.value), std::to_string(last.value + 1)});
  TRY(p_.head.check_slots(last));
  TRY_ASSIGN(StreamHeads heads, stream_heads(database, head.seq));
  line_ = {head.epoch, std::move(heads)};
  if (line_.head() != head.digest)
    return fail(errors::journal_broken, {std::to_string(head.seq.value), "各流的日志头不是 HEAD 所记的",
                                         "the heads of the streams are not those that HEAD names"});
  return last;
}

Result<Follower::Step> Follower::load(Database& database, Seq last) const {
  Line line = line_;
  TRY(verify_journal(database, p_.head.head().seq, last, line));
  TRY_ASSIGN(View view, p_.views.load(database));
  TRY_ASSIGN(view.at, time_of(database, last));
  view.store_id = p_.head.head().store;
  view.seq = last;
  return Step{std::move(view), std::move(line)};
}

Result<Follower::Step> Follower::next(Database& database, Seq last) const {
  const auto before = p_.board.view();
  const auto batches = batches_of(database, p_.folder, p_.files);
  Line line = line_;
  Changes changes;
  Instant at = before->at;
  const auto take = [&](const RowChange& change) -> Status {
    changes.take(*change.table, change.row, change.erased, p_.limits.incremental_rows);
    return {};
  };
  const Status read = read_journal(database, before->seq, last, [&](const JournalRow& row) -> Status {
    TRY(follow_chain(row, line));
    at = row.entry.at;
    return for_each_row(row.entry, *batches, take);
  });
  TRY(read);
  TRY_ASSIGN(View view, p_.views.next(*before, changes, database));
  view.at = at;
  view.seq = last;
  return Step{std::move(view), std::move(line)};
}

/// HEAD moves first: what was shown once can't be missing later without being missed.
Status Follower::publish(Step step) {
  View& view = step.view;
  view.epoch = step.line.epoch;
  view.head = step.line.head();
  const Head& head = p_.head.head();
  if (view.seq > head.seq) TRY(p_.head.advance({head.store, view.seq, view.epoch, view.head, head.log}));
  line_ = std::move(step.line);
  p_.board.publish(std::make_shared<const View>(std::move(view)));
  return {};
}

}   // namespace gangmu::store
