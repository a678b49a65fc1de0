// SPDX-License-Identifier: Apache-2.0
#include "record/compute.hpp"

namespace gangmu::record {
namespace {

void told(Diagnostics& faults, const Error& error, const std::string& field) {
  for (Diagnostic one : error.all()) {
    one.where.file = field;
    faults.push_back(std::move(one));
  }
}

void compute_rows(const Kind& kind, const Field& field, Record& record, const World& world, Diagnostics& faults) {
  const auto found = record.values.find(field.id);
  Rows* rows = found == record.values.end() ? nullptr : std::get_if<Rows>(&found->second);
  if (!rows) return;
  const RecordValues values(kind, record, world);
  for (auto& [number, row] : rows->all)
    for (const FieldId id : field.spec.row_order) {
      const Field& inner = *find(field.spec.rows, id);
      const auto value = values.in_row(field, row, *inner.computed);
      auto stored = value ? stored_value(inner, *value, world.catalogue) : Result<Value>(fail(value.error()));
      if (stored)
        store(row, id, *std::move(stored));
      else
        told(faults, stored.error(), field.name + "." + inner.name);
    }
}

}   // namespace

Result<Value> worked_out(const Field& field, const formula::Tree& tree, const RecordValues& values,
                         const Catalogue& catalogue) {
  TRY_ASSIGN(const formula::Value value, formula::evaluate(tree, values));
  if (!std::holds_alternative<formula::Thing>(value)) return stored_value(field, value, catalogue);
  for (const std::int64_t symbol : tree.symbols())
    if (values.value(symbol) == value)
      if (auto chosen = values.raw(symbol)) return *std::move(chosen);
  return Value(Gap::missing);
}

Diagnostics compute(const Kind& kind, Record& record, const World& world) {
  Diagnostics faults;
  for (const Field& field : kind.fields())
    if (!field.spec.row_order.empty()) compute_rows(kind, field, record, world, faults);
  for (const FieldId id : kind.computed_order()) {
    const Field& field = *kind.field(id);
    auto stored = worked_out(field, *field.computed, RecordValues(kind, record, world), world.catalogue);
    if (stored)
      store(record.values, id, *std::move(stored));
    else
      told(faults, stored.error(), field.name);
  }
  return faults;
}

void store(Values& values, FieldId field, Value value) {
  if (value == Value(Gap::missing))
    values.erase(field);
  else
    values[field] = std::move(value);
}

bool given(const Values& values, FieldId field) {
  const auto found = values.find(field);
  if (found == values.end() || found->second == Value(Gap::missing)) return false;
  const Rows* rows = std::get_if<Rows>(&found->second);
  return !rows || !rows->all.empty();
}

}   // namespace gangmu::record
