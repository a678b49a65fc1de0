// SPDX-License-Identifier: Apache-2.0
// A scoring function in and out of JSON. Internal to the reading and writing of schemes.
#pragma once

#include <string_view>

#include "score/reader.hpp"

namespace gangmu::score {

/// Reads the function whose fields stand in `object`; missing parameters and unfit directions become faults.
Function function_from_json(Reader& reader, const Spot& object, fact::Direction direction, const std::string& indicator,
                            int depth = 0);
/// Writes the function's fields into `object`.
void function_to_json(const Function& function, Json& object);

const std::vector<std::pair<std::string_view, Pool>>& pool_words();
std::string_view function_name(FunctionKind kind);   ///< "min_max"

}   // namespace gangmu::score
