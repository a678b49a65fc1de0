// SPDX-License-Identifier: Apache-2.0
// A struct of a program bound to the fields of a kind, so that rules written in C++ work on plain values and what is
// stored stays with the kind. One line a field; a field that no rule needs is not bound and is carried untouched.
//
//   static const Bound<Task> bound = Bound<Task>().field<&Task::title>(4).part<&due_of, &set_due>(9);
//
// write(read(v)) = v for the bound fields of values that came from `write`. Texts, lists and days that are empty are
// absent.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record/value.hpp"

namespace gangmu::record {

/// How a member of a struct stands in a field. A list of texts is rows of one text (field 1), a map of texts rows of
/// two.
template <class Member>
struct Bind;

template <>
struct Bind<std::string> {
  static std::optional<Value> write(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(Value(text));
  }
  static void read(const Value& value, std::string& out) {
    if (const auto* text = std::get_if<std::string>(&value)) out = *text;
  }
};

template <class T>
struct Bind<std::optional<T>> {
  static std::optional<Value> write(const std::optional<T>& held) {
    return held ? std::optional(Value(*held)) : std::nullopt;
  }
  static void read(const Value& value, std::optional<T>& out) {
    if (const auto* held = std::get_if<T>(&value)) out = *held;
  }
};

inline Value rows_of(std::vector<Values> all) {
  Rows out;
  for (Values& row : all) out.all[++out.last] = std::move(row);
  return Value(std::move(out));
}
/// Calls with each row of a field of rows; none where the value is something else.
template <class Each>
void each_row(const Value& value, const Each& each) {
  if (const auto* rows = std::get_if<Rows>(&value))
    for (const auto& [number, row] : rows->all) each(row);
}
inline std::string text_in(const Values& row, FieldId id) {
  const auto found = row.find(id);
  const auto* text = found == row.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text ? *text : std::string();
}

template <>
struct Bind<std::vector<std::string>> {
  static std::optional<Value> write(const std::vector<std::string>& list) {
    if (list.empty()) return std::nullopt;
    std::vector<Values> rows;
    for (const std::string& one : list) rows.push_back({{FieldId{1}, Value(one)}});
    return rows_of(std::move(rows));
  }
  static void read(const Value& value, std::vector<std::string>& out) {
    out.clear();
    each_row(value, [&](const Values& row) { out.push_back(text_in(row, FieldId{1})); });
  }
};

template <>
struct Bind<std::map<std::string, std::string>> {
  static std::optional<Value> write(const std::map<std::string, std::string>& map) {
    if (map.empty()) return std::nullopt;
    std::vector<Values> rows;
    for (const auto& [head, text] : map) {
      Values& row = rows.emplace_back(Values{{FieldId{1}, Value(head)}});
      if (!text.empty()) row[FieldId{2}] = Value(text);
    }
    return rows_of(std::move(rows));
  }
  static void read(const Value& value, std::map<std::string, std::string>& out) {
    out.clear();
    each_row(value, [&](const Values& row) { out[text_in(row, FieldId{1})] = text_in(row, FieldId{2}); });
  }
};

/// Stored values as they are typed for a record that begins: new rows are typed under 0, -1, -2 …
inline Values as_typed(Values values) {
  for (auto& [id, value] : values)
    if (auto* rows = std::get_if<Rows>(&value)) {
      Rows typed;
      for (auto& [number, row] : rows->all) typed.all[-static_cast<int>(typed.all.size())] = std::move(row);
      *rows = std::move(typed);
    }
  return values;
}

template <class T>
class Bound {
 public:
  template <auto Member>
  Bound& field(int id) {
    using Held = std::remove_cvref_t<decltype(std::declval<const T&>().*Member)>;
    return add(
        id, [](const T& from) { return Bind<Held>::write(from.*Member); },
        [](T& to, const Value& value) { Bind<Held>::read(value, to.*Member); });
  }
  /// What is no single member: `Write` gives its value, `Read` takes it back.
  template <auto Write, auto Read>
  Bound& part(int id) {
    return add(id, Write, Read);
  }

  /// What no member is bound to goes here and comes back from it, but for what the host writes itself.
  template <Values T::*Rest>
  Bound& rest(std::set<FieldId> but) {
    rest_ = Rest;
    but_ = std::move(but);
    return *this;
  }

  [[nodiscard]] T read(const Values& values) const {
    T out{};
    for (const auto& [id, value] : values)
      if (rest_ && !bound(id) && !but_.contains(id)) (out.*rest_)[id] = value;
    for (const Member& one : members_)
      if (const auto held = values.find(one.id); held != values.end()) one.read(out, held->second);
    return out;
  }
  [[nodiscard]] Values write(const T& from) const {
    Values out;
    if (rest_) out = from.*rest_;
    for (const Member& one : members_)
      if (auto value = one.write(from)) out[one.id] = *std::move(value);
    return out;
  }
  /// `values` with what a rule changed of the struct; everything else stays as it is.
  [[nodiscard]] Values changed(Values values, const T& before, const T& after) const {
    const Values was = write(before), is = write(after);
    for (const Member& one : members_) {
      const auto old = was.find(one.id), now = is.find(one.id);
      if (now == is.end() && old != was.end()) values.erase(one.id);
      if (now != is.end() && (old == was.end() || !(old->second == now->second))) values[one.id] = now->second;
    }
    return values;
  }

 private:
  struct Member {
    FieldId id{};
    std::optional<Value> (*write)(const T&);
    void (*read)(T&, const Value&);
  };
  [[nodiscard]] bool bound(FieldId id) const {
    return std::any_of(members_.begin(), members_.end(), [&](const Member& one) { return one.id == id; });
  }
  Bound& add(int id, std::optional<Value> (*to)(const T&), void (*from)(T&, const Value&)) {
    members_.push_back({FieldId{id}, to, from});
    return *this;
  }
  std::vector<Member> members_;
  Values T::*rest_ = nullptr;
  std::set<FieldId> but_;
};

}   // namespace gangmu::record
