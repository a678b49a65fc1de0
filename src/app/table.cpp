// SPDX-License-Identifier: Apache-2.0
#include "app/table.hpp"

#include "app/errors.hpp"
#include "app/wire.hpp"
#include "sheet/simulated.hpp"
#include "sheet/xlsx_writer.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view secrecy = "本系统为非涉密系统，严禁存储、处理、传输国家秘密和工作秘密";

Worksheet notes_sheet(const Service& service, const Picture& picture, const Worksheet& main, const SheetNotes& notes) {
  Worksheet sheet;
  sheet.name = "说明";
  sheet.simulated = main.simulated;
  sheet.landscape = false;
  sheet.widths = {18, 80};
  const auto row = [&](std::string name, std::string text) {
    sheet.rows.push_back({RowRole::body, {WorksheetCell(std::move(name)), WorksheetCell(std::move(text))}});
  };
  sheet.rows.push_back({RowRole::header, {"项目", "内容"}});
  row("表", main.name);
  row("方案", picture.programme()["name_zh"].string_or(""));
  row("数据截止", "第 " + std::to_string(picture.view->seq.value) + " 号（" + picture.view->at.text() + "）");
  row("导出时间", service.system().clock.now().text());
  for (const auto& [name, text] : notes) row(name, text);
  if (main.simulated) row("数据性质", std::string(sheet::simulated_mark));
  row("提示", std::string(secrecy));
  return sheet;
}

}   // namespace

WorksheetCell value_cell(const fact::Figure& figure, int decimals) {
  if (figure.entered()) {
    if (figure.cell->value.is_number()) return Decimal(figure.cell->value.units, decimals);
    return figure.cell->value.text(decimals);
  }
  if (!figure.rollup.has_value()) return {};
  const auto shown = Decimal::parse(wire::rollup_text(figure.rollup, decimals));
  return shown ? WorksheetCell(*shown) : WorksheetCell(wire::rollup_text(figure.rollup, decimals));
}

Worksheet table_sheet(const Picture& picture, std::string name, const std::vector<std::string>& headers) {
  Worksheet sheet;
  sheet.name = std::move(name);
  sheet.simulated = picture.synthetic();
  WorksheetRow head{RowRole::header, {}};
  for (const std::string& header : headers) head.cells.emplace_back(header);
  sheet.rows.push_back(std::move(head));
  sheet.frozen_rows = 1;
  sheet.repeat_end = 1;
  return sheet;
}

Result<Reply> workbook_reply(const Service& service, const Picture& picture, std::string file_name, Worksheet main,
                             const SheetNotes& notes) {
  if (const std::size_t rows = main.rows.size(), limit = service.limits().export_rows; rows > limit) {
    return fail(errors::limit_exceeded, {"导出的行数", std::to_string(rows), std::to_string(limit), "rows to export"});
  }
  main.simulated = main.simulated || picture.synthetic();
  Worksheet about = notes_sheet(service, picture, main, notes);
  Reply reply;
  reply.content_type = xlsx_type;
  reply.seq = picture.view->seq;
  reply.download_name = std::move(file_name);
  TRY_ASSIGN(reply.body,
             sheet::write_xlsx(
                 {std::move(main), std::move(about)},
                 {.created = service.system().clock.now(), .creator = "Gangmu 纲目", .footer = std::string(secrecy)}));
  return reply;
}

}   // namespace gangmu::app
