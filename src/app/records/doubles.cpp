// SPDX-License-Identifier: Apache-2.0
// Records that may be the same: called the same, but for blanks and marks, at the same place.
#include <algorithm>

#include "app/errors.hpp"
#include "app/records/merges.hpp"
#include "app/records/wire.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

/// Letters, digits and characters of words alone; full width as half width, capitals as small letters.
std::string bare(std::string_view text) {
  static constexpr std::u32string_view marks = U"（）()［］[]【】《》〈〉“”‘’\"'、，,。.；;：:·—-–_/\\ \t\r\n\u3000";
  std::u32string out = text::code_points(record::folded(text));
  std::erase_if(out, [](char32_t one) { return marks.find(one) != std::u32string_view::npos; });
  return text::utf8(out);
}

/// What the title fields say in the columns; empty: nothing.
std::string called(const record::RowAt& row) {
  std::string out;
  for (const record::FieldId id : row.columns.kind().title()) {
    const std::size_t words = row.columns.text_column(id), number = row.columns.number_column(id);
    if (words != record::Columns::no_column)
      out += bare(row.chunk.texts[words].at(row.row)) + "\n";
    else if (number != record::Columns::no_column && row.chunk.numbers[number][row.row] >= record::least_value)
      out += std::to_string(row.chunk.numbers[number][row.row]) + "\n";
  }
  return out.find_first_not_of('\n') == std::string::npos ? std::string() : out;
}

using Group = std::vector<record::RecordId>;

std::vector<Group> doubles_of(const record::Columns& columns, const record::Sight& sight) {
  std::map<std::pair<place::NodeIndex, std::string>, Group> all;
  record::for_each(columns, sight, {}, [&](const record::RowAt& row, const record::RecordId& id) {
    if (std::string name = called(row); !name.empty()) all[{row.chunk.node[row.row], std::move(name)}].push_back(id);
  });
  std::vector<Group> out;
  for (auto& [name, group] : all)
    if (group.size() > 1) out.push_back(std::move(group));
  std::ranges::sort(out);
  return out;
}

}   // namespace

Result<Reply> register_doubles(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  TRY_ASSIGN(const record::Columns* columns, desk.columns(call.id));
  const std::vector<Group> all = doubles_of(*columns, desk.sight(*columns));
  const auto& view = *picture.view;
  return picture.store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    tables.seen_from(desk);
    Reply reply;
    reply.seq = view.seq;
    JsonWriter out(reply.body);
    out.begin_object().key("items").begin_array();
    std::size_t told = 0;
    for (const Group& group : all) {
      if (told + group.size() > service.limits().record_doubles) break;   // the total tells of the rest
      told += group.size();
      out.begin_array();
      for (const record::RecordId& id : group) {
        const record::Record* record = tables.at(id);
        TRY(tables.status());
        if (!record) continue;
        out.begin_object();
        wire::head(out, desk, columns->kind(), *record);
        out.key("fields");
        wire::fields(out, desk, columns->kind(), *record, tables);
        out.end_object();
      }
      out.end_array();
    }
    TRY(tables.status());
    out.end_array().key("total").value(static_cast<std::int64_t>(all.size())).end_object();
    return reply;
  });
}

}   // namespace gangmu::app
