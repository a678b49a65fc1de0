// SPDX-License-Identifier: Apache-2.0
// The interface described: OpenAPI 3.1 for programs (the front end's types are generated from it), Markdown for people.
// Both come from the route table and the schemas; docs/api.md is checked against api_markdown() by a test.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/route.hpp"

namespace gangmu::http {

std::string openapi_json(std::span<const Route> routes, std::string_view version);
std::string api_markdown(std::span<const Route> routes);

/// Names of the path parameters: "p", "id".
std::vector<std::string> path_parameters(std::string_view path);

}   // namespace gangmu::http
