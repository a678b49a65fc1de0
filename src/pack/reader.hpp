// SPDX-License-Identifier: Apache-2.0
// The state of one reading: what was found so far, and what is wrong with it. Files are read in an order that lets each
// look up what it names; references between rows are checked at the end (`settle`).
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pack/layout.hpp"
#include "pack/pack.hpp"
#include "pack/yaml.hpp"
#include "record/programme.hpp"

namespace gangmu::pack {

/// Faults of one reading; no file lists more than faults_per_file, the rest are counted.
class Faults {
 public:
  void add(const ErrorKind& kind, std::vector<std::string> arguments, Position where);
  void add(const Error& error);                          ///< all of it, positions as they are
  void add(const Error& error, const Position& where);   ///< for errors that know no position
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] Diagnostics take();   ///< sorted by file and line

 private:
  Diagnostics list_;
  std::map<std::string, std::size_t> count_;
};

/// Bytes of a file as text: faults for BOM, CRLF and other encodings (which are decoded, so that reading goes on).
std::string text_of(std::string_view bytes, const std::string& file, Faults& faults);

/// One row of a CSV file by the columns of its layout.
class Row {
 public:
  Row(const FileLayout& layout, const std::vector<int>& place_of, const std::vector<std::string_view>& cells,
      Position where)
      : layout_(layout), place_of_(place_of), cells_(cells), where_(std::move(where)) {}
  /// Text of the i-th declared column; empty when the file does not have it.
  [[nodiscard]] std::string_view operator[](std::size_t column) const;
  [[nodiscard]] std::string_view operator[](std::string_view column) const;
  /// False where the file has no such column: its head was told of that, its rows need not be.
  [[nodiscard]] bool has(std::size_t column) const { return place_of_[column] >= 0; }
  [[nodiscard]] const Position& where() const { return where_; }
  [[nodiscard]] const FileLayout& layout() const { return layout_; }

 private:
  const FileLayout& layout_;
  const std::vector<int>& place_of_;
  const std::vector<std::string_view>& cells_;
  Position where_;
};
/// Calls `use` for each row whose cells fit the head. Head faults: columns unknown, twice, missing, too many.
void for_each_row(std::string_view text, const std::string& file, const FileLayout& layout, Faults& faults,
                  const std::function<void(const Row&)>& use);

class Reader {
 public:
  explicit Reader(const Files& files) : files_(files) {}
  /// Reads everything; the faults say whether the pack may be used.
  void read();

  Pack pack;
  Faults faults;
  Faults notes;

 private:
  struct Declared {
    Position where;
    Date valid_from{};
    Date valid_to{};   ///< Date::max when open
  };
  struct Pending {
    std::string column, kind, id;
    Position where;
  };

