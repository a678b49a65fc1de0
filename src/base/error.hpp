// SPDX-License-Identifier: Apache-2.0
// Errors as values. Each floor declares its kinds once, in its own errors.hpp, with HTTP status and both languages;
// cli/error_table.hpp joins them into the one table; docs/errors.md is generated from it.
//
//   #define GANGMU_PLACE_ERRORS(X)            (ends with a backslash; one X a kind)
//     X(unknown_place, 404, "没有代码为 {0} 的地区，请核对十二位代码", "no place has code {0}; check the 12 digits")
//   GANGMU_DEFINE_ERRORS(place, GANGMU_PLACE_ERRORS)          // in namespace gangmu::place
//
//   return fail(errors::unknown_place, {code}, {.file = "places.csv", .line = 7});
#pragma once

#include <compare>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu {

/// One kind of error: what it is called, the HTTP status it becomes, and what to tell the reader.
/// {0}, {1} … in the texts stand for the arguments of the occurrence. A text says what is wrong and what to do.
struct ErrorKind {
  std::string_view floor;
  std::string_view name;
  int http_status;
  std::string_view zh;
  std::string_view en;

  [[nodiscard]] std::string code() const;   ///< "place.unknown_place", unique in the house
};

enum class Language { zh, en };

/// Where in the input: a file with line and column (1-based), or a sheet with a cell ("任务台账!C7"). Empty parts are
/// unknown.
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
  std::string cell;

  [[nodiscard]] std::string text() const;   ///< "places.csv:7", "台账.xlsx[任务!C7]", or "" when nothing is known
  bool operator==(const Position&) const = default;
};

/// One fault found: its kind, the arguments of its text, and where.
struct Diagnostic {
  const ErrorKind* kind = nullptr;
  std::vector<std::string> arguments;
  Position where;

  [[nodiscard]] std::string text(Language language) const;   ///< the kind's text with the arguments filled in
  [[nodiscard]] std::string line(Language language) const;   ///< "places.csv:7: …", as `gangmu lint` prints it
  [[nodiscard]] bool is(const ErrorKind& other) const { return kind == &other; }
};

using Diagnostics = std::vector<Diagnostic>;

/// Why something was refused: all faults at once, at least one; the first is the one a single line would name.
class Error {
 public:
  explicit Error(Diagnostic first) : diagnostics_{std::move(first)} {}
  explicit Error(Diagnostics all);   ///< precondition: not empty

  [[nodiscard]] const Diagnostic& first() const { return diagnostics_.front(); }
  [[nodiscard]] const Diagnostics& all() const { return diagnostics_; }
  [[nodiscard]] bool is(const ErrorKind& kind) const { return first().is(kind); }
  [[nodiscard]] std::string text(Language language) const;   ///< one line a fault

 private:
  Diagnostics diagnostics_;
};

}   // namespace gangmu

#define GANGMU_ERROR_CONSTANT(name, status, zh, en) \
  inline constexpr ::gangmu::ErrorKind name{floor_name, #name, status, zh, en};
#define GANGMU_ERROR_ADDRESS(name, status, zh, en) &name,
/// Declares namespace `errors` with one constant a kind and `all`, the list of them.
#define GANGMU_DEFINE_ERRORS(floor, TABLE) \
  namespace errors { \
  inline constexpr std::string_view floor_name = #floor; \
  TABLE(GANGMU_ERROR_CONSTANT) \
  inline constexpr const ::gangmu::ErrorKind* all[] = {TABLE(GANGMU_ERROR_ADDRESS)}; \
  }
