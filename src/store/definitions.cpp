// SPDX-License-Identifier: Apache-2.0
#include "store/definitions.hpp"

#include <algorithm>

#include "store/errors.hpp"

namespace gangmu::store {

Definitions::Versions Definitions::versions(std::string_view kind, std::string_view id) const {
  const auto k = kinds_.find(kind);
  if (k == kinds_.end()) return {};
  const auto d = k->second->find(id);
  return d == k->second->end() ? Versions{} : d->second;
}

namespace {

/// The versions without a copy; nullptr when there are none.
template <class Kinds>
auto found_in(const Kinds& kinds, std::string_view kind, std::string_view id) -> const Definitions::Versions* {
  const auto k = kinds.find(kind);
  if (k == kinds.end()) return nullptr;
  const auto d = k->second->find(id);
  return d == k->second->end() ? nullptr : &d->second;
}

}   // namespace

const StoredDefinition* Definitions::latest(std::string_view kind, std::string_view id) const {
  const Versions* all = found_in(kinds_, kind, id);
  return all ? all->back().get() : nullptr;
}

const StoredDefinition* Definitions::version(std::string_view kind, std::string_view id, int version) const {
  const Versions* all = found_in(kinds_, kind, id);
  if (!all) return nullptr;
  const auto v = std::find_if(all->begin(), all->end(), [&](const auto& d) { return d->version == version; });
  return v == all->end() ? nullptr : v->get();
}

const StoredDefinition* Definitions::valid_on(std::string_view kind, std::string_view id, Date date) const {
  const Versions* all = found_in(kinds_, kind, id);
  if (!all) return nullptr;
  const auto v = std::find_if(all->rbegin(), all->rend(), [&](const auto& d) { return d->valid_from <= date; });
  return v == all->rend() ? nullptr : v->get();
}

Definitions::Versions Definitions::timeline(std::string_view kind, std::string_view id) const {
  Versions out;
  for (auto& version : versions(kind, id)) {
    while (!out.empty() && out.back()->valid_from >= version->valid_from) out.pop_back();
    out.push_back(std::move(version));
  }
  return out;
}

std::vector<const StoredDefinition*> Definitions::list(std::string_view kind) const {
  std::vector<const StoredDefinition*> out;
  if (const auto k = kinds_.find(kind); k != kinds_.end())
    for (const auto& [id, versions] : *k->second)
      if (!versions.back()->retired) out.push_back(versions.back().get());
  return out;
}

std::vector<std::string> Definitions::kinds() const {
  std::vector<std::string> out;
  for (const auto& [kind, ids] : kinds_) out.push_back(kind);
  return out;
}

std::vector<std::string> Definitions::ids(std::string_view kind) const {
  std::vector<std::string> out;
  if (const auto k = kinds_.find(kind); k != kinds_.end())
    for (const auto& [id, versions] : *k->second) out.push_back(id);
  return out;
}

std::shared_ptr<const Definitions> Definitions::with(std::vector<StoredDefinition> added) const {
  auto next = std::make_shared<Definitions>(*this);
  std::map<std::string, std::shared_ptr<Kind>, std::less<>> opened;
  for (StoredDefinition& definition : added) {
    auto& kind = opened[definition.kind];
    if (!kind) {
      const auto old = kinds_.find(definition.kind);
      kind = old == kinds_.end() ? std::make_shared<Kind>() : std::make_shared<Kind>(*old->second);
      next->kinds_[definition.kind] = kind;
    }
    Versions& versions = (*kind)[definition.id];
    versions.push_back(std::make_shared<const StoredDefinition>(std::move(definition)));
  }
  return next;
}

namespace definitions {
namespace {

Result<StoredDefinition> add(Tx& tx, StoredDefinition definition) {
  definition.seq = tx.seq();
  std::string bytes = definition.body.canonical();
  std::string named = digest(bytes).text();
  TRY(tx.insert(table::definition, {definition.kind, definition.id, std::int64_t{definition.version},
                                    std::int64_t{definition.valid_from.days}, std::int64_t{definition.retired},
                                    std::move(bytes), std::move(named), definition.seq.value}));
  return definition;
}

StoredDefinition following(std::string_view kind, std::string_view id, const std::optional<StoredDefinition>& last) {
  StoredDefinition next;
  next.kind = kind;
  next.id = id;
  next.version = last ? last->version + 1 : 1;
  return next;
}

}   // namespace

Result<StoredDefinition> publish(Tx& tx, std::string_view kind, std::string_view id, Date valid_from, Json body) {
  TRY_ASSIGN(const auto last, latest(tx, kind, id));
  if (last && !last->retired && last->valid_from == valid_from && last->body == body) return *last;
  StoredDefinition next = following(kind, id, last);
  next.valid_from = valid_from;
  next.body = std::move(body);
  return add(tx, std::move(next));
}

Result<StoredDefinition> retire(Tx& tx, std::string_view kind, std::string_view id, Date valid_from) {
  TRY_ASSIGN(const auto last, latest(tx, kind, id));
  if (!last) return fail(errors::no_such_row, {"definition", std::string(kind) + " " + std::string(id)});
  if (last->retired) return *last;
  StoredDefinition next = following(kind, id, last);
  next.valid_from = valid_from;
  next.retired = true;
  next.body = last->body;
  return add(tx, std::move(next));
}

Result<std::optional<StoredDefinition>> latest(Tx& tx, std::string_view kind, std::string_view id) {
  TRY_ASSIGN(const auto rows, tx.scan(table::definition, {std::string(kind), std::string(id)}));
  if (rows.empty()) return std::optional<StoredDefinition>();
  TRY_ASSIGN(StoredDefinition last, of_row(rows.back()));
  return std::optional(std::move(last));
}

Result<std::vector<StoredDefinition>> list(Tx& tx, std::string_view kind) {
  TRY_ASSIGN(const auto rows, tx.scan(table::definition, {std::string(kind)}));
  std::vector<StoredDefinition> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + 1 < rows.size() && rows[i + 1][1] == rows[i][1]) continue;   // an older version
    TRY_ASSIGN(StoredDefinition d, of_row(rows[i]));
    out.push_back(std::move(d));
  }
  return out;
}

Result<StoredDefinition> of_row(const Row& row) {
  StoredDefinition d;
  d.kind = std::get<std::string>(row[0]);
  d.id = std::get<std::string>(row[1]);
  d.version = static_cast<int>(std::get<std::int64_t>(row[2]));
  d.valid_from = Date{static_cast<std::int32_t>(std::get<std::int64_t>(row[3]))};
  d.retired = std::get<std::int64_t>(row[4]) != 0;
  TRY_ASSIGN(d.body, Json::parse(std::get<std::string>(row[5])));
  d.seq = Seq{std::get<std::int64_t>(row[7])};
  return d;
}

Result<std::shared_ptr<const Definitions>> load(Database& database) {
  std::vector<StoredDefinition> all;
  TRY(scan_rows(database, table::definition, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(StoredDefinition d, of_row(row));
    all.push_back(std::move(d));
    return {};
  }));
  return Definitions().with(std::move(all));
}

}   // namespace definitions
}   // namespace gangmu::store
