// SPDX-License-Identifier: Apache-2.0
// An import on the wire.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "app/import_reading.hpp"
#include "store/imports.hpp"

namespace gangmu::app::wire {

/// What is long in an import and therefore comes by pages.
enum class ImportList : unsigned char { rows, skipped, questions, notes };
inline constexpr std::pair<ImportList, std::string_view> import_lists[] = {{ImportList::rows, "rows"},
                                                                           {ImportList::skipped, "skipped"},
                                                                           {ImportList::questions, "questions"},
                                                                           {ImportList::notes, "notes"}};

/// Items from `begin` on, `most` of them at most, and none after `bytes` were written (but one at least).
struct ImportPage {
  std::size_t begin = 0, most = 0, bytes = 0;
};

/// Import: the batch as it stands, and its file as it reads now, of each list the given page. `body` is what `out`
/// writes to.
void import_batch(JsonWriter& out, const std::string& body, const Picture& picture, const store::ImportBatch& batch,
                  const ImportReading& reading, const ImportPage& page);
/// A page of one list; of rows with the questions and notes they refer to.
void import_list(JsonWriter& out, const std::string& body, const Picture& picture, const ImportReading& reading,
                 ImportList which, const ImportPage& page);
/// ImportItem of the list.
void import_item(JsonWriter& out, const Picture& picture, const store::ImportBatch& batch);

}   // namespace gangmu::app::wire
