// SPDX-License-Identifier: Apache-2.0
// The sentences of an explanation. Internal.
#pragma once

#include "score/explanation.hpp"

namespace gangmu::score {

/// Precondition: `e` holds totals and lines.
PlainWords plain_words(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
                       const Sentence& name, const Explanation& e, std::size_t most);

}   // namespace gangmu::score
