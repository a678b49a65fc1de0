// SPDX-License-Identifier: Apache-2.0
#include "score/what_if.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "base/text.hpp"
#include "score/assessment.hpp"
#include "score/errors.hpp"

namespace gangmu::score {

namespace {

constexpr std::int64_t billion = 1'000'000'000;

std::string ids_of(const Scheme& scheme, std::span<const NodeIndex> nodes) {
  std::vector<std::string> ids;
  for (const NodeIndex n : nodes) ids.push_back(scheme.nodes[n].id);
  return text::join(ids, ", ");
}

/// Parts of any size → per cent with six decimals, 100 together.
std::vector<Decimal> to_hundred(std::vector<double> parts) {
  double sum = 0;
  for (const double part : parts) sum += part;
  std::vector<std::int64_t> shares;
  std::int64_t left = 100 * billion;
  for (const double part : parts) left -= shares.emplace_back(math::quantise(100 * part / sum));
  *std::ranges::max_element(shares) += left;   // a few billionths, so that they are 100 together
  std::vector<Decimal> out;
  for (const std::int64_t units : apportion(shares, 6)) out.push_back(Decimal(units, 6).reduced());
  return out;
}

}   // namespace

std::vector<NodeIndex> weighed_children(const Scheme& scheme, NodeIndex node, ClassIndex c) {
  std::vector<NodeIndex> out;
  for (const NodeIndex child : scheme.nodes[node].children) {
    if (scheme.nodes[child].weights[c].positive()) out.push_back(child);
  }
  return out;
}

Result<Scheme> what_if(const Scheme& scheme, std::string_view node, ClassIndex c, std::span<const double> nominal,
                       std::span<const WantedWeight> wanted) {
  const NodeIndex n = scheme.find(node);
  if (n == no_node || scheme.nodes[n].is_leaf() || !(nominal[n] > 0))
    return fail(errors::what_if_node, {std::string(node)});
  const std::vector<NodeIndex> children = weighed_children(scheme, n, c);
  std::vector<double> parts;
  for (const NodeIndex child : children) parts.push_back(100 * nominal[child]);
  Diagnostics faults;
  std::vector<bool> named(children.size(), false);
  for (const auto& [id, weight] : wanted) {
    const auto found = std::ranges::find(children, id, [&](NodeIndex child) { return scheme.nodes[child].id; });
    const auto i = static_cast<std::size_t>(found - children.begin());
    if (found == children.end()) {
      faults.push_back({&errors::what_if_child, {id, std::string(node), ids_of(scheme, children)}, {}});
    } else if (named[i] || weight < Decimal() || weight > Decimal(100, 0)) {
      faults.push_back({&errors::what_if_weight, {id, weight.text()}, {}});
    } else {
      named[i] = true;
      parts[i] = weight.real();
    }
  }
  if (faults.empty() && std::ranges::all_of(parts, [](double part) { return part == 0; }))
    faults.push_back({&errors::weights_zero, {}, {}});
  if (!faults.empty()) return fail(std::move(faults));
  const std::vector<Decimal> shares = to_hundred(std::move(parts));
  Scheme out = scheme;
  out.nodes[n].weight_method = WeightMethod::given;
  for (std::size_t i = 0; i < children.size(); ++i) out.nodes[children[i]].weights[c] = shares[i];
  return out;
}

}   // namespace gangmu::score
