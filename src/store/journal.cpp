// SPDX-License-Identifier: Apache-2.0
#include "store/journal.hpp"

#include <algorithm>

#include "store/errors.hpp"
#include "store/records.hpp"
#include "store/row_form.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t replayed_at_once = 4000;   ///< of a batch file, written in one go by replay

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

using RowForms = std::map<std::string, RowForm, std::less<>>;

Result<RowForms> forms_of(const Entry& entry) {
  const Json::Object* named = entry.columns.object();
  if (!named) return malformed("columns are missing");
  RowForms out;
  for (const auto& [name, columns] : *named) {
    const Table* table = find_table(name);
    if (!table) return malformed("no table is called " + name);
    TRY_ASSIGN(RowForm form, RowForm::of(*table, columns));
    out.emplace(name, std::move(form));
  }
  return out;
}

Result<RowChange> change_of(const Json& json, const RowForms& forms, Seq own) {
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

Status each_line(std::string_view lines, std::string_view only, const RowForms& forms, Seq own,
                 const std::function<Status(const RowChange&)>& visit) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return malformed("the last row is cut off");
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    if (!line.starts_with(only)) continue;
    TRY_ASSIGN(const Json json, Json::parse(line));
    TRY_ASSIGN(const RowChange change, change_of(json, forms, own));
    TRY(visit(change));
  }
  return {};
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
    w.key("rows").raw("[" + joined + "]");
  }
  w.key("seq").value(seq.value).end_object();
  return out;
}

Result<Entry> Entry::parse(std::string_view bytes) {
  auto parsed = Json::parse(bytes);
  if (!parsed || !parsed->object()) return malformed("no JSON object");
  const Json& json = *parsed;
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
  if (const Json::Array* rows = json["rows"].array())
    for (const Json& row : *rows) e.rows += row.canonical() + "\n";
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

Status for_each_row(const Entry& entry, Batches& batches, const std::function<Status(const RowChange&)>& visit,
                    const Table* only) {
  TRY_ASSIGN(const RowForms forms, forms_of(entry));
  const std::string wanted = only ? "[\"" + std::string(only->name) + "\"," : std::string();
  if (!entry.batch) return each_line(entry.rows, wanted, forms, entry.seq, visit);
  if (only && !forms.contains(only->name)) return {};
  TRY_ASSIGN(const std::string bytes, batches.read(entry.batch->digest));
  return each_line(bytes, wanted, forms, entry.seq, visit);
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

Status insert_entry(Database& database, const Entry& entry, std::string bytes, const Digest& hash) {
  const Row journal{entry.home.value, entry.seq.value,   entry.epoch,      entry.at.micros, entry.act,
                    entry.actor,      entry.request_key, std::move(bytes), hash.text()};
  TRY(database.write_rows(table::journal, std::span(&journal, 1), false));
  if (entry.request_key.empty()) return {};
  const Row key{entry.home.value,         entry.actor,     entry.request_key,        entry.act,      entry.command,
                entry.fields.canonical(), entry.seq.value, entry.answer.canonical(), entry.at.micros};
  return database.write_rows(table::request_key, std::span(&key, 1), false);
}

namespace {

/// Gathers rows of one table so that replay writes many at a time.
class Applier {
 public:
  explicit Applier(Database& target) : target_(target) {}

  Status take(const RowChange& change) {
    if (change.erased) {
      TRY(flush());
      TRY_ASSIGN(Statement * erase, target_.prepare(erase_sql(*change.table)));
      return erase->run(change.row);
    }
    if (table_ != change.table || earlier_ != change.earlier || rows_.size() >= replayed_at_once) TRY(flush());
    table_ = change.table;
    earlier_ = change.earlier;
    rows_.push_back(change.row);
    return {};
  }

  Status flush() {
    if (rows_.empty()) return {};
    Status written = target_.write_rows(*table_, rows_, !table_->append_only || earlier_);
    if (written && table_ == &table::record_event) written = records::apply(target_, rows_);
    rows_.clear();
    return written;
  }

 private:
  Database& target_;
  const Table* table_ = nullptr;
  bool earlier_ = false;
  std::vector<Row> rows_;
};

}   // namespace

Status apply_entry(Database& target, const JournalRow& row, Batches& batches) {
  Applier applier(target);
  TRY(for_each_row(row.entry, batches, [&](const RowChange& change) { return applier.take(change); }));
  TRY(applier.flush());
  return insert_entry(target, row.entry, row.bytes, row.hash);
}

Status replay(Database& source, Database& target, Batches& batches, Seq upto) {
  if (!upto) { TRY_ASSIGN(upto, last_seq(source)); }
  TRY(target.begin_write());
  const Status done =
      read_journal(source, Seq{}, upto, [&](const JournalRow& row) { return apply_entry(target, row, batches); });
  if (!done) {
    target.rollback();
    return done;
  }
  return target.commit();
}

}   // namespace gangmu::store
