// SPDX-License-Identifier: Apache-2.0
#include "record/merge.hpp"

#include <algorithm>

namespace gangmu::record {
namespace {

const Value* held_in(const Values& values, FieldId id) {
  const auto found = values.find(id);
  return found == values.end() || found->second == Value(Gap::missing) ? nullptr : &found->second;
}
const Rows* rows_in(const Values& values, FieldId id) {
  const Value* value = held_in(values, id);
  return value ? std::get_if<Rows>(value) : nullptr;
}

/// Cells that are typed: what formulas give in a row comes by itself.
Values typed_cells(const std::vector<Field>& fields, const Values& row) {
  Values out;
  for (const Field& field : fields)
    if (const Value* value = field.typed() ? held_in(row, field.id) : nullptr) out[field.id] = *value;
  return out;
}

/// The row that is the same as this one: with the same key, or, where rows have none, the same in every cell.
int same_row(const Field& field, const Rows& held, const Values& row) {
  const auto& key = field.spec.row_key;
  for (const auto& [number, other] : held.all) {
    const bool alike = std::all_of(key.begin(), key.end(), [&](FieldId id) {
      const Value *one = held_in(row, id), *two = held_in(other, id);
      return one && two && !one->gap() && *one == *two;
    });
    if (key.empty() ? typed_cells(field.spec.rows, other) == typed_cells(field.spec.rows, row) : alike) return number;
  }
  return 0;
}

Value rows_of_both(const Field& field, const Rows* staying, const Rows& leaving, Side side) {
  Rows out;
  int fresh = 0;
  for (const auto& [number, row] : leaving.all) {
    const Values cells = typed_cells(field.spec.rows, row);
    const int same = staying ? same_row(field, *staying, row) : 0;
    if (same == 0) {
      if (!cells.empty()) out.all[--fresh] = cells;
      continue;
    }
    for (const auto& [id, value] : cells) {
      const Value* held = held_in(staying->all.at(same), id);
      if (!held || (side == Side::leaving && *held != value)) out.all[same][id] = value;
    }
  }
  return Value(std::move(out));
}

void give_back_rows(const Field& field, const Rows* before, const Rows& after, const std::set<int>& since, Rows& out,
                    bool& kept) {
  for (const auto& [number, row] : after.all) {
    const auto was = before ? before->all.find(number) : decltype(before->all.find(number)){};
    const bool there = before && was != before->all.end();
    const Values now = typed_cells(field.spec.rows, row);
    const Values then = there ? typed_cells(field.spec.rows, was->second) : Values{};
    if (there && now == then) continue;
    if (since.contains(number)) {
      kept = true;
      continue;
    }
    Values& typed = out.all[number];   // a row without values goes
    if (!there) continue;
    for (const auto& [id, value] : now)
      if (const Value* old = held_in(then, id); !old || *old != value) typed[id] = old ? *old : Value(Gap::missing);
  }
}

}   // namespace

Values taken_over(const Kind& kind, const Record& staying, const Record& leaving, const Sides& sides) {
  Values out;
  for (const Field& field : kind.fields()) {
    if (!field.typed()) continue;
    const auto said = sides.find(field.id);
    const Side side = said == sides.end() ? Side::staying : said->second;
    const Value *held = held_in(staying.values, field.id), *other = held_in(leaving.values, field.id);
    if (const Rows* rows = other ? std::get_if<Rows>(other) : nullptr) {
      Value both = rows_of_both(field, rows_in(staying.values, field.id), *rows, side);
      if (!std::get<Rows>(both).all.empty()) out[field.id] = std::move(both);
    } else if (field.type == Type::rows) {
      continue;   // nothing comes, nothing goes
    } else if (side == Side::leaving ? (other ? !held || *held != *other : held != nullptr) : !held && other) {
      out[field.id] = other ? *other : Value(Gap::missing);
    }
  }
  return out;
}

Values given_back(const Kind& kind, const Values& before, const Values& after, const Touched& since,
                  std::vector<FieldId>& kept) {
  Values out;
  for (const Field& field : kind.fields()) {
    if (!field.typed()) continue;
    const Value *was = held_in(before, field.id), *is = held_in(after, field.id);
    if ((was && is && *was == *is) || (!was && !is)) continue;
    bool left = false;
    if (const Rows* rows = is ? std::get_if<Rows>(is) : nullptr) {
      const auto touched = since.rows.find(field.id);
      Rows typed;
      give_back_rows(field, rows_in(before, field.id), *rows,
                     touched == since.rows.end() ? std::set<int>{} : touched->second, typed, left);
      if (!typed.all.empty()) out[field.id] = Value(std::move(typed));
    } else if (since.fields.contains(field.id)) {
      left = true;
    } else {
      out[field.id] = was ? *was : Value(Gap::missing);
    }
    if (left) kept.push_back(field.id);
  }
  return out;
}

Value united(const Value* held, const Value& typed) {
  const Rows* change = std::get_if<Rows>(&typed);
  if (!change) return typed;
  const Rows* had = held ? std::get_if<Rows>(held) : nullptr;
  Rows out = had ? *had : Rows{};
  std::vector<int> fresh;
  for (const auto& [number, cells] : change->all) {
    if (number <= 0) {
      fresh.insert(fresh.begin(), number);   // -1 before -2
      continue;
    }
    const auto row = out.all.find(number);
    if (row == out.all.end()) continue;   // it is gone meanwhile
    if (cells.empty()) out.all.erase(row);
    for (const auto& [id, value] : cells)
      if (value == Value(Gap::missing))
        row->second.erase(id);
      else
        row->second[id] = value;
  }
  for (const int number : fresh) out.all[++out.last] = change->all.at(number);
  return Value(std::move(out));
}

}   // namespace gangmu::record
