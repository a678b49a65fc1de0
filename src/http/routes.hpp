// SPDX-License-Identifier: Apache-2.0
// The route table of the house: every address the server answers besides the files of the front end.
#pragma once

#include <span>

#include "http/route.hpp"

namespace gangmu::http {

std::span<const Route> routes();

}   // namespace gangmu::http
