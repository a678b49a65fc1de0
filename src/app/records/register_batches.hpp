// SPDX-License-Identifier: Apache-2.0
// Imports into registers as they are kept: a row of the table of imports, written with the records and never holding
// the file or anything of its cells.
//
//   <id>  {"register","file","layout","columns":{"B":"name",…},"mode","counts":{…},"place","seq","at","actor",
//          "undone":{"at","actor","reason","seq"}}            state register
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/picture.hpp"
#include "store/imports.hpp"

namespace gangmu::app {

inline constexpr std::string_view state_register = "register";

inline bool is_register_batch(const store::ImportBatch& row, std::string_view kind) {
  return row.state == state_register && row.body["register"].string_or("") == kind;
}

/// Those of a register made from a place within the reader's reach, newest first.
std::vector<const store::ImportBatch*> register_batches(const Picture& picture, std::string_view kind);
/// Error: unknown_import, also for one who may not see it.
Result<const store::ImportBatch*> register_batch(const Picture& picture, std::string_view kind, std::string_view id);

}   // namespace gangmu::app
