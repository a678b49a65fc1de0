// SPDX-License-Identifier: Apache-2.0
#include "record/record.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

Json merged(Json into, const Json& patch) {
  const Json::Object* members = patch.object();
  if (!members || !into.object()) return patch;
  for (const auto& [key, value] : *members) {
    if (value.is_null()) {
      into.object()->erase(key);
      continue;
    }
    const Json& old = std::as_const(into)[key];
    into.set(key, old.object() && value.object() ? merged(old, value) : value);
  }
  return into;
}

Json clock_json(const flow::ClockState& clock) {
  Json out;
  out.set("budget", clock.budget);
  out.set("consumed", clock.consumed);
  out.set("unit", std::string(flow::text_of(clock.unit)));
  if (clock.roll) out.set("roll", true);
  if (clock.fixed) out.set("fixed", true);
  if (clock.running_since) out.set("since", clock.running_since->text());
  if (clock.due) out.set("due", clock.due->text());
  out.set("run", clock.run);
  out.set("rungs", clock.rungs);
  if (clock.extensions > 0) out.set("extensions", clock.extensions);
  return out;
}

Result<std::optional<Instant>> instant_in(const Json& json, std::string_view key) {
  const std::string text = json[key].string_or("");
  if (text.empty()) return std::optional<Instant>{};
  TRY_ASSIGN(const Instant at, Instant::parse(text));
  return std::optional(at);
}

Result<flow::ClockState> clock_of(const Json& json) {
  flow::ClockState out;
  const auto unit = flow::time_unit(json["unit"].string_or(""));
  if (!unit) return fail(errors::event_malformed, {"clock"});
  out.budget = json["budget"].integer_or(0);
  out.consumed = json["consumed"].integer_or(0);
  out.unit = *unit;
  out.roll = json["roll"].boolean_or(false);
  out.fixed = json["fixed"].boolean_or(false);
  TRY_ASSIGN(out.running_since, instant_in(json, "since"));
  TRY_ASSIGN(out.due, instant_in(json, "due"));
  out.run = static_cast<int>(json["run"].integer_or(1));
  out.rungs = static_cast<int>(json["rungs"].integer_or(0));
  out.extensions = static_cast<int>(json["extensions"].integer_or(0));
  return out;
}

void standing_json(const flow::Flow& flow, const flow::Standing& standing, Json& out) {
  const auto counts = [&](std::string_view key, const auto& all, const auto& name) {
    Json map{Json::Object{}};
    for (const auto& [id, n] : all) map.set(name(id), n);
    if (!all.empty()) out.set(key, std::move(map));
  };
  out.set("s", flow.states()[standing.state].id);
  out.set("e", standing.entered.text());
  Json clocks{Json::Object{}};
  for (const auto& [id, clock] : standing.clocks) clocks.set(flow.clocks()[id].id, clock_json(clock));
  if (!standing.clocks.empty()) out.set("c", std::move(clocks));
  counts("n", standing.counts, [](const std::string& name) { return name; });
  counts("u", standing.used, [&](flow::StepIndex id) { return flow.steps()[id].id; });
  counts("r", standing.runs, [&](flow::ClockIndex id) { return flow.clocks()[id].id; });
}

Result<flow::Standing> standing_of(const flow::Flow& flow, const Json& json) {
  flow::Standing out;
  out.state = flow.state(json["s"].string_or(""));
  if (out.state == flow::none) return fail(errors::event_malformed, {"state " + json["s"].string_or("")});
  TRY_ASSIGN(const auto entered, instant_in(json, "e"));
  out.entered = entered.value_or(Instant{});
  if (const auto* clocks = json["c"].object())
    for (const auto& [id, clock] : *clocks) {
      const flow::ClockIndex index = flow.clock(id);
      if (index == flow::none) return fail(errors::event_malformed, {"clock " + id});
      TRY_ASSIGN(out.clocks[index], clock_of(clock));
    }
  if (const auto* counts = json["n"].object())
    for (const auto& [name, n] : *counts) out.counts[name] = static_cast<int>(n.integer_or(0));
  if (const auto* used = json["u"].object())
    for (const auto& [id, n] : *used) out.used[flow.step(id)] = static_cast<int>(n.integer_or(0));
  if (const auto* runs = json["r"].object())
    for (const auto& [id, n] : *runs) out.runs[flow.clock(id)] = static_cast<int>(n.integer_or(0));
  return out;
}

/// What the record claims: its number and its key, when no part of that is missing.
Json claims(const Kind& kind, const Record& record) {
  Json out{Json::Object{}};
  if (!record.no.empty()) out.set("no", record.no);
  if (record.next) out.set("next", record.next->micros);
  std::string key;
  for (const FieldId id : kind.key()) {
    const auto found = record.values.find(id);
    if (found == record.values.end() || found->second.gap()) return out;
    key += (key.empty() ? "" : "\n") + key_text(*kind.field(id), found->second);
  }
  if (!key.empty()) out.set("key", key);
  return out;
}

