// SPDX-License-Identifier: Apache-2.0
// How an import is kept. Three rows of the table: the batch itself, small, changed by each answer; the file as uploaded
// and, once confirmed, the layout, both sealed and written once.
//
//   <id>         {"file","bytes","sheet","sheets":[…],"at","actor","year","answers":{…},"counts":{…},
//                 "confirmed":{"seq","at","actor","first","last"},"undone":{"seq","at","actor","reason"}}   state read,
//                 confirmed, undone
//   <id>.file    {"sealed":"…"}                                                                       state file
//   <id>.layout  {"sealed":"…"}                                                                       state layout
//
// One that is discarded before it was confirmed leaves no row; its key is destroyed, so that what the journal keeps of
// its file can't be read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/picture.hpp"
#include "plan/task_register.hpp"
#include "store/imports.hpp"
#include "store/store.hpp"

namespace gangmu::app {

inline constexpr std::string_view state_read = "read", state_confirmed = "confirmed", state_undone = "undone";

/// Batches the reader may see, newest first; without the rows of files and layouts.
std::vector<const store::ImportBatch*> all_imports(const Picture& picture);
/// Error: unknown_import, also for one who may not see it.
Result<const store::ImportBatch*> find_import(const Picture& picture, std::string_view id,
                                              Permission permission = Permission::import_tasks);

plan::Answers answers_of(const Json& body);
Json answers_json(const plan::Answers& answers);

/// A row beside a batch whose content nobody sees without the vault.
Result<store::ImportBatch> sealed_file(store::Store& store, PlaceId home, const std::string& id, std::string bytes);
Result<store::ImportBatch> sealed_layout(store::Store& store, PlaceId home, const std::string& id, const Json& layout);
/// The batch and its file leave their table.
Status erase_import(store::Tx& tx, const store::ImportBatch& batch);
Result<std::string> file_of(store::Store& store, const store::ImportBatch& batch);
/// As everyone may see it (persons.hpp); null before the batch was confirmed.
Result<Json> layout_of(store::Store& store, const store::ImportBatch& batch);

}   // namespace gangmu::app
