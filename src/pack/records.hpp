// SPDX-License-Identifier: Apache-2.0
// Columns of the files records/KIND.csv and records/KIND.ROWS.csv, and what their cells name. A row of Pack::records is
// a JSON object by field name, as record::opening_values reads it, with `id` (its number in the pack) and, where the
// kind has a flow, `state`.
#pragma once

#include <vector>

#include "pack/layout.hpp"
#include "pack/pack.hpp"
#include "record/opening.hpp"

namespace gangmu::pack {

/// The layout of a kind's file, or of one of its fields of rows. Valid while the kind is.
struct RecordColumns {
  explicit RecordColumns(const record::Kind& kind);
  explicit RecordColumns(const record::Field& rows);
  RecordColumns(const RecordColumns&) = delete;
  RecordColumns& operator=(const RecordColumns&) = delete;
  std::vector<Column> columns{};
  FileLayout layout{};
};

/// Places by the codes of the pack; `record` is left to the caller, who knows which there are.
record::OpeningNames opening_names_of(const Pack& pack);

}   // namespace gangmu::pack
