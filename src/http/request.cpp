// SPDX-License-Identifier: Apache-2.0
#include "http/request.hpp"

#include <algorithm>
#include <array>

namespace gangmu::http {
namespace {

constexpr std::array<std::string_view, 8> names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""};

}   // namespace

std::string_view method_name(Method method) { return names[static_cast<std::size_t>(method)]; }

Method method_of(std::string_view name) {
  const auto found = std::find(names.begin(), names.end() - 1, name);
  return static_cast<Method>(found - names.begin());
}

std::optional<std::string_view> Request::header(std::string_view lower_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_name) return value;
  return std::nullopt;
}

std::string Request::joined(std::string_view lower_name) const {
  std::string out;
  for (const auto& [name, value] : headers)
    if (name == lower_name) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::size_t Request::count(std::string_view lower_name) const {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(), [&](const auto& field) { return field.first == lower_name; }));
}

}   // namespace gangmu::http
