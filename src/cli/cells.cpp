// SPDX-License-Identifier: Apache-2.0
// gangmu cells FILE: what is read of a workbook or csv, cell by cell, as an import sees it. For scripts, and to find
// out why a ledger is read as it is.
#include "cli/command.hpp"
#include "cli/plain.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string file, out;
  bool json = false;
};

const char* kind_name(CellKind kind) {
  switch (kind) {
    case CellKind::text: return "text";
    case CellKind::number: return "number";
    case CellKind::date: return "date";
    case CellKind::boolean: return "boolean";
    case CellKind::error: return "error";
    case CellKind::empty: break;
  }
  return "";
}

/// A merged range is told by its first cell.
void add_cells(const Grid& grid, OutTable& table) {
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    for (std::size_t c = 0; c < grid.rows[r].size(); ++c) {
      const GridCell& cell = grid.rows[r][c];
      if (cell.kind == CellKind::empty || cell.merged_copy) continue;
      table.rows.push_back(
          {grid.sheet, column_letters(c) + std::to_string(r + 1), kind_name(cell.kind), cell.text, cell.shown()});
    }
  }
}

/// The sheets that are sound; then the faults of the others.
Status cells(Machine& machine, const Options& options) {
  TRY_ASSIGN(const std::string bytes, machine.files.read(options.file));
  TRY_ASSIGN(const sheet::Workbook book, sheet::read_workbook(bytes, options.file));
  OutTable table{"cells", {"sheet", "cell", "kind", "text", "shown"}, {}};
  Diagnostics faults;
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    if (book.faults[i].empty())
      add_cells(book.sheets[i], table);
    else
      faults.insert(faults.end(), book.faults[i].begin(), book.faults[i].end());
  }
  TRY(write_tables(machine.files, {table}, "cells", options.out, options.json));
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

}   // namespace

void add_cells(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("cells", "逐格列出工作簿的读法 / how a workbook is read, cell by cell");
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "xlsx or csv")->required();
  command->add_option("--out", options->out, "folder for cells.csv");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = cells(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
