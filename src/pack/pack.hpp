// SPDX-License-Identifier: Apache-2.0
// A pack: one programme as a folder of plain files, read into typed objects. What differs from city to city or from
// year to year is data here, never C++. A pack holds definitions and opening data, never users, cases, vouchers or
// approvals.
//
//   TRY_ASSIGN(pack::Pack pack, pack::read_pack(files));            // every fault at once, as file:line
//   TRY_ASSIGN(pack::Files files, pack::write_pack(pack));          // canonical bytes
//
// Which file holds which columns and becomes which kind of definition: layout.hpp (docs/formats.md is checked against
// it).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/definition.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "fact/indicator.hpp"
#include "fact/observation.hpp"
#include "place/frames.hpp"

namespace gangmu::record {
class Catalogue;
}

namespace gangmu::pack {

/// A folder in memory: relative path with '/' ("plan/targets.csv") → bytes. The caller reads and writes the real
/// folder.
using Files = std::map<std::string, std::string>;

/// An earlier version of a place: it held until its next version began, or to `valid_to`.
struct EarlierPlace {
  place::Place place;
  std::optional<Date> valid_to{};
  Json attributes{};
};

struct Pack {
  /// programme.yaml: id, name_zh, name_en, synthetic (bool), root (12-digit code), valid_from, levels, languages,
  /// licence, …
  Json programme;
  /// In file order, ids provisional: place i has id i + 1; `parent` resolved. The store gives the lasting ids.
  std::vector<place::Place> places;
  /// Columns of places.csv that are no part of place::Place: lon, lat, source, note. Only places that have some.
  std::map<PlaceId, Json> attributes;
  std::vector<EarlierPlace>
      earlier;                     ///< by place and day, ids as in `places`; `places` holds the last version of each
  std::map<PlaceId, Date> ended;   ///< last day of the places that are no more
  std::map<std::string, PlaceId> formerly;   ///< codes of `was` that no row bears
  /// Sorted by (kind, id, version). Kinds: indicator, source, post, tile, class, fact, action, track, phase, target,
  /// pairing, policy, law, calendar, scheme, roles, kind, flow, codes, limits. A body holds the row's filled columns:
  /// integers as numbers, decimals and the rest as text, lists (a|b) as arrays; places inside a body are named by their
  /// code.
  std::vector<Definition> definitions;
  /// Sorted by (place, indicator, period, source); revisions of one key in the order they came. `place` is provisional.
  std::vector<fact::Observation> observations;
  /// Rows of plan/tasks.csv in file order, keyed by column.
  std::vector<Json> tasks;
  /// Opening records by kind, in order of their numbers; a row as records.hpp tells.
  std::map<std::string, std::vector<Json>> records;

  /// Where the parts of kinds, flows and code lists were written: by kind and id of the definition, then JSON pointer.
  /// Empty of what was not read from files.
  std::map<std::pair<std::string, std::string>, std::map<std::string, Position, std::less<>>> written{};

  /// The places of all days. Errors: those of place::Frames.
  [[nodiscard]] Result<std::shared_ptr<const place::Frames>> frames() const;
  /// Every code a place bears or bore.
  [[nodiscard]] std::map<std::string, PlaceId> codes() const;
  /// All kinds with their code lists, flows and limits, proved together; limits as of the day the newest of them begins
  /// (a pack knows no clock). Errors: those of record::catalogue_of.
  [[nodiscard]] Result<std::shared_ptr<const record::Catalogue>> catalogue() const;
  [[nodiscard]] bool synthetic() const { return programme["synthetic"].boolean_or(false); }
  [[nodiscard]] std::string id() const { return programme["id"].string_or(""); }
  /// All of a kind; a view into `definitions`, valid while they stand.
  [[nodiscard]] std::vector<const Definition*> of_kind(std::string_view kind) const;
  [[nodiscard]] const Definition* find(std::string_view kind,
                                       std::string_view id) const;   ///< latest version, or nullptr
};

/// Reads and lints in one go: succeeds only when nothing at all is wrong. Errors: see errors.hpp, each with file:line.
/// A folder with a file that bears the mark of a state secret, whatever kind of file, is refused whole and nothing else
/// is told of it (sheet/marked_file.hpp).
Result<Pack> read_pack(const Files& files);
struct Lint {
  Diagnostics faults;   ///< sorted by file and line; empty when the pack can be loaded
  Diagnostics notes;    ///< what can be loaded and should be known: figures that enter no sum
};
Lint lint_all(const Files& files);
/// All faults of a folder.
Diagnostics lint(const Files& files);
/// Canonical files: rows in key order, columns in declared order, LF, no empty files; `pack.lock` is written by
/// lock.hpp.
Result<Files> write_pack(const Pack& pack);

/// The typed form of an "indicator" definition. Error: as read_pack for a bad row.
Result<fact::Indicator> indicator_of(const Definition& definition);
/// The working days of a "calendar" definition: the years from the first to the last whose 1 January has a row; rows
/// outside them are left out. Errors: calendar_years when there is none; those of Calendar::of.
Result<Calendar> calendar_of(const Definition& definition);
/// The body that indicator_of reads back to the same indicator.
Definition indicator_definition(const fact::Indicator& indicator, Date valid_from);

}   // namespace gangmu::pack
