// SPDX-License-Identifier: Apache-2.0
#include "app/assessments.hpp"

#include <algorithm>

#include "app/assessment_wire.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/table.hpp"

namespace gangmu::app {
namespace {

using score::points_text;

struct Asked {
  Picture picture;
  const store::AssessmentRecord* record = nullptr;
  std::shared_ptr<const Made> made;
};

Result<Asked> asked_of(Service& service, const Call& call) {
  Asked out;
  TRY_ASSIGN(out.picture, picture(service, call, Permission::read_assessments));
  TRY_ASSIGN(out.record, find_assessment(out.picture, call.id));
  TRY_ASSIGN(out.made, made(service, out.picture, *out.record));
  return out;
}

/// Places in the order of their rank within their class; those without a rank last.
std::vector<std::size_t> ordered(const Made& made, const std::string& only_class) {
  const auto& classes = made.frozen.gathered.classes;
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < made.assessment.places; ++p) {
    if (classes[p] == score::no_class) continue;
    if (only_class.empty() || made.frozen.scheme.classes[classes[p]].id == only_class) out.push_back(p);
  }
  std::ranges::stable_sort(out, {}, [&](std::size_t p) {
    const auto rank = made.assessment.rank[p];
    return std::tuple(classes[p], rank == 0, rank);
  });
  return out;
}

void row(JsonWriter& out, const Asked& asked, std::size_t p) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const score::Assessment& a = asked.made->assessment;
  const score::ClassIndex c = asked.made->frozen.gathered.classes[p];
  const place::NodeIndex node = asked.picture.tree().find_code(asked.made->frozen.gathered.places[p]);
  if (node == place::no_node) return;   // a place that has ended since
  if (!asked.picture.may(Permission::read_assessments, node)) return;
  out.begin_object().key("place");
  wire::place_ref(out, asked.picture.tree(), node);
  out.key("class").value(scheme.classes[c].id);
  out.key("total").value(points_text(a.total[p], scheme.score_decimals)).key("rank").value(static_cast<std::int64_t>(a.rank[p]));
  out.key("of").value(static_cast<std::int64_t>(a.class_size[c]));
  out.key("grade_zh").value(wire::grade_name_of(scheme, a.grade[p], Language::zh));
  out.key("grade_en").value(wire::grade_name_of(scheme, a.grade[p], Language::en));
  out.key("provisional").value(static_cast<bool>(a.provisional[p])).end_object();
}

void edges(JsonWriter& out, const Made& made) {
  std::map<score::EdgeRule, std::size_t> counts;
  for (const score::EdgeCount& edge : made.assessment.edges) counts[edge.rule] += edge.places;
  out.key("edges").begin_array();
  for (const auto& [rule, count] : counts) {
    out.begin_object().key("rule").value(score::edge_rule_name(rule));
    out.key("text_zh").value(score::edge_rule_text(rule, Language::zh)).key("text_en").value(score::edge_rule_text(rule, Language::en));
    out.key("count").value(static_cast<std::int64_t>(count)).end_object();
  }
  out.end_array();
}

Result<Reply> assessment_workbook(Service& service, const Asked& asked, const std::vector<std::size_t>& order) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const score::Assessment& a = asked.made->assessment;
  Worksheet sheet = table_sheet(asked.picture, scheme.title(Language::zh), {"分类", "位次", "代码", "名称", "得分", "等次", "暂定"});
  for (const std::size_t p : order) {
    const place::NodeIndex node = asked.picture.tree().find_code(asked.made->frozen.gathered.places[p]);
    if (!asked.picture.may(Permission::read_assessments, node)) continue;   // one that has ended since: who may see the whole
    const auto total = Decimal::parse(points_text(a.total[p], scheme.score_decimals));
    sheet.rows.push_back({RowRole::body, {scheme.classes[asked.made->frozen.gathered.classes[p]].name_zh,
                                          a.rank[p] ? WorksheetCell(Decimal(a.rank[p], 0)) : WorksheetCell(), asked.made->frozen.gathered.places[p],
                                          node == place::no_node ? std::string() : asked.picture.tree()[node].name_zh,
                                          total ? WorksheetCell(*total) : WorksheetCell(), wire::grade_name_of(scheme, a.grade[p], Language::zh),
                                          std::string(a.provisional[p] ? "是" : "")}});
  }
  return workbook_reply(service, asked.picture, asked.record->id + ".xlsx", std::move(sheet),
                        {{"方案", scheme.name_zh}, {"时期", asked.record->period.text()}, {"摘要", asked.record->digest.text()}});
}

