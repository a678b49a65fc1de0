// SPDX-License-Identifier: Apache-2.0
// What the columns of a cube stand on. A period is read in the frame of its last day and under the definitions valid on
// its first; a place that ended inside it still counts in its flow and cumulative figures, under its last parent, never
// in stocks. Periods of equal frames share one layout and those of equal definitions one catalogue.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "fact/column.hpp"
#include "fact/layout.hpp"
#include "place/frames.hpp"

namespace gangmu::fact {

/// A tree, cut into pages.
struct Floor {
  Floor(std::shared_ptr<const place::Tree> the_tree, const place::Tree& now);
  [[nodiscard]] NodeIndex of_now(NodeIndex node) const { return from_now.empty() ? node : from_now[node]; }

  std::shared_ptr<const place::Tree> tree;
  Layout layout;
  std::vector<NodeIndex>
      from_now;   ///< by node of the tree of now; no_node for who was not there. Empty: the same tree
};

/// What one period stands on; valid while its Grounds are.
struct Ground {
  const Catalogue* catalogue = nullptr;
  const Floor* stock = nullptr;                             ///< of the last day
  const Floor* flow = nullptr;                              ///< and who ended inside the period; mostly the same
  std::shared_ptr<const Floor> kept_stock{}, kept_flow{};   ///< of a period that was not noted

  [[nodiscard]] const Floor& floor(IndicatorIndex i) const {
    return (*catalogue)[i].figure == FigureKind::stock ? *stock : *flow;
  }
  /// Where the pairs of a ratio or weighted mean are counted: a place needs both parts, so one that ended is in none
  /// with a stock.
  [[nodiscard]] const Floor& pair_floor(IndicatorIndex i) const {
    const Parts& parts = catalogue->parts(i);
    const bool stocks = (*catalogue)[parts.numerator].figure == FigureKind::stock ||
                        (*catalogue)[parts.denominator].figure == FigureKind::stock;
    return stocks ? *stock : *flow;
  }
};

class Grounds {
 public:
  /// Error: duplicate_indicator.
  static Result<Grounds> of(std::shared_ptr<const place::Frames> frames, std::vector<IndicatorVersions> indicators);

  /// What a period stands on. For one that was not noted a layout may have to be made: the last few are kept.
  [[nodiscard]] Ground at(const Period& period) const;
  /// The same, kept: for each period that has columns.
  Ground note(const Period& period);
  [[nodiscard]] bool noted(const Period& period) const { return one_ || flows_.contains(period); }

  [[nodiscard]] const place::Frames& frames() const { return *frames_; }
  [[nodiscard]] const Catalogue& now() const { return *catalogues_.back().catalogue; }
  [[nodiscard]] const Catalogue& catalogue(const Period& period) const { return *catalogue_on(period.first()); }

 private:
  struct Edition {
    Date from;
    std::shared_ptr<const Catalogue> catalogue;
  };
  struct Asked;   ///< floors of periods that were asked for and have no column
  [[nodiscard]] const std::shared_ptr<const Catalogue>& catalogue_on(Date day) const;
  [[nodiscard]] std::shared_ptr<const Floor> asked(const std::shared_ptr<const place::Tree>& tree) const;

  std::shared_ptr<const place::Frames> frames_;
  std::vector<Edition> catalogues_;   ///< by date; the first holds back to the beginning
  std::shared_ptr<const Floor> now_;
  std::map<const place::Tree*, std::shared_ptr<const Floor>> floors_;   ///< of past frames
  std::map<Period, std::shared_ptr<const Floor>> flows_;
  std::shared_ptr<Asked> asked_;
  bool one_ = true;   ///< one frame, one catalogue: nothing to look up
};

}   // namespace gangmu::fact
