// SPDX-License-Identifier: Apache-2.0
#include "app/home.hpp"

#include <algorithm>
#include <set>

#include "app/own_place.hpp"
#include "app/programme_wire.hpp"

namespace gangmu::app {
namespace {

using place::Level;
using place::NodeIndex;

void phases(JsonWriter& out, const Picture& picture) {
  std::map<std::int64_t, const store::StoredDefinition*> by_year;
  for (const auto* phase : picture.view->definitions->list("phase")) {
    const Json& years = phase->body["years"];
    if (years.array() && years.array()->size() != 1) continue;   // "1/3/5" of the towns is a plan of its own
    const std::string year = years.array() ? years.array()->front().string_or("") : years.string_or("");
    by_year.emplace(std::atoi(year.c_str()), phase);
  }
  out.key("phases").begin_array();
  for (const auto& [year, phase] : by_year) {
    const Json& body = phase->body;
    out.begin_object().key("id").value(phase->id).key("year").value(year);
    out.key("title_zh").value(body["name_zh"].string_or("")).key("title_en").value(body["name_en"].string_or(""));
    out.key("text_zh").value(body["note"].string_or("")).key("text_en").value("");
    out.end_object();
  }
  out.end_array();
}

/// Whether any place of a level below the focus has something to show for the indicator, and for which periods.
std::vector<Period> periods_at(const Picture& picture, fact::IndicatorIndex indicator,
                               const std::vector<NodeIndex>& nodes) {
  std::set<Period> found;
  for (const NodeIndex node : nodes) {
    for (const auto& point : picture.cube().series(node, indicator)) found.insert(point.period);
  }
  return {found.begin(), found.end()};
}

/// What the map and the cards show: the asked indicator and period, else of the pack's headlines the one that most
/// places there have.
struct Chosen {
  std::optional<fact::IndicatorIndex> indicator;
  std::vector<fact::IndicatorIndex> available;
  std::vector<Period> periods;
  std::optional<Period> period;
};

std::size_t count_at(const Picture& picture, fact::IndicatorIndex indicator, const Period& period,
                     const std::vector<NodeIndex>& nodes) {
  return static_cast<std::size_t>(std::ranges::count_if(
      nodes, [&](NodeIndex node) { return !picture.cube().figure(node, indicator, period).empty(); }));
}

/// The period that most places have reported, the last of them when several are equal.
std::optional<Period> fullest(const Picture& picture, fact::IndicatorIndex indicator,
                              const std::vector<Period>& periods, const std::vector<NodeIndex>& nodes) {
  std::optional<Period> out;
  std::size_t most = 0;
  for (const Period& period : periods) {
    const std::size_t count = count_at(picture, indicator, period, nodes);
    if (count < most || count == 0) continue;
    most = count;
    out = period;
  }
  return out;
}

bool has_any(const Picture& picture, fact::IndicatorIndex indicator, const std::vector<NodeIndex>& nodes) {
  return std::ranges::any_of(nodes, [&](NodeIndex node) { return picture.cube().latest(node, indicator).has_value(); });
}

/// Of the pack's headlines the one that most places have in its fullest period, the first of equals; else any that has
/// figures there.
std::optional<fact::IndicatorIndex> headline(const Picture& picture, const std::vector<fact::IndicatorIndex>& available,
                                             const std::vector<NodeIndex>& nodes) {
  std::optional<fact::IndicatorIndex> out;
  std::size_t most = 0;
  const Json& headlines = picture.programme()["headlines"];
  for (const Json& one : headlines.array() ? *headlines.array() : Json::Array{}) {
    const auto index = picture.cube().find(IndicatorCode{one.string_or("")});
    if (index == fact::no_indicator || std::ranges::find(available, index) == available.end()) continue;
    const auto period = fullest(picture, index, periods_at(picture, index, nodes), nodes);
    const std::size_t count = period ? count_at(picture, index, *period, nodes) : 0;
    if (count <= most) continue;
    most = count;
    out = index;
  }
  if (!out && !available.empty()) out = available.front();
  return out;
}

Result<Chosen> choose(const Picture& picture, const Call& call, const std::vector<NodeIndex>& nodes) {
  Chosen out;
  for (fact::IndicatorIndex i = 0; i < picture.cube().indicators().size(); ++i) {
    if (has_any(picture, i, nodes)) out.available.push_back(i);
  }
  if (const std::string asked = call.query_or("indicator", ""); !asked.empty()) {
    TRY_ASSIGN(out.indicator, picture.indicator(asked));
  } else {
    out.indicator = headline(picture, out.available, nodes);
  }
  if (!out.indicator) return out;
  out.periods = periods_at(picture, *out.indicator, nodes);
  if (const std::string asked = call.query_or("period", ""); !asked.empty()) {
    TRY_ASSIGN(out.period, Period::parse(asked));
  } else {
    out.period = fullest(picture, *out.indicator, out.periods, nodes);
  }
  return out;
}

/// Places of a level below the reader's own whose figures they may see.
std::vector<NodeIndex> readable(const Picture& picture, Level level, NodeIndex own) {
  auto out = picture.tree().of_level(level, own);
  std::erase_if(out, [&](NodeIndex node) { return !picture.may(Permission::read_figures, node); });
  return out;
}

void figure_or_null(JsonWriter& out, const Picture& picture, NodeIndex node, const Chosen& chosen) {
  const bool shown = chosen.indicator && chosen.period;
  if (shown)
    wire::figure(out, picture.cube(), node, *chosen.indicator, *chosen.period, picture.source_name());
  else
    out.null();
}

/// A card's figure: the place's own latest of the chosen indicator.
void latest_or_null(JsonWriter& out, const Picture& picture, NodeIndex node, const Chosen& chosen) {
  const auto period = chosen.indicator ? picture.cube().latest(node, *chosen.indicator) : std::nullopt;
  if (period)
    wire::figure(out, picture.cube(), node, *chosen.indicator, *period, picture.source_name());
  else
    out.null();
}

void cards(JsonWriter& out, const Picture& picture, const std::vector<NodeIndex>& nodes, const Chosen& chosen) {
  out.key("cards").begin_array();
  for (const NodeIndex node : nodes) {
    const place::Place& place = picture.tree()[node];
    out.begin_object().key("place");
    wire::place_ref(out, picture.tree(), node);
    out.key("pinyin").value(place.pinyin);
    out.key("track");
    wire::track(out, picture, place.code);
    out.key("pairings");
    wire::pairings(out, picture, place.code);
    out.key("figure");
    latest_or_null(out, picture, node, chosen);
    out.key("indicator");
    if (chosen.indicator)
      wire::indicator(out, picture.cube().indicators()[*chosen.indicator]);
    else
      out.null();
    out.end_object();
  }
  out.end_array();
}

struct TileOfPlace {
  const store::StoredDefinition* tile;
  NodeIndex node;
};

/// Tiles below the reader's own place that they may see.
std::vector<TileOfPlace> tiles_below(const Picture& picture, NodeIndex own) {
  std::vector<TileOfPlace> out;
  for (const auto* tile : picture.view->definitions->list("tile")) {
    const NodeIndex node = picture.tree().find_code(tile->body["place"].string_or(""));
    if (node == place::no_node || node == own || !picture.tree().within(node, own)) continue;
    if (picture.may(Permission::read_figures, node)) out.push_back({tile, node});
  }
  return out;
}

void tiles(JsonWriter& out, const Picture& picture, const std::vector<TileOfPlace>& all, Level level,
           const Chosen& chosen) {
  out.key("tiles").begin_array();
  for (const auto& [tile, node] : all) {
    if (picture.tree()[node].level != level) continue;
    const Json& body = tile->body;
    out.begin_object().key("place");
    wire::place_ref(out, picture.tree(), node);
    const NodeIndex county = picture.tree().find(picture.tree().home(node));
    out.key("county").value(county == place::no_node ? "" : picture.tree()[county].code);
    out.key("x").value(body["column"].integer_or(0)).key("y").value(body["row"].integer_or(0));
    out.key("figure");
    figure_or_null(out, picture, node, chosen);
    out.end_object();
  }
  out.end_array();
}

void map(JsonWriter& out, const Picture& picture, NodeIndex own, Level level, const Chosen& chosen) {
  const auto indicators = picture.cube().indicators();
  const auto all = tiles_below(picture, own);
  out.key("map").begin_object().key("level").value(place::level_name(level)).key("levels").begin_array();
  for (const Level one : levels_below(picture.tree(), own)) {
    if (std::ranges::any_of(all, [&](const TileOfPlace& tile) { return picture.tree()[tile.node].level == one; }))
      out.value(place::level_name(one));
  }
  out.end_array();
  out.key("indicator");
  if (chosen.indicator)
    wire::indicator(out, indicators[*chosen.indicator]);
  else
    out.null();
  out.key("period");
  if (chosen.period)
    out.value(chosen.period->text());
  else
    out.null();
  out.key("periods").begin_array();
  for (const Period& period : chosen.periods) out.value(period.text());
  out.end_array().key("indicators").begin_array();
  for (const auto index : chosen.available) wire::indicator(out, indicators[index]);
  out.end_array();
  out.key("note_zh").value(picture.programme()["map_note_zh"].string_or(""));
  out.key("note_en").value(picture.programme()["map_note_en"].string_or(""));
  tiles(out, picture, all, level, chosen);
  out.end_object();
}

}   // namespace

Result<Reply> home(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_figures));
  const NodeIndex own = own_place(picture);
  const auto below = levels_below(picture.tree(), own);
  const Level nearest = below.empty() ? picture.tree()[own].level : below.front();
  const Level level = place::level_of(call.query_or("level", "")).value_or(nearest);
  const auto card_nodes = readable(picture, nearest, own);
  TRY_ASSIGN(const Chosen chosen, choose(picture, call, readable(picture, level, own)));
  Call for_cards = call;
  if (level != nearest) for_cards.query.erase("period");
  TRY_ASSIGN(const Chosen on_cards, choose(picture, for_cards, card_nodes));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(picture.view->seq.value).key("today").value(service.today().text());
  out.key("programme");
  wire::programme(out, *picture.view);
  out.key("place");
  wire::place_ref(out, picture.tree(), own);
  out.key("began");
  if (const std::string began = picture.programme()["began"].string_or(""); !began.empty())
    out.value(began);
  else
    out.null();
  phases(out, picture);
  out.key("card_level").value(place::level_name(nearest));
  cards(out, picture, card_nodes, on_cards);
  out.key("tasks");
  wire::task_summary(out, wire::lights_under(picture, 0, service.today()));
  map(out, picture, own, level, chosen);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
