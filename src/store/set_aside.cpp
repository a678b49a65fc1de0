// SPDX-License-Identifier: Apache-2.0
#include "store/set_aside.hpp"

namespace gangmu::store {

namespace fs = std::filesystem;

fs::path aside_folder(const fs::path& folder, int schema) { return folder / ("schema-" + std::to_string(schema)); }

Status set_aside(Database& database, const fs::path& folder, int schema, Files& files) {
  if (database.engine() != Engine::sqlite) return {};
  const fs::path aside = aside_folder(folder, schema), copy = aside / "gangmu.db";
  TRY(files.make_folder(aside));
  TRY(files.remove(aside / "HEAD"));
  TRY(files.remove(copy));
  TRY_ASSIGN(Statement * copying, database.prepare("VACUUM INTO $1"));
  const Value into = copy.string();
  TRY(copying->run(std::span(&into, 1)));
  TRY(files.sync(copy));
  TRY_ASSIGN(const std::string head, files.read(folder / "HEAD"));
  TRY(files.write_durably(aside / "HEAD", head));
  return files.sync(folder);
}

}   // namespace gangmu::store
