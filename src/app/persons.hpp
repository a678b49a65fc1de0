// SPDX-License-Identifier: Apache-2.0
// Persons in ledgers. Leader and contact of a task, every other column of persons, cells that hold telephone or
// identity numbers, and the uploaded file itself are kept only as ciphertext of the vault; what people see has
// （已隐去） in their place. So is a report or reason with such a number in it: as "sealed" of its event.
//
//   task "record:<home>.task.<n>"   fields leader, contact, persons, originals; "hid" of its events
//   import "import:<id>"        the file as uploaded, and the layout it is written in again
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "plan/task.hpp"
#include "record/value.hpp"
#include "store/accounts.hpp"
#include "store/vault.hpp"
#include "store/view.hpp"

namespace gangmu::app {

inline constexpr std::string_view hidden_person = "（已隐去）";

/// Telephone and identity numbers in a text, in every form base/personal_number.hpp knows, replaced.
std::string masked(std::string_view text);
/// Of a note below a table also the name behind 联系人：, 填报人： and the like.
std::string masked_note(std::string_view text);

/// One personal text of a task, and where it is kept: a field, or a row of one under its head.
struct TaskPerson {
  record::FieldId field{};
  std::string head{};
  Personal<std::string> text{};
};
/// Takes what is personal out of a task.
std::vector<TaskPerson> take_persons(plan::Task& task);
/// The fields that hold it, sealed: of many tasks at once, in their order.
struct PersonsOf {
  record::RecordId id{};
  std::vector<TaskPerson> persons{};
};
Result<std::vector<record::Values>> seal_persons(store::Vault& vault, const std::vector<PersonsOf>& all);

/// {"contact":"…","extra":{"协调情况":"…"},"leader":"…","persons":{"填报人":"…"}} for one whose right and reason were
/// checked and written down (unmask.hpp).
Result<Json> open_task_persons(const store::Vault& vault, const record::RecordId& id, const record::Values& values,
                               const std::string& actor, const std::string& reason);

std::string task_subject(PlaceId home, const std::string& id);   ///< of a task before it was a record
/// What was sealed of such a task; one text sealed anew under another subject.
Result<std::vector<TaskPerson>> open_old_persons(const store::Vault& vault, const std::string& subject,
                                                 const store::Bytes& sealed);
Result<std::string> seal_anew(store::Vault& vault, const std::string& subject, const std::string& sealed,
                              const std::string& to);
std::string import_subject(const std::string& id);
std::string record_subject(const record::RecordId& id);   ///< "record:7.project.12": all that is personal in it

/// Bytes sealed as text that fits a JSON body (base64), and back for the reader of ledgers.
Result<std::string> seal_text(store::Vault& vault, const std::string& subject, std::string bytes);
Result<std::string> open_sealed_text(const store::Vault& vault, const std::string& subject, const std::string& sealed);
/// What was sealed in a record or with an event of it, for one whose right and reason were checked and written down.
Result<std::string> open_record_text(const store::Vault& vault, const record::RecordId& id, const std::string& sealed,
                                     const std::string& actor, const std::string& reason);
Result<std::string> open_record_file(const store::Vault& vault, const record::RecordId& id, const store::Bytes& sealed,
                                     const std::string& actor, const std::string& reason);
/// Characters that `seal_text` makes of so many bytes, at most.
std::size_t sealed_size(std::size_t bytes);

/// What proves the owner of an account, for the check itself.
Result<std::string> open_account_secret(const store::Vault& vault, const store::Account& account);
/// What the owner told of themselves: {"name","phone"}; for themselves and for who keeps accounts.
Result<Json> open_account_person(const store::Vault& vault, const store::Account& account, const std::string& actor);
/// The name behind the actor of an entry or event, as everyone may see it: who did it stands beside each figure and
/// act. Of "a/b" both names, since a acted on behalf of b.
std::string name_of(const store::View& view, const store::Vault& vault, std::string_view actor);

/// Every subject under whose key something is sealed in the tables has that key, or the note that it was erased.
/// Errors: subject_keys_missing, database errors.
Status check_keys(store::Database& database, const store::Vault& vault);

/// A ledger's layout as everyone may see it: persons in notes and in rows left out are hidden.
Json public_layout(Json layout);

}   // namespace gangmu::app
