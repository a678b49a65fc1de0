// SPDX-License-Identifier: Apache-2.0
#include "app/places.hpp"

#include <algorithm>

#include "app/assessment_wire.hpp"
#include "app/errors.hpp"
#include "app/frame.hpp"
#include "app/known.hpp"
#include "app/paging.hpp"
#include "app/programme_wire.hpp"
#include "app/table.hpp"
#include "app/task_wire.hpp"

namespace gangmu::app {
namespace {

using place::Level;
using place::NodeIndex;

Result<std::vector<NodeIndex>> matching(const Service& service, const Picture& picture, const Call& call) {
  NodeIndex under = 0;
  if (const std::string code = call.query_or("under", ""); !code.empty()) { TRY_ASSIGN(under, picture.node(code)); }
  const auto level = place::level_of(call.query_or("level", ""));
  std::vector<NodeIndex> nodes;
  if (const std::string q = call.query_or("q", ""); !q.empty()) {
    nodes = picture.tree().search(q, service.limits().export_rows);
  } else {
    for (NodeIndex node = under; node < picture.tree().end(under); ++node) nodes.push_back(node);
  }
  std::erase_if(nodes, [&](NodeIndex node) {
    return !picture.tree().within(node, under) || (level && picture.tree()[node].level != *level);
  });
  return nodes;
}

void path(JsonWriter& out, const place::Tree& tree, NodeIndex node) {
  out.key("path").begin_array();
  for (const NodeIndex step : tree.path(node)) wire::place_ref(out, tree, step);
  out.end_array();
}

void place_item(JsonWriter& out, const place::Tree& tree, NodeIndex node) {
  const place::Place& place = tree[node];
  out.begin_object();
  wire::place_ref_members(out, tree, node);
  out.key("pinyin").value(place.pinyin).key("kind").value(place.kind).key("functional").value(place.functional);
  out.key("parent");
  if (tree.parent(node) == place::no_node)
    out.null();
  else
    out.value(tree[tree.parent(node)].code);
  path(out, tree, node);
  out.end_object();
}

Result<Reply> places_workbook(Service& service, const Picture& picture, const std::vector<NodeIndex>& nodes) {
  Worksheet sheet = table_sheet(picture, "县镇村", {"代码", "名称", "英文名", "拼音", "层级", "类型", "上级"});
  for (const NodeIndex node : nodes) {
    const place::Place& p = picture.tree()[node];
    const NodeIndex parent = picture.tree().parent(node);
    sheet.rows.push_back({RowRole::body,
                          {p.code, p.name_zh, p.name_en, p.pinyin, std::string(place::level_name(p.level)), p.kind,
                           parent == place::no_node ? std::string() : picture.tree()[parent].name_zh}});
  }
  return workbook_reply(service, picture, "places.xlsx", std::move(sheet),
                        {{"说明", "统计用区划代码；功能区等统计单位在类型栏注明"}});
}

/// The figures of one place: each period in its own frame, or all under the one asked for.
class FiguresTold {
 public:
  FiguresTold(const Picture& picture, NodeIndex node, const fact::OneFrame* frame)
      : picture_(picture), node_(node), frame_(frame), in_frame_(of_frame(node)) {}

  [[nodiscard]] bool there() const { return frame_ == nullptr || in_frame_ != place::no_node; }
  [[nodiscard]] fact::FramedFigure figure(fact::IndicatorIndex index, const Period& period) const {
    return at(node_, in_frame_, index, period);
  }
  /// Of another place of the picture.
  [[nodiscard]] fact::FramedFigure figure_of(NodeIndex node, fact::IndicatorIndex index, const Period& period) const {
    return at(node, of_frame(node), index, period);
  }
  [[nodiscard]] std::vector<fact::FramedPoint> series(fact::IndicatorIndex index) const {
    if (frame_ != nullptr) return there() ? frame_->series(in_frame_, index) : std::vector<fact::FramedPoint>{};
    std::vector<fact::FramedPoint> out;
    for (const auto& [period, figure] : picture_.cube().series(node_, index)) out.push_back({period, {figure}});
    return out;
  }

