// SPDX-License-Identifier: Apache-2.0
// An import taken back by new events, so that its history stays: fields it changed are set to what they were, records
// it made are void. What was worked on since is listed first, and goes along where the reader then says so, with a
// reason; a field somebody else changed since keeps what it says now.
#include <algorithm>
#include <set>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/records/register_batches.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/wire.hpp"
#include "app/unmask.hpp"
#include "base/text.hpp"
#include "record/match.hpp"
#include "record/ways_out.hpp"

namespace gangmu::app {
namespace {

class TakingBack {
 public:
  TakingBack(const Service& service, const Desk& desk, const record::Columns& columns, store::Tx& tx,
             const store::ImportBatch& batch, std::string reason, std::string actor, bool also_changed)
      : service_(service),
        desk_(desk),
        kind_(columns.kind()),
        tx_(tx),
        batch_(batch),
        made_at_{batch.body["seq"].integer_or(0)},
        reason_(std::move(reason)),
        actor_(std::move(actor)),
        also_changed_(also_changed) {}

  Result<Json> run() {
    TRY_ASSIGN(auto row, store::imports::get(tx_, batch_.home, batch_.id));
    if (!row || row->body["undone"].object())
      return fail(errors::import_state, {"已撤销", "再撤销", "undone", "undone again"});
    std::set<PlaceId> homes;
    const place::Tree& tree = desk_.picture().tree();
    for (place::NodeIndex node = 0; node < tree.size(); ++node) homes.insert(tree.home(node));
    for (const PlaceId home : homes) {
      TRY_ASSIGN(const auto events, store::records::events_at(tx_.database(), home, kind_.id(), made_at_));
      for (const store::RecordEvent& one : events) TRY(take_back(one));
    }
    if (!faults_.empty()) return fail(std::move(faults_));
    Json undone, answer;
    undone.set("at", tx_.at().text());
    undone.set("actor", actor_);
    undone.set("reason", reason_);
    undone.set("seq", tx_.seq().value);
    row->body.set("undone", std::move(undone));
    tx_.uses("kind", kind_.id(), kind_.version());
    TRY(store::imports::put(tx_, *row));
    answer.set("id", batch_.id);
    answer.set("voided", voided_);
    answer.set("restored", restored_);
    answer.set("kept", kept_);
    return answer;
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const record::RecordId& id) {
    if (faults_.size() < service_.limits().sheet_shown)
      faults_.push_back({&kind, std::move(arguments), {.file = id.text(), .line = 0, .column = 0, .cell = {}}});
  }
  void fault(const Error& error, const record::RecordId& id) {
    for (const Diagnostic& one : error.all()) fault(*one.kind, one.arguments, id);
  }

  Status take_back(const store::RecordEvent& one) {
    TRY_ASSIGN(const record::Event event, record::event_of(one.body));
    TRY_ASSIGN(const auto document, store::records::document(tx_.database(), one.id, tx_.seq()));
    if (!document) return {};
    TRY_ASSIGN(const record::Record now, record::record_of(kind_, one.id, *document));
    if (now.voided) return {};
    if (now.seq > made_at_ && !also_changed_) {
      fault(errors::record_changed_since, {wire::title(desk_.picture(), kind_, now), one.id.text()}, one.id);
      return {};
    }
    RecordTables tables(tx_.database(), *desk_.picture().view, tx_.seq());
    const Hat* hat = desk_.for_edit(kind_, now, tables);
    if (!hat) {
      fault(errors::not_yours, {"修改", kind_.label(Language::zh), "edit records", kind_.label(Language::en)}, one.id);
      return {};
    }
    record::World world = desk_.world(*hat, tables);
    world.now = tx_.at();
    TRY(event.step == "create" ? make_void(now, world) : set_back(now, event, world));
    return tables.status();
  }

