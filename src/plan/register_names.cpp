// SPDX-License-Identifier: Apache-2.0
#include "plan/register_names.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/text.hpp"

namespace gangmu::plan {

namespace {

struct FieldNames {
  TaskField field;
  const char* name;
  const char* zh;
  const char* en;
  const char* words;   ///< headers, separated by spaces
};

constexpr std::array<FieldNames, 19> fields = {{
    {TaskField::none, "none", "其他（按原样保留）", "other, kept as typed",
     "存在问题 存在困难 困难问题 问题 主要问题 下一步工作 下一步计划 下步计划 下一步措施 下步措施 下一步打算 开始时间 "
     "启动时间 开工时间 佐证材料 "
     "工作依据 政策依据 文件依据 依据 来源 任务来源 所需支持 需协调事项 投资 总投资 县区 县（市、区） 镇街 镇 村 地区 "
     "属地 区域"},
    {TaskField::number, "number", "序号", "number", "序号 编号 任务编号 项目编号 任务序号 序 号 No NO No. 序列"},
    {TaskField::action, "action", "行动", "action",
     "问题类别 问题类型 问题分类 "
     "行动 行动名称 专项行动 所属行动 重点行动 类别 任务类别 任务分类 分类 大类 重点领域 领域 板块 工作板块 一级任务 "
     "一级指标"},
    {TaskField::measure, "measure", "举措", "measure",
     "整改措施 整改举措 整改落实措施 整改方案 整改要求 "
     "举措 工作举措 重点举措 主要举措 具体举措 措施 工作措施 具体措施 主要措施 推进措施 落实措施 二级任务"},
    {TaskField::title, "title", "任务", "task",
     "任务 任务名称 工作任务 任务内容 重点任务 主要任务 具体任务 工作内容 具体工作 工作事项 任务事项 事项 重点工作 "
     "重点工作任务 工作任务内容 "
     "主要内容 三级任务 督办事项 督查事项 督查内容 督办内容 项目名称 建设内容 目标任务"},
    {TaskField::target, "target", "工作目标", "target",
     "整改目标 整改标准 "
     "工作目标 目标 年度目标 预期目标 任务目标 目标要求 量化目标 预期成效 工作要求 完成目标 年度目标任务 "
     "工作目标及要求 具体目标"},
    {TaskField::lead, "lead", "牵头单位", "lead unit",
     "整改牵头单位 牵头整改单位 "
     "牵头单位 牵头部门 主办单位 责任牵头单位 牵头责任单位 第一责任单位 主责单位 主责部门 牵头"},
    {TaskField::leader, "leader", "牵头领导", "lead person",
     "整改责任人 整改负责人 "
     "牵头领导 分管领导 责任领导 包联领导 挂点领导 挂钩领导 市领导 县领导 责任人 负责人 牵头责任人 主要负责人 领导 "
     "具体负责人"},
    {TaskField::responsible, "responsible", "责任单位", "responsible units",
     "整改责任单位 整改单位 整改责任部门 整改主体 整改落实单位 "
     "责任单位 责任部门 责任分工 任务分工 落实单位 承办单位 实施单位 实施主体 责任主体 任务单位 主体责任单位 单位"},
    {TaskField::cooperating, "cooperating", "配合单位", "cooperating units",
     "配合单位 配合 配合部门 协办单位 参与单位 参加单位 协同单位 配合责任单位 协作单位"},
    {TaskField::supervisor, "supervisor", "督办单位", "supervisor",
     "整改督办单位 验收单位 "
     "督办单位 督导单位 督查单位 监督单位 指导单位 督办"},
    {TaskField::contact, "contact", "联系人", "contact",
     "联系人 联系方式 联系电话 联络员 联系人及电话 联系人及联系方式 经办人 填报人 电话 座机 手机 手机号 手机号码"},
    {TaskField::due, "due", "完成时限", "due",
     "整改时限 整改期限 整改完成时限 整改完成时间 整改时间 整改截止时间 "
     "完成时限 时限 时限要求 完成时间 办结时限 时间节点 完成期限 计划完成时间 计划完成时限 时间要求 截止时间 截止日期 "
     "完成日期 办理时限 期限 "
     "进度要求 时间 完成时间节点 时序要求"},
    {TaskField::progress, "progress", "进展情况", "progress",
     "整改情况 整改进展 整改进展情况 整改落实情况 整改完成情况 整改成效 "
     "进展情况 工作进展 工作进展情况 完成情况 进展 落实情况 推进情况 目前进展 目前进展情况 最新进展 进度情况 当前进展 "
     "任务进展 工作完成情况 "
     "办理情况 工作成效"},
    {TaskField::percent, "percent", "完成比例", "percentage done",
     "完成率 完成比例 完成百分比 完成进度 进度 完成度 任务进度 总体进度 完成率% 进度%"},
    {TaskField::closed, "closed", "是否销号", "closed",
     "是否整改 是否完成整改 是否整改完成 是否整改到位 整改状态 整改结果 销号状态 销号时间 销号日期 "
     "是否销号 销号情况 销号 是否完成 完成状态 状态 办结情况 是否办结 任务状态 办理状态"},
    {TaskField::remark, "remark", "备注", "remark", "备注 说明 备注说明 其他说明"},
    {TaskField::place, "place", "地区代码", "place code",
     "地区代码 行政区划代码 区划代码 统计用区划代码 地区 所属地区 所在地区 所属县区 所属镇街 属地"},
    {TaskField::person, "person", "其他个人信息（加密保存，不显示）",
     "other personal details, kept encrypted and hidden", "姓名 身份证号 身份证号码 证件号码 微信号 邮箱 电子邮箱"},
}};
static_assert(fields.size() == static_cast<std::size_t>(task_field_count));

const FieldNames& of(TaskField field) { return fields[static_cast<std::size_t>(field)]; }

struct Word {
  std::string text;
  TaskField field;
};

/// All words, longest first, so that "牵头责任单位" is found before "责任单位".
std::vector<Word> words_by_length() {
  std::vector<Word> words;
  for (const FieldNames& f : fields) {
    for (std::string& word : text::split(f.words, ' ')) {
      if (!word.empty()) words.push_back({plain_header(word), f.field});
    }
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const Word& a, const Word& b) { return a.text.size() > b.text.size(); });
  return words;
}

const std::vector<Word>& words() {
  static const std::vector<Word> table = words_by_length();
  return table;
}

}   // namespace

