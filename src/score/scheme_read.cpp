// SPDX-License-Identifier: Apache-2.0
// Reading a scheme from its JSON document.
#include <algorithm>
#include <set>
#include <utility>

#include "base/date.hpp"
#include "base/math.hpp"
#include "base/text.hpp"
#include "score/assessment.hpp"
#include "score/columns.hpp"
#include "score/errors.hpp"
#include "score/function_json.hpp"
#include "score/preparation_json.hpp"
#include "score/reader.hpp"
#include "score/red_line.hpp"
#include "score/weights.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t max_nodes = 4096;
constexpr std::size_t max_classes = 64;
constexpr int max_depth = 16;
const Decimal zero(0, 0);
const Decimal hundred(100, 0);

std::vector<std::pair<std::string_view, place::Level>> level_words() {
  std::vector<std::pair<std::string_view, place::Level>> words;
  for (const auto level :
       {place::Level::province, place::Level::city, place::Level::county, place::Level::town, place::Level::village}) {
    words.emplace_back(place::level_name(level), level);
  }
  return words;
}

std::vector<std::pair<std::string_view, fact::Direction>> direction_words() {
  std::vector<std::pair<std::string_view, fact::Direction>> words;
  for (const auto direction :
       {fact::Direction::up, fact::Direction::down, fact::Direction::exact, fact::Direction::neutral}) {
    words.emplace_back(fact::direction_name(direction), direction);
  }
  return words;
}

const std::vector<std::pair<std::string_view, AggregationKind>> aggregations = {
    {"arithmetic", AggregationKind::arithmetic},
    {"geometric", AggregationKind::geometric},
    {"harmonic", AggregationKind::harmonic},
    {"power", AggregationKind::power},
    {"owa", AggregationKind::owa},
    {"min", AggregationKind::min},
    {"mean_min", AggregationKind::mean_min},
    {"ampi", AggregationKind::ampi},
    {"benefit_of_doubt", AggregationKind::benefit_of_doubt},
    {"mpi", AggregationKind::mpi},
    {"topsis", AggregationKind::topsis},
    {"vikor", AggregationKind::vikor},
    {"borda", AggregationKind::borda},
    {"copeland", AggregationKind::copeland}};
const std::vector<std::pair<std::string_view, WeightMethod>> weight_methods = {
    {"given", WeightMethod::given},     {"equal", WeightMethod::equal},          {"deviation", WeightMethod::deviation},
    {"entropy", WeightMethod::entropy}, {"critic", WeightMethod::critic},        {"principal", WeightMethod::principal},
    {"ahp", WeightMethod::ahp},         {"allocation", WeightMethod::allocation}};
const std::vector<std::pair<std::string_view, bool>> penalties = {{"minus", false}, {"plus", true}};
const std::vector<std::pair<std::string_view, bool>> scalings = {{"vector", false}, {"min_max", true}};
const std::vector<std::pair<std::string_view, Missing>> missings = {
    {"hold", Missing::hold}, {"renormalise", Missing::renormalise}, {"zero", Missing::zero}};

class SchemeReader {
 public:
  SchemeReader(std::span<const fact::Indicator> catalogue, const PositionOf& where, int edition)
      : reader_(where), catalogue_(catalogue) {
    scheme_.edition = edition;
  }

  Result<Scheme> read(const Json& document) {
    const Spot root{&document, ""};
    reader_.known_fields(root, {"document"});
    head(root["scheme"], root);
    classes(reader_.list(root, "classes", true));
    scheme_.min_class_size = reader_.integer(root, "min_class_size", 1, 1, 1000);
    fallback(root["peer_fallback"]);
    tree(root["tree"], root);
    adjustments(root["adjustments"]);
    grades(reader_.list(root, "grades"));
    red_lines(reader_.list(root, "red_lines"));
    tie_break(reader_.list(root, "tie_break"));
    if (!reader_.clean()) return fail(reader_.take());
    collect_columns(scheme_);
    return std::move(scheme_);
  }

 private:
  void head(const Spot& spot, const Spot& root) {
    if (!spot.given()) return reader_.absent(root, "scheme");
    reader_.known_fields(spot, {"scheme"});
    scheme_.id = reader_.text(spot, "id", true);
    scheme_.version = reader_.integer(spot, "version", 1, 1, 1'000'000);
    names(spot, scheme_.name_zh, scheme_.name_en);
    scheme_.approval = reader_.text(spot, "approval");
    scheme_.unit_level = reader_.word(spot, "unit_level", level_words(), std::optional(place::Level::county));
    scheme_.score_decimals = reader_.integer(spot, "score_decimals", 2, 0, 6);
  }

