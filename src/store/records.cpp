// SPDX-License-Identifier: Apache-2.0
#include "store/records.hpp"

#include <algorithm>

#include "store/errors.hpp"

namespace gangmu::store::records {
namespace {

/// Columns of record_event.
enum : std::size_t { home_at, kind_at, number_at, seq_at, n_at, body_at };

std::int64_t number(const Row& row, std::size_t at) { return std::get<std::int64_t>(row[at]); }
const std::string& text(const Row& row, std::size_t at) { return std::get<std::string>(row[at]); }

record::RecordId id_of(const Row& row) {
  return {PlaceId{number(row, home_at)}, text(row, kind_at), number(row, number_at)};
}
Key key_of(const record::RecordId& id) { return {id.home.value, id.kind, id.number}; }

struct Document {
  Json json{};
  Seq seq{};
};

Result<std::optional<Document>> stored(Database& database, const record::RecordId& id) {
  std::optional<Document> out;
  TRY(scan_rows(database, table::record, key_of(id), [&](Row&& row) -> Status {
    TRY_ASSIGN(Json json, Json::parse(text(row, 3)));
    out = Document{std::move(json), Seq{number(row, 4)}};
    return {};
  }));
  return out;
}

/// Rows of the derived tables on their way, a table at a time. Keys that go are erased before those that come.
class Applying {
 public:
  explicit Applying(Database& database) : database_(database) {}

  Status take(const Row& row) {
    const record::RecordId id = id_of(row);
    TRY_ASSIGN(const Json body, Json::parse(text(row, body_at)));
    TRY_ASSIGN(const record::Event event, record::event_of(body));
    TRY_ASSIGN(Json * now, document(id, event));
    const Seq seq{number(row, seq_at)};
    Json next = record::applied(*now, event);
    TRY(keys(id, (*now)["k"], next["k"], seq));
    TRY(references(id, (*now)["x"], next["x"], seq));
    *now = std::move(next);
    changed_[id] = seq;
    std::int64_t n = number(row, n_at) * most_tallies;
    for (const record::Contribution& one : event.tallies)
      tallies_.push_back({id.home.value, one.indicator, one.place.value, one.when, seq.value, id.kind, id.number, n++,
                          Decimal(one.units, one.decimals).text()});
    return {};
  }

  Status finish() {
    std::vector<Row> rows;
    for (const auto& [id, seq] : changed_)
      rows.push_back({id.home.value, id.kind, id.number, documents_[id].canonical(), seq.value});
    TRY(database_.write_rows(table::record, rows, true));
    if (!tallies_.empty()) TRY(database_.write_rows(table::record_tally, tallies_, false));
    return {};
  }

 private:
  static constexpr std::int64_t most_tallies = 1'000'000;   ///< of one event

  Result<Json*> document(const record::RecordId& id, const record::Event& event) {
    const auto known = documents_.find(id);
    if (known != documents_.end()) return &known->second;
    Json json;
    if (event.step != "create") {
      TRY_ASSIGN(auto before, stored(database_, id));
      if (before) json = std::move(before->json);
    }
    return &(documents_[id] = std::move(json));
  }

  Status keys(const record::RecordId& id, const Json& before, const Json& after, Seq seq) {
    static const Json::Object none;
    const Json::Object& had = before.object() ? *before.object() : none;
    const Json::Object& has = after.object() ? *after.object() : none;
    for (const auto& [name, value] : had) {
      const auto kept = has.find(name);
      if (kept != has.end() && kept->second == value) continue;
      TRY(erase(table::record_key, {id.home.value, id.kind, name, value.string_or("")}));
    }
    for (const auto& [name, value] : has) {
      const auto kept = had.find(name);
      if (kept != had.end() && kept->second == value) continue;
      const Row row{id.home.value, id.kind, name, value.string_or(""), id.home.value, id.number, seq.value};
      TRY(database_.write_rows(table::record_key, std::span(&row, 1), false));
    }
    return {};
  }

  static std::set<std::pair<std::int64_t, std::string>> targets(const Json& json) {
    std::set<std::pair<std::int64_t, std::string>> out;
    if (const auto* fields = json.object())
      for (const auto& [field, all] : *fields)
        if (const auto* list = all.array())
          for (const Json& one : *list) out.emplace(std::stoll(field), one.string_or(""));
    return out;
  }

