// SPDX-License-Identifier: Apache-2.0
// A task as a record of the kind `task` (plan/task_kind.hpp): what the plan does not know of it, its place, its
// persons, its number, and the step that was taken, comes together here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/persons.hpp"
#include "plan/task_kind.hpp"
#include "store/records.hpp"
#include "store/view.hpp"

namespace gangmu::app {

inline constexpr std::string_view task_kind = "task";

/// A task at home somewhere, by the number people write in its address.
record::RecordId task_id(PlaceId home, std::int64_t number);

/// The task of a record; hidden_person stands where something is sealed. Errors: event_malformed, unknown kind.
Result<plan::Task> task_of(const record::Kind& kind, const place::Tree& tree, const record::Record& record);
Result<plan::Task> task_of(const store::View& view, const store::WholeRecord& stored);

/// Fields that a report may fill in beside its text and percent, as the kind's step says.
std::vector<std::string> further_boxes(const record::Kind& kind);

/// What stands in the fields of a record; a place that is not in the tree is left out.
record::Values task_values(const place::Tree& tree, const plan::Task& task);

/// One write's tasks. `catalogue` has the kind; it is published by the first entry that uses it.
class TaskWriter {
 public:
  TaskWriter(store::Tx& tx, std::shared_ptr<const record::Catalogue> catalogue, const place::Tree& tree)
      : tx_(tx), catalogue_(std::move(catalogue)), kind_(*catalogue_->find(task_kind)), tree_(tree) {}

  /// A task that begins as it stands in a list or a pack. `persons`: as they were sealed (persons.hpp).
  Status begin(const record::RecordId& id, const plan::Task& task, record::Values persons, std::string step,
               std::string reason);
  /// The same with an event as it was told elsewhere: who, when, and what was hidden in it.
  Status begin_as(const record::RecordId& id, const plan::Task& task, record::Values persons, record::Event told);
  /// The same task as a pack has it now; what is sealed stays.
  Status replace(const store::WholeRecord& stored, const plan::Task& task, std::string step);
  /// A step of the flow. `calendar` for its clock.
  Status take(const store::WholeRecord& stored, const record::Asked& asked, const Calendar& calendar);
  /// 催办 (record/ways_out.hpp).
  Status nudge(const store::WholeRecord& stored, record::Nudge nudge);
  /// Void (record/ways_out.hpp): it leaves every list.
  Status make_void(const store::WholeRecord& stored, std::string step, std::string reason);
  /// As it is for the writer; nothing where there is none, or none any more.
  [[nodiscard]] Result<std::optional<store::WholeRecord>> find(const record::RecordId& id) const;
  /// The highest number any task ever had.
  [[nodiscard]] Result<std::int64_t> last_number() const;

  [[nodiscard]] const record::Kind& kind() const { return kind_; }

 private:
  Status append(const record::RecordId& id, record::Event event);
  [[nodiscard]] record::World world(const record::Actor& actor, const Calendar& calendar) const;
  store::Tx& tx_;
  std::shared_ptr<const record::Catalogue> catalogue_;
  const record::Kind& kind_;
  const place::Tree& tree_;
  bool published_ = false;
};

/// The number of the next task of `home`; the number of one whose persons were erased is never given again.
std::int64_t number_after(const store::Vault& vault, PlaceId home, std::int64_t last);

/// Kinds of the program itself; packs neither bring nor export them.
bool is_of_program(std::string_view definition_kind, std::string_view id);

}   // namespace gangmu::app
