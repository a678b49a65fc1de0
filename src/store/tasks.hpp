// SPDX-License-Identifier: Apache-2.0
// Tasks as stores kept them before they were records: read when they are carried over, never written any more. The body
// is canonical JSON whose shape belongs to plan/ and app/; the contact is ciphertext of the vault.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/shelf.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct Task {
  PlaceId home;
  std::string id;
  Json body;
  Bytes contact;   ///< sealed; empty when there is none
  std::string state;
  Seq seq;   ///< entry that last touched it

  [[nodiscard]] std::pair<PlaceId, std::string> key() const { return {home, id}; }
};
using Tasks = Shelf<Task>;

struct TaskEvent {
  PlaceId home;
  std::string task;
  Seq seq;
  int n = 0;   ///< order within one entry
  Json body;
};

namespace tasks {

Status erase(Tx& tx, PlaceId home, std::string_view id);
/// The highest number any of them ever had, erased ones included; 0 when there was none.
Result<std::int64_t> highest_number(Tx& tx);
/// Events known at `as_of`, oldest first.
Result<std::vector<TaskEvent>> events(Database& database, PlaceId home, std::string_view task, Seq as_of);

Result<Task> of_row(const Row& row);
Result<Tasks> load(Database& database);

}   // namespace tasks
}   // namespace gangmu::store
