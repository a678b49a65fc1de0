// SPDX-License-Identifier: Apache-2.0
#include "store/journal.hpp"

#include <algorithm>

#include "store/errors.hpp"
#include "store/records.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t replayed_rows = 4000, replayed_bytes = 8u << 20;   ///< that wait for a write in one go

void append_value(std::string& out, const Column& column, const Value& value, Seq own) {
  const auto* n = std::get_if<std::int64_t>(&value);
  if (n && column.seq && own && *n == own.value)
    out += "null";
  else if (n)
    out += std::to_string(*n);
  else if (const auto* s = std::get_if<std::string>(&value))
    append_json_string(out, *s);
  else if (const auto* b = std::get_if<Bytes>(&value))
    append_json_string(out, hex(b->data));
  else
    out += "null";
}

void append_values(std::string& out, const Table& table, const Row& row, std::size_t from, std::size_t to, Seq own) {
  out += '[';
  for (std::size_t i = from; i < to; ++i) {
    if (i != from) out += ',';
    append_value(out, table.columns[i], row[i], own);
  }
  out += ']';
}

tl::unexpected<Error> malformed(std::string what) { return fail(errors::entry_malformed, {std::move(what)}); }

Result<RowChange> change_of(const Json& json, const RowForms::ByName& forms, Seq own) {
  const Json::Array* parts = json.array();
  const std::string* name = parts && parts->size() == 3 ? (*parts)[0].string() : nullptr;
  const auto form = name ? forms.find(*name) : forms.end();
  if (form == forms.end()) return malformed("no table for " + json.canonical().substr(0, 200));
  RowChange change{.table = find_table(*name), .erased = (*parts)[2].is_null(), .earlier = form->second.earlier()};
  if (change.erased) {
    TRY_ASSIGN(change.row, form->second.key((*parts)[1], own));
  } else {
    TRY_ASSIGN(change.row, form->second.row((*parts)[1], (*parts)[2], own));
  }
  return change;
}

using Visit = std::function<Status(RowChange&&)>;

Status each_line(std::string_view lines, std::string_view only, const RowForms::ByName& forms, Seq own,
                 const Visit& visit) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return malformed("the last row is cut off");
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (!line.starts_with(only)) continue;
    TRY_ASSIGN(const Json json, Json::parse(line));
    TRY_ASSIGN(RowChange change, change_of(json, forms, own));
    TRY(visit(std::move(change)));
  }
  return {};
}

Status each_read(const Json::Array& rows, const Table* only, const RowForms::ByName& forms, Seq own,
                 const Visit& visit) {
  for (const Json& row : rows) {
    TRY_ASSIGN(RowChange change, change_of(row, forms, own));
    if (!only || change.table == only) TRY(visit(std::move(change)));
  }
  return {};
}

Status each_row(RowForms& known, const Entry& entry, Batches& batches, const Visit& visit, const Table* only) {
  TRY_ASSIGN(const RowForms::ByName* forms, known.of(entry.columns));
  const std::string wanted = only ? "[\"" + std::string(only->name) + "\"," : std::string();
  if (!entry.batch && entry.rows.empty()) return each_read(entry.read, only, *forms, entry.seq, visit);
  if (!entry.batch) return each_line(entry.rows, wanted, *forms, entry.seq, visit);
  if (only && !forms->contains(only->name)) return {};
  TRY_ASSIGN(const std::string bytes, batches.read(entry.batch->digest));
  return each_line(bytes, wanted, *forms, entry.seq, visit);
}

std::size_t bytes_of(const Row& row) {
  std::size_t out = row.size() * sizeof(Value);
  for (const Value& value : row) {
    if (const auto* s = std::get_if<std::string>(&value)) out += s->size();
    if (const auto* b = std::get_if<Bytes>(&value)) out += b->data.size();
  }
  return out;
}

std::int64_t whole(const Json& json, std::string_view key) { return json[key].integer_or(0); }

}   // namespace

std::string Entry::canonical() const {
  std::string out;
  JsonWriter w(out);
  w.begin_object();
  w.key("act").value(act).key("actor").value(actor);
  if (!request_key.empty()) w.key("answer").json(answer);
  w.key("at").value(at.micros);
  if (batch) {
    w.key("batch").begin_object().key("digest").value(batch->digest.text()).key("rows").value(batch->rows).end_object();
  }
  w.key("columns").json(columns);
  if (!request_key.empty()) w.key("command").value(command);
  w.key("definitions").begin_array();
  for (const std::string& d : definitions) w.value(d);
  w.end_array().key("epoch").value(epoch);
  if (!request_key.empty()) w.key("fields").json(fields);
  w.key("home").value(home.value);
  if (!request_key.empty()) w.key("request_key").value(request_key);
  if (!batch) {
    std::string joined = rows.substr(0, rows.empty() ? 0 : rows.size() - 1);
    std::replace(joined.begin(), joined.end(), '\n', ',');   // canonical JSON never holds a raw line end
    for (const Json& row : read) joined += (joined.empty() ? "" : ",") + row.canonical();
    w.key("rows").raw("[" + joined + "]");
  }
  w.key("seq").value(seq.value).end_object();
  return out;
}

