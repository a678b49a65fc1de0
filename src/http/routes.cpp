// SPDX-License-Identifier: Apache-2.0
#include "http/routes.hpp"

#include "app/accounts.hpp"
#include "app/assessments.hpp"
#include "app/audit.hpp"
#include "app/home.hpp"
#include "app/files/files.hpp"
#include "app/imports.hpp"
#include "app/my_account.hpp"
#include "app/observations.hpp"
#include "app/operations.hpp"
#include "app/places.hpp"
#include "app/programmes.hpp"
#include "app/records/proposals.hpp"
#include "app/records/merges.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/registers.hpp"
#include "app/records/views.hpp"
#include "app/nudges.hpp"
#include "app/todo.hpp"
#include "app/service.hpp"
#include "app/sessions.hpp"
#include "app/sources.hpp"
#include "app/tasks.hpp"
#include "app/unmask.hpp"

namespace gangmu::http {
namespace {

using enum app::Permission;
using Type = ParameterType;

constexpr std::size_t form_bytes = 64 * 1024;
constexpr std::size_t answers_bytes = 1024 * 1024;
constexpr std::int64_t columns_bytes = 3000;

Parameter text_of(std::string_view name, std::string_view zh, std::string_view en, bool required = false) {
  return {.name = name, .type = Type::text, .zh = zh, .en = en, .required = required};
}
Parameter choice(std::string_view name, std::vector<std::string_view> choices, std::string_view zh,
                 std::string_view en) {
  return {.name = name, .type = Type::choice, .zh = zh, .en = en, .choices = std::move(choices)};
}
Parameter indicator(bool required) { return text_of("indicator", "指标代码", "code of the indicator", required); }
Parameter period(bool required) {
  return {.name = "period", .type = Type::period, .zh = "时期", .en = "period", .required = required};
}
Parameter code(std::string_view name, std::string_view zh, std::string_view en, bool required = false) {
  return {.name = name, .type = Type::code, .zh = zh, .en = en, .required = required};
}
Parameter level() {
  return choice("level", {"province", "city", "county", "town", "village"}, "只要这一级", "only this level");
}
Parameter min_seq() {
  return {.name = "min_seq",
          .type = Type::integer,
          .zh = "至少读到第几号（最多等 2 秒）",
          .en = "wait (2 s at most) until at least this seq is seen",
          .least = 0,
          .most = INT64_MAX};
}

/// Figures as a reader of an earlier day saw them.
Parameter as_known() {
  return text_of("as_known", "按某日所知：日期（当日结束时）或序号", "as known at: a date (its end) or a seq");
}

/// All periods told of the places of one day.
Parameter frame() {
  return text_of("frame", "各期都按哪一天的版图：today 或日期；不写则各期按当期版图",
                 "all periods under the frame of which day: today or a date; each under its own unless told");
}

std::vector<Parameter> reading(std::vector<Parameter> own = {}) {
  own.push_back(min_seq());
  return own;
}
std::vector<Parameter> paged(std::vector<Parameter> own = {}) {
  own.push_back({.name = "limit",
                 .type = Type::integer,
                 .zh = "每页多少，默认 50",
                 .en = "rows a page, 50 unless told",
                 .least = 1,
                 .most = 500});
  own.push_back(text_of("cursor", "上一页给出的 next", "`next` of the page before"));
  return reading(std::move(own));
}

std::vector<Parameter> task_filters() {
  return paged({choice("view", {"all", "open", "week", "overdue", "waiting", "closed"}, "哪些任务", "which tasks"),
                text_of("lead", "牵头单位", "lead unit"),
                text_of("responsible", "责任单位", "responsible unit"),
                text_of("action", "行动", "action"),
                {.name = "due_before", .type = Type::date, .zh = "此日（含）前到期", .en = "due on or before this day"},
                text_of("q", "查找文字", "text to find"),
                text_of("import", "只要这次导入的", "only those of this import"),
                text_of("under", "地区代码：该地区及以下的", "code of a place: of it and below")});
}

Route write(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
            std::string_view zh, std::string_view en, std::string_view body_schema, std::string_view answer) {
  return {.operation = operation,
          .kind = RouteKind::write,
          .path = path,
          .use_case = use_case,
          .permission = permission,
          .zh = zh,
          .en = en,
          .answer = answer,
          .body = BodyKind::json,
          .body_schema = body_schema,
          .body_bytes = form_bytes};
}
/// A change of one task: carries If-Match and gives the task back.
Route task_edit(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
                std::string_view zh, std::string_view en, std::string_view body_schema) {
  Route out = write(operation, path, use_case, permission, zh, en, body_schema, "TaskChanged");
  out.edits = true;
  return out;
}
Route read(std::string_view operation, std::string_view path, UseCase use_case, app::Permission permission,
           std::string_view zh, std::string_view en, std::string_view answer, std::vector<Parameter> query = {}) {
  return {.operation = operation,
          .path = path,
          .use_case = use_case,
          .permission = permission,
          .zh = zh,
          .en = en,
          .answer = answer,
          .query = std::move(query)};
}
Route table(Route route) {
  route.table = true;
  return route;
}
Route in_lane(Lane lane, Route route) {
  route.lane = lane;
  return route;
}

void add_house(std::vector<Route>& out) {
  out.push_back(
      read("version", "/api/v1/version", app::version, read_public, "程序版本", "the program's version", "Version"));
  out.push_back(read("health", "/api/v1/health", app::health, read_public, "运行状况：能否写入，各方案读到第几号",
                     "how the server is: whether it writes, the seq of each programme", "Health"));
  out.push_back({.operation = "openapi",
                 .kind = RouteKind::own,
                 .path = "/api/v1/openapi.json",
                 .permission = read_public,
                 .zh = "接口说明（OpenAPI 3.1）",
                 .en = "this description (OpenAPI 3.1)",
                 .answer = "application/json"});
  out.push_back({.operation = "metrics",
                 .kind = RouteKind::own,
                 .path = "/metrics",
                 .permission = read_public,
                 .zh = "监控数据（Prometheus 文本格式）",
                 .en = "counters for monitoring (Prometheus text format)",
                 .answer = "text/plain"});
  out.push_back(read("programmes", "/api/v1/programmes", app::programmes, read_public, "本机提供的方案",
                     "programmes served here", "ProgrammeList"));
}

void add_places(std::vector<Route>& out) {
  out.push_back(read("home", "/api/v1/{p}/home", app::home, read_figures, "首页：阶段、县卡片、任务数、示意图",
                     "the first page: phases, county cards, task counts, tile map", "Home",
                     reading({indicator(false), period(false),
                              choice("level", {"county", "town", "village"}, "示意图的级别，默认为下一级",
                                     "level of the map; the one below the reader's place unless told")})));
  out.push_back(
      table(read("places", "/api/v1/{p}/places", app::places, read_public, "查找地区：汉字、拼音、首字母、代码",
                 "find places by Chinese, pinyin, initials or code", "PlaceList",
                 paged({text_of("q", "查找文字", "text to find"), level(),
                        code("under", "只要此地之下的", "only below this place")}))));
  out.push_back(table(read("place", "/api/v1/{p}/places/{code}", app::place, read_figures, "县镇村画像",
                           "the profile of a place", "Profile", reading({as_known(), frame()}))));
}

void add_figures(std::vector<Route>& out) {
  out.push_back(table(read("indicators", "/api/v1/{p}/indicators", app::indicators, read_public, "指标", "indicators",
                           "IndicatorList", reading())));
  out.push_back(
      table(read("observations", "/api/v1/{p}/observations", app::observations, read_figures, "一个指标一期各地的数",
                 "figures of an indicator and period, place by place", "ObservationList",
                 paged({indicator(true), period(false), code("under", "此地及其下级", "this place and those below"),
                        level(), as_known(), frame()}))));
  out.push_back(read("explain_observation", "/api/v1/{p}/observations/explain", app::explain_observation, read_figures,
                     "这个数从哪来：口径、来源、历次修订、由哪些数加成",
                     "where a figure comes from: definition, source, revisions, what it adds up from", "Explanation",
                     reading({code("place", "地区代码", "code of the place", true), indicator(true), period(true),
                              as_known(), frame()})));
  out.push_back(table(read("sources", "/api/v1/{p}/sources", app::sources, read_public, "数据来源", "sources",
                           "SourceList", reading())));
  out.push_back(read("source", "/api/v1/{p}/sources/{id}", app::source, read_public, "一个来源", "one source", "Source",
                     reading()));
}

void add_tasks(std::vector<Route>& out) {
  out.push_back(table(read("tasks", "/api/v1/{p}/tasks", app::tasks, read_tasks, "任务台账", "the task register",
                           "TaskList", task_filters())));
  out.push_back(read("task", "/api/v1/{p}/tasks/{id}", app::task, read_tasks, "一项任务与经过，经过从最近的一页起",
                     "a task and its history, its latest page first", "TaskDetail", paged()));
  out.push_back(task_edit("report_progress", "/api/v1/{p}/tasks/{id}/progress", app::report_progress, report_progress,
                          "填报进展", "report progress", "ProgressReport"));
  out.push_back(task_edit("request_close", "/api/v1/{p}/tasks/{id}/request-close", app::request_close, report_progress,
                          "申请销号", "ask for the task to be closed", "Statement"));
  out.push_back(task_edit("close_task", "/api/v1/{p}/tasks/{id}/close", app::close_task, close_tasks, "销号",
                          "close a task", "Closing"));
  out.push_back(task_edit("return_task", "/api/v1/{p}/tasks/{id}/return", app::return_task, close_tasks, "退回销号申请",
                          "send a request to close back", "Reason"));
  out.push_back(task_edit("reopen_task", "/api/v1/{p}/tasks/{id}/reopen", app::reopen_task, close_tasks, "重新打开",
                          "open a closed task again", "Reason"));
  out.push_back(read("task_file", "/api/v1/{p}/tasks/{id}/files/{sub_id}", app::task_file, read_tasks, "任务的一份佐证",
                     "a file of a task, by the digest the task names", "application/octet-stream"));
  out.push_back(
      task_edit("step_task", "/api/v1/{p}/tasks/{id}/steps/{sub_id}", app::step_task, report_progress,
                "承办单位的步骤：receive 签收、object 异议、ask_change 申请延期或调整、request_close 申请销号",
                "steps of the unit: receive, object, ask_change, request_close", "RecordWish"));
  out.push_back(task_edit("rule_task", "/api/v1/{p}/tasks/{id}/rulings/{sub_id}", app::rule_task, close_tasks,
                          "办公室的裁定：uphold、overrule 异议是否成立，grant_change、refuse_change 是否同意调整，"
                          "transfer 转办，carry_over 结转，make_lasting 转常态化，pause 暂停，cancel 取消",
                          "rulings of the office: uphold, overrule, grant_change, refuse_change, transfer, carry_over, "
                          "make_lasting, pause, cancel",
                          "RecordWish"));
  out.push_back(write("hand_out_tasks", "/api/v1/{p}/tasks", app::hand_out_tasks, hand_out_tasks,
                      "下达任务，或把一项任务分解到地区和单位：全部写入，或一项不写",
                      "hand tasks out, or break one down to places and units: all of them or none", "HandedOut",
                      "TasksHandedOut"));
  out.push_back(
      table(read("task_board", "/api/v1/{p}/task-board", app::task_board, read_tasks,
                 "完成情况：按单位、县、镇或行动各有多少任务、办到哪一步；不排名，不列到村",
                 "how far tasks are, by unit, county, town or action: no ranks, no villages", "TaskBoard",
                 reading({choice("by", {"lead", "responsible", "county", "town", "action"}, "按什么列", "by what")}))));
  out.push_back(read("task_kind", "/api/v1/{p}/task-kind", app::task_kind_declared, read_tasks,
                     "任务的栏目、状态和步骤", "fields, states and steps of tasks", "Register"));
  out.push_back(write("nudge_task", "/api/v1/{p}/tasks/{id}/nudge", app::nudge_task, nudge,
                      "催办：只催过了时限的，一件一天一次", "nudge: only what is past its day, one matter once a day",
                      "NudgeWords", "Nudged"));
  out.push_back(write("see_persons", "/api/v1/{p}/tasks/{id}/persons", app::see_persons, see_persons,
                      "查看任务中的个人信息：写明事由，先记后看",
                      "see the persons of a task: for a reason, which is written down first", "Reason", "TaskPersons"));
}

void add_registers(std::vector<Route>& out) {
  out.push_back(
      read("todo", "/api/v1/{p}/todo", app::todo, read_records,
           "待办：要报进展、被退回、等您销号的任务；有时限在走、该您办的和时限到点告知您的记录；先到期的在前",
           "what waits for you: tasks to report on, sent back or to be closed; records where a clock runs and "
           "a step is yours, or a clock told you; the first due first",
           "Todo", paged({text_of("kind", "只要这个台账的；任务为 task", "only of this register; task: tasks")})));
  out.push_back(read("registers", "/api/v1/{p}/registers", app::registers, read_records,
                     "台账一览：启用的；能启用的人看到全部", "registers: the open ones; all for who may open them",
                     "RegisterList", reading()));
  out.push_back(read("register_kind", "/api/v1/{p}/registers/{id}", app::register_kind, read_records,
                     "一个台账的登记项、状态、步骤", "fields, states and steps of a register", "Register", reading()));
  out.push_back(write("open_register", "/api/v1/{p}/registers/{id}/open", app::open_register, open_registers,
                      "启用台账：写明主管单位和目录编号", "open a register, with its owner and list number",
                      "RegisterOpening", "Changed"));
  out.push_back(write("close_register", "/api/v1/{p}/registers/{id}/close", app::close_register, open_registers,
                      "停用台账；记录保留", "close a register; its records stay", "Nothing", "Changed"));
  out.push_back(table(read(
      "records", "/api/v1/{p}/registers/{id}/records", app::records, read_records, "一个台账的记录",
      "records of a register", "RecordList",
      paged({code("place", "此地及其下级", "this place and those below"),
             text_of("state", "状态，多个以 | 分隔", "states, several with |"),
             text_of("where", "字段=值，多值以 | 分隔，多个条件以 ; 分隔；值为空表示未填",
                     "field=value, several values with |, several conditions with ;; no value: not filled in"),
             {.name = "due_before", .type = Type::date, .zh = "此日（含）前到期", .en = "due on or before this day"},
             text_of("q", "查找编号和标题", "text to find in numbers and titles"),
             text_of("order", "次序：number、due、changed 或字段名，前加 - 为倒序",
                     "order: number, due, changed or a field; - in front turns it round"),
             choice("void", {"true"}, "只列作废的（能启用台账的人可用；按地址排，不能筛选）",
                    "those that are void (for who may open registers; by address, without filters)")}))));
  out.push_back(in_lane(
      Lane::dear, read("register_doubles", "/api/v1/{p}/registers/{id}/doubles", app::register_doubles, read_records,
                       "可能重复的记录：名称、地区相同",
                       "records that may be doubles: called the same at the same place", "RecordDoubles", reading())));
  out.push_back(read("register_views", "/api/v1/{p}/registers/{id}/views", app::register_views, read_records,
                     "台账的视图：自己的、本单位的、所有人的",
                     "views of a register: one's own, one's office's, everyone's", "RegisterViews", reading()));
  out.push_back(write("keep_register_view", "/api/v1/{p}/registers/{id}/views", app::keep_register_view, read_records,
                      "保存视图：名称、条件（地址中的参数）、给谁用；自己的同名视图被替换",
                      "keep a view: its name, conditions (the parameters of the address), and who may use it; one of "
                      "the same name of one's own is replaced",
                      "RegisterViewWish", "RecordChanged"));
  out.push_back(write("drop_register_view", "/api/v1/{p}/registers/{id}/views/{sub_id}/drop", app::drop_register_view,
                      read_records, "删除视图：自己的；给所有人用的，能启用台账的人也可以",
                      "drop a view: one's own; one for everyone also by who may open registers", "Nothing",
                      "RecordChanged"));
  out.push_back(write("create_record", "/api/v1/{p}/registers/{id}/records", app::create_record, write_records,
                      "登记一条记录", "enter a record", "RecordWish", "RecordChanged"));
  out.back().success = 201;
  out.push_back(read("record", "/api/v1/{p}/records/{id}", app::record_detail, read_records,
                     "一条记录、您现在能做什么、经过（从最近的一页起）；已并入别的记录的，答的是那一条",
                     "a record, what you may do now, its history (latest page first); of one that was merged the "
                     "other one",
                     "RecordDetail",
                     paged({choice("as_kept", {"true"}, "已并入的记录本身：并入之前的内容和经过",
                                   "the merged record itself: what it said, and its history")})));
  const auto edit = [&](std::string_view operation, std::string_view path, UseCase use_case, std::string_view zh,
                        std::string_view en) {
    out.push_back(write(operation, path, use_case, write_records, zh, en, "RecordWish", "RecordChanged"));
    out.back().edits = true;
  };
  edit("edit_record", "/api/v1/{p}/records/{id}/edit", app::edit_record, "修改记录", "edit a record");
  out.push_back(
      write("merge_record", "/api/v1/{p}/records/{id}/merge", app::merge_record, write_records,
            "合并重复登记：这一条并入另一条（into，并写其序号 into_seq）；每个字段可选取哪一边，不选的保留另一条的、"
            "缺的补上；写明理由",
            "merge doubles: this record goes into another (into, with its seq as into_seq); each field may be "
            "taken of either side, else the other's stays and what it lacks is filled; for a reason",
            "RecordMerge", "RecordChanged"));
  out.back().edits = true;
  out.push_back(write("undo_merge", "/api/v1/{p}/records/{id}/merge/undo", app::undo_merge, write_records,
                      "撤销合并：并入的一条恢复，另一条退回从它取的内容（之后别人改过的除外）；写明理由",
                      "undo a merge: the merged record is back, the other gives back what it took over, but for what "
                      "was changed since; for a reason",
                      "Reason", "MergeUndone"));
  out.back().edits = true;
  edit("step_record", "/api/v1/{p}/records/{id}/steps/{sub_id}", app::step_record, "办理一步", "take a step");
  out.push_back(Route{
      .operation = "upload_file",
      .kind = RouteKind::write,
      .path = "/api/v1/{p}/files",
      .use_case = app::upload_file,
      .permission = write_records,
      .zh = "上传一份佐证（jpg、png、pdf、xlsx、docx），七天内填入记录；照片里的拍摄信息不保留，扫描件不识别密级标志",
      .en = "upload evidence (jpg, png, pdf, xlsx, docx) for a record to name within 7 days; what a "
            "camera wrote beside a picture is not kept, scans are not read for secrecy marks",
      .answer = "UploadedFile",
      .query = {text_of("name", "文件名", "name of the file")},
      .body = BodyKind::file,
      .body_bytes = app::Limits{}.file_bytes,
      .success = 201});
  out.push_back(read("record_file", "/api/v1/{p}/records/{id}/files/{sub_id}", app::record_file, read_records,
                     "记录的一份佐证，摘要见记录", "a file of a record, by the digest the record names",
                     "application/octet-stream"));
  out.push_back(write("see_record_file", "/api/v1/{p}/records/{id}/files/{sub_id}", app::see_record_file, see_persons,
                      "查看属于个人信息的佐证：写明事由，先记后看",
                      "see a file that is personal: for a reason, which is written down first", "Reason",
                      "application/octet-stream"));
  edit("extend_record", "/api/v1/{p}/records/{id}/extend/{sub_id}", app::extend_record,
       "延长一个时限（以时限名结尾）：写明理由，不超过规定的次数和天数",
       "give a clock, named last, more time: for a reason, within its limit");
  out.push_back(write("record_way_out", "/api/v1/{p}/records/{id}/out/{sub_id}", app::record_way_out, open_registers,
                      "流程之外的办法，写明理由：correct 更正、reopen 重开、move 移交到另一状态（写 state）、migrate "
                      "换到现行版本、void 作废、restore 恢复",
                      "ways out of the flow, for a reason: correct, reopen, move (to a state), migrate (to the present "
                      "version), void, restore",
                      "RecordWayOut", "RecordChanged"));
  out.back().edits = true;
  out.push_back(write("nudge_record", "/api/v1/{p}/records/{id}/nudge", app::nudge_record, nudge,
                      "催办：只催过了时限的，一件一天一次", "nudge: only what is past its due, one matter once a day",
                      "NudgeWords", "Nudged"));
  out.push_back(write("see_record_persons", "/api/v1/{p}/records/{id}/persons", app::see_record_persons, see_persons,
                      "查看记录中的个人信息：写明事由，先记后看",
                      "see the persons of a record: for a reason, which is written down first", "RecordWish",
                      "RecordPersons"));
}

/// An office's sheet for a register, its bytes in the body.
Route sheet_route(std::string_view operation, std::string_view path, UseCase use_case, std::string_view zh,
                  std::string_view en, std::string_view answer, std::vector<Parameter> own = {}) {
  Parameter columns =
      text_of("columns", "更正各列：列:字段，如 B:name;C:（留空为不导入）；id、seq、no 为地址、序号、编号",
              "columns put right: column:field, as B:name;C: (nothing: left out); id, seq, no: address, "
              "seq, number");
  columns.most = columns_bytes;
  Parameter choices =
      text_of("choices",
              "逐处取舍：行:字段=held（留在账）、行:字段=sheet（用表中）、行=left 或 行-行=left（不导入），以 "
              "; 分隔",
              "what was said of single cells and rows: row:field=held (what is held stays), "
              "row:field=sheet, row=left or row-row=left (left alone), with ; between");
  choices.most = columns_bytes;
  own.insert(own.begin(),
             {text_of("name", "文件名", "name of the file", true), text_of("sheet", "工作表名", "sheet to read"),
              choice("mode", {"both", "add", "update"}, "新增并更新（默认）、只新增、只更新",
                     "add and update (unless told), add only, update only"),
              choice("clash", {"ask", "held", "sheet"}, "双方都改过的格子：列出并拒绝（默认）、保留现值、以表为准",
                     "cells both sides edited: told and refused (unless told), what is held stays, the sheet "
                     "holds"),
              std::move(columns), std::move(choices)});
  return in_lane(Lane::dear, Route{.operation = operation,
                                   .kind = RouteKind::write,
                                   .path = path,
                                   .use_case = use_case,
                                   .permission = write_records,
                                   .zh = zh,
                                   .en = en,
                                   .answer = answer,
                                   .query = std::move(own),
                                   .body = BodyKind::file,
                                   .body_bytes = app::Limits{}.import_bytes});
}

void add_register_imports(std::vector<Route>& out) {
  out.push_back(
      in_lane(Lane::dear, Route{.operation = "propose_register",
                                .kind = RouteKind::write,
                                .path = "/api/v1/{p}/registers/proposals",
                                .use_case = app::propose_register,
                                .permission = open_registers,
                                .zh = "台账进：按一份工作簿（xlsx、csv）提出台账类型；不写入，不保存",
                                .en = "a kind proposed from a workbook (xlsx, csv); nothing is written or kept",
                                .answer = "RegisterProposal",
                                .query = {text_of("name", "文件名", "name of the file", true),
                                          text_of("sheet", "工作表名", "sheet to read")},
                                .body = BodyKind::file,
                                .body_bytes = app::Limits{}.import_bytes}));
  out.push_back(write("publish_register", "/api/v1/{p}/registers", app::publish_register, open_registers,
                      "发布台账类型（新的，或下一版）；写明主管单位和目录编号的同时启用；收窄的写 map，记录随之改写",
                      "publish a kind, new or the next version; opened with it when owner and list number are given; "
                      "one that narrows has a map, by which records go along",
                      "RegisterPublishing", "RegisterPublished"));
  out.back().body_bytes = answers_bytes;
  out.back().success = 201;
  out.back().lane = Lane::dear;
  out.push_back(in_lane(
      Lane::dear, write("check_register", "/api/v1/{p}/registers/{id}/check", app::check_register, open_registers,
                        "试发布：与上一版有何不同、哪些记录新版本放不下、在 map 里写什么；不写入",
                        "publishing as a dry run: what differs, which records the new version can't hold and what to "
                        "write in map; nothing is written",
                        "RegisterPublishing", "RegisterCheck")));
  out.back().body_bytes = answers_bytes;
  out.push_back(sheet_route("preview_register_import", "/api/v1/{p}/registers/{id}/imports/preview",
                            app::preview_register_import, "表格（xlsx、csv）与台账的差异：新增、改动、错误；不写入",
                            "what a sheet (xlsx, csv) would do to a register: new, changed, faults; nothing is written",
                            "RegisterImportPreview"));
  out.push_back(
      sheet_route("confirm_register_import", "/api/v1/{p}/registers/{id}/imports", app::confirm_register_import,
                  "导入：再传同一份文件，带上预览给出的摘要和序号；全部写入，或一行不写",
                  "import: the same file again, with the digest and seq of the preview; all rows go in, or none",
                  "RegisterImported",
                  {text_of("digest", "预览给出的文件摘要", "digest of the file, as the preview gave it", true),
                   {.name = "seq",
                    .type = Type::integer,
                    .zh = "预览给出的序号",
                    .en = "seq of the preview",
                    .least = 1,
                    .most = INT64_MAX,
                    .required = true}}));
  out.back().success = 201;
  out.push_back(read("register_imports", "/api/v1/{p}/registers/{id}/imports", app::register_imports, write_records,
                     "台账的导入记录，新的在前", "imports into a register, the newest first", "RegisterImportList",
                     reading()));
  out.push_back(in_lane(
      Lane::dear,
      write("undo_register_import", "/api/v1/{p}/registers/{id}/imports/{sub_id}/undo", app::undo_register_import,
            write_records, "撤销导入：改动的改回、新增的作废；之后又有改动的先列出，写明理由方可一并撤销",
            "undo an import: changes are set back, what it made is void; what was changed "
            "since is listed first and goes along for a reason only",
            "UndoRegisterImport", "RegisterImportUndone")));
}

void add_imports(std::vector<Route>& out) {
  out.push_back(table(read("imports", "/api/v1/{p}/imports", app::imports, import_tasks, "台账导入记录",
                           "imports of ledgers", "ImportList", reading())));
  out.push_back(read("import_batch", "/api/v1/{p}/imports/{id}", app::import_batch, import_tasks,
                     "一次导入：逐行读到了什么、要确认什么", "an import: what was read row by row, what is asked back",
                     "Import", reading()));
  out.push_back(read("import_rows", "/api/v1/{p}/imports/{id}/rows", app::import_rows, import_tasks, "读到的行，分页",
                     "rows as they were read, by pages", "ImportRows", paged()));
  out.push_back(read("import_skipped", "/api/v1/{p}/imports/{id}/skipped", app::import_skipped, import_tasks,
                     "未作任务的行，分页", "rows that are no tasks, by pages", "SkippedRows", paged()));
  out.push_back(read("import_questions", "/api/v1/{p}/imports/{id}/questions", app::import_questions, import_tasks,
                     "要确认的问题，分页", "questions back, by pages", "Questions", paged()));
  out.push_back(read("import_notes", "/api/v1/{p}/imports/{id}/notes", app::import_notes, import_tasks, "提示，分页",
                     "notes, by pages", "ImportNotes", paged()));
  out.push_back(in_lane(Lane::dear, Route{.operation = "read_import",
                                          .kind = RouteKind::write,
                                          .path = "/api/v1/{p}/imports",
                                          .use_case = app::read_import,
                                          .permission = import_tasks,
                                          .zh = "读入台账文件（xlsx、csv），不改动任务",
                                          .en = "read a ledger file (xlsx, csv); no task changes yet",
                                          .answer = "Import",
                                          .query = {text_of("name", "文件名", "name of the file", true),
                                                    text_of("sheet", "工作表名", "sheet to read")},
                                          .body = BodyKind::file,
                                          .body_bytes = app::Limits{}.import_bytes,
                                          .success = 201}));
  out.push_back(in_lane(Lane::dear, write("answer_import", "/api/v1/{p}/imports/{id}/answers", app::answer_import,
                                          import_tasks, "答复要确认的问题，重新读一遍",
                                          "answer questions; the file is read again", "Answers", "Import")));
  out.back().body_bytes = answers_bytes;
  out.push_back(in_lane(Lane::dear, write("confirm_import", "/api/v1/{p}/imports/{id}/confirm", app::confirm_import,
                                          import_tasks, "确认导入：全部写入，或一行不写",
                                          "confirm: all rows go in, or none", "Confirmation", "ImportChanged")));
  out.back().body_bytes = answers_bytes;
  out.push_back(write("discard_import", "/api/v1/{p}/imports/{id}/discard", app::discard_import, import_tasks,
                      "放弃尚未确认的导入，文件随之销毁", "discard an import not yet confirmed; its file is destroyed",
                      "Nothing", "Discarded"));
  out.push_back(in_lane(Lane::dear, write("undo_import", "/api/v1/{p}/imports/{id}/undo", app::undo_import,
                                          import_tasks, "撤销这次导入；确认后有改动的任务，写明理由方可一并撤销",
                                          "undo the import; tasks worked on since go with it for a reason only",
                                          "UndoImport", "ImportChanged")));
}

Parameter within(std::string_view name, std::int64_t least, std::int64_t most, std::string_view zh,
                 std::string_view en) {
  return {.name = name, .type = Type::integer, .zh = zh, .en = en, .least = least, .most = most};
}

void add_stress_tests(std::vector<Route>& out) {
  const Parameter seed = within("seed", 1, 1'000'000, "随机种子，默认 1", "seed, 1 unless told");
  const Parameter of_class = text_of("class", "哪一类，默认第一类", "which class, the first unless told");
  out.push_back(in_lane(
      Lane::dear,
      table(read(
          "robustness", "/api/v1/{p}/assessments/{id}/robustness", app::robustness, read_assessments,
          "稳健性检验：名次区间、分不出先后的档、名次分布、两两相比",
          "how far ranks hang on choices: intervals, bands, histograms, duels", "Robustness",
          reading(
              {of_class,
               within("runs", 100, app::Limits{}.robustness_runs, "重算几遍，默认 1000", "runs, 1000 unless told"),
               seed,
               code("place", "单说这一地（它的分类优先）", "and this place in words (its class goes before `class`)"),
               within("around", 0, 10, "与前后各几个单位相比，默认 2", "neighbours on each side, 2 unless told")})))));
  out.push_back(
      in_lane(Lane::dear,
              read("sensitivity", "/api/v1/{p}/assessments/{id}/sensitivity", app::sensitivity, read_assessments,
                   "名次的变动主要来自什么；去掉一项指标会怎样；指标之间是否重复或相抵",
                   "what the ranks hang on, what leaving one indicator out does, indicators that repeat or contradict",
                   "Sensitivity",
                   reading({within("base", 16, 1024, "基本样本数，默认 256", "base sample, 256 unless told"), seed,
                            code("place", "也说这一地", "and of this place")}))));
  out.push_back(in_lane(
      Lane::dear,
      table(read(
          "what_if", "/api/v1/{p}/assessments/{id}/what-if", app::what_if, read_assessments,
          "权重试算：换一个节点之下的权重重新排名，什么也不保存；只用于模拟数据",
          "other weights below one node tried, and the ranks; nothing is kept; synthetic programmes only", "WhatIf",
          reading({of_class, text_of("node", "节点编号，默认总分", "id of the node, the total unless told"),
                   text_of("weights", "编号:权重，逗号分开；不写的照原权重；合计不必是 100",
                           "id:weight, with commas between; what is not named keeps its own; any sum will do")})))));
}

void add_assessments(std::vector<Route>& out) {
  out.push_back(table(read("schemes", "/api/v1/{p}/schemes", app::schemes, read_assessments, "考核方案", "schemes",
                           "SchemeList", reading())));
  out.push_back(table(read("assessments", "/api/v1/{p}/assessments", app::assessments, read_assessments, "历次得分",
                           "assessments made", "AssessmentList", reading())));
  out.push_back(
      in_lane(Lane::dear, write("run_assessment", "/api/v1/{p}/assessments", app::run_assessment, run_assessments,
                                "计算得分", "make an assessment", "RunAssessment", "AssessmentMade")));
  out.back().success = 201;
  out.push_back(table(read("assessment", "/api/v1/{p}/assessments/{id}", app::assessment, read_assessments,
                           "一次得分与排名", "an assessment with scores and ranks", "Assessment",
                           reading({text_of("class", "只要这一类", "only this class")}))));
  out.push_back(table(read("explain_assessment", "/api/v1/{p}/assessments/{id}/places/{code}", app::explain_assessment,
                           read_assessments, "得分说明：得分、扣在哪、差多少、谁归口、下一步",
                           "a score explained, in plain words first", "ScoreExplanation", reading())));
  out.push_back(in_lane(
      Lane::dear, read("lift", "/api/v1/{p}/assessments/{id}/places/{code}/lift", app::lift, read_assessments,
                       "再进几位：怎样最省", "what would lift the place by some ranks, least effort first", "Lift",
                       reading({within("ranks", 1, 20, "进几位，默认 1", "by how many ranks, 1 unless told")}))));
  add_stress_tests(out);
}

void add_own_account(std::vector<Route>& out) {
  out.push_back(read("session", "/api/v1/{p}/session", app::session, sign_in, "我是谁、能做什么",
                     "who I am here, and what I may", "SessionState", reading()));
  out.push_back(
      in_lane(Lane::sign_in, write("sign_in", "/api/v1/{p}/session", app::sign_in, sign_in, "登录；会话放在 Cookie 中",
                                   "sign in; the session comes as a cookie", "SignIn", "SignedIn")));
  out.push_back(in_lane(
      Lane::sign_in,
      write("first_sign_in", "/api/v1/{p}/session/first", app::first_sign_in, sign_in, "首次登录：用一次性口令设置口令",
            "the first sign-in: a one-time code, and a password of one's own", "FirstSignIn", "SignedIn")));
  out.push_back(
      in_lane(Lane::provider, write("begin_provider_sign_in", "/api/v1/{p}/session/provider",
                                    app::begin_provider_sign_in, sign_in, "统一登录：取得去往登录服务的地址",
                                    "through the provider: where the browser goes", "Nothing", "ProviderBegun")));
  out.push_back(in_lane(Lane::provider, write("provider_sign_in", "/api/v1/{p}/session/provider/finish",
                                              app::provider_sign_in, sign_in, "统一登录：从登录服务回来",
                                              "through the provider: the way back", "ProviderAnswer", "SignedIn")));
  out.push_back(write("sign_out", "/api/v1/{p}/session/end", app::sign_out, own_account, "退出登录", "sign out",
                      "Nothing", "Changed"));
  out.push_back(read("my_account", "/api/v1/{p}/account", app::my_account, own_account, "本人账户、授权和会话",
                     "one's own account, grants and sessions", "MyAccount", reading()));
  out.push_back(write("see_told", "/api/v1/{p}/account/told", app::see_told, own_account,
                      "已看过管理员对本账户所做的事", "what administrators did to one's account was seen", "Nothing",
                      "Changed"));
  out.push_back(in_lane(Lane::sign_in,
                        write("change_password", "/api/v1/{p}/account/password", app::change_password, own_account,
                              "改口令；换新令牌，其他会话随之结束",
                              "a new password: a new token, and the other sessions end", "PasswordChange", "Changed")));
  out.push_back(
      in_lane(Lane::sign_in, write("begin_second_factor", "/api/v1/{p}/account/second-factor", app::begin_second_factor,
                                   own_account, "领取验证器密钥；换验证器须先给出旧的验证码",
                                   "a key for the authenticator; a code of the old one first, where there is one",
                                   "SecondFactorWish", "SecondFactorKey")));
  out.push_back(write("confirm_second_factor", "/api/v1/{p}/account/second-factor/confirm", app::confirm_second_factor,
                      own_account, "用第一个验证码启用；换新令牌", "turn it on with its first code; a new token",
                      "CodeProof", "Changed"));
  out.push_back(read("stand_ins", "/api/v1/{p}/account/stand-ins", app::stand_ins, act_on_behalf,
                     "可以代办的账户；代办时每个请求带 Gangmu-On-Behalf-Of",
                     "accounts one may act on behalf of, with the header Gangmu-On-Behalf-Of", "StandInList",
                     reading()));
  out.push_back(write("end_my_session", "/api/v1/{p}/account/sessions/end", app::end_my_session, own_account,
                      "结束本人在别处的会话", "end a session of one's own elsewhere", "SessionNamed", "Changed"));
}

void add_administration(std::vector<Route>& out) {
  const auto change = [&](std::string_view operation, std::string_view path, UseCase use_case,
                          app::Permission permission, std::string_view zh, std::string_view en, std::string_view body) {
    out.push_back(write(operation, path, use_case, permission, zh, en, body, "AccountChanged"));
  };
  out.push_back(read("roles", "/api/v1/{p}/roles", app::roles, read_public, "角色与权限表", "the table of roles",
                     "RoleTable", reading()));
  out.push_back(read("accounts", "/api/v1/{p}/accounts", app::accounts, manage_accounts, "账户", "accounts",
                     "AccountList", paged()));
  change("create_account", "/api/v1/{p}/accounts", app::create_account, manage_accounts, "新建账户，得到一次性口令",
         "a new account, with a one-time code", "NewAccount");
  out.back().success = 201;
  change("reset_account", "/api/v1/{p}/accounts/{id}/reset", app::reset_account, manage_accounts,
         "重置：口令作废，另发一次性口令；授权待安全管理员确认",
         "reset: the password is void, a new one-time code; the grants wait for the security administrator",
         "ResetWish");
  change("disable_account", "/api/v1/{p}/accounts/{id}/disable", app::disable_account, manage_accounts, "停用",
         "disable", "Nothing");
  change("enable_account", "/api/v1/{p}/accounts/{id}/enable", app::enable_account, manage_accounts, "重新启用",
         "enable again", "Nothing");
  change("end_account_sessions", "/api/v1/{p}/accounts/{id}/sign-out", app::end_account_sessions, manage_accounts,
         "结束其全部会话", "end all its sessions", "Nothing");
  out.push_back(read("granted", "/api/v1/{p}/grants", app::granted, manage_grants, "各账户的授权",
                     "what accounts are granted", "AccountList", paged()));
  change("give_grant", "/api/v1/{p}/accounts/{id}/grants", app::give_grant, manage_grants, "授权；其会话随之结束",
         "give a grant; the account's sessions end", "GrantWish");
  change("confirm_grants", "/api/v1/{p}/accounts/{id}/grants/confirm", app::confirm_grants, manage_grants,
         "确认重置后或他人提出的授权；其会话随之结束",
         "confirm grants that wait after a reset, or that another proposed; the account's sessions end", "Nothing");
  change("take_grant", "/api/v1/{p}/accounts/{id}/grants/take", app::take_grant, manage_grants,
         "收回授权；其会话随之结束", "take a grant back; the account's sessions end", "GrantWish");
  out.push_back(
      in_lane(Lane::dear, read("operations", "/api/v1/{p}/operations", app::operations, watch_operations,
                               "系统运行：写入、备份、演练、批量操作",
                               "how the system runs: writing, backup, drill, large acts", "Operations", reading())));
  out.push_back(read("chain", "/api/v1/{p}/chain", app::chain, read_audit, "日志头与最近一次核查",
                     "head of the journal, and its last check", "Chain", reading()));
  out.push_back(in_lane(
      Lane::dear,
      read("audit", "/api/v1/{p}/audit", app::audit, read_audit, "审计日志：谁在何时对什么做了什么",
           "the audit log: who did what to which object, when", "AuditList",
           paged({text_of("actor", "登录名或账户编号", "sign-in name or id of an account"),
                  text_of("act", "操作", "act"),
                  text_of("object", "对象，如 task、account u3f", "object, such as task, account u3f"),
                  {.name = "from", .type = Type::date, .zh = "此日（含）起", .en = "from this day on"},
                  {.name = "to", .type = Type::date, .zh = "到此日（含）", .en = "up to this day, included"}}))));
}

std::vector<Route> make() {
  std::vector<Route> out;
  add_house(out);
  add_places(out);
  add_figures(out);
  add_tasks(out);
  add_registers(out);
  add_register_imports(out);
  add_imports(out);
  add_assessments(out);
  add_own_account(out);
  add_administration(out);
  out.push_back({.operation = "changes",
                 .kind = RouteKind::stream,
                 .path = "/api/v1/{p}/changes",
                 .permission = read_public,
                 .zh = "变更通知：每次写入后发出 `event: seq`，数据 {\"seq\":123}；连接时先发当前号",
                 .en = "changes: `event: seq` with {\"seq\":123} after each commit, and the present one at once",
                 .answer = "text/event-stream"});
  return out;
}

}   // namespace

std::span<const Route> routes() {
  static const std::vector<Route> all = make();
  return all;
}

}   // namespace gangmu::http
