// SPDX-License-Identifier: Apache-2.0
#include "sim/plan.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>

namespace gangmu::sim {
namespace {

constexpr std::string_view plan_source = "S4";

using Field = std::pair<std::string_view, Json>;
Json object(std::initializer_list<Field> fields) {
  Json out(Json::Object{});
  for (const auto& [name, value] : fields)
    if (!value.is_null() && !(value.string() && value.string()->empty())) out.set(name, value);
  return out;
}

Definition definition(std::string kind, Date from, Json body) {
  std::string id = body["id"].string_or("");
  return {.kind = std::move(kind),
          .id = std::move(id),
          .version = 1,
          .valid_from = from,
          .retired = false,
          .body = std::move(body)};
}

std::vector<std::size_t> of_level(const City& city, place::Level level) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < city.places.size(); ++i)
    if (city.places[i].level == level) out.push_back(i);
  return out;
}

void sort_by_id(std::vector<Definition>& all) { std::ranges::sort(all, {}, &Definition::id); }

struct TrackText {
  std::string_view zh, en;
};
constexpr TrackText track_texts[] = {
    {"做强示例一产业，建设中心城区", "Strengthen sample industry one; build the central urban area"},
    {"做专示例二产业，建设特色园区", "Specialise in sample industry two; build a themed park"},
    {"做大示例三产业，带动周边县域", "Enlarge sample industry three; draw the neighbours along"},
    {"发展示例四农业全产业链", "Develop the whole chain of sample crop four"},
    {"发展示例五文旅，守护乡村风貌", "Develop sample tourism five; keep the look of the villages"},
    {"建设示例六物流通道", "Build sample logistics corridor six"},
    {"以生态为底色，补齐公共服务短板", "Start from a green base; close the gaps in public services"},
    {"做优示例八制造，提升质量", "Better sample manufacturing eight; raise quality"},
    {"做活示例九商贸，繁荣县城", "Enliven sample trade nine; a prosperous county seat"},
    {"做精示例十加工，延伸链条", "Refine sample processing ten; lengthen the chain"}};

struct TaskText {
  std::string_view action, measure, title, target, lead;
};
constexpr TaskText task_texts[] = {
    {"壮大县域经济", "培育产业集群", "完成园区标准厂房建设", "{Y}年底前建成标准厂房12万平方米", "市工业和信息化局"},
    {"壮大县域经济", "扩大有效投资", "推进重点项目开工", "{Y}年开工项目不少于20个", "市发展改革局"},
    {"壮大县域经济", "优化营商环境", "推行一件事一次办", "持续优化办事流程", "市政务服务和数据管理局"},
    {"建强中心镇", "补齐圩镇短板", "完成圩镇道路改造", "{Y}年改造道路8公里", "市住房城乡建设局"},
    {"建强中心镇", "提升公共服务", "提升卫生院服务能力", "达到推荐标准", "市卫生健康局"},
    {"建强中心镇", "补齐圩镇短板", "农贸市场升级改造", "{Y}年完成市场升级5个", "市市场监管局"},
    {"建设和美乡村", "整治人居环境", "农村生活污水治理", "{Y}年治理率达到85%", "市生态环境局"},
    {"建设和美乡村", "整治人居环境", "卫生户厕改造", "{Y}年完成改造600户", "市农业农村局"},
    {"建设和美乡村", "发展集体经济", "集体资产清查", "做到账实相符", "市农业农村局"},
    {"推进城乡融合", "畅通交通网络", "农村公路提质改造", "{Y}年完成公路提质45公里", "市交通运输局"},
    {"推进城乡融合", "教育共同体", "新增公办学位", "{Y}年新增学位1800个", "市教育局"},
    {"推进城乡融合", "供水一体化", "城乡供水管网延伸", "自来水普及率稳步提高", "市水利局"},
    {"绿美生态建设", "森林质量提升", "完成林分优化", "{Y}年完成2.4万亩", "市林业局"},
    {"绿美生态建设", "水环境治理", "重点河段清淤", "{Y}年清淤6公里", "市水利局"},
    {"改革集成", "放权强镇", "事权下放评估", "形成评估报告", "市委改革办"},
    {"动员社会力量", "结对帮扶", "落实结对协作事项", "事项全部兑现", "市“百千万工程”指挥部办公室"}};

