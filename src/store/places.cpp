// SPDX-License-Identifier: Apache-2.0
#include "store/places.hpp"

#include <algorithm>

#include "store/errors.hpp"

namespace gangmu::store::places {
namespace {

constexpr std::int64_t no_end = INT64_MAX;   ///< valid_to of a row that is still valid

std::int64_t number(const Row& row, std::size_t i) { return std::get<std::int64_t>(row[i]); }
const std::string& text(const Row& row, std::size_t i) { return std::get<std::string>(row[i]); }
Date date(const Row& row, std::size_t i) { return Date{static_cast<std::int32_t>(number(row, i))}; }

bool valid_on(const PlaceRow& row, std::optional<Date> on) {
  if (!on) return !row.valid_to;
  return row.place.valid_from <= *on && (!row.valid_to || *on <= *row.valid_to);
}

}   // namespace

Status put(Tx& tx, const PlaceRow& row) {
  const place::Place& p = row.place;
  return tx.put(table::place, {row.home.value, p.id.value, std::int64_t{p.valid_from.days},
                               row.valid_to ? std::int64_t{row.valid_to->days} : no_end, p.code,
                               std::string(place::level_name(p.level)), p.parent.value, p.kind,
                               std::int64_t{p.functional}, p.name_zh, p.name_en, p.pinyin, p.initials,
                               row.attributes.is_null() ? std::string() : row.attributes.canonical(), tx.seq().value});
}

Result<PlaceRow> of_row(const Row& row) {
  PlaceRow out;
  out.home = PlaceId{number(row, 0)};
  out.place.id = PlaceId{number(row, 1)};
  out.place.valid_from = date(row, 2);
  if (number(row, 3) != no_end) out.valid_to = date(row, 3);
  out.place.code = text(row, 4);
  const auto level = place::level_of(text(row, 5));
  if (!level) return fail(errors::row_malformed, {"place", "level " + text(row, 5)});
  out.place.level = *level;
  out.place.parent = PlaceId{number(row, 6)};
  out.place.kind = text(row, 7);
  out.place.functional = number(row, 8) != 0;
  out.place.name_zh = text(row, 9);
  out.place.name_en = text(row, 10);
  out.place.pinyin = text(row, 11);
  out.place.initials = text(row, 12);
  if (!text(row, 13).empty()) { TRY_ASSIGN(out.attributes, Json::parse(text(row, 13))); }
  out.seq = Seq{number(row, 14)};
  return out;
}

Result<PlaceRows> load(Database& database) {
  PlaceRows out;
  TRY(scan_rows(database, table::place, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(PlaceRow p, of_row(row));
    out.push_back(std::move(p));
    return {};
  }));
  return out;
}

Result<PlaceRows> list(Tx& tx) { return load(tx.database()); }

Result<PlaceId> next_id(Tx& tx) {
  TRY_ASSIGN(Statement * statement, tx.database().prepare(R"(SELECT coalesce(max("id"),0) FROM "place")"));
  TRY(statement->step());
  const PlaceId id{statement->integer(0) + 1};
  statement->reset();
  return id;
}

Result<std::shared_ptr<const place::Tree>> frame(const PlaceRows& rows, std::optional<Date> on) {
  std::vector<place::Place> valid;
  for (const PlaceRow& row : rows)
    if (valid_on(row, on)) valid.push_back(row.place);
  if (valid.empty()) return std::make_shared<const place::Tree>();
  TRY_ASSIGN(place::Tree tree, place::Tree::build(std::move(valid)));
  return std::make_shared<const place::Tree>(std::move(tree));
}

}   // namespace gangmu::store::places
