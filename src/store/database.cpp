// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include <fmt/format.h>

#include <map>

#include "store/journal.hpp"

namespace gangmu::store {
namespace {

std::string quoted(std::string_view name) { return fmt::format("\"{}\"", name); }

template <class Pick>
std::string listed(const Table& table, std::string_view separator, const Pick& pick) {
  std::string out;
  for (const Column& column : table.columns) {
    const std::string piece = pick(column);
    if (piece.empty()) continue;
    if (!out.empty()) out += separator;
    out += piece;
  }
  return out;
}

std::string key_columns(const Table& table) {
  return listed(table, ",", [](const Column& c) { return c.key ? quoted(c.name) : std::string(); });
}

/// The one place where the dialects differ: column types and table options.
std::string_view type_name(ColumnType type, Engine engine) {
  const bool sqlite = engine == Engine::sqlite;
  switch (type) {
    case ColumnType::integer: return sqlite ? "INTEGER" : "bigint";
    case ColumnType::text: return sqlite ? "TEXT" : "text COLLATE \"C\"";
    case ColumnType::bytes: return sqlite ? "BLOB" : "bytea";
  }
  return "";
}

std::string index_sql(const Table& table, const std::vector<std::string_view>& columns) {
  std::string names, list;
  for (const std::string_view c : columns) {
    names += fmt::format("_{}", c);
    list += fmt::format("{}\"{}\"", list.empty() ? "" : ",", c);
  }
  return fmt::format("CREATE INDEX \"{0}{1}\" ON \"{0}\" ({2})", table.name, names, list);
}

}   // namespace

Status Statement::bind_all(std::span<const Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) TRY(bind(static_cast<int>(i) + 1, values[i]));
  return {};
}

Status Statement::run() {
  while (true) {
    const auto more = step();
    if (!more) {
      reset();
      return fail(more.error());
    }
    if (!*more) break;
  }
  reset();
  return {};
}

Status Statement::run(std::span<const Value> values) {
  TRY(bind_all(values));
  return run();
}

Row read_row(const Table& table, const Statement& statement) {
  Row row;
  row.reserve(table.columns.size());
  int i = 0;
  for (const Column& column : table.columns) {
    if (statement.is_null(i))
      row.emplace_back();
    else if (column.type == ColumnType::integer)
      row.emplace_back(statement.integer(i));
    else if (column.type == ColumnType::text)
      row.emplace_back(std::string(statement.text(i)));
    else
      row.emplace_back(Bytes{std::string(statement.bytes(i))});
    ++i;
  }
  return row;
}

std::string key_text(std::span<const Value> key) {
  std::string out;
  for (const Value& value : key) {
    if (!out.empty()) out += ", ";
    if (const auto* n = std::get_if<std::int64_t>(&value)) out += std::to_string(*n);
    if (const auto* s = std::get_if<std::string>(&value)) out += *s;
  }
  return out;
}

std::string create_table_sql(const Table& table, Engine engine) {
  const std::string columns = listed(table, ", ", [&](const Column& c) {
    return fmt::format("\"{}\" {} NOT NULL", c.name, type_name(c.type, engine));
  });
  return fmt::format("CREATE TABLE \"{}\" ({}, PRIMARY KEY ({})){}", table.name, columns, key_columns(table),
                     engine != Engine::sqlite ? ""
                     : table.wide             ? " STRICT"
                                              : " STRICT, WITHOUT ROWID");
}

std::string insert_head_sql(const Table& table) {
  return fmt::format("INSERT INTO \"{}\" ({}) ", table.name,
                     listed(table, ",", [](const Column& c) { return quoted(c.name); }));
}

std::string conflict_sql(const Table& table, bool replace) {
  if (!replace) return " ON CONFLICT DO NOTHING";
  const std::string sets = listed(table, ",", [](const Column& c) {
    return c.key ? std::string() : fmt::format("\"{0}\"=excluded.\"{0}\"", c.name);
  });
  return fmt::format(" ON CONFLICT ({}) DO UPDATE SET {}", key_columns(table), sets);
}

