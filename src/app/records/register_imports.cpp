// SPDX-License-Identifier: Apache-2.0
#include "app/records/register_imports.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/persons.hpp"
#include "app/records/record_numbers.hpp"
#include "app/records/register_batches.hpp"
#include "app/records/sheet_preview.hpp"
#include "app/records/sheet_rows.hpp"
#include "base/digest.hpp"
#include "store/definitions.hpp"
#include "store/later_imports.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t batch_id_bytes = 8, rows_at_once = 500;

Result<SheetWish> sheet_wish(const Call& call) {
  SheetWish out;
  out.file = masked(call.query_or("name", ""));
  out.sheet = masked(call.query_or("sheet", ""));
  const std::string mode = call.query_or("mode", "both"), clash = call.query_or("clash", "ask");
  out.mode = mode == "add" ? SheetWish::Mode::add : mode == "update" ? SheetWish::Mode::update : SheetWish::Mode::both;
  out.clash = clash == "held"    ? SheetWish::Clash::held
              : clash == "sheet" ? SheetWish::Clash::sheet
                                 : SheetWish::Clash::ask;
  TRY_ASSIGN(out.columns, column_answers(call.query_or("columns", "")));
  TRY_ASSIGN(out.choices, sheet_choices(call.query_or("choices", "")));
  return out;
}

/// Without a key and without addresses nothing says which record a row is.
bool says_which(const record::Kind& kind, const SheetReading& reading) {
  using record::ColumnUse;
  return !kind.key().empty() || reading.matching.use(ColumnUse::address) || reading.matching.use(ColumnUse::number);
}
Status check_mode(const record::Kind& kind, const SheetReading& reading, const SheetWish& wish) {
  if (says_which(kind, reading) || wish.mode != SheetWish::Mode::update) return {};
  return fail(errors::import_no_key, {kind.label(Language::zh), kind.label(Language::en)});
}

Status check_filled(const record::Kind& kind, const SheetReading& reading) {
  const bool any = std::ranges::any_of(reading.matching.columns, [](const auto& one) { return one.field != nullptr; });
  if (any) return {};
  return fail(errors::import_no_columns, {kind.label(Language::zh), kind.label(Language::en)});
}

/// What one import is made of, on a reader and on the writer.
struct Import {
  Service& service;
  const Call& call;
  Picture picture;
  Desk desk;
  SheetNames names;
  const record::Columns* columns = nullptr;
  SheetWish wish{};
  SheetReading reading{};

  Import(Service& s, const Call& c, Picture p)
      : service(s), call(c), picture(std::move(p)), desk(s, picture, c), names(desk) {}
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  Status read() {
    TRY_ASSIGN(columns, desk.columns(call.id));
    TRY_ASSIGN(wish, sheet_wish(call));
    TRY_ASSIGN(reading, read_register_sheet(service, desk, columns->kind(), call.body, wish, names));
    TRY(check_filled(columns->kind(), reading));
    return check_mode(columns->kind(), reading, wish);
  }
};

Result<std::unique_ptr<Import>> import_of(Service& service, const Call& call) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, Permission::write_records));
  auto out = std::make_unique<Import>(service, call, std::move(picture));
  TRY(out->read());
  return out;
}

// ---- the difference ----

/// A row decided as it would be, without sealing anything.
Status try_row(const Import& import, SheetRows& rows, store::Database& database, Seq as_of, SheetRow& row) {
  if (row.act != RowAct::fresh && row.act != RowAct::changed) return {};
  const record::Kind& kind = import.columns->kind();
  const record::RecordId id = row.id ? *row.id : record::RecordId{row.home, kind.id(), INT32_MAX};
  const std::string no =
      kind.numbering() && !row.id ? kind.numbering()->shown(import.desk.now().date(), INT32_MAX) : std::string();
  const auto event = rows.decided(
      database, as_of, import.desk.now(), row, id, no,
      [](const record::RecordId&, const std::string&) -> Result<record::Sealed> { return record::Sealed{"eA=="}; });
  if (event) {
    if (event->empty()) row.act = RowAct::unchanged;
    return {};
  }
  row.act = RowAct::fault;
  row.faults = event.error().all();
  return {};
}

// ---- the write ----

