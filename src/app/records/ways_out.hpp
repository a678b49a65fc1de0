// SPDX-License-Identifier: Apache-2.0
// Which ways out of a flow stand open to a reader.
#pragma once

#include <string_view>
#include <vector>

#include "app/records/desk.hpp"

namespace gangmu::app {

/// Of correct, reopen, move, migrate, void and restore, those the reader may take with this record now.
std::vector<std::string_view> ways_out(const Desk& desk, const record::Kind& kind, const record::Record& record);

}   // namespace gangmu::app
