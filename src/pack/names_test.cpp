// SPDX-License-Identifier: Apache-2.0
// What a real programme may name: bodies and posts, never a living official.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <regex>
#include <set>

#include "base/text.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

constexpr std::string_view surnames =
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧区";
/// Of the words that follow a name; those that may follow another word are left out.
constexpr std::string_view titles[] = {"同志", "书记", "省长", "市长", "区长", "县长", "镇长", "局长", "厅长"};

std::vector<std::string> letters(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t n = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    out.emplace_back(text.substr(i, n));
    i += n;
  }
  return out;
}

bool han(const std::string& letter) { return letter.size() == 3 && letter >= "一" && letter <= "龥"; }
bool surname(const std::string& letter) { return han(letter) && surnames.find(letter) != std::string_view::npos; }

/// Words of Han letters between all other signs.
std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out(1);
  for (const std::string& letter : letters(text)) {
    if (han(letter))
      out.back() += letter;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

/// A word that is nothing but surname and given name, or ends with them and a title.
std::string person_in(std::string_view text, const std::set<std::string>& known) {
  for (const std::string& word : words(text)) {
    const auto signs = letters(word);
    if ((signs.size() == 2 || signs.size() == 3) && surname(signs[0]) && !known.contains(word)) return word;
    for (const std::string_view title : titles) {
      const std::size_t at = word.find(title);
      if (at == std::string::npos || at < 6) continue;
      const auto before = letters(std::string_view(word).substr(0, at));
      for (const std::size_t n : {std::size_t{3}, std::size_t{2}}) {
        if (before.size() < n || !surname(before[before.size() - n])) continue;
        const std::string name = text::join({before.end() - static_cast<std::ptrdiff_t>(n), before.end()}, "");
        if (!known.contains(name) && !name.ends_with("副")) return name + std::string(title);
      }
    }
  }
  return {};
}

/// Places, and words of two or three letters that begin with a sign which is a surname as well.
std::set<std::string> known_words(const Pack& pack) {
  std::set<std::string> out{"万元", "万亩", "万吨", "万人", "万名", "万户", "万人次", "余所", "林场"};
  for (const place::Place& place : pack.places) {
    out.insert(place.name_zh);
    const auto signs = letters(place.name_zh);
    out.insert(text::join({signs.begin(), signs.end() - 1}, ""));
  }
  return out;
}

TEST(Names, APersonIsSeenWhereverItStandsInAText) {
  const std::set<std::string> none;
  for (const char* text :
       {"钱示例 地市专场记者会 (2024-01-24)", "专访：张示例", "市委书记李某某同志讲话", "据陈示例市长介绍"})
    EXPECT_NE(person_in(text, none), "") << text;
  for (const char* text :
       {"江门市人民政府：《2024年江门市政府工作报告》（2024-02）", "市委、市政府", "常务副市长", "台山市统计局"})
    EXPECT_EQ(person_in(text, {"江门市", "台山市", "常务"}), "") << text;
}

TEST(Names, NoLivingOfficialIsNamedInARealPack) {
  const Files files = sample::folder("programmes/jiangmen");
  const auto pack = read_pack(files);
  ASSERT_TRUE(pack);
  const std::set<std::string> known = known_words(*pack);
  for (const auto& [path, bytes] : files) {
    if (path == "places.csv") continue;   // villages are named for families
    std::size_t line = 0;
    for (const std::string_view row : text::split(bytes, '\n')) {
      ++line;
      EXPECT_EQ(person_in(row, known), "") << path << ":" << line << " " << row;
    }
  }
}

/// 发布机构：标题（2024-02-01, 2024-02 or 2024年度）; a title in 《》 alone where it is not known who issued it.
struct Citation {
  std::string body, title, date;
};
std::optional<Citation> citation_of(std::string_view name) {
  constexpr std::string_view colon = "：", open = "（", close = "）";
  const std::size_t date = name.rfind(open);
  if (date == std::string_view::npos || !name.ends_with(close)) return std::nullopt;
  Citation out{.body = {}, .title = std::string(name.substr(0, date)), .date = {}};
  out.date = name.substr(date + open.size(), name.size() - close.size() - date - open.size());
  if (!std::regex_match(out.date, std::regex("[0-9]{4}(年度|(-[0-9]{2}){0,2})"))) return std::nullopt;
  if (name.starts_with("《")) return out;
  const std::size_t end = name.find(colon);
  if (end == std::string_view::npos || end == 0 || end > date) return std::nullopt;
  out.body = name.substr(0, end);
  out.title = name.substr(end + colon.size(), date - end - colon.size());
  return out;
}

/// Who writes reports of their own names itself; of an authority the title must tell.
bool shown_by_title(const Citation& source) {
  for (const auto& [body, word] : {std::pair("人民政府", "政府工作报告"), std::pair("人民代表大会", "《人大"),
                                   std::pair("中共", "《中共"), std::pair("委员会", "委员会")})
    if (source.body.find(body) != std::string::npos && source.title.find(word) == std::string::npos) return false;
  return true;
}

TEST(Names, ASourceNamesItsTitleAndDateAndNoCopyElsewhere) {
  EXPECT_EQ(citation_of("江门日报：专版（2023-06-16）")->body, "江门日报");
  EXPECT_EQ(citation_of("《某公报》（2023年度）")->body, "");
  for (const char* bad :
       {"江门日报 2023-06-16", "江门市概况（2023）", "：专版（2023）", "江门日报：专版", "江门日报：专版（去年）"})
    EXPECT_FALSE(citation_of(bad)) << bad;
  EXPECT_FALSE(shown_by_title(*citation_of("江门市蓬江区人民代表大会：第六次会议报道（2026-02-11）")));
  EXPECT_TRUE(shown_by_title(*citation_of("江门市人民政府：《2024年江门市政府工作报告》（2024-02）")));
  const auto pack = read_pack(sample::folder("programmes/jiangmen"));
  ASSERT_TRUE(pack);
  const std::regex address("[a-z0-9-]+\\.(com|cn|net|org|html)", std::regex::icase);
  for (const Definition* d : pack->of_kind("source")) {
    const std::string name = d->body["name_zh"].string_or("");
    const auto source = citation_of(name);
    ASSERT_TRUE(source) << d->id << " " << name;
    EXPECT_TRUE(shown_by_title(*source)) << d->id << " " << name;
    const bool reported = source->title.find("报道") != std::string::npos;
    const bool by_an_authority = std::regex_search(source->body, std::regex("政府|市委|区委|代表大会|统计局"));
    EXPECT_FALSE(reported && by_an_authority) << d->id << ": a report of a meeting is not the meeting's paper";
    for (const char* member : {"name_zh", "name_en", "note"})
      EXPECT_FALSE(std::regex_search(d->body[member].string_or(""), address)) << d->id << " " << member;
  }
}

}   // namespace
}   // namespace gangmu::pack
