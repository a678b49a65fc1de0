// SPDX-License-Identifier: Apache-2.0
// PostgreSQL through libpq: prepared statements with binary parameters and results; many rows go as arrays through
// unnest.
#include <endian.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstring>
#include <map>
#include <set>

#include "store/database.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t inserted_at_once = 2000;
constexpr Oid oid_int8 = 20, oid_text = 25, oid_bytea = 17;

struct ResultFree {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ResultFree>;

bool succeeded(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

class PostgresDatabase;

class PostgresStatement final : public Statement {
 public:
  PostgresStatement(PostgresDatabase& owner, std::string sql, std::string name)
      : owner_(owner), sql_(std::move(sql)), name_(std::move(name)) {}

  Status bind(int index, const Value& value) override {
    const auto i = static_cast<std::size_t>(index) - 1;
    if (parameters_.size() <= i) parameters_.resize(i + 1);
    parameters_[i] = value;
    return {};
  }
  Result<bool> step() override;
  void reset() override {
    result_.reset();
    row_ = -1;
    parameters_.clear();
  }
  [[nodiscard]] std::int64_t changed() const override { return changed_; }
  [[nodiscard]] bool is_null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
  [[nodiscard]] std::int64_t integer(int column) const override {
    const char* data = PQgetvalue(result_.get(), row_, column);
    if (PQgetlength(result_.get(), row_, column) == 4) {
      std::uint32_t small;
      std::memcpy(&small, data, sizeof small);
      return static_cast<std::int32_t>(be32toh(small));
    }
    std::uint64_t big;
    std::memcpy(&big, data, sizeof big);
    return static_cast<std::int64_t>(be64toh(big));
  }
  [[nodiscard]] std::string_view text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }
  [[nodiscard]] std::string_view bytes(int column) const override { return text(column); }

 private:
  Status execute();
  [[nodiscard]] std::vector<Oid> types() const;

  PostgresDatabase& owner_;
  std::string sql_, name_;
  bool prepared_ = false;
  std::vector<Value> parameters_;
  ResultHandle result_;
  int row_ = -1;
  std::int64_t changed_ = 0;
};

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(PGconn* connection) : connection_(connection) {}
  ~PostgresDatabase() override {
    statements_.clear();
    PQfinish(connection_);
  }
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::postgres; }

  Status exec(std::string_view sql) override {
    const ResultHandle result(PQexec(connection_, std::string(sql).c_str()));
    return succeeded(result.get()) ? Status{} : Status(failed(result.get()));
  }

  Result<Statement*> prepare(std::string_view sql) override {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
      const std::string name = fmt::format("s{}", statements_.size());
      found = statements_.emplace(std::string(sql), std::make_unique<PostgresStatement>(*this, std::string(sql), name))
                  .first;
    }
    found->second->reset();
    return found->second.get();
  }

  Status begin_write() override { return exec("BEGIN"); }
  Status begin_read() override { return exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  Status commit() override {
    const ResultHandle result(PQexec(connection_, "COMMIT"));
    // A COMMIT of a transaction in error state answers ROLLBACK.
    if (succeeded(result.get()) && std::string_view(PQcmdStatus(result.get())) == "COMMIT") return {};
    const Status status = succeeded(result.get())
                              ? Status(fail(errors::engine_failed, {"COMMIT was answered by ROLLBACK"}))
                              : Status(failed(result.get()));
    rollback();
    return status;
  }
  void rollback() override {
    if (in_transaction()) const ResultHandle result(PQexec(connection_, "ROLLBACK"));
  }
  Status savepoint() override { return exec("SAVEPOINT command"); }
  Status release_savepoint() override { return exec("RELEASE SAVEPOINT command"); }
  Status rollback_to_savepoint() override { return exec("ROLLBACK TO SAVEPOINT command; RELEASE SAVEPOINT command"); }
  [[nodiscard]] bool in_transaction() const override {
    const auto status = PQtransactionStatus(connection_);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }
  [[nodiscard]] bool broken() const override { return broken_ || PQstatus(connection_) != CONNECTION_OK; }

  Status write_rows(const Table& table, std::span<const Row> rows, bool replace) override {
    for (std::size_t i = 0; i < rows.size(); i += inserted_at_once)
      TRY(write_some(table, rows.subspan(i, std::min(inserted_at_once, rows.size() - i)), replace));
    return {};
  }
  Status checkpoint(int) override { return {}; }
  [[nodiscard]] std::string log_position() const override { return {}; }
  void limit_reads(int milliseconds) override {
    limit_ms_ = milliseconds;
    const Status told = exec(fmt::format("SET statement_timeout = {}", milliseconds));
    if (!told) broken_ = true;
  }

  [[nodiscard]] tl::unexpected<Error> failed(const PGresult* result) {
    const char* field = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view state = field ? field : "";
    const std::string message = result ? PQresultErrorMessage(result) : PQerrorMessage(connection_);
    // Class 57P: the server ends the session; libpq may notice only at the next use. Class 08: the connection itself.
    const bool ended = state.starts_with("57P") || state.starts_with("08");
    if (ended || state.starts_with("58") || state == "XX000" || PQstatus(connection_) != CONNECTION_OK) broken_ = true;
    if (state == "53100") return fail(errors::disk_full);
    if (state == "53200") return fail(errors::out_of_memory);
    if (state == "57014") return fail(errors::read_too_long, {std::to_string(limit_ms_)});
    if (state == "XX001" || state == "XX002") return fail(errors::page_damaged, {message, message});
    return fail(errors::engine_failed, {fmt::format("PostgreSQL {}: {}", state, message)});
  }
  [[nodiscard]] PGconn* handle() const { return connection_; }

 private:
  Status write_some(const Table& table, std::span<const Row> rows, bool replace);

  PGconn* connection_;
  std::map<std::string, std::unique_ptr<PostgresStatement>, std::less<>> statements_;
  bool broken_ = false;
  int limit_ms_ = 0;
};

