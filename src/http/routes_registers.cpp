// SPDX-License-Identifier: Apache-2.0
// Routes of registers, their records, and sheets that come into them.
#include "app/files/files.hpp"
#include "app/nudges.hpp"
#include "app/records/merges.hpp"
#include "app/records/proposals.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/registers.hpp"
#include "app/records/views.hpp"
#include "app/service.hpp"
#include "app/todo.hpp"
#include "http/route_parts.hpp"

namespace gangmu::http::routing {

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

namespace {

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

}   // namespace

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

}   // namespace gangmu::http::routing
