// SPDX-License-Identifier: Apache-2.0
// Stores from before tasks were records: each task becomes a record with its history, its number and its persons, by
// entries of its own. What the journal held before stays in it as it was written.
#pragma once

#include <cstddef>

#include "base/result.hpp"

namespace gangmu::store {
class Store;
}

namespace gangmu::app {

/// How many were carried over. Nothing where there are none left, or on a server that does not write.
Result<std::size_t> carry_tasks(store::Store& store);

}   // namespace gangmu::app
