// SPDX-License-Identifier: Apache-2.0
// Every text in a JSON value, for the rules that hold for all texts that come in (base/control.hpp, the secrecy mark).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace gangmu {

/// Each text and each name in a value, however deep, with its path: "answers.place:甲", "features.1.properties".
void for_each_text(const Json& value, const std::function<void(const std::string& path, std::string_view text)>& use);

}   // namespace gangmu
