// SPDX-License-Identifier: Apache-2.0
// Other weights tried on an assessment's frozen figures (权重试算): a read, so that nothing can be kept of it.
#include <algorithm>

#include "app/assessment_asked.hpp"
#include "app/assessments.hpp"
#include "app/errors.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "score/what_if.hpp"

namespace gangmu::app {
namespace {

/// "T-ECO-01:30,T-ECO-02:12.5". Error: query_malformed, naming each part that can't be read.
Result<std::vector<score::WantedWeight>> wanted_weights(const Call& call) {
  std::vector<score::WantedWeight> out;
  Diagnostics faults;
  const std::string all = call.query_or("weights", "");
  for (const std::string& part : text::split(all, ',')) {
    if (all.empty()) break;
    const std::size_t colon = part.rfind(':');
    const auto weight = colon == std::string::npos ? Result<Decimal>(fail(errors::field_missing, {"weight"}))
                                                   : Decimal::parse(part.substr(colon + 1));
    if (weight)
      out.emplace_back(part.substr(0, colon), *weight);
    else
      faults.push_back({&errors::query_malformed,
                        {"weights", part, "每项写成 编号:权重，如 economy:30", "write id:weight, as in economy:30"},
                        {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

std::span<const double> shares_of(const score::Assessment& a, score::ClassIndex c, std::size_t nodes) {
  return std::span(a.shares).subspan(c * nodes, nodes);
}

void branches(JsonWriter& out, const score::Scheme& scheme, std::span<const double> given) {
  out.key("branches").begin_array();
  for (score::NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    if (scheme.nodes[n].is_leaf() || !(given[n] > 0)) continue;
    out.begin_object()
        .key("id")
        .value(scheme.nodes[n].id)
        .key("name_zh")
        .value(n == 0 ? "总分" : scheme.nodes[n].name_zh);
    out.key("name_en").value(n == 0 ? "Total" : scheme.nodes[n].name_en).end_object();
  }
  out.end_array();
}

void tried_weights(JsonWriter& out, const score::Scheme& tried, score::NodeIndex node, score::ClassIndex c,
                   std::span<const double> given, std::span<const score::NodeIndex> children) {
  out.key("node").value(tried.nodes[node].id).key("weights").begin_array();
  for (const score::NodeIndex child : children) {
    const score::Node& n = tried.nodes[child];
    out.begin_object().key("id").value(n.id).key("name_zh").value(n.name_zh).key("name_en").value(n.name_en);
    out.key("given")
        .value(round_half_up(100 * given[child], 2))
        .key("tried")
        .value(round_half_up(n.weights[c].percent().real(), 2))
        .end_object();
  }
  out.end_array();
}

/// The class's ranked places, in the order tried.
std::vector<std::size_t> order_of(const Asked& asked, const score::Assessment& tried, score::ClassIndex c) {
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < tried.places; ++p) {
    if (asked.gathered().classes[p] == c && tried.ranked[p]) out.push_back(p);
  }
  std::ranges::stable_sort(out, {}, [&](std::size_t p) { return tried.rank[p]; });
  return out;
}

void rows(JsonWriter& out, const Asked& asked, const score::Assessment& tried, score::ClassIndex c) {
  const score::Assessment& given = asked.assessment();
  const auto places = std::ranges::count_if(asked.gathered().classes, [&](score::ClassIndex of) { return of == c; });
  const std::vector<std::size_t> order = order_of(asked, tried, c);
  const auto moved = std::ranges::count_if(order, [&](std::size_t p) { return tried.rank[p] != given.rank[p]; });
  out.key("of")
      .value(static_cast<std::int64_t>(order.size()))
      .key("unranked")
      .value(static_cast<std::int64_t>(places) - static_cast<std::int64_t>(order.size()));
  out.key("moved").value(static_cast<std::int64_t>(moved)).key("rows").begin_array();
  for (const std::size_t p : order) {
    const place::NodeIndex node = asked.shown(p);
    if (node == place::no_node) continue;
    out.begin_object().key("place");
    wire::place_ref(out, asked.picture.tree(), node);
    out.key("rank")
        .value(static_cast<std::int64_t>(tried.rank[p]))
        .key("rank_given")
        .value(static_cast<std::int64_t>(given.rank[p]));
    out.key("total").value(score::points_text(tried.total[p], asked.scheme().score_decimals));
    out.key("total_given").value(score::points_text(given.total[p], asked.scheme().score_decimals)).end_object();
  }
  out.end_array();
}

/// Marked as a trial wherever it goes.
Result<Reply> trial_workbook(Service& service, const Asked& asked, const score::Scheme& scheme,
                             const score::Assessment& tried, score::ClassIndex c, const std::string& weights) {
  Worksheet sheet = table_sheet(asked.picture, "权重试算（不改变考核结果）",
                                {"分类", "试算位次", "原位次", "代码", "名称", "试算得分", "原得分"});
  const auto points = [&](std::int64_t of) { return *Decimal::parse(score::points_text(of, scheme.score_decimals)); };
  for (const std::size_t p : order_of(asked, tried, c)) {
    if (asked.shown(p) == place::no_node) continue;
    sheet.rows.push_back(
        {RowRole::body,
         {scheme.classes[c].name_zh, Decimal(tried.rank[p], 0), Decimal(asked.assessment().rank[p], 0),
          asked.gathered().places[p], asked.name(p).zh, points(tried.total[p]), points(asked.assessment().total[p])}});
  }
  return workbook_reply(service, asked.picture, asked.record->id + "-trial.xlsx", std::move(sheet),
                        {{"试算", "试算，不改变考核结果"},
                         {"方案", scheme.name_zh},
                         {"试的权重", weights},
                         {"时期", asked.record->period.text()}});
}

}   // namespace

Result<Reply> what_if(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture here, picture(service, call, Permission::read_assessments));
  if (!here.synthetic()) return fail(errors::what_if_of_real_places, {});
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  TRY(affordable(service, asked, 1));
  TRY_ASSIGN(const score::ClassIndex c, class_of(asked, call));
  TRY_ASSIGN(const auto wanted, wanted_weights(call));
  const score::Scheme& scheme = asked.scheme();
  const auto given = shares_of(asked.assessment(), c, scheme.nodes.size());
  const std::string id = call.query_or("node", scheme.nodes.front().id);
  TRY_ASSIGN(const score::Scheme tried, score::what_if(scheme, id, c, given, wanted));
  TRY_ASSIGN(const score::Assessment assessment,
             score::assess(tried, asked.gathered().inputs(), service.system().executor));
  if (call.as_xlsx)
    return trial_workbook(service, asked, tried, assessment, c, id + ": " + call.query_or("weights", ""));
  const score::NodeIndex node = scheme.find(id);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("assessment").value(asked.record->id).key("class").value(scheme.classes[c].id);
  out.key("note_zh").value("试算，不改变考核结果").key("note_en").value("A trial: the assessment stays as it is");
  branches(out, scheme, given);
  tried_weights(out, tried, node, c, given, score::weighed_children(scheme, node, c));
  rows(out, asked, assessment, c);
  out.end_object();
  return reply;
}

}   // namespace gangmu::app
