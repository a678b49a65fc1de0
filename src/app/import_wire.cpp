// SPDX-License-Identifier: Apache-2.0
#include "app/import_wire.hpp"

#include <map>

#include "app/persons.hpp"
#include "app/task_wire.hpp"

namespace gangmu::app::wire {
namespace {

using plan::TaskField;

void text_or_null(JsonWriter& out, const std::string& text) {
  if (text.empty())
    out.null();
  else
    out.value(text);
}

/// `head` is the row of a further table's head, 1-based; 0 for the first table.
void table_columns(JsonWriter& out, const std::vector<plan::ColumnReading>& list, std::int64_t head) {
  for (const plan::ColumnReading& column : list) {
    out.begin_object().key("letter").value(column_letters(column.column)).key("head");
    if (head == 0)
      out.null();
    else
      out.value(head);
    out.key("header").value(column.header).key("field");
    if (column.field == TaskField::none)
      out.null();
    else
      out.value(plan::task_field_name(column.field));
    out.key("field_zh")
        .value(plan::task_field_zh(column.field))
        .key("field_en")
        .value(plan::task_field_en(column.field))
        .end_object();
  }
}

void columns(JsonWriter& out, const plan::Reading& ledger) {
  out.key("columns").begin_array();
  table_columns(out, ledger.columns, 0);
  for (const plan::TableReading& table : ledger.further)
    table_columns(out, table.columns, static_cast<std::int64_t>(table.row) + 1);
  out.end_array();
}

void fields(JsonWriter& out) {
  out.key("fields").begin_array();
  for (int i = 0; i < plan::task_field_count; ++i) {
    const auto field = static_cast<TaskField>(i);
    out.begin_object().key("id").value(plan::task_field_name(field)).key("name_zh").value(plan::task_field_zh(field));
    out.key("name_en").value(plan::task_field_en(field)).end_object();
  }
  out.end_array();
}

/// Members named as in Task, and the persons that were read, hidden.
void row_task(JsonWriter& out, const place::Tree& tree, const plan::Task& task) {
  out.begin_object();
  task_fields(out, tree, task);
  if (!task.leader.empty()) out.key("leader").value(hidden_person);
  if (!task.contact.empty()) out.key("contact").value(hidden_person);
  out.end_object();
}

void row_cells(JsonWriter& out, const std::vector<GridPart>& parts, const plan::RowReading& row) {
  std::map<std::string_view, std::string> cells;
  for (const plan::FieldReading& field : row.fields) {
    if (field.field != TaskField::none)
      cells.try_emplace(plan::task_field_name(field.field), cell_address(parts, field.row, field.column));
  }
  out.begin_object();
  for (const auto& [name, cell] : cells) out.key(name).value(cell);
  out.end_object();
}

std::string note_id(std::size_t index) { return "n" + std::to_string(index + 1); }

void rows(JsonWriter& out, const place::Tree& tree, const ImportReading& reading) {
  std::map<int, std::vector<std::size_t>> notes_of;
  for (std::size_t i = 0; i < reading.notes.size(); ++i) notes_of[reading.notes[i].row].push_back(i);
  out.key("rows").begin_array();
  for (const plan::RowReading& row : reading.ledger.rows) {
    const int number = static_cast<int>(row.row) + 1;
    out.begin_object().key("row").value(number).key("task");
    row_task(out, tree, row.task);
    out.key("cells");
    row_cells(out, reading.ledger.parts, row);
    out.key("questions").begin_array();
    for (const std::string& id : row.questions) out.value(id);
    out.end_array().key("notes").begin_array();
    for (const std::size_t note : notes_of[number]) out.value(note_id(note));
    out.end_array().end_object();
  }
  out.end_array();
}

void skipped(JsonWriter& out, const std::vector<plan::SkippedRow>& list) {
  out.key("skipped").begin_array();
  for (const plan::SkippedRow& row : list) {
    out.begin_object().key("row").value(static_cast<std::int64_t>(row.row) + 1).key("text").value(row.text);
    out.key("reason_zh")
        .value(plan::skip_reason_zh(row.reason))
        .key("reason_en")
        .value(plan::skip_reason_en(row.reason))
        .end_object();
  }
  out.end_array();
}

/// "C7" for one row, "C" for a column, nothing for the sheet.
std::string cell_of(const plan::Reading& reading, const plan::Question& question) {
  if (!question.column) return {};
  return question.rows.size() == 1 ? cell_address(reading.parts, question.rows.front(), *question.column)
                                   : column_letters(*question.column);
}

void question(JsonWriter& out, const plan::Reading& reading, const plan::Question& q) {
  out.begin_object()
      .key("id")
      .value(masked(q.id))
      .key("kind")
      .value(std::string_view(q.id).substr(0, q.id.find(':')))
      .key("row");
  if (q.rows.size() == 1)
    out.value(static_cast<std::int64_t>(q.rows.front()) + 1);
  else
    out.null();
  out.key("cell");
  text_or_null(out, cell_of(reading, q));
  out.key("text_zh").value(masked(q.zh)).key("text_en").value(masked(q.en)).key("candidates").begin_array();
  for (const plan::Choice& choice : q.choices) {
    out.begin_object()
        .key("value")
        .value(masked(choice.value))
        .key("label_zh")
        .value(masked(choice.zh))
        .key("label_en")
        .value(masked(choice.en))
        .end_object();
  }
  out.end_array().key("free").value(q.free_text).key("answer");
  text_or_null(out, q.answer);
  out.key("default").value(q.required ? std::string() : masked(q.default_value));
  out.key("blocking").value(q.required).end_object();
}

void notes(JsonWriter& out, const std::vector<ImportNote>& list) {
  out.key("notes").begin_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    out.begin_object().key("id").value(note_id(i)).key("row").value(list[i].row).key("cell").value(list[i].cell);
    out.key("text_zh").value(list[i].zh).key("text_en").value(list[i].en).end_object();
  }
  out.end_array();
}

void head(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch) {
  out.key("id").value(batch.id).key("state").value(batch.state).key("file").value(batch.body["file"].string_or(""));
  out.key("at")
      .value(batch.body["at"].string_or(""))
      .key("actor")
      .value(picture.actor_name(batch.body["actor"].string_or("")));
}

}   // namespace

void import_batch(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch,
                  const ImportReading& reading) {
  out.begin_object();
  head(out, picture, batch);
  out.key("seq").value(batch.seq.value).key("sheet").value(reading.sheet).key("sheets").begin_array();
  for (const std::string& sheet : reading.sheets) out.value(sheet);
  out.end_array().key("counts").json(reading.counts());
  columns(out, reading.ledger);
  fields(out);
  rows(out, picture.tree(), reading);
  skipped(out, reading.ledger.skipped);
  out.key("questions").begin_array();
  for (const plan::Question& q : reading.ledger.questions) question(out, reading.ledger, q);
  out.end_array();
  notes(out, reading.notes);
  out.end_object();
}

void import_item(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch) {
  out.begin_object();
  head(out, picture, batch);
  out.key("counts").json(batch.body["counts"]).end_object();
}

}   // namespace gangmu::app::wire
