// SPDX-License-Identifier: Apache-2.0
// What a field holds: a value of its type, or why there is none. A personal value is ciphertext here, whatever its
// type: the host seals before it asks and unseals behind a permit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/period.hpp"
#include "base/result.hpp"

namespace gangmu::record {

/// Given once, when a field is first published; never used again for another.
using FieldId = NumberId<struct FieldTag>;

enum class Gap : std::uint8_t { missing, not_applicable, withheld };

/// ">12", "<12": something to read, not to calculate with.
struct Threshold {
  bool above = true;
  Decimal bound{};
  bool operator==(const Threshold&) const = default;
};

/// Who is meant: a post by default, so that succession costs nothing.
struct Who {
  enum class Kind : std::uint8_t { unit, post, account };
  Kind kind = Kind::unit;
  std::string id{};
  auto operator<=>(const Who&) const = default;
};

/// `<home's own number>.<kind>.<number>`: given inside the write, never used again.
struct RecordId {
  PlaceId home{};
  std::string kind{};
  std::int64_t number = 0;
  [[nodiscard]] std::string text() const;
  static Result<RecordId> parse(std::string_view text);   ///< error: value_form
  auto operator<=>(const RecordId&) const = default;
};

/// A file under the digest of what is stored.
struct FileRef {
  std::string digest{}, name{}, type{};
  std::int64_t bytes = 0;
  bool operator==(const FileRef&) const = default;
};

/// Ciphertext under its subject's key, with the id of the algorithm.
struct Sealed {
  std::string bytes{};   ///< base64
  bool operator==(const Sealed&) const = default;
};

/// Codes of a list, in the order typed; one, where the field is not `many`.
struct Codes {
  std::vector<std::string> all{};
  bool operator==(const Codes&) const = default;
};

/// A point, a line or an area in CGCS2000, as exact longitude and latitude. An area is an outer ring and its holes,
/// each closed: the last vertex is the first.
struct Shape {
  enum class Kind : std::uint8_t { point, line, area };
  struct Vertex {
    std::int32_t lon = 0, lat = 0;   ///< in 10^-7 degree, about a centimetre
    bool operator==(const Vertex&) const = default;
  };
  static constexpr int decimals = 7;
  Kind kind = Kind::point;
  std::vector<std::vector<Vertex>> rings{};   ///< one for a point or a line
  [[nodiscard]] std::size_t vertices() const;
  bool operator==(const Shape&) const = default;
};

struct Rows;
struct Value;
/// By field number; absent = not stored.
using Values = std::map<FieldId, Value>;

/// Child rows by stable row number.
struct Rows {
  std::map<int, Values> all{};
  int last = 0;   ///< the highest number ever given
  bool operator==(const Rows&) const;
};

using ValueVariant = std::variant<Gap, Decimal, Threshold, std::string, bool, Date, Instant, Period, Codes, PlaceId,
                                  Who, RecordId, FileRef, Sealed, Rows, Shape>;
struct Value : ValueVariant {
  using ValueVariant::ValueVariant;
  [[nodiscard]] bool gap() const { return std::holds_alternative<Gap>(*this); }
};
bool operator==(const Value& a, const Value& b);
inline bool Rows::operator==(const Rows& other) const { return last == other.last && all == other.all; }

}   // namespace gangmu::record