std::string_view task_field_name(TaskField field) { return of(field).name; }
std::string_view task_field_zh(TaskField field) { return of(field).zh; }
std::string_view task_field_en(TaskField field) { return of(field).en; }
bool personal_field(TaskField field) {
  return field == TaskField::leader || field == TaskField::contact || field == TaskField::person;
}

std::optional<TaskField> task_field_of(std::string_view name) {
  for (const FieldNames& f : fields) {
    if (name == f.name) return f.field;
  }
  return std::nullopt;
}

std::string plain_header(std::string_view cell) {
  const std::u32string s = text::code_points(text::narrow(cell));
  std::u32string out, all;
  int depth = 0;
  for (const char32_t c : s) {
    if (c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == U'\u00A0' || c == U':') continue;
    all += c;
    if (c == U'(' || c == U'[' || c == U'【') {
      ++depth;
    } else if ((c == U')' || c == U']' || c == U'】') && depth > 0) {
      --depth;
    } else if (depth == 0) {
      out += c;
    }
  }
  return text::utf8(out.empty() ? all : out);
}

bool names_a_problem(std::string_view cell) {
  const std::string header = plain_header(cell);
  if (!text::contains(header, "问题")) return false;
  constexpr std::string_view aspects[] = {"类",       "来源", "编号",     "数",   "性质", "程度",
                                          "情况说明", "原因", "整改措施", "时间", "单位", "责任"};
  return std::none_of(std::begin(aspects), std::end(aspects), [&](auto word) { return text::contains(header, word); });
}

bool says_a_plan(std::string_view cell) {
  const std::string header = plain_header(cell);
  const auto any = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return text::contains(header, word); });
  };
  if (any({"情况", "进展", "成效", "执行", "完成率", "完成比例", "完成百分比", "完成度"})) return false;
  constexpr std::string_view ends[] = {"目标", "重点", "思路", "要求", "节点", "步骤"};
  return any({"计划", "安排", "打算", "拟", "序时", "时序", "应完成"}) ||
         std::ranges::any_of(ends, [&](auto end) { return header.ends_with(end); });
}

TimeOf time_of(std::string_view header) {
  const auto any = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return text::contains(header, word); });
  };
  if (any({"开工", "开始", "启动", "下达", "交办", "派发", "受理", "收文", "来文", "反馈", "实际", "填报", "更新",
           "立项", "印发", "起始", "登记"}))
    return TimeOf::another;
  return any({"完成", "竣工", "办结", "完工", "截止", "时限", "期限", "投产", "交付", "节点"}) ? TimeOf::end
                                                                                               : TimeOf::unsaid;
}

HeaderMatch match_header(std::string_view cell) {
  const std::string header = plain_header(cell);
  if (header.empty()) return {};
  HeaderMatch match;
  for (const Word& word : words()) {
    if (header == word.text) return {.known = true, .field = word.field, .confidence = 100, .candidates = {}};
    const bool inside =
        word.field != TaskField::none && text::length(word.text) >= 2 && text::contains(header, word.text);
    if (inside && std::find(match.candidates.begin(), match.candidates.end(), word.field) == match.candidates.end()) {
      match.candidates.push_back(word.field);
    }
  }
  if (!match.candidates.empty()) {
    match.field = match.candidates.front();
    match.confidence = 70;
    return match;
  }
  std::vector<std::string> texts;
  for (const Word& word : words()) texts.push_back(word.text);
  const std::string near = text::length(header) >= 4 ? text::nearest(header, texts) : "";
  for (const Word& word : words()) {
    if (near.empty() || word.text != near || word.field == TaskField::none) continue;
    match.field = word.field;
    match.confidence = 50;
    match.candidates.push_back(word.field);
    break;
  }
  return match;
}

}   // namespace gangmu::plan
