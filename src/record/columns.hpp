// SPDX-License-Identifier: Apache-2.0
// All records of one kind as columns, so that a list is counted, filtered and sorted without reading documents.
// Immutable; a change copies the chunks it touches and shares the rest. Records stand by home and number, so an
// address is found without an index. Listed are the stored fields that hold one value; texts are folded for search and
// sorting (what is shown is read from the document).
//
// Source of the layout: numbers of a home are dense (they are given one after another and never used again).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "place/tree.hpp"
#include "record/record.hpp"

namespace gangmu::record {

/// Numbers of a column that are no value. They lie below every value, so that what is absent comes last downwards.
inline constexpr std::int64_t no_value = INT64_MIN, not_applicable_value = INT64_MIN + 1,
                              withheld_value = INT64_MIN + 2, threshold_value = INT64_MIN + 3,
                              least_value = INT64_MIN + 16;
inline constexpr std::int64_t never_due = INT64_MAX;

/// For search and order: full width to half width, capitals to small letters.
std::string folded(std::string_view text);

/// One text column of a chunk: row r is bytes [end[r - 1], end[r]).
struct TextColumn {
  std::string bytes{};
  std::vector<std::uint32_t> ends{};
  [[nodiscard]] std::string_view at(std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends[row - 1];
    return std::string_view(bytes).substr(begin, ends[row] - begin);
  }
};

struct Chunk {
  static constexpr std::size_t rows = 1024;
  std::vector<std::int64_t> seq{};                    ///< of its last event; 0: no such record
  std::vector<place::NodeIndex> node{};               ///< its place in the tree of the picture; no_node: nowhere
  std::vector<flow::StateIndex> state{};              ///< flow::none: the kind has no flow
  std::vector<std::int64_t> next{};                   ///< when a clock does something by itself; never_due: never
  std::vector<std::uint8_t> unsure{};                 ///< a clock runs whose moment no published calendar tells
  std::vector<std::uint32_t> told{};                  ///< rungs of its running clocks that told somebody (notices.hpp)
  std::vector<std::int64_t> due{};                    ///< the next moment a clock is due, in microseconds
  std::vector<std::int32_t> raiser{};                 ///< of the names of the columns
  std::vector<std::vector<std::int64_t>> numbers{};   ///< by number column
  std::vector<TextColumn> texts{};                    ///< by text column
  [[nodiscard]] std::size_t size() const { return seq.size(); }
};

/// What changes: a record and its document after it; null, or void: as if it had never been.
struct Change {
  RecordId id{};
  Json document{};
};

class Columns {
 public:
  /// `catalogue` owns `kind`.
  Columns(std::shared_ptr<const Catalogue> catalogue, const Kind& kind, std::shared_ptr<const place::Tree> tree);

  [[nodiscard]] const Kind& kind() const { return *kind_; }
  [[nodiscard]] const place::Tree& tree() const { return *tree_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// The same with changes; of several to one record the last holds. Error: event_malformed.
  [[nodiscard]] Result<Columns> with(std::span<const Change> changes) const;

  struct Home {
    PlaceId home{};
    std::vector<std::shared_ptr<const Chunk>> chunks{};   ///< numbers 1…1024, 1025…2048, …
  };
  [[nodiscard]] const std::vector<Home>& homes() const { return homes_; }   ///< by id of the home
  /// Null: no such record.
  [[nodiscard]] const Chunk* find(const RecordId& id, std::size_t& row) const;

  static constexpr std::size_t no_column = SIZE_MAX;
  [[nodiscard]] std::size_t number_column(FieldId field) const;
  [[nodiscard]] std::size_t text_column(FieldId field) const;   ///< 0 is the number people read
  [[nodiscard]] std::span<const FieldId> numbers() const { return numbers_; }
  [[nodiscard]] std::size_t text_columns() const { return texts_.size() + 1; }
  /// Units, posts and accounts by the number that stands for them in a column; -1: never seen.
  [[nodiscard]] std::int64_t number_of(std::string_view name) const;
  [[nodiscard]] const std::string& name_of(std::int64_t number) const {
    return (*names_)[static_cast<std::size_t>(number)];
  }
  /// How a typed value stands in its column. Precondition: the field has a number column.
  [[nodiscard]] std::int64_t number_for(const Field& field, const Value& value) const;
  /// The way back; nothing for what has no value. A threshold comes back as withheld: it can't be calculated with.
  [[nodiscard]] std::optional<Value> value_at(const Field& field, std::int64_t number) const;

 private:
  class Writer;
  std::shared_ptr<const Catalogue> catalogue_;
  const Kind* kind_;
  std::shared_ptr<const place::Tree> tree_;
  FieldId place_{};
  std::vector<FieldId> numbers_, texts_;
  std::vector<Home> homes_;
  std::shared_ptr<const std::vector<std::string>> names_ = std::make_shared<const std::vector<std::string>>();
  std::shared_ptr<const std::map<std::string, std::int64_t, std::less<>>> known_ =
      std::make_shared<const std::map<std::string, std::int64_t, std::less<>>>();
  std::size_t size_ = 0;
};

}   // namespace gangmu::record
