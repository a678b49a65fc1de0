// SPDX-License-Identifier: Apache-2.0
#include "app/sources.hpp"

#include "app/errors.hpp"
#include "app/programme_wire.hpp"
#include "app/table.hpp"

namespace gangmu::app {

Result<Reply> sources(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_public));
  const auto all = picture.view->definitions->list("source");
  if (call.as_xlsx) {
    Worksheet sheet =
        table_sheet(picture, "来源", {"编号", "文件、机构、日期", "年份", "等级", "许可", "网址", "说明"});
    for (const auto* d : all) {
      const auto text = [&](std::string_view field) { return d->body[field].string_or(""); };
      sheet.rows.push_back(
          {RowRole::body,
           {d->id, text("name_zh"), text("years"), text("grade"), text("licence"), text("url"), text("note")}});
    }
    return workbook_reply(service, picture, "sources.xlsx", std::move(sheet), {});
  }
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto* definition : all) wire::source(out, *definition);
  out.end_array().end_object();
  return reply;
}

Result<Reply> source(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_public));
  const auto* definition = picture.view->definitions->latest("source", call.id);
  if (!definition) return fail(errors::unknown_source, {call.id});
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  wire::source(out, *definition);
  return reply;
}

}   // namespace gangmu::app