 private:
  [[nodiscard]] NodeIndex of_frame(NodeIndex node) const {
    return frame_ == nullptr ? place::no_node : frame_->tree()->find(picture_.tree()[node].id);
  }
  [[nodiscard]] fact::FramedFigure at(NodeIndex node, NodeIndex in_frame, fact::IndicatorIndex index,
                                      const Period& period) const {
    if (frame_ == nullptr) return {picture_.cube().figure(node, index, period)};
    return in_frame == place::no_node ? fact::FramedFigure{} : frame_->figure(in_frame, index, period);
  }

  const Picture& picture_;
  NodeIndex node_;
  const fact::OneFrame* frame_;
  NodeIndex in_frame_;
};

/// Every figure known of the place, a row each period: what the profile's table, curves and drawers are drawn from.
Result<Reply> profile_workbook(Service& service, const Picture& picture, NodeIndex node, const fact::OneFrame* frame) {
  const place::Place& place = picture.tree()[node];
  Worksheet sheet =
      table_sheet(picture, place.name_zh, {"领域", "指标代码", "指标", "单位", "时期", "数值", "来源", "等级", "汇总"});
  const auto indicators = picture.cube().indicators();
  const auto source = picture.source_name();
  const FiguresTold of_place(picture, node, frame);
  for (fact::IndicatorIndex index = 0; index < indicators.size(); ++index) {
    const fact::Indicator& i = indicators[index];
    for (const auto& [period, told] : of_place.series(index)) {
      const fact::Figure& figure = told.figure;
      const bool entered = figure.entered();
      const fact::Indicator& then = picture.cube().indicator(index, period);
      sheet.rows.push_back(
          {RowRole::body,
           {i.domain, i.code.value, then.name_zh, then.unit_zh, period.text(), value_cell(figure, then.decimals),
            entered ? std::string(source(figure.cell->source)) : std::string(),
            entered ? wire::grade_name(figure.cell->grade) : std::string(), how_told(told)}});
    }
  }
  SheetNotes notes{{"地区", place.name_zh}, {"代码", place.code}};
  if (frame != nullptr) notes.emplace_back("版图", "各期都按 " + frame->day().text() + " 的版图");
  return workbook_reply(service, picture, place.code + ".xlsx", std::move(sheet), notes);
}

// --- the profile -----------------------------------------------------------------------------------------------------

void counts(JsonWriter& out, const place::Tree& tree, NodeIndex node) {
  std::int64_t counties = 0, towns = 0, villages = 0, functional = 0;
  for (NodeIndex below = node + 1; below < tree.end(node); ++below) {
    const place::Place& place = tree[below];
    if (place.functional)
      ++functional;
    else if (place.level == Level::county)
      ++counties;
    else if (place.level == Level::town)
      ++towns;
    else if (place.level == Level::village && !place.kind.starts_with("quasi"))
      ++villages;
  }
  out.key("counts").begin_object().key("counties").value(counties).key("towns").value(towns);
  out.key("villages").value(villages).key("functional").value(functional).end_object();
}

void head(JsonWriter& out, const place::Tree& tree, NodeIndex node) {
  const place::Place& place = tree[node];
  out.key("place").begin_object();
  wire::place_ref_members(out, tree, node);
  out.key("pinyin").value(place.pinyin).key("kind").value(place.kind).key("functional").value(place.functional);
  out.key("valid_from").value(place.valid_from.text()).end_object();
  path(out, tree, node);
  out.key("children").begin_array();
  for (const NodeIndex child : tree.children(node)) {
    out.begin_object();
    wire::place_ref_members(out, tree, child);
    out.key("functional").value(tree[child].functional).end_object();
  }
  out.end_array();
  counts(out, tree, node);
}

void posts(JsonWriter& out, const Picture& picture, NodeIndex node) {
  out.key("posts").begin_array();
  for (const auto* definition : picture.view->definitions->list("post")) {
    const Json& body = definition->body;
    if (body["place"].string_or("") != picture.tree()[node].code) continue;
    out.begin_object()
        .key("title_zh")
        .value(body["title_zh"].string_or(""))
        .key("title_en")
        .value(body["title_en"].string_or(""));
    out.key("place");
    wire::place_ref(out, picture.tree(), node);
    out.end_object();
  }
  out.end_array();
}

void optional_text(JsonWriter& out, const Json& body, std::string_view field) {
  if (const std::string text = body[field].string_or(""); !text.empty()) out.key(field).value(text);
}

void target(JsonWriter& out, const store::StoredDefinition& definition) {
  const Json& body = definition.body;
  out.begin_object().key("id").value(definition.id).key("kind").value(body["type"].string_or(""));
  out.key("text_zh").value(body["name_zh"].string_or("")).key("text_en").value(body["name_en"].string_or(""));
  optional_text(out, body, "operator");
  optional_text(out, body, "value");
  optional_text(out, body, "unit");
  optional_text(out, body, "period");
  std::string remark = body["missing"].string_or("");
  if (body["doubtful"].boolean_or(false)) remark += remark.empty() ? "原文待核" : "；原文待核";
  if (remark.empty()) remark = body["note"].string_or("");
  out.key("remark_zh").value(remark).key("remark_en").value("");
  out.key("source").value(body["source"].string_or("")).end_object();
}

void fact(JsonWriter& out, const Picture& picture, const store::StoredDefinition& definition) {
  const Json& body = definition.body;
  const std::string source = body["source"].string_or("");
  const auto* cited = picture.view->definitions->latest("source", source);
  out.begin_object().key("id").value(definition.id).key("item_zh").value(body["name_zh"].string_or(""));
  out.key("item_en").value(body["name_en"].string_or("")).key("value").value(body["value"].string_or(""));
  out.key("unit").value(body["unit"].string_or("")).key("period").value(body["period"].string_or(""));
  out.key("source").value(source).key("grade").value(cited ? cited->body["grade"].string_or("") : "").end_object();
}

void plan_texts(JsonWriter& out, const Picture& picture, const std::string& code) {
  out.key("targets").begin_array();
  for (const auto* definition : picture.view->definitions->list("target")) {
    if (definition->body["place"].string_or("") == code) target(out, *definition);
  }
  out.end_array().key("facts").begin_array();
  for (const auto* definition : picture.view->definitions->list("fact")) {
    if (definition->body["place"].string_or("") == code) fact(out, picture, *definition);
  }
  out.end_array();
}

void point(JsonWriter& out, const Picture& picture, fact::IndicatorIndex index, const fact::FramedPoint& of) {
  const fact::Figure& figure = of.told.figure;
  const fact::Indicator& then = picture.cube().indicator(index, of.period);
  out.begin_object().key("period").value(of.period.text()).key("version").value(then.version);
  if (then.version != picture.cube().indicators()[index].version)
    out.key("unit_zh").value(then.unit_zh).key("unit_en").value(then.unit_en);
  if (figure.entered()) {
    const auto& cell = *figure.cell;
    out.key("state").value(wire::state_name(cell.value.state));
    if (cell.value.is_number()) out.key("value").value(Decimal(cell.value.units, then.decimals).text());
    out.key("grade").value(wire::grade_name(cell.grade)).key("source").value(picture.source_name()(cell.source));
  } else if (figure.rollup.has_value()) {
    out.key("state").value("value").key("value").value(wire::rollup_text(figure.rollup, then.decimals));
    out.key("derived").value(true);
  } else {
    out.key("state").value(wire::gap_name(figure));
  }
  wire::framed(out, of.told);
  out.end_object();
}

void figure_or_null(JsonWriter& out, const Picture& picture, NodeIndex node, fact::IndicatorIndex index,
                    const Period& period, const fact::FramedFigure& told) {
  if (told.figure.empty() && told.figure.rollup.gap != fact::Gap::other_area)
    out.null();
  else
    wire::figure(out, picture.cube(), picture.tree()[node], index, period, told, picture.source_name());
}

/// An indicator the place has figures of.
void figures_of(JsonWriter& out, const Picture& picture, NodeIndex node, const FiguresTold& told,
                fact::IndicatorIndex index, const std::vector<fact::FramedPoint>& series, bool past) {
  const Period latest = series.back().period, before = latest.year_before();
  out.begin_object().key("indicator");
  wire::indicator(out, picture.cube().indicator(index, latest));
  out.key("latest");
  figure_or_null(out, picture, node, index, latest, series.back().told);
  out.key("year_before");
  const bool compares = picture.cube().comparable(index, latest, before);
  if (compares)
    figure_or_null(out, picture, node, index, before, told.figure(index, before));
  else
    out.null();
  out.key("year_before_differs").value(!compares);
  out.key("series").begin_array();
  for (const fact::FramedPoint& of : series) point(out, picture, index, of);
  out.end_array().key("parent");
  const NodeIndex parent = picture.tree().parent(node);
  if (past || parent == place::no_node || !picture.may(Permission::read_figures, parent))
    out.null();
  else
    figure_or_null(out, picture, parent, index, latest, told.figure_of(parent, index, latest));
  out.end_object();
}

/// `past`: as was known then, where the parent's whole tree would have to be read for one column.
void figures(JsonWriter& out, const Picture& picture, NodeIndex node, const FiguresTold& told, bool past) {
  const auto indicators = picture.cube().indicators();
  std::vector<fact::IndicatorIndex> order(indicators.size());
  for (fact::IndicatorIndex i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](fact::IndicatorIndex i) { return std::string_view(indicators[i].domain); });
  out.key("figures").begin_array();
  for (const fact::IndicatorIndex index : order) {
    const std::vector<fact::FramedPoint> series = told.series(index);
    if (!series.empty()) figures_of(out, picture, node, told, index, series, past);
  }
  out.end_array();
}

}   // namespace

