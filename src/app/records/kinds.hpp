// SPDX-License-Identifier: Apache-2.0
// The kinds of a programme as its store has published them; given to the store as the reader of its catalogue.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "record/kind.hpp"

namespace gangmu::store {
class Definitions;
}

namespace gangmu::app {

/// Null where the programme has none. Errors: those of record::Catalogue::make.
Result<std::shared_ptr<const record::Catalogue>> kinds_of(const store::Definitions& definitions);

}   // namespace gangmu::app
