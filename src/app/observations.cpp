// SPDX-License-Identifier: Apache-2.0
#include "app/observations.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/frame.hpp"
#include "app/known.hpp"
#include "app/paging.hpp"
#include "app/programme_wire.hpp"
#include "app/table.hpp"
#include "store/journal.hpp"
#include "store/observations.hpp"

namespace gangmu::app {
namespace {

using fact::Aggregation;
using place::NodeIndex;

struct Rule {
  std::string_view zh, en;
};
Rule rule_of(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::sum:
      return {"由填报层级的数逐级相加，精确求和", "the exact sum of the figures at the entry level"};
    case Aggregation::ratio:
      return {"分子合计除以分母合计，只除一次，不对比率求平均",
              "sum of numerators over sum of denominators, divided once; never a mean of ratios"};
    case Aggregation::weighted:
      return {"按权数加权平均：数值与权数乘积之和除以权数之和",
              "weighted mean: sum of value × weight over sum of weights"};
    case Aggregation::mean: return {"填报层级各数的简单平均", "plain mean of the figures at the entry level"};
    case Aggregation::min: return {"取填报层级的最小值", "the smallest figure at the entry level"};
    case Aggregation::max: return {"取填报层级的最大值", "the largest figure at the entry level"};
    case Aggregation::count: return {"填报层级有数的地区个数", "how many places of the entry level have a figure"};
    case Aggregation::reported:
      return {"各级分别核算或填报，不由下级相加", "reported for each place on its own; never added up"};
  }
  return {"", ""};
}

/// An indicator and a period, and the frame it is read in: all nodes here are of that tree.
struct Asked {
  fact::IndicatorIndex indicator = 0;
  Period period;
  std::shared_ptr<const place::Tree> frame;
  std::vector<NodeIndex> nodes;
  std::shared_ptr<const fact::OneFrame> one{};   ///< the frame asked for, when one is

