// SPDX-License-Identifier: Apache-2.0
// What is kept of a ledger's look, as Json: enough to write the same sheet again with today's values.
//
//   {"sheet":"任务","header":[1,3],"widths":[600,…] (hundredths of a character),
//    "columns":[{"column":0,"header":"序号","field":"number","style":""},…],
//    "further":[{"row":12,"columns":[…]}] (tables with a head of their own, from that row on; absent when there are
//    none), "rows":[{"kind":"title","cells":["…",null,{"number":"5"},{"date":"2023-06-30"}]},
//            {"kind":"task","cells":{"E":{"typed":"2023年6月底前","read":"2023-06-30"}}},…],
//    "merges":[[1,0,2,0],…]}
//
// A cell of a task is written as it was typed while the task still says what was read from it; else as the task says.
#pragma once

#include <map>
#include <string>

#include "base/grid.hpp"
#include "base/json.hpp"
#include "plan/register_header.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// A field of a task as one text, the way a ledger shows it; "" for a personal field. `header` names the extra column.
std::string shown_field(const Task& task, TaskField field, const std::string& header);

/// The key under which a column without a field is kept in Task::extra.
std::string extra_key(const ColumnReading& column);

/// Precondition: `reading` is complete but for its layout.
Json layout_of(const Grid& grid, HeaderBlock head, const Reading& reading);

}   // namespace gangmu::plan
