// SPDX-License-Identifier: Apache-2.0
// What a kind contributes to indicators.
#include "record/maker.hpp"

#include <algorithm>

#include "flow/errors.hpp"

namespace gangmu::record {

void KindMaker::tally(Kind& kind, const TallySource& source) {
  Tally out;
  out.to = source.to.text;
  if (std::find(around_.indicators.begin(), around_.indicators.end(), out.to) == around_.indicators.end())
    unknown(errors::indicator_unknown, source.to, around_.indicators);
  measure(kind, source.measure, out);
  if (source.when) out.when = tree(kind, *source.when, flag());
  if (out.when && (out.when->reaches(formula::Reach::look) || out.when->reaches(formula::Reach::roll) ||
                   out.when->reaches(formula::Reach::now)))
    fault(errors::stored_wanted, {source.when->text}, source.when->where);
  date(kind, source, out);
  const Written place = source.place.value_or(Written{"place", source.to.where});
  for (const FieldId id : stored(kind, {place})) {
    out.place = id;
    if (kind.field(id)->type != Type::place) fault(errors::tally_place, {out.to, place.text}, place.where);
  }
  kind.tallies_.push_back(std::move(out));
}

std::optional<std::string> KindMaker::inside(const std::string& text, std::string_view function) {
  if (!text.starts_with(std::string(function) + "(") || !text.ends_with(')')) return std::nullopt;
  return text.substr(function.size() + 1, text.size() - function.size() - 2);
}

void KindMaker::measure(const Kind& kind, const Written& text, Tally& out) {
  if (text.text == "count") return;
  const auto summed = inside(text.text, "sum");
  const std::vector<std::string> path = summed ? text::split(*summed, '.') : std::vector<std::string>{};
  const Field* field = summed && !path.empty() ? kind.field(path[0]) : nullptr;
  if (field && field->type == Type::rows && path.size() == 2) {
    out.rows = field->id;
    field = find(field->spec.rows, path[1]);
  }
  const bool number = field && (field->type == Type::number || field->type == Type::money);
  const Field* rows = out.rows ? kind.field(out.rows) : nullptr;
  if (field && (field->personal || (rows && rows->personal)))
    return fault(errors::personal_used, {text.text}, text.where);
  if (!number || !field->stored()) return fault(errors::tally_measure, {text.text}, text.where);
  out.sum = field->id;
}

void KindMaker::date(const Kind& kind, const TallySource& source, Tally& out) {
  const Written text = source.date.value_or(Written{{}, source.to.where});
  static constexpr std::pair<std::string_view, Tally::When> events[] = {
      {"first", Tally::When::first}, {"each", Tally::When::each}, {"due", Tally::When::due}};
  for (const auto& [name, when] : events)
    if (const auto found = inside(text.text, name)) {
      out.date = when;
      out.event = *found;
      return event(kind, {*found, text.where}, when);
    }
  if (text.text == "at_end") {
    out.date = Tally::When::at_end;
    return;
  }
  const std::vector<std::string> path = text::split(text.text, '.');
  const Field* field = kind.field(path[0]);
  if (field && field->type == Type::rows && path.size() == 2 && field->id == out.rows) {
    out.date_in_rows = true;
    field = find(field->spec.rows, path[1]);
  }
  if (field && field->personal) return fault(errors::personal_used, {text.text}, text.where);
  const bool dated = field && field->stored() && (field->type == Type::date || field->type == Type::period);
  if (!dated) return fault(errors::tally_date, {source.to.text}, text.where);
  out.date_field = field->id;
}

void KindMaker::event(const Kind& kind, const Written& name, Tally::When when) {
  const auto found = kind.source_.flow ? around_.flows.find(kind.source_.flow->text) : around_.flows.end();
  std::vector<std::string> all;
  if (found != around_.flows.end() && when == Tally::When::due)
    for (const auto& one : found->second.clocks) all.push_back(one.id.text);
  else if (found != around_.flows.end())
    for (const auto& one : found->second.steps) all.push_back(one.id.text);
  if (std::find(all.begin(), all.end(), name.text) == all.end())
    unknown(when == Tally::When::due ? errors::clock_unknown : flow::errors::step_unknown, name, all);
}

}   // namespace gangmu::record