// --- the explanation of one place ------------------------------------------------------------------------------------

void sentences(JsonWriter& out, std::string_view heading_zh, std::string_view heading_en, const std::vector<score::Sentence>& all) {
  if (all.empty()) return;
  out.begin_object().key("heading_zh").value(heading_zh).key("heading_en").value(heading_en).key("sentences_zh").begin_array();
  for (const auto& sentence : all) out.value(sentence.zh);
  out.end_array().key("sentences_en").begin_array();
  for (const auto& sentence : all) out.value(sentence.en);
  out.end_array().end_object();
}

void plain(JsonWriter& out, const score::PlainWords& words) {
  out.key("plain").begin_array();
  sentences(out, "得分", "Score", {words.score});
  sentences(out, "扣分在哪几项", "Where points were lost", words.lost);
  sentences(out, "每项差多少", "How far each is", words.gaps);
  sentences(out, "数据归口", "Who keeps the figure", words.owners);
  sentences(out, "下一步做什么", "What to do next", words.next);
  sentences(out, "说明", "Notes", words.notes);
  out.end_array();
}

void waterfall(JsonWriter& out, const score::Explanation& explanation, int decimals) {
  static constexpr std::string_view kinds[] = {"start", "part", "bonus", "deduction", "total"};
  out.key("waterfall").begin_array();
  for (const score::Bar& bar : explanation.waterfall) {
    out.begin_object().key("label_zh").value(bar.label.zh).key("label_en").value(bar.label.en);
    out.key("points").value(Decimal(bar.points, decimals).text()).key("full").value(Decimal(bar.full, decimals).text());
    out.key("kind").value(kinds[static_cast<int>(bar.kind)]).end_object();
  }
  out.end_array();
}

void line(JsonWriter& out, const score::Scheme& scheme, const score::Line& l, const Period& period, int decimals) {
  const auto points = [&](std::int64_t units) { return Decimal(units, decimals).text(); };
  const score::Node& branch = scheme.nodes[l.branch];
  out.begin_object().key("indicator").value(l.indicator.value).key("name_zh").value(l.name.zh).key("name_en").value(l.name.en);
  out.key("dimension_zh").value(branch.name_zh).key("dimension_en").value(branch.name_en);
  out.key("value").value(l.value).key("unit_zh").value(l.unit.zh).key("unit_en").value(l.unit.en);
  out.key("state").value(wire::state_name(l.cell)).key("function_zh").value(l.method.zh).key("function_en").value(l.method.en);
  out.key("score").value(l.score).key("weight").value(l.weight).key("contribution").value(points(l.contribution));
  out.key("full").value(points(l.full)).key("lost").value(points(l.lost));
  out.key("median").value(l.to_median ? points(l.contribution - *l.to_median) : std::string());
  out.key("owner_zh").value(l.owner.zh).key("owner_en").value(l.owner.en).key("value_for_full").value(l.value_for_full);
  out.key("figure_period").value(period.text()).end_object();
}

void red_lines(JsonWriter& out, const Made& made, std::size_t p) {
  out.key("red_lines").begin_array();
  for (const auto& [place, index] : made.assessment.red_lines) {
    if (place != p) continue;
    const score::RedLine& red = made.frozen.scheme.red_lines[index];
    out.begin_object().key("text_zh").value(red.name_zh).key("text_en").value(red.name_en).end_object();
  }
  out.end_array();
}

