// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace gangmu::store {
namespace {

Column number(std::string_view name) { return {.name = name}; }
Column text(std::string_view name) { return {.name = name, .type = ColumnType::text}; }
Column key(Column column) {
  column.key = true;
  return column;
}
Column seq() { return {.name = "seq", .seq = true}; }
Column sealed(std::string_view name) { return {.name = name, .type = ColumnType::bytes, .personal = true}; }

Table counted(Table table) {
  table.keys = static_cast<std::size_t>(
      std::count_if(table.columns.begin(), table.columns.end(), [](const Column& c) { return c.key; }));
  return table;
}

}   // namespace

namespace table {

const Table meta = counted({.name = "meta", .scope = Scope::own, .columns = {key(text("name")), text("value")}});

const Table epoch =
    counted({.name = "epoch",
             .scope = Scope::own,
             .columns = {key(number("number")), number("at"), text("writer"), seq(), text("old_head")}});

const Table journal = counted({.name = "journal",
                               .scope = Scope::own,
                               .columns = {key(number("home")), key(seq()), number("epoch"), number("at"), text("act"),
                                           text("actor"), text("request_key"), text("bytes"), text("hash")},
                               .append_only = true,
                               .indexes = {{"seq"}},
                               .wide = true});

const Table batch =
    counted({.name = "batch",
             .scope = Scope::own,
             .columns = {key(text("digest")), key(number("n")), {.name = "piece", .type = ColumnType::bytes}},
             .append_only = true});

const Table definition =
    counted({.name = "definition",
             .scope = Scope::reference,
             .columns = {key(text("kind")), key(text("id")), key(number("version")), number("valid_from"),
                         number("retired"), text("bytes"), text("digest"), seq()},
             .append_only = true});

// Which entry a request key went into; what was asked and answered stands there.
const Table request_key = counted({.name = "request_key",
                                   .columns = {key(number("home")), key(text("actor")), key(text("key")), seq()},
                                   .indexes = {{"home", "seq"}},
                                   .former = {"act", "command", "fields", "answer", "at"}});

// What lies in the folder of files (evidence.hpp), and whether a record names it yet.
const Table file = counted(
    {.name = "file",
     .columns = {key(number("home")), key(text("digest")), text("type"), number("bytes"), number("named"), seq()}});

const Table place = counted(
    {.name = "place",
     .columns = {key(number("home")), key(number("id")), key(number("valid_from")), key(seq()), number("valid_to"),
                 text("code"), text("level"), number("parent"), text("kind"), number("functional"), text("name_zh"),
                 text("name_en"), text("pinyin"), text("initials"), text("attributes")},
     .append_only = true});

const Table observation =
    counted({.name = "observation",
             .columns = {key(number("home")), key(text("indicator")), key(number("version")), key(number("place")),
                         key(number("period")), key(text("source")), key(seq()), number("state"), number("value"),
                         number("status"), number("grade"), text("note")},
             .append_only = true});

const Table observation_current =
    counted({.name = "observation_current",
             .columns = {key(number("home")), key(text("indicator")), key(number("place")), key(number("period")),
                         text("source"), number("version"), seq(), number("state"), number("value"), number("status"),
                         number("grade")}});

const Table task =
    counted({.name = "task",
             .columns = {key(number("home")), key(text("id")), text("body"), sealed("contact"), text("state"), seq()}});

const Table task_event =
    counted({.name = "task_event",
             .columns = {key(number("home")), key(text("task")), key(seq()), key(number("n")), text("body")},
             .append_only = true});

const Table import_batch = counted(
    {.name = "import_batch", .columns = {key(number("home")), key(text("id")), text("body"), text("state"), seq()}});

const Table assessment = counted({.name = "assessment",
                                  .columns = {key(number("home")), key(text("id")), text("scheme"), number("version"),
                                              number("period"), text("digest"), text("body"), seq()},
                                  .append_only = true});

const Table account = counted({.name = "account",
                               .columns = {key(number("home")), key(text("id")), text("login"), text("state"),
                                           sealed("person"), sealed("secret"), text("body"), seq()}});

const Table session =
    counted({.name = "session",
             .columns = {key(number("home")), key(text("id")), text("account"), number("until"), text("body"), seq()}});

// What happened to records. The tables below are applied from it (records.hpp) and stand in no entry.
const Table record_event = counted({.name = "record_event",
                                    .columns = {key(number("home")), key(text("kind")), key(number("number")),
                                                key(seq()), key(number("n")), text("body")},
                                    .append_only = true,
                                    .wide = true});

const Table record =
    counted({.name = "record",
             .columns = {key(number("home")), key(text("kind")), key(number("number")), text("body"), seq()},
             .derived = true,
             .wide = true});

const Table record_key = counted({.name = "record_key",
                                  .columns = {key(number("home")), key(text("kind")), key(text("name")),
                                              key(text("value")), number("record_home"), number("number"), seq()},
                                  .derived = true});

const Table record_ref =
    counted({.name = "record_ref",
             .columns = {key(number("home")), key(text("kind")), key(number("number")), key(text("from_kind")),
                         key(number("field")), key(number("from_home")), key(number("from_number")), seq()},
             .derived = true});

const Table record_tally =
    counted({.name = "record_tally",
             .columns = {key(number("home")), key(text("indicator")), key(number("place")), key(text("period")),
                         key(seq()), key(text("kind")), key(number("number")), key(number("n")), text("value")},
             .append_only = true,
             .derived = true});

}   // namespace table

std::size_t Table::column(std::string_view wanted) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == wanted; });
  assert(found != columns.end());
  return static_cast<std::size_t>(found - columns.begin());
}

const std::vector<const Table*>& tables() {
  static const std::vector<const Table*> all{&table::meta,         &table::epoch,        &table::journal,
                                             &table::batch,        &table::definition,   &table::request_key,
                                             &table::place,        &table::observation,  &table::observation_current,
                                             &table::task,         &table::task_event,   &table::import_batch,
                                             &table::assessment,   &table::account,      &table::session,
                                             &table::record_event, &table::record,       &table::record_key,
                                             &table::record_ref,   &table::record_tally, &table::file};
  return all;
}

const Table* find_table(std::string_view name) {
  const auto found = std::find_if(tables().begin(), tables().end(), [&](const Table* t) { return t->name == name; });
  return found == tables().end() ? nullptr : *found;
}

}   // namespace gangmu::store
