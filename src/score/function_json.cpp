// SPDX-License-Identifier: Apache-2.0
#include "score/function_json.hpp"

#include "score/errors.hpp"

namespace gangmu::score {

namespace {

template <class E>
using Words = std::vector<std::pair<std::string_view, E>>;

const Words<FunctionKind> kinds = {{"lin", FunctionKind::lin},
                                   {"target", FunctionKind::target},
                                   {"self", FunctionKind::self},
                                   {"min_max", FunctionKind::min_max},
                                   {"peer", FunctionKind::peer},
                                   {"z", FunctionKind::z},
                                   {"percentile", FunctionKind::percentile},
                                   {"mean_zone", FunctionKind::mean_zone},
                                   {"relative", FunctionKind::relative},
                                   {"step", FunctionKind::step},
                                   {"category", FunctionKind::category},
                                   {"either", FunctionKind::either},
                                   {"mix", FunctionKind::mix}};
const Words<Pool> pools = {{"all", Pool::all}, {"class", Pool::cls}, {"group", Pool::group}};
const Words<RelativeTo> references = {
    {"best", RelativeTo::best}, {"mean", RelativeTo::mean}, {"own", RelativeTo::own}, {"peer", RelativeTo::peer}};

template <class E>
std::string_view name_of(const Words<E>& words, E value) {
  for (const auto& [name, v] : words) {
    if (v == value) return name;
  }
  return "";
}

constexpr int max_depth = 8;
constexpr std::size_t max_parts = 16;
constexpr std::size_t max_steps = 64;

std::optional<Base> base_from_json(Reader& reader, const Spot& object, std::string_view key,
                                   std::optional<BaseKind> otherwise) {
  const Spot spot = object[key];
  if (!spot.given()) return otherwise ? std::optional(Base{*otherwise, {}}) : std::nullopt;
  const std::string text = reader.text(object, key);
  if (text == "last_year") return Base{BaseKind::last_year, {}};
  if (text == "same_period_last_year") return Base{BaseKind::same_period_last_year, {}};
  if (text == "previous") return Base{BaseKind::previous, {}};
  if (text.size() == 11 && text.ends_with("_years_ago") && text[0] >= '1' && text[0] <= '9')
    return Base::years_ago(text[0] - '0');
  if (auto period = Period::parse(text)) return Base{BaseKind::fixed, *period};
  reader.fault(spot, errors::scheme_value_unknown,
               {std::string(key), text, "last_year, same_period_last_year, previous, 3_years_ago, 2020"});
  return std::nullopt;
}

/// Numbers that must lie in [lo, hi].
std::optional<Decimal> within(Reader& reader, const Spot& object, std::string_view key, Decimal lo, Decimal hi,
                              std::optional<Decimal> otherwise) {
  auto value = reader.decimal(object, key);
  if (!value) return otherwise;
  if (*value < lo || *value > hi) {
    reader.fault(object[key], errors::scheme_number_outside,
                 {std::string(key), value->text(), lo.text() + "…" + hi.text()});
  }
  return value;
}

void read_bounds(Reader& reader, const Spot& object, Function& f) {
  f.lo = reader.decimal(object, "lo", true);
  f.hi = reader.decimal(object, "hi", true);
  if (f.lo && f.hi && *f.lo == *f.hi) reader.fault(object["hi"], errors::scheme_bounds_equal, {});
}

void read_steps(Reader& reader, const Spot& object, Function& f) {
  const Spot list = reader.list(object, "steps", true);
  if (list.size() > max_steps) {
    reader.fault(list, errors::scheme_too_large, {"steps", std::to_string(list.size()), std::to_string(max_steps)});
    return;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].size() != 2) {
      reader.fault(list[i], errors::scheme_field_kind, {"steps", "[门槛, 分数]", "[threshold, points]"});
      continue;
    }
    const auto threshold = reader.decimal(list[i][0]);
    const auto points = reader.decimal(list[i][1]);
    if (!threshold || !points) continue;
    if (*points < Decimal(0, 0) || *points > Decimal(1000, 0)) {
      reader.fault(list[i][1], errors::scheme_number_outside, {"points", points->text(), "0…1000"});
    }
    f.steps.push_back({*threshold, *points});
  }
  if (f.kind != FunctionKind::step) return;
  bool rising = true, falling = true;
  for (std::size_t i = 1; i < f.steps.size(); ++i) {
    rising = rising && f.steps[i - 1].threshold < f.steps[i].threshold;
    falling = falling && f.steps[i - 1].threshold > f.steps[i].threshold;
  }
  if (!rising && !falling) reader.fault(list, errors::scheme_steps_order, {});
}

