// SPDX-License-Identifier: Apache-2.0
// What a pack looks like, as data: which files, which columns, which become definitions of which kind. Reader, writer,
// lint and docs/formats.md all come from these tables.
#pragma once

#include <span>
#include <string_view>

namespace gangmu::pack {

enum class ColumnType : unsigned char {
  text,     ///< any text on one or more lines
  id,       ///< letters, digits, - _ . (no spaces)
  code,     ///< 12 digits: the code of a place being declared
  place,    ///< code of a place in places.csv
  places,   ///< several, separated by |
  level,    ///< province, city, county, town, village
  levels,   ///< several, separated by |
  integer,
  decimal,     ///< plain notation, no exponent
  boolean,     ///< true, false
  date,        ///< 2023-06-16
  period,      ///< 2023, 2023H1, 2023Q1, 202301, 202301-02, 2023W05, 20230131
  cell,        ///< value cell: number, >n, <n, empty, NA, WH
  choice,      ///< one of `values`, separated by |
  reference,   ///< id of a definition of kind `values`
  unit,        ///< a unit of measurement known here or listed in programme.yaml
  due,         ///< a time limit as plan/due.hpp reads it, with its year
  list,        ///< several texts, separated by |
  url,         ///< https://…
  object,      ///< (YAML only) a nested object or list
  map          ///< (YAML only) a map of names
};

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
  bool required = false;
  std::string_view values = {};   ///< choices, or the kind referred to
  std::string_view en = {};       ///< what it is; docs/formats.md has the same line
};

enum class FileForm : unsigned char {
  settings,   ///< programme.yaml: one object
  places,     ///< places.csv
  rows,       ///< CSV, a row is (a version of) a definition; its id is the first column
  table,      ///< CSV, the whole file is one definition; its id is the file's name
  list,       ///< CSV, likewise; its rows keep their order
  document,   ///< YAML, the whole file is one definition; its id is the field `id`
  named,      ///< YAML, likewise, and the file bears the id's name; its maps keep their order
  figures,    ///< observations.csv
  tasks,      ///< plan/tasks.csv
  records,    ///< CSV, a row is a record of a kind; its other columns are the kind's fields
  outlines    ///< boundaries.geojson: checked, kept by the user, not loaded
};

struct FileLayout {
  std::string_view path;   ///< may hold one '*' for the stem
  FileForm form;
  std::string_view kind;   ///< kind of the definitions, empty where there are none
  std::span<const Column> columns;
  bool required = false;
  std::string_view en = {};
  /// Rows with the same id and a later valid_from are later versions. Only where a column valid_from is declared.
  [[nodiscard]] bool versioned() const;
  [[nodiscard]] const Column* column(std::string_view name) const;
};

std::span<const FileLayout> layouts();
/// The layout a path falls under; nullptr when there is none.
const FileLayout* layout_of(std::string_view path);
const FileLayout* layout_of_kind(std::string_view kind);
/// Files a pack may hold beside those: README, LICENSE, pack.lock. They are carried by nobody.
bool is_companion(std::string_view path);

/// Limits of one pack; a refusal names the limit.
inline constexpr std::size_t file_bytes_limit = std::size_t{512} << 20;
inline constexpr std::size_t column_limit = 64;
inline constexpr std::size_t faults_per_file = 500;

}   // namespace gangmu::pack
