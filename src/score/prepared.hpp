// SPDX-License-Identifier: Apache-2.0
// Figures made ready for scoring: each leaf's column as the caller gave it, or a column of our own after imputation and
// treatment. Internal to the assessment.
#pragma once

#include <optional>
#include <vector>

#include "base/random.hpp"
#include "score/pools.hpp"

namespace gangmu::score {

/// A column of figures.
struct Figures {
  const double* values = nullptr;
  const fact::CellState* states = nullptr;
  [[nodiscard]] bool number(std::size_t place) const { return states[place] == fact::CellState::value; }
};

/// What became of a cell; each mark is an edge rule that is counted once a place. A cell may bear several.
enum class CellMark : std::uint8_t {
  few_reviews,
  small_sample,
  nothing_due,
  imputed,
  impute_impossible,
  treated,
  transform_impossible
};
EdgeRule rule_of(CellMark mark);

class CellMarks {
 public:
  void add(CellMark mark) { bits_ |= bit(mark); }
  [[nodiscard]] bool has(CellMark mark) const { return (bits_ & bit(mark)) != 0; }
  [[nodiscard]] bool any() const { return bits_ != 0; }
  /// The edge rules they are counted under, in the order of the marks.
  template <class See>
  void each_rule(const See& see) const {
    for (unsigned bits = bits_; bits != 0; bits &= bits - 1) see(rule_of(static_cast<CellMark>(__builtin_ctz(bits))));
  }

 private:
  static unsigned bit(CellMark mark) { return 1U << static_cast<unsigned>(mark); }
  unsigned bits_ = 0;
};

/// Errors put on figures. Estimated ones: normal, `spread` standard deviations of the column's reported figures wide.
/// Surveys: normal, as wide as so few asked may err.
struct PreparedNoise {
  double spread = 0;
  std::optional<Random> estimates, samples;
};

class Prepared {
 public:
  Prepared() = default;
  /// Resolves columns; refresh() must follow.
  Prepared(const Scheme& scheme, const Inputs& inputs);
  /// Makes the columns again, from what the inputs hold now.
  void refresh(const Pools& pools, Executor& executor, const PreparedNoise* noise = nullptr);
  /// The same for one leaf.
  void refresh_leaf(std::size_t leaf, const Pools& pools);
  /// Is the column, one of the caller's, among those the leaf's figures of this period are made from?
  [[nodiscard]] bool made_from(std::size_t leaf, std::uint32_t column) const;

  /// Column number of the leaf's figures: below C the caller's, from C on our own.
  [[nodiscard]] std::uint32_t column(std::size_t leaf) const { return column_of_[leaf]; }
  [[nodiscard]] Figures figures(std::uint32_t column) const;
  [[nodiscard]] Figures leaf(std::size_t leaf) const { return figures(column_of_[leaf]); }
  /// Without treatment, for functions that know the indicator's unit.
  [[nodiscard]] Figures untreated(std::size_t leaf) const;
  /// P marks of the leaf; empty when nothing is done to it.
  [[nodiscard]] std::span<const CellMarks> marks(std::size_t leaf) const;
  [[nodiscard]] const Inputs& inputs() const { return inputs_; }

 private:
  struct Own {
    Preparation preparation;
    std::uint32_t source = 0, other = 0;   ///< own figures; regression: the other indicator's
    std::vector<std::uint32_t> past;       ///< last year's first
    std::vector<std::uint32_t> reviews;    ///< panel
    std::uint32_t sample = 0, due = 0, done = 0, late = 0;
    std::vector<double> values, untreated;
    std::vector<fact::CellState> states;
    std::vector<CellMarks> marks;
  };
  void make(Own& own, const Pools& pools, const PreparedNoise* noise) const;
  void shake(Own& own, double spread, Random random) const;
  void review(Own& own) const;
  void count_tasks(Own& own) const;
  void ask_for_sample(Own& own, std::optional<Random> errors) const;
  void impute(Own& own, const Pools& pools) const;
  void treat(Own& own) const;
  [[nodiscard]] std::vector<std::optional<double>> pool_estimates(const Own& own, const Pools& pools) const;
  [[nodiscard]] std::optional<double> from_the_past(const Own& own, std::size_t place) const;

  Inputs inputs_;
  std::size_t columns_ = 0;
  std::vector<std::uint32_t> column_of_;   ///< a leaf each
  std::vector<Own> own_;
};

}   // namespace gangmu::score
