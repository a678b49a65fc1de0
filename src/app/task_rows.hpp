// SPDX-License-Identifier: Apache-2.0
// The task register of one View as rows to filter, count and page: only what that needs is read from a task's body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/picture.hpp"
#include "plan/light.hpp"
#include "plan/task_kind.hpp"
#include "store/view.hpp"

namespace gangmu::app {

struct TaskRow {
  const store::WholeRecord* stored = nullptr;   ///< lives as long as the View
  std::int64_t number = 0;                      ///< its id
  plan::DateLight light = plan::DateLight::undated;
  std::optional<Date> last;   ///< last day allowed, when dated

  [[nodiscard]] std::string_view text(record::FieldId field) const;
  /// Of a field that lists units.
  [[nodiscard]] std::vector<std::string_view> units(record::FieldId field) const;
  [[nodiscard]] std::string_view batch() const;   ///< import it came with; "" for none
};

/// Leave to act on a task: by its place, the units that answer for it, and its state. Errors: forbidden,
/// forbidden_here.
Status allowed(const Picture& picture, Permission permission, const store::WholeRecord& task);
/// Steps of the flow that this reader may take now (`step_task`, `rule_task`), in the order of the flow.
std::vector<std::string_view> steps_open(const Picture& picture, const store::WholeRecord& stored,
                                         const plan::Task& task);
/// Those with doors of their own, which do more than the flow says.
bool has_own_door(std::string_view step);
/// Where a task lies now: its place, else the programme's own; no_node when that is no more.
place::NodeIndex node_of(const Picture& picture, const store::WholeRecord& task);
/// All of them.
const store::Shelf<store::WholeRecord>& tasks_of(const store::View& view);

/// What a task was broken down to, whoever may see it: how many, how many of them closed, and how far they are (those
/// without a percentage count as 0, closed ones as 100; cancelled ones don't count).
struct Children {
  int total = 0, closed = 0;
  std::int64_t percent = 0;   ///< the mean, rounded half up
};
Children children_of(const Picture& picture, const record::RecordId& id);
/// Those of them that the reader may see.
std::vector<TaskRow> rows_below(const Picture& picture, const record::RecordId& id, Date today);

/// Whatever is asked of one task alone.
TaskRow task_row(const store::WholeRecord& stored, Date today);
/// Those the reader may see, in order of their ids.
std::vector<TaskRow> task_rows(const Picture& picture, Date today);
/// Nullopt when no task has the id, or none that the reader may see.
std::optional<TaskRow> find_task(const Picture& picture, std::string_view id, Date today);

enum class TaskView : std::uint8_t { all, open, week, overdue, waiting, closed };

struct TaskFilter {
  TaskView view = TaskView::all;
  std::string lead, responsible, action;   ///< empty: any
  std::string text, batch;
  std::string under;                ///< code of a place: of it and below
  std::optional<Date> due_before;   ///< this day included; only dated tasks are
};
/// From view, lead, responsible, action, due_before, q, import, under. Errors: query_malformed, base date_impossible.
Result<TaskFilter> task_filter(const Call& call);
/// For people: "本周到期；牵头单位 市发改局".
std::string filter_text(const TaskFilter& filter);

struct FacetValue {
  std::string value;
  std::int64_t count = 0;
};

struct TaskSelection {
  std::vector<TaskRow> rows;                           ///< what the filter lets through, in order of ids
  plan::LightCounts counts;                            ///< of what the filter without its `view` lets through
  std::vector<FacetValue> lead, responsible, action;   ///< each of the filter without itself; most frequent first
};
/// Error: unknown_place, of `under`.
Result<TaskSelection> select_tasks(const Picture& picture, std::vector<TaskRow> rows, const TaskFilter& filter);

}   // namespace gangmu::app