Result<Reply> explanation_workbook(Service& service, const Asked& asked, const score::Explanation& e, const std::string& name) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const int decimals = scheme.score_decimals;
  Worksheet sheet = table_sheet(asked.picture, name, {"领域", "指标", "数值", "单位", "计分办法", "单项得分", "权重（%）", "计入总分", "满分", "失分", "责任部门"});
  for (const score::Line& l : e.lines) {
    const auto value = Decimal::parse(l.value), points = Decimal::parse(l.score);
    sheet.rows.push_back({RowRole::body, {scheme.nodes[l.branch].name_zh, l.name.zh, value ? WorksheetCell(*value) : WorksheetCell(l.value), l.unit.zh,
                                          l.method.zh, points ? WorksheetCell(*points) : WorksheetCell(), l.weight, Decimal(l.contribution, decimals),
                                          Decimal(l.full, decimals), Decimal(l.lost, decimals), l.owner.zh}});
  }
  return workbook_reply(service, asked.picture, asked.record->id + "-" + name + ".xlsx", std::move(sheet),
                        {{"方案", scheme.name_zh}, {"总分", e.total}, {"时期", asked.record->period.text()}, {"摘要", asked.record->digest.text()}});
}

/// How far each leaf's indicator can go, as the catalogue says.
std::vector<score::Reach> reach_of(const Picture& picture, const score::Scheme& scheme) {
  std::vector<score::Reach> out;
  for (const score::Leaf& leaf : scheme.leaves) {
    const auto* definition = picture.view->definitions->latest("indicator", leaf.indicator.value);
    const auto bound = [&](std::string_view key) -> std::optional<Decimal> {
      if (!definition) return std::nullopt;
      const auto value = Decimal::parse(definition->body[key].string_or(""));
      return value ? std::optional(*value) : std::nullopt;
    };
    out.push_back({bound("soft_min"), bound("soft_max")});
  }
  return out;
}

Result<std::size_t> position_of(const Asked& asked, const std::string& code) {
  const auto& places = asked.made->frozen.gathered.places;
  const auto at = std::ranges::find(places, code);
  if (at == places.end()) return fail(errors::unknown_place, {code});
  return static_cast<std::size_t>(at - places.begin());
}

}  // namespace

Result<Reply> schemes(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_assessments));
  Worksheet sheet = table_sheet(picture, "考核方案", {"编号", "版本", "名称"});
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto* definition : picture.view->definitions->list("scheme")) {
    TRY_ASSIGN(const score::Scheme scheme, scheme_of(picture, definition->id));
    sheet.rows.push_back({RowRole::body, {definition->id, Decimal(definition->version, 0), scheme.name_zh}});
    out.begin_object().key("id").value(definition->id).key("version").value(definition->version);
    out.key("title_zh").value(scheme.title(Language::zh)).key("title_en").value(scheme.title(Language::en));
    out.key("name_zh").value(scheme.name_zh).key("name_en").value(scheme.name_en).key("periods").begin_array();
    for (const Period& period : periods_of(picture, scheme)) out.value(period.text());
    out.end_array().end_object();
  }
  out.end_array().end_object();
  if (call.as_xlsx) return workbook_reply(service, picture, "schemes.xlsx", std::move(sheet), {});
  return reply;
}

Result<Reply> assessments(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_assessments));
  Worksheet sheet = table_sheet(picture, "得分", {"编号", "方案", "版本", "时期", "摘要"});
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto& record : picture.view->assessments.handles()) {
    TRY_ASSIGN(const auto made, app::made(service, picture, *record));
    out.begin_object();
    wire::assessment_members(out, picture, *record, *made);
    out.end_object();
    sheet.rows.push_back({RowRole::body, {record->id, record->scheme, Decimal(record->version, 0), record->period.text(), record->digest.text()}});
  }
  out.end_array().end_object();
  if (call.as_xlsx) return workbook_reply(service, picture, "assessments.xlsx", std::move(sheet), {});
  return reply;
}

Result<Reply> assessment(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  const auto order = ordered(*asked.made, call.query_or("class", ""));
  if (call.as_xlsx) return assessment_workbook(service, asked, order);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object();
  wire::assessment_members(out, asked.picture, *asked.record, *asked.made);
  out.key("rows").begin_array();
  for (const std::size_t p : order) row(out, asked, p);
  out.end_array();
  edges(out, *asked.made);
  out.end_object();
  return reply;
}