  // read.cpp
  void check_paths();
  void settle();
  // read_programme.cpp
  void read_programme();
  void check_uses(const Yaml& yaml);
  // read_places.cpp
  void read_places();
  struct PlaceRow {
    place::Place place;   ///< parent: its number among the places, from 1
    std::optional<Date> valid_to;
    Json attributes;
    Position where;
  };
  void number_places(const std::string& text, const std::string& file, const FileLayout& layout);
  void take_place(const Row& row);
  void settle_places();
  void link_places();
  // read_history.cpp
  void take_successors();
  void check_frames();
  void note_figures();
  void note_overlaps();
  // read_rows.cpp
  void read_rows(const std::string& file, const FileLayout& layout);
  void read_table(const std::string& file, const FileLayout& layout);
  void check_lead(const Row& row);
  void read_tasks(const std::string& file, const FileLayout& layout);
  [[nodiscard]] Json row_body(const Row& row);
  void take_versions(const FileLayout& layout, std::vector<std::pair<Definition, Declared>> rows);
  // cell.cpp
  Json cell(const Column& column, std::string_view text, const Position& where);
  Json list_cell(const Column& column, std::string_view text, const Position& where);
  bool known_place(std::string_view code, std::string_view column, const Position& where);
  bool known_unit(std::string_view unit, const Position& where);
  // read_figures.cpp
  void read_figures(const std::string& file, const FileLayout& layout);
  void take_figure(const Row& row);
  struct KnownIndicator {
    std::vector<fact::Indicator> versions;
    std::vector<Date> valid_from;
  };
  const KnownIndicator* known_indicator(std::string_view code, const Position& where);
  const fact::Indicator* definition_of(const KnownIndicator& indicator, const Row& row, const Result<Period>& when);
  [[nodiscard]] int version_on(const KnownIndicator& indicator, const Period& period) const;
  // read_documents.cpp
  void read_scheme(const std::string& file);
  void read_roles(const std::string& file);
  void read_outlines(const std::string& file);
  bool invisible_in(const Json& value, const Position& where);
  // read_kinds.cpp
  Definition& declare(const FileLayout& layout, const std::string& id, const Position& where, Json body);
  void read_named(const std::string& file, const FileLayout& layout);
  void read_list(const std::string& file, const FileLayout& layout);
  void check_limit(const Json& row, const Position& where);
  void check_codes_of(const std::string& file, const Json& rows, const record::Placed& body);
  void check_kinds();
  // read_records.cpp
  struct RecordRow {
    Json body;
    Position where;
  };
  const record::Kind* kind_of_file(const std::string& file, const record::Catalogue& kinds, const record::Field*& rows);
  void read_records(const record::Catalogue& kinds);
  void read_record_rows(const std::string& file, const record::Kind& kind, std::map<std::string, RecordRow>& out);
  void read_child_rows(const std::string& file, const record::Field& rows, std::map<std::string, RecordRow>& records);
  // rules.cpp
  void check_indicators();
  void add_untold(const Definition& definition, const Error& error, const Position& where);
  void check_tiles();
  void check_classes();
  void check_codes();
  void check_real_places();
  /// False while programme.yaml can't be read: nothing is told that hangs on what it would have said.
  [[nodiscard]] bool known_real() const;

  const Files& files_;
  Date default_from_{};
  std::set<std::string, std::less<>> units_;
  std::map<std::string, Declared, std::less<>> place_rows_;
  std::unordered_map<std::string, std::size_t> place_index_;
  std::map<std::size_t, std::vector<PlaceRow>> place_versions_;   ///< by place, as given
  std::shared_ptr<const place::Frames> frames_;                   ///< none while the places are faulty
  std::set<std::string, std::less<>> unlevelled_;                 ///< places whose level could not be read
  bool places_unreadable_ = false;
  std::map<std::string, std::map<std::string, Position, std::less<>>, std::less<>> ids_;   ///< kind → id → first row
  std::map<std::pair<std::string, std::string>, record::Placed>
      bodies_;                      ///< of kinds, flows, codes, limits by (kind, id)
  bool kinds_unreadable_ = false;   ///< one of those could not be read
  std::vector<Pending> pending_;
  std::map<std::string, KnownIndicator, std::less<>> indicators_;
  std::map<std::string, fact::Grade, std::less<>> source_grades_;
  struct FigureKey {
    std::size_t place;
    std::string indicator;
    std::int64_t period;
    std::string source;
    auto operator<=>(const FigureKey&) const = default;
  };
  struct Figure {
    fact::Observation observation;
    int revision;
    int line;
  };
  std::vector<Figure> figures_;
  std::string figures_file_;
};

record::Declared declared_in(std::span<const Definition> definitions);
record::Around around_of(const Pack& pack);

/// ", 是否指 x" / ", did you mean x" for messages: {zh, en}; both empty when nothing is near.
std::pair<std::string, std::string> did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
/// Units of measurement known everywhere.
const std::set<std::string, std::less<>>& common_units();
std::string joined(std::string_view choices);   ///< "a|b" → "a, b"
inline constexpr Date open_end{2932896};        ///< 9999-12-31

}   // namespace gangmu::pack
