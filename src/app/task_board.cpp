// SPDX-License-Identifier: Apache-2.0
// 完成情况: tasks counted by unit, place or action. Rows stand in the order of the tree or of their names, never of
// their counts: it lists what is left to do and ranks nobody. A task of a village counts for its town.
#include <algorithm>
#include <map>

#include "app/errors.hpp"
#include "app/programme_wire.hpp"
#include "app/table.hpp"
#include "app/task_rows.hpp"
#include "app/tasks.hpp"

namespace gangmu::app {
namespace {

namespace field = plan::task_field;

struct BoardRow {
  std::string key, zh, en;
  plan::LightCounts counts;
};

struct Board {
  std::vector<BoardRow> rows;
  plan::LightCounts all;
};

/// The county or town a task counts for; no_node: one that lies above.
place::NodeIndex place_of(const Picture& picture, const TaskRow& row, place::Level level) {
  const place::Tree& tree = picture.tree();
  place::NodeIndex at = node_of(picture, *row.stored);
  while (at != place::no_node && tree[at].level > level) at = tree.parent(at);
  return at != place::no_node && tree[at].level == level ? at : place::no_node;
}

Board by_place(const Picture& picture, const std::vector<TaskRow>& rows, place::Level level) {
  std::map<place::NodeIndex, plan::LightCounts> counts;   // in the order of the tree; those above last
  Board out;
  for (const TaskRow& row : rows) {
    plan::add_light(counts[place_of(picture, row, level)], row.light);
    plan::add_light(out.all, row.light);
  }
  for (const auto& [node, of] : counts) {
    if (node == place::no_node)
      out.rows.push_back({{}, "以上各级", "above", of});
    else
      out.rows.push_back({picture.tree()[node].code, picture.tree()[node].name_zh, picture.tree()[node].name_en, of});
  }
  return out;
}

Board by_name(const std::vector<TaskRow>& rows, record::FieldId name) {
  std::map<std::string_view, plan::LightCounts> counts;
  Board out;
  for (const TaskRow& row : rows) {
    plan::add_light(out.all, row.light);
    std::vector<std::string_view> names{row.text(name)};
    if (name == field::responsible) names = row.units(name);
    if (names.empty()) names.emplace_back();
    std::ranges::sort(names);
    const auto twice = std::ranges::unique(names);
    names.erase(twice.begin(), twice.end());
    for (const std::string_view one : names) plan::add_light(counts[one], row.light);
  }
  for (const auto& [key, of] : counts) {
    const std::string text(key);
    out.rows.push_back({text, key.empty() ? "未写明" : text, key.empty() ? "none named" : text, of});
  }
  if (!out.rows.empty() && out.rows.front().key.empty()) std::ranges::rotate(out.rows, out.rows.begin() + 1);
  return out;
}

Result<Board> board_of(const Picture& picture, const std::string& by, Date today) {
  const std::vector<TaskRow> rows = task_rows(picture, today);
  if (by == "county") return by_place(picture, rows, place::Level::county);
  if (by == "town") return by_place(picture, rows, place::Level::town);
  if (by == "lead") return by_name(rows, field::lead);
  if (by == "responsible") return by_name(rows, field::responsible);
  if (by == "action") return by_name(rows, field::action);
  return fail(errors::query_malformed, {"by", by, "可选：lead、responsible、county、town、action",
                                        "choose from: lead, responsible, county, town, action"});
}

Result<Reply> workbook(const Service& service, const Picture& picture, const Board& board) {
  Worksheet sheet = table_sheet(picture, "完成情况",
                                {"名称", "任务数", "已销号", "待销号", "已超期", "本周到期", "其他在办", "暂停"});
  const auto row = [&](const std::string& name, const plan::LightCounts& of) {
    const auto cell = [](int n) { return WorksheetCell(Decimal(n, 0)); };
    sheet.rows.push_back({RowRole::body,
                          {name, cell(of.total - of.cancelled), cell(of.closed), cell(of.waiting), cell(of.overdue),
                           cell(of.due_this_week), cell(of.on_course + of.undated), cell(of.paused)}});
  };
  for (const BoardRow& one : board.rows) row(one.zh, one.counts);
  row("合计（不重复计）", board.all);
  return workbook_reply(service, picture, "完成情况.xlsx", std::move(sheet),
                        {{"次序", "按行政区划或名称，不按完成情况；不作排名"},
                         {"任务数", "不含已取消的；一项任务有几个责任单位，各计一次"}});
}

}   // namespace

Result<Reply> task_board(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_tasks));
  const std::string by = call.query_or("by", "lead");
  TRY_ASSIGN(const Board board, board_of(picture, by, service.today()));
  if (call.as_xlsx) return workbook(service, picture, board);
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("by").value(by).key("items").begin_array();
  for (const BoardRow& one : board.rows) {
    out.begin_object().key("key").value(one.key).key("zh").value(one.zh);
    out.key("en").value(one.en.empty() ? one.zh : one.en).key("summary");
    wire::task_summary(out, one.counts);
    out.end_object();
  }
  out.end_array().key("all");
  wire::task_summary(out, board.all);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
