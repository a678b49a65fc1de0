// SPDX-License-Identifier: Apache-2.0
// Records on their way to a narrower version of their kind: looked at one by one (dry run), or written anew in the
// entry that publishes it. While one can't be placed nothing is published.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/records/desk.hpp"
#include "record/migrate.hpp"

namespace gangmu::app {

/// A kind in the catalogue as it is published, and in that which is to be.
struct KindStep {
  std::shared_ptr<const record::Catalogue> now{}, next{};
  std::string kind{};
};

struct UnplacedRecord {
  record::RecordId id{};
  std::string no{}, title{};
  record::Unplaced what{};
  record::RecordId like{};   ///< of a key that two claim: the other
};

struct Followers {
  std::int64_t records = 0;              ///< looked at
  std::int64_t moving = 0;               ///< written anew; the others fit as they stand
  std::int64_t unplaced = 0;             ///< things that can't be placed, in all
  std::vector<UnplacedRecord> items{};   ///< some of them, as many as Limits::sheet_shown
};

/// Around which it happens.
struct FollowWorld {
  const place::Tree& tree;
  std::vector<PlaceId> homes;
  std::shared_ptr<const Calendar> calendar;
  Instant now{};
};

/// Dry run, batch by batch.
Result<Followers> followers(store::Store& store, const KindStep& step, const FollowWorld& world, const Limits& limits);
/// On the writer: what moves is written. Errors: unplaced, unplaced_key (all told), limit_exceeded.
Result<Followers> follow(store::Tx& tx, const KindStep& step, const FollowWorld& world, const Limits& limits);
/// Errors as above, each at `where`.
Status refused(const Followers& followers, const Position& where);

}   // namespace gangmu::app
