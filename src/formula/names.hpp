// SPDX-License-Identifier: Apache-2.0
// What a host tells the language. At load time: which names, codes and functions there are and of what type (`Names`).
// At run time: their values (`Values`). Expressions keep names by the host's number, so a label may change and nothing
// is re-read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/result.hpp"
#include "formula/value.hpp"

namespace gangmu::formula {

/// What must be read to know a value; an expression reaches as far as the farthest of its names. Decides where a
/// computed field may be stored (records: row is stored, look and roll are read, now is never stored).
enum class Reach : std::uint8_t {
  row,    ///< the record itself, with its rows
  look,   ///< a record it refers to
  roll,   ///< the records that refer to it
  now     ///< the day it is read
};

class Names;

/// A name: a value, or a set of rows or records with names of their own.
struct Symbol {
  std::int64_t id = 0;
  Type type{};
  Reach reach = Reach::row;
  bool personal = false;         ///< expressions may only ask whether it is there
  const Names* item = nullptr;   ///< not null: a set, each element of which has these names
};

struct Function {
  std::int64_t id = 0;
  std::vector<Type> parameters{};
  Type result{};
  Reach reach = Reach::row;
};

class Names {
 public:
  virtual ~Names() = default;
  /// `path`: the parts of a dotted name, one at least.
  [[nodiscard]] virtual std::optional<Symbol> find(std::span<const std::string> path) const = 0;
  /// The path under which `find` gives that number: what is printed.
  [[nodiscard]] virtual std::vector<std::string> path(std::int64_t id) const = 0;
  [[nodiscard]] virtual std::vector<std::string> all() const { return {}; }   ///< for suggestions

  [[nodiscard]] virtual std::optional<Code> code(std::string_view, std::string_view) const {
    return {};
  }   ///< domain, text
  [[nodiscard]] virtual std::string code_text(std::string_view, Code) const { return {}; }
  [[nodiscard]] virtual std::vector<std::string> codes(std::string_view) const { return {}; }

  [[nodiscard]] virtual std::optional<Function> function(std::string_view) const { return {}; }
  [[nodiscard]] virtual std::string function_name(std::int64_t) const { return {}; }
  [[nodiscard]] virtual std::vector<std::string> functions() const { return {}; }
};

class Values {
 public:
  virtual ~Values() = default;
  [[nodiscard]] virtual Value value(std::int64_t symbol) const = 0;
  /// Calls `each` for every element of a set of rows or records, in the host's order; stops at the first error.
  using Each = std::function<Status(const Values& item)>;
  [[nodiscard]] virtual Status elements(std::int64_t, const Each&) const { return {}; }
  [[nodiscard]] virtual bool member(std::int64_t, const Value&) const { return false; }   ///< of a symbol of type set
  [[nodiscard]] virtual Value call(std::int64_t, std::span<const Value>) const { return Absent::missing; }
  [[nodiscard]] virtual const Calendar* calendar() const { return nullptr; }
  [[nodiscard]] virtual std::optional<Date> today() const { return {}; }
};

}   // namespace gangmu::formula
