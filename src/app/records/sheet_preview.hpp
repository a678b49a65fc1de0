// SPDX-License-Identifier: Apache-2.0
// What an import would do, as the office reads it before it is done: counts of everything, and row by row what is
// new, changes, clashes or is at fault. Personal values are told as hidden, whoever asks.
#pragma once

#include <array>

#include "app/records/sheet_rows.hpp"
#include "store/imports.hpp"

namespace gangmu::app {

class SheetPreview {
 public:
  SheetPreview(const Limits& limits, const Desk& desk, const record::Columns& columns, const SheetReading& reading)
      : limits_(limits), desk_(desk), columns_(columns), reading_(reading) {}

  void take(SheetRow row);
  /// Records the reader sees that no row is: of the places the sheet speaks of, where it names any.
  Status absent(store::Database& database, const SheetRows& rows);
  /// RegisterImportPreview.
  void write(JsonWriter& out, const SheetWish& wish, const std::string& digest) const;

 private:
  struct Absent {
    record::RecordId id{};
    std::string title{};
  };
  void column(JsonWriter& out, std::size_t index) const;
  void row(JsonWriter& out, const SheetRow& row) const;
  void value(JsonWriter& out, const record::Field& field, const record::Values& values) const;
  void faults(JsonWriter& out) const;
  void left_out(JsonWriter& out) const;
  void notes(JsonWriter& out) const;

  const Limits& limits_;
  const Desk& desk_;
  const record::Columns& columns_;
  const SheetReading& reading_;
  std::array<std::size_t, 6> counts_{};   ///< by act
  std::vector<SheetRow> shown_;           ///< all but those that stand unchanged; as many as are told
  std::size_t faults_ = 0;                ///< all of them
  Diagnostics told_;
  std::vector<Absent> absent_;
  std::size_t absent_all_ = 0;
};

/// RegisterImport: an import that was made.
void write_batch(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch);

}   // namespace gangmu::app
