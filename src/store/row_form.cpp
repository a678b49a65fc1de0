// SPDX-License-Identifier: Apache-2.0
#include "store/row_form.hpp"

#include <algorithm>
#include <numeric>

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

std::string unhex(std::string_view text) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
  return out;
}

bool is_hex(std::string_view text) {
  return text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

tl::unexpected<Error> malformed(std::string what) { return fail(errors::entry_malformed, {std::move(what)}); }

Result<Value> value_of(const Column& column, const Json& json, Seq own) {
  if (json.is_null() && column.seq) return Value(own.value);
  if (const auto* n = json.integer(); n && column.type == ColumnType::integer) return Value(*n);
  const auto* s = json.string();
  if (s && column.type == ColumnType::text) return Value(*s);
  if (s && column.type == ColumnType::bytes && is_hex(*s)) return Value(Bytes{unhex(*s)});
  return malformed("column " + std::string(column.name) + " can't be " + json.canonical());
}

}   // namespace

Result<RowForm> RowForm::of(const Table& table, const Json& names) {
  const Json::Array* named = names.array();
  const auto strange = [&] {
    return malformed("the columns of " + std::string(table.name) + " are not those of this schema");
  };
  if (!named) return strange();
  RowForm form;
  form.table_ = &table;
  form.width_ = named->size();
  std::size_t found = 0;
  for (const Column& column : table.columns) {
    const auto at = std::ranges::find(*named, Json(column.name));
    if (at == named->end() && !column.before) return strange();
    form.from_.push_back(at == named->end() ? before : static_cast<std::size_t>(at - named->begin()));
    found += at == named->end() ? 0 : 1;
  }
  for (const std::string_view gone : table.former) found += std::ranges::count(*named, Json(gone)) > 0 ? 1 : 0;
  if (found != named->size()) return strange();
  std::vector<std::size_t> today(table.columns.size());
  std::iota(today.begin(), today.end(), std::size_t{0});
  form.earlier_ = form.width_ != today.size() || form.from_ != today;
  form.same_key_ =
      std::equal(today.begin(), today.begin() + static_cast<std::ptrdiff_t>(table.keys), form.from_.begin());
  return form;
}

Result<Row> RowForm::row(const Json& key, const Json& rest, Seq own) const {
  const Json::Array* keys = key.array();
  const Json::Array* others = rest.array();
  const auto strange = [&] {
    return malformed(std::string(table_->name) + ": " + key.canonical() + " " + rest.canonical());
  };
  if (!keys || !others || keys->size() + others->size() != width_) return strange();
  if (!earlier_ && keys->size() != table_->keys) return strange();
  Row row;
  row.reserve(from_.size());
  for (std::size_t c = 0; c < from_.size(); ++c) {
    if (from_[c] == before) {
      row.push_back(*table_->columns[c].before);
      continue;
    }
    const Json& json = from_[c] < keys->size() ? (*keys)[from_[c]] : (*others)[from_[c] - keys->size()];
    TRY_ASSIGN(Value value, value_of(table_->columns[c], json, own));
    row.push_back(std::move(value));
  }
  return row;
}

Result<Row> RowForm::key(const Json& key, Seq own) const {
  const Json::Array* keys = key.array();
  if (!same_key_ || !keys || keys->size() != table_->keys)
    return malformed(std::string(table_->name) + ": " + key.canonical());
  Row row;
  for (std::size_t c = 0; c < keys->size(); ++c) {
    TRY_ASSIGN(Value value, value_of(table_->columns[c], (*keys)[c], own));
    row.push_back(std::move(value));
  }
  return row;
}

Result<const RowForms::ByName*> RowForms::of(const Json& columns) {
  if (!forms_.empty() && columns == columns_) return &forms_;
  const Json::Object* named = columns.object();
  if (!named) return malformed("columns are missing");
  forms_.clear();
  for (const auto& [name, list] : *named) {
    const Table* table = find_table(name);
    const auto form = table ? RowForm::of(*table, list) : malformed("no table is called " + name);
    if (!form) forms_.clear();   // none is taken for another's
    TRY(form);
    forms_.emplace(name, *form);
  }
  columns_ = columns;
  return &forms_;
}

}   // namespace gangmu::store
