// SPDX-License-Identifier: Apache-2.0
// Kinds, flows and code lists on their way into a store: fields get their numbers, a kind its version, and what is
// published is never changed under its name.
#pragma once

#include <memory>
#include <vector>

#include "pack/lock.hpp"
#include "pack/pack.hpp"
#include "record/kind.hpp"
#include "record/versions.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {

/// All kinds that are published, proved together as of a day; roles, indicators and lines are the programme's.
/// Errors: those of record::catalogue_of.
Result<std::shared_ptr<const record::Catalogue>> catalogue_of(const store::Definitions& definitions, Date today);

/// The pack's definitions of kind "kind" as they would be published: a field has the number it had before by its name
/// (or `was`), a new one the next that was never given; a kind that says no version has the one it had (in `base`, the
/// lock of the export the pack was made from, or as published) where it is unchanged, else the next.
std::vector<Definition> numbered_kinds(const pack::Pack& pack, const store::Definitions& stored,
                                       const pack::Objects& base);

/// A kind as the version after the one that is published, what differs from that, and whether it may be.
struct ProposedVersion {
  Definition kind{};
  std::vector<record::VersionDifference> changes{};
  Status publishable{};   ///< errors: narrowing, never_so, field_number_taken …
};
ProposedVersion proposed_version(Definition kind, const store::Definitions& stored);

/// A declaration as the next version of its kind, or as its first: fields keep their numbers by their names, and no
/// number any version gave is given again. Errors: record's narrowing and never_so, field_number_taken.
Result<Definition> next_version(Definition kind, const store::Definitions& stored);

/// What of `taken` may not be published. `stand`: the kinds as they are published, proved; null where there are none.
/// Errors: kind_version_kept, kind_version_skipped, field_number_taken, flow_changed, code_vanished, and record's
/// narrowing and never_so, each where it is written; all of them.
Status check_taken(const std::vector<pack::ObjectKey>& taken, const pack::Pack& pack,
                   const std::vector<Definition>& kinds, const store::Definitions& stored,
                   const record::Catalogue* stand);

/// Kinds of `taken` whose records go along by a map, and where it is written.
struct MappedKind {
  std::string id{};
  Position where{};
};
std::vector<MappedKind> mapped_kinds(const std::vector<pack::ObjectKey>& taken, const pack::Pack& pack,
                                     const std::vector<Definition>& kinds, const store::Definitions& stored);
/// All kinds with what is taken in its place. Errors: those of record::catalogue_of.
Result<std::shared_ptr<const record::Catalogue>> catalogue_with(const std::vector<pack::ObjectKey>& taken,
                                                                const pack::Pack& pack,
                                                                const std::vector<Definition>& kinds,
                                                                const store::Definitions& stored, Date today);

}   // namespace gangmu::app
