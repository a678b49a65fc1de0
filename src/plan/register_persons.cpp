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

bool stands_for_unit(std::u32string_view word) { return !word.empty() && (surely_unit(word) || each_unit(word)); }

}   // namespace gangmu::plan
