// SPDX-License-Identifier: Apache-2.0
#include "app/erasure.hpp"

#include <functional>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/persons.hpp"
#include "base/text.hpp"
#include "store/imports.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t reason_least = 4, reason_most = 200;

/// Under which key, in which stream, and what is left to be seen of it.
struct Erasure {
  std::string key;
  PlaceId home;
  std::function<Status(store::Tx&)> note;
};

Json stamp(const store::Tx& tx, const Actor& actor, const std::string& reason) {
  Json out;
  out.set("act", "erase-persons");
  out.set("actor", actor.id);
  out.set("at", tx.at().text());
  out.set("text", masked(reason));
  return out;
}

struct Finder {
  const store::View& view;
  const Actor& actor;
  const std::string& reason;

  Result<Erasure> operator()(const PersonsOfTask& wanted) const {
    Erasure out;
    view.tasks.for_each([&](const store::Task& task) {
      if (task.id != wanted.id) return;
      out = {task_subject(task.home, task.id), task.home, [this, home = task.home, id = task.id](store::Tx& tx) {
        return store::tasks::append_event(tx, home, id, stamp(tx, actor, reason));
      }};
    });
    if (!out.note) return fail(errors::unknown_task, {wanted.id});
    return out;
  }
  Result<Erasure> operator()(const PersonOfAccount& wanted) const {
    const store::Account* account = find_login(view, wanted.login);
    if (!account) return fail(errors::unknown_account, {wanted.login});
    return Erasure{account_subject(account->id), account->home, [this, account](store::Tx& tx) -> Status {
      store::Account now = *account;
      now.state = account_disabled;
      now.body.object()->erase("code");
      now.body.set("erased", stamp(tx, actor, reason));
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
    return Erasure{import_subject(found->id), found->home, [this, found](store::Tx& tx) {
      store::ImportBatch now = *found;
      now.body.set("erased", stamp(tx, actor, reason));
      return store::imports::put(tx, now);
    }};
  }
};

}  // namespace

Result<Seq> erase_persons(store::Store& store, const Actor& actor, const Subject& subject, const std::string& reason) {
  const std::size_t length = text::length(text::trim(reason));
  if (length < reason_least || length > reason_most) return fail(errors::reason_wanted, {std::to_string(reason_least), std::to_string(reason_most)});
  const auto view = store.view();
  TRY_ASSIGN(const Erasure erasure, std::visit(Finder{*view, actor, reason}, subject));
  TRY_ASSIGN(const store::Answer written, store.write({.home = erasure.home, .actor = actor.id, .act = "erase_persons", .request_key = {}, .command = {},
      .run = [&](store::Tx& tx) -> Result<Json> {
        TRY(erasure.note(tx));
        return Json(Json::Object{});
      }}));
  TRY(store.vault().erase(erasure.key));
  return written.seq;
}

}  // namespace gangmu::app
