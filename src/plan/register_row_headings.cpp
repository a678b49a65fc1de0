// SPDX-License-Identifier: Apache-2.0
// Headings and totals between the rows, and what they say for the tasks below them.
#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_row.hpp"

namespace gangmu::plan {

void RowReader::leave_headings() {
  section_action_.clear();
  section_measure_.clear();
  section_middle_.clear();
  action_units_ = measure_units_ = {};
}

/// A total that names what it sums up, above the rows: it ends the group above, whose heading is not theirs.
void RowReader::total(std::size_t row, const RowKind& kind) {
  const bool first = reading_.rows.empty();
  const auto name = [](const std::string& heading) {
    return heading.substr(std::min(heading.size(), heading.find("、")));
  };
  const bool of_another = section_depth(section_action_) == 1 && name(section_action_) != name(kind.heading);
  if (!kind.heading.empty() && (first || of_another)) return section(row, kind);
  new_group();
}

void RowReader::section(std::size_t row, const RowKind& kind) {
  new_group();
  section_above_ = true;
  section_parts_ = kind.parts_of;
  const std::string& text = kind.heading;
  const bool has_action = column_of(*columns_, TaskField::action) != no_column;
  const bool below = has_action || !section_action_.empty();
  const bool deeper = section_depth(text) == 2 && below;
  const bool deepest = numbered_in_digits(text) && section_depth(section_action_) > 0;   // 1. below 一、 or （一）
  HeadingUnits named = units_of(row, {kind.heading, kind.units, kind.persons});
  if (deepest && kind.heading_of == TaskField::none) {
    section_measure_ = section_middle_ + (section_middle_.empty() ? "" : " ") + text;
    if (!named.empty()) measure_units_ = std::move(named);
  } else if (kind.heading_of == TaskField::measure || (deeper && kind.heading_of != TaskField::action)) {
    section_measure_ = section_middle_ = text;
    measure_units_ = std::move(named);
  } else {
    leave_headings();
    section_action_ = text;
    action_units_ = std::move(named);
  }
  const bool sealed = kind.units.empty() || !kind.persons.empty();
  reading_.normalisations.push_back({row, 0, "section", sealed ? text : text + "（" + kind.units + "）", text});
}

/// 一、产业振兴（牵头单位：市农业农村局）: of two leads the office chooses.
RowReader::HeadingUnits RowReader::units_of(std::size_t at, const HeadingParts& heading) {
  HeadingUnits named;
  if (!heading.persons.empty()) named.persons = Personal<std::string>(heading.persons);
  if (heading.units.empty()) return named;
  named.parts = unit_parts(heading.units);
  if (named.parts.lead.size() < 2) return named;
  Row row;
  row.at = at;
  const std::string lead = chosen_lead(row, columns_->front(), heading.units, named.parts.lead);
  std::vector<std::string> others = std::move(named.parts.lead);
  std::erase(others, lead);
  named.parts.lead = {lead};
  named.parts.responsible.insert(named.parts.responsible.begin(), others.begin(), others.end());
  return named;
}

/// What a row does not say itself its heading says for it.
void RowReader::units_of_heading(Row& row) {
  if (row.named) column_units_ = *row.named;
  const bool own_key = own_field(row, TaskField::action) || own_field(row, TaskField::measure);
  if (!row.named && (own_key || broken_)) column_units_ = {};
  const HeadingUnits& heading = !column_units_.empty()   ? column_units_
                                : measure_units_.empty() ? action_units_
                                                         : measure_units_;
  if (heading.empty()) return;
  Task& task = row.read.task;
  if (!heading.persons.empty() && !row.named) task.persons["标题"] = heading.persons;
  std::vector<std::string> taken;
  if (task.lead.empty() && !heading.parts.lead.empty()) {
    task.lead = heading.parts.lead.front();
    taken.push_back("牵头：" + task.lead);
    std::erase(task.responsible, task.lead);
    std::erase(task.cooperating, task.lead);
  }
  const auto fill = [&](std::vector<std::string>& own, std::vector<std::string> units, const char* part) {
    std::erase(units, task.lead);
    if (!own.empty() || units.empty()) return;
    own = std::move(units);
    taken.push_back(part + text::join(own, "、"));
  };
  fill(task.responsible, heading.parts.responsible, "责任：");
  fill(task.cooperating, heading.parts.cooperating, "配合：");
  const std::size_t lead = column_of(*columns_, TaskField::lead);
  const std::size_t column = lead == no_column ? columns_->front().column : lead;
  if (!taken.empty()) normalised(row, column, "lead", "", text::join(taken, "；"));
}

/// "2" below the head "1" with its rows "1.1" and "1.2" is none of them.
void RowReader::leave_section(const std::string& number) {
  if (section_parts_.empty() || number.empty() || part_number(number, section_parts_)) return;
  new_group();
  section_parts_.clear();
  leave_headings();
}

}   // namespace gangmu::plan
