// SPDX-License-Identifier: Apache-2.0
// A field of a kind: number, name, type and what the type asks for. Sixteen types; a rule of one stands beside it in
// docs/kinds.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/period.hpp"
#include "formula/tree.hpp"
#include "place/tree.hpp"
#include "record/value.hpp"

namespace gangmu::record {

enum class Type : std::uint8_t {
  text,     ///< at most `max` characters
  number,   ///< exact, `decimals`, `unit`
  money,    ///< fen; `show` is display
  date,     ///<
  time,     ///< an instant
  period,   ///< of one kind
  flag,     ///< yes, no
  choice,   ///< codes of `list`
  place,    ///< of `levels`
  who,      ///< unit, post or account
  ref,      ///< a record of kind `to`; `inverse` names the way back
  rows,     ///< child rows
  file,     ///<
  person,   ///< name, telephone, number; personal
  code,     ///< an outside identifier
  shape     ///< a point, line or area on the ground
};
std::optional<Type> type_of(std::string_view name);
std::string_view name_of(Type type);
std::string_view zh_name_of(Type type);   ///< for messages
const std::vector<std::string>& type_names();

enum class Need : std::uint8_t { by_step, always };

struct Field;

struct Spec {
  int max = 0;   ///< text: characters; rows: rows; file: MiB; shape: vertices
  int decimals = 0;
  formula::Unit unit{};
  std::string unit_text{}, show{};
  std::optional<Decimal> least{}, most{};
  bool na = false;   ///< may be not applicable
  std::string list{};
  bool many = false;
  std::vector<place::Level> levels{};
  std::vector<Who::Kind> of{};
  std::vector<Shape::Kind> shapes{};     ///< empty: any
  std::vector<std::string> contents{};   ///< of a file: image, pdf, sheet, document; empty: any
  std::string to{}, inverse{};
  PeriodKind period = PeriodKind::month;
  std::vector<Field> rows;
  std::vector<FieldId> row_key{};     ///< no two rows alike in these
  std::vector<FieldId> row_order{};   ///< computed fields of a row, inputs first
  std::string check{}, source{};      ///< of an outside identifier
};

/// Where a computed value lives (records: row is stored, look and roll are read, now is never stored).
struct Field {
  FieldId id{};
  std::string name{}, zh{}, en{};
  Type type = Type::text;
  Spec spec{};
  Need need = Need::by_step;
  bool personal = false;
  int since = 1;         ///< kind version; an older record was not asked
  bool ended = false;    ///< what is held is read; nothing is typed any more
  std::string datum{};   ///< what is held: a second holder is told whom to refer to
  std::optional<formula::Tree> computed{};
  std::vector<std::string> take{};        ///< a path whose value is copied and stored when a step is taken
  std::optional<formula::Tree> check{};   ///< of the field: must not be no
  std::string check_text{};
  [[nodiscard]] bool typed() const { return !computed && take.empty(); }
  [[nodiscard]] bool stored() const { return !computed || stored_computed(); }
  [[nodiscard]] bool stored_computed() const;
  [[nodiscard]] const std::string& label(Language language) const {
    return language == Language::zh && !zh.empty() ? zh : en.empty() ? name : en;
  }
};

const Field* find(const std::vector<Field>& fields, std::string_view name);
const Field* find(const std::vector<Field>& fields, FieldId id);
/// A personal field holds ciphertext, whatever its type: is that so of every value, in rows too?
bool sealed_only(const std::vector<Field>& fields, const Values& values);
/// Whether lists hold the field: stored, not personal, of one value that is no text.
bool in_list(const Field& field);
/// What a formula sees of the field. Rows have none.
formula::Type formula_type(const Field& field);

/// The value as canonical JSON: texts, decimals as texts, rows as {"1": {"12": …}}. A gap is null, "NA" or "WH" in an
/// object {"gap": …}.
Json json_of(const Field& field, const Value& value);
/// Error: value_form. The inverse of json_of: read(json_of(v)) = v for every value of the type.
Result<Value> value_of(const Field& field, const Json& json);
/// The value as part of a key: equal values, equal text.
std::string key_text(const Field& field, const Value& value);
Json json_of(const std::vector<Field>& fields, const Values& values);
Result<Values> values_of(const std::vector<Field>& fields, const Json& json);
/// What a person typed, personal values in clear: ciphertext is never typed.
Result<Values> typed_values_of(const std::vector<Field>& fields, const Json& json);

}   // namespace gangmu::record
