// SPDX-License-Identifier: Apache-2.0
#include "store/later_imports.hpp"

namespace gangmu::store::imports {

Result<std::vector<ImportBatch>> later(Database& database, PlaceId home, std::string_view state, Seq seq) {
  TRY_ASSIGN(Statement * statement, database.prepare(R"(SELECT "id","body","seq" FROM "import_batch" WHERE "home"=$1)"
                                                     R"( AND "state"=$2 AND "seq">$3 ORDER BY "id")"));
  TRY(statement->bind_all(std::vector<Value>{home.value, std::string(state), seq.value}));
  std::vector<ImportBatch> out;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    TRY_ASSIGN(Json body, Json::parse(statement->text(1)));
    out.push_back(
        {home, std::string(statement->text(0)), std::move(body), std::string(state), Seq{statement->integer(2)}});
  }
  statement->reset();
  return out;
}

}   // namespace gangmu::store::imports
