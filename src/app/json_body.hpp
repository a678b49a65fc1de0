// SPDX-License-Identifier: Apache-2.0
// A request's JSON body read member by member; every fault is kept, a member nobody asked for is a fault. This is the
// door of all texts people type: a control character in any of them is refused here (base/control.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/errors.hpp"
#include "base/json.hpp"

namespace gangmu::app {

class JsonBody {
 public:
  /// Errors: those of Json::parse, body_malformed (no object), field_control (all at once). An empty body is an empty
  /// object.
  static Result<JsonBody> parse(std::string_view bytes);

  std::optional<std::string> text(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<bool> flag(std::string_view name);
  /// Texts in their order; empty when absent.
  std::vector<std::string> list(std::string_view name);
  /// Objects in their order, each to be read and finished by itself; empty when absent.
  std::vector<JsonBody> objects(std::string_view name);
  /// Texts by name; a null stands for an empty text.
  std::vector<std::pair<std::string, std::string>> texts(std::string_view name);
  /// An object as it is; empty when absent.
  Json object(std::string_view name);
  /// Faults met so far and members that were not asked for. Errors, all at once: field_type, field_unknown.
  Status finish();
  [[nodiscard]] const Json& json() const { return json_; }

 private:
  JsonBody() = default;
  const Json& member(std::string_view name);
  void wrong_type(std::string_view name, const char* zh, const char* en);

  Json json_{Json::Object{}};
  std::vector<std::string> known_;
  Diagnostics faults_;
};

}   // namespace gangmu::app
