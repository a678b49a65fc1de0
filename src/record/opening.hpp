// SPDX-License-Identifier: Apache-2.0
// Opening records as a pack writes them: a row of cells by field name ⇄ values that fit their fields. Only what is
// typed travels: nothing computed or taken, no files, no persons.
#pragma once

#include <functional>

#include "record/kind.hpp"

namespace gangmu::record {

/// Whether a field has a column in a pack.
bool in_packs(const Field& field);

/// What a cell names: places by their code, records by their number in the pack.
struct OpeningNames {
  std::function<std::optional<PlaceId>(std::string_view code)> place{};
  std::function<std::string(PlaceId)> code{};
  std::function<std::optional<RecordId>(const std::string& kind, std::string_view number)> record{};
  std::function<std::string(const RecordId&)> number{};
};

/// A cell as the value it stands for. Errors: those of a value's form; place_unknown and record_unknown are the host's:
/// a name it does not know gives value_form.
Result<Value> opening_value(const Field& field, std::string_view cell, const OpeningNames& names);
/// The cell of a value, in canonical form; the inverse of opening_value.
std::string opening_cell(const Field& field, const Value& value, const OpeningNames& names);

/// A row by field name: texts, and of a field of rows a list of such rows. Codes that have ended stand: what is opened
/// with may be old. Errors, all at once: those of opening_value and of the fields' rules; wanted.
Result<Values> opening_values(const Kind& kind, const Json& row, const Catalogue& catalogue, const OpeningNames& names);
Json opening_row(const Kind& kind, const Values& values, const OpeningNames& names);

}   // namespace gangmu::record
