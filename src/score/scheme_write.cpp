// SPDX-License-Identifier: Apache-2.0
// Writing a scheme as its JSON document.
#include "score/function_json.hpp"
#include "score/preparation_json.hpp"
#include "score/red_line.hpp"
#include "score/scheme.hpp"

namespace gangmu::score {

namespace {

constexpr std::string_view aggregation_names[] = {
    "arithmetic", "geometric",        "harmonic", "power",  "owa",   "min",   "mean_min",
    "ampi",       "benefit_of_doubt", "mpi",      "topsis", "vikor", "borda", "copeland"};
constexpr std::string_view weight_method_names[] = {"given",  "equal",     "deviation", "entropy",
                                                    "critic", "principal", "ahp",       "allocation"};
constexpr std::string_view missing_names[] = {"hold", "renormalise", "zero"};

std::string number(const Decimal& value) { return value.reduced().text(); }

Json with_names(const std::string& id, const std::string& zh, const std::string& en) {
  Json json;
  json.set("id", id);
  json.set("name_zh", zh);
  json.set("name_en", en);
  return json;
}

Json write_weight_method(const Node& node) {
  Json out;
  out.set("how", weight_method_names[static_cast<std::size_t>(node.weight_method)]);
  Json rows{Json::Array{}};
  for (const auto& judged : node.judgements) {
    Json row{Json::Array{}};
    for (const Decimal& value : judged) row.push(number(value));
    rows.push(std::move(row));
  }
  if (node.weight_method == WeightMethod::ahp) out.set("comparisons", std::move(rows));
  if (node.weight_method == WeightMethod::allocation) out.set("points", std::move(rows));
  return out;
}

void write_branch(const Node& node, Json& json) {
  const auto& a = node.aggregation;
  json.set("aggregation", aggregation_names[static_cast<std::size_t>(a.kind)]);
  if (a.kind == AggregationKind::power) json.set("p", number(a.parameter));
  if (a.kind == AggregationKind::mean_min) json.set("alpha", number(a.parameter));
  if (a.kind == AggregationKind::vikor) json.set("v", number(a.parameter));
  if (a.kind == AggregationKind::benefit_of_doubt) json.set("spread", number(a.parameter));
  if (a.plus) json.set("penalty", "plus");
  if (a.by_range) json.set("scaling", "min_max");
  if (node.weight_method != WeightMethod::given) json.set("weights", write_weight_method(node));
  json.set("floor", number(a.floor));
  for (const auto& w : a.order_weights) {
    if (json["order_weights"].is_null()) json.set("order_weights", Json::Array{});
    json.object()->find("order_weights")->second.push(w.text());
  }
  json.set("missing", missing_names[static_cast<std::size_t>(node.missing)]);
  json.set("data_threshold", number(node.data_threshold));
}

void write_leaf(const Leaf& leaf, Json& json) {
  json.set("indicator", leaf.indicator.value);
  json.set("direction", fact::direction_name(leaf.direction));
  json.set("percent", leaf.percent);
  json.set("decimals", leaf.decimals);
  json.set("unit_zh", leaf.unit_zh);
  json.set("unit_en", leaf.unit_en);
  json.set("owner_zh", leaf.owner_zh);
  json.set("owner_en", leaf.owner_en);
  preparation_to_json(leaf.preparation, json);
  function_to_json(leaf.function, json);
  if (leaf.by_class.empty()) return;
  Json map;
  for (const auto& [id, f] : leaf.by_class) {
    Json own;
    function_to_json(f, own);
    map.set(id, std::move(own));
  }
  json.set("fn_by_class", std::move(map));
}

Json write_node(const Scheme& scheme, NodeIndex index) {
  const Node& node = scheme.nodes[index];
  Json json = with_names(node.id, node.name_zh, node.name_en);
  if (node.parent != no_node) {
    Json weights{Json::Object{}};
    for (std::size_t c = 0; c < scheme.classes.size(); ++c) weights.set(scheme.classes[c].id, node.weights[c].text());
    json.set("weight", std::move(weights));
  }
  if (node.is_leaf()) {
    write_leaf(scheme.leaves[node.leaf], json);
    return json;
  }
  write_branch(node, json);
  Json children{Json::Array{}};
  for (const NodeIndex child : node.children) children.push(write_node(scheme, child));
  json.set("children", std::move(children));
  return json;
}

Json write_classes(const Scheme& scheme) {
  Json classes{Json::Array{}};
  for (const auto& c : scheme.classes) {
    Json one = with_names(c.id, c.name_zh, c.name_en);
    Json members{Json::Array{}};
    for (const auto& code : c.members) members.push(code);
    if (!c.members.empty()) one.set("members", std::move(members));
    classes.push(std::move(one));
  }
  return classes;
}

Json write_adjustments(const Scheme& scheme) {
  Json out;
  for (const bool deduct : {false, true}) {
    const auto& cap = deduct ? scheme.deduct_cap : scheme.bonus_cap;
    Json items{Json::Array{}};
    for (const auto& item : scheme.adjustments) {
      if (item.deduct != deduct) continue;
      Json one = with_names(item.id, item.name_zh, item.name_en);
      one.set("points", number(item.points));
      if (!item.from.empty()) one.set("from", item.from);
      if (!item.to.empty()) one.set("to", item.to);
      if (item.evidence) one.set("evidence", true);
      if (item.most > 0) one.set("most", item.most);
      items.push(std::move(one));
    }
    if (items.array()->empty() && !cap) continue;
    Json side;
    if (cap) side.set("cap", number(*cap));
    side.set("items", std::move(items));
    out.set(deduct ? "deduct" : "bonus", std::move(side));
  }
  return out;
}

Json write_red_lines(const Scheme& scheme) {
  Json lines{Json::Array{}};
  for (const auto& line : scheme.red_lines) {
    Json one = with_names(line.id, line.name_zh, line.name_en);
    one.set("when", red_line_text(line));
    one.set("max_grade", line.max_grade);
    lines.push(std::move(one));
  }
  return lines;
}

Json write_grades(const Scheme& scheme) {
  Json grades{Json::Array{}};
  for (const auto& grade : scheme.grades) {
    Json one = with_names(grade.id, grade.name_zh, grade.name_en);
    if (grade.min) one.set("min", number(*grade.min));
    if (grade.best_share) one.set("best_share", number(*grade.best_share));
    one.set("at_least", grade.at_least);
    if (grade.at_most > 0) one.set("at_most", grade.at_most);
    grades.push(std::move(one));
  }
  return grades;
}

}   // namespace

Json to_json(const Scheme& scheme) {
  Json head = with_names(scheme.id, scheme.name_zh, scheme.name_en);
  head.set("version", scheme.version);
  head.set("approval", scheme.approval);
  head.set("unit_level", place::level_name(scheme.unit_level));
  head.set("score_decimals", scheme.score_decimals);
  Json out;
  out.set("scheme", std::move(head));
  out.set("classes", write_classes(scheme));
  out.set("min_class_size", scheme.min_class_size);
  if (scheme.peer_fallback) {
    Json fallback;
    function_to_json(*scheme.peer_fallback, fallback);
    out.set("peer_fallback", std::move(fallback));
  }
  if (!scheme.nodes.empty()) out.set("tree", write_node(scheme, 0));
  if (Json adjustments = write_adjustments(scheme); !adjustments.is_null())
    out.set("adjustments", std::move(adjustments));
  if (!scheme.red_lines.empty()) out.set("red_lines", write_red_lines(scheme));
  if (!scheme.grades.empty()) out.set("grades", write_grades(scheme));
  Json ties{Json::Array{}};
  for (const auto& id : scheme.tie_break) ties.push(id);
  if (!scheme.tie_break.empty()) out.set("tie_break", std::move(ties));
  return out;
}

}   // namespace gangmu::score
