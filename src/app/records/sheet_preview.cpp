// SPDX-License-Identifier: Apache-2.0
#include "app/records/sheet_preview.hpp"

#include <algorithm>

#include "app/persons.hpp"
#include "app/records/wire.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t samples = 3;

}   // namespace

void SheetPreview::take(SheetRow row) {
  ++counts_[static_cast<std::size_t>(row.act)];
  faults_ += row.faults.size();
  for (const Diagnostic& one : row.faults)
    if (told_.size() < limits_.sheet_shown) told_.push_back(one);
  if (row.act != RowAct::unchanged && shown_.size() < limits_.sheet_shown) shown_.push_back(std::move(row));
}

Status SheetPreview::absent(store::Database& database, const SheetRows& rows) {
  record::Filter filter;
  const place::Tree& tree = desk_.picture().tree();
  if (!rows.places().empty()) {
    std::vector<record::Interval> places;
    for (const PlaceId place : rows.places())
      if (const place::NodeIndex node = tree.find(place); node != place::no_node)
        places.emplace_back(node, node + 1);   // of the very places: a county's own list is not that of its towns
    filter.places = record::joined(std::move(places));
  }
  std::vector<record::RecordId> missing;
  record::for_each(columns_, desk_.sight(columns_), filter, [&](const record::RowAt&, const record::RecordId& id) {
    if (rows.met().contains(id)) return;
    ++absent_all_;
    if (missing.size() < limits_.sheet_shown) missing.push_back(id);
  });
  RecordTables tables(database, *desk_.picture().view, desk_.picture().view->seq);
  for (const record::RecordId& id : missing)
    if (const record::Record* record = tables.referred(id))
      absent_.push_back({id, wire::title(desk_.picture(), columns_.kind(), *record)});
  return tables.status();
}

void SheetPreview::column(JsonWriter& out, std::size_t index) const {
  const record::TableColumn& column = reading_.table.columns[index];
  const record::ColumnMatch& match = reading_.matching.columns[index];
  out.begin_object().key("column").value(column_letters(column.column)).key("head").value(masked(column.head));
  out.key("use").value(record::name_of(match.use)).key("by").value(record::name_of(match.by)).key("field");
  if (match.field)
    out.value(match.field->name);
  else
    out.null();
  out.key("unit").value(column.unit).key("samples").begin_array();
  std::size_t told = 0;
  for (const std::size_t row : reading_.table.rows) {
    const std::string text(text::trim(reading_.grid->at(row, column.column).shown()));
    if (text.empty()) continue;
    // Of a column that fills no field nobody has said whether it names persons.
    out.value(!match.field || match.field->personal ? std::string(hidden_person) : masked(text).substr(0, 200));
    if (++told == samples) break;
  }
  out.end_array().end_object();
}

void SheetPreview::value(JsonWriter& out, const record::Field& field, const record::Values& values) const {
  const auto held = values.find(field.id);
  if (held == values.end() || held->second == record::Value(record::Gap::missing))
    out.null();
  else if (field.personal)
    out.value(std::string(hidden_person));
  else
    out.value(wire::value_text(desk_.picture(), desk_.catalogue(), field, held->second, Language::zh));
}

void SheetPreview::row(JsonWriter& out, const SheetRow& row) const {
  const record::Kind& kind = columns_.kind();
  out.begin_object().key("row").value(static_cast<std::int64_t>(row.row) + 1).key("act").value(name_of(row.act));
  out.key("id");
  if (row.id)
    out.value(row.id->text());
  else
    out.null();
  out.key("title").value(row.title).key("fields").begin_array();
  for (const auto& [id, typed] : row.typed) {
    const record::Field& field = *kind.field(id);
    out.begin_object().key("field").value(field.name).key("before");
    value(out, field, row.held);
    out.key("after");
    value(out, field, row.typed);
    out.key("clash").value(std::ranges::find(row.clashes, id) != row.clashes.end()).end_object();
  }
  out.end_array().end_object();
}