Result<Reply> places(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_public));
  TRY_ASSIGN(const std::vector<NodeIndex> nodes, matching(service, picture, call));
  if (call.as_xlsx) return places_workbook(service, picture, nodes);
  TRY_ASSIGN(const Page page, page_of(service, call, nodes.size()));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (std::size_t i = page.begin; i < page.end; ++i) place_item(out, picture.tree(), nodes[i]);
  out.end_array().key("next");
  if (page.next.empty())
    out.null();
  else
    out.value(page.next);
  out.key("total").value(static_cast<std::int64_t>(nodes.size())).end_object();
  return reply;
}

Result<Reply> place(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_figures));
  TRY_ASSIGN(const NodeIndex node, picture.node(call.id, Permission::read_figures));
  TRY_ASSIGN(const Picture known, as_known(service, picture, call, node));
  const NodeIndex then = in_then(picture, node, known);
  TRY_ASSIGN(const auto frame, frame_asked(service, known, call));
  Reply reply;
  if (call.as_xlsx) {
    if (then == place::no_node) return fail(errors::unknown_place, {call.id});
    TRY_ASSIGN(reply, profile_workbook(service, known, then, frame.get()));
    reply.seq = picture.view->seq;
    return reply;
  }
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(picture.view->seq.value);
  head(out, picture.tree(), node);
  posts(out, picture, node);
  out.key("track");
  wire::track(out, picture, call.id);
  out.key("pairings");
  wire::pairings(out, picture, call.id);
  plan_texts(out, picture, call.id);
  if (then != place::no_node)
    figures(out, known, then, FiguresTold(known, then, frame.get()), known.view != picture.view);
  else
    out.key("figures").begin_array().end_array();   // it was not there yet
  wire::known(out, picture, known);
  wire::frame(out, frame.get(), picture.tree()[node].id);
  out.key("tasks").begin_object().key("summary");
  wire::task_summary(out, wire::lights_under(picture, node, service.today()));
  out.key("items");
  wire::tasks_under(out, picture, node, service.today(), 20);
  out.end_object().key("assessments");
  wire::assessments_of_place(out, service, picture, node);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
