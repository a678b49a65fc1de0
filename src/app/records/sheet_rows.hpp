// SPDX-License-Identifier: Apache-2.0
// Rows of a sheet against a register: which record each is, what it changes, and every reason why not. The preview asks
// on a reader, the import on the writer, in the same words; nothing is written here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/records/hidden_texts.hpp"
#include "app/records/sheet_reading.hpp"
#include "record/row_edit.hpp"

namespace gangmu::app {

enum class RowAct : unsigned char { fresh, changed, unchanged, left, clash, fault };
std::string_view name_of(RowAct act);

/// Whether the kind lets the role of this hat bring a sheet in.
bool imports(const record::Kind& kind, const Hat& hat);

struct SheetRow {
  std::size_t row = 0;   ///< of the grid
  RowAct act = RowAct::fault;
  std::optional<record::RecordId> id{};   ///< of the record it is; nothing: a new one
  const Hat* hat = nullptr;
  PlaceId home{};           ///< of a new one
  record::Values typed{};   ///< what is written, personal values in clear
  record::Values held{};    ///< what stands in those fields
  std::vector<record::FieldId> clashes{};
  Seq base{};   ///< from which entry on others' edits clash
  std::string title{};
  HiddenTexts hidden{};   ///< in its texts
  Diagnostics faults{};   ///< each at its cell
  /// Cells nobody could read, by field: 桥头镇, where two places are called so. Of a record that stands they may say
  /// what it holds, as it was exported.
  std::map<record::FieldId, Diagnostics> unread{};
};

/// Where personal values go: sealed on the writer, a stand-in for a preview.
using SealFor = std::function<Result<record::Sealed>(const record::RecordId& id, std::string text)>;

class SheetRows {
 public:
  /// `seen`: the entry whose picture the office looked at; what came later and is in the way is told.
  SheetRows(const Desk& desk, const record::Columns& columns, const SheetReading& reading, const SheetWish& wish,
            const SheetNames& names, Seq seen);

  /// What is claimed in the register, once for all rows. On the writer: as the writer sees it.
  Status look(store::Database& database);
  /// The row of a table's index, as of entry `as_of`.
  Result<SheetRow> read(store::Database& database, Seq as_of, std::size_t index);
  /// The event of a row that is fresh or changed. Precondition: those acts. Errors: each at its cell.
  Result<record::Event> decided(store::Database& database, Seq as_of, Instant now, const SheetRow& row,
                                const record::RecordId& id, const std::string& no, const SealFor& seal);
  /// Records a row of the sheet was found to be.
  [[nodiscard]] const std::set<record::RecordId>& met() const { return met_; }
  /// Places the rows speak of; empty where the sheet names none.
  [[nodiscard]] const std::set<PlaceId>& places() const { return places_; }

 private:
  void find(SheetRow& out, const record::Values& said, std::optional<PlaceId> place);
  void by_key(SheetRow& out, const record::Values& said);
  /// The office left the row out: it claims nothing, and its record is not missing from the sheet.
  [[nodiscard]] bool leaves(const SheetRow& row) const { return wish_.choices.leaves(row.row + 1); }
  void settle(const SheetRow& row, const record::Values& said, record::RowEdit& edit) const;
  Status compare(store::Database& database, Seq as_of, SheetRow& out, record::Values said);
  /// An unread cell that shows what `values` hold says just that.
  void read_as_held(SheetRow& out, record::Values& said, const record::Values& values) const;
  static void unread_are_faults(SheetRow& out);
  void begin(SheetRow& out, record::Values said, std::optional<PlaceId> place);
  void wanted(SheetRow& told, const record::Values& before, const record::Values& typed);
  void claim(SheetRow& told, const record::RecordId& id, const record::Event& event);
  void fault(SheetRow& out, const ErrorKind& kind, std::vector<std::string> arguments, std::size_t column);
  void fault(SheetRow& out, const Error& error);
  /// Of what is sealed: to who may see it. To others a cell that says something differs, so nobody finds a number by
  /// trying.
  [[nodiscard]] bool same(const record::Record& record, const record::Field& field, const record::Value& said,
                          const record::Value& held) const;
  [[nodiscard]] Status within(const Hat& hat, const record::Values& values) const;
  [[nodiscard]] std::size_t column_of(record::FieldId field) const;

  const Desk& desk_;
  const record::Columns& columns_;
  const record::Kind& kind_;
  const SheetReading& reading_;
  const SheetWish& wish_;
  const SheetNames& names_;
  Seq seen_;
  const record::Field* place_ = nullptr;
  std::multimap<std::string, record::RecordId, std::less<>> keys_, numbers_;
  std::map<std::string, std::size_t> rows_by_key_;   ///< of this sheet
  std::map<record::RecordId, std::size_t> rows_by_record_;
  std::map<std::pair<PlaceId, std::string>, std::size_t> claims_;   ///< keys of what is written
  std::set<record::RecordId> met_;
  std::set<PlaceId> places_;
};

}   // namespace gangmu::app
