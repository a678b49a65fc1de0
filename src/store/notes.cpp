// SPDX-License-Identifier: Apache-2.0
#include "store/notes.hpp"

#include <string>

#include "store/migrations.hpp"

namespace gangmu::store {

Json read_note(Database& database, const std::filesystem::path& folder, Files& files, std::string_view name) {
  const auto text = database.engine() == Engine::sqlite ? files.read(folder / name) : meta_value(database, name);
  const auto note = text && !text->empty() ? Json::parse(*text) : Result<Json>(Json());
  return note ? *note : Json();
}

Status keep_note(Database& database, const std::filesystem::path& folder, Files& files, std::string_view name,
                 const Json& note) {
  if (database.engine() == Engine::sqlite) return files.write_durably(folder / name, note.canonical() + "\n");
  return set_meta_value(database, name, note.canonical());
}

}   // namespace gangmu::store
