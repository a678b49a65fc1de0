// SPDX-License-Identifier: Apache-2.0
#include "app/carry_tasks.hpp"

#include <algorithm>
#include <charconv>

#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "store/store.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t at_once = 500;   // tasks of one entry

/// A flow's step has no '-' in its name; what is no step keeps it.
std::string step_of(const std::string& act) { return act == "request-close" ? "request_close" : act; }

struct Carrying {
  store::Store& store;
  const store::View& view;
  std::vector<const store::Task*> tasks;

  Result<Json> operator()(store::Tx& tx) const {
    TaskWriter writer(tx, view.records.catalogue, *view.tree);
    for (const store::Task* task : tasks) {
      TRY(carry(tx, writer, *task));
      TRY(store::tasks::erase(tx, task->home, task->id));
    }
    return Json(Json::Object{});
  }

  [[nodiscard]] Status carry(store::Tx& tx, TaskWriter& writer, const store::Task& old) const {
    std::int64_t number = 0;
    std::from_chars(old.id.data(), old.id.data() + old.id.size(), number);
    const record::RecordId id = task_id(old.home, number);
    store::Vault& vault = store.vault();
    const std::string subject = task_subject(old.home, old.id);
    const bool erased = vault.erased(subject);
    if (erased) TRY(vault.erase(record_subject(id)));
    TRY_ASSIGN(const plan::Task task, plan::task_from_json(old.body));
    PersonsOf persons{id, {}};
    if (!erased && !old.contact.data.empty()) {
      TRY_ASSIGN(persons.persons, open_old_persons(vault, subject, old.contact));
    }
    TRY_ASSIGN(auto sealed, seal_persons(vault, {persons}));
    TRY_ASSIGN(const auto events, store::tasks::events(tx.database(), old.home, old.id, tx.seq()));
    record::Event first{.step = "load"};
    for (std::size_t i = 0; i < events.size(); ++i) {
      TRY_ASSIGN(record::Event event, event_of(events[i].body, id, subject, erased));
      if (i == 0)
        first = std::move(event);
      else
        TRY(i == 1 ? writer.begin_as(id, task, std::move(sealed.front()), first) : Status());
      if (i > 0) TRY(store::records::append(tx, id, std::move(event)));
    }
    return events.size() > 1 ? Status() : writer.begin_as(id, task, std::move(sealed.front()), first);
  }

  [[nodiscard]] Result<record::Event> event_of(const Json& body, const record::RecordId& id, const std::string& subject,
                                               bool erased) const {
    record::Event out{.step = step_of(body["act"].string_or("")), .reason = body["text"].string_or("")};
    if (const std::string percent = body["percent"].string_or(""); !percent.empty())
      out.reason += "（" + percent + "%）";
    out.actor = body["actor"].string_or("");
    if (const auto at = Instant::parse(body["at"].string_or(""))) out.at = *at;
    if (const std::string sealed = body["sealed"].string_or(""); !sealed.empty() && !erased) {
      TRY_ASSIGN(out.sealed, seal_anew(store.vault(), subject, sealed, record_subject(id)));
    }
    return out;
  }
};

}   // namespace

Result<std::size_t> carry_tasks(store::Store& store) {
  std::size_t done = 0;
  while (store.writes()) {
    const auto view = store.view();
    if (view->tasks.empty() || !view->records.catalogue) break;
    Carrying carrying{store, *view, {}};
    view->tasks.for_each([&](const store::Task& task) {
      if (carrying.tasks.size() < at_once) carrying.tasks.push_back(&task);
    });
    TRY_ASSIGN(const store::Answer answer, store.write({.home = carrying.tasks.front()->home,
                                                        .actor = "upgrade",
                                                        .act = "carry_tasks",
                                                        .request_key = {},
                                                        .command = {},
                                                        .run = carrying}));
    done += carrying.tasks.size();
    TRY(store.view_at_least(answer.seq, std::chrono::milliseconds{10'000}));
  }
  return done;
}

}   // namespace gangmu::app