void read_parts(Reader& reader, const Spot& object, Function& f, fact::Direction direction,
                const std::string& indicator, int depth) {
  const bool mix = f.kind == FunctionKind::mix;
  const Spot list = reader.list(object, mix ? "parts" : "any", true);
  if (list.size() > max_parts || depth >= max_depth) {
    reader.fault(list, errors::scheme_too_large,
                 {mix ? "parts" : "any", std::to_string(list.size()), std::to_string(max_parts)});
    return;
  }
  if (list.given() && list.size() == 0) reader.fault(list, errors::scheme_field_missing, {"fn"});
  WeightSum sum;
  bool known = list.size() > 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (mix) {
      reader.known_fields(list[i], {"part", "function"});
    } else {
      reader.known_fields(list[i], {"function"});
    }
    Function component = function_from_json(reader, list[i], direction, indicator, depth + 1);
    if (mix) {
      if (list[i]["weight"].given()) {
        component.weight = reader.weight(list[i]["weight"]);
      } else {
        reader.absent(list[i], "weight");
      }
      known = known && component.weight;
      sum.add(component.weight.value_or(Weight()));
    }
    f.parts.push_back(std::move(component));
  }
  if (mix && known && !sum.whole()) reader.fault(list, errors::weights_parts, {sum.text()});
}

bool fits(FunctionKind kind, fact::Direction direction) {
  switch (kind) {
    case FunctionKind::target: return direction != fact::Direction::neutral;
    case FunctionKind::min_max:
    case FunctionKind::peer:
    case FunctionKind::z:
    case FunctionKind::percentile:
    case FunctionKind::mean_zone:
    case FunctionKind::relative: return direction == fact::Direction::up || direction == fact::Direction::down;
    default: return true;
  }
}

}   // namespace

const std::vector<std::pair<std::string_view, Pool>>& pool_words() { return pools; }

std::string_view function_name(FunctionKind kind) { return name_of(kinds, kind); }

Function function_from_json(Reader& reader, const Spot& object, fact::Direction direction, const std::string& indicator,
                            int depth) {
  Function f;
  const std::size_t before = reader.faults();
  f.kind = reader.word(object, "fn", kinds, std::optional<FunctionKind>{});
  if (!object["fn"].given() || reader.faults() > before) return f;   // nobody knows which parameters it would need
  if (!fits(f.kind, direction)) {
    reader.fault(object["fn"], errors::scheme_direction_unfit,
                 {indicator, std::string(fact::direction_name(direction)), std::string(function_name(f.kind))});
  }
  const Decimal positive(1, 9), large(1000, 0);
  switch (f.kind) {
    case FunctionKind::lin: read_bounds(reader, object, f); break;
    case FunctionKind::self:
      f.base = base_from_json(reader, object, "base", BaseKind::last_year);
      read_bounds(reader, object, f);
      break;
    case FunctionKind::target:
      f.cap = within(reader, object, "cap", positive, large, Decimal(100, 0));
      f.target = reader.decimal(object, "target");
      break;
    case FunctionKind::relative:
      f.to = reader.word(object, "to", references, std::optional(RelativeTo::best));
      f.cap = within(reader, object, "cap", positive, large, Decimal(100, 0));
      if (f.to == RelativeTo::own) {
        f.base = base_from_json(reader, object, "base", BaseKind::last_year);
        break;
      }
      if (f.to == RelativeTo::peer) break;
      [[fallthrough]];
    case FunctionKind::min_max:
    case FunctionKind::z:
    case FunctionKind::percentile:
    case FunctionKind::mean_zone:
      f.pool = reader.word(object, "pool", pools, std::optional(Pool::all));
      if (f.kind != FunctionKind::percentile) f.of = base_from_json(reader, object, "of", std::nullopt);
      if (f.kind == FunctionKind::mean_zone)
        f.zone = within(reader, object, "zone", Decimal(0, 0), large, Decimal(0, 0));
      break;
    case FunctionKind::peer: f.pool = reader.word(object, "pool", pools, std::optional(Pool::cls)); break;
    case FunctionKind::step:
    case FunctionKind::category: read_steps(reader, object, f); break;
    case FunctionKind::either:
    case FunctionKind::mix: read_parts(reader, object, f, direction, indicator, depth); break;
  }
  return f;
}

void function_to_json(const Function& f, Json& object) {
  const auto number = [&](std::string_view key, const std::optional<Decimal>& value) {
    if (value) object.set(key, value->reduced().text());
  };
  object.set("fn", function_name(f.kind));
  number("lo", f.lo);
  number("hi", f.hi);
  number("cap", f.cap);
  number("target", f.target);
  number("zone", f.zone);
  if (f.weight) object.set("weight", f.weight->text());
  if (f.pool) object.set("pool", name_of(pools, *f.pool));
  if (f.base) object.set("base", f.base->text());
  if (f.of) object.set("of", f.of->text());
  if (f.kind == FunctionKind::relative) object.set("to", name_of(references, f.to));
  for (const auto& step : f.steps) {
    Json pair;
    pair.push(step.threshold.reduced().text());
    pair.push(step.points.reduced().text());
    if (object["steps"].is_null()) object.set("steps", Json::Array{});
    object.object()->find("steps")->second.push(std::move(pair));
  }
  if (f.parts.empty()) return;
  Json parts;
  for (const auto& part : f.parts) {
    Json one;
    function_to_json(part, one);
    parts.push(std::move(one));
  }
  object.set(f.kind == FunctionKind::mix ? "parts" : "any", std::move(parts));
}

}   // namespace gangmu::score
