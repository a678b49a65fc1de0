// SPDX-License-Identifier: Apache-2.0
// The example city's registers: opened and filled by the same acts people take, so that the demo shows them at work.
// Everything is invented.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

/// Projects and obstacles of a synthetic programme, with request keys of their own: running it again changes nothing.
/// Nothing where the programme has no such kinds, or is real.
Status fill_example_registers(Service& service, const std::string& programme);

}   // namespace gangmu::app
