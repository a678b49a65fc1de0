// SPDX-License-Identifier: Apache-2.0
// Any csv as a task ledger: read, written in its own layout, dues and targets included.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "plan/task_register.hpp"
#include "sheet/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gangmu;
  const auto grid = sheet::read_csv(std::string_view(reinterpret_cast<const char*>(data), size), "f.csv");
  if (!grid) return 0;
  const auto reading = plan::read_register(*grid, {.year = 2023}, {});
  if (!reading) return 0;
  std::vector<plan::Task> tasks;
  for (const plan::RowReading& row : reading->rows) tasks.push_back(row.task);
  if (!plan::register_sheet(tasks, reading->layout)) std::abort();
  for (const plan::Task& task : tasks) {
    if (!plan::task_from_json(plan::to_json(task))) std::abort();
  }
  return 0;
}