struct Counts {
  std::array<std::int64_t, 6> by_act{};
  void add(RowAct act) { ++by_act[static_cast<std::size_t>(act)]; }
  [[nodiscard]] Json json() const {
    Json out;
    for (const RowAct act : {RowAct::fresh, RowAct::changed, RowAct::unchanged, RowAct::left})
      out.set(std::string(name_of(act)), by_act[static_cast<std::size_t>(act)]);
    return out;
  }
};

class Writing {
 public:
  Writing(const Import& import, store::Tx& tx, Seq seen, std::string batch)
      : import_(import),
        kind_(import.columns->kind()),
        tx_(tx),
        batch_(std::move(batch)),
        rows_(import.desk, *import.columns, import.reading, import.wish, import.names, seen),
        seen_(seen),
        numbers_(kind_, tx) {}

  Result<Json> run() {
    TRY_ASSIGN(const auto state, store::definitions::latest(tx_, "register", kind_.id()));
    if (!state || state->retired) return fail(errors::unknown_register, {kind_.id()});
    TRY(not_again());
    TRY(rows_.look(tx_.database()));
    for (std::size_t i = 0; i < import_.reading.table.rows.size() && !full(); ++i) TRY(row(i));
    if (!faults_.empty()) return fail(std::move(faults_));
    if (written_ == 0) return fail(errors::nothing_changed);
    tx_.uses("kind", kind_.id(), kind_.version());
    TRY(store::imports::put(tx_,
                            {import_.picture.tree().home(seat()), batch_, body(), std::string(state_register), {}}));
    Json answer;
    answer.set("id", batch_);
    answer.set("counts", counts_.json());
    return answer;
  }

 private:
  [[nodiscard]] bool full() const { return faults_.size() >= import_.service.limits().sheet_shown; }
  [[nodiscard]] place::NodeIndex seat() const {
    return import_.desk.hats().empty() ? 0 : import_.desk.hats().front().node;
  }

  /// Rows nothing tells apart would all come in a second time.
  Status not_again() const {
    if (says_which(kind_, import_.reading)) return {};
    const PlaceId home = import_.picture.tree().home(seat());
    TRY_ASSIGN(const auto later, store::imports::later(tx_.database(), home, state_register, seen_));
    for (const store::ImportBatch& one : later) {
      const bool alike = is_register_batch(one, kind_.id()) && one.body["layout"] == Json(import_.reading.layout);
      if (!alike || one.body["undone"].object()) continue;
      TRY_ASSIGN(const auto made,
                 store::records::events_at(tx_.database(), one.home, kind_.id(), Seq{one.body["seq"].integer_or(0)}));
      return fail(errors::import_overtaken, {made.empty() ? one.id : made.front().id.text()});
    }
    return {};
  }

  Status row(std::size_t index) {
    TRY_ASSIGN(SheetRow row, rows_.read(tx_.database(), tx_.seq(), index));
    counts_.add(row.act);
    faults_.insert(faults_.end(), row.faults.begin(), row.faults.end());
    if (row.act != RowAct::fresh && row.act != RowAct::changed) return {};
    RecordNumbers::Given given;
    if (row.id) given.id = *row.id;
    if (!row.id) { TRY_ASSIGN(given, numbers_.next(row.home)); }
    auto event = rows_.decided(tx_.database(), tx_.seq(), tx_.at(), row, given.id, given.no, seal());
    if (!event) {
      const auto& all = event.error().all();
      faults_.insert(faults_.end(), all.begin(), all.end());
      return {};
    }
    if (event->empty() || !faults_.empty())
      return {};   // with a fault nothing is written, so the rest is only looked at
    ++written_;
    return store::records::append(tx_, given.id, *std::move(event));
  }

  [[nodiscard]] SealFor seal() const {
    return [this](const record::RecordId& id, std::string text) -> Result<record::Sealed> {
      TRY_ASSIGN(std::string sealed, seal_text(import_.picture.store->vault(), record_subject(id), std::move(text)));
      return record::Sealed{std::move(sealed)};
    };
  }

