// SPDX-License-Identifier: Apache-2.0
// Which place an office means by what it typed: a code, a name that only one place of the programme has, or a name with
// the names above it in front ("甲县甲01镇").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/picture.hpp"

namespace gangmu::app {

class PlaceNames {
 public:
  explicit PlaceNames(const Picture& picture);

  [[nodiscard]] std::optional<place::NodeIndex> find(std::string_view typed) const;
  /// Places it may mean, the best first; 8 at most.
  [[nodiscard]] std::vector<place::NodeIndex> candidates(std::string_view typed) const;

 private:
  const place::Tree& tree_;
  std::unordered_multimap<std::string, place::NodeIndex> by_name_;   ///< own name, and with one or two names above
};

/// Names from the county down to the place: "甲县 甲01镇"; the name alone for what lies above.
std::string place_path(const place::Tree& tree, place::NodeIndex node, std::string place::Place::*name);

}   // namespace gangmu::app