  [[nodiscard]] const fact::Indicator& definition(const Picture& picture) const {
    return picture.cube().indicator(indicator, period);
  }
  [[nodiscard]] fact::FramedFigure told(const Picture& picture, NodeIndex node) const {
    if (one) return one->figure(node, indicator, period);
    return {picture.cube().figure_then(node, indicator, period)};
  }
};

/// `under` of the call, else where the pages open.
Result<NodeIndex> top_of(const Picture& picture, const Call& call) {
  const std::string code = call.query_or("under", "");
  return code.empty() ? picture.focus() : picture.node(code);
}

Result<Asked> asked_of(Service& service, const Picture& picture, const Call& call, PlaceId under) {
  Asked out;
  TRY_ASSIGN(out.one, frame_asked(service, picture, call));
  TRY_ASSIGN(out.indicator, picture.indicator(call.query_or("indicator", "")));
  const auto periods = picture.cube().periods(out.indicator);
  if (const std::string text = call.query_or("period", ""); !text.empty()) {
    TRY_ASSIGN(out.period, Period::parse(text));
  } else if (!periods.empty()) {
    out.period = periods.back();
  }
  out.frame = out.one ? out.one->tree() : picture.cube().frame(out.indicator, out.period);
  const auto level = place::level_of(call.query_or("level", ""));
  const NodeIndex top = out.frame->find(under);
  for (NodeIndex node = top; top != place::no_node && node < out.frame->end(top); ++node) {
    const bool wanted = !level || (*out.frame)[node].level == *level;
    if (wanted && picture.may(Permission::read_figures, *out.frame, node)) out.nodes.push_back(node);
  }
  return out;
}

void place_figure(JsonWriter& out, const Picture& picture, NodeIndex node, const Asked& asked) {
  out.begin_object().key("place");
  wire::place_then(out, *picture.view->frames, *asked.frame, node);
  out.key("figure");
  wire::figure(out, picture.cube(), (*asked.frame)[node], asked.indicator, asked.period, asked.told(picture, node),
               picture.source_name());
  out.end_object();
}

Result<Reply> observations_workbook(Service& service, const Picture& picture, const Asked& asked) {
  const fact::Indicator& indicator = asked.definition(picture);
  Worksheet sheet = table_sheet(
      picture, indicator.name_zh,
      {"代码", "名称", "层级", "时期", indicator.name_zh + "（" + indicator.unit_zh + "）", "来源", "等级", "汇总"});
  const auto source = picture.source_name();
  for (const NodeIndex node : asked.nodes) {
    const fact::FramedFigure told = asked.told(picture, node);
    const fact::Figure& figure = told.figure;
    const place::Place& place = (*asked.frame)[node];
    const bool entered = figure.entered();
    sheet.rows.push_back(
        {RowRole::body,
         {place.code, place.name_zh, std::string(place::level_name(place.level)), asked.period.text(),
          value_cell(figure, indicator.decimals), entered ? std::string(source(figure.cell->source)) : std::string(),
          entered ? wire::grade_name(figure.cell->grade) : std::string(), how_told(told)}});
  }
  SheetNotes notes{{"指标", indicator.name_zh},
                   {"单位", indicator.unit_zh},
                   {"口径说明", indicator.note},
                   {"汇总规则", std::string(rule_of(indicator.aggregation).zh)}};
  if (asked.one) notes.emplace_back("版图", "按 " + asked.one->day().text() + " 的版图");
  return workbook_reply(service, picture, indicator.code.value + ".xlsx", std::move(sheet), notes);
}

/// A report as it came in: the figure, and when and by whom, from its journal entry.
struct Revision {
  fact::Observation observation;
  Instant at;
  std::string actor;
};

void revisions(JsonWriter& out, const Picture& picture, const std::vector<Revision>& history, int decimals) {
  out.key("revisions").begin_array();
  for (auto it = history.rbegin(); it != history.rend(); ++it) {
    const fact::Observation& o = it->observation;
    out.begin_object()
        .key("seq")
        .value(o.seq.value)
        .key("at")
        .value(it->at.text())
        .key("actor")
        .value(picture.actor_name(it->actor));
    out.key("source").value(o.source.value).key("state").value(wire::state_name(o.value.state));
    if (o.value.is_number()) out.key("value").value(Decimal(o.value.units, decimals).text());
    out.key("status").value(wire::status_name(o.status)).key("grade").value(wire::grade_name(o.grade));
    out.key("note").value(o.note).end_object();
  }
  out.end_array();
}

/// A place's observations of a period, under whatever home they lie; those told in another unit are left out.
Result<std::vector<fact::Observation>> observed(const Picture& picture, store::Database& database, PlaceId place,
                                                fact::IndicatorIndex indicator, const Period& period) {
  const fact::Indicator& as = picture.cube().indicator(indicator, period);
  const PlaceId by_rule = store::places::home_of(*picture.view->frames, place, period);
  std::vector<fact::Observation> out;
  for (const PlaceId home : picture.view->homes->of(place, by_rule)) {
    TRY_ASSIGN(auto known, store::observations::history(database, {home, as.code, place, period}, picture.view->seq));
    for (fact::Observation& o : known) {
      if (picture.view->units->alike(as.code, o.version, as)) out.push_back(std::move(o));
    }
  }
  std::ranges::stable_sort(out, {}, &fact::Observation::seq);
  return out;
}

Result<std::vector<Revision>> history_of(const Picture& picture, PlaceId place, const Asked& asked) {
  return picture.store->read([&](store::Database& database) -> Result<std::vector<Revision>> {
    TRY_ASSIGN(auto known, observed(picture, database, place, asked.indicator, asked.period));
    std::vector<Revision> out;
    for (fact::Observation& o : known) {
      Revision revision{std::move(o), {}, {}};
      const Seq seq = revision.observation.seq;
      TRY(store::read_journal(database, Seq{seq.value - 1}, seq, [&](const store::JournalRow& row) -> Status {
        revision.at = row.entry.at;
        revision.actor = row.entry.actor;
        return {};
      }));
      out.push_back(std::move(revision));
    }
    return out;
  });
}

/// Remarks on the latest periods of the series, as "按2010年行政区划口径": figures that stand side by side may not
/// compare.
Result<std::vector<std::pair<Period, std::string>>> remarks_of(const Picture& picture, PlaceId place,
                                                               const Asked& asked) {
  constexpr std::size_t most = 40;
  const NodeIndex node = picture.tree().find(place);
  if (node == place::no_node) return std::vector<std::pair<Period, std::string>>{};
  auto series = picture.cube().series(node, asked.indicator);
  std::erase_if(series, [](const fact::PeriodFigure& point) { return !point.figure.entered(); });
  if (series.size() > most) series.erase(series.begin(), series.end() - most);
  return picture.store->read([&](store::Database& database) -> Result<std::vector<std::pair<Period, std::string>>> {
    std::vector<std::pair<Period, std::string>> out;
    for (const auto& [period, figure] : series) {
      TRY_ASSIGN(const auto known, observed(picture, database, place, asked.indicator, period));
      for (const fact::Observation& o : known) {
        const bool shown = o.seq == figure.cell->seq && o.source.value == picture.view->source_of(*figure.cell);
        if (shown && !o.note.empty()) out.emplace_back(period, o.note);
      }
    }
    return out;
  });
}

void remarks(JsonWriter& out, const std::vector<std::pair<Period, std::string>>& all) {
  out.key("remarks").begin_array();
  for (const auto& [period, note] : all)
    out.begin_object().key("period").value(period.text()).key("note").value(note).end_object();
  out.end_array();
}

void parts(JsonWriter& out, const Picture& picture, NodeIndex node, const Asked& asked) {
  const fact::Indicator& indicator = asked.definition(picture);
  const Rule rule = rule_of(indicator.aggregation);
  out.key("rule_zh").value(rule.zh).key("rule_en").value(rule.en).key("parts").begin_array();
  const bool adds_up =
      indicator.aggregation != Aggregation::reported && (*asked.frame)[node].level < indicator.entry_level;
  if (adds_up) {
    for (const NodeIndex child : asked.frame->children(node)) {
      if (picture.may(Permission::read_figures, *asked.frame, child)) place_figure(out, picture, child, asked);
    }
  }
  out.end_array();
  const fact::Rollup rollup = asked.told(picture, node).figure.rollup;
  const std::string reported = std::to_string(rollup.reported), expected = std::to_string(rollup.expected);
  out.key("parts_note_zh")
      .value(adds_up ? "应报 " + expected + " 个，已报 " + reported + " 个；“>”值、不公开和缺报不计入合计"
                     : std::string());
  out.key("parts_note_en")
      .value(adds_up
                 ? reported + " of " + expected + " reported; thresholds, withheld and missing cells are not in the sum"
                 : std::string());
}

/// Under one frame, what a place that takes entries itself is made of: places of then, with the share of each.
void origins(JsonWriter& out, const Picture& picture, NodeIndex node, const Asked& asked,
             const fact::FramedFigure& told) {
  if (told.as_it_was || (*asked.frame)[node].level < asked.definition(picture).entry_level) return;
  const auto then = picture.cube().frame(asked.indicator, asked.period);
  out.key("origins").begin_array();
  for (const fact::Origin& origin : told.origins) {
    const NodeIndex of = then->find((*told.then)[origin.node].id);
    if (of == place::no_node || !picture.may(Permission::read_figures, *then, of)) continue;
    out.begin_object().key("place");
    wire::place_then(out, *picture.view->frames, *then, of);
    out.key("share").value(origin.share.reduced().text()).key("figure");
    wire::figure(out, picture.cube(), (*then)[of], asked.indicator, asked.period,
                 picture.cube().figure_then(of, asked.indicator, asked.period), picture.source_name());
    out.end_object();
  }
  out.end_array();
}

}   // namespace

