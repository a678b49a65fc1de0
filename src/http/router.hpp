// SPDX-License-Identifier: Apache-2.0
// Finds the row of the route table for a path and a method.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/route.hpp"

namespace gangmu::http {

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> parameters;   ///< in the order of the template
  bool as_xlsx = false;
};

class Router {
 public:
  explicit Router(std::span<const Route> routes);   ///< the rows outlive the router

  /// Literal segments win over parameters. Errors: path_unknown, method_not_allowed.
  Result<Match> match(const std::vector<std::string>& segments, Method method, std::string_view method_text) const;
  /// "GET, HEAD, OPTIONS" for a path, "" when there is no such path.
  [[nodiscard]] std::string allowed(const std::vector<std::string>& segments) const;

 private:
  struct Pattern {
    const Route* route;
    std::vector<std::string> segments;
  };
  [[nodiscard]] std::vector<const Pattern*> at(const std::vector<std::string>& segments, bool tables) const;
  [[nodiscard]] std::vector<const Pattern*> candidates(const std::vector<std::string>& segments) const;
  std::vector<Pattern> patterns_;
};

}   // namespace gangmu::http
