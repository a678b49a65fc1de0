// SPDX-License-Identifier: Apache-2.0
#include "record/row_edit.hpp"

namespace gangmu::record {
namespace {

const Value& value_or_missing(const Values& values, FieldId id) {
  static const Value missing(Gap::missing);
  const auto found = values.find(id);
  return found == values.end() ? missing : found->second;
}

}   // namespace

RowEdit row_edit(const std::vector<Field>& fields, const Values& said, const Values& held, const Values* base,
                 const SameValue& same) {
  RowEdit out;
  for (const auto& [id, value] : said) {
    const Field* field = find(fields, id);
    if (!field) continue;
    const Value& now = value_or_missing(held, id);
    if (same(*field, value, now)) continue;
    if (base) {
      const Value& then = value_or_missing(*base, id);
      if (same(*field, value, then)) continue;   // nobody edited this cell
      if (!(then == now)) {
        out.clashes.push_back(id);
        continue;
      }
    }
    out.typed[id] = value;
  }
  return out;
}

}   // namespace gangmu::record