Result<Reply> explain_assessment(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  TRY_ASSIGN(const place::NodeIndex node, asked.picture.node(call.sub_id, Permission::read_assessments));
  TRY_ASSIGN(const std::size_t p, position_of(asked, call.sub_id));
  const place::Place& place = asked.picture.tree()[node];
  const Made& made = *asked.made;
  const score::Scheme& scheme = made.frozen.scheme;
  const score::Explanation e = score::explain(scheme, made.frozen.gathered.inputs(), made.assessment, p, {place.name_zh, place.name_en}, 5,
                                              reach_of(asked.picture, scheme));
  if (call.as_xlsx) return explanation_workbook(service, asked, e, place.name_zh);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("assessment").begin_object();
  wire::assessment_members(out, asked.picture, *asked.record, made);
  out.end_object().key("place");
  wire::place_ref(out, asked.picture.tree(), node);
  const bool in_class = e.class_index != score::no_class;
  out.key("class_zh").value(in_class ? scheme.classes[e.class_index].name_zh : "");
  out.key("class_en").value(in_class ? scheme.classes[e.class_index].name_en : "");
  out.key("total").value(e.total).key("rank").value(static_cast<std::int64_t>(e.rank)).key("of").value(static_cast<std::int64_t>(e.class_size));
  out.key("grade_zh").value(wire::grade_name_of(scheme, made.assessment.grade[p], Language::zh));
  out.key("grade_en").value(wire::grade_name_of(scheme, made.assessment.grade[p], Language::en));
  out.key("grade_plain_zh").value(wire::grade_name_of(scheme, made.assessment.grade_without_red_lines[p], Language::zh));
  out.key("grade_plain_en").value(wire::grade_name_of(scheme, made.assessment.grade_without_red_lines[p], Language::en));
  out.key("provisional").value(static_cast<bool>(made.assessment.provisional[p]));
  out.key("missing").value(static_cast<std::int64_t>(std::ranges::count(e.lines, score::ScoreState::missing, &score::Line::state)));
  red_lines(out, made, p);
  plain(out, e.words);
  waterfall(out, e, scheme.score_decimals);
  out.key("lines").begin_array();
  for (const score::Line& l : e.lines) line(out, scheme, l, asked.record->period, scheme.score_decimals);
  out.end_array().end_object();
  return reply;
}

Result<Reply> run_assessment(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::run_assessments));
  TRY(allowed(picture.rights, Permission::run_assessments, {.node = picture.focus()}));
  TRY_ASSIGN(const Json body, Json::parse(call.body));
  TRY_ASSIGN(const score::Scheme scheme, scheme_of(picture, body["scheme"].string_or("")));
  TRY_ASSIGN(const Period period, Period::parse(body["period"].string_or("")));
  const score::Gathered gathered = gather(picture, scheme, period);
  TRY_ASSIGN(const score::Assessment assessment, score::assess(scheme, gathered.inputs(), service.system().executor));
  store::AssessmentRecord record{.home = picture.tree()[picture.focus()].id, .id = {}, .scheme = scheme.id, .version = scheme.version,
                                 .period = period, .digest = assessment.digest, .seq = {}};
  record.id = scheme.id + "-" + period.text() + "-" + assessment.digest.text().substr(assessment.digest.text().find(':') + 1, 8);
  const std::string frozen_bytes = frozen(scheme, period, gathered).canonical();
  Json answer;
  answer.set("id", record.id);
  TRY_ASSIGN(const store::Answer done, write(*picture.store, call,
      {.home = record.home, .actor = {}, .act = "run_assessment", .request_key = call.request_key, .command = body,
       .run = [&](store::Tx& tx) -> Result<Json> {
         tx.uses("scheme", scheme.id, scheme.version);
         bool known = false;   // equal inputs give an equal id: the same assessment is made once
         picture.store->view()->assessments.for_each([&](const store::AssessmentRecord& r) { known = known || r.id == record.id; });
         if (!known) TRY(store::assessments::insert(tx, record, frozen_bytes));
         return answer;
       }}));
  Reply reply;
  reply.status = 201;
  reply.seq = done.seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(done.seq.value).key("id").value(done.body["id"].string_or("")).end_object();
  return reply;
}

}  // namespace gangmu::app
