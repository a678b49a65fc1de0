// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_PACK_ERRORS(X) \
  X(file_unknown, 422, "方案包里没有“{0}”这种文件{1}；请改名或移出", \
    "a pack has no file '{0}'{2}; rename it or take it out") \
  X(file_missing, 422, "方案包缺少 {0}，请补上", "the pack has no {0}; add it") \
  X(file_too_large, 413, "{0} 有 {1} 字节，上限为 {2}；请拆分", "{0} has {1} bytes, the limit is {2}; split it") \
  X(file_bom, 422, "文件开头有 BOM，请另存为 UTF-8（无 BOM）、LF 换行", \
    "the file starts with a byte order mark; save it as UTF-8 without BOM, LF") \
  X(file_encoding, 422, "从这一行起不是 UTF-8（像是 {0}），请另存为 UTF-8（无 BOM）、LF 换行", \
    "from this line on it is no UTF-8 (it looks like {0}); save it as UTF-8 without BOM, LF") \
  X(file_crlf, 422, "从这一行起用回车换行（CRLF），请另存为 UTF-8、LF 换行", \
    "from this line on lines end in CRLF; save it as UTF-8, LF") \
  X(yaml_malformed, 422, "YAML 写法有误：{0}", "malformed YAML: {0}") \
  X(text_control, 422, "文字中有不可见的控制字符 {0}，请删去", \
    "the text holds the invisible control character {0}; delete it") \
  X(yaml_alias, 422, "不支持锚点和引用（{0}），请把内容直接写出来", \
    "anchors and aliases ({0}) are not read here; write the content out") \
  X(yaml_duplicate, 422, "“{0}”写了两次（前一次在第 {1} 行），请保留一个", \
    "'{0}' stands here twice (first on line {1}); keep one") \
  X(yaml_limit, 413, "YAML 的{0}超过上限 {1}，请精简", "YAML: {2} over the limit of {1}; make it smaller") \
  X(outline_form, 422, "GeoJSON {0}，请写成 {1}", "GeoJSON: {2}; write {1}") \
  X(field_missing, 422, "缺少 {0}，请写上（{1}）", "{0} is missing; write it ({1})") \
  X(field_unknown, 422, "不认识的字段“{0}”{1}；请删去或改正", "unknown field '{0}'{2}; delete or correct it") \
  X(column_missing, 422, "缺少必需的列 {0}，请补上", "the required column {0} is missing; add it") \
  X(column_unknown, 422, "不认识的列“{0}”{1}；请删去或改正", "unknown column '{0}'{2}; delete or correct it") \
  X(column_twice, 422, "列 {0} 出现两次，请保留一个", "column {0} appears twice; keep one") \
  X(too_many_cells, 422, "这一行有 {0} 格，表头只有 {1} 列；请检查是否多了逗号，含逗号的内容要加引号", \
    "the row has {0} cells, the head only {1}; look for a stray comma, and quote text that holds one") \
  X(cell_required, 422, "{0} 不能为空，请填写", "{0} can't be empty; fill it in") \
  X(cell_form, 422, "{0} 不能是“{1}”，请写{2}", "{0} can't be '{1}'; write {3}") \
  X(choice_unknown, 422, "{0} 不能是“{1}”，可写：{2}", "{0} can't be '{1}'; write one of {2}") \
  X(reference_unknown, 422, "{0} 的“{1}”在 {2} 中找不到{3}；请改正或先补上", \
    "{0}: '{1}' is not in {2}{4}; correct it, or add it there first") \
  X(lead_many, 422, "lead 写了 {0} 个单位（{1}），牵头单位只能有一个；请留一个，其余移到 responsible", \
    "lead names {0} units ({1}), a task has exactly one; keep one and move the others to responsible") \
  X(duplicate_key, 422, "“{0}”重复（前一次在第 {1} 行），请保留一行", \
    "'{0}' appears twice (first on line {1}); keep one row") \
  X(overlapping_validity, 422, "“{0}”的有效期与第 {1} 行重叠，请让前一行的 valid_to 早于后一行的 valid_from", \
    "the validity of '{0}' overlaps line {1}; let the earlier row's valid_to come before the later row's valid_from") \
  X(validity_reversed, 422, "valid_to {1} 早于 valid_from {0}，请改正", \
    "valid_to {1} comes before valid_from {0}; correct it") \
  X(place_cycle, 422, "上级地区形成循环：{0}；请改正其中一处的 parent", \
    "the parents form a cycle: {0}; correct one parent") \
  X(place_level, 422, "{0}（{1}）的上级 {2} 是 {3}，应是更高一级；请改正 parent 或 level", \
    "the parent {2} of {0} ({1}) is a {3}, it must be of a higher level; correct parent or level") \
  X(place_root, 422, "只能有一个没有上级的地区，且应为 programme.yaml 的 root（{0}）；请给 {1} 填上 parent", \
    "only the root ({0}, in programme.yaml) may be without parent; give {1} a parent") \
  X(place_order, 422, "{0} 应排在它的上级 {1} 之后，请按代码排序", \
    "{0} must stand after its parent {1}; sort the rows by code") \
  X(place_version_twice, 422, "“{0}”与第 {1} 行是同一地区、同一天起的两行；请给后一行写上 valid_from，或保留一行", \
    "'{0}' and line {1} are one place on one day; give the later row its valid_from, or keep one") \
  X(place_parent_then, 422, "{0}（{1}）的上级 {2} 在 {3} 还不存在或已不存在；请改正 parent、valid_from 或 valid_to", \
    "the parent {2} of {0} ({1}) is not there on {3}; correct parent, valid_from or valid_to") \
  X(successor_share, 422, "{0} 在 {1} 的去向份额合计为 {2}，应为 1；请改正 share", \
    "the shares of {0} on {1} add up to {2}, they must make 1; correct share") \
  X(successor_end, 422, "{0} 已由其他地区承接（{1} 起），但 places.csv 写它到 {2} 才结束；请改正其中一处", \
    "{0} was taken over from {1} on, but places.csv lets it end on {2}; correct one of them") \
  X(task_parent, 422, "任务 {0} 的上级任务“{1}”不在它前面；请把上级任务写在前面", \
    "the task '{1}' that {0} was broken down from does not stand above it; write it first") \
  X(unit_unknown, 422, "不认识的计量单位“{0}”{1}；新单位请写入 programme.yaml 的 units", \
    "unknown unit '{0}'{2}; list a new unit under units in programme.yaml") \
  X(unit_differs, 422, "指标 {0} 的单位是“{1}”，这里写的是“{2}”；请换算后填写", \
    "indicator {0} is in {1}, here stands {2}; convert the value") \
  X(level_without, 422, "指标 {0} 不在 {1} 一级填报（可填：{2}）", \
    "indicator {0} does not exist at level {1} (it does at {2})") \
  X(revision_gap, 422, "同一数据的第 {0} 次修订前缺第 {1} 次，请按 1、2、3 连续编号", \
    "revision {0} without revision {1} before it; number them 1, 2, 3") \
  X(version_unknown, 422, "指标 {0} 没有第 {1} 版口径", "indicator {0} has no definition version {1}") \
  X(above_entry, 422, "{0} 填的是 {1} 级的“{2}”，该指标在 {3} 级填报：这类数（共 {4} 个）只显示，不计入任何合计", \
    "{0} has a {1} figure of '{2}', which is entered at level {3}: such figures ({4}) are shown and enter no sum") \
  X(figure_outside, 422, "{0} 在 {1} 不存在（{2}）：它的这类数（共 {3} 个）不显示，也不计入合计", \
    "{0} was not there in {1} ({2}): such figures of it ({3}) are not shown and enter no sum") \
  X(figures_overlap, 422, "{0} 在 {1} 内并入 {2}，两者都有“{3}”的数：请核对后者是否已包含前者，避免重复计算", \
    "{0} went into {2} within {1} and both have a figure of '{3}': check whether the one includes the other") \
  X(tile_overlap, 422, "第 {0} 列第 {1} 行的格子已被第 {2} 行占用，请换一格", \
    "the tile at column {0}, row {1} is taken by line {2}; choose another") \
  X(synthetic_code, 422, "模拟方案的地区代码须以 99 开头，“{0}”不是", \
    "a synthetic pack's codes start with 99; '{0}' does not") \
  X(real_code, 422, "以 99 开头的“{0}”是模拟代码；请在 programme.yaml 写 synthetic: true，或改用真实代码", \
    "'{0}' starts with 99, a synthetic code; write synthetic: true in programme.yaml, or use the real code") \
  X(real_assessment, 422, "真实地区的{0}必须写明公布机关的文号（{1}），没有文号的不得收入方案包", \
    "a {2} of real places must name the number under which its authority published it ({1}); without one it may not " \
    "be in a pack") \
  X(calendar_years, 422, "工作日历 {0} 里没有任何一年的 1 月 1 日，无法认定哪些年份已公布；请补上", \
    "calendar {0} has no 1 January, so that no year counts as published; add it") \
  X(file_name, 422, "文件名应与 id 一致：id 是“{0}”，请改名为 {1}", \
    "the file must bear the name of its id '{0}': name it {1}") \
  X(flow_id, 422, "流程的 id“{0}”应写成 名称@版本，如 {1}@1", \
    "the id of a flow is name@version, not '{0}'; write {1}@1") \
  X(role_unknown, 422, "没有角色“{0}”{1}；角色见 roles.yaml，没有该文件时用标准角色（docs/access.md）", \
    "there is no role '{0}'{2}; roles stand in roles.yaml, without it the standard ones hold (docs/access.md)") \
  X(until_first, 422, "until {1} 早于 from {0}，请改正", "until {1} comes before from {0}; correct it") \
  X(code_into, 422, "代码“{0}”并入了“{1}”却没有写停用日期，请写 until", \
    "code '{0}' goes into '{1}' and has no last day; write until") \
  X(code_into_round, 422, "代码“{0}”的 into 又指回自己，请改正", \
    "the into of code '{0}' leads back to itself; correct it") \
  X(codes_over, 422, "代码表 {0} 的代码全部停用（最后一天 {1}），以后无可选；请补一个继续使用的，或去掉 until", \
    "every code of {0} ends, the last on {1}; add one that goes on, or take until away") \
  X(limit_unfounded, 422, "时限“{0}”没有写依据：请写 law（law.csv 的编号），单位自定的写 own: true", \
    "limit '{0}' names no law: write law (an id of law.csv), or own = true where the office sets it itself") \
  X(uses_unknown, 422, "找不到公用内容“{0}”：方案旁边的 common/{1} 中没有这个版本；请取来，或去掉这一项", \
    "'{0}' can't be used: common/{1} beside the pack does not hold that version; fetch it, or take the entry out") \
  X(record_unknown, 422, "{0} 的“{1}”在 records/{2}.csv 中找不到，请改正或先补上", \
    "{0}: '{1}' is not in records/{2}.csv; correct it, or add it there first") \
  X(records_not_opening, 422, "“{0}”的记录不随方案包走；确需随包，请在 kinds/{0}.yaml 的 is 中写 opening: true", \
    "records of '{0}' do not travel in packs; where they should, write opening: true under `is` in kinds/{0}.yaml") \
  X(records_kind, 422, "没有台账类型“{0}”{1}；文件名应为 records/类型.csv 或 records/类型.行字段.csv", \
    "there is no kind '{0}'{2}; the file's name is records/KIND.csv, or records/KIND.ROWS.csv") \
  X(state_unknown, 422, "“{0}”没有状态“{1}”{2}", "'{0}' has no state '{1}'{3}") \
  X(flow_unused, 422, "没有台账用流程 {0}，未作检查；请在 kinds 中使用它，或移出", \
    "no kind names flow {0}, it is not checked; name it in a kind, or take it out") \
  X(lock_malformed, 422, "pack.lock 这一行有误：{0}；请重新导出", \
    "this line of pack.lock is malformed: {0}; export again") \
  X(not_writable, 500, "对象 {0} 无法写成方案包文件：{1}", "object {0} can't be written to a pack file: {1}") \
  X(faults_more, 422, "另有 {0} 处问题未列出，请先改正以上各处", "{0} more faults are not listed; correct these first")

namespace gangmu::pack {
GANGMU_DEFINE_ERRORS(pack, GANGMU_PACK_ERRORS)
}   // namespace gangmu::pack
