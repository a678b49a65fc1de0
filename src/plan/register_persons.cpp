// SPDX-License-Identifier: Apache-2.0
#include "plan/register_persons.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

bool ends_with_any(View token, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) { return token.ends_with(word); });
}

/// The commonest family names, one character each.
constexpr View surnames =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    U"汪田任姜范方石姚谭廖邹熊金陆郝"
    U"孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦"
    U"向柳邢路岳齐梅莫庄辛管祝左涂谷"
    U"祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边肖付代区"
    U"植冼利麦招劳容简练卓巫云骆"
    U"吉古丘钮邬湛蓝伦岑佘官凤池巢敖";
constexpr View double_surnames[] = {U"欧阳", U"司徒", U"上官", U"诸葛", U"司马", U"夏侯", U"皇甫",
                                    U"东方", U"尉迟", U"公孙", U"慕容", U"令狐", U"长孙", U"宇文"};

bool one_of(View token, std::initializer_list<View> words) { return std::ranges::find(words, token) != words.end(); }

/// What stands behind the family name in front; empty when there is none.
View behind_surname(View token) {
  if (std::ranges::find(double_surnames, token.substr(0, 2)) != std::end(double_surnames)) return token.substr(2);
  return surnames.find(token.front()) != View::npos ? token.substr(1) : View();
}

/// 李新村, 欧阳新村: a last word that places, schools and given names share. 王副局, 刘常委: called by the post.
bool like_a_name(View token) {
  const View rest = behind_surname(token);
  if (rest.empty() || rest.size() > 2) return false;
  return ends_with_any(rest, {U"村", U"镇", U"乡", U"校", U"院", U"市", U"部", U"站"}) ||
         one_of(rest, {U"副局", U"副县", U"副区", U"常委", U"政委", U"主委"});
}

/// 水利局李新村, 副镇长李新村: the name right behind the office or the post.
bool name_behind_office(View token) {
  for (std::size_t n = 2; n <= 4 && n < token.size(); ++n) {
    const View before = token.substr(0, token.size() - n);
    if (like_a_name(token.substr(token.size() - n)) &&
        ends_with_any(before, {U"局", U"委", U"办", U"厅", U"长", U"任", U"记"}))
      return true;
  }
  return false;
}

bool unit_by_last_word(View token) {
  return ends_with_any(
      token, {U"局", U"委", U"办", U"部", U"厅", U"县", U"区", U"市", U"院", U"镇", U"乡", U"村", U"站", U"校"});
}
bool unit_by_long_word(View token) {
  return ends_with_any(token, {U"所",   U"省",   U"社",   U"会",   U"处",   U"科",   U"股",   U"室",   U"组",
                               U"厂",   U"场",   U"馆",   U"联",   U"中心", U"政府", U"街道", U"公司", U"集团",
                               U"银行", U"单位", U"部门", U"机关", U"企业", U"支部", U"法庭", U"支队", U"大队"});
}

/// The shorter a word, the likelier it is a name (张局 is Mr Zhang): of two characters only these are units, of three
/// none that may be a name.
bool surely_unit(View token) {
  if (token.size() < 2) return false;
  if (token.size() == 2) return one_of(token, {U"县委", U"市委", U"区委", U"镇委", U"团委", U"党委", U"妇联", U"工会"});
  if (one_of(token, {U"武装部", U"卫生院", U"文化站", U"林业站", U"水利站"}))
    return true;   // 武, 卫 … are family names, too
  if (like_a_name(token) || name_behind_office(token)) return false;
  return unit_by_last_word(token) || (token.size() > 3 && unit_by_long_word(token));
}

/// "各县", "各有关单位"; what stands behind it, as in "各县（市、区）", may be short.
bool each_unit(View token) {
  return token.starts_with(U"各") && !name_behind_office(token) &&
         (unit_by_last_word(token) || unit_by_long_word(token) || ends_with_any(token, {U"地", U"级", U"街"}));
}
bool short_level(View token) { return one_of(token, {U"县", U"市", U"区", U"镇", U"乡", U"村", U"街道", U"园区"}); }

bool part_word(View token) {
  constexpr View words[] = {U"牵头",     U"牵头单位", U"牵头部门", U"责任",     U"责任单位",
                            U"责任部门", U"配合",     U"配合单位", U"配合部门", U"协办单位"};
  return std::ranges::find(words, token) != std::end(words);
}

