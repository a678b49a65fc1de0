// SPDX-License-Identifier: Apache-2.0
// Whose page it is: the place a reader's pages open on. An office of a county, a town or a village is at home there,
// and nothing above it is taken for granted.
#pragma once

#include "app/picture.hpp"

namespace gangmu::app {

/// The highest place of the reader's grants that lies within the programme's own (the first of equals); that one for
/// whom no grant narrows down.
place::NodeIndex own_place(const Picture& picture);

/// The levels there are below a place, highest first; functional units do not make a level.
std::vector<place::Level> levels_below(const place::Tree& tree, place::NodeIndex node);

}   // namespace gangmu::app
