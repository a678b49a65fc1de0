// SPDX-License-Identifier: Apache-2.0
#include "score/variation_json.hpp"

#include "score/errors.hpp"
#include "score/reader.hpp"

namespace gangmu::score {

namespace {

template <class E>
using Words = std::vector<std::pair<std::string_view, E>>;

const Words<WeightDraw> draws = {{"given", WeightDraw::given},
                                 {"noise", WeightDraw::noise},
                                 {"dirichlet", WeightDraw::dirichlet},
                                 {"ordered", WeightDraw::ordered}};
const Words<NormalisationChoice> normalisations = {{"given", NormalisationChoice::given},
                                                   {"min_max", NormalisationChoice::min_max},
                                                   {"z", NormalisationChoice::z},
                                                   {"percentile", NormalisationChoice::percentile},
                                                   {"peer", NormalisationChoice::peer}};
const Words<TreatmentChoice> treatments = {{"given", TreatmentChoice::given},
                                           {"none", TreatmentChoice::none},
                                           {"winsorise", TreatmentChoice::winsorise},
                                           {"log", TreatmentChoice::log}};
const Words<AggregationChoice> aggregation_choices = {{"given", AggregationChoice::given},
                                                      {"arithmetic", AggregationChoice::arithmetic},
                                                      {"geometric", AggregationChoice::geometric},
                                                      {"harmonic", AggregationChoice::harmonic},
                                                      {"min", AggregationChoice::min}};

double number(Reader& reader, const Spot& root, std::string_view key, double otherwise, Decimal most) {
  const auto value = reader.decimal(root, key);
  if (!value) return otherwise;
  if (*value < Decimal() || *value > most)
    reader.fault(root[key], errors::scheme_number_outside, {std::string(key), value->text(), "0…" + most.text()});
  return value->real();
}

template <class E>
std::vector<E> choices(Reader& reader, const Spot& root, std::string_view key, const Words<E>& known) {
  std::vector<E> out;
  const Spot list = reader.list(root, key);
  for (std::size_t i = 0; i < list.size(); ++i) out.push_back(reader.word(list[i], key, known));
  return out;
}

template <class E>
std::string_view name_of(const Words<E>& known, E value) {
  for (const auto& [name, v] : known) {
    if (v == value) return name;
  }
  return {};
}

template <class E>
Json names_of(const Words<E>& known, const std::vector<E>& values) {
  Json out{Json::Array{}};
  for (const E value : values) out.push(name_of(known, value));
  return out;
}

}   // namespace

Result<Variation> variation_from_json(const Json& document, const PositionOf& where) {
  Reader reader(where);
  const Spot root{&document, ""};
  reader.known_fields(root, {"variation"});
  Variation out;
  out.weights = reader.word(root, "weights", draws, std::optional(WeightDraw::given));
  out.spread = number(reader, root, "spread", out.spread, Decimal(100, 0));
  out.concentration = number(reader, root, "concentration", 0, Decimal(1'000'000, 0));
  out.normalisation = choices(reader, root, "normalisation", normalisations);
  out.treatment = choices(reader, root, "treatment", treatments);
  out.aggregation = choices(reader, root, "aggregation", aggregation_choices);
  out.inclusion = reader.boolean(root, "inclusion", false);
  out.imputed = number(reader, root, "imputed", 0, Decimal(1000, 0));
  out.thresholds = reader.boolean(root, "thresholds", false);
  out.measurement = number(reader, root, "measurement", 0, Decimal(100, 0));
  out.sampling = reader.boolean(root, "sampling", false);
  if (!reader.clean()) return fail(reader.take());
  return out;
}

Json to_json(const Variation& v) {
  const auto real = [](double x) { return rounded_half_up(x, 6).value().reduced().text(); };
  Json out;
  out.set("weights", name_of(draws, v.weights));
  out.set("spread", real(v.spread));
  out.set("concentration", real(v.concentration));
  out.set("normalisation", names_of(normalisations, v.normalisation));
  out.set("treatment", names_of(treatments, v.treatment));
  out.set("aggregation", names_of(aggregation_choices, v.aggregation));
  out.set("inclusion", v.inclusion);
  out.set("imputed", real(v.imputed));
  out.set("thresholds", v.thresholds);
  out.set("measurement", real(v.measurement));
  out.set("sampling", v.sampling);
  return out;
}

}   // namespace gangmu::score
