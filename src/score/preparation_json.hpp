// SPDX-License-Identifier: Apache-2.0
// A leaf's preparation in and out of JSON. Internal to the reading and writing of schemes.
#pragma once

#include "score/preparation.hpp"
#include "score/reader.hpp"

namespace gangmu::score {

Preparation preparation_from_json(Reader& reader, const Spot& leaf);
/// Notes scheme_treatment_unfit when the leaf's function can't follow its treatment.
void check_preparation(Reader& reader, const Spot& spot, const Leaf& leaf);
void preparation_to_json(const Preparation& preparation, Json& leaf);

}   // namespace gangmu::score
