// SPDX-License-Identifier: Apache-2.0
#include "app/import_wire.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "app/persons.hpp"
#include "app/task_wire.hpp"

namespace gangmu::app::wire {
namespace {

using plan::TaskField;

std::string address(std::size_t row, std::size_t column) { return column_letters(column) + std::to_string(row + 1); }

void text_or_null(JsonWriter& out, const std::string& text) {
  if (text.empty())
    out.null();
  else
    out.value(text);
}

void columns(JsonWriter& out, const std::vector<plan::ColumnReading>& list) {
  out.key("columns").begin_array();
  for (const plan::ColumnReading& column : list) {
    out.begin_object()
        .key("letter")
        .value(column_letters(column.column))
        .key("header")
        .value(column.header)
        .key("field");
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

void row_cells(JsonWriter& out, const plan::RowReading& row) {
  std::map<std::string_view, std::string> cells;
  for (const plan::FieldReading& field : row.fields) {
    if (field.field != TaskField::none)
      cells.try_emplace(plan::task_field_name(field.field), address(field.row, field.column));
  }
  out.begin_object();
  for (const auto& [name, cell] : cells) out.key(name).value(cell);
  out.end_object();
}

std::string note_id(std::size_t index) { return "n" + std::to_string(index + 1); }

/// What is told of one reading: its lists in the order they are paged in.
struct Lists {
  const place::Tree& tree;
  const ImportReading& reading;
  std::vector<const plan::Question*> questions = reading.questions();
  std::vector<const ImportNote*> notes = reading.notes();
};

using Item = std::function<void(std::size_t)>;

/// Writes the items of a page, fewer where they are long; the cursor of the page after, empty at the end.
std::string items(JsonWriter& out, const std::string& body, const ImportPage& page, std::size_t size,
                  const Item& item) {
  out.begin_array();
  const std::size_t begin = body.size();
  std::size_t i = page.begin;
  for (; i < size && i - page.begin < page.most; ++i) {
    if (i > page.begin && body.size() - begin > page.bytes) break;
    item(i);
  }
  out.end_array();
  return i < size ? std::to_string(i) : std::string();
}

void row(JsonWriter& out, const Lists& lists, const plan::RowReading& row, const std::vector<std::size_t>& notes) {
  out.begin_object().key("row").value(static_cast<std::int64_t>(row.row) + 1).key("task");
  row_task(out, lists.tree, lists.reading.task(row));
  out.key("cells");
  row_cells(out, row);
  out.key("questions").begin_array();
  for (const std::string& id : lists.reading.questions_of(row)) out.value(masked(id));
  out.end_array().key("notes").begin_array();
  for (const std::size_t note : notes) out.value(note_id(note));
  out.end_array().end_object();
}

/// Of a row, by their place among all notes.
std::vector<std::size_t> notes_of(const Lists& lists, std::size_t row) {
  const auto [first, last] = std::ranges::equal_range(lists.notes, static_cast<int>(row) + 1, {}, &ImportNote::row);
  std::vector<std::size_t> out;
  for (auto at = first; at != last; ++at) out.push_back(static_cast<std::size_t>(at - lists.notes.begin()));
  return out;
}

std::string rows(JsonWriter& out, const std::string& body, const Lists& lists, const ImportPage& page) {
  const auto& all = lists.reading.file->ledger.rows;
  return items(out, body, page, all.size(),
               [&](std::size_t i) { row(out, lists, all[i], notes_of(lists, all[i].row)); });
}

void skipped(JsonWriter& out, const plan::SkippedRow& row) {
  out.begin_object().key("row").value(static_cast<std::int64_t>(row.row) + 1).key("text").value(row.text);
  out.key("reason_zh")
      .value(plan::skip_reason_zh(row.reason))
      .key("reason_en")
      .value(plan::skip_reason_en(row.reason))
      .end_object();
}

/// "C7" for one row, "C" for a column, nothing for the sheet.
std::string cell_of(const plan::Question& question) {
  if (!question.column) return {};
  return question.rows.size() == 1 ? address(question.rows.front(), *question.column)
                                   : column_letters(*question.column);
}

void question(JsonWriter& out, const plan::Question& q) {
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
  text_or_null(out, cell_of(q));
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

void note(JsonWriter& out, const Lists& lists, std::size_t index) {
  const ImportNote& note = *lists.notes[index];
  out.begin_object().key("id").value(note_id(index)).key("row").value(note.row).key("cell").value(note.cell);
  out.key("text_zh").value(note.zh).key("text_en").value(note.en).end_object();
}

std::string list(JsonWriter& out, const std::string& body, const Lists& lists, ImportList which,
                 const ImportPage& page) {
  switch (which) {
    case ImportList::rows: return rows(out, body, lists, page);
    case ImportList::skipped: {
      const auto& all = lists.reading.file->ledger.skipped;
      return items(out, body, page, all.size(), [&](std::size_t i) { skipped(out, all[i]); });
    }
    case ImportList::questions:
      return items(out, body, page, lists.questions.size(), [&](std::size_t i) { question(out, *lists.questions[i]); });
    case ImportList::notes:
      return items(out, body, page, lists.notes.size(), [&](std::size_t i) { note(out, lists, i); });
  }
  return {};
}

/// What the rows of a page refer to by id.
void referred(JsonWriter& out, const Lists& lists, std::size_t begin, std::size_t end) {
  const auto& rows = lists.reading.file->ledger.rows;
  std::set<std::string_view> asked;
  std::vector<std::vector<std::string>> ids;
  for (std::size_t i = begin; i < end; ++i) {
    ids.push_back(lists.reading.questions_of(rows[i]));
    asked.insert(ids.back().begin(), ids.back().end());
  }
  out.key("questions").begin_array();
  for (const plan::Question* q : lists.questions) {
    if (asked.contains(q->id)) question(out, *q);
  }
  out.end_array().key("notes").begin_array();
  for (std::size_t i = begin; i < end; ++i) {
    for (const std::size_t index : notes_of(lists, rows[i].row)) note(out, lists, index);
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

void import_batch(JsonWriter& out, const std::string& body, const Picture& picture, const store::ImportBatch& batch,
                  const ImportReading& reading, const ImportPage& page) {
  const Lists lists{picture.tree(), reading};
  out.begin_object();
  head(out, picture, batch);
  out.key("seq").value(batch.seq.value).key("sheet").value(reading.file->sheet).key("sheets").begin_array();
  for (const std::string& sheet : reading.file->sheets) out.value(sheet);
  out.end_array().key("counts").json(reading.counts());
  columns(out, reading.file->ledger.columns);
  fields(out);
  std::map<std::string_view, std::string> next;
  for (const auto& [which, name] : import_lists) {
    out.key(name);
    next[name] = list(out, body, lists, which, page);
  }
  out.key("next").begin_object();
  for (const auto& [name, cursor] : next) {
    out.key(name);
    text_or_null(out, cursor);
  }
  out.end_object().end_object();
}

void import_list(JsonWriter& out, const std::string& body, const Picture& picture, const ImportReading& reading,
                 ImportList which, const ImportPage& page) {
  const Lists lists{picture.tree(), reading};
  out.begin_object().key("items");
  const std::string next = list(out, body, lists, which, page);
  if (which == ImportList::rows)
    referred(out, lists, page.begin, next.empty() ? reading.file->ledger.rows.size() : std::stoul(next));
  out.key("next");
  text_or_null(out, next);
  out.end_object();
}

void import_item(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch) {
  out.begin_object();
  head(out, picture, batch);
  out.key("counts").json(batch.body["counts"]).end_object();
}

}   // namespace gangmu::app::wire
