// SPDX-License-Identifier: Apache-2.0
// What if a branch's parts weighed otherwise (权重试算): the same scheme with other weights below one node, for one
// class. Assessed over the same frozen figures it says who would stand where; nothing of the scheme itself changes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "score/scheme.hpp"

namespace gangmu::score {

/// How much a child should weigh beside the others, whatever the sum.
using WantedWeight = std::pair<std::string, Decimal>;

/// The node's children that count in the class, in the order of the tree.
std::vector<NodeIndex> weighed_children(const Scheme& scheme, NodeIndex node, ClassIndex c);

/// `wanted` are shared out to 100 in millionths of a per cent (largest remainder); a child that is not named keeps its
/// nominal share of `nominal`, the assessment's shares (a node each, of the class). The node's weights are then given
/// ones, whatever computed them. Errors, all at once: what_if_node (no such branch), what_if_child, what_if_weight
/// (below 0, above 100, or named twice), weights_zero.
Result<Scheme> what_if(const Scheme& scheme, std::string_view node, ClassIndex c, std::span<const double> nominal,
                       std::span<const WantedWeight> wanted);

}   // namespace gangmu::score
