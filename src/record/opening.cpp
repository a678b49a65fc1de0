// SPDX-License-Identifier: Apache-2.0
#include "record/opening.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/typed.hpp"

namespace gangmu::record {
namespace {

tl::unexpected<Error> no_such(const Field& field, const char* zh, const char* en) {
  return fail(errors::value_form, {field.label(Language::zh), zh, en});
}

void gather(Diagnostics& faults, const Error& error) {
  faults.insert(faults.end(), error.all().begin(), error.all().end());
}

/// The values of one row of cells; what is wrong with them is gathered.
Values cells_of(const std::vector<Field>& fields, const Json& row, const OpeningNames& names, Diagnostics& faults) {
  Values out;
  for (const Field& field : fields) {
    if (!in_packs(field) || field.type == Type::rows) continue;
    const std::string cell = row[field.name].string_or("");
    if (cell.empty()) continue;
    auto value = opening_value(field, cell, names);
    if (value)
      out[field.id] = *std::move(value);
    else
      gather(faults, value.error());
  }
  return out;
}

/// The values as they are stored; codes that have ended stand.
Values fitted_of(const std::vector<Field>& fields, const Values& typed, const Catalogue& catalogue,
                 Diagnostics& faults) {
  Values out;
  for (const auto& [id, value] : typed) {
    const Field& field = *find(fields, id);
    const Values* held = field.type == Type::choice ? &typed : nullptr;
    auto fitted = fitting(field, value, held, catalogue, Date{});
    if (fitted)
      out[id] = *std::move(fitted);
    else
      gather(faults, fitted.error());
  }
  return out;
}

Rows rows_of(const Field& field, const Json& list, const Catalogue& catalogue, const OpeningNames& names,
             Diagnostics& faults) {
  Rows out;
  std::vector<std::vector<Value>> keys;
  for (const Json& item : *list.array()) {
    const Values cells = cells_of(field.spec.rows, item, names, faults);
    const Values& row = out.all[++out.last] = fitted_of(field.spec.rows, cells, catalogue, faults);
    std::vector<Value> key;
    for (const FieldId id : field.spec.row_key) key.push_back(row.contains(id) ? row.at(id) : Value(Gap::missing));
    if (!key.empty() && std::ranges::find(keys, key) != keys.end()) {
      const Field& first = *find(field.spec.rows, field.spec.row_key[0]);
      faults.push_back({&errors::row_twice, {field.label(Language::zh), opening_cell(first, key[0], names)}, {}});
    }
    keys.push_back(std::move(key));
  }
  return out;
}

Json row_of_cells(const std::vector<Field>& fields, const Values& values, const OpeningNames& names) {
  Json out{Json::Object{}};
  for (const Field& field : fields) {
    const auto found = values.find(field.id);
    if (!in_packs(field) || found == values.end()) continue;
    if (const auto* rows = std::get_if<Rows>(&found->second)) {
      Json list{Json::Array{}};
      for (const auto& [number, row] : rows->all) list.push(row_of_cells(field.spec.rows, row, names));
      if (!list.array()->empty()) out.set(field.name, std::move(list));
    } else if (std::string cell = opening_cell(field, found->second, names); !cell.empty()) {
      out.set(field.name, std::move(cell));
    }
  }
  return out;
}

}   // namespace

bool in_packs(const Field& field) {
  return field.typed() && !field.personal && field.type != Type::file && field.type != Type::person;
}

Result<Value> opening_value(const Field& field, std::string_view cell, const OpeningNames& names) {
  if (cell == "NA" && field.spec.na) return Value(Gap::not_applicable);
  if (cell == "WH" && (field.type == Type::number || field.type == Type::money)) return Value(Gap::withheld);
  switch (field.type) {
    case Type::flag:
      if (cell == "true" || cell == "false") return Value(cell == "true");
      return no_such(field, " true 或 false", "true or false");
    case Type::choice: return Value(Codes{text::split(cell, '|')});
    case Type::place: {
      const auto place = names.place(cell);
      return place ? Result<Value>(*place) : no_such(field, "地区代码", "the code of a place");
    }
    case Type::ref: {
      const auto id = names.record(field.spec.to, cell);
      return id ? Result<Value>(*id) : no_such(field, "所指记录的 id", "the id of a record of its kind");
    }
    default: return value_of(field, Json(cell));
  }
}

std::string opening_cell(const Field& field, const Value& value, const OpeningNames& names) {
  if (const auto* gap = std::get_if<Gap>(&value))
    return *gap == Gap::missing ? "" : *gap == Gap::withheld ? "WH" : "NA";
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* codes = std::get_if<Codes>(&value)) return text::join(codes->all, "|");
  if (const auto* place = std::get_if<PlaceId>(&value)) return names.code(*place);
  if (const auto* id = std::get_if<RecordId>(&value)) return names.number(*id);
  return json_of(field, value).string_or("");
}

Result<Values> opening_values(const Kind& kind, const Json& row, const Catalogue& catalogue,
                              const OpeningNames& names) {
  Diagnostics faults;
  Values out = fitted_of(kind.fields(), cells_of(kind.fields(), row, names, faults), catalogue, faults);
  for (const Field& field : kind.fields()) {
    const Json& written = row[field.name];
    if (in_packs(field) && field.type == Type::rows && written.array())
      out[field.id] = rows_of(field, written, catalogue, names, faults);
    // A cell that could not be read was told above.
    if (field.need == Need::always && written.is_null() && !out.contains(field.id))
      faults.push_back({&errors::wanted, {field.label(Language::zh)}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

Json opening_row(const Kind& kind, const Values& values, const OpeningNames& names) {
  return row_of_cells(kind.fields(), values, names);
}

}   // namespace gangmu::record
