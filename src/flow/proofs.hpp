// SPDX-License-Identifier: Apache-2.0
// What is proved of a flow whose names are known. Internal to the part.
#pragma once

#include "flow/flow.hpp"

namespace gangmu::flow {

/// Every fault, at the place of the state, step or clock it is about.
Diagnostics unproved(const Flow& flow, const FlowSource& source);

}   // namespace gangmu::flow
