// SPDX-License-Identifier: Apache-2.0
#include "app/task_record.hpp"

#include <algorithm>

#include "record/bound.hpp"
#include "record/ways_out.hpp"
#include "store/definitions.hpp"
#include "store/tasks.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

/// Rows of persons: heads with what is sealed behind them.
void show_hidden(const record::Values& values, plan::Task& task) {
  const auto sealed = [&](record::FieldId id) { return values.contains(id); };
  const Personal<std::string> hidden{std::string(hidden_person)};
  if (sealed(field::leader)) task.leader = hidden;
  if (sealed(field::contact)) task.contact = hidden;
  const auto persons = values.find(field::persons);
  const auto* rows = persons == values.end() ? nullptr : std::get_if<record::Rows>(&persons->second);
  if (!rows) return;
  for (const auto& [number, row] : rows->all) {
    const auto head = row.find(field::head);
    const auto* name = head == row.end() ? nullptr : std::get_if<std::string>(&head->second);
    if (name) task.persons[*name] = hidden;
  }
}

const std::shared_ptr<const Calendar>& no_calendar() {
  static const auto none = std::make_shared<const Calendar>();
  return none;
}

}   // namespace

record::RecordId task_id(PlaceId home, std::int64_t number) { return {home, std::string(task_kind), number}; }

bool is_of_program(std::string_view definition_kind, std::string_view id) {
  if (definition_kind == "flow" && id.starts_with("task@")) return true;   // also one of an earlier version
  return std::ranges::any_of(plan::task_definitions(),
                             [&](const Definition& one) { return one.kind == definition_kind && one.id == id; });
}

Result<plan::Task> task_of(const record::Kind& kind, const place::Tree& tree, const record::Record& record) {
  TRY_ASSIGN(plan::Task task, plan::task_of(kind, record));
  if (const auto held = record.values.find(field::place); held != record.values.end())
    if (const auto* place = std::get_if<PlaceId>(&held->second))
      if (const place::NodeIndex node = tree.find(*place); node != place::no_node) task.place = tree[node].code;
  show_hidden(record.values, task);
  return task;
}

Result<plan::Task> task_of(const store::View& view, const store::WholeRecord& stored) {
  const record::Kind& kind = *view.records.catalogue->find(task_kind);
  TRY_ASSIGN(const record::Record record, record::record_of(kind, stored.id, stored.document));
  return task_of(kind, *view.tree, record);
}

std::vector<std::string> further_boxes(const record::Kind& kind) {
  std::vector<std::string> out = kind.flow()->steps()[kind.flow()->step("progress")].edit;
  std::erase_if(out, [&](const std::string& name) {
    const record::FieldId id = kind.field(name)->id;
    return id == field::progress || id == field::percent;
  });
  return out;
}

record::Values task_values(const place::Tree& tree, const plan::Task& task) {
  record::Values out = plan::values_of(task);
  const place::NodeIndex node = task.place.empty() ? place::no_node : tree.find_code(task.place);
  if (node != place::no_node) out[field::place] = record::Value(tree[node].id);
  return out;
}

std::int64_t number_after(const store::Vault& vault, PlaceId home, std::int64_t last) {
  do ++last;
  while (vault.knows(record_subject(task_id(home, last))) || vault.knows(task_subject(home, std::to_string(last))));
  return last;
}

Result<std::optional<store::WholeRecord>> TaskWriter::find(const record::RecordId& id) const {
  TRY_ASSIGN(auto document, store::records::document(tx_.database(), id, tx_.seq()));
  if (!document || !(*document)["void"].is_null()) return std::optional<store::WholeRecord>();
  return std::optional(store::WholeRecord{id, *std::move(document)});
}

Result<std::int64_t> TaskWriter::last_number() const {
  // Those that were taken back before tasks were records have left their numbers in the old tables.
  TRY_ASSIGN(const std::int64_t old, store::tasks::highest_number(tx_));
  TRY_ASSIGN(const std::int64_t now, store::records::last_number(tx_.database(), task_kind));
  return std::max(old, now);
}

