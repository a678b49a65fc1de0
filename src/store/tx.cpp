// SPDX-License-Identifier: Apache-2.0
#include "store/tx.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

tl::unexpected<Error> malformed(const Table& table, std::string what) {
  return fail(errors::row_malformed, {std::string(table.name), std::move(what)});
}

Status check_text(const Table& table, const Column& column, std::string_view text, const Limits& limits) {
  if (text.size() > limits.value_bytes)
    return fail(errors::limit_exceeded, {std::string(table.name) + "." + std::string(column.name),
                                         std::to_string(limits.value_bytes) + " bytes"});
  if (column.type == ColumnType::text && (text.find('\0') != std::string_view::npos || !text::valid_utf8(text)))
    return malformed(table, std::string(column.name) + " is not UTF-8 text");
  return {};
}

bool shown(const Table& table) {
  return &table == &table::definition || &table == &table::place || &table == &table::observation_current ||
         &table == &table::task || &table == &table::import_batch || &table == &table::assessment ||
         &table == &table::account || &table == &table::session || &table == &table::record_event;
}

}   // namespace

void Changes::take(const Table& table, const Row& row, bool erased, std::size_t incremental_rows) {
  if (!shown(table)) return;
  if (&table == &table::observation_current) {
    if (too_many) return;
    if (++observations > incremental_rows) {
      too_many = true;
      std::erase_if(rows, [](const RowChange& c) { return c.table == &table::observation_current; });
      return;
    }
  }
  RowChange change{&table, row, erased};
  if ((&table == &table::assessment || &table == &table::record_event) && !erased)
    std::get<std::string>(change.row[table.column("body")]).clear();
  rows.push_back(std::move(change));
}

Tx::Tx(Database& database, const Limits& limits, Seq seq, Instant at, PlaceId home, std::string actor)
    : database_(database), limits_(limits), seq_(seq), at_(at), home_(home), actor_(std::move(actor)) {}

Result<std::optional<Row>> Tx::get(const Table& table, const Key& key) {
  if (key.size() != table.keys) return malformed(table, "a whole key has " + std::to_string(table.keys) + " values");
  std::optional<Row> found;
  TRY(scan(table, key, [&](Row&& row) -> Status {
    found = std::move(row);
    return {};
  }));
  return found;
}

Result<std::vector<Row>> Tx::scan(const Table& table, const Key& prefix) {
  std::vector<Row> rows;
  TRY(scan(table, prefix, [&](Row&& row) -> Status {
    rows.push_back(std::move(row));
    return {};
  }));
  return rows;
}

Status Tx::scan(const Table& table, const Key& prefix, const std::function<Status(Row&&)>& visit) {
  if (prefix.size() > table.keys) return malformed(table, "a key has " + std::to_string(table.keys) + " values");
  // All rows first: the caller may read the same table while it visits.
  std::vector<Row> rows;
  TRY(scan_rows(database_, table, prefix, [&](Row&& row) -> Status {
    rows.push_back(std::move(row));
    return {};
  }));
  for (Row& row : rows) TRY(visit(std::move(row)));
  return {};
}

Status Tx::insert(const Table& table, Row row) { return write(table, std::span(&row, 1), false); }

Status Tx::put(const Table& table, Row row) {
  if (table.append_only) return fail(errors::append_only, {std::string(table.name)});
  return write(table, std::span(&row, 1), true);
}

Status Tx::put_all(const Table& table, std::span<const Row> rows) { return write(table, rows, !table.append_only); }

Status Tx::write(const Table& table, std::span<const Row> rows, bool replace) {
  for (const Row& row : rows) TRY(check(table, row));
  TRY(database_.write_rows(table, rows, replace));
  for (const Row& row : rows) TRY(record(table, row, false));
  return {};
}

Status Tx::erase(const Table& table, const Key& key) {
  if (table.append_only) return fail(errors::append_only, {std::string(table.name)});
  if (key.size() != table.keys) return malformed(table, "a whole key has " + std::to_string(table.keys) + " values");
  TRY_ASSIGN(Statement * statement, database_.prepare(erase_sql(table)));
  TRY(statement->run(key));
  if (statement->changed() == 0) return fail(errors::no_such_row, {std::string(table.name), key_text(key)});
  return record(table, key, true);
}

void Tx::uses(std::string_view kind, std::string_view id, int version) {
  definitions_.push_back(std::string(kind) + ":" + std::string(id) + "@" + std::to_string(version));
}

std::vector<std::string> Tx::definitions() const {
  std::vector<std::string> out = definitions_;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Status Tx::check(const Table& table, const Row& row) const {
  if (!table.journalled()) return malformed(table, "this table is the store's own");
  if (row.size() != table.columns.size())
    return malformed(table, "a row has " + std::to_string(table.columns.size()) + " values");
  for (std::size_t i = 0; i < row.size(); ++i) {
    const Column& column = table.columns[i];
    if (row[i].index() != static_cast<std::size_t>(column.type) + 1)
      return malformed(table, std::string(column.name) + " has another type");
    const auto* n = std::get_if<std::int64_t>(&row[i]);
    if (n && column.seq && *n > seq_.value)
      return malformed(table, std::string(column.name) + " names an entry to come");
    if (const auto* s = std::get_if<std::string>(&row[i])) TRY(check_text(table, column, *s, limits_));
    if (const auto* b = std::get_if<Bytes>(&row[i])) TRY(check_text(table, column, b->data, limits_));
  }
  return {};
}

Status Tx::record(const Table& table, const Row& row, bool erased) {
  if (static_cast<std::size_t>(count_) >= limits_.command_rows)
    return fail(errors::limit_exceeded, {"rows of one act", std::to_string(limits_.command_rows)});
  append_row(rows_, table, row, erased, seq_);
  if (rows_.size() > limits_.command_bytes)
    return fail(errors::limit_exceeded, {"bytes of one act", std::to_string(limits_.command_bytes)});
  ++count_;
  if (std::find(touched_.begin(), touched_.end(), &table) == touched_.end()) touched_.push_back(&table);
  changes_.take(table, row, erased, limits_.incremental_rows);
  return {};
}

}   // namespace gangmu::store
