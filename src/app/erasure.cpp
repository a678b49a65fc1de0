// SPDX-License-Identifier: Apache-2.0
#include "app/erasure.hpp"

#include <charconv>
#include <functional>
#include <vector>

#include "app/account.hpp"
#include "app/carry_tasks.hpp"
#include "app/errors.hpp"
#include "app/import_kept.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/unmask.hpp"
#include "store/imports.hpp"
#include "store/records.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

/// Under which keys, in which stream, and what is left to be seen of it.
struct Erasure {
  std::vector<std::string> keys;
  PlaceId home;
  std::function<Status(store::Tx&)> note;
};

struct Finder {
  store::Store& store;
  const store::View& view;
  const Actor& actor;
  const std::string& reason;

  /// Where the task is; or, when it is gone with its import or by a restore, where its key still lies.
  [[nodiscard]] std::vector<PlaceId> homes_of_task(std::int64_t number) const {
    std::vector<PlaceId> out;
    tasks_of(view).for_each([&](const store::WholeRecord& task) {
      if (task.id.number == number) out.push_back(task.id.home);
    });
    if (!out.empty()) return out;
    for (const PlaceId home : view.tree->homes()) {
      if (!subjects(home, number).empty()) out.push_back(home);
    }
    return out;
  }
  /// Its own, and the one it had before tasks were records.
  [[nodiscard]] std::vector<std::string> subjects(PlaceId home, std::int64_t number) const {
    std::vector<std::string> out{record_subject(task_id(home, number)), task_subject(home, std::to_string(number))};
    std::erase_if(out, [&](const std::string& one) { return !store.vault().knows(one); });
    return out;
  }
  /// Keys of an undone import's tasks: they are gone from every list, their first event is not. Other numbers between
  /// are another's.
  [[nodiscard]] Status add_keys_of_tasks(const store::ImportBatch& batch, std::vector<std::string>& keys) const {
    const Json& confirmed = batch.body["confirmed"];
    const auto at = Instant::parse(confirmed["at"].string_or(""));
    const std::vector<PlaceId> homes = view.tree->homes();
    for (std::int64_t number = confirmed["first"].integer_or(1); number <= confirmed["last"].integer_or(0); ++number) {
      for (const PlaceId home : homes) {
        const auto found = subjects(home, number);
        if (found.empty()) continue;
        TRY_ASSIGN(const auto events, store.read([&](store::Database& database) {
          return store::records::events_before(database, task_id(home, number), view.seq, Seq{INT64_MAX},
                                               SIZE_MAX >> 1);
        }));
        if (events.empty()) {   // undone before tasks were records
          TRY_ASSIGN(const auto old, store.read([&](store::Database& database) {
            return store::tasks::events(database, home, std::to_string(number), view.seq);
          }));
          if (!old.empty() && old.front().seq == Seq{confirmed["seq"].integer_or(0)})
            keys.insert(keys.end(), found.begin(), found.end());
          continue;
        }
        if (!at) continue;
        TRY_ASSIGN(const record::Event first, record::event_of(events.front().body));
        if (first.at == *at) keys.insert(keys.end(), found.begin(), found.end());
      }
    }
    return {};
  }

  /// The ledgers the task was read from: who is named in it is named there, too.
  [[nodiscard]] std::vector<const store::ImportBatch*> files_of_task(std::int64_t number) const {
    std::vector<const store::ImportBatch*> out;
    tasks_of(view).for_each([&](const store::WholeRecord& task) {
      if (task.id.number != number) return;
      const std::string batch = task.document["f"][std::to_string(plan::task_field::origin_batch.value)].string_or("");
      view.imports.for_each([&](const store::ImportBatch& row) {
        if (row.id == batch) out.push_back(&row);
      });
    });
    return out;
  }
  Status note_file(store::Tx& tx, const store::ImportBatch& file) const {
    store::ImportBatch now = file;
    now.body.set("erased", reasoned(tx, actor, "erase-persons", reason));
    return store::imports::put(tx, now);
  }

