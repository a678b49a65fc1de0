// SPDX-License-Identifier: Apache-2.0
#include "app/records/following.hpp"

#include "app/errors.hpp"
#include "record/errors.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t followers_at_once = 500;   ///< records read in one go

class Following {
 public:
  Following(const KindStep& step, const FollowWorld& world, const Limits& limits)
      : step_(step),
        world_(world),
        limits_(limits),
        now_(*step.now->find(step.kind)),
        next_(*step.next->find(step.kind)) {}

  /// The batch behind `after`; false: it was the last. With `tx` what moves is written.
  Result<bool> batch(store::Database& database, Seq as_of, PlaceId home, std::int64_t& after, store::Tx* tx) {
    TRY_ASSIGN(const auto all, store::records::page(database, home, step_.kind, after, followers_at_once));
    RecordTables tables(database, step_.now.get(), world_.tree, as_of);
    const record::Actor nobody{};
    const record::World world{tx ? tx->at() : world_.now, *step_.next, *world_.calendar, nobody, tables, {}};
    for (const record::Change& one : all) {
      after = one.id.number;
      ++out.records;
      TRY(take(one, world, tx));
    }
    TRY(tables.status());
    return all.size() == followers_at_once;
  }

  Followers out;

 private:
  Status take(const record::Change& one, const record::World& world, store::Tx* tx) {
    TRY_ASSIGN(const record::Record before, record::record_of(now_, one.id, one.document));
    std::vector<record::Unplaced> unplaced;
    TRY_ASSIGN(record::Event event, record::migrated(now_, *step_.now, next_, before, world, unplaced));
    for (record::Unplaced& what : unplaced) cannot(before, std::move(what), {});
    if (!unplaced.empty()) return {};
    claim(before, one.document, event);
    if (event.empty()) return {};
    ++out.moving;
    if (static_cast<std::size_t>(out.moving) > limits_.kind_records)
      return fail(errors::limit_exceeded, {"要重写的记录数", std::to_string(out.moving),
                                           std::to_string(limits_.kind_records), "records to be written anew"});
    if (!tx || out.unplaced > 0) return {};
    event.reason = "台账类型第 " + std::to_string(next_.version()) + " 版";
    return store::records::append(*tx, one.id, std::move(event));
  }

  /// Two may be alike in a new key.
  void claim(const record::Record& before, const Json& document, const record::Event& event) {
    const Json& changed = event.patch["k"];
    const std::string key = changed["key"].string() ? *changed["key"].string()
                            : changed.object() && changed.object()->contains("key")
                                ? std::string()
                                : document["k"]["key"].string_or("");
    if (key.empty()) return;
    const auto [held, fresh] = claimed_.try_emplace({before.id.home, key}, before.id);
    if (fresh) return;
    const Diagnostic alike{&record::errors::unplaced_key, {}, {}};
    cannot(before, {.field = "key", .zh = "key", .en = "key", .value = key, .map = {}, .why = alike}, held->second);
  }

  void cannot(const record::Record& record, record::Unplaced what, const record::RecordId& like) {
    ++out.unplaced;
    if (out.items.size() >= limits_.sheet_shown) return;
    std::string title;
    for (const record::FieldId id : now_.title())
      if (const auto held = record.values.find(id); held != record.values.end())
        if (const auto* text = std::get_if<std::string>(&held->second)) title += (title.empty() ? "" : " ") + *text;
    out.items.push_back({record.id, record.no, std::move(title), std::move(what), like});
  }

  const KindStep& step_;
  const FollowWorld& world_;
  const Limits& limits_;
  const record::Kind& now_;
  const record::Kind& next_;
  std::map<std::pair<PlaceId, std::string>, record::RecordId> claimed_;
};

}   // namespace

Result<Followers> followers(store::Store& store, const KindStep& step, const FollowWorld& world, const Limits& limits) {
  Following following(step, world, limits);
  for (const PlaceId home : world.homes)
    for (std::int64_t after = 0;;) {   // no read of the tables takes long
      TRY_ASSIGN(const bool more, store.read([&](store::Database& database) {
        return following.batch(database, Seq{INT64_MAX}, home, after, nullptr);
      }));
      if (!more) break;
    }
  return std::move(following.out);
}

Result<Followers> follow(store::Tx& tx, const KindStep& step, const FollowWorld& world, const Limits& limits) {
  Following following(step, world, limits);
  for (const PlaceId home : world.homes)
    for (std::int64_t after = 0;;) {
      TRY_ASSIGN(const bool more, following.batch(tx.database(), tx.seq(), home, after, &tx));
      if (!more) break;
    }
  TRY(refused(following.out, {}));
  tx.uses("kind", step.kind, step.next->find(step.kind)->version());
  return std::move(following.out);
}

Status refused(const Followers& followers, const Position& where) {
  Diagnostics faults;
  for (const UnplacedRecord& one : followers.items) {
    const std::string& called = one.title.empty() ? one.no : one.title;
    if (!one.like.kind.empty())
      faults.push_back(
          {&record::errors::unplaced_key, {one.id.text(), called, one.like.text(), one.what.value}, where});
    else
      faults.push_back({&record::errors::unplaced,
                        {one.id.text(), called, one.what.zh, one.what.value, one.what.why.text(Language::zh),
                         one.what.map, one.what.en, one.what.why.text(Language::en)},
                        where});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

}   // namespace gangmu::app
