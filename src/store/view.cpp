// SPDX-License-Identifier: Apache-2.0
#include "store/view.hpp"

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::string_view indicator_kind = "indicator";

bool of_indicator_kind(const RowChange& change) {
  return change.table == &table::definition && std::get<std::string>(change.row[0]) == indicator_kind;
}

/// Whether it may change what records are.
bool of_records(const RowChange& change) {
  const std::string& kind = std::get<std::string>(change.row[0]);
  return kind == "kind" || kind == "flow" || kind == "codes" || kind == "limits";
}

/// What became of the rows of one table that is shown as a shelf.
template <class Item, class OfRow>
Status update_shelf(Shelf<Item>& shelf, const Table& table, const Changes& changes, const OfRow& of_row) {
  std::map<typename Shelf<Item>::ItemKey, typename Shelf<Item>::Handle> updates;
  for (const RowChange& change : changes.rows) {
    if (change.table != &table) continue;
    typename Shelf<Item>::ItemKey key{PlaceId{std::get<std::int64_t>(change.row[0])},
                                      std::get<std::string>(change.row[1])};
    if (change.erased) {
      updates[key] = nullptr;
      continue;
    }
    TRY_ASSIGN(Item item, of_row(change.row));
    updates[key] = std::make_shared<const Item>(std::move(item));
  }
  if (!updates.empty()) shelf = shelf.with(updates);
  return {};
}

}   // namespace

ViewMaker::ViewMaker(IndicatorReader reader, CatalogueReader kinds, Executor& executor, Limits limits)
    : reader_(std::move(reader)), kinds_(std::move(kinds)), executor_(executor), limits_(limits) {}

Status ViewMaker::make_frame(View& view, Database& database) const {
  TRY_ASSIGN(PlaceRows rows, places::load(database));
  TRY_ASSIGN(view.frames, places::frames(rows));
  view.tree = view.frames->now();
  view.homes = std::make_shared<const PlaceHomes>(rows);
  view.places = std::make_shared<const PlaceRows>(std::move(rows));
  return {};
}

Result<View> ViewMaker::load(Database& database) const {
  View view;
  TRY_ASSIGN(view.definitions, definitions::load(database));
  TRY(make_frame(view, database));
  TRY(make_cube(view, database));
  TRY_ASSIGN(view.tasks, tasks::load(database));
  TRY_ASSIGN(view.imports, imports::load(database));
  TRY_ASSIGN(view.assessments, assessments::load(database));
  TRY_ASSIGN(view.accounts, accounts::load(database));
  TRY_ASSIGN(view.sessions, sessions::load(database));
  TRY(make_records(view, database));
  return view;
}

Result<View> ViewMaker::next(const View& before, const Changes& changes, Database& database) const {
  View view = before;
  bool frame_moved = false, catalogue_moved = false, kinds_moved = false;
  std::vector<StoredDefinition> published;
  for (const RowChange& change : changes.rows) {
    frame_moved |= change.table == &table::place;
    catalogue_moved |= of_indicator_kind(change);
    if (change.table != &table::definition) continue;
    kinds_moved |= of_records(change);
    TRY_ASSIGN(StoredDefinition definition, definitions::of_row(change.row));
    published.push_back(std::move(definition));
  }
  if (!published.empty()) view.definitions = before.definitions->with(std::move(published));
  if (frame_moved) TRY(make_frame(view, database));
  if (frame_moved || catalogue_moved || changes.too_many || changes.observations > limits_.incremental_rows)
    TRY(make_cube(view, database));
  else
    update_cube(view, changes);
  TRY(update_shelf(view.tasks, table::task, changes, tasks::of_row));
  TRY(update_shelf(view.imports, table::import_batch, changes, imports::in_view));
  TRY(update_shelf(view.assessments, table::assessment, changes, assessments::of_row));
  TRY(update_shelf(view.accounts, table::account, changes, accounts::of_row));
  TRY(update_shelf(view.sessions, table::session, changes, sessions::of_row));
  TRY(frame_moved || kinds_moved ? make_records(view, database) : update_records(view, changes, database));
  return view;
}

Status ViewMaker::check(const Changes& changes, Database& database) const {
  bool frame_moved = false, kinds_moved = false;
  for (const RowChange& change : changes.rows) {
    frame_moved |= change.table == &table::place;
    kinds_moved |= change.table == &table::definition && of_records(change);
    if (!of_indicator_kind(change)) continue;
    TRY_ASSIGN(const StoredDefinition definition, definitions::of_row(change.row));
    TRY_ASSIGN(const fact::Indicator indicator, reader_(definition));
    if (indicator.code.value != definition.id)
      return fail(errors::row_malformed, {"definition", definition.id + " calls itself " + indicator.code.value});
  }
  View view;
  if (kinds_moved && kinds_) {
    TRY_ASSIGN(view.definitions, definitions::load(database));
    TRY(kinds_(*view.definitions));
  }
  return frame_moved ? make_frame(view, database) : Status{};
}

}   // namespace gangmu::store