Result<Reply> indicators(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_public));
  if (call.as_xlsx) {
    Worksheet sheet =
        table_sheet(picture, "指标", {"代码", "名称", "英文名", "单位", "小数位", "层级", "领域", "责任部门", "说明"});
    for (const fact::Indicator& i : picture.cube().indicators()) {
      sheet.rows.push_back({RowRole::body,
                            {i.code.value, i.name_zh, i.name_en, i.unit_zh, Decimal(i.decimals, 0),
                             std::string(place::level_name(i.entry_level)), i.domain, i.owner_zh, i.note}});
    }
    return workbook_reply(service, picture, "indicators.xlsx", std::move(sheet), {});
  }
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const fact::Indicator& indicator : picture.cube().indicators()) wire::indicator(out, indicator);
  out.end_array().end_object();
  return reply;
}

Result<Reply> observations(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture now, app::picture(service, call, Permission::read_figures));
  TRY_ASSIGN(const NodeIndex under, top_of(now, call));
  TRY(now.indicator(call.query_or("indicator", "")));   // before the past is read for it
  TRY_ASSIGN(const Picture picture, as_known(service, now, call, under, call.query_or("indicator", "")));
  TRY_ASSIGN(const Asked asked, asked_of(service, picture, call, now.tree()[under].id));
  Reply reply;
  if (call.as_xlsx) {
    TRY_ASSIGN(reply, observations_workbook(service, picture, asked));
    reply.seq = now.view->seq;
    return reply;
  }
  TRY_ASSIGN(const Page page, page_of(service, call, asked.nodes.size()));
  reply.seq = now.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("indicator");
  wire::indicator(out, asked.definition(picture));
  out.key("period").value(asked.period.text()).key("items").begin_array();
  for (std::size_t i = page.begin; i < page.end; ++i) place_figure(out, picture, asked.nodes[i], asked);
  out.end_array().key("next");
  if (page.next.empty())
    out.null();
  else
    out.value(page.next);
  wire::known(out, now, picture);
  wire::frame(out, asked.one.get(), now.tree()[under].id);
  out.end_object();
  return reply;
}

