// SPDX-License-Identifier: Apache-2.0
// The records of a View: columns made from one scan of the documents, or moved along by the records of a group.
#include <algorithm>

#include "store/records.hpp"
#include "store/view.hpp"

namespace gangmu::store {
namespace {

using ByKind = std::map<std::string, std::vector<record::Change>, std::less<>>;

Status take(Records& records, const ByKind& changes) {
  for (const auto& [kind, all] : changes) {
    const auto columns = records.kinds.find(kind);
    if (columns == records.kinds.end()) continue;   // its kind is no longer published
    TRY_ASSIGN(record::Columns next, columns->second->with(all));
    columns->second = std::make_shared<const record::Columns>(std::move(next));
    if (!columns->second->kind().whole()) continue;
    std::map<record::RecordId, Shelf<WholeRecord>::Handle> moved;
    for (const record::Change& one : all)
      moved[one.id] = one.document["void"].is_null() && !one.document.is_null()
                          ? std::make_shared<const WholeRecord>(one.id, one.document)
                          : nullptr;
    Shelf<WholeRecord>& shelf = records.whole[kind];
    shelf = shelf.with(moved);
  }
  return {};
}

}   // namespace

Status ViewMaker::make_records(View& view, Database& database) const {
  view.records = {};
  if (!kinds_) return {};
  TRY_ASSIGN(view.records.catalogue, kinds_(*view.definitions));
  if (!view.records.catalogue) return {};
  for (const auto& kind : view.records.catalogue->kinds())
    view.records.kinds[kind->id()] = std::make_shared<const record::Columns>(view.records.catalogue, *kind, view.tree);
  ByKind waiting;
  std::size_t held = 0;
  TRY(records::for_each(database, [&](record::Change&& change) -> Status {
    std::vector<record::Change>& list = waiting[change.id.kind];
    list.push_back(std::move(change));
    if (++held < limits_.incremental_rows) return {};
    held = 0;
    return take(view.records, std::exchange(waiting, {}));
  }));
  return take(view.records, waiting);
}

Status ViewMaker::update_records(View& view, const Changes& changes, Database& database) const {
  if (!view.records.catalogue) return {};
  ByKind moved;
  std::map<record::RecordId, Seq> last;
  for (const RowChange& change : changes.rows) {
    if (change.table != &table::record_event) continue;
    last[{PlaceId{std::get<std::int64_t>(change.row[0])}, std::get<std::string>(change.row[1]),
          std::get<std::int64_t>(change.row[2])}] = Seq{std::get<std::int64_t>(change.row[3])};
  }
  for (const auto& [id, seq] : last) {
    TRY_ASSIGN(auto document, records::document(database, id, seq));
    moved[id.kind].push_back({id, document ? *std::move(document) : Json()});
  }
  return take(view.records, moved);
}

}   // namespace gangmu::store
