// SPDX-License-Identifier: Apache-2.0
// Rows to write in the tests of the store: tasks as they were kept before they were records. Their tables stay in the
// schema for the entries that name them.
#pragma once

#include <optional>

#include "store/tasks.hpp"

namespace gangmu::store::tasks {

inline Status put(Tx& tx, const Task& task) {
  return tx.put(table::task,
                {task.home.value, task.id, task.body.canonical(), task.contact, task.state, tx.seq().value});
}

inline Result<std::optional<Task>> get(Tx& tx, PlaceId home, std::string_view id) {
  TRY_ASSIGN(const auto row, tx.get(table::task, {home.value, std::string(id)}));
  if (!row) return std::optional<Task>();
  TRY_ASSIGN(Task task, of_row(*row));
  return std::optional(std::move(task));
}

inline Result<std::vector<Task>> list(Tx& tx, PlaceId home) {
  std::vector<Task> out;
  TRY(tx.scan(table::task, {home.value}, [&](Row&& row) -> Status {
    TRY_ASSIGN(Task task, of_row(row));
    out.push_back(std::move(task));
    return {};
  }));
  return out;
}

inline Status append_event(Tx& tx, PlaceId home, std::string_view task, Json body) {
  TRY_ASSIGN(const auto earlier, tx.scan(table::task_event, {home.value, std::string(task), tx.seq().value}));
  return tx.insert(table::task_event, {home.value, std::string(task), tx.seq().value,
                                       static_cast<std::int64_t>(earlier.size()), body.canonical()});
}

}   // namespace gangmu::store::tasks
