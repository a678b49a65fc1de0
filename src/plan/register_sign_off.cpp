// SPDX-License-Identifier: Apache-2.0
#include "plan/register_sign_off.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_persons.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;
constexpr std::size_t longest_label = 12, longest_value = 20;

bool space(char32_t c) { return c <= U' ' || c == U'\u3000' || c == U'\u00A0'; }
bool colon(char32_t c) { return c == U':' || c == U'：'; }
bool opens(char32_t c) { return c == U'(' || c == U'（'; }
bool closes(char32_t c) { return c == U')' || c == U'）'; }

enum class Label : unsigned char { none, person, open };   // open: units and dates, shown as they are

constexpr View of_open[] = {U"填报单位", U"填表单位", U"报送单位", U"上报单位", U"制表单位", U"编制单位",
                            U"填报部门", U"单位",     U"部门",     U"单位名称", U"填报日期", U"填表日期",
                            U"填报时间", U"填表时间", U"报送时间", U"报送日期", U"上报时间", U"上报日期",
                            U"制表时间", U"制表日期", U"统计时间", U"截止时间", U"截至时间", U"统计截止时间",
                            U"更新时间", U"更新日期", U"审核时间", U"审核日期", U"日期",     U"时间",
                            U"抄送",     U"抄报",     U"主送",     U"报送",     U"印发"};
constexpr View of_persons[] = {
    U"负责人", U"领导",   U"填表人", U"填报人",       U"制表人",    U"制单人", U"编制人",   U"经办人",
    U"经手人", U"承办人", U"审核人", U"审批人",       U"复核人",    U"核对人", U"校对人",   U"审定人",
    U"签发人", U"签批人", U"报送人", U"上报人",       U"提供人",    U"录入人", U"统计人",   U"联系人",
    U"联络人", U"联络员", U"报告人", U"记录人",       U"责任人",    U"监督人", U"填表员",   U"统计员",
    U"审核",   U"审批",   U"复核",   U"核对",         U"校对",      U"校核",   U"审定",     U"审签",
    U"签发",   U"签批",   U"制表",   U"制单",         U"编制",      U"填表",   U"填报",     U"经办",
    U"承办",   U"签字",   U"签名",   U"签章",         U"盖章",      U"公章",   U"录入",     U"录入员",
    U"督办人", U"督办员", U"审签人", U"负责同志",     U"责任同志",  U"校核人", U"联系电话", U"联系方式",
    U"电话",   U"手机",   U"手机号", U"手机号码",     U"座机",      U"传真",   U"邮箱",     U"电子邮箱",
    U"书记",   U"局长",   U"主任",   U"县长",         U"镇长",      U"市长",   U"区长",     U"科长",
    U"股长",   U"处长",   U"组长",   U"联系人及电话", U"联系人电话"};
constexpr View in_front[] = {
    U"单位",   U"部门",   U"科室",   U"项目",   U"主要", U"分管", U"具体", U"直接", U"责任", U"第一", U"牵头", U"挂点",
    U"包联",   U"挂钩",   U"主管",   U"党政",   U"企业", U"公司", U"政府", U"党委", U"业务", U"工作", U"信息", U"统计",
    U"财务",   U"领导",   U"填表",   U"报送",   U"上报", U"审批", U"签发", U"督办", U"填报", U"审核", U"制表", U"办公",
    U"负责人", U"填表人", U"填报人", U"办公室", U"街道", U"县",   U"市",   U"区",   U"镇",   U"村",   U"局",   U"副"};

template <class Words>
bool one_of(View s, const Words& words) {
  return std::ranges::find(words, s) != std::end(words);
}