/// What it refers to, by field; rows by the field that holds them.
Json references(const std::vector<Field>& fields, const Values& values) {
  Json out{Json::Object{}};
  for (const Field& field : fields) {
    const auto found = values.find(field.id);
    if (found == values.end()) continue;
    Json::Array all;
    if (const auto* id = std::get_if<RecordId>(&found->second)) all.emplace_back(id->text());
    if (const auto* rows = std::get_if<Rows>(&found->second)) {
      std::set<std::string> seen;
      for (const auto& [number, row] : rows->all)
        for (const auto& [inner, value] : row)
          if (const auto* id = std::get_if<RecordId>(&value)) seen.insert(id->text());
      all.assign(seen.begin(), seen.end());
    }
    if (!all.empty()) out.set(std::to_string(field.id.value), Json(std::move(all)));
  }
  return out;
}

Json contribution_json(const Contribution& one) {
  return Json(Json::Array{Json(one.indicator), Json(one.place.value), Json(one.when),
                          Json(Decimal(one.units, one.decimals).text())});
}

}   // namespace

std::string who_text(const Who& who) {
  static constexpr std::string_view kinds[] = {"unit", "post", "account"};
  return std::string(kinds[static_cast<std::size_t>(who.kind)]) + ":" + who.id;
}
Who who_of(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  Who out{.id = colon == std::string::npos ? "" : text.substr(colon + 1)};
  out.kind = kind == "post" ? Who::Kind::post : kind == "account" ? Who::Kind::account : Who::Kind::unit;
  return out;
}

Json Event::json() const {
  Json out = patch;
  if (out.is_null()) out = Json(Json::Object{});
  out.set("step", step);
  if (!reason.empty()) out.set("why", reason);
  if (!actor.empty()) out.set("who", actor);
  if (at != Instant{}) out.set("at", at.micros);
  if (!notice.is_null()) out.set("notice", notice);
  Json::Array all;
  for (const Contribution& one : tallies) all.push_back(contribution_json(one));
  if (!all.empty()) out.set("t", Json(std::move(all)));
  return out;
}

bool Event::empty() const { return notice.is_null() && (!patch.object() || patch.object()->empty()) && tallies.empty(); }

Result<Event> event_of(const Json& json) {
  if (!json.object() || !json["step"].string()) return fail(errors::event_malformed, {"step"});
  Event out{.step = *json["step"].string(),
            .reason = json["why"].string_or(""),
            .actor = json["who"].string_or(""),
            .at = Instant{json["at"].integer_or(0)},
            .notice = json["notice"],
            .patch = json,
            .tallies = {}};
  if (const auto* all = json["t"].array())
    for (const Json& one : *all) {
      const Json::Array* parts = one.array();
      if (!parts || parts->size() != 4) return fail(errors::event_malformed, {"t"});
      TRY_ASSIGN(const Decimal value, Decimal::parse((*parts)[3].string_or("")));
      out.tallies.push_back({(*parts)[0].string_or(""), PlaceId{(*parts)[1].integer_or(0)}, (*parts)[2].string_or(""),
                             value.units(), value.scale()});
    }
  for (const char* own : {"step", "why", "t", "who", "at", "notice"}) out.patch.object()->erase(own);
  return out;
}

Json applied(Json document, const Event& event) {
  return merged(document.is_null() ? Json(Json::Object{}) : std::move(document), event.patch);
}

Json difference(const Json& before, const Json& after) {
  Json out{Json::Object{}};
  const Json::Object *a = before.object(), *b = after.object();
  if (a)
    for (const auto& [key, value] : *a)
      if (!b || !b->contains(key)) out.set(key, Json());
  if (b)
    for (const auto& [key, value] : *b) {
      const Json& old = before[key];
      if (old == value) continue;
      out.set(key, old.object() && value.object() ? difference(old, value) : value);
    }
  return out;
}

Json document_of(const Kind& kind, const Record& record) {
  Json out{Json::Object{}};
  out.set("v", record.version);
  out.set("f", json_of(kind.fields(), record.values));
  if (kind.flow()) standing_json(*kind.flow(), record.standing, out);
  Json marks{Json::Object{}};
  for (const auto& [name, day] : record.marks) marks.set(name, day.text());
  if (!record.marks.empty()) out.set("m", std::move(marks));
  if (!record.raiser.id.empty()) out.set("by", who_text(record.raiser));
  if (!record.no.empty()) out.set("no", record.no);
  if (Json all = claims(kind, record); !all.object()->empty()) out.set("k", std::move(all));
  if (Json all = references(kind.fields(), record.values); !all.object()->empty()) out.set("x", std::move(all));
  if (record.seq) out.set("seq", record.seq.value);
  return out;
}

Result<Record> record_of(const Kind& kind, RecordId id, const Json& document) {
  Record out{.id = std::move(id)};
  out.version = static_cast<int>(document["v"].integer_or(1));
  TRY_ASSIGN(out.values, values_of(kind.fields(), document["f"]));
  if (kind.flow()) { TRY_ASSIGN(out.standing, standing_of(*kind.flow(), document)); }
  if (const auto* marks = document["m"].object())
    for (const auto& [name, day] : *marks) { TRY_ASSIGN(out.marks[name], Date::parse(day.string_or(""))); }
  out.no = document["no"].string_or("");
  if (document["next"].integer()) out.next = Instant{*document["next"].integer()};
  if (document["by"].string()) out.raiser = who_of(*document["by"].string());
  out.seq = Seq{document["seq"].integer_or(0)};
  return out;
}

}   // namespace gangmu::record