  [[nodiscard]] Json body() const {
    Json out;
    out.set("register", kind_.id());
    out.set("file", import_.wish.file);
    out.set("layout", import_.reading.layout);
    out.set("columns", columns_json(answers_of(import_.reading.matching)));
    out.set("mode", import_.call.query_or("mode", "both"));
    out.set("counts", counts_.json());
    out.set("place", import_.picture.tree()[seat()].code);
    out.set("seq", tx_.seq().value);
    out.set("at", tx_.at().text());
    out.set("actor", import_.call.actor.id);
    return out;
  }

  const Import& import_;
  const record::Kind& kind_;
  store::Tx& tx_;
  std::string batch_;
  SheetRows rows_;
  Seq seen_;
  RecordNumbers numbers_;
  Counts counts_;
  Diagnostics faults_;
  std::int64_t written_ = 0;
};

Json command_of_import(const Call& call, const std::string& file_digest) {
  Json out;
  out.set("register", call.id);
  out.set("file", file_digest);
  for (const char* name : {"sheet", "mode", "clash", "columns", "choices", "seq"})
    out.set(name, call.query_or(name, ""));
  return out;
}

/// The picture the office looked at; that of now at the latest.
Result<Seq> seen_picture(const Call& call, const Picture& picture) {
  const std::string text = call.query_or("seq", "");
  Seq out;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.value);
  if (error != std::errc() || end != text.data() + text.size() || out.value < 1 || out > picture.view->seq)
    return fail(errors::query_malformed, {"seq", text, "应为预览给出的序号", "write the seq the preview gave"});
  return out;
}

}   // namespace

Result<Reply> preview_register_import(Service& service, const Call& call) {
  TRY_ASSIGN(const auto import, import_of(service, call));
  const auto& view = *import->picture.view;
  SheetRows rows(import->desk, *import->columns, import->reading, import->wish, import->names, view.seq);
  SheetPreview preview(service.limits(), import->desk, *import->columns, import->reading);
  store::Store& store = *import->picture.store;
  TRY(store.read([&](store::Database& database) { return rows.look(database); }));
  const std::size_t all = import->reading.table.rows.size();
  const auto batch = [&](std::size_t begin, store::Database& database) -> Status {
    for (std::size_t i = begin; i < std::min(all, begin + rows_at_once); ++i) {
      TRY_ASSIGN(SheetRow row, rows.read(database, view.seq, i));
      TRY(try_row(*import, rows, database, view.seq, row));
      preview.take(std::move(row));
    }
    return {};
  };
  for (std::size_t at = 0; at < all; at += rows_at_once)   // no read of the tables takes long
    TRY(store.read([&](store::Database& database) { return batch(at, database); }));
  if (import->wish.mode != SheetWish::Mode::add)
    TRY(store.read([&](store::Database& database) { return preview.absent(database, rows); }));
  Reply reply;
  reply.seq = view.seq;
  JsonWriter out(reply.body);
  preview.write(out, import->wish, digest(call.body).text());
  return reply;
}

Result<Reply> confirm_register_import(Service& service, const Call& call) {
  TRY(service.require(call, Permission::write_records));
  const std::string file_digest = digest(call.body).text();
  if (file_digest != call.query_or("digest", "")) return fail(errors::import_other_file, {call.query_or("digest", "")});
  TRY_ASSIGN(const auto import, import_of(service, call));
  TRY_ASSIGN(const Seq seen, seen_picture(call, import->picture));
  const std::string batch = hex(service.system().secrets.bytes(batch_id_bytes));
  const place::NodeIndex seat = import->desk.hats().empty() ? 0 : import->desk.hats().front().node;
  TRY_ASSIGN(const store::Answer answer,
             write(*import->picture.store, call,
                   {.home = import->picture.tree().home(seat),
                    .actor = {},
                    .act = "import_records",
                    .request_key = call.request_key,
                    .command = command_of_import(call, file_digest),
                    .run = [&](store::Tx& tx) { return Writing(*import, tx, seen, batch).run(); }}));
  Reply reply;
  reply.status = 201;
  reply.seq = answer.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("id").value(answer.body["id"].string_or(""));
  out.key("counts").json(answer.body["counts"]);
  out.end_object();
  return reply;
}

Result<Reply> register_imports(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::write_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::Columns* columns, desk.columns(call.id));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const store::ImportBatch* one : register_batches(picture, columns->kind().id())) write_batch(out, picture, *one);
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
