// SPDX-License-Identifier: Apache-2.0
#include "app/programme_wire.hpp"

#include "app/task_rows.hpp"

namespace gangmu::app::wire {
namespace {

bool names(const Json& list, std::string_view code) {
  if (const auto* one = list.string()) return *one == code;
  for (const Json& item : list.array() ? *list.array() : Json::Array{}) {
    if (item.string_or("") == code) return true;
  }
  return false;
}

void place_refs(JsonWriter& out, const place::Tree& tree, const Json& codes) {
  out.begin_array();
  const Json::Array list = codes.array() ? *codes.array() : Json::Array{codes};
  for (const Json& code : list) {
    const place::NodeIndex node = tree.find_code(code.string_or(""));
    if (node != place::no_node) place_ref(out, tree, node);
  }
  out.end_array();
}

}   // namespace

void programme(JsonWriter& out, const store::View& view) {
  const store::StoredDefinition& definition = *programme_of(view);
  const Json& body = definition.body;
  const place::NodeIndex root = view.tree->find_code(body["focus"].string_or(body["root"].string_or("")));
  out.begin_object();
  out.key("id").value(definition.id).key("name_zh").value(body["name_zh"].string_or(""));
  out.key("name_en").value(body["name_en"].string_or("")).key("synthetic").value(body["synthetic"].boolean_or(false));
  out.key("root").begin_object();
  if (root != place::no_node) {
    const place::Place& place = (*view.tree)[root];
    out.key("code").value(place.code).key("name_zh").value(place.name_zh).key("name_en").value(place.name_en);
  }
  out.end_object();
  out.key("seq").value(view.seq.value);
  out.key("map_note_zh")
      .value(body["map_note_zh"].string_or(""))
      .key("map_note_en")
      .value(body["map_note_en"].string_or(""));
  out.key("note_zh").value(body["note_zh"].string_or("")).key("note_en").value(body["note_en"].string_or(""));
  out.end_object();
}

void track(JsonWriter& out, const Picture& picture, std::string_view code) {
  for (const auto* definition : picture.view->definitions->list("track")) {
    const Json& body = definition->body;
    if (body["place"].string_or("") != code) continue;
    out.begin_object();
    out.key("text_zh").value(body["sentence_zh"].string_or("")).key("text_en").value(body["sentence_en"].string_or(""));
    out.end_object();
    return;
  }
  out.null();
}

void pairings(JsonWriter& out, const Picture& picture, std::string_view code) {
  out.begin_array();
  for (const auto* definition : picture.view->definitions->list("pairing")) {
    const Json& body = definition->body;
    const bool on_a = names(body["side_a"], code), on_b = names(body["side_b"], code);
    if (!on_a && !on_b) continue;
    out.begin_object();
    out.key("with");
    place_refs(out, picture.tree(), on_a ? body["side_b"] : body["side_a"]);
    out.key("text_zh").value(body["name_zh"].string_or("")).key("text_en").value(body["name_en"].string_or(""));
    out.end_object();
  }
  out.end_array();
}

void source(JsonWriter& out, const store::StoredDefinition& definition) {
  const Json& body = definition.body;
  out.begin_object();
  out.key("id").value(definition.id).key("name").value(body["name_zh"].string_or(""));
  out.key("name_en").value(body["name_en"].string_or("")).key("where").value(body["url"].string_or(""));
  out.key("years").value(body["years"].string_or("")).key("licence").value(body["licence"].string_or(""));
  out.key("grade").value(body["grade"].string_or("")).key("caveat").value(body["note"].string_or(""));
  out.end_object();
}

void task_summary(JsonWriter& out, const plan::LightCounts& counts) {
  out.begin_object();
  out.key("total")
      .value(counts.total - counts.cancelled)
      .key("open")
      .value(counts.open())
      .key("week")
      .value(counts.due_this_week);
  out.key("overdue").value(counts.overdue).key("waiting").value(counts.waiting).key("closed").value(counts.closed);
  out.end_object();
}

plan::LightCounts lights_under(const Picture& picture, place::NodeIndex node, Date today) {
  plan::LightCounts counts;
  for (const TaskRow& row : task_rows(picture, today)) {
    const place::NodeIndex at = node_of(picture, *row.stored);
    if (at != place::no_node && picture.tree().within(at, node)) plan::add_light(counts, row.light);
  }
  return counts;
}

}   // namespace gangmu::app::wire