std::vector<Oid> PostgresStatement::types() const {
  std::vector<Oid> out;
  for (const Value& value : parameters_) {
    if (std::holds_alternative<std::int64_t>(value))
      out.push_back(oid_int8);
    else if (std::holds_alternative<Bytes>(value))
      out.push_back(oid_bytea);
    else
      out.push_back(oid_text);
  }
  return out;
}

Status PostgresStatement::execute() {
  if (!prepared_) {
    const auto oids = types();
    const ResultHandle made(
        PQprepare(owner_.handle(), name_.c_str(), sql_.c_str(), static_cast<int>(oids.size()), oids.data()));
    if (!succeeded(made.get())) return owner_.failed(made.get());
    prepared_ = true;
  }
  std::vector<std::uint64_t> numbers(parameters_.size());
  std::vector<const char*> values(parameters_.size());
  std::vector<int> lengths(parameters_.size()), formats(parameters_.size(), 1);
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (const auto* n = std::get_if<std::int64_t>(&parameters_[i])) {
      numbers[i] = htobe64(static_cast<std::uint64_t>(*n));
      values[i] = reinterpret_cast<const char*>(&numbers[i]);
      lengths[i] = 8;
    } else {
      const auto* s = std::get_if<std::string>(&parameters_[i]);
      const auto* b = std::get_if<Bytes>(&parameters_[i]);
      if (!s && !b) continue;
      const std::string& data = s ? *s : b->data;
      values[i] = data.data();
      lengths[i] = static_cast<int>(data.size());
    }
  }
  result_.reset(PQexecPrepared(owner_.handle(), name_.c_str(), static_cast<int>(values.size()), values.data(),
                               lengths.data(), formats.data(), 1));
  return succeeded(result_.get()) ? Status{} : Status(owner_.failed(result_.get()));
}

Result<bool> PostgresStatement::step() {
  if (row_ < 0) TRY(execute());
  ++row_;
  if (row_ < PQntuples(result_.get())) return true;
  changed_ = std::atoll(PQcmdTuples(result_.get()));
  return false;
}

/// Text form of an array: numbers plain, text quoted, bytes as "\\x…".
void append_element(std::string& array, const Value& value) {
  array += array.size() > 1 ? "," : "";
  if (const auto* n = std::get_if<std::int64_t>(&value)) {
    array += std::to_string(*n);
  } else if (const auto* s = std::get_if<std::string>(&value)) {
    array += '"';
    for (const char c : *s) {
      if (c == '"' || c == '\\') array += '\\';
      array += c;
    }
    array += '"';
  } else if (const auto* b = std::get_if<Bytes>(&value)) {
    array += "\"\\\\x" + hex(b->data) + "\"";
  } else {
    array += "NULL";
  }
}

std::string_view array_type(ColumnType type) {
  return type == ColumnType::integer ? "bigint[]" : type == ColumnType::text ? "text[]" : "bytea[]";
}

/// ON CONFLICT can't touch one row twice: of equal keys the last is kept.
std::vector<const Row*> last_of_equal(const Table& table, std::span<const Row> rows) {
  std::set<Key> seen;
  std::vector<const Row*> out;
  for (std::size_t i = rows.size(); i-- > 0;)
    if (seen.insert(Key(rows[i].begin(), rows[i].begin() + static_cast<std::ptrdiff_t>(table.keys))).second)
      out.push_back(&rows[i]);
  return {out.rbegin(), out.rend()};
}

Status PostgresDatabase::write_some(const Table& table, std::span<const Row> rows, bool replace) {
  std::vector<const Row*> distinct;
  if (replace && rows.size() > 1)
    distinct = last_of_equal(table, rows);
  else
    for (const Row& row : rows) distinct.push_back(&row);

  std::string sql = insert_head_sql(table) + "SELECT * FROM unnest(";
  std::vector<Value> arrays;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    sql += fmt::format("{}${}::text::{}", c == 0 ? "" : ",", c + 1, array_type(table.columns[c].type));
    std::string array = "{";
    for (const Row* row : distinct) append_element(array, (*row)[c]);
    arrays.emplace_back(array + "}");
  }
  TRY_ASSIGN(Statement * statement, prepare(sql + ")" + conflict_sql(table, replace)));
  TRY(statement->run(arrays));
  if (!replace && statement->changed() != static_cast<std::int64_t>(distinct.size()))
    return fail(errors::row_exists, {std::string(table.name), key_text(std::span(rows.front()).first(table.keys))});
  return {};
}

}   // namespace

Result<std::unique_ptr<Database>> open_postgres(const std::string& connection) {
  PGconn* raw = PQconnectdb(connection.c_str());
  auto database = std::make_unique<PostgresDatabase>(raw);
  if (PQstatus(raw) != CONNECTION_OK) return fail(errors::engine_failed, {PQerrorMessage(raw)});
  TRY(
      database->exec("SET client_min_messages = warning; SET client_encoding = 'UTF8'; SET synchronous_commit = on; "
                     "SET bytea_output = 'hex'"));
  return database;
}

}   // namespace gangmu::store
