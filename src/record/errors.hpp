// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_RECORD_ERRORS(X) \
  X(type_unknown, 422, "没有类型“{0}”{1}", "there is no type '{0}'{2}") \
  X(spec_unknown, 422, "{0}类型的字段不能写“{1}”", "a field of type {0} has no '{1}'") \
  X(spec_missing, 422, "{0}类型的字段要写“{1}”", "a field of type {0} needs '{1}'") \
  X(name_wrong, 422, "“{0}”不能作名称：小写字母开头，可用小写字母、数字和 _", \
    "'{0}' can't be a name: small letters, digits and _, a letter first") \
  X(name_taken, 422, "“{0}”是固定名称，请换一个", "'{0}' is a fixed name; take another") \
  X(field_twice, 422, "字段“{0}”写了两次", "field '{0}' stands twice") \
  X(field_unknown, 422, "没有字段“{0}”{1}", "there is no field '{0}'{2}") \
  X(number_reused, 422, "字段“{0}”的编号 {1} 已属于“{2}”；编号永不重用，请换一个", \
    "field '{0}' has the number {1} of '{2}'; numbers are never used again, take another") \
  X(kind_unknown, 422, "没有台账类型“{0}”{1}", "there is no kind '{0}'{2}") \
  X(kind_twice, 422, "台账类型“{0}”写了两次", "kind '{0}' stands twice") \
  X(list_unknown, 422, "没有代码表“{0}”{1}", "there is no code list '{0}'{2}") \
  X(flow_unknown, 422, "没有流程“{0}”{1}", "there is no flow '{0}'{2}") \
  X(indicator_unknown, 422, "没有指标“{0}”{1}", "there is no indicator '{0}'{2}") \
  X(computed_cycle, 422, "算式循环引用：{0}", "computed fields go round: {0}") \
  X(computed_personal, 422, "“{0}”是个人信息，不能用算式算出", "'{0}' is personal and can't be computed") \
  X(personal_used, 422, "“{0}”是个人信息，不能用于标题、编号、唯一、统计、公开、分组、赋值和取存；请换一个字段", \
    "'{0}' is personal and can't stand in a title, key, tally, public list, group, assignment or take; use another") \
  X(personal_needless, 422, "“{0}”不是个人信息，不用写 unseal", "'{0}' is not personal and needs no unseal") \
  X(computed_type, 422, "“{0}”的类型不能用算式算出；要复制别处的值请写 take", \
    "'{0}' is of a type that no formula gives; to copy a value write take") \
  X(take_wrong, 422, "“{0}”取存的 {1} 类型、单位或代码表不同，请取同样的字段", \
    "'{0}' takes {1}, which differs in type, unit or code list; take a field like it") \
  X(rows_nested, 422, "行里不能再有行（“{0}”）；请另建台账类型并用 ref 指回来", \
    "rows can't hold rows ('{0}'); make a kind of its own and point back with a ref") \
  X(word_unknown, 422, "不认识“{0}”{1}", "'{0}' is not known here{2}") \
  X(unit_wrong, 422, "“{0}”的单位应为 {1} 或其倍数，不是 {2}", "'{0}' is in {1} or a multiple of it, not {2}") \
  X(clock_unknown, 422, "没有时限“{0}”{1}", "there is no clock '{0}'{2}") \
  X(tally_place, 422, "统计“{0}”的地区 {1} 应为 place 字段", "tally '{0}' needs a field of type place, not {1}") \
  X(personal_wanted, 422, "人员字段“{0}”应写 personal: true", "field '{0}' names a person: write personal: true") \
  X(stored_wanted, 422, "“{0}”会随别处变化，不能用于编号、唯一、统计和权限；请先取存（take）", \
    "'{0}' changes with other records and can't stand in a key, tally or right; take it into a field first") \
  X(not_listed, 422, \
    "查看权限要在列表中逐行判断，只能用列表里有的字段；“{0}" \
    "”不是（文字、个人信息、多选、子表、文件和别的记录的字段都不在列表中）", \
    "a right to read is asked of every row of a list, so it may only use fields a list holds; '{0}' is none (texts, " \
    "personal " \
    "fields, several choices, rows, files and fields of other records are not in it)") \
  X(tally_date, 422, "统计“{0}”要写 date：日期字段、first(步骤)、each(步骤)、due(时限) 或 at_end", \
    "tally '{0}' needs a date: a date field, first(step), each(step), due(clock) or at_end") \
  X(tally_measure, 422, "“{0}”应写 count 或 sum(字段)", "'{0}' must be count or sum(field)") \
  X(limit_exceeded, 422, "{0}的数目超过上限 {1}，请减少一些", "there are more {2} than {1}; use fewer") \
  X(narrowing, 409, "“{0}”收窄了：{1}；确要收窄的，写 map：放不下的改成什么（可以是空的 map）", \
    "'{0}' narrows: {2}; if it must, write a map of what becomes of what it can't hold (an empty one may do)") \
  X(unplaced, 409, \
    "记录 {0}（{1}）的“{2}”是“{3}”，新版本放不下：{4}；请在 map 里写明改成什么（{5}），或先更正这条记录", \
    "record {0} ({1}): '{6}' is '{3}', which the new version can't hold: {7}; say in map what it becomes ({5}), or " \
    "correct the record first") \
  X(unplaced_key, 409, "记录 {0}（{1}）与 {2} 在新的唯一字段上相同（{3}）；请先合并或更正", \
    "record {0} ({1}) is like {2} in the new key ({3}); merge the two or correct one first") \
  X(state_gone, 409, "新版本没有这个状态", "the new version has no such state") \
  X(never_so, 409, "“{0}”不能这样改：{1}", "'{0}' can't change so: {2}") \
  X(version_wanted, 409, "“{0}”的内容变了，请写 version: {1}", \
    "'{0}' differs from what is published; write version: {1}") \
  X(value_form, 422, "“{0}”应为{1}", "'{0}' must be {2}") \
  X(value_range, 422, "“{0}”应在 {1} 至 {2} 之间", "'{0}' must lie between {1} and {2}") \
  X(value_unit, 422, "“{0}”的单位是 {1}，不是 {2}", "'{0}' is in {1}, not {2}") \
  X(personal_clear, 500, "“{0}”是个人信息，不能以明文保存", "'{0}' is personal and can't be stored in clear") \
  X(level_wrong, 422, "“{0}”的地区级别不对，请选规定级别的地区", "'{0}' takes a place of another level") \
  X(rows_too_many, 422, "“{0}”最多 {1} 行", "'{0}' takes {1} rows at most") \
  X(code_malformed, 422, "“{0}”不符合 {1} 的格式或校验位，请核对", \
    "'{0}' has not the form or the check character of a {1}; compare it with the document") \
  X(file_wrong, 422, "“{0}”只收这些文件：{1}", "'{0}' takes these files only: {1}") \
  X(file_large, 422, "“{0}”的文件最大 {1} MiB", "a file of '{0}' has {1} MiB at most") \
  X(shape_kind, 422, "“{0}”不能填 {1}", "'{0}' takes no {1}") \
  X(shape_too_fine, 422, "“{0}”最多 {1} 个顶点，请先简化", "'{0}' has {1} vertices at most; simplify it first") \
  X(shape_open, 422, "“{0}”的面没有闭合：最后一个顶点应与第一个相同", \
    "the area of '{0}' is open: its last vertex must be its first") \
  X(shape_outside, 422, "“{0}”的坐标 {1} 不在国内（经度 73 至 136、纬度 3 至 54），是否把经纬度写反了？", \
    "'{0}': {1} lies outside the country (longitude 73 to 136, latitude 3 to 54); are the two the wrong way round?") \
  X(value_too_long, 422, "“{0}”最多 {1} 字", "'{0}' takes {1} characters at most") \
  X(code_ended, 422, "“{0}”的代码 {1} 已停用{2}", "'{0}': code {1} has ended{3}") \
  X(code_unknown, 422, "“{0}”没有代码 {1}", "'{0}' has no code {1}") \
  X(wanted, 422, "请填“{0}”", "fill in '{0}'") \
  X(not_typed, 422, "“{0}”由系统得出，不能填写", "'{0}' is worked out, not typed") \
  X(not_editable, 409, "现在不能改“{0}”", "'{0}' can't be edited now") \
  X(check_failed, 422, "不符合校验要求：{0}", "a check does not hold: {1}") \
  X(changed_meanwhile, 409, "“{0}”在您打开之后已被改过，请对照后再存", \
    "'{0}' was changed since you opened it; compare, then save") \
  X(is_void, 409, "这条记录已作废，不能再办；确需办理的，请先恢复", \
    "this record is void and nothing can be done with it; bring it back first") \
  X(is_not_void, 409, "这条记录没有作废，不用恢复", "this record is not void, so it can't be brought back") \
  X(is_not_merged, 409, "这条记录没有并入别的记录，不用撤销合并", \
    "this record was not merged into another, so there is no merge to undo") \
  X(state_wrong, 409, "不能转到“{0}”：请选流程中的另一个状态；已办结的用“重开”，且须转到未办结的状态", \
    "it can't go to '{0}': choose another state of its flow; a closed one is reopened, into a state that is not " \
    "final") \
  X(route_unclear, 422, "步骤“{0}”要移交（route），但看不出改哪个字段：下一步的 by 里须恰有一个 who 字段", \
    "step '{0}' passes the matter on (route), but it is not clear to whom: exactly one field of type who must stand " \
    "in " \
    "the by of the steps that come next") \
  X(route_ends, 409, "不能再移交：{0}", "it can't be passed on: {1}") \
  X(hops_used_up, 409, "已移交 {0} 次，不能再移交，请在本级办理", \
    "it was passed on {0} times and can't be any more; it is to be answered where it is") \
  X(step_unknown, 404, "没有步骤“{0}”", "there is no step '{0}'") \
  X(row_unknown, 422, "“{0}”没有第 {1} 行", "'{0}' has no row {1}") \
  X(row_twice, 422, "“{0}”中 {1} 出现两次", "'{0}' has {1} twice") \
  X(numbering_wrong, 422, "编号“{0}”应含一个 {n} 或 {n:4}，可含一个 {yyyy}，最长 40 字节", \
    "the number '{0}' needs one {n} or {n:4} and may have one {yyyy}; 40 bytes at most") \
  X(table_no_head, 422, "“{0}”里没有找到表头：前 20 行中应有一行写各列的名称", \
    "no head was found in '{0}': one of the first 20 rows must name the columns") \
  X(cell_unread, 422, "“{0}”写的是“{1}”，应为{2}", "'{0}' says '{1}'; it must be {3}") \
  X(event_malformed, 500, "记录的事件读不出：{0}", "an event of the record can't be read: {0}")

namespace gangmu::record {
GANGMU_DEFINE_ERRORS(record, GANGMU_RECORD_ERRORS)
}   // namespace gangmu::record