/// By its words, spaces and brackets gone: "单位负责人", "审核人签字". A name in front of them is none of them.
Label label_of(View s) {
  if (s.empty() || s.size() > longest_label) return Label::none;
  if (one_of(s, of_open)) return Label::open;
  if (one_of(s, of_persons)) return Label::person;
  for (const View act : {View(U"签字"), View(U"签名"), View(U"签章"), View(U"盖章")}) {   // 党委书记签字
    if (s.ends_with(act) && label_of(s.substr(0, s.size() - act.size())) == Label::person) return Label::person;
  }
  if (s.ends_with(U"人员")) return label_of(s.substr(0, s.size() - 1));                   // 填报人员
  if (const std::size_t at = s.find_first_of(U"/／、及"); at != View::npos && at > 0) {   // 填表人/联系电话
    const Label first = label_of(s.substr(0, at)), second = label_of(s.substr(at + 1));
    if (first != Label::none && second != Label::none) return first == Label::person ? first : second;
  }
  for (const View word : in_front) {
    if (s.starts_with(word) && label_of(s.substr(word.size())) == Label::person) return Label::person;
  }
  return Label::none;
}

/// Without spaces, and without what stands in brackets: "填 表 人（签字）" → "填表人".
std::u32string label_words(View s) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : s) {
    if (opens(c)) {
      ++depth;
    } else if (closes(c)) {
      depth = std::max(0, depth - 1);
    } else if (depth == 0 && !space(c)) {
      out += c;
    }
  }
  return out;
}

/// A label and where it stands in its cell.
struct Found {
  std::size_t begin = 0, value = 0;   // the value begins behind the colon
  Label label = Label::none;
};

/// "填 表 人" is one word, "钱某 联系电话" two.
bool one_word(View s) {
  const bool parted = std::ranges::any_of(s, space);
  for (std::size_t i = 1; parted && i < s.size(); ++i) {
    if (!space(s[i - 1]) && !space(s[i])) return false;
  }
  return true;
}

/// The label that ends at a colon: the longest run of words before it that is one.
std::optional<Found> label_before(View s, std::size_t at, std::size_t from) {
  std::optional<Found> best;
  for (std::size_t begin = at; begin-- > from && at - begin <= 2 * longest_label;) {
    const View run = s.substr(begin, at - begin);
    if (space(run.front()) || !one_word(run.substr(0, run.find_first_of(U"(（")))) continue;
    if (const Label label = label_of(label_words(run)); label != Label::none) best = Found{begin, at + 1, label};
  }
  return best;
}

