// SPDX-License-Identifier: Apache-2.0
// Coherence (内部一致性): do the children of a branch tell the same story, pull against each other, or repeat one
// another? Pearson correlation and Cronbach's alpha (1951) over the class's places that have all of them; at least five
// are needed. Findings are told in plain words. Bounds follow JRC practice: above 0.92 redundant, below −0.4 contrary,
// below 0.3 with the branch without effect.
#pragma once

#include <vector>

#include "score/explanation.hpp"

namespace gangmu::score {

struct ChildPair {
  NodeIndex a = 0, b = 0;
  double correlation = 0;
};

struct Coherence {
  NodeIndex branch = 0;
  ClassIndex class_index = 0;
  std::size_t places = 0;
  double alpha = 0;   ///< of the children as they stand, unweighted; NaN when nothing varies
  std::vector<ChildPair> pairs;
  std::vector<ChildPair> with_branch;   ///< a: the child, b: the branch
  std::vector<Sentence> warnings;
};

/// Branches with two children or more, a class each.
std::vector<Coherence> coherence(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment);

}   // namespace gangmu::score
