// SPDX-License-Identifier: Apache-2.0
#include "app/assessment_change.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "score/stress_words.hpp"

namespace gangmu::app {

namespace {

const store::AssessmentRecord* record_before(const Asked& asked) {
  const store::AssessmentRecord* found = nullptr;
  const Period wanted = asked.record->period.year_before();
  asked.picture.view->assessments.for_each([&](const store::AssessmentRecord& record) {
    if (record.scheme == asked.record->scheme && record.period == wanted && (!found || found->seq < record.seq))
      found = &record;
  });
  return found;
}

bool same_class(const Asked& asked, std::size_t p, const Thawed& before) {
  const auto at = std::ranges::find(before.gathered.places, asked.gathered().places[p]);
  if (at == before.gathered.places.end()) return false;
  const score::ClassIndex was = before.gathered.classes[static_cast<std::size_t>(at - before.gathered.places.begin())];
  const score::ClassIndex is = asked.gathered().classes[p];
  return was != score::no_class && is != score::no_class &&
         before.scheme.classes[was].id == asked.scheme().classes[is].id;
}

/// The same figures with the classes of another moment: figures are read anew, who belongs to which class is not.
score::Gathered classed_as(score::Gathered figures, const score::Gathered& moment) {
  std::map<std::string_view, score::ClassIndex> class_of;
  for (std::size_t p = 0; p < moment.places.size(); ++p) class_of[moment.places[p]] = moment.classes[p];
  for (std::size_t p = 0; p < figures.places.size(); ++p) {
    const auto found = class_of.find(figures.places[p]);
    figures.classes[p] = found == class_of.end() ? score::no_class : found->second;
  }
  return figures;
}

/// The figures of the year before as they are known now: by the old scheme in the classes of then, so that it differs
/// by corrections only, and by the new one in the classes of now: a place moved between classes is a change of the
/// rules. Kept for the whole assessment.
struct KnownNow {
  score::Gathered corrected, before;
};
std::shared_ptr<const KnownNow> known_now(Service& service, const Asked& asked, const Thawed& old) {
  const std::string key =
      fmt::format("before/{}/{}/{}", asked.picture.view->store_id, asked.record->id, asked.picture.view->seq.value);
  if (auto kept = service.recall().find<KnownNow>(key)) return kept;
  auto out = std::make_shared<const KnownNow>(
      KnownNow{classed_as(gather(asked.picture, old.scheme, old.period), old.gathered),
               classed_as(gather(asked.picture, asked.scheme(), old.period), asked.gathered())});
  service.recall().keep(key, out, weight_of(out->corrected) + weight_of(out->before));
  return out;
}

score::Sentence in_words(const Period& period) {
  if (period == Period::of_year(period.year())) return {period.text() + " 年", period.text()};
  return {"上年同期（" + period.text() + "）", period.text()};
}

}   // namespace

std::optional<YearBefore> year_before(Service& service, const Asked& asked, std::size_t p) {
  const store::AssessmentRecord* record = record_before(asked);
  if (!record) return std::nullopt;
  const auto old = made(service, asked.picture, *record);
  if (!old || !same_class(asked, p, (*old)->frozen)) return std::nullopt;
  const auto known = known_now(service, asked, (*old)->frozen);
  const score::Inputs published = (*old)->frozen.gathered.inputs(), corrected = known->corrected.inputs(),
                      before = known->before.inputs(), now = asked.gathered().inputs();
  const auto change = score::change({(*old)->frozen.scheme, published, corrected, asked.scheme(), before, now},
                                    asked.gathered().places[p], service.system().executor);
  if (!change) return std::nullopt;
  return YearBefore{record, *change};
}

namespace wire {

void change(JsonWriter& out, const score::Scheme& scheme, const std::optional<YearBefore>& before) {
  if (!before) {
    out.null();
    return;
  }
  const score::Change& c = before->change;
  const score::PrintedChange p = score::printed(c, scheme.score_decimals);
  const auto points = [&](std::int64_t units) { return Decimal(units, scheme.score_decimals).text(); };
  out.begin_object().key("assessment").value(before->record->id).key("period").value(before->record->period.text());
  out.key("before")
      .value(points(p.before))
      .key("now")
      .value(points(p.now))
      .key("moved")
      .value(points(p.now - p.before));
  out.key("rank_before")
      .value(static_cast<std::int64_t>(c.rank_before))
      .key("rank")
      .value(static_cast<std::int64_t>(c.others.rank));
  out.key("steps").begin_array();
  const auto step = [&](std::string_view cause, std::string_view zh, std::string_view en, std::int64_t units,
                        std::uint32_t rank) {
    out.begin_object().key("cause").value(cause).key("label_zh").value(zh).key("label_en").value(en);
    out.key("points").value(points(units)).key("rank").value(static_cast<std::int64_t>(rank)).end_object();
  };
  step("correction", "数据更正", "Corrections", p.correction, c.correction.rank);
  step("rules", "方案变动", "Rules", p.rules, c.rules.rank);
  step("own", "自身变化", "Own figures", p.own, c.own.rank);
  step("others", "同类变化", "The others", p.others, c.others.rank);
  out.end_array().key("plain");
  words(out, score::change_words(scheme, c, in_words(before->record->period)));
  out.end_object();
}

}   // namespace wire
}   // namespace gangmu::app
