// SPDX-License-Identifier: Apache-2.0
// One picture of the store at one seq: immutable, reference-counted, shared by any number of readers. A page, job,
// score run or export takes one View and reads table rows `as of` its seq. The writer makes the next from the last and
// the rows it committed; what was not touched is shared.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/parallel.hpp"
#include "base/result.hpp"
#include "fact/cube.hpp"
#include "store/accounts.hpp"
#include "store/assessments.hpp"
#include "store/config.hpp"
#include "store/database.hpp"
#include "store/definitions.hpp"
#include "store/imports.hpp"
#include "store/places.hpp"
#include "store/record_picture.hpp"
#include "store/tasks.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

/// How the body of a definition of kind "indicator" becomes an indicator; given by whoever knows the pack's form.
using IndicatorReader = std::function<Result<fact::Indicator>(const Definition&)>;

/// Which versions of an indicator tell figures in the same unit and decimals.
class IndicatorUnits {
 public:
  Status add(const Definitions::Versions& versions, const IndicatorReader& reader);
  /// Whether a figure told under one version reads like one of another.
  [[nodiscard]] bool alike(const IndicatorCode& code, int version, const fact::Indicator& as) const;

 private:
  struct Units {
    int version;
    int decimals;
    std::string unit;
  };
  std::map<std::string, std::vector<Units>, std::less<>> units_;
};

/// Names of sources by the handle that fact::Cell::source carries. Handles are of one View's line, never stored.
using SourceNames = std::vector<std::string>;

class View {
 public:
  Seq seq;
  std::int64_t epoch = 1;
  Instant at;    ///< of the entry `seq`
  Digest head;   ///< of the store at `seq`
  std::string store_id;

  std::shared_ptr<const Definitions> definitions;
  std::shared_ptr<const PlaceRows>
      places;   ///< all rows ever written; places::frames gives the trees of an earlier seq
  std::shared_ptr<const PlaceHomes> homes;
  std::shared_ptr<const place::Frames> frames;   ///< the trees of all days, never null
  std::shared_ptr<const place::Tree> tree;       ///< the current one; size 0 before the first load
  std::shared_ptr<const fact::Cube> cube;        ///< never null; empty before the first load
  std::shared_ptr<const SourceNames> sources;
  Tasks tasks;
  ImportBatches imports;
  AssessmentRecords assessments;
  Accounts accounts;
  Sessions sessions;
  Records records;
  std::shared_ptr<const IndicatorUnits> units;

  [[nodiscard]] std::string_view source_of(const fact::Cell& cell) const { return (*sources)[cell.source]; }
};

/// The definitions of each indicator that hold by entry `seq`, in order of id; retired ones too, since their past
/// figures stay.
Result<std::vector<fact::IndicatorVersions>> indicators_as_of(const Definitions& definitions, Seq seq,
                                                              const IndicatorReader& reader);

/// Makes Views. Which tables and rules: frames from the rows of places; indicators from the definitions of kind
/// "indicator"; each cell in the frame of its period and under the definition of its period. A cell reported under
/// another version is shown when unit and decimals are the same; otherwise it is left out here (it is found under its
/// own version), since a number in another unit is worse than none.
class ViewMaker {
 public:
  ViewMaker(IndicatorReader reader, CatalogueReader kinds, Executor& executor, Limits limits);

  /// From the tables alone. Error: whatever makes tree or catalogue impossible.
  Result<View> load(Database& database) const;
  /// From the View before and the rows of one or more commands; `database` is read only when the whole has to be made
  /// anew.
  Result<View> next(const View& before, const Changes& changes, Database& database) const;
  /// Whether rows leave a tree and a catalogue that can be shown: asked before a command is accepted.
  Status check(const Changes& changes, Database& database) const;

 private:
  Status make_frame(View& view, Database& database) const;
  Status make_cube(View& view, Database& database) const;
  void update_cube(View& view, const Changes& changes) const;
  Status make_records(View& view, Database& database) const;
  Status update_records(View& view, const Changes& changes, Database& database) const;
  IndicatorReader reader_;
  CatalogueReader kinds_;
  Executor& executor_;
  Limits limits_;
};

}   // namespace gangmu::store
