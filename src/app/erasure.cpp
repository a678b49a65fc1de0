// SPDX-License-Identifier: Apache-2.0
#include "app/erasure.hpp"

#include <functional>
#include <vector>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/import_kept.hpp"
#include "app/persons.hpp"
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
  [[nodiscard]] std::vector<PlaceId> homes_of_task(const std::string& id) const {
    std::vector<PlaceId> out;
    view.tasks.for_each([&](const store::Task& task) {
      if (task.id == id) out.push_back(task.home);
    });
    if (!out.empty()) return out;
    for (const PlaceId home : view.tree->homes()) {
      if (store.vault().knows(task_subject(home, id))) out.push_back(home);
    }
    return out;
  }
  /// Keys of an undone import's tasks: their rows are gone, their first event is not. Other numbers between are
  /// another's.
  [[nodiscard]] Status add_keys_of_tasks(const store::ImportBatch& batch, std::vector<std::string>& keys) const {
    const Json& confirmed = batch.body["confirmed"];
    const Seq seq{confirmed["seq"].integer_or(0)};
    const std::vector<PlaceId> homes = view.tree->homes();
    for (std::int64_t number = confirmed["first"].integer_or(1); number <= confirmed["last"].integer_or(0); ++number) {
      for (const PlaceId home : homes) {
        const std::string id = std::to_string(number);
        if (!store.vault().knows(task_subject(home, id))) continue;
        TRY_ASSIGN(const auto events, store.read([&](store::Database& database) {
          return store::tasks::events(database, home, id, seq);
        }));
        if (!events.empty() && events.front().seq == seq) keys.push_back(task_subject(home, id));
      }
    }
    return {};
  }

  /// The ledgers the task was read from: who is named in it is named there, too.
  [[nodiscard]] std::vector<const store::ImportBatch*> files_of_task(const std::string& id) const {
    std::vector<const store::ImportBatch*> out;
    view.tasks.for_each([&](const store::Task& task) {
      if (task.id != id) return;
      const std::string batch = task.body["origin"]["batch"].string_or("");
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
    const std::vector<PlaceId> homes = homes_of_task(wanted.id);
    if (homes.empty()) return fail(errors::unknown_task, {wanted.id});
    const std::vector<const store::ImportBatch*> files = files_of_task(wanted.id);
    Erasure out{.keys = {}, .home = homes.front(), .note = [=, this, id = wanted.id](store::Tx& tx) -> Status {
                  for (const PlaceId home : homes)
                    TRY(store::tasks::append_event(tx, home, id, reasoned(tx, actor, "erase-persons", reason)));
                  for (const store::ImportBatch* file : files) TRY(note_file(tx, *file));
                  return {};
                }};
    for (const PlaceId home : homes) out.keys.push_back(task_subject(home, wanted.id));
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
