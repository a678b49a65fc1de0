// SPDX-License-Identifier: Apache-2.0
// The shapes of requests and answers, as data: components of OpenAPI and tables of docs/api.md are generated from them.
//
// A type is written
//   string integer boolean any                plain JSON
//   decimal                                   a number that is data, as a string in plain notation: "101.12"
//   period date instant code                  strings: 2023Q1 · 2023-06-30 · 2023-06-30T09:00:00+08:00 · 12 digits
//   a|b|c                                     one of these words
//   Name                                      another schema
//   [type] {type} type?                       a list; an object with free keys; the value may be null
// A member whose name ends with '?' may be absent.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu::http {

struct Member {
  std::string name;
  std::string type;
  std::string zh, en;
  bool optional = false;
};

struct Schema {
  std::string name;
  std::string zh, en;
  std::vector<Member> members;
};

std::span<const Schema> schemas();                  ///< in reading order
const Schema* find_schema(std::string_view name);   ///< null when there is none
/// The JSON Schema (2020-12) of a type as written above; names become references into #/components/schemas.
Json json_schema(std::string_view type);
Json json_schema(const Schema& schema);
/// Names of schemas a type refers to.
std::vector<std::string> names_in(std::string_view type);

}   // namespace gangmu::http
