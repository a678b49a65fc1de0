// SPDX-License-Identifier: Apache-2.0
// The kind of tasks (record/kind.hpp) and how a plan::Task stands in a record of it. A further field that no rule of
// the plan needs is one line of the declaration; one that a rule needs is a member of Task and a line of the binding,
// too.
//
// Persons are in no member that is bound: they are sealed before they are stored, and whoever seals them (the host)
// writes their fields.
#pragma once

#include <vector>

#include "base/definition.hpp"
#include "plan/task.hpp"
#include "record/decide.hpp"

namespace gangmu::plan {

/// Numbers of the fields that are read without a Task: lists, filters and persons.
namespace task_field {
inline constexpr record::FieldId ledger_number{1}, action{2}, measure{3}, title{4}, lead{5}, responsible{6},
    cooperating{7}, supervisor{8}, due_kind{9}, due{10}, due_text{11}, target_text{12}, progress{15}, percent{16},
    remark{17}, requested_on{19}, reason{21}, place{22}, origin_batch{24}, leader{30}, contact{31}, persons{32},
    originals{33}, source{34}, source_text{35}, parent{36}, received_on{37}, asked_due{38}, asked_text{39},
    proof_asked{42}, returned_on{44};
/// Of rows of persons and of originals: the head of the column, and its text.
inline constexpr record::FieldId head{1}, text{2};
}   // namespace task_field

/// "kind" task and "flow" task@1, as a program publishes them.
const std::vector<Definition>& task_definitions();

/// Everything but place and persons, which the host knows. Error: event_malformed of a state the kind does not have.
Result<Task> task_of(const record::Kind& kind, const record::Record& record);
record::Values values_of(const Task& task);

/// Whether a step that its state allows has something to do: nothing is received twice, no change ruled on that nobody
/// asked for.
bool offered(const Task& task, std::string_view step);

/// Whether a step is refused without a reason.
bool asks_reason(std::string_view step);

/// 重新打开: no step leaves a final state, so this is a way out of the flow; its clock begins again. Errors: those of
/// plan::reopen.
Result<record::Event> reopened(const record::Kind& kind, const record::Record& before, const std::string& reason,
                               const record::World& world);

/// What only the plan can say of the steps (task_state.hpp). A step's text is the field `progress` or the reason.
const record::Rules& task_rules();

}   // namespace gangmu::plan
