// SPDX-License-Identifier: Apache-2.0
// Reading what people wrote as YAML or JSON: members of an object are taken one by one, each with its position; what
// nobody took is told at the end, with the nearest key that is known. Faults are gathered, so that one reading tells
// all of them.
//
//   Document document(json, where, faults);                 // where: JSON pointer (RFC 6901) → position
//   Members top = document.members("");
//   const Written id = top.text("id");                       // empty and told when missing
//   for (auto& [name, member] : top.listed("states")) …      // in the order they were written
//   top.finish();
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu {

struct Written {
  std::string text{};
  Position where{};
};

using Where = std::function<Position(std::string_view pointer)>;

class Members;
struct NamedMembers;

class Document {
 public:
  Document(const Json& json, Where where, Diagnostics& faults)
      : json_(json), where_(std::move(where)), faults_(faults) {}
  [[nodiscard]] Members members(std::string_view pointer) const;
  [[nodiscard]] const Json& root() const { return json_; }
  [[nodiscard]] Position at(std::string_view pointer) const { return where_(pointer); }
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, std::string_view pointer) const {
    faults_.push_back({&kind, std::move(arguments), where_(pointer)});
  }

 private:
  const Json& json_;
  Where where_;
  Diagnostics& faults_;
};

/// The members of one object. A value that is no object has none, which is told when `finish` is called.
class Members {
 public:
  Members(const Document& document, const Json& value, std::string pointer)
      : document_(&document), value_(&value), pointer_(std::move(pointer)) {}

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] Position where() const { return document_->at(pointer_); }
  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] const Json& json(std::string_view key);   ///< taken as it is; null when absent
  [[nodiscard]] Written text(std::string_view key);       ///< told when missing; scalars become text
  [[nodiscard]] std::optional<Written> optional(std::string_view key);
  [[nodiscard]] std::vector<Written> texts(std::string_view key);   ///< a list, or one alone; empty when absent
  [[nodiscard]] bool flag(std::string_view key);                    ///< false when absent
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view key);
  [[nodiscard]] std::optional<Members> object(std::string_view key);   ///< told when it is something else
  [[nodiscard]] std::vector<Members> objects(std::string_view key);    ///< a list of objects
  /// A map of names, in the order it was written, or a list of objects with an `id`: both mean the same. The value of a
  /// name may be a scalar (`idea: open`).
  [[nodiscard]] std::vector<NamedMembers> named(std::string_view key);
  void finish();   ///< tells what nobody took

 private:
  [[nodiscard]] std::string below(std::string_view key) const;
  [[nodiscard]] std::optional<Written> scalar(const Json& value, const std::string& pointer) const;
  const Document* document_;
  const Json* value_;
  std::string pointer_;
  std::set<std::string, std::less<>> taken_;
};

/// A member of a map of names.
struct NamedMembers {
  Written name{};
  Members members;
  std::optional<Written> scalar{};
};

}   // namespace gangmu
