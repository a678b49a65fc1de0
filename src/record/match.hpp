// SPDX-License-Identifier: Apache-2.0
// Which column of a sheet fills which field of a kind: by what the office said last time, by name, label, alias, by
// words the two share, at last by what its cells hold. A field is filled by one column.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "record/cell.hpp"
#include "record/table.hpp"

namespace gangmu::record {

/// What a column is to an import: nothing, what tells the record (its address, the seq it was exported at, the number
/// people read), its state (read, never typed), or a field.
enum class ColumnUse : std::uint8_t { none, address, seq, number, state, field };
enum class MatchedBy : std::uint8_t { nothing, answer, remembered, name, label, alias, words, content };
std::string_view name_of(ColumnUse use);
std::string_view name_of(MatchedBy by);

struct ColumnMatch {
  std::size_t column = 0;   ///< of the grid
  ColumnUse use = ColumnUse::none;
  const Field* field = nullptr;
  MatchedBy by = MatchedBy::nothing;
  formula::Ratio factor{};   ///< to the field's unit
};

/// What the office said of columns, by their index: a field's name, "id", "seq", "no", or "" for nothing.
using ColumnAnswers = std::map<std::size_t, std::string>;

struct Matching {
  std::vector<ColumnMatch> columns{};   ///< one for each of the table
  [[nodiscard]] const ColumnMatch* use(ColumnUse use) const;
  [[nodiscard]] const ColumnMatch* of(FieldId field) const;
};

/// Fields an import may fill: typed, not ended, of one value.
bool importable(const Field& field);

/// Errors, all at once: field_unknown, field_twice, unit_wrong (a unit of the head that is not of the field).
Result<Matching> matched(const Kind& kind, const Catalogue& catalogue, const Grid& grid, const Table& table,
                         const ColumnAnswers& answers, const ColumnAnswers& remembered, const CellNames& names);

}   // namespace gangmu::record