/// Short for an office, or a common word, though a family name stands in front.
bool common_word(View token) {
  return one_of(token,
                {U"安监",   U"林业",   U"路政",   U"房管",   U"石化", U"金融", U"高新", U"应急", U"安全", U"方案",
                 U"项目",   U"任务",   U"常态",   U"常规",   U"周报", U"成效", U"万元", U"金额", U"路线", U"游客",
                 U"常态化", U"高标准", U"高质量", U"项目化", U"林草", U"季度", U"计划", U"江南", U"方式", U"单项",
                 U"毛坯",   U"时限",   U"时间",   U"成品",   U"华侨", U"农业", U"管委", U"高校", U"车站", U"施工",
                 U"关停",   U"边界",   U"全部",   U"单位",   U"连续", U"任意", U"余额", U"万亩", U"支出", U"向上"});
}
bool han(char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

/// 张三, 张三丰, 欧阳修远: a family name and one or two characters that make no unit with it.
bool spelled_as_name(View token) {
  const View rest = token.size() < 2 ? View() : behind_surname(token);
  if (rest.empty() || rest.size() > 2 || !std::ranges::all_of(token, han) || common_word(token)) return false;
  if (token.size() == 2 && rest == U"局") return token.front() != U'丁' && token.front() != U'辛';   // Mr Zhang; 丁局
  return !unit_by_last_word(token) && !unit_by_long_word(token) &&
         !ends_with_any(token, {U"队", U"方", U"投", U"控", U"业主", U"园", U"街", U"庄", U"库", U"桥", U"路"});
}

/// 王副局长, 李主任, 副县长, 县长李四: called by the post, with the name before it or behind.
bool called_by_post(View token) {
  constexpr View posts[] = {U"书记", U"主任", U"局长", U"县长", U"区长", U"市长", U"镇长",  U"乡长", U"部长",
                            U"科长", U"处长", U"股长", U"主席", U"组长", U"院长", U"校长",  U"站长", U"经理",
                            U"所长", U"队长", U"村长", U"总工", U"常委", U"同志", U"秘书长"};
  return std::ranges::any_of(posts, [&](View post) {
    const std::size_t at = token.find(post);
    if (at == View::npos) return false;
    const View rest = token.substr(at + post.size());
    return rest.empty() || spelled_as_name(rest);
  });
}

/// 市水务局李四光: the name right behind the unit; how long the unit is, 0 when no name follows one.
std::size_t unit_before_name(View token) {
  for (std::size_t n = 2; n <= 4 && n + 2 <= token.size(); ++n) {
    const View before = token.substr(0, token.size() - n);
    const bool office = ends_with_any(before, {U"局", U"委", U"办", U"厅", U"镇", U"政府", U"中心", U"公司", U"街道"});
    if (office && spelled_as_name(token.substr(token.size() - n))) return before.size();
  }
  return 0;
}

/// 牵头领导, 责任人: what stands behind it names persons.
bool labels_a_person(View token) {
  return ends_with_any(token, {U"领导", U"责任人", U"负责人", U"联系人", U"联络员", U"经办人", U"负责同志", U"责任同志",
                               U"人员", U"电话", U"手机", U"姓名"});
}

/// A word and the mark behind it, 0 at the end.
struct Token {
  std::u32string text;
  char32_t mark = 0;
};
std::vector<Token> tokens(View s) {
  constexpr View marks = U" \u3000\u00A0\t\n\r、，,；;。/:：-—()（）[]【】";
  std::vector<Token> out(1);
  for (const char32_t c : s) {
    if (marks.find(c) == View::npos) {
      out.back().text += c;
    } else if (!out.back().text.empty()) {
      out.back().mark = c;
      out.emplace_back();
    }
  }
  if (out.back().text.empty()) out.pop_back();
  return out;
}

}   // namespace

UnitsAndPersons apart(std::string_view typed) {
  UnitsAndPersons out;
  std::u32string units;
  bool each = false;   // within "各县（市、区）"
  for (const Token& token : tokens(text::code_points(typed))) {
    each = each_unit(token.text) || (each && short_level(token.text));
    if (part_word(token.text)) {
      const bool label = token.mark == U':' || token.mark == U'：';
      if (label)
        units += (units.empty() ? U"" : U"；") + token.text + U"：";
      else if (!units.empty())
        units += U"（" + token.text + U"）";
    } else if (each || surely_unit(token.text)) {
      if (!units.empty() && units.back() != U'：') units += U'、';
      units += token.text;
    } else {
      out.persons = true;
    }
  }
  out.units = out.persons ? text::utf8(units) : std::string(typed);
  return out;
}

namespace {

/// Reads the words of a cell in order and copies all but the names.
class NamesOut {
 public:
  explicit NamesOut(View typed) : typed_(typed) {}