/// "填表人 钱某": without a colon, a space parts the two.
std::optional<Found> label_in_front(View s) {
  const auto end = std::ranges::find_if(s, space);
  if (end == s.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(end - s.begin());
  const Label label = label_of(label_words(s.substr(0, at)));
  if (label == Label::none || s.size() - at > longest_value) return std::nullopt;
  return Found{0, at, label};
}

/// "（签名）钱某": the label itself stands in brackets.
std::optional<Found> label_in_brackets(View s) {
  if (s.empty() || !opens(s.front())) return std::nullopt;
  const auto end = std::ranges::find_if(s, closes);
  if (end == s.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(end - s.begin());
  std::u32string inner(s.substr(1, at - 1));
  std::erase_if(inner, space);
  if (label_of(inner) != Label::person || s.size() - at > longest_value) return std::nullopt;
  return Found{0, at + 1, Label::person};
}

/// "填报人张三丰 审核人李四光": nothing parts the two, and every word of the cell is such a pair.
std::vector<Found> labels_on_names(View s) {
  std::vector<Found> out;
  for (std::size_t i = 0; i < s.size();) {
    if (space(s[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < s.size() && !space(s[end])) ++end;
    const View word = s.substr(i, end - i);
    std::size_t label = std::min(word.size(), longest_label);
    for (; label > 1; --label) {
      const char32_t last = word[label - 1];
      if ((last == U'人' || last == U'员') && label_of(word.substr(0, label)) == Label::person &&
          spelled_as_names(text::utf8(word.substr(label))))
        break;
    }
    if (label <= 1) return {};
    out.push_back({i, i + label, Label::person});
    i = end;
  }
  return out;
}

std::vector<Found> labels_in(View s) {
  std::vector<Found> out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!colon(s[i])) continue;
    if (const auto found = label_before(s, i, out.empty() ? 0 : out.back().value)) out.push_back(*found);
  }
  if (out.empty()) {
    if (const auto found = label_in_front(s)) out.push_back(*found);
  }
  if (out.empty()) {
    if (const auto found = label_in_brackets(s)) out.push_back(*found);
  }
  if (out.empty()) out = labels_on_names(s);
  return out;
}

std::u32string points(const std::string& cell) { return text::code_points(text::trim(cell)); }
/// "复核人—": a stroke to write on behind it.
Label bare_label(View s) {
  std::u32string words = label_words(s);
  while (words.size() > 1 && View(U"—-－_＿…").find(words.back()) != View::npos) words.pop_back();
  return label_of(words);
}
/// "以上情况属实。": what is signed for.
bool declares(View s) {
  while (!s.empty() && View(U"。！!. ").find(s.back()) != View::npos) s.remove_suffix(1);
  return s.size() <= longest_value && (s.starts_with(U"以上") || s.starts_with(U"上述") || s.starts_with(U"情况")) &&
         (s.ends_with(U"属实") || s.ends_with(U"无误") || s.ends_with(U"真实"));
}
bool says(View s) { return !unseen(text::utf8(s)); }

/// "2024年6月30日" stands alone on many sheets.
bool dated(View s) { return s.find(U'年') != View::npos && figure(text::utf8(s)); }

void put_value(std::u32string& out, View value, bool open, bool last) {
  if (open || !says(value)) {
    out += value;
  } else {
    out += text::code_points(hidden_person) + (last ? U"" : U" ");
  }
}

/// `open`: what stands before the first label belongs to a date or a unit.
std::string hide(View s, const std::vector<Found>& labels, bool open) {
  std::u32string out;
  put_value(out, s.substr(0, labels.front().begin), open, false);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t end = i + 1 < labels.size() ? labels[i + 1].begin : s.size();
    out += s.substr(labels[i].begin, labels[i].value - labels[i].begin);
    put_value(out, s.substr(labels[i].value, end - labels[i].value), labels[i].label == Label::open, end == s.size());
  }
  return text::utf8(out);
}

}   // namespace

/// One cell more than the labels say (a telephone of its own) is borne where two labels stand.
bool signed_off(const std::vector<std::string>& cells) {
  int labelled = 0, loose = 0;
  bool awaits = false;   // a label stands before and has no value yet
  for (const std::string& cell : cells) {
    const std::u32string s = points(cell);
    if (unseen(cell)) continue;
    const std::vector<Found> labels = labels_in(s);
    if (!labels.empty() && (labels.front().begin == 0 || labelled > 0)) {
      ++labelled;
      awaits = !says(View(s).substr(labels.back().value));
    } else if (bare_label(s) != Label::none) {
      ++labelled;
      awaits = true;
    } else if (awaits && s.size() <= longest_value) {
      awaits = false;
    } else if (labelled == 0 || s.size() > longest_value) {
      if (!figure(cell) && !declares(s)) return false;
    } else {
      loose += figure(cell) ? 0 : 1;
    }
  }
  return labelled > 0 && (loose == 0 || (labelled > 1 && loose < labelled));
}

std::vector<std::string> without_signatures(const std::vector<std::string>& cells) {
  std::vector<std::string> out;
  Label before = Label::person;   // what stands alone is taken for a name
  for (const std::string& cell : cells) {
    const std::u32string s = points(cell);
    const std::vector<Found> labels = labels_in(s);
    if (!labels.empty()) {
      out.push_back(hide(s, labels, before == Label::open));
      before = labels.back().label;
    } else if (const Label bare = bare_label(s); bare != Label::none) {
      out.push_back(cell);
      before = bare;
    } else {
      out.push_back(unseen(cell) || dated(s) || declares(s) || before == Label::open ? cell : hidden_person);
      before = Label::person;
    }
  }
  return out;
}

}   // namespace gangmu::plan
