// SPDX-License-Identifier: Apache-2.0
#include "app/assessments.hpp"

#include <algorithm>

#include "app/assessment_asked.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "score/grade_limits.hpp"
#include "store/journal.hpp"
#include "store/schema.hpp"

namespace gangmu::app {
namespace {

using score::points_text;

/// Places in the order of their rank within their class; those without a rank last.
std::vector<std::size_t> ordered(const Made& made, const std::string& only_class) {
  const auto& classes = made.frozen.gathered.classes;
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < made.assessment.places; ++p) {
    if (classes[p] == score::no_class) continue;
    if (only_class.empty() || made.frozen.scheme.classes[classes[p]].id == only_class) out.push_back(p);
  }
  std::ranges::stable_sort(out, {}, [&](std::size_t p) {
    const auto rank = made.assessment.rank[p];
    return std::tuple(classes[p], rank == 0, rank);
  });
  return out;
}

void row(JsonWriter& out, const Asked& asked, std::size_t p) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const score::Assessment& a = asked.made->assessment;
  const score::ClassIndex c = asked.made->frozen.gathered.classes[p];
  const place::NodeIndex node = asked.picture.tree().find_code(asked.made->frozen.gathered.places[p]);
  if (node == place::no_node) return;   // a place that has ended since
  if (!asked.picture.may(Permission::read_assessments, node)) return;
  out.begin_object().key("place");
  wire::place_ref(out, asked.picture.tree(), node);
  out.key("class").value(scheme.classes[c].id);
  out.key("total")
      .value(points_text(a.total[p], scheme.score_decimals))
      .key("rank")
      .value(static_cast<std::int64_t>(a.rank[p]));
  out.key("of").value(static_cast<std::int64_t>(a.class_size[c]));
  out.key("grade_zh").value(wire::grade_name_of(scheme, a.grade[p], Language::zh));
  out.key("grade_en").value(wire::grade_name_of(scheme, a.grade[p], Language::en));
  out.key("limits").begin_array();
  for (const score::Sentence& reason : score::grade_limits(scheme, asked.made->frozen.gathered.inputs(), a, p))
    wire::words(out, reason);
  out.end_array().key("provisional").value(static_cast<bool>(a.provisional[p])).end_object();
}

void edges(JsonWriter& out, const Made& made) {
  std::map<score::EdgeRule, std::size_t> counts;
  for (const score::EdgeCount& edge : made.assessment.edges) counts[edge.rule] += edge.places;
  out.key("edges").begin_array();
  for (const auto& [rule, count] : counts) {
    out.begin_object().key("rule").value(score::edge_rule_name(rule));
    out.key("text_zh")
        .value(score::edge_rule_text(rule, Language::zh))
        .key("text_en")
        .value(score::edge_rule_text(rule, Language::en));
    out.key("count").value(static_cast<std::int64_t>(count)).end_object();
  }
  out.end_array();
}

std::string limits_of(const Asked& asked, std::size_t p) {
  std::vector<std::string> out;
  for (const score::Sentence& reason :
       score::grade_limits(asked.made->frozen.scheme, asked.made->frozen.gathered.inputs(), asked.made->assessment, p))
    out.push_back(reason.zh);
  return text::join(out, "；");
}

Result<Reply> assessment_workbook(Service& service, const Asked& asked, const std::vector<std::size_t>& order) {
  const score::Scheme& scheme = asked.made->frozen.scheme;
  const score::Assessment& a = asked.made->assessment;
  Worksheet sheet = table_sheet(asked.picture, scheme.title(Language::zh),
                                {"分类", "位次", "代码", "名称", "得分", "等次", "等次受限原因", "暂定"});
  for (const std::size_t p : order) {
    const place::NodeIndex node = asked.picture.tree().find_code(asked.made->frozen.gathered.places[p]);
    if (!asked.picture.may(Permission::read_assessments, node))
      continue;   // one that has ended since: who may see the whole
    const auto total = Decimal::parse(points_text(a.total[p], scheme.score_decimals));
    sheet.rows.push_back(
        {RowRole::body,
         {scheme.classes[asked.made->frozen.gathered.classes[p]].name_zh,
          a.rank[p] ? WorksheetCell(Decimal(a.rank[p], 0)) : WorksheetCell(), asked.made->frozen.gathered.places[p],
          node == place::no_node ? std::string() : asked.picture.tree()[node].name_zh,
          total ? WorksheetCell(*total) : WorksheetCell(), wire::grade_name_of(scheme, a.grade[p], Language::zh),
          limits_of(asked, p), std::string(a.provisional[p] ? "是" : "")}});
  }
  return workbook_reply(
      service, asked.picture, asked.record->id + ".xlsx", std::move(sheet),
      {{"方案", scheme.name_zh}, {"时期", asked.record->period.text()}, {"摘要", asked.record->digest.text()}});
}

}   // namespace

Result<Reply> schemes(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_assessments));
  Worksheet sheet = table_sheet(picture, "考核方案", {"编号", "版本", "名称"});
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto* definition : picture.view->definitions->list("scheme")) {
    TRY_ASSIGN(const score::Scheme scheme, scheme_of(picture, definition->id));
    sheet.rows.push_back({RowRole::body, {definition->id, Decimal(definition->version, 0), scheme.name_zh}});
    out.begin_object().key("id").value(definition->id).key("version").value(definition->version);
    out.key("title_zh").value(scheme.title(Language::zh)).key("title_en").value(scheme.title(Language::en));
    out.key("name_zh").value(scheme.name_zh).key("name_en").value(scheme.name_en).key("periods").begin_array();
    for (const Period& period : periods_of(picture, scheme)) out.value(period.text());
    out.end_array().end_object();
  }
  out.end_array().end_object();
  if (call.as_xlsx) return workbook_reply(service, picture, "schemes.xlsx", std::move(sheet), {});
  return reply;
}