namespace {

/// The place a code stands for in the asked period, which may be one that is no more. Error: unknown_place.
Result<NodeIndex> place_in(const Picture& now, const Picture& picture, const std::string& code, Asked& asked) {
  const auto unknown = [&] { return fail(errors::unknown_place, {code}); };
  const NodeIndex today = now.tree().find_code(code);
  const PlaceId place =
      today != place::no_node ? now.tree()[today].id : now.view->frames->find_code(code, asked.period.last());
  asked.frame = asked.one ? asked.one->tree() : picture.cube().frame(asked.indicator, asked.period);
  if (asked.frame->find(place) == place::no_node) asked.frame = picture.view->tree;   // nothing is told of it
  const NodeIndex node = asked.frame->find(place);
  if (node == place::no_node || !picture.may(Permission::read_figures, *asked.frame, node)) return unknown();
  return node;
}

/// The place itself, or the lowest above it that still is: what the past is read for.
NodeIndex standing(const Picture& now, const std::string& code, const Period& period) {
  if (const auto node = now.node(code)) return *node;
  const PlaceId place = now.view->frames->find_code(code, period.last());
  const auto last = now.view->frames->ended(place);
  if (!last) return 0;
  const place::Tree& then = *now.view->frames->on(*last);
  for (NodeIndex up = then.find(place); up != place::no_node; up = then.parent(up)) {
    if (const NodeIndex node = now.tree().find(then[up].id); node != place::no_node) return node;
  }
  return 0;
}

}   // namespace

Result<Reply> explain_observation(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture now, app::picture(service, call, Permission::read_figures));
  const std::string code = call.query_or("place", "");
  Asked asked;
  TRY_ASSIGN(asked.indicator, now.indicator(call.query_or("indicator", "")));
  TRY_ASSIGN(asked.period, Period::parse(call.query_or("period", "")));
  TRY(place_in(now, now, code, asked));
  TRY_ASSIGN(const Picture picture,
             as_known(service, now, call, standing(now, code, asked.period), call.query_or("indicator", "")));
  TRY_ASSIGN(asked.indicator, picture.indicator(call.query_or("indicator", "")));
  TRY_ASSIGN(asked.one, frame_asked(service, picture, call));
  TRY_ASSIGN(const NodeIndex node, place_in(now, picture, code, asked));
  const PlaceId place = (*asked.frame)[node].id;
  TRY_ASSIGN(const std::vector<Revision> history, history_of(picture, place, asked));
  TRY_ASSIGN(const auto noted, remarks_of(picture, place, asked));
  const auto& frame = asked.one ? asked.one->tree() : picture.cube().frame(asked.indicator, asked.period);
  const bool told = frame->find(place) != place::no_node;
  const fact::FramedFigure of_frame = told ? asked.told(picture, node) : fact::FramedFigure{};
  const fact::Figure& figure = of_frame.figure;
  const fact::Indicator& indicator = asked.definition(picture);
  Reply reply;
  reply.seq = now.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("place");
  wire::place_then(out, *picture.view->frames, *asked.frame, node);
  out.key("indicator");
  wire::indicator(out, indicator);
  out.key("figure");
  wire::figure(out, picture.cube(), (*asked.frame)[node], asked.indicator, asked.period, of_frame,
               picture.source_name());
  const auto* source =
      figure.entered() ? picture.view->definitions->latest("source", picture.view->source_of(*figure.cell)) : nullptr;
  out.key("source");
  if (source)
    wire::source(out, *source);
  else
    out.null();
  revisions(out, picture, history, indicator.decimals);
  remarks(out, noted);
  out.key("entered_by");
  if (history.empty())
    out.null();
  else
    out.value(picture.actor_name(history.back().actor));
  out.key("approved_by").null();
  if (told) {
    parts(out, picture, node, asked);
  } else {
    const Rule rule = rule_of(indicator.aggregation);
    out.key("rule_zh").value(rule.zh).key("rule_en").value(rule.en).key("parts").begin_array().end_array();
    out.key("parts_note_zh").value("").key("parts_note_en").value("");
  }
  if (told) origins(out, picture, node, asked, of_frame);
  wire::known(out, now, picture);
  wire::frame(out, asked.one.get(), place);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
