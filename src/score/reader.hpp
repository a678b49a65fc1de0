// SPDX-License-Identifier: Apache-2.0
// Reads fields of a JSON document and notes every fault with its JSON pointer. Internal to the reading of schemes.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "score/scheme.hpp"

namespace gangmu::score {

/// A value of the document and the way to it.
struct Spot {
  const Json* json;
  std::string pointer;

  [[nodiscard]] Spot operator[](std::string_view key) const;
  [[nodiscard]] Spot operator[](std::size_t index) const;
  [[nodiscard]] bool given() const { return !json->is_null(); }
  [[nodiscard]] std::size_t size() const { return json->array() ? json->array()->size() : 0; }
};

class Reader {
 public:
  explicit Reader(PositionOf where) : where_(std::move(where)) {}

  void fault(const Spot& spot, const ErrorKind& kind, std::vector<std::string> arguments);
  /// Every key of the object that is in none of these groups (fields.hpp) is a fault; so is what is no object.
  void known_fields(const Spot& object, std::initializer_list<std::string_view> groups);
  /// A field that must be there is not; said once: not where a misspelt one, or no object at all, was told of.
  void absent(const Spot& object, std::string_view key);

  std::string text(const Spot& object, std::string_view key, bool required = false);
  int integer(const Spot& object, std::string_view key, int otherwise, int lo, int hi);
  bool boolean(const Spot& object, std::string_view key, bool otherwise);
  std::optional<Decimal> decimal(const Spot& value);
  std::optional<Decimal> decimal(const Spot& object, std::string_view key, bool required = false);
  /// Per cent in 0…100, or a fraction.
  std::optional<Weight> weight(const Spot& value);
  /// The field when it is an array; a fault when it is given as something else, or absent but required.
  Spot list(const Spot& object, std::string_view key, bool required = false);

  /// One of the words; `otherwise` when absent.
  template <class E>
  E word(const Spot& object, std::string_view key, const std::vector<std::pair<std::string_view, E>>& words,
         std::optional<E> otherwise) {
    const Spot spot = object[key];
    if (!spot.given()) {
      if (!otherwise) absent(object, key);
      return otherwise.value_or(words.front().second);
    }
    return word(spot, key, words);
  }
  /// The value itself as one of the words; `key` is what a fault calls it.
  template <class E>
  E word(const Spot& value, std::string_view key, const std::vector<std::pair<std::string_view, E>>& words) {
    const std::string given = written(*value.json);
    std::vector<std::string> choices;
    for (const auto& [name, meant] : words) {
      if (name == given) return meant;
      choices.emplace_back(name);
    }
    unknown_word(value, key, given, choices);
    return words.front().second;
  }

  [[nodiscard]] bool clean() const { return faults_.empty(); }
  [[nodiscard]] std::size_t faults() const { return faults_.size(); }
  [[nodiscard]] Diagnostics take() { return std::move(faults_); }

 private:
  static std::string written(const Json& scalar);
  void unknown_word(const Spot& spot, std::string_view key, const std::string& given,
                    const std::vector<std::string>& choices);
  void wrong_kind(const Spot& spot, std::string_view key, std::string zh, std::string en);

  PositionOf where_;
  std::set<std::string> misspelt_;   ///< pointers of fields that stand under a wrong name
  Diagnostics faults_;
};

}   // namespace gangmu::score