  /// Whether somebody else did anything with it since.
  [[nodiscard]] Result<bool> of_others(const record::RecordId& id) const {
    TRY_ASSIGN(const auto events,
               store::records::events_before(tx_.database(), id, tx_.seq(), Seq{INT64_MAX}, SIZE_MAX >> 1));
    return std::ranges::any_of(events, [&](const store::RecordEvent& one) {
      return one.seq > made_at_ && one.body["who"].string_or("") != actor_;
    });
  }

  /// What others worked on since goes by the same right as by the way out.
  Status make_void(const record::Record& now, const record::World& world) {
    TRY_ASSIGN(const bool others, of_others(now.id));
    if (others && !desk_.for_way_out(kind_, now)) {
      fault(errors::not_yours, {"作废", kind_.label(Language::zh), "make void", kind_.label(Language::en)}, now.id);
      return {};
    }
    auto event = record::voided(kind_, now, reason_.empty() ? "撤销导入" : reason_, world);
    if (!event) {
      fault(event.error(), now.id);
      return {};
    }
    ++voided_;
    if (!faults_.empty()) return {};
    return store::records::append(tx_, now.id, *std::move(event));
  }

  Status set_back(const record::Record& now, const record::Event& done, const record::World& world) {
    TRY_ASSIGN(const auto before, store::records::document(tx_.database(), now.id, Seq{made_at_.value - 1}));
    if (!before) return {};
    TRY_ASSIGN(const record::Record then, record::record_of(kind_, now.id, *before));
    TRY_ASSIGN(const record::Touched since, store::records::touched_since(tx_.database(), now.id, made_at_));
    record::Touched by_import;
    by_import.add(done);
    record::Asked asked{.step = "edit", .typed = {}, .reason = reason_, .base = {}, .no = {}};
    for (const record::FieldId id : by_import.fields) {
      const record::Field* field = kind_.field(id);
      if (!field || !record::importable(*field)) continue;
      if (since.fields.contains(id)) {
        ++kept_;
        continue;
      }
      const auto held = then.values.find(id);
      asked.typed[id] = held == then.values.end() ? record::Value(record::Gap::missing) : held->second;
    }
    auto event = record::decide(kind_, &now, now.id, asked, world);
    if (!event) {
      fault(event.error(), now.id);
      return {};
    }
    if (event->empty()) return {};
    ++restored_;
    if (!faults_.empty()) return {};
    return store::records::append(tx_, now.id, *std::move(event));
  }

  const Service& service_;
  const Desk& desk_;
  const record::Kind& kind_;
  store::Tx& tx_;
  const store::ImportBatch& batch_;
  Seq made_at_;
  std::string reason_, actor_;
  bool also_changed_;
  Diagnostics faults_;
  std::int64_t voided_ = 0, restored_ = 0, kept_ = 0;
};

}   // namespace

Result<Reply> undo_register_import(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::Columns* columns, desk.columns(call.id));
  TRY_ASSIGN(const store::ImportBatch* batch, register_batch(picture, columns->kind().id(), call.sub_id));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string reason = masked(body.text("reason").value_or(""));
  const bool also_changed = body.flag("also_changed").value_or(false);
  TRY(body.finish());
  if (also_changed) TRY(check_reason(service.limits(), reason));
  if (const std::size_t length = text::length(reason), most = service.limits().text_code_points; length > most)
    return fail(errors::limit_exceeded,
                {"文字的字数", std::to_string(length), std::to_string(most), "characters of the text"});
  Json command;
  command.set("import", batch->id);
  command.set("reason", reason);
  command.set("also_changed", also_changed);
  TRY_ASSIGN(const store::Answer answer,
             write(*picture.store, call,
                   {.home = batch->home,
                    .actor = {},
                    .act = "undo_import_records",
                    .request_key = call.request_key,
                    .command = std::move(command),
                    .run = [&](store::Tx& tx) {
                      return TakingBack(service, desk, *columns, tx, *batch, reason, call.actor.id, also_changed).run();
                    }}));
  Reply reply;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or(""));
  for (const char* count : {"voided", "restored", "kept"}) out.key(count).value(answer.body[count].integer_or(0));
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
