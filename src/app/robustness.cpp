// SPDX-License-Identifier: Apache-2.0
// How far the ranks of an assessment hang on choices that could have been made otherwise (稳健性检验). Computed when
// asked for and kept under the assessment's digest, the number of runs and the seed: the same question has the same
// answer, byte for byte.
#include <algorithm>

#include <fmt/format.h>

#include "app/assessment_asked.hpp"
#include "app/assessments.hpp"
#include "app/errors.hpp"
#include "app/table.hpp"
#include "score/coherence.hpp"
#include "score/stress_words.hpp"

namespace gangmu::app {
namespace {

using score::Uncertainty;

score::RobustnessLimits robustness_limits(const Service& service) {
  return {.runs = service.limits().robustness_runs, .cells = service.limits().robustness_cells};
}

/// What of a request names its result.
std::string stress_key(const char* what, const Asked& asked, std::size_t runs, std::uint64_t seed) {
  return fmt::format("{}/{}/{}/{}/{}", what, asked.picture.view->store_id, asked.record->digest.text(), runs, seed);
}

Result<std::shared_ptr<const Uncertainty>> uncertainty_of(Service& service, const Asked& asked, const Call& call) {
  const auto runs = static_cast<std::size_t>(integer_of(call, "runs", 1000));
  const auto seed = static_cast<std::uint64_t>(integer_of(call, "seed", 1));
  const std::string key = stress_key("uncertainty", asked, runs, seed);
  if (auto kept = service.recall().find<Uncertainty>(key)) return kept;
  TRY_ASSIGN(Uncertainty made, score::uncertainty(asked.scheme(), asked.gathered().inputs(), score::Variation::usual(),
                                                  runs, seed, service.system().executor, robustness_limits(service)));
  auto out = std::make_shared<const Uncertainty>(std::move(made));
  service.recall().keep(key, out, 1 + out->ranks.size() * sizeof(std::uint32_t) / (1u << 20));
  return out;
}

void design(JsonWriter& out, const Asked& asked, const Uncertainty& u) {
  out.key("assessment")
      .value(asked.record->id)
      .key("runs")
      .value(static_cast<std::int64_t>(u.runs))
      .key("seed")
      .value(static_cast<std::int64_t>(u.seed));
  out.key("sequence")
      .value("sobol, random digital shift")
      .key("coordinates")
      .value(static_cast<std::int64_t>(u.coordinates));
  out.key("quasi_random")
      .value(static_cast<std::int64_t>(u.quasi_random))
      .key("digest")
      .value(u.digest.text())
      .key("varied");
  wire::words(out, score::variation_words(u));
}

void interval(JsonWriter& out, const Asked& asked, const Uncertainty& u, std::size_t i) {
  const score::RankInterval& one = u.places[i];
  const place::NodeIndex node = asked.shown(one.place);
  if (node == place::no_node) return;
  const score::RankHistogram ranks = score::histogram(u, i);
  out.begin_object().key("place");
  wire::place_ref(out, asked.picture.tree(), node);
  out.key("rank").value(static_cast<std::int64_t>(one.rank)).key("lo").value(static_cast<std::int64_t>(one.lo));
  out.key("median").value(static_cast<std::int64_t>(one.median)).key("hi").value(static_cast<std::int64_t>(one.hi));
  out.key("mean").value(round_half_up(one.mean, 2)).key("band").value(static_cast<std::int64_t>(one.band));
  out.key("bin").value(static_cast<std::int64_t>(ranks.width)).key("histogram").begin_array();
  for (const std::uint32_t runs : ranks.runs) out.value(static_cast<std::int64_t>(runs));
  out.end_array().end_object();
}

/// Bands as ranks and sizes: they name nobody.
void bands(JsonWriter& out, const Uncertainty& u, score::ClassIndex c) {
  out.key("bands").begin_array();
  for (std::size_t i = u.class_begin[c]; i < u.class_begin[c + 1U];) {
    std::size_t end = i;
    std::uint32_t from = UINT32_MAX, to = 0;
    for (; end < u.class_begin[c + 1U] && u.places[end].band == u.places[i].band; ++end) {
      from = std::min(from, u.places[end].rank);
      to = std::max(to, u.places[end].rank);
    }
    out.begin_object()
        .key("band")
        .value(static_cast<std::int64_t>(u.places[i].band))
        .key("from")
        .value(static_cast<std::int64_t>(from));
    out.key("to")
        .value(static_cast<std::int64_t>(to))
        .key("places")
        .value(static_cast<std::int64_t>(end - i))
        .end_object();
    i = end;
  }
  out.end_array();
}

Result<Reply> intervals_workbook(Service& service, const Asked& asked, const Uncertainty& u, score::ClassIndex c) {
  const score::Scheme& scheme = asked.scheme();
  Worksheet sheet = table_sheet(asked.picture, "名次区间",
                                {"分类", "位次", "代码", "名称", "九成情形最好", "居中", "九成情形最差", "平均", "档"});
  const auto number = [](std::uint32_t n) { return WorksheetCell(Decimal(n, 0)); };
  for (std::size_t i = u.class_begin[c]; i < u.class_begin[c + 1U]; ++i) {
    const score::RankInterval& one = u.places[i];
    if (asked.shown(one.place) == place::no_node) continue;
    sheet.rows.push_back(
        {RowRole::body,
         {scheme.classes[c].name_zh, number(one.rank), asked.gathered().places[one.place], asked.name(one.place).zh,
          number(one.lo), number(one.median), number(one.hi), *rounded_half_up(one.mean, 2), number(one.band)}});
  }
  return workbook_reply(service, asked.picture, asked.record->id + "-robustness.xlsx", std::move(sheet),
                        {{"方案", scheme.name_zh},
                         {"重算遍数", std::to_string(u.runs)},
                         {"种子", std::to_string(u.seed)},
                         {"摘要", u.digest.text()},
                         {"档", "档内各单位与本档首位相比，先后没有把握"}});
}

/// The ranked ones nearest before and behind that the reader may see.
std::vector<score::Neighbour> neighbours_of(const Asked& asked, const Uncertainty& u, std::size_t index,
                                            std::int64_t each) {
  const score::ClassIndex c = u.places[index].class_index;
  std::vector<score::Neighbour> out;
  const auto add = [&](std::size_t i) {
    if (asked.shown(u.places[i].place) != place::no_node) out.push_back({i, asked.name(u.places[i].place)});
  };
  const auto reach = static_cast<std::size_t>(each);
  for (std::size_t i = std::max(u.class_begin[c], index - std::min(index, reach)); i < index; ++i) add(i);
  for (std::size_t i = index + 1; i < std::min(u.class_begin[c + 1U], index + 1 + reach); ++i) add(i);
  return out;
}

void of_place(JsonWriter& out, const Asked& asked, const Uncertainty& u, std::size_t index, std::int64_t each) {
  const auto neighbours = neighbours_of(asked, u, index, each);
  out.begin_object().key("place").value(asked.gathered().places[u.places[index].place]).key("plain");
  wire::words(out, score::interval_words(u, index, asked.name(u.places[index].place), neighbours));
  out.key("duels").begin_array();
  for (const score::Neighbour& n : neighbours) {
    out.begin_object().key("other");
    wire::place_ref(out, asked.picture.tree(), asked.shown(u.places[n.index].place));
    out.key("rank")
        .value(static_cast<std::int64_t>(u.places[n.index].rank))
        .key("before")
        .value(round_half_up(u.beats(index, n.index), 4))
        .end_object();
  }
  out.end_array().end_object();
}

/// The assessment, of synthetic places only: ranks by weights and methods their authority has not published would be
/// ranks it has not published. Errors: those of asked_of(); robustness_of_real_places.
Result<Asked> stressed_of(Service& service, const Call& call) {
  TRY_ASSIGN(Asked asked, asked_of(service, call));
  if (!asked.picture.synthetic()) return fail(errors::robustness_of_real_places, {});
  return asked;
}

/// `place` of the query; nothing when none is asked for. Error: unknown_place.
Result<std::optional<std::size_t>> place_of(const Asked& asked, const Call& call) {
  const std::string code = call.query_or("place", "");
  if (code.empty()) return std::nullopt;
  TRY_ASSIGN(const std::size_t p, position_of(asked, code));
  return p;
}

// --- what the ranks hang on
// -------------------------------------------------------------------------------------------

struct Findings {
  score::Sensitivity sensitivity;
  std::vector<score::Removal> removals;
  std::vector<score::Sentence> warnings;
};

Result<std::shared_ptr<const Findings>> findings_of(Service& service, const Asked& asked, const Call& call,
                                                    std::optional<std::size_t> place) {
  const auto base = static_cast<std::size_t>(integer_of(call, "base", 256));
  const auto seed = static_cast<std::uint64_t>(integer_of(call, "seed", 1));
  const std::string key =
      stress_key("sensitivity", asked, base, seed) + (place ? "/" + asked.gathered().places[*place] : "");
  if (auto kept = service.recall().find<Findings>(key)) return kept;
  const score::Inputs inputs = asked.gathered().inputs();
  Executor& executor = service.system().executor;
  std::vector<std::uint32_t> watch;
  if (place) watch.push_back(static_cast<std::uint32_t>(*place));
  auto out = std::make_shared<Findings>();
  TRY_ASSIGN(out->sensitivity, score::sensitivity(asked.scheme(), inputs, score::Variation::usual(), base, seed, watch,
                                                  executor, robustness_limits(service)));
  TRY_ASSIGN(out->removals, score::remove_one(asked.scheme(), inputs, executor, robustness_limits(service)));
  const score::ClassIndex own = place ? asked.gathered().classes[*place] : score::no_class;
  for (const auto& found : score::coherence(asked.scheme(), inputs, asked.assessment())) {
    if (!place || found.class_index == own)
      out->warnings.insert(out->warnings.end(), found.warnings.begin(), found.warnings.end());
  }
  std::shared_ptr<const Findings> result = std::move(out);
  service.recall().keep(key, result);
  return result;
}

void output(JsonWriter& out, const Asked& asked, const score::SensitivityOutput& o) {
  out.begin_object().key("place");
  if (o.place)
    wire::place_ref(out, asked.picture.tree(), asked.shown(*o.place));
  else
    out.null();
  out.key("mean")
      .value(round_half_up(o.mean, 2))
      .key("deviation")
      .value(round_half_up(o.deviation, 2))
      .key("factors")
      .begin_array();
  for (const score::FactorIndex& f : o.factors) {
    out.begin_object()
        .key("factor")
        .value(score::factor_name(f.factor))
        .key("text_zh")
        .value(score::factor_text(f.factor, Language::zh));
    out.key("text_en").value(score::factor_text(f.factor, Language::en));
    for (const auto& [name, index] : {std::pair{"first", f.first}, {"total", f.total}}) {
      out.key(name)
          .value(round_half_up(index.value, 4))
          .key(fmt::format("{}_lo", name))
          .value(round_half_up(index.lo, 4));
      out.key(fmt::format("{}_hi", name)).value(round_half_up(index.hi, 4));
    }
    out.end_object();
  }
  out.end_array().key("plain");
  wire::words(out, score::sensitivity_words(o, o.place ? std::optional(asked.name(*o.place)) : std::nullopt));
  out.end_object();
}

}   // namespace

Result<Reply> robustness(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, stressed_of(service, call));
  TRY_ASSIGN(const std::optional<std::size_t> place, place_of(asked, call));
  TRY_ASSIGN(score::ClassIndex c, class_of(asked, call));
  if (place && asked.gathered().classes[*place] != score::no_class) c = asked.gathered().classes[*place];
  TRY_ASSIGN(const auto u, uncertainty_of(service, asked, call));
  if (call.as_xlsx) return intervals_workbook(service, asked, *u, c);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object();
  design(out, asked, *u);
  out.key("class")
      .value(asked.scheme().classes[c].id)
      .key("of")
      .value(static_cast<std::int64_t>(u->class_begin[c + 1U] - u->class_begin[c]));
  bands(out, *u, c);
  out.key("rows").begin_array();
  for (std::size_t i = u->class_begin[c]; i < u->class_begin[c + 1U]; ++i) interval(out, asked, *u, i);
  out.end_array().key("own");
  const auto own =
      std::ranges::find_if(u->places, [&](const score::RankInterval& i) { return place && i.place == *place; });
  if (own == u->places.end())
    out.null();   // none asked for, or one that is not ranked
  else
    of_place(out, asked, *u, static_cast<std::size_t>(own - u->places.begin()), integer_of(call, "around", 2));
  out.end_object();
  return reply;
}

