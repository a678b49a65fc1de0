// SPDX-License-Identifier: Apache-2.0
// A person's right to be forgotten (个人信息保护法 第四十七条): the key of what is sealed about them is destroyed. What
// was sealed stays as bytes nobody can read, so chain, replay and backups stay valid; copies of the key file have to go
// as well.
#pragma once

#include <string>
#include <variant>

#include "app/call.hpp"
#include "app/service.hpp"
#include "store/store.hpp"

namespace gangmu::app {

struct PersonsOfTask {
  std::string id;
};   ///< also of one that is gone, while its key is left
struct PersonOfAccount {
  std::string login;
};   ///< disabled first: who is signed in is signed out
struct FileOfImport {
  std::string id;
};   ///< the file as uploaded, and its layout; of one undone, its tasks' persons as well
struct PersonsOfRecord {
  std::string id;
};   ///< by its address, "7.project.12"
using Subject = std::variant<PersonsOfTask, PersonOfAccount, FileOfImport, PersonsOfRecord>;

/// Written down first, with its reason; then the key goes. May be repeated. Errors: unknown_task, unknown_account,
/// unknown_import, reason_wanted, those of writing.
Result<Seq> erase_persons(store::Store& store, const Limits& limits, const Actor& actor, const Subject& subject,
                          const std::string& reason);

}   // namespace gangmu::app
