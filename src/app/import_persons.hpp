// SPDX-License-Identifier: Apache-2.0
// What a ledger says of persons outside the columns made for them. Columns of persons are sealed as they are
// (persons.hpp); here numbers that an office typed into any other cell, and persons in rows that are left out.
#pragma once

#include "app/import_reading.hpp"
#include "base/grid.hpp"

namespace gangmu::app {

/// Telephone and identity numbers become （已隐去） in every text of the reading, in headers, and in notes below the
/// table. A cell that held one is sealed as typed with its task's persons, under the header of its column; a note says
/// so.
void hide_persons(plan::Reading& reading, const Grid& grid, std::vector<ImportNote>& notes);

}   // namespace gangmu::app