  UnitsAndPersons read() {
    std::size_t from = 0;
    for (std::size_t i = 0; i <= typed_.size(); ++i) {
      if (i < typed_.size() && !mark(typed_[i])) continue;
      word(typed_.substr(from, i - from), i < typed_.size() ? typed_[i] : U'\0');
      if (i < typed_.size()) put_mark(typed_[i]);
      from = i + 1;
    }
    UnitsAndPersons out;
    out.persons = persons_;
    out.units = text::utf8(persons_ ? View(tidy()) : typed_);
    return out;
  }

 private:
  static bool mark(char32_t c) {
    return View(U" \u3000\u00A0\t\n\r、，,；;。/:：-—()（）[]【】0123456789").find(c) != View::npos;
  }

  void word(View token, char32_t behind) {
    if (token.empty()) return;
    if (labels_a_person(token) && !stands_for_unit(token)) {
      persons_ = true;
      labelled_ = behind == U':' || behind == U'：';
      return;
    }
    if (labelled_ && (stands_for_unit(token) || part_word(token))) labelled_ = false;
    if (labelled_ || spelled_as_name(token) || called_by_post(token)) {
      persons_ = true;
    } else if (const std::size_t unit = unit_before_name(token); unit > 0) {
      persons_ = true;
      kept_ += token.substr(0, unit);
    } else {
      kept_ += token;
    }
  }

  void put_mark(char32_t c) {
    if (c == U'；' || c == U';' || c == U'\n') labelled_ = false;
    kept_ += c;
  }

  /// Without the marks and figures that only parted names: "甲局（）", "、乙局", "甲局 138".
  [[nodiscard]] std::u32string tidy() const {
    std::u32string out;
    for (const char32_t c : kept_) {
      const bool digit = c >= U'0' && c <= U'9';
      const bool closing = c == U')' || c == U'）' || c == U']' || c == U'】';
      const bool after_mark = out.empty() || mark(out.back());
      if (digit) continue;
      if (closing && !out.empty() && View(U"(（[【").find(out.back()) != View::npos) {
        out.pop_back();
      } else if (!mark(c) || !after_mark || View(U"(（[【").find(c) != View::npos) {
        out += c;
      }
    }
    while (!out.empty() && mark(out.back()) && View(U")）]】").find(out.back()) == View::npos) out.pop_back();
    return out;
  }

  View typed_;
  std::u32string kept_;
  bool persons_ = false;
  bool labelled_ = false;   ///< behind 牵头领导：
};

}   // namespace

UnitsAndPersons beside_units(std::string_view typed) {
  const std::u32string s = text::code_points(typed);
  return NamesOut(s).read();
}

bool head_may_name_persons(std::string_view header) {
  const std::u32string s = text::code_points(header);
  constexpr View inside[] = {U"姓名",   U"人员", U"书记", U"经理", U"同志",   U"法人",   U"户主",
                             U"指挥长", U"领导", U"名单", U"干部", U"责任人", U"负责人", U"联系人"};
  if (ends_with_any(s, {U"数",   U"数量", U"费",   U"经费", U"资金", U"率",   U"比例", U"编制", U"规模",
                        U"单位", U"部门", U"机构", U"增长", U"时长", U"全长", U"总长", U"延长", U"成长",
                        U"特长", U"边长", U"周长", U"动员", U"万人", U"金额", U"次数", U"长"}) &&
      !ends_with_any(s, {U"局长", U"县长", U"镇长", U"村长", U"组长", U"队长", U"河长",   U"林长",   U"路长", U"湖长",
                         U"田长", U"市长", U"区长", U"乡长", U"科长", U"处长", U"所长",   U"校长",   U"院长", U"部长",
                         U"站长", U"园长", U"股长", U"班长", U"会长", U"链长", U"专班长", U"指挥长", U"段长", U"楼长"}))
    return false;
  return std::ranges::any_of(inside, [&](View word) { return s.find(word) != View::npos; }) ||
         ends_with_any(s, {U"人", U"员", U"长", U"主任", U"指挥", U"代表", U"班子", U"工程师", U"秘书", U"主席",
                           U"签字", U"签名", U"总监", U"顾问", U"专家", U"律师", U"教师", U"医生"});
}

bool names_a_post(std::string_view label) {
  const std::u32string s = text::code_points(label);
  const std::u32string last = s.size() > 2 ? s.substr(s.size() - 2) : s;
  if (last == U"电话" || last == U"手机") return true;
  return head_may_name_persons(label) && head_may_name_persons(text::utf8(last));
}

bool spelled_as_names(std::string_view typed) {
  const std::vector<Token> words = tokens(text::code_points(text::trim(typed)));
  return !words.empty() && std::ranges::all_of(words, [](const Token& word) {
    return spelled_as_name(word.text) || called_by_post(word.text);
  });
}

bool stands_for_unit(std::u32string_view word) { return !word.empty() && (surely_unit(word) || each_unit(word)); }

}   // namespace gangmu::plan
