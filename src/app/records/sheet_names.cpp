// SPDX-License-Identifier: Apache-2.0
#include "app/records/sheet_names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace gangmu::app {

std::optional<PlaceId> SheetNames::place(std::string_view typed) const {
  const auto known = found_places_.find(typed);
  if (known != found_places_.end()) return known->second;
  const auto node = places_.find(typed);
  const auto out = node ? std::optional(desk_.picture().tree()[*node].id) : std::nullopt;
  found_places_.emplace(typed, out);
  return out;
}

std::optional<record::Who> SheetNames::who(std::string_view typed, const record::Field& field) const {
  using Kind = record::Who::Kind;
  if (const auto exact = record::who_of(std::string(typed))) return *exact;
  const auto allowed = [&](Kind kind) {
    return field.spec.of.empty() || std::ranges::find(field.spec.of, kind) != field.spec.of.end();
  };
  const Kind kind = allowed(Kind::unit) ? Kind::unit : allowed(Kind::post) ? Kind::post : Kind::account;
  const std::string name(text::trim(typed));
  if (kind == Kind::unit)
    if (const auto node = places_.find(name)) return record::Who{kind, desk_.picture().tree()[*node].code};
  if (kind == Kind::account) return std::nullopt;
  return record::Who{kind, name};
}

const SheetNames::Known& SheetNames::known(const std::string& kind) const {
  const auto [at, fresh] = known_.try_emplace(kind);
  const record::Columns* columns = desk_.picture().view->records.find(kind);
  if (!fresh || !columns) return at->second;
  std::vector<std::size_t> titles;
  for (const record::FieldId id : columns->kind().title())
    if (const std::size_t column = columns->text_column(id); column != record::Columns::no_column)
      titles.push_back(column);
  record::for_each(*columns, desk_.sight(*columns), {}, [&](const record::RowAt& row, const record::RecordId& id) {
    if (const auto no = row.chunk.texts[0].at(row.row); !no.empty()) at->second.emplace(no, id);
    if (titles.size() == 1)
      if (const auto title = row.chunk.texts[titles[0]].at(row.row); !title.empty()) at->second.emplace(title, id);
  });
  return at->second;
}

std::optional<record::RecordId> SheetNames::record(std::string_view typed, const record::Field& field) const {
  const std::string& kind = field.spec.to;
  if (auto id = record::RecordId::parse(typed); id && id->kind == kind) return *std::move(id);
  const auto [first, last] = known(kind).equal_range(record::folded(typed));
  if (first == last) return std::nullopt;
  for (auto at = std::next(first); at != last; ++at)
    if (at->second != first->second) return std::nullopt;
  return first->second;
}

}   // namespace gangmu::app