  Status references(const record::RecordId& id, const Json& before, const Json& after, Seq seq) {
    if (before == after) return {};
    const auto had = targets(before), has = targets(after);
    const auto key = [&](const auto& one) -> Result<Key> {
      TRY_ASSIGN(const record::RecordId to, record::RecordId::parse(one.second));
      return Key{to.home.value, to.kind, to.number, id.kind, one.first, id.home.value, id.number};
    };
    for (const auto& one : had) {
      if (has.contains(one)) continue;
      TRY_ASSIGN(const Key gone, key(one));
      TRY(erase(table::record_ref, gone));
    }
    for (const auto& one : has) {
      if (had.contains(one)) continue;
      TRY_ASSIGN(Row row, key(one));
      row.emplace_back(seq.value);
      TRY(database_.write_rows(table::record_ref, std::span(&row, 1), true));
    }
    return {};
  }

  Status erase(const Table& table, const Key& key) {
    TRY_ASSIGN(Statement * statement, database_.prepare(erase_sql(table)));
    return statement->run(key);
  }

  Database& database_;
  std::map<record::RecordId, Json> documents_;
  std::map<record::RecordId, Seq> changed_;
  std::vector<Row> tallies_;
};

Result<std::vector<RecordEvent>> rows_of(Statement& statement, const record::RecordId& id) {
  std::vector<RecordEvent> out;
  while (true) {
    TRY_ASSIGN(const bool more, statement.step());
    if (!more) break;
    TRY_ASSIGN(Json body, Json::parse(statement.text(2)));
    out.push_back({id, Seq{statement.integer(0)}, static_cast<int>(statement.integer(1)), std::move(body)});
  }
  statement.reset();
  return out;
}

Result<std::vector<RecordEvent>> events_between(Database& database, const record::RecordId& id, Seq after, Seq upto) {
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "seq","n","body" FROM "record_event" WHERE "home"=$1 AND "kind"=$2)"
                              R"( AND "number"=$3 AND "seq">$4 AND "seq"<=$5 ORDER BY "seq","n")"));
  TRY(statement->bind_all(std::vector<Value>{id.home.value, id.kind, id.number, after.value, upto.value}));
  return rows_of(*statement, id);
}

}   // namespace

Status append(Tx& tx, const record::RecordId& id, record::Event event) {
  if (event.actor.empty()) event.actor = tx.actor();
  if (event.at == Instant{}) event.at = tx.at();
  TRY_ASSIGN(const auto earlier, tx.scan(table::record_event, {id.home.value, id.kind, id.number, tx.seq().value}));
  Row row{id.home.value,           id.kind, id.number, tx.seq().value, static_cast<std::int64_t>(earlier.size()),
          event.json().canonical()};
  TRY(tx.insert(table::record_event, row));
  return records::apply(tx.database(), std::span<const Row>(&row, 1));
}

Status apply(Database& database, std::span<const Row> events) {
  Applying applying(database);
  for (const Row& row : events) TRY(applying.take(row));
  return applying.finish();
}

Result<std::optional<Json>> document(Database& database, const record::RecordId& id, Seq as_of) {
  TRY_ASSIGN(auto now, stored(database, id));
  if (!now) return std::optional<Json>();
  if (now->seq > as_of) {
    TRY_ASSIGN(const auto events, events_between(database, id, Seq{}, as_of));
    if (events.empty()) return std::optional<Json>();
    now = Document{{}, events.back().seq};
    for (const RecordEvent& one : events) {
      TRY_ASSIGN(const record::Event event, record::event_of(one.body));
      now->json = record::applied(std::move(now->json), event);
    }
  }
  now->json.set("seq", now->seq.value);
  return std::optional(std::move(now->json));
}

