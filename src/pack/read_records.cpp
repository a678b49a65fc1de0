// SPDX-License-Identifier: Apache-2.0
// Opening records: records/KIND.csv, a row a record, and records/KIND.ROWS.csv, a row a child row. Their columns are
// the fields of the kind.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "pack/records.hpp"

namespace gangmu::pack {
namespace {

bool number_of_record(std::string_view text) {
  return !text.empty() && text.size() <= 9 && text[0] != '0' &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::int64_t number_in(std::string_view text) {
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}   // namespace

RecordColumns::RecordColumns(const record::Kind& kind) {
  columns.push_back({"id", ColumnType::text, true, "", ""});
  if (kind.flow()) columns.push_back({"state", ColumnType::text, false, "", ""});
  for (const record::Field& field : kind.fields())
    if (record::in_packs(field) && field.type != record::Type::rows)
      columns.push_back({field.name, ColumnType::text, field.need == record::Need::always, "", ""});
  layout = {"records/*.csv", FileForm::records, "record", columns, false, ""};
}

RecordColumns::RecordColumns(const record::Field& rows) {
  columns.push_back({"id", ColumnType::text, true, "", ""});
  for (const record::Field& field : rows.spec.rows)
    if (record::in_packs(field))
      columns.push_back({field.name, ColumnType::text, field.need == record::Need::always, "", ""});
  layout = {"records/*.csv", FileForm::records, "record", columns, false, ""};
}

/// Which kind a file is of, and which of its fields of rows; none when it is told.
const record::Kind* Reader::kind_of_file(const std::string& file, const record::Catalogue& kinds,
                                         const record::Field*& rows) {
  const Position top{.file = file, .line = 1, .column = 0, .cell = {}};
  const std::string stem = file.substr(8, file.size() - 12);   // records/….csv
  const std::string name = stem.substr(0, stem.find('.'));
  const record::Kind* kind = kinds.find(name);
  rows = kind && name != stem ? kind->field(stem.substr(name.size() + 1)) : nullptr;
  const bool no_rows = kind && name != stem && (!rows || rows->type != record::Type::rows || !record::in_packs(*rows));
  if (!kind || no_rows) {
    std::vector<std::string> names;
    for (const auto& one : kinds.kinds()) names.push_back(one->id());
    const auto [zh, en] = did_you_mean(name, names);
    faults.add(errors::records_kind, {stem, zh, en}, top);
    return nullptr;
  }
  if (!kind->source().opening) {
    faults.add(errors::records_not_opening, {name}, top);
    return nullptr;
  }
  return kind;
}

void Reader::read_records(const record::Catalogue& kinds) {
  std::map<std::string, std::map<std::string, RecordRow>> all;   // by kind and id
  for (const bool children : {false, true})
    for (const auto& [file, bytes] : files_) {
      const FileLayout* form = layout_of(file);
      if (!form || form->form != FileForm::records) continue;
      if (children != (std::ranges::count(file, '.') > 1)) continue;
      const record::Field* rows = nullptr;
      const record::Kind* kind = kind_of_file(file, kinds, rows);
      if (!kind) continue;
      if (rows)
        read_child_rows(file, *rows, all[kind->id()]);
      else
        read_record_rows(file, *kind, all[kind->id()]);
    }
  record::OpeningNames names = opening_names_of(pack);
  names.record = [&](const std::string& kind, std::string_view id) -> std::optional<record::RecordId> {
    const auto of_kind = all.find(kind);
    if (of_kind == all.end() || !of_kind->second.contains(std::string(id))) return std::nullopt;
    return record::RecordId{PlaceId{}, kind, number_in(id)};
  };
  for (auto& [id, rows] : all) {
    const record::Kind& kind = *kinds.find(id);
    std::vector<Json>& out = pack.records[id];
    for (auto& [number, row] : rows) {
      const auto values = record::opening_values(kind, row.body, kinds, names);
      if (!values) {
        faults.add(values.error(), row.where);
        continue;
      }
      Json canonical = record::opening_row(kind, *values, names);
      canonical.set("id", number);
      const std::string state = row.body["state"].string_or("");   // where it starts goes without saying
      if (!state.empty() && state != kind.flow()->states()[kind.flow()->start()].id) canonical.set("state", state);
      out.push_back(std::move(canonical));
    }
    std::ranges::sort(out, {}, [](const Json& row) { return number_in(row["id"].string_or("")); });
  }
}

void Reader::read_record_rows(const std::string& file, const record::Kind& kind,
                              std::map<std::string, RecordRow>& out) {
  const RecordColumns columns(kind);
  for_each_row(text_of(files_.find(file)->second, file, faults), file, columns.layout, faults, [&](const Row& row) {
    Json body = row_body(row);
    const std::string id = body["id"].string_or(""), state = body["state"].string_or("");
    if (id.empty()) return;
    if (!number_of_record(id))
      return faults.add(errors::cell_form, {"id", id, "从 1 起的整数", "a whole number from 1"}, row.where());
    if (!state.empty() && kind.flow()->state(state) == flow::none) {
      std::vector<std::string> states;
      for (const flow::State& one : kind.flow()->states()) states.push_back(one.id);
      const auto [zh, en] = did_you_mean(state, states);
      faults.add(errors::state_unknown, {kind.id(), state, zh, en}, row.where());
    }
    const auto [first, fresh] = out.try_emplace(id, RecordRow{std::move(body), row.where()});
    if (!fresh) faults.add(errors::duplicate_key, {id, std::to_string(first->second.where.line)}, row.where());
  });
}

void Reader::read_child_rows(const std::string& file, const record::Field& rows,
                             std::map<std::string, RecordRow>& records) {
  const RecordColumns columns(rows);
  const std::string kind = file.substr(8, file.find('.', 8) - 8);
  for_each_row(text_of(files_.find(file)->second, file, faults), file, columns.layout, faults, [&](const Row& row) {
    Json body = row_body(row);
    const std::string id = body["id"].string_or("");
    if (id.empty()) return;
    const auto parent = records.find(id);
    if (parent == records.end()) return faults.add(errors::record_unknown, {"id", id, kind, "", ""}, row.where());
    body.object()->erase("id");
    Json list = parent->second.body[rows.name];
    list.push(std::move(body));
    parent->second.body.set(rows.name, std::move(list));
  });
}

record::OpeningNames opening_names_of(const Pack& pack) {
  record::OpeningNames out;
  out.place = [codes = pack.codes()](std::string_view code) -> std::optional<PlaceId> {
    const auto found = codes.find(std::string(code));
    return found == codes.end() ? std::nullopt : std::optional(found->second);
  };
  out.code = [&pack](PlaceId id) { return pack.places[static_cast<std::size_t>(id.value - 1)].code; };
  out.number = [](const record::RecordId& id) { return std::to_string(id.number); };
  return out;
}

}   // namespace gangmu::pack