namespace {

std::string make_select(const Table& table, std::size_t key_prefix) {
  std::string where;
  for (std::size_t i = 0; i < key_prefix; ++i)
    where += fmt::format("{}\"{}\"=${}", i == 0 ? " WHERE " : " AND ", table.columns[i].name, i + 1);
  return fmt::format("SELECT {} FROM \"{}\"{} ORDER BY {}",
                     listed(table, ",", [](const Column& c) { return quoted(c.name); }), table.name, where,
                     key_columns(table));
}

std::string make_erase(const Table& table) {
  std::string where;
  for (std::size_t i = 0; i < table.keys; ++i)
    where += fmt::format("{}\"{}\"=${}", i == 0 ? "" : " AND ", table.columns[i].name, i + 1);
  return fmt::format("DELETE FROM \"{}\" WHERE {}", table.name, where);
}

/// Statements every write runs, made once.
struct TableSql {
  std::vector<std::string> select;   ///< by length of the key prefix
  std::string erase;
};

const TableSql& sql_of(const Table& table) {
  static const std::map<const Table*, TableSql> all = [] {
    std::map<const Table*, TableSql> made;
    for (const Table* t : tables()) {
      TableSql& sql = made[t];
      for (std::size_t n = 0; n <= t->keys; ++n) sql.select.push_back(make_select(*t, n));
      sql.erase = make_erase(*t);
    }
    return made;
  }();
  return all.find(&table)->second;
}

}   // namespace

const std::string& select_sql(const Table& table, std::size_t key_prefix) {
  return sql_of(table).select.at(key_prefix);
}
const std::string& erase_sql(const Table& table) { return sql_of(table).erase; }

Status create_table(Database& database, const Table& table, bool indexed) {
  TRY(database.exec(create_table_sql(table, database.engine())));
  if (!indexed) return {};
  for (const auto& index : table.indexes) TRY(database.exec(index_sql(table, index)));
  return {};
}

Status create_tables(Database& database) {
  for (const Table* table : tables()) TRY(create_table(database, *table));
  return {};
}

Status create_missing_tables(Database& database) {
  for (const Table* table : tables()) {
    TRY_ASSIGN(const bool there, has_table(database, table->name));
    if (!there) TRY(create_table(database, *table));
  }
  return {};
}

Result<bool> has_table(Database& database, std::string_view name) {
  const bool sqlite = database.engine() == Engine::sqlite;
  TRY_ASSIGN(
      Statement * statement,
      database.prepare(sqlite ? "SELECT count(*) FROM sqlite_master WHERE type='table' AND name=$1"
                              : "SELECT count(*) FROM pg_tables WHERE schemaname=current_schema() AND tablename=$1"));
  TRY(statement->bind(1, Value(std::string(name))));
  TRY(statement->step());
  const bool there = statement->integer(0) > 0;
  statement->reset();
  return there;
}

Status scan_rows(Database& database, const Table& table, const Key& prefix, const std::function<Status(Row&&)>& visit) {
  TRY_ASSIGN(Statement * statement, database.prepare(select_sql(table, prefix.size())));
  TRY(statement->bind_all(prefix));
  while (true) {
    const auto more = statement->step();
    const Status visited = more && *more ? visit(read_row(table, *statement)) : Status{};
    if (!more || !*more || !visited) {
      statement->reset();
      if (!more) return fail(more.error());
      return visited;
    }
  }
}

Result<Digest> table_digest(Database& database, const Table& table) {
  Digester digester;
  std::string line;
  TRY(scan_rows(database, table, {}, [&](Row&& row) -> Status {
    line.clear();
    append_row(line, table, row, false, Seq{});
    digester.add(line);
    return {};
  }));
  return digester.finish();
}

}   // namespace gangmu::store
