// SPDX-License-Identifier: Apache-2.0
// What a row of a sheet changes of a record that stands. A sheet says every column, also those nobody edited: against
// the record as it was when the sheet was made, it shows which cells were.
#pragma once

#include <functional>
#include <vector>

#include "record/record.hpp"

namespace gangmu::record {

struct RowEdit {
  Values typed{};                   ///< fields that change
  std::vector<FieldId> clashes{};   ///< edited in the sheet and by somebody else since, each otherwise
};

/// Whether two values are the same. Of a personal field `said` is clear and `held` sealed: the host compares.
using SameValue = std::function<bool(const Field& field, const Value& said, const Value& held)>;

/// `said`: fields the row says something of; Gap::missing clears. `base`: the values the sheet was made from; null: as
/// held now.
RowEdit row_edit(const std::vector<Field>& fields, const Values& said, const Values& held, const Values* base,
                 const SameValue& same);

}   // namespace gangmu::record
