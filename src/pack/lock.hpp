// SPDX-License-Identifier: Apache-2.0
// What a pack and a store agree on. `pack.lock` lists the digest of each object as of an export; `load` merges three
// ways against it: what changed on one side is taken, what changed on both is a named conflict, what is gone from the
// pack stays unless the user says `--retire`.
#pragma once

#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "pack/pack.hpp"

namespace gangmu::pack {

/// One object of a pack. kind: "programme" (id: the pack's), "place" (id: code), any kind of definition (id: its id),
/// "series" (id: "<indicator>/<place code>", all observations of the two), "task" (id: its id), "record" (id:
/// kind/number).
struct ObjectKey {
  std::string kind;
  std::string id;
  auto operator<=>(const ObjectKey&) const = default;
};
using Objects = std::map<ObjectKey, Digest>;

/// Digest of every object of a pack; equal objects have equal digests whatever file or order they came in.
Result<Objects> objects_of(const Pack& pack);

/// Digest of a definition with all its versions.
Digest object_digest(std::span<const Definition> versions);

struct Lock {
  std::string store;   ///< id of the store it was exported from
  Seq seq;             ///< as of this journal entry
  Objects objects;
};

inline constexpr std::string_view lock_path = "pack.lock";
/// Canonical text: "store <id>", "seq <n>", then one line "kind<TAB>id<TAB>alg:hex" an object, in key order.
std::string write_lock(const Lock& lock);
/// Errors: lock_malformed with its line.
Result<Lock> read_lock(std::string_view bytes);

/// What a load would do, each list in key order. Nothing is loaded while `conflicts` is not empty.
struct LoadPlan {
  std::vector<ObjectKey> taken;       ///< new in the pack, or changed there and not in the store
  std::vector<ObjectKey> unchanged;   ///< the same on both sides
  std::vector<ObjectKey> kept;        ///< changed in the store only: the pack's copy is older
  std::vector<ObjectKey> conflicts;   ///< changed on both sides, differently
  std::vector<ObjectKey> absent;      ///< in the store and no longer in the pack, left alone
  std::vector<ObjectKey> retired;     ///< the same, with --retire: their validity ends, nothing is deleted
};

/// base: digests of pack.lock (empty for a first load). Shape: three maps; pure.
LoadPlan plan_load(const Objects& base, const Objects& pack, const Objects& store, bool retire);

}   // namespace gangmu::pack