record::World TaskWriter::world(const record::Actor& actor, const Calendar& calendar) const {
  static const record::Lookup nothing_else;
  return {tx_.at(), *catalogue_, calendar, actor, nothing_else, {}};
}

Status TaskWriter::append(const record::RecordId& id, record::Event event) {
  for (const Definition& one : plan::task_definitions()) {
    if (published_) break;
    TRY_ASSIGN(const auto known, store::definitions::latest(tx_, one.kind, one.id));
    if (!known || !(known->body == one.body))
      TRY(store::definitions::publish(tx_, one.kind, one.id, one.valid_from, one.body));
  }
  published_ = true;
  tx_.uses("kind", std::string(task_kind), kind_.version());
  return store::records::append(tx_, id, std::move(event));
}

Status TaskWriter::begin(const record::RecordId& id, const plan::Task& task, record::Values persons, std::string step,
                         std::string reason) {
  return begin_as(id, task, std::move(persons), {.step = std::move(step), .reason = std::move(reason)});
}

Status TaskWriter::begin_as(const record::RecordId& id, const plan::Task& task, record::Values persons,
                            record::Event told) {
  record::Asked asked{
      .step = "create", .typed = record::as_typed(task_values(tree_, task)), .reason = std::move(told.reason)};
  asked.sealed = std::move(told.sealed);
  asked.state = plan::task_state_name(task.state);
  asked.typed.merge(std::move(persons));
  const record::Actor actor{.who = {record::Who::Kind::account, tx_.actor()}};
  TRY_ASSIGN(record::Event event, record::decide(kind_, nullptr, id, asked, world(actor, *no_calendar())));
  event.step = std::move(told.step);
  event.actor = std::move(told.actor);
  event.at = told.at;
  return append(id, std::move(event));
}

Status TaskWriter::replace(const store::WholeRecord& stored, const plan::Task& task, std::string step) {
  TRY_ASSIGN(const record::Record before, record::record_of(kind_, stored.id, stored.document));
  record::Record after = before;
  plan::Task was;
  TRY_ASSIGN(was, plan::task_of(kind_, before));
  for (const auto& [id, value] : task_values(tree_, was)) after.values.erase(id);
  after.values.erase(field::place);
  for (auto& [id, value] : task_values(tree_, task)) after.values[id] = value;
  after.standing.state = kind_.flow()->state(plan::task_state_name(task.state));
  record::Event event{.step = std::move(step)};
  event.patch = record::difference(record::document_of(kind_, before), record::document_of(kind_, after));
  return append(before.id, std::move(event));
}

Status TaskWriter::nudge(const store::WholeRecord& stored, record::Nudge nudge) {
  TRY_ASSIGN(const record::Record before, record::record_of(kind_, stored.id, stored.document));
  return append(stored.id, record::nudged(kind_, before, std::move(nudge)));
}

Status TaskWriter::make_void(const store::WholeRecord& stored, std::string step, std::string reason) {
  TRY_ASSIGN(const record::Record before, record::record_of(kind_, stored.id, stored.document));
  const record::Actor actor{.who = {record::Who::Kind::account, tx_.actor()}};
  TRY_ASSIGN(record::Event event, record::voided(kind_, before, std::move(reason), world(actor, *no_calendar())));
  event.step = std::move(step);
  return append(stored.id, std::move(event));
}

Status TaskWriter::take(const store::WholeRecord& stored, const record::Asked& asked, const Calendar& calendar) {
  TRY_ASSIGN(const record::Record before, record::record_of(kind_, stored.id, stored.document));
  const record::Actor actor{.who = {record::Who::Kind::account, tx_.actor()}};
  const record::World around = world(actor, calendar);
  TRY_ASSIGN(record::Event event, asked.step == "reopen"
                                      ? plan::reopened(kind_, before, asked.reason, around)
                                      : record::decide(kind_, &before, before.id, asked, around, plan::task_rules()));
  event.sealed = asked.sealed;
  return append(before.id, std::move(event));
}

}   // namespace gangmu::app