Result<std::vector<RecordEvent>> events_before(Database& database, const record::RecordId& id, Seq as_of,
                                               EventPlace before, std::size_t most) {
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "seq","n","body" FROM "record_event" WHERE "home"=$1 AND "kind"=$2)"
                              R"( AND "number"=$3 AND "seq"<=$4 AND ("seq"<$5 OR ("seq"=$5 AND "n"<$6)))"
                              R"( ORDER BY "seq" DESC,"n" DESC LIMIT $7)"));
  TRY(statement->bind_all(std::vector<Value>{id.home.value, id.kind, id.number, as_of.value, before.seq.value,
                                             std::int64_t{before.n}, static_cast<std::int64_t>(most)}));
  TRY_ASSIGN(auto out, rows_of(*statement, id));
  std::ranges::reverse(out);
  return out;
}

Result<bool> any_hidden(Database& database, const record::RecordId& id, Seq as_of) {
  // Quotes within texts are escaped, so the member's name stands in no text.
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT 1 FROM "record_event" WHERE "home"=$1 AND "kind"=$2 AND "number"=$3)"
                              R"( AND "seq"<=$4 AND "body" LIKE '%"hid":"%' LIMIT 1)"));
  TRY(statement->bind_all(std::vector<Value>{id.home.value, id.kind, id.number, as_of.value}));
  TRY_ASSIGN(const bool found, statement->step());
  statement->reset();
  return found;
}

Result<bool> named_file(Database& database, const record::RecordId& id, const Digest& digest, Seq as_of) {
  TRY_ASSIGN(Statement * count,
             database.prepare(R"(SELECT count(*) FROM "record_event" WHERE "home"=$1 AND "kind"=$2 AND "number"=$3)"
                              R"( AND "seq"<=$4 AND "body" LIKE $5)"));
  TRY(count->bind_all(
      std::vector<Value>{id.home.value, id.kind, id.number, as_of.value, "%\"digest\":\"" + digest.text() + "\"%"}));
  TRY(count->step());
  const bool some = count->integer(0) > 0;
  count->reset();
  return some;
}

Result<record::Touched> touched_since(Database& database, const record::RecordId& id, Seq base) {
  TRY_ASSIGN(const auto events, events_between(database, id, base, Seq{INT64_MAX}));
  record::Touched out;
  for (const RecordEvent& one : events) {
    TRY_ASSIGN(const record::Event event, record::event_of(one.body));
    out.add(event);
  }
  return out;
}

Result<std::int64_t> last_number(Database& database, PlaceId home, std::string_view kind) {
  TRY_ASSIGN(Statement * statement, database.prepare(R"(SELECT "number" FROM "record" WHERE "home"=$1 AND "kind"=$2)"
                                                     R"( ORDER BY "number" DESC LIMIT 1)"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(kind)}));
  TRY_ASSIGN(const bool some, statement->step());
  const std::int64_t out = some ? statement->integer(0) : 0;
  statement->reset();
  return out;
}

Result<std::int64_t> last_number(Database& database, std::string_view kind) {
  TRY_ASSIGN(Statement * statement, database.prepare(R"(SELECT max("number") FROM "record" WHERE "kind"=$1)"));
  TRY(statement->bind_all(std::vector<Value>{std::string(kind)}));
  TRY_ASSIGN(const bool some, statement->step());
  const std::int64_t out = some && !statement->is_null(0) ? statement->integer(0) : 0;
  statement->reset();
  return out;
}

Result<std::int64_t> last_in_series(Database& database, PlaceId home, std::string_view kind, std::string_view series) {
  std::int64_t out = 0;
  TRY(scan_rows(database, table::record_key, {home.value, std::string(kind), std::string("no")},
                [&](Row&& row) -> Status {
                  const std::string& no = text(row, 3);
                  if (no.starts_with(series)) out = std::max<std::int64_t>(out, std::atoll(no.c_str() + series.size()));
                  return {};
                }));
  return out;
}

Result<std::optional<record::RecordId>> holder(Database& database, PlaceId home, std::string_view kind,
                                               std::string_view name, std::string_view value) {
  std::optional<record::RecordId> out;
  TRY(scan_rows(database, table::record_key, {home.value, std::string(kind), std::string(name), std::string(value)},
                [&](Row&& row) -> Status {
                  out = record::RecordId{PlaceId{number(row, 4)}, std::string(kind), number(row, 5)};
                  return {};
                }));
  return out;
}

