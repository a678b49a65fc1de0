// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_APP_ERRORS(X) \
  X(unknown_programme, 404, "没有名为“{0}”的方案；/api/v1/programmes 列出全部方案", \
    "there is no programme '{0}'; /api/v1/programmes lists them") \
  X(programme_closed, 503, \
    "方案“{0}”的库打不开（有损坏，或另有程序占用），暂停服务。请系统管理员在服务器上运行 gangmu " \
    "doctor，按提示处理后重新启动", \
    "the store of the programme '{0}' can't be opened (it is damaged, or another program holds it) and is not " \
    "served. Run gangmu doctor on the server, do as it says, start again") \
  X(programme_undefined, 409, "库中还没有方案，请先执行 gangmu load", \
    "the store holds no programme yet; run gangmu load first") \
  X(programme_twice, 409, "方案“{0}”已在服务中，同一方案不能打开两次", \
    "the programme '{0}' is served already; it can't be opened twice") \
  X(forbidden, 403, "您没有此项权限：{0}。请找安全管理员授权", \
    "you lack this right: {1}. The security administrator grants it") \
  X(forbidden_here, 403, "您有“{0}”的权限，但不适用于此处：{2}", "you hold the right to {1}, but not here: {3}") \
  X(not_signed_in, 401, "请先登录；登录可能已过期或已被收回", \
    "sign in first; your session may have ended or been taken back") \
  X(sign_in_refused, 401, "登录名、口令或验证码不对，或账户已停用", \
    "the sign-in name, password or code is wrong, or the account is disabled") \
  X(second_factor_wanted, 401, "请输入验证器上的六位数字", "enter the six digits your authenticator shows") \
  X(too_many_attempts, 429, "尝试次数过多，请 {0} 秒后再试", "too many attempts; try again in {0} s") \
  X(too_many_sign_ins, 429, "同时登录的人太多，请稍后再试", \
    "too many people are signing in at once; try again shortly") \
  X(reason_wanted, 422, "须写明事由（{0} 至 {1} 字），事由留有记录", \
    "a reason of {0} to {1} characters is wanted; it is kept") \
  X(provider_absent, 404, "本系统没有接入统一登录，请用口令登录", \
    "no sign-in provider is set up here; use your password") \
  X(provider_failed, 502, "统一登录服务有误：{0}。可用口令登录", \
    "the sign-in provider fails: {1}. You can use your password") \
  X(provider_refused, 401, "统一登录未通过：{0}", "signing in through the provider failed: {1}") \
  X(unknown_account, 404, "没有账户“{0}”", "there is no account '{0}'") \
  X(unknown_session, 404, "没有这个会话，可能已结束", "there is no such session; it may have ended") \
  X(login_malformed, 422, "登录名“{0}”应为 2 至 40 个小写字母、数字、点、_ 或 -，并以字母开头", \
    "the sign-in name '{0}' must be 2 to 40 small letters, digits, dots, _ or -, beginning with a letter") \
  X(login_taken, 409, "登录名“{0}”已被使用", "the sign-in name '{0}' is taken") \
  X(grant_own, 409, "不能改动本人的授权，请由另一名安全管理员办理", \
    "nobody changes their own grants; ask another security administrator") \
  X(grant_unknown, 404, "该账户没有这项授权", "the account holds no such grant") \
  X(grant_awake, 409, "“{0}”没有待确认的授权", "no grant of '{0}' waits to be confirmed") \
  X(grant_needs_another, 409, \
    "这项授权由您提出，请由另一名安全管理员确认；没有另一名时，在控制台用 gangmu account confirm 办理", \
    "you proposed this grant; another security administrator confirms it, or, where there is none, the console " \
    "(gangmu account confirm)") \
  X(second_factor_for_persons, 403, "查看个人信息须先启用验证器：请到“本人账户”页办理", \
    "seeing persons needs a second factor: turn on the authenticator on the page of your account") \
  X(grant_expired, 422, "授权的最后一天 {0} 已过", "the last day of the grant, {0}, has passed") \
  X(account_of_other_duty, 409, "“{0}”是{1}管理员，只能由控制台（gangmu account）办理", \
    "'{0}' administers {2}; only the console (gangmu account) can do that") \
  X(account_state, 409, "账户的状态为“{0}”，不能{1}", "the account is {2}; it can't be {3}") \
  X(code_refused, 401, "一次性口令无效或已过期，请向系统管理员重新领取", \
    "the one-time code is wrong or has expired; ask the system administrator for a new one") \
  X(totp_refused, 422, "验证码不对，请核对手机时间后重试", \
    "the code is wrong; check the clock of your phone and try again") \
  X(password_refused, 403, "当前口令不对", "the present password is wrong") \
  X(not_late, 409, "“{0}”{1}，不用催办：只催过了时限还没办的", "'{0}' {2}: only what is past its day is nudged") \
  X(nudged_today, 409, "“{0}”今天已由{1}催办，同一件事一天只催一次", \
    "'{0}' was nudged by {1} today; one matter is nudged once a day") \
  X(unknown_register, 404, "没有启用名为“{0}”的台账", "no register called '{0}' is open") \
  X(unknown_kind, 404, "方案中没有台账类型“{0}”", "the programme has no kind called '{0}'") \
  X(unknown_record, 404, "没有记录 {0}，或无权查看", "there is no record {0}, or not for you to see") \
  X(record_merged, 409, "记录 {0} 已并入 {1}，请在 {1} 上办理；合并有误的，请撤销合并", \
    "record {0} was merged into {1}; act on {1}, or undo the merge if it was wrong") \
  X(merge_itself, 422, "{0} 不能与它合并：请选同一台账的另一条记录", \
    "{0} can't be merged with that one; choose another record of the same register") \
  X(merge_side, 422, "“{0}”取哪一边？请写 staying（保留的一条）或 leaving（并入的一条）", \
    "of which side is '{0}' taken? write staying or leaving") \
  X(unknown_view, 404, "没有视图 {0}，或不是您的", "there is no view {0}, or it is not yours") \
  X(view_shared, 403, "给所有人用的视图由能启用台账的人设置；可以只给本单位用（office）", \
    "views for everyone are made by who may open registers; share it with your own office (office)") \
  X(not_yours, 403, "您不能在此{0}：{1}", "you can't {2} here: {3}") \
  X(key_taken, 409, "“{0}”已登记在 {1}，不能重复登记", "'{0}' stands already in {1}; it can't be entered twice") \
  X(nothing_changed, 409, "没有改动", "nothing was changed") \
  X(base_wanted, 428, "请带上打开时的序号（If-Match）", "send the seq you started from (If-Match)") \
  X(unknown_place, 404, "没有代码为“{0}”的地区，请核对十二位代码", "no place has the code '{0}'; check the 12 digits") \
  X(unknown_indicator, 404, "没有指标“{0}”{1}，请核对代码", "there is no indicator '{0}'{2}; check its code") \
  X(unknown_task, 404, "没有编号为“{0}”的任务，可能已随导入撤销", \
    "there is no task '{0}'; its import may have been undone") \
  X(unknown_import, 404, "没有编号为“{0}”的导入记录", "there is no import '{0}'") \
  X(unknown_assessment, 404, "没有编号为“{0}”的得分", "there is no assessment '{0}'") \
  X(what_if_of_real_places, 409, "真实地区只按主管部门公布的方案计分，不换权重试算", \
    "real places are scored only by the scheme their authority has published; no other weights are tried on them") \
  X(robustness_of_real_places, 409, "真实地区只按主管部门公布的方案计分，不换权重和办法重算名次", \
    "real places are scored only by the scheme their authority has published; their ranks are not worked out by " \
    "other weights or methods") \
  X(unknown_scheme, 404, "没有考核方案“{0}”", "there is no scheme '{0}'") \
  X(scheme_reads_unkept, 422, "“{0}”（{1}）要用{3}，本平台尚不登记，不能在此计分；请用命令 gangmu score", \
    "'{2}' ({1}) needs {4}, which is not kept here, so it can't be scored here; use the command gangmu score") \
  X(unknown_source, 404, "没有来源“{0}”", "there is no source '{0}'") \
  X(body_malformed, 400, "请求内容有误：{0}", "the body is malformed: {1}") \
  X(field_missing, 422, "缺少“{0}”", "'{0}' is missing") \
  X(field_unknown, 422, "不认识的项“{0}”，可用：{1}", "there is no member '{0}'; there are: {1}") \
  X(field_needed, 422, "请填写“{0}”", "write '{0}'") \
  X(broken_down_late, 409, "任务当前为“{0}”，不能再分解", "the task is '{1}'; it can't be broken down any more") \
  X(close_unfinished, 409, "这项任务{0}；确认仍要销号的，请再点一次", \
    "this task {1}; close it again if it is to be closed all the same") \
  X(field_type, 422, "“{0}”应为{1}", "'{0}' must be {2}") \
  X(field_control, 422, "“{0}”中有不可见的控制字符 {1}，请删去后再提交", \
    "'{0}' holds the invisible control character {1}; delete it") \
  X(query_malformed, 400, "参数 {0} 不能是“{1}”，{2}", "the parameter {0} can't be '{1}'; {3}") \
  X(cursor_malformed, 400, "翻页标记“{0}”无效，请从第一页重新读取", \
    "the cursor '{0}' is not one of ours; read from the first page") \
  X(edit_conflict, 412, \
    "他人已先修改：您依据的是第 {0} 号，现在是第 {1} 号（{2}，{3}，{4}）。现在：{5}；您要改为：{6}。请核对后重新提交", \
    "someone changed it first: you started from {0}, it is now {1} ({2}, {3}, {7}). Now: {8}; you wanted: {9}. " \
    "Check, then submit again") \
  X(import_state, 409, "此次导入的状态为“{0}”，不能{1}", "the import is '{2}'; it can't be {3}") \
  X(import_questions_open, 409, "问题“{0}”必须先回答：{1}", "question '{0}' must be answered first: {2}") \
  X(import_changed_since, 409, "任务“{0}”（编号 {1}）在确认导入后又有改动；写明理由，方可连同这些改动一并撤销", \
    "task '{0}' (no. {1}) was changed after the import was confirmed; write a reason to take it back with what was " \
    "done since") \
  X(import_asks_more, 409, "按您的答复重读后，又有一个问题您还没有看到：{1}（{0}）；请先看过再确认", \
    "read again with your answers, there is one more question you have not seen: {2} ({0}); look at it, then confirm") \
  X(import_pending_full, 409, "已有 {0} 份台账读入后还没有确认，上限为 {1} 份；请先确认或放弃其中一份", \
    "{0} ledgers were read and not yet confirmed; the limit is {1}: confirm or discard one first") \
  X(import_pending_heavy, 409, "读入后还没有确认的台账连同这一份共 {0} 字节，上限为 {1} 字节；请先确认或放弃其中一份", \
    "ledgers read and not yet confirmed take {0} bytes together with this one; the limit is {1}: confirm or discard " \
    "one first") \
  X(assessment_overtaken, 409, "计算期间数据或方案有改动，结果未保存，请重新计算", \
    "figures or definitions changed while it was being computed; nothing was kept, run it again") \
  X(import_busy, 409, "他人也在答复这份台账，您的操作未能写入，请稍后重试", \
    "others are answering this ledger at the same moment; nothing of yours was kept yet, try again shortly") \
  X(sheet_unknown, 422, "工作簿中没有名为“{0}”的工作表，有：{1}", "the workbook has no sheet '{0}'; it has: {1}") \
  X(place_unread, 422, "“{0}”不是本方案的地区代码或唯一名称，“{1}”仍待确认", \
    "'{0}' is neither a code nor the name of just one place; '{1}' is still open") \
  X(file_too_heavy, 413, "文件加密保存后有 {0} 字节，超过单件上限 {1} 字节；请只保留台账所在的工作表后再导入", \
    "the sealed file takes {0} bytes, over the limit of {1}; keep only the ledger's sheet") \
  X(file_refused, 415, "不收{0}；可上传 jpg、png、pdf、xlsx、docx", \
    "{1} is not taken; upload jpg, png, pdf, xlsx or docx") \
  X(file_damaged, 422, "图片已损坏或不完整，请重新导出后上传", \
    "the picture is damaged or cut short; save it anew and upload it again") \
  X(file_not_uploaded, 422, "“{0}”所填的文件没有上传，或上传已过七天，请重新上传", \
    "the file in '{1}' was not uploaded, or too long ago; upload it again") \
  X(unknown_file, 404, "记录中没有文件 {0}，或无权查看", "the record has no file {0}, or not for you to see") \
  X(sheet_row_twice, 422, "第 {0} 行与第 {1} 行是同一条记录，请只留一行", \
    "row {0} and row {1} are the same record; keep one of them") \
  X(import_no_key, 422, \
    "“{0}”没有唯一字段，表中也没有记录地址或编号，看不出各行是哪一条记录；请用导出的表，或只作新增（mode=add）", \
    "'{1}' has no key and the sheet no addresses or numbers, so nothing says which record a row is; use an exported " \
    "sheet, or add only (mode=add)") \
  X(import_no_columns, 422, "没有一列对得上“{0}”的登记项；请用 columns 指明各列是什么，或换一张表", \
    "no column of the sheet is a field of '{1}'; say with columns which is which, or take another sheet") \
  X(import_other_file, 409, "这份文件不是预览的那一份（摘要应为 {0}）；请重新预览", \
    "this is not the file the preview was made of (its digest would be {0}); preview it again") \
  X(import_overtaken, 409, "记录 {0} 是预览之后才登记的；请重新预览", \
    "record {0} was entered after the preview; preview the sheet again") \
  X(register_published, 409, "台账类型“{0}”刚被别人发布过；请重新打开后再发布", \
    "kind '{0}' was published by somebody else meanwhile; open it again, then publish") \
  X(record_changed_since, 409, "“{0}”（{1}）在导入之后又有改动；写明理由，方可一并撤销", \
    "'{0}' ({1}) was changed after the import; write a reason to take it back with what was done since") \
  X(limit_exceeded, 413, "{0}超过上限：{1}，上限为 {2}", "{3}: {1} is over the limit of {2}") \
  X(load_conflict, 409, "{0}“{1}”在文件和库中都已改动，未作任何载入；请先导出核对", \
    "{0} '{1}' was changed both in the pack and in the store; nothing was loaded; export and compare first") \
  X(load_unlocked, 409, \
    "{0}“{1}”与库中的不同，而包里没有 " \
    "pack.lock，看不出是谁改的；未作任何载入。更正数据请加一行，修订号（revision）加一；其他请先 gangmu " \
    "export，再改导出的包", \
    "{0} '{1}' differs from the store's and the pack has no pack.lock to tell who changed it; nothing was loaded. To " \
    "correct a figure add a row with the next revision; for all else run gangmu export and change the exported pack") \
  X(kind_version_kept, 409, "台账类型“{0}”有改动，但版本仍是已发布的 {1}；请写 version: {2}，或不写版本", \
    "kind '{0}' was changed and still says version {1}, which is published; write version: {2}, or leave it out") \
  X(kind_version_skipped, 409, "台账类型“{0}”已发布到版本 {1}，下一版是 {2}，不是 {3}", \
    "kind '{0}' is published as version {1}; the next is {2}, not {3}") \
  X(field_number_taken, 409, \
    "台账类型“{0}”的字段“{1}”用了编号 {2}，它已属于“{3}”；编号永不重用，请换一个或写 was: {3}", \
    "kind '{0}': field '{1}' has the number {2} of '{3}'; numbers are never used again: take another, or " \
    "write was: {3}") \
  X(flow_changed, 409, "流程“{0}”已发布，步骤、状态和时限不能再改；请另存为“{1}”，并在台账类型中改用它", \
    "flow '{0}' is published; its states, steps and clocks can't change. Save it as '{1}' and name that in the kind") \
  X(code_vanished, 409, "代码表“{0}”少了已发布的代码“{1}”；代码只能停用：请保留这一行并写 until", \
    "code list '{0}' lacks the published code '{1}'; codes end, they don't vanish: keep the row and write until") \
  X(load_other_programme, 409, "库中的方案是“{0}”，不能载入方案“{1}”", \
    "the store holds the programme '{0}'; '{1}' can't be loaded into it") \
  X(assessment_differs, 500, "得分“{0}”重算后摘要不一致：记录为 {1}，重算为 {2}；请运行 gangmu doctor 并联系维护人员", \
    "assessment '{0}' made again differs: recorded {1}, now {2}; run gangmu doctor and call for help") \
  X(subject_keys_missing, 409, \
    "密钥文件 subjects.keys 中缺少 {0} 个密钥（如 {1}），用它们密封的姓名、电话等打不开；请从密钥文件夹的备份取回", \
    "subjects.keys lacks {0} keys (such as {1}): names and numbers sealed under them can't be opened; fetch it from " \
    "a backup of the key folder") \
  X(task_id_not_number, 422, "任务编号“{0}”应为正整数", "the task id '{0}' must be a positive integer")

namespace gangmu::app {
GANGMU_DEFINE_ERRORS(app, GANGMU_APP_ERRORS)
}   // namespace gangmu::app
