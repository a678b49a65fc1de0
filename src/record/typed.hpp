// SPDX-License-Identifier: Apache-2.0
// Whether a typed value fits its field: type, range, length, codes in force, rows by number. Internal to the part.
#pragma once

#include "record/decide.hpp"

namespace gangmu::record {

/// The value as it is stored (numbers at the field's decimals, rows joined with those that stand). `before`: the
/// record's values, null when it begins. A code that has ended may stay, not be chosen anew.
Result<Value> fitting(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                      Date today);

/// How many rows a field of rows takes.
inline int rows_most(const Field& field) { return field.spec.max > 0 ? field.spec.max : 500; }

}   // namespace gangmu::record
