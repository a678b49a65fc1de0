// SPDX-License-Identifier: Apache-2.0
#include "store/tasks.hpp"

#include <algorithm>
#include <charconv>

namespace gangmu::store::tasks {
namespace {

constexpr int seq_column = 5;

Key key_of(PlaceId home, std::string_view id) { return {home.value, std::string(id)}; }

}   // namespace

Status erase(Tx& tx, PlaceId home, std::string_view id) { return tx.erase(table::task, key_of(home, id)); }

Result<std::int64_t> highest_number(Tx& tx) {
  // Events outlive their task, so an id is never given twice. Of ids without leading zeros the longest, then last, is
  // highest.
  std::int64_t highest = 0;
  for (const char* sql : {"SELECT id FROM task ORDER BY LENGTH(id) DESC, id DESC LIMIT 1",
                          "SELECT task FROM task_event ORDER BY LENGTH(task) DESC, task DESC LIMIT 1"}) {
    TRY_ASSIGN(Statement * statement, tx.database().prepare(sql));
    TRY_ASSIGN(const bool found, statement->step());
    std::int64_t number = 0;
    if (found) {
      const std::string_view id = statement->text(0);
      std::from_chars(id.data(), id.data() + id.size(), number);
    }
    statement->reset();
    highest = std::max(highest, number);
  }
  return highest;
}

Result<std::vector<TaskEvent>> events(Database& database, PlaceId home, std::string_view task, Seq as_of) {
  std::vector<TaskEvent> out;
  TRY(scan_rows(database, table::task_event, key_of(home, task), [&](Row&& row) -> Status {
    const Seq seq{std::get<std::int64_t>(row[2])};
    if (seq > as_of) return {};
    TRY_ASSIGN(Json body, Json::parse(std::get<std::string>(row[4])));
    out.push_back({home, std::string(task), seq, static_cast<int>(std::get<std::int64_t>(row[3])), std::move(body)});
    return {};
  }));
  return out;
}

Result<Task> of_row(const Row& row) {
  Task task;
  task.home = PlaceId{std::get<std::int64_t>(row[0])};
  task.id = std::get<std::string>(row[1]);
  TRY_ASSIGN(task.body, Json::parse(std::get<std::string>(row[2])));
  task.contact = std::get<Bytes>(row[3]);
  task.state = std::get<std::string>(row[4]);
  task.seq = Seq{std::get<std::int64_t>(row[seq_column])};
  return task;
}

Result<Tasks> load(Database& database) {
  std::vector<Tasks::Handle> all;
  TRY(scan_rows(database, table::task, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(Task task, of_row(row));
    all.push_back(std::make_shared<const Task>(std::move(task)));
    return {};
  }));
  return Tasks(std::move(all));
}

}   // namespace gangmu::store::tasks
