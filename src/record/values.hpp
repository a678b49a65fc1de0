// SPDX-License-Identifier: Apache-2.0
// The values behind the names of a kind (names.hpp), for one record. Internal to the part.
#pragma once

#include <map>

#include "record/decide.hpp"

namespace gangmu::record {

class RecordValues : public formula::Values {
 public:
  RecordValues(const Kind& kind, const Record& record, const World& world)
      : kind_(kind), record_(record), world_(world) {}
  [[nodiscard]] formula::Value value(std::int64_t symbol) const override;
  /// What stands behind a symbol, as a field stores it; nothing where it is absent.
  [[nodiscard]] std::optional<Value> raw(std::int64_t symbol) const;
  /// A formula of a row's field, with the row's values.
  [[nodiscard]] Result<formula::Value> in_row(const Field& rows, const record::Values& row,
                                              const formula::Tree& tree) const;
  [[nodiscard]] Status elements(std::int64_t symbol, const Each& each) const override;
  [[nodiscard]] bool member(std::int64_t symbol, const formula::Value& value) const override;
  [[nodiscard]] formula::Value call(std::int64_t function, std::span<const formula::Value> arguments) const override;
  [[nodiscard]] const Calendar* calendar() const override { return &world_.calendar; }
  [[nodiscard]] std::optional<Date> today() const override { return world_.now.date(); }

 private:
  [[nodiscard]] formula::Value fixed(std::int64_t symbol) const;
  [[nodiscard]] std::optional<Value> raw_looked(const Field& field, std::int64_t seen) const;
  [[nodiscard]] formula::Value in_time(flow::ClockIndex clock) const;
  [[nodiscard]] const Record* standing(const RecordId& id) const;
  [[nodiscard]] formula::Value looked(const Field& field, std::int64_t seen) const;
  const Kind& kind_;
  const Record& record_;
  const World& world_;
};

/// A field's value as formulas see it.
formula::Value formula_value(const Field& field, const record::Values& values, const Catalogue& catalogue);
/// A worked-out value as the field stores it: rounded half up to its decimals. Error: number_overflow.
Result<Value> stored_value(const Field& field, const formula::Value& value, const Catalogue& catalogue);

}   // namespace gangmu::record
