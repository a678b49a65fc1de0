// SPDX-License-Identifier: Apache-2.0
// JSON in the house form. Canonical bytes = keys sorted by bytes, no spaces, decimals as strings; integers are int64;
// there are no floating-point numbers in canonical JSON. `Json` is a small value for documents of modest size; large
// answers are written straight to bytes with `JsonWriter`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace gangmu {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool b) : value_(b) {}
  Json(int n) : value_(static_cast<std::int64_t>(n)) {}
  Json(std::int64_t n) : value_(n) {}
  Json(std::string s) : value_(std::move(s)) {}
  Json(std::string_view s) : value_(std::string(s)) {}
  Json(const char* s) : value_(std::string(s)) {}
  Json(Array a) : value_(std::move(a)) {}
  Json(Object o) : value_(std::move(o)) {}

  static constexpr std::size_t max_depth = 64;
  /// Strict RFC 8259, UTF-8. A number with a fraction or exponent, or beyond int64, is kept as its text (a string).
  /// Errors, with line and column: json_malformed, json_duplicate_key, json_too_deep.
  static Result<Json> parse(std::string_view text);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  [[nodiscard]] Array* array() { return std::get_if<Array>(&value_); }
  [[nodiscard]] Object* object() { return std::get_if<Object>(&value_); }

  /// Member of an object, or a null value when this is no object or has no such member.
  [[nodiscard]] const Json& operator[](std::string_view key) const;
  /// Member of an object, made when absent; a null value becomes an object. Precondition: null or object.
  Json& set(std::string_view key, Json value);
  void push(Json value);   ///< a null value becomes an array. Precondition: null or array

  [[nodiscard]] std::string string_or(std::string_view otherwise) const;
  [[nodiscard]] std::int64_t integer_or(std::int64_t otherwise) const;
  [[nodiscard]] bool boolean_or(bool otherwise) const;

  [[nodiscard]] std::string canonical() const;
  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

/// Appends s as a quoted JSON string. Only what must be is escaped; a byte that is no UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view s);

/// Writes JSON straight to a string; the caller keeps the nesting right (asserted in debug builds).
///   JsonWriter w(out); w.begin_object(); w.key("code").value("440785000000"); w.key("n").value(3); w.end_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(bool yes);
  JsonWriter& null();
  JsonWriter& json(const Json& value);
  JsonWriter& raw(std::string_view bytes);   ///< bytes that are already JSON

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);
  std::string& out_;
  bool first_ = true;
  bool keyed_ = false;   ///< a key waits for its value
  std::string open_;     ///< brackets not yet closed
};

}   // namespace gangmu