Result<Entry> Entry::parse(std::string_view bytes) {
  auto parsed = Json::parse(bytes);
  if (!parsed || !parsed->object()) return malformed("no JSON object");
  Json& json = *parsed;
  Entry e;
  e.seq = Seq{whole(json, "seq")};
  e.epoch = whole(json, "epoch");
  e.home = PlaceId{whole(json, "home")};
  e.at = Instant{whole(json, "at")};
  e.act = json["act"].string_or("");
  e.actor = json["actor"].string_or("");
  e.request_key = json["request_key"].string_or("");
  e.command = json["command"].string_or("");
  e.fields = json["fields"];
  e.answer = json["answer"];
  e.columns = json["columns"];
  if (const Json::Array* used = json["definitions"].array())
    for (const Json& d : *used) e.definitions.push_back(d.string_or(""));
  if (json["batch"].object()) {
    TRY_ASSIGN(const Digest d, Digest::parse(json["batch"]["digest"].string_or("")));
    e.batch = Batch{d, whole(json["batch"], "rows")};
  }
  if (const auto rows = json.object()->find("rows"); rows != json.object()->end() && rows->second.array())
    e.read = std::move(*rows->second.array());
  if (!e.seq) return malformed("seq is missing");
  return e;
}

void append_row(std::string& out, const Table& table, const Row& row, bool erased, Seq own) {
  out += "[\"";
  out += table.name;
  out += "\",";
  append_values(out, table, row, 0, table.keys, own);
  out += ',';
  if (erased)
    out += "null";
  else
    append_values(out, table, row, table.keys, table.columns.size(), own);
  out += "]\n";
}

Json columns_of(const std::vector<const Table*>& touched) {
  Json out{Json::Object{}};
  for (const Table* table : touched) {
    Json names{Json::Array{}};
    for (const Column& column : table->columns) names.push(column.name);
    out.set(table->name, std::move(names));
  }
  return out;
}

Status move_rows_to_batch(Entry& entry, Batches& batches, std::int64_t rows) {
  const Digest name = digest(entry.rows);
  TRY(batches.keep(name, entry.rows));
  entry.batch = Batch{name, rows};
  entry.rows.clear();
  entry.rows.shrink_to_fit();
  return {};
}

Status for_each_row(const Entry& entry, Batches& batches, const Visit& visit, const Table* only) {
  RowForms forms;
  return each_row(forms, entry, batches, visit, only);
}

Digest first_link() { return Digest{}; }

Digest chain(const Digest& previous, std::string_view bytes) {
  Digester digester;
  digester.add({reinterpret_cast<const char*>(previous.bytes.data()), previous.bytes.size()});
  digester.add(bytes);
  return digester.finish();
}

Digest store_head(std::int64_t epoch, const StreamHeads& heads) {
  std::string text = "epoch " + std::to_string(epoch) + "\n";
  for (const auto& [home, hash] : heads) text += std::to_string(home.value) + " " + hash.text() + "\n";
  return digest(text);
}

namespace {

Row journal_row_of(const Entry& entry, std::string bytes, const Digest& hash) {
  return {entry.home.value, entry.seq.value,   entry.epoch,      entry.at.micros, entry.act,
          entry.actor,      entry.request_key, std::move(bytes), hash.text()};
}

Row request_key_row_of(const Entry& entry) {
  return {entry.home.value, entry.actor, entry.request_key, entry.seq.value};
}

}   // namespace

Status insert_entry(Database& database, const Entry& entry, std::string bytes, const Digest& hash) {
  const Row journal = journal_row_of(entry, std::move(bytes), hash);
  TRY(database.write_rows(table::journal, std::span(&journal, 1), false));
  if (entry.request_key.empty()) return {};
  const Row key = request_key_row_of(entry);
  return database.write_rows(table::request_key, std::span(&key, 1), false);
}

Status Replay::take(const JournalRow& row) {
  const auto write = [&](RowChange&& change) -> Status {
    if (change.erased) return erase(change);
    return put(*change.table, std::move(change.row), change.earlier);
  };
  TRY(each_row(forms_, row.entry, batches_, write, nullptr));
  if (entries_) TRY(put(table::journal, journal_row_of(row.entry, row.bytes, row.hash), false));
  return row.entry.request_key.empty() ? Status() : put(table::request_key, request_key_row_of(row.entry), false);
}

Status Replay::put(const Table& table, Row row, bool earlier) {
  Waiting& waiting = waiting_[&table];
  if (waiting.earlier != earlier || waiting.rows.size() >= replayed_rows) TRY(flush(table, waiting));
  waiting.earlier = earlier;
  bytes_ += bytes_of(row);
  waiting.rows.push_back(std::move(row));
  return bytes_ < replayed_bytes ? Status() : finish();
}

Status Replay::erase(const RowChange& change) {
  TRY(flush(*change.table, waiting_[change.table]));
  TRY_ASSIGN(Statement * statement, target_.prepare(erase_sql(*change.table)));
  return statement->run(change.row);
}

Status Replay::flush(const Table& table, Waiting& waiting) {
  if (waiting.rows.empty()) return {};
  const bool once = &table == &table::request_key || (table.append_only && !waiting.earlier);
  Status written = target_.write_rows(table, waiting.rows, !once);
  if (written && &table == &table::record_event) written = records::apply(target_, waiting.rows);
  waiting.rows.clear();
  return written;
}

Status Replay::finish() {
  bytes_ = 0;
  for (auto& [table, waiting] : waiting_) TRY(flush(*table, waiting));
  return {};
}

Status apply_entry(Database& target, const JournalRow& row, Batches& batches) {
  Replay replay(target, batches);
  TRY(replay.take(row));
  return replay.finish();
}

Status replay(Database& source, Database& target, Batches& batches, Seq upto) {
  if (!upto) { TRY_ASSIGN(upto, last_seq(source)); }
  TRY(target.begin_write());
  Replay replay(target, batches);
  Status done = read_journal(source, Seq{}, upto, [&](const JournalRow& row) { return replay.take(row); });
  if (done) done = replay.finish();
  if (!done) {
    target.rollback();
    return done;
  }
  return target.commit();
}

}   // namespace gangmu::store
