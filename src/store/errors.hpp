// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_STORE_ERRORS(X) \
  X(store_locked, 409, "数据目录 {0} 正被另一个进程写入（{1}），请先停止它，或使用另一个目录", \
    "the data folder {0} is being written by another process ({1}); stop it first or use another folder") \
  X(store_exists, 409, "{0} 中已有数据，不能再新建；请换一个空目录，或直接打开", \
    "{0} already holds a store; choose an empty folder, or open it") \
  X(store_missing, 404, "{0} 中没有数据，请先执行 gangmu init", "{0} holds no store; run gangmu init first") \
  X(store_read_only, 503, "系统已停止写入：{0}。已写入的数据仍可查阅；请检查磁盘后重新启动", \
    "writing has stopped: {0}. What is stored can still be read; check the disk, then start again") \
  X(outcome_unknown, 503, "写入结果未能确认：{0}。请在重新启动后用同一请求号再次提交", \
    "the outcome of the write is unknown: {0}. Repeat it with the same request key after a restart") \
  X(disk_full, 507, "磁盘空间不足，本次写入未保存，原有数据未受影响；请腾出空间后重试", \
    "the disk is full; this write was not saved, stored data is unharmed; free some space and repeat it") \
  X(out_of_memory, 503, "内存不足，本次操作已取消，数据未改变", \
    "out of memory; this act was cancelled, nothing was changed") \
  X(engine_failed, 500, "数据库报告错误：{0}", "the database reports: {0}") \
  X(page_damaged, 500, "数据文件有损坏：{0}。请停止使用并从备份恢复", \
    "the data file is damaged: {1}. Stop and restore from a backup") \
  X(file_failed, 500, "文件操作失败：{0}：{1}", "a file operation failed: {0}: {1}") \
  X(no_descriptor, 503, "打开的文件和连接已达系统给本程序的上限，{0} 暂时打不开，本次操作未做；请稍后重试", \
    "as many files and connections are open as the system grants this program, so {0} could not be opened and " \
    "nothing " \
    "was done; try again shortly") \
  X(file_missing, 404, "文件不存在：{0}", "no such file: {0}") \
  X(head_missing, 409, "数据目录缺少 HEAD 文件：{0}。请从备份恢复", \
    "the data folder has no HEAD file: {0}. Restore from a backup") \
  X(head_damaged, 409, "HEAD 文件不可信：{0}。请从备份恢复", \
    "the HEAD file can't be trusted: {1}. Restore from a backup") \
  X(journal_short, 409, "日志止于第 {0} 号，而 HEAD 记到第 {1} 号：第 {2} 号至第 {1} 号缺失，拒绝打开；请从备份恢复", \
    "the journal ends at {0}, HEAD says {1}: entries {2} to {1} are missing; refusing to open, restore from a backup") \
  X(journal_broken, 409, "日志第 {0} 号与前后不符：{1}。请从备份恢复", \
    "journal entry {0} does not fit: {2}. Restore from a backup") \
  X(journal_gap, 409, "日志第 {0} 号缺失", "journal entry {0} is missing") \
  X(known_too_much, 422, "按某日所知要读的数据超过上限 {0} 条；请只看一个指标，或看下级地区", \
    "as known then takes more than the limit of {0} observations to read; ask for one indicator, or a place further " \
    "down") \
  X(batch_missing, 409, "批量文件 {0} 缺失或内容与摘要不符", "batch file {0} is missing or does not match its digest") \
  X(evidence_missing, 409, "文件 {0} 缺失或内容与摘要不符；请从备份取回", \
    "file {0} is missing or does not match its digest; fetch it from a backup") \
  X(key_file_missing, 409, "密钥文件 {0} 不见了，没有它不能打开这个方案库；请从密钥文件夹的备份放回原处", \
    "the key file {0} is gone, and the store can't be opened without it; put it back from a backup of the key folder") \
  X(key_file_unreadable, 409, "密钥文件 {0} 无法使用：{1}；请从密钥文件夹的备份放回", \
    "the key file {0} can't be used: {2}; put it back from a backup of the key folder") \
  X(key_inside_folder, 422, "密钥文件 {0} 不得放在数据目录之内", "the key file {0} must lie outside the data folder") \
  X(schema_newer, 409, "数据由更新的版本写成（结构版本 {0}，本程序 {1}），请升级程序", \
    "the data were written by a newer program (schema {0}, this one {1}); upgrade the program") \
  X(checksums_off, 409, "PostgreSQL 未开启数据校验（data_checksums），请用 initdb --data-checksums 建库", \
    "PostgreSQL runs without data checksums; make the cluster with initdb --data-checksums") \
  X(schema_older, 409, "数据结构版本 {0} 早于本程序的 {1}，须由写入的服务器先升级；请稍后再启动", \
    "the tables are of schema {0}, this program's is {1}: upgrade the server that writes first, then start this one") \
  X(writer_elsewhere, 503, "另一进程（{0}）正在写入此数据库", "another process ({0}) is writing this database") \
  X(writer_busy, 503, "等待写入的请求已达上限 {0}，请稍后重试", \
    "{0} writes are waiting, which is the limit; try again shortly") \
  X(writer_stopped, 503, "系统正在停止，不再接受写入", "the store is closing and takes no more writes") \
  X(request_key_reused, 409, "请求号 {0} 已用于另一内容，首个不同之处：{1}；请换一个请求号", \
    "request key {0} was used for another command, first different field: {1}; use a new key") \
  X(limit_exceeded, 413, "超过上限：{0} 最多 {1}", "over the limit: {0} may be at most {1}") \
  X(row_exists, 409, "{0} 中已有此记录：{1}", "{0} already holds this row: {1}") \
  X(row_malformed, 422, "{0} 的记录不合规：{1}", "malformed row for {0}: {1}") \
  X(append_only, 422, "{0} 只追加，不修改不删除", "{0} is append-only") \
  X(entry_malformed, 409, "日志内容无法读取：{0}", "a journal entry can't be read: {0}") \
  X(read_too_long, 503, "查询超过 {0} 毫秒，已中止；请缩小范围", \
    "the query took longer than {0} ms and was stopped; narrow it") \
  X(view_too_old, 504, "等待第 {0} 号数据超时，目前为第 {1} 号", \
    "timed out waiting for entry {0}; the store is at {1}") \
  X(no_such_row, 404, "{0} 中没有 {1}", "{0} holds no {1}") \
  X(subject_erased, 410, "该个人信息的密钥已销毁，内容不可恢复", \
    "the key of this subject was destroyed; the data can't be recovered") \
  X(sealed_malformed, 500, "密文无法解开：{0}", "the ciphertext can't be opened: {1}") \
  X(head_malformed, 422, "不是有效的日志头记录，应由 gangmu audit head 导出", \
    "this is no head of a journal; export one with gangmu audit head") \
  X(head_differs, 409, "第 {0} 号处的日志头与已知的不同：已知 {1}，现为 {2}；此号或之前的记录被改写过", \
    "the head at entry {0} is not the known one: known {1}, now {2}; this entry or one before it was rewritten") \
  X(replay_differs, 409, "重放日志得到的表 {0} 与现存不同，首个不同的记录：{1}", \
    "replaying the journal gives another table {0}, first at {1}") \
  X(backup_missing, 404, "{0} 中没有备份", "{0} holds no backup") \
  X(backup_damaged, 409, "备份文件 {0} 有损坏：{1}", "the backup file {0} is damaged: {2}") \
  X(backup_of_another, 409, "{0} 是另一段历史的备份（止于第 {1} 号），请换一个空文件夹", \
    "{0} is a backup of another history (up to entry {1}); choose an empty folder") \
  X(restore_point_missing, 404, "备份中找不到恢复点：{0}", "the backup holds no such point: {0}") \
  X(drill_differs, 409, "演练不符：恢复到第 {0} 号后，表 {1} 与备份时不同", \
    "the drill failed: restored to entry {0}, table {1} is not what it was at the backup")

namespace gangmu::store {
GANGMU_DEFINE_ERRORS(store, GANGMU_STORE_ERRORS)
}   // namespace gangmu::store
