// SPDX-License-Identifier: Apache-2.0
// What formulas of a kind give, as its fields store it. Internal to the part.
#pragma once

#include "record/values.hpp"

namespace gangmu::record {

/// Error: overflow. Of things (places, persons, records) the value a formula chose among.
Result<Value> worked_out(const Field& field, const formula::Tree& tree, const RecordValues& values,
                         const Catalogue& catalogue);

/// Works out all stored computed fields, those of rows first, inputs before what rests on them. Faults name the field.
Diagnostics compute(const Kind& kind, Record& record, const World& world);

/// Stores a value, or takes it away where it is missing.
void store(Values& values, FieldId field, Value value);
/// Rows without a row, like a value that is missing, give nothing.
bool given(const Values& values, FieldId field);

}   // namespace gangmu::record
