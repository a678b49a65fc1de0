// SPDX-License-Identifier: Apache-2.0
#include "app/assessment_wire.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "store/journal.hpp"

namespace gangmu::app {

Result<std::shared_ptr<const Made>> made(Service& service, const Picture& picture,
                                         const store::AssessmentRecord& record) {
  const std::string key = "assessment/" + picture.view->store_id + "/" + record.id;
  if (auto kept = service.recall().find<Made>(key)) return kept;
  TRY_ASSIGN(const std::string bytes, picture.store->read([&](store::Database& database) {
    return store::assessments::body(database, record.home, record.id, picture.view->seq);
  }));
  TRY_ASSIGN(const Json body, Json::parse(bytes));
  auto out = std::make_shared<Made>();
  TRY_ASSIGN(out->frozen, thaw(body));
  TRY_ASSIGN(out->at,
             picture.store->read([&](store::Database& database) { return store::time_of(database, record.seq); }));
  TRY_ASSIGN(out->assessment,
             score::assess(out->frozen.scheme, out->frozen.gathered.inputs(), service.system().executor));
  if (out->assessment.digest != record.digest) {
    return fail(errors::assessment_differs, {record.id, record.digest.text(), out->assessment.digest.text()});
  }
  std::shared_ptr<const Made> result = std::move(out);
  service.recall().keep(key, result, weight_of(*result));
  return result;
}

Result<const store::AssessmentRecord*> find_assessment(const Picture& picture, std::string_view id) {
  const store::AssessmentRecord* found = nullptr;
  picture.view->assessments.for_each([&](const store::AssessmentRecord& record) {
    if (record.id == id) found = &record;
  });
  if (!found) return fail(errors::unknown_assessment, {std::string(id)});
  return found;
}

namespace wire {

std::string grade_name_of(const score::Scheme& scheme, std::uint8_t grade, Language language) {
  if (grade == score::Assessment::no_grade) return {};
  return language == Language::zh ? scheme.grades[grade].name_zh : scheme.grades[grade].name_en;
}

void assessment_members(JsonWriter& out, const store::AssessmentRecord& record, const Made& made) {
  const score::Scheme& scheme = made.frozen.scheme;
  out.key("id").value(record.id).key("scheme").value(record.scheme).key("version").value(record.version);
  out.key("title_zh").value(scheme.title(Language::zh)).key("title_en").value(scheme.title(Language::en));
  out.key("name_zh").value(scheme.name_zh).key("name_en").value(scheme.name_en);
  out.key("official").value(!scheme.approval.empty()).key("period").value(record.period.text());
  out.key("places").value(static_cast<std::int64_t>(made.assessment.places)).key("classes").begin_array();
  for (std::size_t c = 0; c < scheme.classes.size(); ++c) {
    const auto size = std::ranges::count(made.frozen.gathered.classes, static_cast<score::ClassIndex>(c));
    out.begin_object().key("id").value(scheme.classes[c].id).key("name_zh").value(scheme.classes[c].name_zh);
    out.key("name_en").value(scheme.classes[c].name_en).key("size").value(static_cast<std::int64_t>(size)).end_object();
  }
  out.end_array().key("digest").value(record.digest.text()).key("at").value(made.at.text());
  out.key("seq").value(record.seq.value);
}

namespace {

void place_assessment(JsonWriter& out, const store::AssessmentRecord& record, const Made& made, std::size_t p) {
  const score::Scheme& scheme = made.frozen.scheme;
  const score::Assessment& a = made.assessment;
  const score::ClassIndex c = made.frozen.gathered.classes[p];
  out.begin_object().key("id").value(record.id).key("title_zh").value(scheme.title(Language::zh));
  out.key("title_en").value(scheme.title(Language::en)).key("period").value(record.period.text());
  out.key("class_zh").value(c == score::no_class ? "" : scheme.classes[c].name_zh);
  out.key("class_en").value(c == score::no_class ? "" : scheme.classes[c].name_en);
  out.key("total").value(score::points_text(a.total[p], scheme.score_decimals));
  out.key("rank").value(static_cast<std::int64_t>(a.rank[p]));
  out.key("of").value(static_cast<std::int64_t>(c == score::no_class ? 0 : a.class_size[c]));
  out.key("grade_zh").value(grade_name_of(scheme, a.grade[p], Language::zh));
  out.key("grade_en").value(grade_name_of(scheme, a.grade[p], Language::en)).end_object();
}

}   // namespace

void assessments_of_place(JsonWriter& out, Service& service, const Picture& picture, place::NodeIndex node) {
  out.begin_array();
  if (!picture.may(Permission::read_assessments, node)) {
    out.end_array();
    return;
  }
  picture.view->assessments.for_each([&](const store::AssessmentRecord& record) {
    const auto found = made(service, picture, record);
    if (!found) return;
    const auto& places = (*found)->frozen.gathered.places;
    const auto at = std::ranges::find(places, picture.tree()[node].code);
    if (at != places.end()) place_assessment(out, record, **found, static_cast<std::size_t>(at - places.begin()));
  });
  out.end_array();
}

}   // namespace wire
}   // namespace gangmu::app
