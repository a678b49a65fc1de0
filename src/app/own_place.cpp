// SPDX-License-Identifier: Apache-2.0
#include "app/own_place.hpp"

#include <set>

namespace gangmu::app {

place::NodeIndex own_place(const Picture& picture) {
  const place::Tree& tree = picture.tree();
  const place::NodeIndex focus = picture.focus();
  place::NodeIndex out = place::no_node;
  for (const access::Grant& grant : picture.rights.grants()) {
    const place::NodeIndex node = tree.find(grant.place);
    if (node == place::no_node || !picture.may(Permission::read_figures, node)) continue;
    const place::NodeIndex here = tree.within(node, focus) ? node : tree.within(focus, node) ? focus : place::no_node;
    if (here != place::no_node && (out == place::no_node || tree[here].level < tree[out].level)) out = here;
  }
  return out == place::no_node ? focus : out;
}

std::vector<place::Level> levels_below(const place::Tree& tree, place::NodeIndex node) {
  std::set<place::Level> found;
  for (place::NodeIndex below = node + 1; below < tree.end(node); ++below) {
    if (!tree[below].functional) found.insert(tree[below].level);
  }
  return {found.begin(), found.end()};
}

}   // namespace gangmu::app
