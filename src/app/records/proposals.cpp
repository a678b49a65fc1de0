// SPDX-License-Identifier: Apache-2.0
#include "app/records/proposals.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/records/sheet_reading.hpp"
#include "base/digest.hpp"
#include "base/personal_number.hpp"
#include "base/text.hpp"
#include "plan/register_persons.hpp"
#include "record/errors.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t samples_told = 3;

/// The first of list1, list2 … that no kind has or had.
std::string free_id(const store::Definitions& definitions) {
  for (int n = 1;; ++n)
    if (std::string id = "list" + std::to_string(n); definitions.latest("kind", id) == nullptr) return id;
}

/// 示例市公厕改造台账（2023年度） → 示例市公厕改造台账
std::string without_brackets(const std::string& title) {
  const auto open = std::min(title.find("（"), title.find('('));
  return open == std::string::npos || open == 0 ? title : title.substr(0, open);
}

std::string without_ending(const std::string& file) {
  const auto dot = file.rfind('.');
  return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

void column(JsonWriter& out, const FoundTable& found, const record::TableColumn& column,
            const record::ProposedColumn& one) {
  out.begin_object().key("column").value(column_letters(column.column)).key("head").value(masked(column.head));
  out.key("field");
  if (one.name.empty())
    out.null();
  else
    out.value(one.name);
  out.key("type").value(record::name_of(one.type)).key("personal").value(one.personal);
  out.key("key").value(one.key).key("title").value(one.title).key("unit").value(one.unit);
  out.key("elsewhere");
  if (one.type == record::Type::place && !one.name.empty())
    out.value("place");
  else if (!one.elsewhere.empty())
    out.value(one.elsewhere);
  else
    out.null();
  out.key("samples").begin_array();
  std::size_t told = 0;
  for (const std::size_t row : found.table.rows) {
    const std::string text(text::trim(found.grid->at(row, column.column).shown()));
    if (text.empty()) continue;
    out.value(one.personal ? std::string(hidden_person) : masked(text).substr(0, 200));
    if (++told == samples_told) break;
  }
  out.end_array().end_object();
}

/// Numbers of persons stand in no name of the kind and in no code: a code that holds one is not proposed, so its cells
/// are faults for the office to put right.
Json kind_without_numbers(Json kind) {
  const auto* all = kind["fields"].array();
  Json fields(Json::Array{});
  for (Json field : all ? *all : Json::Array{}) {
    for (const char* name : {"zh", "en"})
      if (const auto* text = field[name].string()) field.set(name, masked(*text));
    for (const char* name : {"list", "alias"}) {
      const auto* texts = field[name].array();
      if (!texts) continue;
      Json kept(Json::Array{});
      for (const Json& text : *texts)
        if (masked(text.string_or("")) == text.string_or("")) kept.push(text);
      field.set(name, std::move(kept));
    }
    fields.push(std::move(field));
  }
  if (all) kind.set("fields", std::move(fields));
  return kind;
}

}   // namespace

record::Wording register_wording() {
  return {
      .head_names_persons = [](std::string_view head) { return plan::head_may_name_persons(head); },
      .cell_names_persons = [](std::string_view cell) { return plan::spelled_as_names(cell); },
      .cell_holds_numbers_of_persons = [](std::string_view cell) { return without_personal_numbers(cell, "") != cell; },
      .cell_names_units =
          [](std::string_view cell) { return plan::stands_for_unit(text::code_points(text::trim(cell))); }};
}

Result<Reply> propose_register(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  const Desk desk(service, picture, call);
  const SheetNames names(desk);
  const std::string file = masked(call.query_or("name", ""));
  TRY_ASSIGN(const sheet::Workbook book, register_workbook(service.limits(), call.body, file));
  TRY_ASSIGN(const FoundTable found, table_in(service.limits(), book, masked(call.query_or("sheet", ""))));
  std::string title = without_brackets(masked(record::title_above(*found.grid, found.table)));
  if (title.empty()) title = without_ending(file);
  std::vector<std::string> kinds;
  if (picture.view->records.catalogue)
    for (const auto& kind : picture.view->records.catalogue->kinds())
      if (opened(*picture.view, kind->id())) kinds.push_back(kind->id());
  const record::Proposal proposal = record::proposed(*found.grid, found.table, free_id(*picture.view->definitions),
                                                     title, names, register_wording(), kinds);
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("file").value(file).key("sheet").value(masked(found.grid->sheet)).key("sheets").begin_array();
  for (const Grid& grid : book.sheets) out.value(masked(grid.sheet));
  out.end_array().key("digest").value(digest(call.body).text()).key("layout").value(found.table.layout());
  out.key("rows").value(static_cast<std::int64_t>(found.table.rows.size())).key("columns").begin_array();
  for (std::size_t i = 0; i < proposal.columns.size(); ++i)
    column(out, found, found.table.columns[i], proposal.columns[i]);
  out.end_array().key("kind").json(kind_without_numbers(proposal.kind)).end_object();
  return reply;
}

}   // namespace gangmu::app
