// SPDX-License-Identifier: Apache-2.0
#include "store/task_history.hpp"

#include <algorithm>

namespace gangmu::store::tasks {

Result<std::vector<TaskEvent>> events_before(Database& database, PlaceId home, std::string_view task, Seq as_of,
                                             EventPlace before, std::size_t most) {
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "seq","n","body" FROM "task_event" WHERE "home"=$1 AND "task"=$2 AND "seq"<=$3)"
                              R"( AND ("seq","n")<($4,$5) ORDER BY "seq" DESC,"n" DESC LIMIT $6)"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(task), as_of.value, before.seq.value,
                                             std::int64_t{before.n}, static_cast<std::int64_t>(most)}));
  std::vector<TaskEvent> out;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    TRY_ASSIGN(Json body, Json::parse(statement->text(2)));
    out.push_back({home, std::string(task), Seq{statement->integer(0)}, static_cast<int>(statement->integer(1)),
                   std::move(body)});
  }
  statement->reset();
  std::ranges::reverse(out);
  return out;
}

Result<bool> any_sealed(Database& database, PlaceId home, std::string_view task, Seq as_of) {
  // In canonical JSON a quote inside a text stands behind a backslash, so this is a member's name and nothing else.
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT 1 FROM "task_event" WHERE "home"=$1 AND "task"=$2 AND "seq"<=$3)"
                              R"( AND "body" LIKE '%"sealed":%' LIMIT 1)"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(task), as_of.value}));
  TRY_ASSIGN(const bool found, statement->step());
  statement->reset();
  return found;
}

}   // namespace gangmu::store::tasks
