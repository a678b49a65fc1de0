// SPDX-License-Identifier: Apache-2.0
#include "app/operations.hpp"

#include <map>

#include "app/import_kept.hpp"
#include "app/persons.hpp"
#include "app/picture.hpp"
#include "store/audit.hpp"
#include "store/errors.hpp"
#include "store/notes.hpp"

namespace gangmu::app {
namespace {

constexpr std::int64_t micros_an_hour = 3'600'000'000;
constexpr std::size_t jobs_told = 30;

/// Acts that touch many rows at once. They run within their request; nothing runs on after it.
const std::vector<std::string>& large_acts() {
  static const std::vector<std::string> all{"load", "import_confirm", "import_undo", "run_assessment", "restore"};
  return all;
}

/// "at", its age in whole hours, and whether that is more than `most`.
void age(JsonWriter& out, const Json& note, Instant now, int most) {
  const Instant at{note["at"].integer_or(0)};
  const std::int64_t hours = (now.micros - at.micros) / micros_an_hour;
  out.key("at").value(at.text()).key("hours").value(hours).key("late").value(hours > most);
}

void numbers(JsonWriter& out, const Json& note, std::initializer_list<const char*> names) {
  for (const char* name : names) out.key(name).value(note[name].integer_or(0));
}

void fault(JsonWriter& out, const Json& note) {
  for (const char* name : {"fault_zh", "fault_en"}) out.key(name).value(note[name].string_or(""));
}

Status backup(JsonWriter& out, Service& service, const Picture& picture) {
  const Instant now = service.system().clock.now();
  TRY_ASSIGN(const Json taken, picture.store->note(store::backup_note));
  TRY_ASSIGN(const Json drill, picture.store->note(store::drill_note));
  out.key("backup");
  if (taken.object()) {
    out.begin_object();
    age(out, taken, now, service.limits().backup_hours);
    out.key("folder").value(taken["folder"].string_or(""));
    numbers(out, taken, {"seq", "mark", "bytes"});
    out.end_object();
  } else {
    out.null();
  }
  out.key("drill");
  if (drill.object()) {
    out.begin_object();
    age(out, drill, now, service.limits().proof_hours);
    out.key("folder").value(drill["folder"].string_or(""));
    numbers(out, drill, {"seq", "mark", "tables"});
    fault(out, drill);
    out.end_object();
  } else {
    out.null();
  }
  return {};
}

/// When each confirmed import was taken back, by the seq of its confirmation.
std::map<std::int64_t, std::string> undone_imports(const store::View& view) {
  std::map<std::int64_t, std::string> out;
  view.imports.for_each([&](const store::ImportBatch& batch) {
    if (batch.state == state_undone)
      out[batch.body["confirmed"]["seq"].integer_or(0)] = batch.body["undone"]["at"].string_or("");
  });
  return out;
}

Status jobs(JsonWriter& out, const Limits& limits, const Picture& picture) {
  const Seq newest = picture.view->seq;
  const store::AuditQuery query{.actor = {},
                                .acts = large_acts(),
                                .object = {},
                                .from = {},
                                .to = {},
                                .below = {},
                                .above = Seq{newest.value - limits.journal_entries},
                                .most = jobs_told};
  auto found =
      picture.store->read([&](store::Database& database) { return store::search_journal(database, query, newest); });
  const bool read = found.has_value();
  if (!read && !found.error().is(store::errors::read_too_long)) return fail(found.error());
  const store::AuditPage page = read ? *std::move(found) : store::AuditPage();
  const auto undone = undone_imports(*picture.view);
  out.key("jobs_read").value(read).key("jobs").begin_array();
  for (const store::AuditEntry& entry : page.entries) {
    const auto taken_back = undone.find(entry.seq.value);
    out.begin_object().key("seq").value(entry.seq.value).key("at").value(entry.at.text()).key("act").value(entry.act);
    out.key("actor_name").value(picture.actor_name(entry.actor)).key("home");
    wire::place_or_null(out, picture.tree(), entry.home);
    out.key("rows").value(entry.rows).key("undone_at");
    if (taken_back == undone.end())
      out.null();
    else
      out.value(taken_back->second);
    out.end_object();
  }
  out.end_array();
  return {};
}

}   // namespace

Result<Reply> operations(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::watch_operations));
  Reply reply;   // without a seq: backups and ages move while it stands still
  JsonWriter out(reply.body);
  out.begin_object().key("now").value(service.system().clock.now().text()).key("seq").value(picture.view->seq.value);
  out.key("engine").value(picture.store->engine() == store::Engine::sqlite ? "sqlite" : "postgresql");
  out.key("writes_here").value(picture.store->writes()).key("writer").value(picture.store->writer_address());
  out.key("read_only").value(picture.store->read_only_reason());
  TRY(backup(out, service, picture));
  TRY(jobs(out, service.limits(), picture));
  out.end_object();
  return reply;
}

void daily_upkeep(Service& service) {
  for (const std::string& programme : service.programmes())
    if (const auto store = service.store(programme); store && (*store)->writes()) {
      (void)(*store)->forget_old_request_keys();
      (void)(*store)->forget_unnamed_files();
      (void)(*store)->scrub_files();
    }
}

Result<Reply> chain(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_audit));
  TRY_ASSIGN(const Json check, picture.store->note(store::check_note));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("store").value(picture.view->store_id).key("epoch").value(picture.view->epoch);
  out.key("seq")
      .value(picture.view->seq.value)
      .key("at")
      .value(picture.view->at.text())
      .key("head")
      .value(picture.view->head.text());
  out.key("check");
  if (check.object()) {
    out.begin_object();
    age(out, check, service.system().clock.now(), service.limits().proof_hours);
    numbers(out, check, {"seq", "entries", "tables"});
    fault(out, check);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
