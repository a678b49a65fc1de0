// SPDX-License-Identifier: Apache-2.0
// What would lift a place by some ranks, least effort first (再进几位).
#include <fmt/format.h>

#include "app/assessment_asked.hpp"
#include "app/assessments.hpp"
#include "app/errors.hpp"
#include "score/stress_words.hpp"

namespace gangmu::app {
namespace {

Result<std::shared_ptr<const score::Lift>> lift_of(Service& service, const Asked& asked, std::size_t p,
                                                   std::uint32_t ranks) {
  const std::string key = fmt::format(
      "lift/{}/{}/{}/{}/{}", asked.picture.view->store_id, asked.record->id, asked.gathered().places[p], ranks,
      asked.picture.view->seq.value);   // the seq: how far an indicator can go is today's catalogue's
  if (auto kept = service.recall().find<score::Lift>(key)) return kept;
  TRY(affordable(service, asked, asked.scheme().leaves.size()));   // every step scores anew what it reaches
  score::Lift found = score::lift(asked.scheme(), asked.gathered().inputs(), asked.assessment(), p, ranks,
                                  service.system().executor, reach_of(asked.picture, asked.scheme()));
  auto out = std::make_shared<const score::Lift>(std::move(found));
  service.recall().keep(key, out);
  return out;
}

void step(JsonWriter& out, const score::Scheme& scheme, const score::LiftStep& s) {
  const score::Node& node = scheme.nodes[s.node];
  const score::Leaf& leaf = scheme.leaves[node.leaf];
  out.begin_object()
      .key("indicator")
      .value(leaf.indicator.value)
      .key("name_zh")
      .value(node.name_zh)
      .key("name_en")
      .value(node.name_en);
  out.key("from").value(round_half_up(s.from, leaf.decimals)).key("to").value(round_half_up(s.to, leaf.decimals));
  out.key("unit_zh")
      .value(leaf.unit_zh)
      .key("unit_en")
      .value(leaf.unit_en)
      .key("effort")
      .value(round_half_up(s.effort, 2));
  out.key("gain")
      .value(score::points_text(s.gain, scheme.score_decimals))
      .key("rank")
      .value(static_cast<std::int64_t>(s.rank))
      .end_object();
}

}   // namespace

Result<Reply> lift(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  TRY_ASSIGN(const std::size_t p, position_of(asked, call.sub_id));
  const auto ranks = static_cast<std::uint32_t>(integer_of(call, "ranks", 1));
  TRY_ASSIGN(const auto found, lift_of(service, asked, p, ranks));
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("assessment").value(asked.record->id).key("place").value(asked.gathered().places[p]);
  out.key("ranks")
      .value(static_cast<std::int64_t>(ranks))
      .key("rank")
      .value(static_cast<std::int64_t>(asked.assessment().rank[p]));
  out.key("wanted").value(static_cast<std::int64_t>(found->wanted)).key("reachable").value(found->reachable);
  out.key("gap").value(score::points_text(found->gap, asked.scheme().score_decimals));
  out.key("way")
      .value(!found->alone.empty()      ? "alone"
             : !found->together.empty() ? "together"
                                        : "none")
      .key("steps")
      .begin_array();
  for (const auto* way : {&found->alone, &found->together}) {
    for (const score::LiftStep& s : *way) step(out, asked.scheme(), s);
  }
  out.end_array().key("plain");
  wire::words(out, score::lift_words(asked.scheme(), *found));
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