Result<std::vector<record::RecordId>> claiming(Database& database, PlaceId home, std::string_view kind,
                                               std::string_view name) {
  std::vector<record::RecordId> out;
  TRY(scan_rows(database, table::record_key, {home.value, std::string(kind), std::string(name)},
                [&](Row&& row) -> Status {
                  out.push_back({PlaceId{number(row, 4)}, std::string(kind), number(row, 5)});
                  return {};
                }));
  std::ranges::sort(out);
  return out;
}

Status each_claim(Database& database, PlaceId home, std::string_view kind, std::string_view name,
                  const std::function<void(std::string_view, const record::RecordId&)>& visit) {
  return scan_rows(database, table::record_key, {home.value, std::string(kind), std::string(name)},
                   [&](Row&& row) -> Status {
                     visit(text(row, 3), {PlaceId{number(row, 4)}, std::string(kind), number(row, 5)});
                     return {};
                   });
}

Result<std::vector<RecordEvent>> events_at(Database& database, PlaceId home, std::string_view kind, Seq seq) {
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "number","n","body" FROM "record_event" WHERE "home"=$1 AND "kind"=$2)"
                              R"( AND "seq"=$3 ORDER BY "number","n")"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(kind), seq.value}));
  std::vector<RecordEvent> out;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    TRY_ASSIGN(Json body, Json::parse(statement->text(2)));
    out.push_back({{home, std::string(kind), statement->integer(0)},
                   seq,
                   static_cast<int>(statement->integer(1)),
                   std::move(body)});
  }
  statement->reset();
  return out;
}

Result<std::vector<record::RecordId>> referring(Database& database, const record::RecordId& id, std::string_view kind,
                                                record::FieldId field) {
  std::vector<record::RecordId> out;
  TRY(scan_rows(database, table::record_ref, {id.home.value, id.kind, id.number, std::string(kind), field.value},
                [&](Row&& row) -> Status {
                  out.push_back({PlaceId{number(row, 5)}, std::string(kind), number(row, 6)});
                  return {};
                }));
  return out;
}

Result<std::vector<record::RecordId>> merged_into(Database& database, const record::RecordId& id) {
  std::vector<record::RecordId> out;
  std::set<record::RecordId> seen{id};
  std::vector<record::RecordId> next{id};
  while (!next.empty()) {
    const record::RecordId one = next.back();
    next.pop_back();
    TRY_ASSIGN(const auto all, referring(database, one, one.kind, record::merged_into));
    for (const record::RecordId& other : all)
      if (seen.insert(other).second) {
        out.push_back(other);
        next.push_back(other);
      }
  }
  std::ranges::sort(out);
  return out;
}

Result<std::vector<Tallied>> tallied(Database& database, PlaceId home, std::string_view indicator, PlaceId place,
                                     std::string_view period, Seq as_of) {
  std::vector<Tallied> out;
  TRY(scan_rows(database, table::record_tally, {home.value, std::string(indicator), place.value, std::string(period)},
                [&](Row&& row) -> Status {
                  if (number(row, 4) > as_of.value) return {};
                  TRY_ASSIGN(const Decimal value, Decimal::parse(text(row, 8)));
                  out.push_back({{home, text(row, 5), number(row, 6)}, Seq{number(row, 4)}, value});
                  return {};
                }));
  return out;
}

Result<std::vector<record::Change>> page(Database& database, PlaceId home, std::string_view kind, std::int64_t after,
                                         std::size_t most) {
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "number","body","seq" FROM "record" WHERE "home"=$1 AND "kind"=$2)"
                              R"( AND "number">$3 ORDER BY "number" LIMIT $4)"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(kind), after, static_cast<std::int64_t>(most)}));
  std::vector<record::Change> out;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    TRY_ASSIGN(Json json, Json::parse(statement->text(1)));
    json.set("seq", statement->integer(2));
    out.push_back({{home, std::string(kind), statement->integer(0)}, std::move(json)});
  }
  statement->reset();
  return out;
}

Status for_each(Database& database, const std::function<Status(record::Change&&)>& visit) {
  return scan_rows(database, table::record, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(Json json, Json::parse(text(row, 3)));
    json.set("seq", number(row, 4));
    return visit({id_of(row), std::move(json)});
  });
}

}   // namespace gangmu::store::records