std::string with_year(std::string_view text, int year) {
  std::string out(text);
  if (const auto at = out.find("{Y}"); at != std::string::npos) out.replace(at, 3, std::to_string(year));
  return out;
}

std::string due_of(Random& r, int year) {
  switch (r.below(7)) {
    case 0: return std::to_string(year) + "年6月底前";
    case 1: return std::to_string(year) + "年第三季度";
    case 2: return std::to_string(year) + "年底";
    case 3: return std::to_string(year) + "-" + (r.chance(0.5) ? "03-31" : "09-30");
    case 4: return std::to_string(year + 1) + "年6月30日前";
    case 5: return "长期坚持";
    default: return std::to_string(year) + "年11月底前";
  }
}

}   // namespace

std::vector<Definition> posts_of(const City& city, Date from) {
  std::vector<Definition> out;
  const auto add = [&](const std::string& id, const place::Place& p, const char* role, const char* zh, const char* en) {
    out.push_back(definition(
        "post", from, object({{"id", id}, {"place", p.code}, {"role", role}, {"title_zh", zh}, {"title_en", en}})));
  };
  for (const place::Place& p : city.places) {
    switch (p.level) {
      case place::Level::county:
        add("front-" + p.code.substr(0, 6), p, "front_commander", "一线总指挥", "Front-line commander");
        break;
      case place::Level::town:
        add("foreman-" + p.code.substr(0, 9), p, "site_foreman", "一线施工队长", "Site foreman");
        break;
      case place::Level::village: add("goose-" + p.code, p, "lead_goose", "领头雁", "Lead goose"); break;
      default:
        add("commander", p, "commander", "总指挥", "Commander-in-chief");
        add("first-deputy", p, "first_deputy", "第一副总指挥", "First deputy commander");
        add("office", p, "office", "市“百千万工程”指挥部办公室", "Project command office");
    }
  }
  sort_by_id(out);
  return out;
}

std::vector<Definition> tracks_of(const City& city, Date from) {
  std::vector<Definition> out;
  for (const std::size_t county : of_level(city, place::Level::county)) {
    const place::Place& p = city.places[county];
    const TrackText& text = track_texts[out.size()];
    out.push_back(definition("track", from,
                             object({{"id", "track-" + p.code.substr(0, 6)},
                                     {"place", p.code},
                                     {"sentence_zh", text.zh},
                                     {"sentence_en", text.en},
                                     {"peer", "示例外市对标县"},
                                     {"source", plan_source}})));
  }
  return out;
}

std::vector<Definition> pairings_of(const City& city, Date from) {
  const auto counties = of_level(city, place::Level::county);
  std::vector<Definition> out;
  for (std::size_t a = 0; a < counties.size() / 2; ++a) {
    const place::Place& x = city.places[counties[a]];
    const place::Place& y = city.places[counties[counties.size() - 1 - a]];
    Json side_a(Json::Array{});
    side_a.push(x.code);
    std::string zh = x.name_zh, en = x.name_en;
    if (a == 0 && counties.size() % 2 == 1 && counties.size() > 1) {
      const place::Place& middle = city.places[counties[counties.size() / 2]];
      side_a.push(middle.code);
      zh += "、" + middle.name_zh;
      en += ", " + middle.name_en;
    }
    Json side_b(Json::Array{});
    side_b.push(y.code);
    out.push_back(definition("pairing", from,
                             object({{"id", "pair-" + std::to_string(a + 1)},
                                     {"side_a", std::move(side_a)},
                                     {"side_b", std::move(side_b)},
                                     {"name_zh", zh + "—" + y.name_zh},
                                     {"name_en", en + " – " + y.name_en},
                                     {"signed_on", from.text()},
                                     {"promise_a", "提供示例园区共建名额和技术人员"},
                                     {"promise_b", "提供示例用地指标和农产品直供"},
                                     {"source", plan_source}})));
  }
  return out;
}