Result<Reply> assessments(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_assessments));
  Worksheet sheet = table_sheet(picture, "得分", {"编号", "方案", "版本", "时期", "摘要"});
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (const auto& record : picture.view->assessments.handles()) {
    TRY_ASSIGN(const auto made, app::made(service, picture, *record));
    out.begin_object();
    wire::assessment_members(out, *record, *made);
    out.end_object();
    sheet.rows.push_back(
        {RowRole::body,
         {record->id, record->scheme, Decimal(record->version, 0), record->period.text(), record->digest.text()}});
  }
  out.end_array().end_object();
  if (call.as_xlsx) return workbook_reply(service, picture, "assessments.xlsx", std::move(sheet), {});
  return reply;
}

Result<Reply> assessment(Service& service, const Call& call) {
  TRY_ASSIGN(const Asked asked, asked_of(service, call));
  const auto order = ordered(*asked.made, call.query_or("class", ""));
  if (call.as_xlsx) return assessment_workbook(service, asked, order);
  Reply reply;
  reply.seq = asked.picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object();
  wire::assessment_members(out, *asked.record, *asked.made);
  out.key("rows").begin_array();
  for (const std::size_t p : order) row(out, asked, p);
  out.end_array();
  edges(out, *asked.made);
  out.end_object();
  return reply;
}

namespace {

constexpr int most_turns = 3;

struct Wish {
  std::string scheme;
  Period period;
  Json command;
};

Result<Wish> wish_of(const Call& call) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const auto scheme = body.text("scheme"), period = body.text("period");
  Diagnostics faults;
  if (const Status done = body.finish(); !done) faults = done.error().all();
  for (const auto& [name, given] : {std::pair("scheme", scheme), std::pair("period", period)})
    if (!given && body.json()[name].is_null()) faults.push_back({&errors::field_missing, {name}, {}});
  if (!faults.empty()) return fail(std::move(faults));
  TRY_ASSIGN(const Period parsed, Period::parse(*period));
  return Wish{*scheme, parsed, body.json()};
}

/// What a score is made of stands in these tables; nothing was written to them since the figures were gathered.
Status require_unchanged(store::Tx& tx, Seq gathered) {
  return store::read_journal(tx.database(), gathered, Seq{tx.seq().value - 1},
                             [](const store::JournalRow& row) -> Status {
                               for (const char* table : {"definition", "place", "observation_current"})
                                 if (!row.entry.columns[table].is_null()) return fail(errors::assessment_overtaken);
                               return {};
                             });
}

Result<Picture> may_run(const Service& service, const Call& call) {
  TRY_ASSIGN(Picture picture, app::picture(service, call, Permission::run_assessments));
  TRY(allowed(picture.rights, Permission::run_assessments, {.node = picture.focus()}));
  return picture;
}

/// Scored on one picture, outside the writer; written only if that picture still stands.
Result<store::Answer> run_once(Service& service, const Call& call, const Wish& wish) {
  TRY_ASSIGN(const Picture picture, may_run(service, call));
  TRY_ASSIGN(const score::Scheme scheme, scheme_of(picture, wish.scheme));
  TRY(all_kept(scheme));
  const score::Gathered gathered = gather(picture, scheme, wish.period);
  TRY_ASSIGN(const score::Assessment assessment, score::assess(scheme, gathered.inputs(), service.system().executor));
  store::AssessmentRecord record{.home = picture.tree()[picture.focus()].id,
                                 .id = {},
                                 .scheme = scheme.id,
                                 .version = scheme.version,
                                 .period = wish.period,
                                 .digest = assessment.digest,
                                 .seq = {}};
  record.id = scheme.id + "-" + wish.period.text() + "-" +
              assessment.digest.text().substr(assessment.digest.text().find(':') + 1, 8);
  const std::string frozen_bytes = frozen(scheme, wish.period, gathered).canonical();
  return write(*picture.store, call,
               {.home = record.home,
                .actor = {},
                .act = "run_assessment",
                .request_key = call.request_key,
                .command = wish.command,
                .run = [&](store::Tx& tx) -> Result<Json> {
                  TRY(require_unchanged(tx, picture.view->seq));
                  tx.uses("scheme", scheme.id, scheme.version);
                  // Equal inputs give an equal id: the same assessment is made once.
                  TRY_ASSIGN(const auto known, tx.get(store::table::assessment, {record.home.value, record.id}));
                  if (!known) TRY(store::assessments::insert(tx, record, frozen_bytes));
                  Json answer;
                  answer.set("id", record.id);
                  return answer;
                }});
}

}   // namespace

Result<Reply> run_assessment(Service& service, const Call& call) {
  TRY(may_run(service, call));   // before what is wrong with the wish: a stranger learns nothing from it
  TRY_ASSIGN(const Wish wish, wish_of(call));
  Result<store::Answer> done = run_once(service, call, wish);
  for (int turn = 1; turn < most_turns && !done && done.error().is(errors::assessment_overtaken); ++turn)
    done = run_once(service, call, wish);
  if (!done) return fail(done.error());
  Reply reply;
  reply.status = 201;
  reply.seq = done->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(done->seq.value).key("id").value(done->body["id"].string_or("")).end_object();
  return reply;
}

}   // namespace gangmu::app
