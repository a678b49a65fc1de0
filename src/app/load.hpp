// SPDX-License-Identifier: Apache-2.0
// Loading a pack into a store and taking it out again. A load is a three-way merge against pack.lock and shows its
// difference first; all it writes is one entry a round of revisions (first reports, then their revisions, as they came
// in time). A load that was cut short is continued by loading again: a series that only grows is no conflict.
#pragma once

#include <functional>
#include <string>

#include "app/call.hpp"
#include "pack/lock.hpp"
#include "pack/pack.hpp"
#include "store/store.hpp"

namespace gangmu::app {

struct LoadOptions {
  bool retire = false;   ///< end the validity of what the pack no longer has
  pack::Lock base;       ///< pack.lock; empty for a first load
  Actor actor = Actor::local();
};

/// What a load did or would do.
struct LoadReport {
  pack::LoadPlan plan;
  std::size_t observations = 0;   ///< figures to append
  Seq seq;                        ///< last entry written; the store's seq for a preview
};

/// Shows the difference; writes nothing. Errors: load_other_programme, and those of the store.
Result<LoadReport> preview_load(store::Store& store, const pack::Pack& pack, const LoadOptions& options);
/// Errors: load_conflict (each object by name; nothing is loaded), load_other_programme, task_id_not_number, …
/// `progress(done, total)` counts figures.
Result<LoadReport> load(store::Store& store, const pack::Pack& pack, const LoadOptions& options,
                        const std::function<void(std::size_t, std::size_t)>& progress = {});

/// The store's definitions and opening data as a pack: equal objects to the pack it was loaded from.
Result<pack::Pack> export_pack(store::Store& store);
/// pack.lock of an export.
Result<pack::Lock> lock_of(const store::Store& store, const pack::Pack& pack);

}   // namespace gangmu::app
