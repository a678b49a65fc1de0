// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

constexpr std::string_view workbook_suffix = ".xlsx";

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
  if (pattern.size() != segments.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (is_parameter(pattern[i]) ? segments[i].empty() : pattern[i] != segments[i]) return false;
  return true;
}

/// Patterns in which a literal stands where others have a parameter come first.
bool more_literal(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](const auto& x, const auto& y) { return !is_parameter(x) && is_parameter(y); });
}

bool asks_workbook(const std::vector<std::string>& segments) {
  return !segments.empty() && segments.back().size() > workbook_suffix.size() &&
         segments.back().ends_with(workbook_suffix);
}

std::vector<std::string> without_suffix(std::vector<std::string> segments) {
  segments.back().resize(segments.back().size() - workbook_suffix.size());
  return segments;
}

std::string shown(const std::vector<std::string>& segments) { return ("/" + text::join(segments, "/")).substr(0, 120); }

bool takes(const Route& route, Method method) {
  return method == route.method() ||
         (method == Method::head && route.method() == Method::get && route.kind != RouteKind::stream);
}

}   // namespace

Router::Router(std::span<const Route> routes) {
  for (const Route& route : routes) patterns_.push_back({&route, text::split(route.path.substr(1), '/')});
  std::stable_sort(patterns_.begin(), patterns_.end(),
                   [](const Pattern& a, const Pattern& b) { return more_literal(a.segments, b.segments); });
}

std::vector<const Router::Pattern*> Router::at(const std::vector<std::string>& segments, bool tables) const {
  std::vector<const Pattern*> out;
  for (const Pattern& pattern : patterns_) {
    if ((tables && !pattern.route->table) || !fits(pattern.segments, segments)) continue;
    if (out.empty() || out.front()->segments == pattern.segments) out.push_back(&pattern);
  }
  return out;
}

std::vector<const Router::Pattern*> Router::candidates(const std::vector<std::string>& segments) const {
  return asks_workbook(segments) ? at(without_suffix(segments), true) : at(segments, false);
}

std::string Router::allowed(const std::vector<std::string>& segments) const {
  std::string out;
  for (const Pattern* pattern : candidates(segments)) {
    const Route& route = *pattern->route;
    for (const Method method : {Method::get, Method::head, Method::post})
      if (takes(route, method) && !(asks_workbook(segments) && method == Method::post)) {
        out += method_name(method);
        out += ", ";
      }
  }
  return out.empty() ? out : out + "OPTIONS";
}

Result<Match> Router::match(const std::vector<std::string>& segments, Method method,
                            std::string_view method_text) const {
  const std::vector<const Pattern*> found = candidates(segments);
  if (found.empty()) return fail(errors::path_unknown, {shown(segments)});
  const bool as_xlsx = asks_workbook(segments);
  for (const Pattern* pattern : found) {
    if (!takes(*pattern->route, method) || (as_xlsx && method == Method::post)) continue;
    Match out{.route = pattern->route, .parameters = {}, .as_xlsx = as_xlsx};
    const std::vector<std::string> actual = as_xlsx ? without_suffix(segments) : segments;
    for (std::size_t i = 0; i < actual.size(); ++i)
      if (is_parameter(pattern->segments[i])) out.parameters.push_back(actual[i]);
    return out;
  }
  return fail(errors::method_not_allowed, {std::string(method_text), shown(segments), allowed(segments)});
}

}   // namespace gangmu::http
