// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_CLI_ERRORS(X) \
  X(folder_missing, 422, "没有文件夹 {0}，请核对路径", "there is no folder {0}; check the path") \
  X(pack_too_large, 413, "文件夹 {0} 超过 {1} 字节，请核对是否选错", \
    "folder {0} holds more than {1} bytes; is it the right one?") \
  X(space_low, 507, "磁盘只剩 {0} MiB，少于 {1} MiB；请腾出空间", \
    "only {0} MiB of the disk are free, fewer than {1} MiB; make room") \
  X(store_left_out, 409, "方案 {0} 打不开（原因见上），没有列入服务", \
    "{0} can't be opened, as told above, and is not served") \
  X(none_opens, 409, "{0} 下的方案库都打不开，原因见上", "no store under {0} can be opened, as told above") \
  X(not_confirmed, 409, "没有写入：在终端回答 y，或加 --yes", \
    "nothing was loaded; answer y at a terminal, or give --yes") \
  X(no_store, 422, "{0} 下没有方案库，请先运行 gangmu init 和 gangmu load", \
    "there is no store under {0}; run gangmu init and gangmu load first") \
  X(accounts_wanted, 409, "方案 {0} 没有账户：从本机以外可达的服务须先有账户，请运行 gangmu account create", \
    "{0}: no accounts; a server that can be reached from elsewhere needs them first: gangmu account create") \
  X(due_unpublished, 422, "自 {0} 起 {1} 到期之日在尚未公布的年份里，请先把那一年的放假安排补进日历", \
    "{1} from {0} end in a year whose working days are not published; add that year to the calendar") \
  X(no_backup, 422, "{0} 下没有备份", "there is no backup under {0}") \
  X(keys_in_backup, 422, "密钥副本 {0} 不得放在备份之内：谁拿到两者就能读出个人信息", \
    "the copy of the keys, {0}, must lie outside the backup: who has both can read personal fields") \
  X(erase_unconfirmed, 409, "没有销毁：密钥一经销毁不可恢复，确要销毁请加 --yes", \
    "nothing was destroyed; a key is gone for good, so give --yes if you mean it") \
  X(keys_there, 409, \
    "密钥文件夹 {0} 中已有另一套密钥，可能比副本新，未作改动；要用它们就不给 --keys，否则先把它们移走", \
    "{0} holds other keys already, perhaps newer than the copy; nothing was changed. To use them leave out --keys, " \
    "else move them away first") \
  X(writing_stopped, 503, "自 {0} 起停止写入：{1}。已确认的写入都在；请检查磁盘后重新启动服务", \
    "stopped writing at {0}: {1}. Whatever was acknowledged is there; check the disk, then start the server again") \
  X(clock_behind, 409, "系统时钟 {1} 早于最后一笔记录 {0}，请校时", \
    "the clock says {1}, before the last entry at {0}; set it right") \
  X(server_file_malformed, 422, "文件 {0} 有误，应有 keys 和 postgres 两项", \
    "{0} is malformed; it needs the members keys and postgres") \
  X(column_missing, 422, "缺少列 {0}，第一行应为 {1}", "column {0} is missing; the first line should be {1}") \
  X(column_unknown, 422, "没有“{0}”这一列，可写：{1}", "there is no column '{0}'; possible are: {1}") \
  X(column_twice, 422, "列“{0}”出现两次", "column '{0}' stands twice")

namespace gangmu::cli {
GANGMU_DEFINE_ERRORS(cli, GANGMU_CLI_ERRORS)
}   // namespace gangmu::cli
