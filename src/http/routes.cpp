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
#include "app/nudges.hpp"
#include "app/service.hpp"
#include "app/sessions.hpp"
#include "app/sources.hpp"
#include "app/tasks.hpp"
#include "app/unmask.hpp"
#include "http/route_parts.hpp"

namespace gangmu::http {
namespace routing {
namespace {

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
}   // namespace routing

std::span<const Route> routes() {
  static const std::vector<Route> all = routing::make();
  return all;
}

}   // namespace gangmu::http
