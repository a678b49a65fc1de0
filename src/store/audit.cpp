// SPDX-License-Identifier: Apache-2.0
#include "store/audit.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/journal.hpp"

namespace gangmu::store {
namespace {

constexpr std::int64_t looked_at_once = 500, looked_at_most = 5000;
constexpr std::size_t objects_told = 12;
constexpr std::int64_t day_micros = 86'400'000'000, offset_micros = 8 * 3'600'000'000LL;   // midnight at +08:00

struct Found {
  AuditEntry entry;
  std::string bytes;
};

std::int64_t midnight(Date day) { return day.days * day_micros - offset_micros; }

/// ",load,give_grant,": what a name between commas is looked for in. "" when none is wanted.
std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "," : "") + name + ",";
  return out;
}

Result<std::vector<Found>> look(Database& database, const AuditQuery& query, Seq below) {
  static const std::string sql =
      R"(SELECT "seq","home","at","act","actor","bytes" FROM "journal" WHERE "seq"<$1 AND "at">=$2 AND "at"<$3)"
      R"( AND ($4='' OR $4 LIKE '%,' || "act" || ',%') AND ($5='' OR "actor"=$5 OR "actor" LIKE $6 OR "actor" LIKE $7) AND "seq">$8 ORDER BY "seq" DESC LIMIT $9)";
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  const std::int64_t from = query.from ? midnight(*query.from) : 0,
                     to = query.to ? midnight(query.to->plus_days(1)) : INT64_MAX;
  TRY(statement->bind_all(std::vector<Value>{below.value, from, to, listed(query.acts), query.actor, query.actor + "/%",
                                             "%/" + query.actor, query.above.value, looked_at_once}));
  std::vector<Found> out;
  for (;;) {
    const auto more = statement->step();
    if (!more || !*more) {
      statement->reset();
      if (!more) return fail(more.error());
      return out;
    }
    out.push_back({{.seq = Seq{statement->integer(0)},
                    .home = PlaceId{statement->integer(1)},
                    .at = Instant{statement->integer(2)},
                    .act = std::string(statement->text(3)),
                    .actor = std::string(statement->text(4)),
                    .objects = {}},
                   std::string(statement->text(5))});
  }
}

/// "task 4, 17" of a canonical row ["task",[4,"17"],…].
std::string object_of(const Json& row) {
  if (!row.array() || row.array()->size() < 2) return {};
  std::string out = (*row.array())[0].string_or("");
  const Json& key = (*row.array())[1];
  for (const Json& part : key.array() ? *key.array() : Json::Array{})
    out += (out.find(' ') == std::string::npos ? " " : ", ") +
           (part.integer() ? std::to_string(*part.integer()) : part.string_or(""));
  return out;
}

/// What a canonical row keeps in its column "body"; null for any other.
Json body_of(const Json& row, const Table& table) {
  if (!row.array() || row.array()->size() != 3 || (*row.array())[0] != Json(table.name)) return {};
  const auto* values = (*row.array())[2].array();
  const std::size_t at = table.column("body") - table.keys;
  auto body = values && at < values->size() ? Json::parse((*values)[at].string_or("")) : Result<Json>(Json());
  return body ? *std::move(body) : Json();
}

/// Of the event that was written down before anything was shown or erased; of an account or an import, of its row.
std::string reason_of(const Entry& entry) {
  std::string reason;
  for (const Json& row : entry.read) {
    const Json event = body_of(row, table::task_event), account = body_of(row, table::account),
               import = body_of(row, table::import_batch), record = body_of(row, table::record_event);
    if (const std::string* text = record["why"].string()) reason = *text;
    for (const Json* told : {&event, &account["erased"], &import["erased"]}) {
      if (const std::string* text = (*told)["text"].string()) reason = *text;
    }
  }
  return reason;
}

/// Fills in what was touched; false when the object asked for is not among it.
Result<bool> tell_objects(Found& found, const std::string& wanted) {
  TRY_ASSIGN(const Entry entry, Entry::parse(found.bytes));
  if (entry.batch) {
    found.entry.rows = entry.batch->rows;
    return wanted.empty();
  }
  if (found.entry.act == "see_persons" || found.entry.act == "erase_persons") found.entry.reason = reason_of(entry);
  bool met = wanted.empty();
  for (const Json& row : entry.read) {
    ++found.entry.rows;
    if (met && found.entry.objects.size() >= objects_told) continue;
    const std::string object = object_of(row);
    met = met || object.find(wanted) != std::string::npos;
    if (found.entry.objects.size() < objects_told) found.entry.objects.push_back(object);
  }
  return met;
}

}   // namespace

Result<AuditPage> search_journal(Database& database, const AuditQuery& query, Seq as_of) {
  AuditPage page;
  Seq below = query.below.value > 0 ? query.below : Seq{as_of.value + 1};
  for (std::int64_t looked = 0; looked < looked_at_most; looked += looked_at_once) {
    TRY_ASSIGN(std::vector<Found> found, look(database, query, below));
    for (Found& one : found) {
      below = one.entry.seq;
      TRY_ASSIGN(const bool met, tell_objects(one, query.object));
      if (met) page.entries.push_back(std::move(one.entry));
      if (page.entries.size() < query.most) continue;
      page.next = below;
      return page;
    }
    if (found.size() < static_cast<std::size_t>(looked_at_once)) return page;
  }
  page.next = below;
  return page;
}

}   // namespace gangmu::store