Result<Reply> sensitivity(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, stressed_of(service, call));
  TRY_ASSIGN(const std::optional<std::size_t> place, place_of(asked, call));
  TRY_ASSIGN(const auto found,
             findings_of(service, asked, call, place && asked.assessment().ranked[*place] ? place : std::nullopt));
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object()
      .key("assessment")
      .value(asked.record->id)
      .key("base")
      .value(static_cast<std::int64_t>(found->sensitivity.base));
  out.key("runs")
      .value(static_cast<std::int64_t>(found->sensitivity.runs))
      .key("seed")
      .value(static_cast<std::int64_t>(found->sensitivity.seed));
  out.key("outputs").begin_array();
  for (const score::SensitivityOutput& o : found->sensitivity.outputs) output(out, asked, o);
  out.end_array().key("removals").begin_array();
  for (const score::Removal& r : found->removals) {
    const score::Node& node = asked.scheme().nodes[r.node];
    out.begin_object().key("node").value(node.id).key("name_zh").value(node.name_zh).key("name_en").value(node.name_en);
    out.key("mean_shift")
        .value(round_half_up(r.mean_shift, 2))
        .key("max_shift")
        .value(static_cast<std::int64_t>(r.max_shift))
        .end_object();
  }
  out.end_array().key("plain");
  wire::words(out, score::removal_words(asked.scheme(), found->removals));
  out.key("warnings");
  wire::words(out, found->warnings);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
