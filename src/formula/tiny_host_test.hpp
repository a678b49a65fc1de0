// SPDX-License-Identifier: Apache-2.0
// A host for tests: a project with money, days, a state, rows of months and one personal field.
#pragma once

#include <map>

#include "formula/tree.hpp"

namespace gangmu::formula::testing {

struct Field {
  std::string name;
  Symbol symbol;
};

class TinyNames : public Names {
 public:
  explicit TinyNames(std::vector<Field> fields) : fields_(std::move(fields)) {}
  [[nodiscard]] std::optional<Symbol> find(std::span<const std::string> path) const override;
  [[nodiscard]] std::vector<std::string> path(std::int64_t id) const override;
  [[nodiscard]] std::vector<std::string> all() const override;
  [[nodiscard]] std::optional<Code> code(std::string_view domain, std::string_view text) const override;
  [[nodiscard]] std::string code_text(std::string_view domain, Code code) const override;
  [[nodiscard]] std::vector<std::string> codes(std::string_view domain) const override;
  [[nodiscard]] std::optional<Function> function(std::string_view name) const override;
  [[nodiscard]] std::string function_name(std::int64_t) const override { return "age"; }
  [[nodiscard]] std::vector<std::string> functions() const override { return {"age"}; }
  void rename(std::int64_t id, std::string name);

 private:
  std::vector<Field> fields_;
};

enum : std::int64_t {
  total = 1,
  done_sum,
  area,
  start,
  finish,
  state,
  name,
  owner,
  pct,
  needs,
  months,
  month_amount,
  month_on,
  my_places,
  reporter,
  sampled,
  opened_at
};

TinyNames tiny_names();

class TinyValues : public Values {
 public:
  std::map<std::int64_t, Value> values;
  std::vector<TinyValues> rows;
  const Calendar* days = nullptr;
  [[nodiscard]] Value value(std::int64_t symbol) const override;
  [[nodiscard]] Status elements(std::int64_t, const Each& each) const override;
  [[nodiscard]] bool member(std::int64_t, const Value& value) const override;
  [[nodiscard]] Value call(std::int64_t, std::span<const Value> arguments) const override;
  [[nodiscard]] const Calendar* calendar() const override { return days; }
  [[nodiscard]] std::optional<Date> today() const override { return *Date::of(2023, 6, 16); }
};

}   // namespace gangmu::formula::testing
