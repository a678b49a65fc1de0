// SPDX-License-Identifier: Apache-2.0
// Files whose rows are definitions, calendars (the file is the definition) and the opening task ledger.
#include <algorithm>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "plan/register_units.hpp"

namespace gangmu::pack {
namespace {

/// "calendars/cn_workdays.csv" → "cn_workdays"
std::string stem_of(const std::string& file) {
  const auto slash = file.rfind('/') + 1;
  return file.substr(slash, file.rfind('.') - slash);
}

Date date_or(std::string_view text, Date otherwise) {
  const auto date = Date::parse(text);
  return date ? *date : otherwise;
}

bool is_validity(std::string_view column) { return column == "valid_from" || column == "valid_to"; }

}   // namespace

Json Reader::row_body(const Row& row) {
  Json body(Json::Object{});
  for (std::size_t c = 0; c < row.layout().columns.size(); ++c) {
    if (!row.has(c)) continue;
    const Column& column = row.layout().columns[c];
    Json value = cell(column, row[c], row.where());
    if (!value.is_null() && !is_validity(column.name)) body.set(column.name, std::move(value));
  }
  return body;
}

void Reader::read_rows(const std::string& file, const FileLayout& layout) {
  const bool versioned = layout.versioned();
  const bool ends = layout.column("valid_to") != nullptr;
  std::vector<std::pair<Definition, Declared>> rows;
  for_each_row(text_of(files_.find(file)->second, file, faults), file, layout, faults, [&](const Row& row) {
    Definition definition{.kind = std::string(layout.kind),
                          .id = std::string(row[std::size_t{0}]),
                          .version = 1,
                          .valid_from = default_from_,
                          .retired = false,
                          .body = row_body(row)};
    if (layout.kind == "successor") definition.id = std::string(row["from"]) + "-" + std::string(row["to"]);
    if (definition.id.empty()) return;
    Declared declared{row.where(), default_from_, open_end};
    if (versioned) declared.valid_from = definition.valid_from = date_or(row["valid_from"], default_from_);
    if (ends) declared.valid_to = date_or(row["valid_to"], open_end);
    if (declared.valid_to < declared.valid_from)
      return faults.add(errors::validity_reversed, {declared.valid_from.text(), declared.valid_to.text()}, row.where());
    ids_[definition.kind].emplace(definition.id, row.where());
    rows.emplace_back(std::move(definition), declared);
  });
  take_versions(layout, std::move(rows));
}

/// Rows of one id become versions in order of valid_from; a row that ends before the next begins is followed by a
/// retirement.
void Reader::take_versions(const FileLayout& layout, std::vector<std::pair<Definition, Declared>> rows) {
  std::ranges::stable_sort(rows, {}, [](const auto& r) { return std::tie(r.first.id, r.second.valid_from.days); });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& [definition, declared] = rows[i];
    const bool follows = i > 0 && rows[i - 1].first.id == definition.id;
    if (follows) {
      const auto& [earlier, before] = rows[i - 1];
      const std::string line = std::to_string(before.where.line);
      if (before.valid_from == declared.valid_from) {
        const auto& [first, second] = std::minmax(before.where.line, declared.where.line);
        Position where = declared.where;
        where.line = second;
        faults.add(errors::duplicate_key, {definition.id, std::to_string(first)}, where);
        continue;
      }
      if (!layout.versioned()) continue;
      if (before.valid_to != open_end && before.valid_to >= declared.valid_from)
        faults.add(errors::overlapping_validity, {definition.id, line}, declared.where);
      definition.version = earlier.version + 1;
    }
    const bool next_is_same = i + 1 < rows.size() && rows[i + 1].first.id == definition.id;
    const Date after = declared.valid_to.plus_days(declared.valid_to == open_end ? 0 : 1);
    const bool retires = declared.valid_to != open_end && !(next_is_same && rows[i + 1].second.valid_from <= after);
    pack.definitions.push_back(definition);
    if (retires) {
      ++definition.version;   // the row that follows counts on from here
      Definition retirement = definition;
      retirement.valid_from = after;
      retirement.retired = true;
      pack.definitions.push_back(std::move(retirement));
    }
  }
}

void Reader::read_table(const std::string& file, const FileLayout& layout) {
  const std::string id = stem_of(file);
  Json days(Json::Array{});
  std::map<std::string, int> lines;
  for_each_row(text_of(files_.find(file)->second, file, faults), file, layout, faults, [&](const Row& row) {
    Json body = row_body(row);
    const std::string date = body["date"].string_or("");
    if (date.empty()) return;
    const auto [first, fresh] = lines.emplace(date, row.where().line);
    if (!fresh) return faults.add(errors::duplicate_key, {date, std::to_string(first->second)}, row.where());
    days.push(std::move(body));
  });
  if (lines.empty()) return;
  auto* list = days.array();
  std::ranges::sort(*list, {}, [](const Json& day) { return day["date"].string_or(""); });
  ids_["calendar"].emplace(id, Position{.file = file, .line = 1, .column = 0, .cell = {}});
  Json body;
  body.set("id", id);
  body.set("days", std::move(days));
  Definition definition{.kind = std::string(layout.kind),
                        .id = id,
                        .version = 1,
                        .valid_from = default_from_,
                        .retired = false,
                        .body = std::move(body)};
  if (const auto calendar = calendar_of(definition); !calendar)
    faults.add(calendar.error(), ids_["calendar"].find(id)->second);
  pack.definitions.push_back(std::move(definition));
}

/// Separated as lists are in packs, or as offices write them.
void Reader::check_lead(const Row& row) {
  std::vector<std::string> units;
  for (const std::string& part : text::split(row["lead"], '|')) {
    for (std::string& unit : plan::split_units(part)) units.push_back(std::move(unit));
  }
  if (units.size() > 1)
    faults.add(errors::lead_many, {std::to_string(units.size()), text::join(units, ", ")}, row.where());
}

void Reader::read_tasks(const std::string& file, const FileLayout& layout) {
  std::map<std::string, int> lines;
  for_each_row(text_of(files_.find(file)->second, file, faults), file, layout, faults, [&](const Row& row) {
    Json body = row_body(row);
    check_lead(row);
    const std::string id = body["id"].string_or("");
    if (id.empty()) return;
    if (id.size() > 9 || id[0] == '0' || id.find_first_not_of("0123456789") != std::string::npos)
      return faults.add(errors::cell_form, {"id", id, "从 1 起的整数", "a whole number from 1"}, row.where());
    const auto [first, fresh] = lines.emplace(id, row.where().line);
    if (!fresh) return faults.add(errors::duplicate_key, {id, std::to_string(first->second)}, row.where());
    // Above it, so that no task is broken down to itself.
    const std::string parent = body["parent"].string_or("");
    if (!parent.empty() && (parent == id || !lines.contains(parent)))
      return faults.add(errors::task_parent, {id, parent}, row.where());
    pack.tasks.push_back(std::move(body));
  });
}

}   // namespace gangmu::pack