  Result<Erasure> operator()(const PersonsOfTask& wanted) const {
    std::int64_t number = 0;
    std::from_chars(wanted.id.data(), wanted.id.data() + wanted.id.size(), number);
    const std::vector<PlaceId> homes = homes_of_task(number);
    if (homes.empty()) return fail(errors::unknown_task, {wanted.id});
    const std::vector<const store::ImportBatch*> files = files_of_task(number);
    Erasure out{
        .keys = {}, .home = homes.front(), .note = [=, this](store::Tx& tx) -> Status {
          for (const PlaceId home : homes)
            TRY(store::records::append(tx, task_id(home, number), {.step = "erase-persons", .reason = masked(reason)}));
          for (const store::ImportBatch* file : files) TRY(note_file(tx, *file));
          return {};
        }};
    for (const PlaceId home : homes) {
      out.keys.push_back(record_subject(task_id(home, number)));
      if (store.vault().knows(task_subject(home, wanted.id))) out.keys.push_back(task_subject(home, wanted.id));
    }
    for (const store::ImportBatch* file : files) out.keys.push_back(import_subject(file->id));
    return out;
  }
  Result<Erasure> operator()(const PersonOfAccount& wanted) const {
    const store::Account* account = find_login(view, wanted.login);
    if (!account) return fail(errors::unknown_account, {wanted.login});
    return Erasure{{account_subject(account->id)}, account->home, [this, account](store::Tx& tx) -> Status {
                     store::Account now = *account;
                     now.state = account_disabled;
                     now.body.object()->erase("code");
                     now.body.set("erased", reasoned(tx, actor, "erase-persons", reason));
                     TRY(end_sessions(tx, now));
                     return store::accounts::put(tx, now);
                   }};
  }
  Result<Erasure> operator()(const FileOfImport& wanted) const {
    const store::ImportBatch* found = nullptr;
    view.imports.for_each([&](const store::ImportBatch& row) {
      if (row.id == wanted.id) found = &row;
    });
    if (!found) return fail(errors::unknown_import, {wanted.id});
    std::vector<std::string> keys{import_subject(found->id)};
    if (found->state == state_undone) TRY(add_keys_of_tasks(*found, keys));
    return Erasure{std::move(keys), found->home, [this, found](store::Tx& tx) { return note_file(tx, *found); }};
  }

  Result<Erasure> operator()(const PersonsOfRecord& wanted) const {
    const auto id = record::RecordId::parse(wanted.id);
    if (!id) return fail(errors::unknown_record, {wanted.id});
    if (id->kind == task_kind)
      return (*this)(PersonsOfTask{std::to_string(id->number)});   // and the ledgers it came from
    TRY_ASSIGN(const auto document, store.read([&](store::Database& database) {
      return store::records::document(database, *id, view.seq);
    }));
    if (!document) return fail(errors::unknown_record, {wanted.id});
    return Erasure{{record_subject(*id)}, id->home, [this, id = *id](store::Tx& tx) {
                     return store::records::append(tx, id, {.step = "erase-persons", .reason = masked(reason)});
                   }};
  }
};

}   // namespace

Result<Seq> erase_persons(store::Store& store, const Limits& limits, const Actor& actor, const Subject& subject,
                          const std::string& reason) {
  TRY(check_reason(limits, reason));
  TRY(carry_tasks(store));
  const auto view = store.view();
  const Finder finder{store, *view, actor, reason};
  TRY_ASSIGN(const Erasure erasure, std::visit(finder, subject));
  TRY_ASSIGN(const store::Answer written, store.write({.home = erasure.home,
                                                       .actor = actor.id,
                                                       .act = "erase_persons",
                                                       .request_key = {},
                                                       .command = {},
                                                       .run = [&](store::Tx& tx) -> Result<Json> {
                                                         TRY(erasure.note(tx));
                                                         return Json(Json::Object{});
                                                       }}));
  for (const std::string& key : erasure.keys) TRY(store.vault().erase(key));
  return written.seq;
}

}   // namespace gangmu::app
