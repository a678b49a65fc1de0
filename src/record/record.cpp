// SPDX-License-Identifier: Apache-2.0
#include "record/record.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

/// JSON merge patch (RFC 7396).
Json merged(Json into, const Json& patch) {
  const Json::Object* members = patch.object();
  if (!members) return patch;
  if (!into.object()) into = Json(Json::Object{});
  for (const auto& [key, value] : *members) {
    if (value.is_null()) {
      into.object()->erase(key);
      continue;
    }
    Json& member = (*into.object())[key];
    member = merged(std::move(member), value);
  }
  return into;
}

constexpr std::int64_t days_most = 1'000'000, minutes_most = 10'000'000, times_most = 1'000'000;

/// A number of a document, within what can be reckoned with.
Result<std::int64_t> within(const Json& json, std::string_view key, std::int64_t otherwise, std::int64_t least,
                            std::int64_t most) {
  const Json& value = json[key];
  const std::int64_t out = value.integer_or(value.is_null() ? otherwise : most + 1);
  if (out < least || out > most) return fail(errors::event_malformed, {std::string(key)});
  return out;
}
Result<int> times(const Json& json, std::string_view key, int otherwise) {
  TRY_ASSIGN(const std::int64_t out, within(json, key, otherwise, 0, times_most));
  return static_cast<int>(out);
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
  out.unit = *unit;
  const std::int64_t most = flow::in_days(*unit) ? days_most : minutes_most;
  TRY_ASSIGN(out.budget, within(json, "budget", 0, 0, most));
  TRY_ASSIGN(out.consumed, within(json, "consumed", 0, 0, most));
  out.roll = json["roll"].boolean_or(false);
  out.fixed = json["fixed"].boolean_or(false);
  TRY_ASSIGN(out.running_since, instant_in(json, "since"));
  TRY_ASSIGN(out.due, instant_in(json, "due"));
  TRY_ASSIGN(out.run, times(json, "run", 1));
  TRY_ASSIGN(out.rungs, times(json, "rungs", 0));
  TRY_ASSIGN(out.extensions, times(json, "extensions", 0));
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

template <class Take>
Status each_count(const Json& json, const Take& take) {
  const Json::Object* all = json.object();
  for (auto one = all ? all->begin() : Json::Object::const_iterator{}; all && one != all->end(); ++one) {
    TRY_ASSIGN(const int n, times(json, one->first, 0));
    if (!take(one->first, n)) return fail(errors::event_malformed, {one->first});
  }
  return {};
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
  TRY(each_count(json["n"], [&](const std::string& name, int n) { return out.counts[name] = n, true; }));
  TRY(each_count(json["u"], [&](const std::string& id, int n) {
    const flow::StepIndex index = flow.step(id);
    if (index != flow::none) out.used[index] = n;
    return index != flow::none;
  }));
  TRY(each_count(json["r"], [&](const std::string& id, int n) {
    const flow::ClockIndex index = flow.clock(id);
    if (index != flow::none) out.runs[index] = n;
    return index != flow::none;
  }));
  return out;
}

/// What the record claims: its number, its number in the pack, and its key, when no part of that is missing. A void one
/// keeps its numbers, and claims to be void, so that those are found without a scan; a merged one is found by the
/// other.
Json claims(const Kind& kind, const Record& record) {
  Json out{Json::Object{}};
  if (!record.no.empty()) out.set("no", record.no);
  if (!record.opening.empty()) out.set("pack", record.opening);
  if (record.into) return out;
  if (record.voided) {
    out.set("void", std::to_string(record.id.number));
    return out;
  }
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
Json contributions_json(const std::vector<Contribution>& all) {
  Json::Array out;
  for (const Contribution& one : all) out.push_back(contribution_json(one));
  return Json(std::move(out));
}

/// ["obst.due", 7, "20230616", "1"], and one more in a document, where it stands beside the figure.
Result<Contribution> contribution_of(const Json& json, bool beside) {
  const Json::Array* parts = json.array();
  const std::size_t n = parts ? parts->size() : 0;
  const bool formed = (n == 4 || (n == 5 && (*parts)[4] == Json(true))) && (*parts)[0].string() &&
                      (*parts)[1].integer() && (*parts)[2].string() && (*parts)[3].string();
  if (!formed) return fail(errors::event_malformed, {"t"});
  const auto value = Decimal::parse(*(*parts)[3].string());
  if (!value) return fail(errors::event_malformed, {"t " + *(*parts)[3].string()});
  return Contribution{.indicator = *(*parts)[0].string(),
                      .place = PlaceId{*(*parts)[1].integer()},
                      .when = *(*parts)[2].string(),
                      .units = value->units(),
                      .decimals = value->scale(),
                      .beside = beside || n == 5};
}
Result<std::vector<Contribution>> contributions_of(const Json& json, bool beside) {
  std::vector<Contribution> out;
  if (!json.is_null() && !json.array()) return fail(errors::event_malformed, {"t"});
  for (std::size_t i = 0; json.array() && i < json.array()->size(); ++i) {
    TRY_ASSIGN(Contribution one, contribution_of((*json.array())[i], beside));
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<int> row_number(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}   // namespace

std::string who_text(const Who& who) {
  static constexpr std::string_view kinds[] = {"unit", "post", "account"};
  return std::string(kinds[static_cast<std::size_t>(who.kind)]) + ":" + who.id;
}
Result<Who> who_of(const std::string& text) {
  for (const Who::Kind kind : {Who::Kind::unit, Who::Kind::post, Who::Kind::account})
    if (const std::string start = who_text({kind, {}}); text.starts_with(start) && text.size() > start.size())
      return Who{kind, text.substr(start.size())};
  return fail(errors::event_malformed, {"by " + text});
}

Json Event::json() const {
  Json out = patch;
  if (out.is_null()) out = Json(Json::Object{});
  out.set("step", step);
  if (!reason.empty()) out.set("why", reason);
  if (!sealed.empty()) out.set("hid", sealed);
  if (!actor.empty()) out.set("who", actor);
  if (at != Instant{}) out.set("at", at.micros);
  if (other) out.set("of", other->text());
  if (!notice.is_null()) out.set("notice", notice);
  if (!tallies.empty()) out.set("t", contributions_json(tallies));
  if (!beside.empty()) out.set("b", contributions_json(beside));
  return out;
}

bool Event::empty() const {
  return notice.is_null() && !other && (!patch.object() || patch.object()->empty()) && tallies.empty() &&
         beside.empty();
}

Result<Event> event_of(const Json& json) {
  if (!json.object() || !json["step"].string()) return fail(errors::event_malformed, {"step"});
  Event out{.step = *json["step"].string(),
            .reason = json["why"].string_or(""),
            .sealed = json["hid"].string_or(""),
            .actor = json["who"].string_or(""),
            .at = Instant{json["at"].integer_or(0)},
            .other = {},
            .notice = json["notice"],
            .patch = json};
  if (json["of"].string()) { TRY_ASSIGN(out.other, RecordId::parse(*json["of"].string())); }
  TRY_ASSIGN(out.tallies, contributions_of(json["t"], false));
  TRY_ASSIGN(out.beside, contributions_of(json["b"], true));
  for (const char* own : {"step", "why", "hid", "t", "b", "who", "at", "notice", "of"}) out.patch.object()->erase(own);
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

std::optional<Nudge> nudge_of(const Json& document) {
  const Json& json = document["nudge"];
  if (!json.object()) return std::nullopt;
  return Nudge{.n = static_cast<int>(std::clamp<std::int64_t>(json["n"].integer_or(1), 1, times_most)),
               .at = Instant{json["at"].integer_or(0)},
               .by = json["who"].string_or(""),
               .words = json["words"].string_or(""),
               .waits = json["waits"].boolean_or(false)};
}

Json document_of(const Kind& kind, const Record& record) {
  Json out{Json::Object{}};
  out.set("v", record.version);
  out.set("f", json_of(kind.fields(), record.values));
  if (kind.flow()) standing_json(*kind.flow(), record.standing, out);
  Json marks{Json::Object{}};
  for (const auto& [name, day] : record.marks) marks.set(name, day.text());
  if (!record.marks.empty()) out.set("m", std::move(marks));
  Json kept{Json::Object{}};
  for (const auto& [number, one] : record.kept) {
    Json told = contribution_json(one);
    if (one.beside) told.push(Json(true));
    kept.set(std::to_string(number), std::move(told));
  }
  if (!record.kept.empty()) out.set("each", std::move(kept));
  if (!record.raiser.id.empty()) out.set("by", who_text(record.raiser));
  if (!record.no.empty()) out.set("no", record.no);
  if (!record.opening.empty()) out.set("o", record.opening);
  if (record.next) out.set("next", record.next->micros);
  if (Json all = claims(kind, record); !all.object()->empty()) out.set("k", std::move(all));
  if (Json all = references(kind.fields(), record.values); !record.voided && !all.object()->empty())
    out.set("x", std::move(all));
  if (record.voided) out.set("void", record.voided->micros);
  if (record.into) {
    out.set("into", record.into->text());
    Json to{Json::Object{}};
    to.set(std::to_string(merged_into.value), Json(Json::Array{Json(record.into->text())}));
    out.set("x", std::move(to));
  }
  if (const auto& nudge = record.nudge) {
    Json told;
    told.set("n", nudge->n);
    told.set("at", nudge->at.micros);
    told.set("who", nudge->by);
    told.set("words", nudge->words);
    told.set("waits", nudge->waits);
    out.set("nudge", std::move(told));
  }
  Json::Array passed;
  for (const Who& who : record.passed) passed.emplace_back(who_text(who));
  if (!passed.empty()) out.set("w", Json(std::move(passed)));
  if (record.hops > 0) out.set("h", record.hops);
  if (record.seq) out.set("seq", record.seq.value);
  return out;
}

Result<Record> record_of(const Kind& kind, RecordId id, const Json& document) {
  Record out{.id = std::move(id)};
  if (!document.object()) return fail(errors::event_malformed, {"document"});
  TRY_ASSIGN(out.version, times(document, "v", 1));
  TRY_ASSIGN(out.values, values_of(kind.fields(), document["f"]));
  if (!sealed_only(kind.fields(), out.values)) return fail(errors::event_malformed, {"personal, in clear"});
  if (kind.flow()) { TRY_ASSIGN(out.standing, standing_of(*kind.flow(), document)); }
  if (const auto* marks = document["m"].object())
    for (const auto& [name, day] : *marks) { TRY_ASSIGN(out.marks[name], Date::parse(day.string_or(""))); }
  out.no = document["no"].string_or("");
  out.opening = document["o"].string_or("");
  if (document["next"].integer()) out.next = Instant{*document["next"].integer()};
  if (const auto* passed = document["w"].array())
    for (const Json& one : *passed) {
      TRY_ASSIGN(Who who, who_of(one.string_or("")));
      out.passed.push_back(std::move(who));
    }
  TRY_ASSIGN(out.hops, times(document, "h", 0));
  out.nudge = nudge_of(document);
  if (document["void"].integer()) out.voided = Instant{*document["void"].integer()};
  if (document["into"].string()) { TRY_ASSIGN(out.into, RecordId::parse(*document["into"].string())); }
  if (const auto* kept = document["each"].object())
    for (const auto& [number, one] : *kept) {
      const auto at = row_number(number);
      if (!at) return fail(errors::event_malformed, {"each " + number});
      TRY_ASSIGN(out.kept[*at], contribution_of(one, false));
    }
  if (document["by"].string()) { TRY_ASSIGN(out.raiser, who_of(*document["by"].string())); }
  out.seq = Seq{document["seq"].integer_or(0)};
  return out;
}

void Touched::add(const Event& event) {
  const Json::Object* touched = event.patch["f"].object();
  if (!touched) return;
  for (const auto& [number, value] : *touched) {
    const auto id = row_number(number);
    if (!id) continue;
    fields.insert(FieldId{*id});
    if (const Json::Object* changed = value["rows"].object())
      for (const auto& [row, cells] : *changed)
        if (const auto at = row_number(row)) rows[FieldId{*id}].insert(*at);
  }
}

}   // namespace gangmu::record
