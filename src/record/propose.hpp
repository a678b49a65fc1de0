// SPDX-License-Identifier: Apache-2.0
// A table of an office → the kind it could be a register of: what each column holds (type, unit, codes from repeated
// words), what tells one record from another, what a record is called, which columns name persons, and which name data
// that are held elsewhere. A proposal, made of the head and the cells alone; the office corrects it. In doubt a column
// is personal: what was sealed needlessly is declared plain by hand, what stood in clear can't be taken back.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "record/cell.hpp"
#include "record/table.hpp"

namespace gangmu::record {

/// What the house knows of the names of persons and units.
struct Wording {
  std::function<bool(std::string_view head)> head_names_persons = [](std::string_view) { return false; };
  std::function<bool(std::string_view cell)> cell_names_persons = [](std::string_view) { return false; };
  std::function<bool(std::string_view cell)> cell_holds_numbers_of_persons = [](std::string_view) { return false; };
  std::function<bool(std::string_view cell)> cell_names_units = [](std::string_view) { return false; };
};

struct ProposedColumn {
  std::size_t column = 0;
  std::string name{};   ///< of the field; empty: the column counts rows and fills none
  std::string zh{};
  Type type = Type::text;
  bool personal = false, key = false, title = false;
  std::string unit{};   ///< as the head says it; of money what it is shown in
  int decimals = 0;
  PeriodKind period = PeriodKind::year;
  std::string check{};   ///< of a code
  std::vector<std::string> codes{};
  int max = 0;               ///< characters of a text; 0: the usual
  std::string elsewhere{};   ///< the register whose records the cells name
};

struct Proposal {
  std::vector<ProposedColumn> columns{};   ///< one for each of the table
  Json kind{};                             ///< body of a definition, as it would be published
};

/// `kinds`: registers the cells may name records of. `id` and `zh`: of the kind.
Proposal proposed(const Grid& grid, const Table& table, const std::string& id, const std::string& zh,
                  const CellNames& names, const Wording& wording, const std::vector<std::string>& kinds);

/// A name for the register from what stands above its head: "示例市公厕改造台账"; empty where nothing does.
std::string title_above(const Grid& grid, const Table& table);

}   // namespace gangmu::record
