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
#include "store/tasks.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

/// How the body of a definition of kind "indicator" becomes an indicator; given by whoever knows the pack's form.
using IndicatorReader = std::function<Result<fact::Indicator>(const Definition&)>;

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
  std::shared_ptr<const PlaceRows> places;   ///< all dated rows; places::frame gives past trees
  std::shared_ptr<const place::Tree> tree;   ///< the current frame; size 0 before the first load
  std::shared_ptr<const fact::Cube> cube;    ///< never null; empty before the first load
  std::shared_ptr<const SourceNames> sources;
  Tasks tasks;
  ImportBatches imports;
  AssessmentRecords assessments;
  Accounts accounts;
  Sessions sessions;
  /// Versions of each indicator whose cells the cube shows (see ViewMaker).
  std::shared_ptr<const std::map<std::string, std::vector<int>, std::less<>>> comparable;

  [[nodiscard]] std::string_view source_of(const fact::Cell& cell) const { return (*sources)[cell.source]; }
};

/// Versions of an indicator whose figures read like those of `latest`: the same unit, the same decimals.
std::vector<int> comparable_versions(const Definitions::Versions& versions, const fact::Indicator& latest,
                                     const IndicatorReader& reader);

/// Makes Views. Which tables and rules: the tree from places without an end; indicators from the latest definitions of
/// kind "indicator" in order of id, retired ones too, since their past figures stay; cells whose place is in the tree
/// and whose indicator is in the list. A cell reported under an older version of its indicator is shown when unit and
/// decimals are still the same; otherwise it is left out here (it is found under its own version), since a number in
/// another unit is worse than none.
class ViewMaker {
 public:
  ViewMaker(IndicatorReader reader, Executor& executor, Limits limits);

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
  IndicatorReader reader_;
  Executor& executor_;
  Limits limits_;
};

}   // namespace gangmu::store