void SheetPreview::faults(JsonWriter& out) const {
  out.key("faults").begin_array();
  for (const Diagnostic& one : told_) {
    const std::size_t column = one.where.column > 0 ? static_cast<std::size_t>(one.where.column) - 1 : SIZE_MAX;
    out.begin_object().key("row").value(one.where.line).key("column");
    if (column == SIZE_MAX)
      out.null();
    else
      out.value(column_letters(column));
    out.key("code").value(one.kind->code()).key("zh").value(masked(one.text(Language::zh)));
    out.key("en").value(masked(one.text(Language::en))).end_object();
  }
  out.end_array().key("faults_all").value(static_cast<std::int64_t>(faults_));
}

void SheetPreview::left_out(JsonWriter& out) const {
  out.key("left_out").begin_array();
  for (std::size_t i = 0; i < std::min(reading_.table.left.size(), limits_.sheet_shown); ++i)
    out.begin_object()
        .key("row")
        .value(static_cast<std::int64_t>(reading_.table.left[i].first) + 1)
        .key("why")
        .value(record::name_of(reading_.table.left[i].second))
        .end_object();
  out.end_array().key("left_out_all").value(static_cast<std::int64_t>(reading_.table.left.size()));
}

/// What the reader of the workbook found odd in this sheet.
void SheetPreview::notes(JsonWriter& out) const {
  out.key("notes").begin_array();
  std::size_t told = 0;
  for (const Diagnostic& one : reading_.book->notes) {
    const std::string& where = one.where.cell;
    const std::size_t mark = where.rfind('!');
    if (mark != std::string::npos && where.substr(0, mark) != reading_.grid->sheet) continue;
    if (++told > limits_.sheet_shown) break;
    out.begin_object().key("cell").value(mark == std::string::npos ? where : where.substr(mark + 1));
    out.key("zh").value(masked(one.text(Language::zh))).key("en").value(masked(one.text(Language::en))).end_object();
  }
  out.end_array();
}

void SheetPreview::write(JsonWriter& out, const SheetWish& wish, const std::string& digest) const {
  out.begin_object().key("register").value(columns_.kind().id()).key("file").value(wish.file);
  out.key("sheet").value(reading_.grid->sheet).key("sheets").begin_array();
  for (const Grid& grid : reading_.book->sheets) out.value(grid.sheet);
  out.end_array().key("digest").value(digest).key("seq").value(desk_.picture().view->seq.value);
  out.key("layout").value(reading_.layout).key("remembered").value(reading_.remembered);
  out.key("rows").value(static_cast<std::int64_t>(reading_.table.rows.size()));
  out.key("columns").begin_array();
  for (std::size_t i = 0; i < reading_.table.columns.size(); ++i) column(out, i);
  out.end_array().key("counts").begin_object();
  for (const RowAct act :
       {RowAct::fresh, RowAct::changed, RowAct::unchanged, RowAct::left, RowAct::clash, RowAct::fault})
    out.key(name_of(act)).value(static_cast<std::int64_t>(counts_[static_cast<std::size_t>(act)]));
  out.key("absent").value(static_cast<std::int64_t>(absent_all_)).end_object();
  out.key("items").begin_array();
  for (const SheetRow& one : shown_) row(out, one);
  out.end_array();
  faults(out);
  out.key("absent").begin_array();
  for (const Absent& one : absent_)
    out.begin_object().key("id").value(one.id.text()).key("title").value(one.title).end_object();
  out.end_array();
  left_out(out);
  notes(out);
  out.end_object();
}

void write_batch(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch) {
  const Json& body = batch.body;
  out.begin_object().key("id").value(batch.id).key("file").value(body["file"].string_or(""));
  out.key("mode").value(body["mode"].string_or("")).key("at").value(body["at"].string_or(""));
  out.key("actor").value(picture.actor_name(body["actor"].string_or("")));
  out.key("seq").value(body["seq"].integer_or(0)).key("counts").json(body["counts"]);
  out.key("undone");
  if (const Json& undone = body["undone"]; undone.object())
    out.begin_object()
        .key("at")
        .value(undone["at"].string_or(""))
        .key("actor")
        .value(picture.actor_name(undone["actor"].string_or("")))
        .key("reason")
        .value(undone["reason"].string_or(""))
        .end_object();
  else
    out.null();
  out.end_object();
}

}   // namespace gangmu::app
