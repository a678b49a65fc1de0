// SPDX-License-Identifier: Apache-2.0
// The explanation of one place's score (得分说明), in plain words first.
#include <algorithm>

#include "app/assessment_asked.hpp"
#include "app/assessment_change.hpp"
#include "app/assessments.hpp"
#include "app/table.hpp"
#include "score/class_medians.hpp"
#include "score/grade_limits.hpp"

namespace gangmu::app {
namespace {

void sentences(JsonWriter& out, std::string_view part, std::string_view heading_zh, std::string_view heading_en,
               const std::vector<score::Sentence>& all) {
  if (all.empty()) return;
  out.begin_object()
      .key("part")
      .value(part)
      .key("heading_zh")
      .value(heading_zh)
      .key("heading_en")
      .value(heading_en)
      .key("sentences_zh")
      .begin_array();
  for (const auto& sentence : all) out.value(sentence.zh);
  out.end_array().key("sentences_en").begin_array();
  for (const auto& sentence : all) out.value(sentence.en);
  out.end_array().end_object();
}

void plain(JsonWriter& out, const score::PlainWords& words) {
  out.key("plain").begin_array();
  sentences(out, "score", "得分", "Score", {words.score});
  sentences(out, "lost", "扣分在哪几项", "Where points were lost", words.lost);
  sentences(out, "gaps", "每项差多少", "How far each is", words.gaps);
  sentences(out, "owners", "数据归口", "Who keeps the figure", words.owners);
  sentences(out, "next", "下一步做什么", "What to do next", words.next);
  sentences(out, "notes", "说明", "Notes", words.notes);
  out.end_array();
}

/// The items that lost most, one a row: what the words say of them in five places.
void losses(JsonWriter& out, const score::Explanation& e, int decimals) {
  const auto points = [&](std::int64_t units) { return Decimal(units, decimals).text(); };
  out.key("losses").begin_array();
  for (std::size_t i = 0; i < e.words.items.size(); ++i) {
    const score::Line& l = e.lines[e.words.items[i]];
    out.begin_object().key("name_zh").value(l.name.zh).key("name_en").value(l.name.en);
    out.key("contribution").value(points(l.contribution)).key("full").value(points(l.full));
    out.key("lost").value(points(l.lost)).key("gap").value(l.to_median ? points(*l.to_median) : std::string());
    out.key("value").value(l.value).key("unit_zh").value(l.unit.zh).key("unit_en").value(l.unit.en);
    out.key("state").value(wire::state_name(l.cell)).key("imputed").value(l.imputed);
    out.key("owner_zh").value(l.owner.zh).key("owner_en").value(l.owner.en.empty() ? l.owner.zh : l.owner.en);
    out.key("next_zh").value(e.words.next[i].zh).key("next_en").value(e.words.next[i].en).end_object();
  }
  out.end_array();
}

/// Medians as printed, a node each; empty: the class has none.
struct Medians {
  std::vector<std::int64_t> units;
  Medians(const Made& made, score::ClassIndex c) {
    if (c != score::no_class)
      units = score::class_medians(made.frozen.scheme, made.frozen.gathered.inputs(), made.assessment, c);
    for (std::int64_t& points : units)
      points = score::apportion(std::span(&points, 1), made.frozen.scheme.score_decimals).front();
  }
};

/// Each branch with what it gave and how far that is from the middle of the class; the lines say it of the leaves.
void branches_of(JsonWriter& out, const score::Scheme& scheme, const score::Assessment& a, const score::Explanation& e,
                 std::size_t p, const Medians& medians) {
  out.key("branches").begin_array();
  for (score::NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    const score::Node& node = scheme.nodes[n];
    if (node.is_leaf() || e.class_index == score::no_class) continue;
    std::int64_t points = 0, full = 0;
    bool any = false;
    for (const score::Line& l : e.lines) {
      if (l.node < n || l.node >= node.end) continue;
      points += l.contribution;
      full += l.full;
      any = true;
    }
    if (!any) continue;
    const auto text = [&](std::int64_t units) { return Decimal(units, scheme.score_decimals).text(); };
    out.begin_object().key("id").value(node.id).key("parent").value(n == 0 ? "" : scheme.nodes[node.parent].id);
    out.key("name_zh").value(n == 0 ? "合计" : node.name_zh).key("name_en").value(n == 0 ? "All" : node.name_en);
    out.key("points").value(text(points)).key("full").value(text(full));
    out.key("score").value(a.state(n, p) == score::ScoreState::scored
                               ? round_half_up(a.score(n, p), scheme.score_decimals)
                               : std::string());
    out.key("median").value(medians.units.empty() ? std::string() : text(medians.units[n]));
    out.key("gap").value(medians.units.empty() ? std::string() : text(points - medians.units[n])).end_object();
  }
  out.end_array();
}

void waterfall(JsonWriter& out, const score::Explanation& explanation, int decimals, const Medians& medians) {
  static constexpr std::string_view kinds[] = {"start", "part", "bonus", "deduction", "total"};
  out.key("waterfall").begin_array();
  for (const score::Bar& bar : explanation.waterfall) {
    out.begin_object().key("label_zh").value(bar.label.zh).key("label_en").value(bar.label.en);
    out.key("points").value(Decimal(bar.points, decimals).text()).key("full").value(Decimal(bar.full, decimals).text());
    const bool has_median = bar.node != score::no_node && !medians.units.empty();
    out.key("median").value(has_median ? Decimal(medians.units[bar.node], decimals).text() : std::string());
    out.key("kind").value(kinds[static_cast<int>(bar.kind)]).end_object();
  }
  out.end_array();
}

void line(JsonWriter& out, const score::Scheme& scheme, const score::Line& l, const Period& period, int decimals) {
  const auto points = [&](std::int64_t units) { return Decimal(units, decimals).text(); };
  const score::Node& branch = scheme.nodes[l.branch];
  out.begin_object()
      .key("indicator")
      .value(l.indicator.value)
      .key("name_zh")
      .value(l.name.zh)
      .key("name_en")
      .value(l.name.en);
  out.key("branch")
      .value(branch.id)
      .key("dimension_zh")
      .value(branch.name_zh)
      .key("dimension_en")
      .value(branch.name_en);
  out.key("value").value(l.value).key("unit_zh").value(l.unit.zh).key("unit_en").value(l.unit.en);
  out.key("state")
      .value(wire::state_name(l.cell))
      .key("function_zh")
      .value(l.method.zh)
      .key("function_en")
      .value(l.method.en);
  out.key("score").value(l.score).key("weight").value(l.weight).key("contribution").value(points(l.contribution));
  out.key("full").value(points(l.full)).key("lost").value(points(l.lost));
  out.key("median").value(l.to_median ? points(l.contribution - *l.to_median) : std::string());
  out.key("gap").value(l.to_median ? points(*l.to_median) : std::string());
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

Result<Reply> explanation_workbook(Service& service, const Asked& asked, const score::Explanation& e,
                                   const std::string& name) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const int decimals = scheme.score_decimals;
  Worksheet sheet = table_sheet(asked.picture, name,
                                {"领域", "指标", "数值", "单位", "计分办法", "单项得分", "权重（%）", "计入总分",
                                 "满分", "失分", "类内中位得分", "与中位之差", "责任部门"});
  for (const score::Line& l : e.lines) {
    const auto value = Decimal::parse(l.value), points = Decimal::parse(l.score);
    sheet.rows.push_back(
        {RowRole::body,
         {scheme.nodes[l.branch].name_zh, l.name.zh, value ? WorksheetCell(*value) : WorksheetCell(l.value), l.unit.zh,
          l.method.zh, points ? WorksheetCell(*points) : WorksheetCell(), l.weight, Decimal(l.contribution, decimals),
          Decimal(l.full, decimals), Decimal(l.lost, decimals),
          l.to_median ? WorksheetCell(Decimal(l.contribution - *l.to_median, decimals)) : WorksheetCell(),
          l.to_median ? WorksheetCell(Decimal(*l.to_median, decimals)) : WorksheetCell(), l.owner.zh}});
  }
  return workbook_reply(service, asked.picture, asked.record->id + "-" + name + ".xlsx", std::move(sheet),
                        {{"方案", scheme.name_zh},
                         {"总分", e.total},
                         {"时期", asked.record->period.text()},
                         {"摘要", asked.record->digest.text()}});
}

}   // namespace

Result<Reply> explain_assessment(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  TRY_ASSIGN(const std::size_t p, position_of(asked, call.sub_id));
  const score::Sentence name = asked.name(p);
  const Made& made = *asked.made;
  const score::Scheme& scheme = made.frozen.scheme;
  const score::Explanation e = score::explain(scheme, made.frozen.gathered.inputs(), made.assessment, p, name, 5,
                                              reach_of(asked.picture, scheme));
  if (call.as_xlsx) return explanation_workbook(service, asked, e, name.zh);
  const Medians medians(made, e.class_index);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("assessment").begin_object();
  wire::assessment_members(out, *asked.record, made);
  out.end_object().key("place");
  wire::place_ref(out, asked.picture.tree(), asked.shown(p));
  const bool in_class = e.class_index != score::no_class;
  out.key("class").value(in_class ? scheme.classes[e.class_index].id : "");
  out.key("class_zh").value(in_class ? scheme.classes[e.class_index].name_zh : "");
  out.key("class_en").value(in_class ? scheme.classes[e.class_index].name_en : "");
  out.key("total")
      .value(e.total)
      .key("rank")
      .value(static_cast<std::int64_t>(e.rank))
      .key("of")
      .value(static_cast<std::int64_t>(e.class_size));
  out.key("grade_zh").value(wire::grade_name_of(scheme, made.assessment.grade[p], Language::zh));
  out.key("grade_en").value(wire::grade_name_of(scheme, made.assessment.grade[p], Language::en));
  out.key("grade_plain_zh")
      .value(wire::grade_name_of(scheme, made.assessment.grade_without_red_lines[p], Language::zh));
  out.key("grade_plain_en")
      .value(wire::grade_name_of(scheme, made.assessment.grade_without_red_lines[p], Language::en));
  out.key("provisional").value(static_cast<bool>(made.assessment.provisional[p]));
  out.key("missing").value(
      static_cast<std::int64_t>(std::ranges::count(e.lines, score::ScoreState::missing, &score::Line::state)));
  red_lines(out, made, p);
  out.key("limits").begin_array();
  for (const score::Sentence& reason : score::grade_limits(scheme, made.frozen.gathered.inputs(), made.assessment, p))
    wire::words(out, reason);
  out.end_array();
  plain(out, e.words);
  losses(out, e, scheme.score_decimals);
  out.key("change");
  wire::change(out, scheme, year_before(service, asked, p));
  branches_of(out, scheme, made.assessment, e, p, medians);
  waterfall(out, e, scheme.score_decimals, medians);
  out.key("lines").begin_array();
  for (const score::Line& l : e.lines) line(out, scheme, l, asked.record->period, scheme.score_decimals);
  out.end_array().end_object();
  return reply;
}

}   // namespace gangmu::app