  void names(const Spot& spot, std::string& zh, std::string& en) {
    zh = reader_.text(spot, "name_zh", true);
    en = reader_.text(spot, "name_en");
    if (en.empty()) en = zh;
  }

  void classes(const Spot& list) {
    const std::size_t before = reader_.faults();
    read_classes(list);
    classes_known_ = reader_.faults() == before && list.size() > 0;
  }

  void read_classes(const Spot& list) {
    if (list.size() > max_classes) {
      reader_.fault(list, errors::scheme_too_large,
                    {"classes", std::to_string(list.size()), std::to_string(max_classes)});
    }
    std::map<std::string, std::string> member_of;
    for (std::size_t i = 0; i < std::min(list.size(), max_classes); ++i) {
      reader_.known_fields(list[i], {"class"});
      Class c;
      c.id = unique(list[i], class_ids_);
      names(list[i], c.name_zh, c.name_en);
      const Spot members = reader_.list(list[i], "members");
      for (std::size_t m = 0; m < members.size(); ++m) {
        const std::string code =
            members[m].json->integer() ? std::to_string(*members[m].json->integer()) : members[m].json->string_or("");
        const auto [at, fresh] = member_of.emplace(code, c.id);
        if (!fresh) reader_.fault(members[m], errors::scheme_member_twice, {code, at->second, c.id});
        c.members.push_back(code);
      }
      scheme_.classes.push_back(std::move(c));
    }
    if (list.given() && list.size() == 0) reader_.fault(list, errors::scheme_field_missing, {"id"});
    if (member_of.empty()) return;
    for (std::size_t i = 0; i < scheme_.classes.size(); ++i) {
      if (scheme_.classes[i].members.empty())
        reader_.fault(list[i], errors::scheme_class_empty, {scheme_.classes[i].id});
    }
  }

  std::string unique(const Spot& object, std::set<std::string>& taken, std::string otherwise = {}) {
    std::string id = reader_.text(object, "id", otherwise.empty());
    if (id.empty()) id = std::move(otherwise);
    if (id.empty()) ids_known_ = false;
    if (!id.empty() && !taken.insert(id).second) reader_.fault(object, errors::scheme_id_twice, {id});
    return id;
  }

  void fallback(const Spot& spot) {
    if (!spot.given()) return;
    reader_.known_fields(spot, {"function"});
    Function f = function_from_json(reader_, spot, fact::Direction::up, "peer_fallback");
    if (f.compares_in_class()) reader_.fault(spot, errors::scheme_fallback_compares, {});
    scheme_.peer_fallback = std::move(f);
  }

  void tree(const Spot& spot, const Spot& root) {
    if (!spot.given()) return reader_.absent(root, "tree");
    node(spot, no_node, 0);
    for (std::size_t c = 0; c < scheme_.classes.size() && tree_known_; ++c) {
      const bool any = std::any_of(scheme_.nodes.begin(), scheme_.nodes.end(),
                                   [&](const Node& n) { return n.is_leaf() && n.weights[c].positive(); });
      if (!any) reader_.fault(spot, errors::scheme_class_without_tree, {scheme_.classes[c].id});
    }
  }

  /// Appends the node and its subtree; no_node when the tree is too large.
  NodeIndex node(const Spot& spot, NodeIndex parent, int depth) {
    if (scheme_.nodes.size() >= max_nodes || depth > max_depth) {
      reader_.fault(spot, errors::scheme_too_large,
                    {"tree", std::to_string(scheme_.nodes.size() + 1), std::to_string(max_nodes)});
      tree_known_ = false;
      return no_node;
    }
    const auto index = static_cast<NodeIndex>(scheme_.nodes.size());
    scheme_.nodes.emplace_back();
    Node n;
    n.parent = parent;
    n.end = index + 1;
    n.weights.resize(scheme_.classes.size());
    if (!shapely(spot, parent)) {
      tree_known_ = ids_known_ = weights_known_ = false;
      scheme_.nodes[index] = std::move(n);
      return index;
    }
    if (spot["indicator"].given()) {
      reader_.known_fields(spot, {"leaf", "function"});
    } else {
      reader_.known_fields(spot, {"branch"});
    }
    const bool free =
        parent != no_node && scheme_.nodes[parent].weight_method != WeightMethod::given && !spot["weight"].given();
    if (parent == no_node || free) {
      n.weights.assign(scheme_.classes.size(), parent == no_node ? hundred : Decimal(1, 0));
    } else {
      n.weights = weights(spot);
    }
    if (parent != no_node) {
      n.missing = scheme_.nodes[parent].missing;
      n.data_threshold = scheme_.nodes[parent].data_threshold;
    }
    if (spot["indicator"].given()) {
      leaf(spot, n);
      scheme_.nodes[index] = std::move(n);
    } else {
      branch(spot, n, parent == no_node ? "total" : "");
      scheme_.nodes[index] = n;
      below(spot, index, depth);
    }
    return index;
  }

