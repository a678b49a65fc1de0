// SPDX-License-Identifier: Apache-2.0
// What formulas of a kind may speak of. The closed list beside its fields: `state`, `raiser`, `actor`, `now`, counters
// of its flow, `my.unit my.line my.post my.place` and `scope` of the reader, `field.line` and `field.place` of a who,
// `field.x` of a record referred to, `kind.field` for the records that refer to this one; functions `age(clock)` and
// `in_time(clock)`.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "formula/names.hpp"
#include "record/kind.hpp"

namespace gangmu::record {

/// Numbers of names that are no field.
enum Fixed : std::int64_t {
  fixed_state = 20'001,
  fixed_raiser,
  fixed_actor,
  fixed_now,
  fixed_my_unit = 20'011,
  fixed_my_line,
  fixed_my_post,
  fixed_my_place,
  fixed_scope = 20'021,
  fixed_counters = 21'000,
  fixed_clocks = 22'000,
  attribute_line = 90'001,
  attribute_place
};
inline constexpr std::int64_t look_step = 100'000;             ///< field × this + what is looked at
inline constexpr std::int64_t roll_base = 1'000'000'000'000;   ///< + kind × 1,000,000 + the field that refers
inline constexpr std::int64_t function_age = 1, function_in_time = 2;

/// Names of the fields of child rows.
class RowNames : public formula::Names {
 public:
  RowNames(const std::vector<Field>& fields, const formula::Names& lists) : fields_(fields), lists_(lists) {}
  [[nodiscard]] std::optional<formula::Symbol> find(std::span<const std::string> path) const override;
  [[nodiscard]] std::vector<std::string> path(std::int64_t id) const override;
  [[nodiscard]] std::vector<std::string> all() const override;
  [[nodiscard]] std::optional<formula::Code> code(std::string_view domain, std::string_view text) const override {
    return lists_.code(domain, text);
  }
  [[nodiscard]] std::string code_text(std::string_view domain, formula::Code code) const override {
    return lists_.code_text(domain, code);
  }
  [[nodiscard]] std::vector<std::string> codes(std::string_view domain) const override { return lists_.codes(domain); }

 private:
  const std::vector<Field>& fields_;
  const formula::Names& lists_;
};

class KindNames : public formula::Names {
 public:
  KindNames(const Kind& kind, const Catalogue& catalogue, const flow::FlowSource* flow, std::vector<std::string> lines);
  [[nodiscard]] std::optional<formula::Symbol> find(std::span<const std::string> path) const override;
  [[nodiscard]] std::vector<std::string> path(std::int64_t id) const override;
  [[nodiscard]] std::vector<std::string> all() const override;
  [[nodiscard]] std::optional<formula::Code> code(std::string_view domain, std::string_view text) const override;
  [[nodiscard]] std::string code_text(std::string_view domain, formula::Code code) const override;
  [[nodiscard]] std::vector<std::string> codes(std::string_view domain) const override;
  [[nodiscard]] std::optional<formula::Function> function(std::string_view name) const override;
  [[nodiscard]] std::string function_name(std::int64_t id) const override {
    return id == function_age ? "age" : "in_time";
  }
  [[nodiscard]] std::vector<std::string> functions() const override { return {"age", "in_time"}; }

 private:
  [[nodiscard]] std::optional<formula::Symbol> own(const std::string& name) const;
  [[nodiscard]] std::optional<formula::Symbol> looked(const Field& field, const std::string& name) const;
  [[nodiscard]] std::optional<formula::Symbol> rolled(const std::string& kind, const std::string& field) const;
  const Kind& kind_;
  const Catalogue& catalogue_;
  std::vector<std::string> states_, counters_, clocks_, lines_;
  std::map<FieldId, std::unique_ptr<RowNames>> rows_;
};

/// A field's symbol; rows become a set.
formula::Symbol symbol_of(const Field& field);

}   // namespace gangmu::record