std::vector<Definition> targets_of(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                                   const Random& random) {
  struct Kind {
    std::string_view code;
    const char* zh;
    const char* en;
    std::int64_t percent;   ///< of the year before
  };
  constexpr Kind kinds[] = {
      {"T-AGR-01", "完成粮食播种面积任务", "Grain area as assigned", 100},
      {"T-ECO-02", "镇域规上工业总产值达到目标", "Town industrial output reaches its target", 105},
      {"T-RUR-01", "村级集体经营性收入达到目标", "Collective income of villages reaches its target", 108}};
  std::vector<Definition> out;
  for (const Kind& kind : kinds) {
    const auto series =
        std::ranges::find_if(catalogue, [&](const Series& s) { return s.versions.front().code.value == kind.code; });
    if (series == catalogue.end()) continue;
    const fact::Indicator& indicator = series->versions.front();
    const int last = shape.first_year + shape.years - 1;
    for (const std::size_t town : of_level(city, place::Level::town))
      for (int year = std::max(shape.first_year + 1, last - 2); year <= last; ++year) {
        const std::int64_t before = year_end_units(city, catalogue, shape, random, kind.code, town, year - 1);
        const std::string& code = city.places[town].code;
        out.push_back(
            definition("target", Date{},
                       object({{"id", std::string(kind.code) + "-" + code.substr(0, 9) + "-" + std::to_string(year)},
                               {"type", "target"},
                               {"topic", indicator.domain},
                               {"place", code},
                               {"indicator", kind.code},
                               {"name_zh", kind.zh},
                               {"name_en", kind.en},
                               {"operator", ">="},
                               {"value", Decimal(before * kind.percent / 100, indicator.decimals).text()},
                               {"unit", indicator.unit_zh},
                               {"period", std::to_string(year)},
                               {"source", plan_source}})));
      }
  }
  sort_by_id(out);
  return out;
}

std::vector<Json> tasks_of(const City& city, const Shape& shape, const Random& random) {
  const auto counties = of_level(city, place::Level::county);
  const int year = shape.first_year + shape.years;   // the year under way
  Random r = random.fork(3);
  std::vector<Json> out;
  std::map<std::string, int, std::less<>> above;   // of the whole city, by title: what counties have of it stands below
  for (int n = 1; n <= shape.tasks; ++n) {
    const TaskText& text = task_texts[static_cast<std::size_t>(n - 1) % std::size(task_texts)];
    const place::Place& county = city.places[counties[r.below(counties.size())]];
    const bool whole_city = r.chance(0.2);
    Json responsible(Json::Array{});
    responsible.push(whole_city ? "各县指挥部办公室" : county.name_zh + "指挥部办公室");
    Json cooperating;
    if (r.chance(0.5)) cooperating.push("市财政局");
    const auto percent = static_cast<std::int64_t>(r.below(11)) * 10;
    const bool closed = percent == 100 && r.chance(0.6);
    const char* state = percent < 100 ? (r.chance(0.04) ? "paused" : nullptr) : closed ? "closed" : "done_waiting";
    const Date reported = *Date::of(year, static_cast<int>(r.between(1, 6)), static_cast<int>(r.between(1, 28)));
    const bool has_report = percent > 0 || r.chance(0.3);
    const auto parent = whole_city ? above.end() : above.find(text.title);
    if (whole_city) above.emplace(std::string(text.title), n);
    static constexpr const char* origins[] = {"台账", "会议议定", "上级来文", "领导批示"};
    const char* origin = origins[r.below(std::size(origins))];
    out.push_back(object(
        {{"id", std::to_string(n)},
         {"place", whole_city ? city.places.front().code : county.code},
         {"action", text.action},
         {"measure", text.measure},
         {"title", (whole_city ? "" : county.name_zh) + std::string(text.title)},
         {"target_text", with_year(text.target, year)},
         {"lead", text.lead},
         {"responsible", std::move(responsible)},
         {"cooperating", std::move(cooperating)},
         {"supervisor", "市“百千万工程”指挥部办公室"},
         {"due", due_of(r, year)},
         {"progress", has_report ? (percent == 100 ? Json("已全部完成，资料齐备") : Json("按计划推进")) : Json()},
         {"percent", Json(std::to_string(percent))},
         {"progress_on", has_report ? Json(reported.text()) : Json()},
         {"state", state ? Json(state) : Json()},
         {"requested_on", percent == 100 ? Json(reported.text()) : Json()},
         {"closed_on", closed ? Json(reported.plus_days(5).text()) : Json()},
         {"parent", parent == above.end() ? Json() : Json(std::to_string(parent->second))},
         {"origin", Json(origin)},
         {"received_on", has_report ? Json(Date::of(year, 1, 5)->text()) : Json()},
         {"proof_asked", n % 4 == 0 ? Json(true) : Json()}}));
  }
  return out;
}

}   // namespace gangmu::sim