  /// Either an indicator or children; where a misspelt field hides which, that is told instead.
  bool shapely(const Spot& spot, NodeIndex parent) {
    const bool leaf = spot["indicator"].given(), branch = spot["children"].given();
    if (leaf != branch && (branch || parent != no_node)) return true;
    const std::size_t before = reader_.faults();
    if (!spot.json->object() || !(leaf || branch)) reader_.known_fields(spot, {"branch", "leaf", "function"});
    if (reader_.faults() == before) reader_.fault(spot, errors::scheme_node_shape, {});
    return false;
  }

  void below(const Spot& spot, NodeIndex index, int depth) {
    const bool known = std::exchange(weights_known_, true), judged = judgements_known_;
    const Spot children = reader_.list(spot, "children");
    if (!children.given() || children.size() == 0) tree_known_ = false;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const NodeIndex child = node(children[i], index, depth + 1);
      if (child == no_node) break;
      scheme_.nodes[index].children.push_back(child);
    }
    scheme_.nodes[index].end = static_cast<NodeIndex>(scheme_.nodes.size());
    const WeightMethod method = scheme_.nodes[index].weight_method;
    if (judged && (method == WeightMethod::ahp || method == WeightMethod::allocation))
      judge(spot, scheme_.nodes[index]);
    if (method == WeightMethod::given) check_sums(children, index);
    tree_known_ = tree_known_ && weights_known_;
    weights_known_ = known;
  }

  void branch(const Spot& spot, Node& n, std::string id) {
    n.id = unique(spot, node_ids_, std::move(id));
    n.name_zh = reader_.text(spot, "name_zh");
    n.name_en = reader_.text(spot, "name_en");
    if (n.name_zh.empty()) n.name_zh = n.parent == no_node ? "总分" : n.id;
    if (n.name_en.empty()) n.name_en = n.parent == no_node ? "Total" : n.name_zh;
    n.missing = reader_.word(spot, "missing", missings, std::optional(n.missing));
    n.data_threshold = ranged(spot, "data_threshold", zero, hundred, n.data_threshold);
    auto& a = n.aggregation;
    a.kind = reader_.word(spot, "aggregation", aggregations, std::optional(AggregationKind::arithmetic));
    if (a.kind == AggregationKind::power)
      a.parameter = ranged(spot, "p", Decimal(-20, 0), Decimal(20, 0), Decimal(1, 0), true);
    if (a.kind == AggregationKind::mean_min)
      a.parameter = ranged(spot, "alpha", zero, Decimal(1, 0), Decimal(1, 0), true);
    if (a.kind == AggregationKind::vikor) a.parameter = ranged(spot, "v", zero, Decimal(1, 0), Decimal(5, 1));
    if (a.kind == AggregationKind::benefit_of_doubt)
      a.parameter = ranged(spot, "spread", zero, hundred, Decimal(25, 0));
    if (a.kind == AggregationKind::ampi || a.kind == AggregationKind::mpi)
      a.plus = reader_.word(spot, "penalty", penalties, std::optional(false));
    if (a.kind == AggregationKind::topsis) a.by_range = reader_.word(spot, "scaling", scalings, std::optional(false));
    a.floor = ranged(spot, "floor", zero, hundred, zero);
    weight_method(spot["weights"], n);
    if (a.kind == AggregationKind::owa) order_weights(spot, a);
  }

  Decimal ranged(const Spot& spot, std::string_view key, Decimal lo, Decimal hi, Decimal otherwise,
                 bool required = false) {
    const auto value = reader_.decimal(spot, key, required);
    if (!value) return otherwise;
    if (*value < lo || *value > hi) {
      reader_.fault(spot[key], errors::scheme_number_outside,
                    {std::string(key), value->text(), lo.text() + "…" + hi.text()});
    }
    return *value;
  }

  void weight_method(const Spot& spot, Node& n) {
    judgements_known_ = true;
    if (!spot.given()) return;
    const std::size_t before = reader_.faults();
    reader_.known_fields(spot, {"weights"});
    n.weight_method = reader_.word(spot, "how", weight_methods, std::optional<WeightMethod>{});
    if (reader_.faults() > before) {   // nobody knows whether the children need weights of their own
      n.weight_method = WeightMethod::equal;
      return;
    }
    if (n.weight_method == WeightMethod::ahp) judgements(reader_.list(spot, "comparisons", true), n);
    if (n.weight_method == WeightMethod::allocation) judgements(reader_.list(spot, "points", true), n);
    judgements_known_ = reader_.faults() == before;
  }

  void judgements(const Spot& rows, Node& n) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      n.judgements.emplace_back();
      const Spot row = rows[i];
      if (!row.json->array())
        reader_.fault(row, errors::scheme_field_kind, {"weights", "由列表组成的列表", "a list of lists"});
      for (std::size_t j = 0; j < row.size(); ++j)
        n.judgements.back().push_back(reader_.decimal(row[j]).value_or(zero));
    }
  }

  /// Weights of judgements: every class the same, to a billionth, summing to 100.
  void judge(const Spot& spot, Node& parent) {
    std::vector<std::vector<double>> rows;
    bool fits = !parent.judgements.empty();
    for (const auto& row : parent.judgements) {
      fits = fits && row.size() == parent.children.size();
      rows.emplace_back();
      for (const Decimal& value : row) rows.back().push_back(value.real());
    }
    if (!fits) {
      return reader_.fault(spot["weights"], errors::matrix_shape,
                           {std::to_string(rows.size()), std::to_string(parent.children.size()),
                            std::to_string(parent.children.size())});
    }
    const Matrix matrix = Matrix::of(rows);
    std::vector<double> weights;
    const auto take = [&](const auto& result, const auto& of) {
      if (result) {
        weights = of(*result);
      } else {
        for (const auto& d : result.error().all()) reader_.fault(spot["weights"], *d.kind, d.arguments);
      }
    };
    if (parent.weight_method == WeightMethod::ahp) {
      take(ahp_weights(matrix), [](const AhpWeights& w) { return w.weights; });
    } else {
      take(allocation_weights(matrix), [](const std::vector<double>& w) { return w; });
    }
    std::vector<std::int64_t> parts;
    for (const double w : weights) parts.push_back(math::quantise(100 * w));
    if (scheme_.edition == first_edition) {
      for (std::int64_t& part : parts = apportion(parts, 6)) part *= 1000;
    }
    std::int64_t left = parts.empty() ? 0 : 100'000'000'000;   // a few billionths, so that they are 100 together
    for (const std::int64_t part : parts) left -= part;
    if (!parts.empty()) *std::ranges::max_element(parts) += left;
    for (std::size_t i = 0; i < parts.size(); ++i)
      scheme_.nodes[parent.children[i]].weights.assign(scheme_.classes.size(), Weight(Decimal(parts[i], 9).reduced()));
  }

  void order_weights(const Spot& spot, Aggregation& a) {
    const Spot list = reader_.list(spot, "order_weights", true);
    WeightSum sum;
    bool known = list.given();
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto w = reader_.weight(list[i]);
      known = known && w;
      sum.add(w.value_or(Weight()));
      a.order_weights.push_back(w.value_or(Weight()));
    }
    if (known && !sum.whole()) reader_.fault(list, errors::weights_order, {sum.text()});
  }

  /// One weight for every class, or a class → weight map; a class not named has 0.
  std::vector<Weight> weights(const Spot& spot) {
    const Spot given = spot["weight"];
    std::vector<Weight> out(scheme_.classes.size());
    const auto* map = given.json->object();
    if (!given.given()) reader_.absent(spot, "weight");
    if (!map) {
      const auto one = given.given() ? reader_.weight(given) : std::nullopt;
      weights_known_ = weights_known_ && one;
      out.assign(out.size(), one.value_or(Weight()));
      return out;
    }
    for (const auto& [id, value] : *map) {
      const ClassIndex c = scheme_.find_class(id);
      const auto one = c == no_class ? std::nullopt : reader_.weight(given[id]);
      if (c == no_class) unknown_class(given[id], id);
      weights_known_ = weights_known_ && one;
      if (one) out[c] = *one;
    }
    return out;
  }

  void unknown_class(const Spot& spot, const std::string& id) {
    if (classes_known_)
      reader_.fault(spot, errors::scheme_class_unknown, {id, text::join({class_ids_.begin(), class_ids_.end()}, ", ")});
  }

  void check_sums(const Spot& children, NodeIndex index) {
    const Node& parent = scheme_.nodes[index];
    if (children.given() && children.size() == 0) reader_.fault(children, errors::scheme_node_shape, {});
    for (std::size_t c = 0; c < scheme_.classes.size() && children.size() > 0 && weights_known_; ++c) {
      if (!parent.weights[c].positive()) continue;
      WeightSum sum;
      bool any = false;
      for (const NodeIndex child : parent.children) {
        sum.add(scheme_.nodes[child].weights[c]);
        any = any || scheme_.nodes[child].weights[c].positive();
      }
      if (sum.whole() || (!any && index == 0)) continue;   // a class without anything below the root has no tree
      tree_known_ = false;
      reader_.fault(children, errors::weights_sum, {parent.id, scheme_.classes[c].id, sum.text(), "{how: equal}"});
    }
  }

  void leaf(const Spot& spot, Node& n) {
    Leaf l;
    l.indicator = {reader_.text(spot, "indicator", true)};
    n.id = unique(spot, node_ids_, l.indicator.value);
    const fact::Indicator* known = indicator(spot["indicator"], l.indicator);
    const auto text_or = [&](std::string_view key, const std::string& otherwise) {
      const std::string given = reader_.text(spot, key);
      return given.empty() ? otherwise : given;
    };
    static const fact::Indicator plain = [] {
      fact::Indicator i;
      i.direction = fact::Direction::up;
      i.decimals = 2;
      return i;
    }();
    const fact::Indicator& facts = known ? *known : plain;
    n.name_zh = text_or("name_zh", facts.name_zh.empty() ? l.indicator.value : facts.name_zh);
    n.name_en = text_or("name_en", facts.name_en.empty() ? n.name_zh : facts.name_en);
    l.unit_zh = text_or("unit_zh", facts.unit_zh);
    l.unit_en = text_or("unit_en", facts.unit_en);
    l.owner_zh = text_or("owner_zh", facts.owner_zh);
    l.owner_en = text_or("owner_en", facts.owner_en);
    l.direction = reader_.word(spot, "direction", direction_words(), std::optional(facts.direction));
    l.decimals = reader_.integer(spot, "decimals", facts.decimals, 0, 9);
    l.percent = reader_.boolean(spot, "percent", l.unit_zh == "%");
    l.preparation = preparation_from_json(reader_, spot);
    if (l.preparation.imputation.on) indicator(spot["impute"]["on"], l.preparation.imputation.on);
    const std::size_t before = reader_.faults();
    l.function = function_from_json(reader_, spot, l.direction, l.indicator.value);
    if (const Spot map = spot["fn_by_class"]; map.given()) {
      for (const auto& c : scheme_.classes) {
        const Spot own = map[c.id];
        if (!own.given()) continue;
        reader_.known_fields(own, {"function"});
        l.by_class.emplace(c.id, function_from_json(reader_, own, l.direction, l.indicator.value));
      }
      if (const auto* object = map.json->object()) {
        for (const auto& [id, value] : *object) {
          if (scheme_.find_class(id) == no_class) unknown_class(map[id], id);
        }
      }
    }
    if (reader_.faults() == before) check_preparation(reader_, spot, l);
    n.leaf = static_cast<std::uint32_t>(scheme_.leaves.size());
    scheme_.leaves.push_back(std::move(l));
  }

  const fact::Indicator* indicator(const Spot& spot, const IndicatorCode& code) {
    const auto found =
        std::find_if(catalogue_.begin(), catalogue_.end(), [&](const auto& i) { return i.code == code; });
    if (found != catalogue_.end()) return &*found;
    if (!catalogue_.empty()) {
      std::vector<std::string> codes;
      for (const auto& i : catalogue_) codes.push_back(i.code.value);
      const std::string near = text::nearest(code.value, codes);
      reader_.fault(spot, errors::scheme_indicator_unknown, {code.value, near.empty() ? codes.front() : near});
    }
    return nullptr;
  }

  void adjustments(const Spot& spot) {
    if (!spot.given()) return;
    reader_.known_fields(spot, {"adjustments"});
    for (const bool deduct : {false, true}) {
      const Spot side = spot[deduct ? "deduct" : "bonus"];
      if (!side.given()) continue;
      reader_.known_fields(side, {"adjustment"});
      auto& cap = deduct ? scheme_.deduct_cap : scheme_.bonus_cap;
      if (side["cap"].given()) cap = ranged(side, "cap", zero, Decimal(1000, 0), zero);
      const Spot items = reader_.list(side, "items", true);
      for (std::size_t i = 0; i < items.size(); ++i) {
        reader_.known_fields(items[i], {"item"});
        AdjustmentItem item;
        item.id = unique(items[i], grant_ids_);
        names(items[i], item.name_zh, item.name_en);
        item.points = ranged(items[i], "points", Decimal(1, 9), Decimal(1000, 0), zero, true);
        item.deduct = deduct;
        item.from = date(items[i], "from");
        item.to = date(items[i], "to");
        item.evidence = reader_.boolean(items[i], "evidence", false);
        item.most = reader_.integer(items[i], "most", 0, 0, 1000);
        scheme_.adjustments.push_back(std::move(item));
      }
    }
  }

  std::string date(const Spot& spot, std::string_view key) {
    const std::string text = reader_.text(spot, key);
    if (!text.empty() && !Date::parse(text))
      reader_.fault(spot[key], errors::scheme_value_unknown, {std::string(key), text, "2023-06-30"});
    return text;
  }

  void grades(const Spot& list) {
    const std::size_t before = reader_.faults();
    read_grades(list);
    grades_known_ = reader_.faults() == before;
  }

  void read_grades(const Spot& list) {
    for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), 32); ++i) {
      reader_.known_fields(list[i], {"grade"});
      Grade g;
      g.id = unique(list[i], grade_ids_);
      names(list[i], g.name_zh, g.name_en);
      if (list[i]["min"].given()) g.min = ranged(list[i], "min", zero, Decimal(1000, 0), zero);
      if (list[i]["best_share"].given()) g.best_share = ranged(list[i], "best_share", zero, hundred, zero);
      g.at_least = reader_.integer(list[i], "at_least", 0, 0, 1000);
      g.at_most = reader_.integer(list[i], "at_most", 0, 0, 1'000'000);
      scheme_.grades.push_back(std::move(g));
    }
    if (list.size() > 32) reader_.fault(list, errors::scheme_too_large, {"grades", std::to_string(list.size()), "32"});
  }

  void red_lines(const Spot& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      reader_.known_fields(list[i], {"red_line"});
      RedLine line;
      const std::string when = reader_.text(list[i], "when", true);
      if (!when.empty() && !red_line_condition(when, line))
        reader_.fault(list[i]["when"], errors::scheme_red_line_form, {when});
      line.id = unique(list[i], grant_ids_);
      names(list[i], line.name_zh, line.name_en);
      line.max_grade = reader_.text(list[i], "max_grade", true);
      if (!line.confirmed_only && line.indicator) indicator(list[i]["when"], line.indicator);
      if (grades_known_ && !line.max_grade.empty() && !grade_ids_.contains(line.max_grade)) {
        std::vector<std::string> ids;
        for (const auto& g : scheme_.grades) ids.push_back(g.id);
        reader_.fault(list[i]["max_grade"], errors::scheme_grade_unknown, {line.max_grade, text::join(ids, ", ")});
      }
      scheme_.red_lines.push_back(std::move(line));
    }
  }

  void tie_break(const Spot& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string id = list[i].json->string_or("");
      if (ids_known_ && !node_ids_.contains(id)) reader_.fault(list[i], errors::scheme_tie_unknown, {id});
      scheme_.tie_break.push_back(id);
    }
  }

  Reader reader_;
  std::span<const fact::Indicator> catalogue_;
  Scheme scheme_;
  std::set<std::string> class_ids_, node_ids_, grant_ids_, grade_ids_;
  // What a fault already told hides: checks that rest on it would tell it a second time.
  bool classes_known_ = true, grades_known_ = true, ids_known_ = true, tree_known_ = true;
  bool weights_known_ = true, judgements_known_ = true;   ///< of the branch at hand
};

}   // namespace

Result<Scheme> scheme_from_json(const Json& document, std::span<const fact::Indicator> catalogue,
                                const PositionOf& where, int edition) {
  return SchemeReader(catalogue, where, edition).read(document);
}

}   // namespace gangmu::score
