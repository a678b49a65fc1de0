// SPDX-License-Identifier: Apache-2.0
#include "score/preparation_json.hpp"

#include <algorithm>

#include "score/errors.hpp"
#include "score/function_json.hpp"

namespace gangmu::score {

namespace {

const std::vector<std::pair<std::string_view, ImputationKind>> imputations = {
    {"none", ImputationKind::none},     {"mean", ImputationKind::mean},     {"median", ImputationKind::median},
    {"latest", ImputationKind::latest}, {"linear", ImputationKind::linear}, {"regression", ImputationKind::regression}};
const std::vector<std::pair<std::string_view, TreatmentKind>> treatments = {
    {"none", TreatmentKind::none},
    {"winsorise", TreatmentKind::winsorise},
    {"quantiles", TreatmentKind::quantiles},
    {"log", TreatmentKind::log},
    {"winsorise_or_log", TreatmentKind::winsorise_or_log},
    {"box_cox", TreatmentKind::box_cox}};

template <class E>
std::string_view name_of(const std::vector<std::pair<std::string_view, E>>& words, E kind) {
  return std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.second == kind; })->first;
}

Decimal within(Reader& reader, const Spot& object, std::string_view key, Decimal lo, Decimal hi, Decimal otherwise) {
  const auto value = reader.decimal(object, key);
  if (!value) return otherwise;
  if (*value < lo || *value > hi)
    reader.fault(object[key], errors::scheme_number_outside,
                 {std::string(key), value->text(), lo.text() + "…" + hi.text()});
  return *value;
}

Imputation imputation_from_json(Reader& reader, const Spot& object) {
  Imputation out;
  if (!object.given()) return out;
  reader.known_fields(object, {"impute"});
  out.kind = reader.word(object, "how", imputations, std::optional<ImputationKind>{});
  const bool latest = out.kind == ImputationKind::latest;
  if (out.kind == ImputationKind::mean || out.kind == ImputationKind::median)
    out.pool = reader.word(object, "pool", pool_words(), std::optional(Pool::cls));
  if (latest || out.kind == ImputationKind::linear)
    out.max_age = reader.integer(object, "max_age", latest ? 2 : 5, 1, 9);
  if (out.kind == ImputationKind::regression) out.on = {reader.text(object, "on", true)};
  return out;
}

Treatment treatment_from_json(Reader& reader, const Spot& object) {
  Treatment out;
  if (!object.given()) return out;
  reader.known_fields(object, {"treatment"});
  out.kind = reader.word(object, "how", treatments, std::optional<TreatmentKind>{});
  const Decimal none(0, 0), large(1000, 0), whole(100, 0);
  out.skewness = within(reader, object, "skewness", none, large, out.skewness);
  out.kurtosis = within(reader, object, "kurtosis", none, large, out.kurtosis);
  out.always = reader.boolean(object, "always", false);
  if (out.kind == TreatmentKind::winsorise || out.kind == TreatmentKind::winsorise_or_log)
    out.most = reader.integer(object, "most", 5, 1, 1000);
  if (out.kind == TreatmentKind::quantiles) {
    out.lo = within(reader, object, "lo", none, whole, out.lo);
    out.hi = within(reader, object, "hi", none, whole, out.hi);
    if (out.lo >= out.hi) reader.fault(object["hi"], errors::scheme_bounds_equal, {});
  }
  if (out.kind == TreatmentKind::box_cox && object["lambda"].given())
    out.lambda = within(reader, object, "lambda", Decimal(-5, 0), Decimal(5, 0), none);
  return out;
}

}   // namespace

Preparation preparation_from_json(Reader& reader, const Spot& leaf) {
  Preparation out;
  if (const Spot panel = leaf["panel"]; panel.given()) {
    reader.known_fields(panel, {"panel"});
    out.panel.reviewers = reader.integer(panel, "reviewers", 7, 1, 99);
    out.panel.drop = reader.integer(panel, "drop", 0, 0, 10);
    out.panel.least =
        reader.integer(panel, "least", 2 * out.panel.drop + 1, 2 * out.panel.drop + 1, out.panel.reviewers);
  }
  if (const Spot tasks = leaf["tasks"]; tasks.given()) {
    reader.known_fields(tasks, {"tasks"});
    out.tasks_late = within(reader, tasks, "late", Decimal(), Decimal(100, 0), Decimal());
  }
  if (const Spot sample = leaf["sample"]; sample.given()) {
    reader.known_fields(sample, {"sample"});
    out.sample_least = reader.integer(sample, "least", 1, 1, 1'000'000);
  }
  out.imputation = imputation_from_json(reader, leaf["impute"]);
  out.treatment = treatment_from_json(reader, leaf["treatment"]);
  return out;
}

void check_preparation(Reader& reader, const Spot& spot, const Leaf& leaf) {
  const Treatment& treatment = leaf.preparation.treatment;
  if (treatment.kind == TreatmentKind::none) return;
  if (!can_be_treated(leaf, treatment))
    reader.fault(spot["treatment"], errors::scheme_treatment_unfit,
                 {leaf.indicator.value, std::string(name_of(treatments, treatment.kind))});
}

void preparation_to_json(const Preparation& preparation, Json& leaf) {
  const auto number = [](const Decimal& value) { return value.reduced().text(); };
  if (preparation.panel.reviewers > 0) {
    Json json;
    json.set("reviewers", preparation.panel.reviewers);
    json.set("least", preparation.panel.least);
    json.set("drop", preparation.panel.drop);
    leaf.set("panel", std::move(json));
  }
  if (preparation.tasks_late) {
    Json json;
    json.set("late", number(*preparation.tasks_late));
    leaf.set("tasks", std::move(json));
  }
  if (preparation.sample_least > 0) {
    Json json;
    json.set("least", preparation.sample_least);
    leaf.set("sample", std::move(json));
  }
  if (const Imputation& i = preparation.imputation; i.kind != ImputationKind::none) {
    Json json;
    json.set("how", name_of(imputations, i.kind));
    if (i.kind == ImputationKind::mean || i.kind == ImputationKind::median)
      json.set("pool", name_of(pool_words(), i.pool));
    if (i.max_age > 0) json.set("max_age", i.max_age);
    if (i.kind == ImputationKind::regression) json.set("on", i.on.value);
    leaf.set("impute", std::move(json));
  }
  if (const Treatment& t = preparation.treatment; t.kind != TreatmentKind::none) {
    Json json;
    json.set("how", name_of(treatments, t.kind));
    json.set("skewness", number(t.skewness));
    json.set("kurtosis", number(t.kurtosis));
    json.set("always", t.always);
    if (t.kind == TreatmentKind::winsorise || t.kind == TreatmentKind::winsorise_or_log) json.set("most", t.most);
    if (t.kind == TreatmentKind::quantiles) {
      json.set("lo", number(t.lo));
      json.set("hi", number(t.hi));
    }
    if (t.lambda) json.set("lambda", number(*t.lambda));
    leaf.set("treatment", std::move(json));
  }
}

}   // namespace gangmu::score
