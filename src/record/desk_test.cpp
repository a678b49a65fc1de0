// SPDX-License-Identifier: Apache-2.0
#include "record/desk_test.hpp"

#include <gtest/gtest.h>

namespace gangmu::record::testing {
namespace {

/// In units of four decimals, so that values of different scale add up.
std::int64_t units_of(const Contribution& one) {
  auto out = static_cast<std::uint64_t>(one.units);   // sums are compared modulo 2^64
  for (int i = one.decimals; i < 4; ++i) out *= 10;
  return static_cast<std::int64_t>(out);
}

Json by_number(const std::vector<Field>& fields, const Json& named) {
  Json out{Json::Object{}};
  if (!named.object()) return out;
  for (const auto& [name, value] : *named.object()) {
    const Field* field = find(fields, name);
    EXPECT_NE(field, nullptr) << name;
    Json told = value;
    if (field && field->type == Type::rows && value.object() && value["rows"].object()) {
      Json rows{Json::Object{}};
      for (const auto& [number, row] : *value["rows"].object()) rows.set(number, by_number(field->spec.rows, row));
      told = Json();
      told.set("rows", std::move(rows));
    }
    if (field) out.set(std::to_string(field->id.value), std::move(told));
  }
  return out;
}

}   // namespace

Result<Shared> catalogue_of(const Json& declared) {
  Diagnostics faults;
  const Document document(
      declared,
      [](std::string_view pointer) {
        return Position{.file = std::string(pointer), .line = 0, .column = 0, .cell = {}};
      },
      faults);
  Members top = document.members("");
  Around around;
  around.roles = {"town", "bureau", "office", "units"};
  around.lines = {"farm", "trade"};
  around.today = *Date::parse("2023-06-16");
  for (const Written& one : top.texts("indicators")) around.indicators.push_back(one.text);
  if (auto codes = top.object("codes"))
    for (auto& one : top.named("codes")) around.lists[one.name.text] = read_codes(*codes, one.name.text);
  for (auto& one : top.named("flows")) around.flows[one.name.text] = flow::read_flow(one.members, one.name, 1);
  std::vector<KindSource> kinds;
  for (auto& one : top.named("kinds")) kinds.push_back(numbered(read_kind(one.members, one.name), nullptr));
  if (!faults.empty()) return fail(std::move(faults));
  return Catalogue::make(std::move(kinds), std::move(around));
}

Result<Shared> catalogue_of(const char* text) {
  TRY_ASSIGN(const Json declared, Json::parse(text));
  return catalogue_of(declared);
}

std::vector<std::string> faults_in(const Json& declared) {
  const auto made = catalogue_of(declared);
  std::vector<std::string> out;
  if (!made)
    for (const Diagnostic& one : made.error().all()) out.push_back(one.where.file + ": " + one.text(Language::en));
  return out;
}

const Calendar& calendar() {
  static const Calendar all = *Calendar::of(2023, 2024, {});
  return all;
}
Instant at(std::string_view day) { return *Instant::parse(std::string(day) + "T09:00:00+08:00"); }

FieldId Desk::field(std::string_view of, std::string_view name) const { return kind(of).field(name)->id; }

Result<Event> Desk::act(const RecordId& id, const Asked& asked) {
  const Kind& of = kind(id.kind);
  const auto found = records.find(id);
  const Record* before = found == records.end() ? nullptr : &found->second;
  return keep(id, decide(of, before, id, asked, world()));
}

Result<Event> Desk::keep(const RecordId& id, Result<Event> decided) {
  TRY_ASSIGN(Event event, std::move(decided));
  const Kind& of = kind(id.kind);
  const auto found = records.find(id);
  const Record* before = found == records.end() ? nullptr : &found->second;
  Record plain = before ? *before : Record{};
  plain.seq = {};
  auto after = record_of(of, id, applied(before ? document_of(of, plain) : Json(), event));
  if (!after) return fail(after.error());
  after->seq = Seq{static_cast<std::int64_t>(events[id].size()) + 1};
  records[id] = *std::move(after);
  events[id].push_back(event);
  return event;
}

Result<Event> Desk::act(const RecordId& id, std::string step, const Json& typed, Seq base) {
  const auto& fields = kind(id.kind).fields();
  TRY_ASSIGN(Values values, values_of(fields, by_number(fields, typed)));
  return act(id, {.step = std::move(step), .typed = std::move(values), .base = base});
}

std::string Desk::text(const RecordId& id, std::string_view name) const {
  const Field& of = *kind(id.kind).field(name);
  const auto& values = records.at(id).values;
  const auto found = values.find(of.id);
  return found == values.end() ? "missing" : json_of(of, found->second).canonical();
}

void Desk::laws(const RecordId& id) {
  const Kind& of = kind(id.kind);
  const Record& stands = records.at(id);
  Json& document = documents_[id];
  const auto& all = events.at(id);
  for (std::size_t& i = seen_[id]; i < all.size(); ++i) {
    const Event& event = all[i];
    const auto again = event_of(*Json::parse(event.json().canonical()));
    ASSERT_TRUE(again) << again.error().text(Language::en);
    ASSERT_EQ(again->json(), event.json());
    ASSERT_TRUE(again->tallies == event.tallies && again->beside == event.beside);
    document = applied(document, *again);
    add(told_[id], event.tallies);
    add(told_[id], event.beside);
  }
  Record plain = stands;
  plain.seq = {};
  ASSERT_EQ(document, document_of(of, plain)) << "applied events are the document\n"
                                              << document.canonical() << "\n"
                                              << document_of(of, plain).canonical();
  const auto read = record_of(of, id, *Json::parse(document_of(of, stands).canonical()));
  ASSERT_TRUE(read) << read.error().text(Language::en);
  ASSERT_TRUE(*read == stands) << document_of(of, *read).canonical() << "\n" << document_of(of, stands).canonical();
  const auto again = derived(of, stands, world());
  ASSERT_TRUE(again) << again.error().text(Language::en);
  ASSERT_EQ(json_of(of.fields(), *again), json_of(of.fields(), stands.values)) << "today's rules derive what is stored";
  ASSERT_TRUE(sealed_only(of.fields(), stands.values));
  if (stands.voided) {
    ASSERT_TRUE(possible_steps(of, stands, world()).empty() && !stands.next && document["x"].is_null() == !stands.into);
  }
  const auto scan = contributions(of, stands, world());
  ASSERT_TRUE(scan);
  Sums stand;
  add(stand, scan->all);
  add(stand, scan->beside);
  ASSERT_EQ(told_[id], stand) << "contributions by events are those of a scan";
}

const Record* Desk::referred(const RecordId& id) const {
  const auto found = records.find(id);
  return found == records.end() ? nullptr : &found->second;
}
void Desk::referring(std::string_view of, FieldId by, const RecordId& id,
                     const std::function<void(const Record&)>& each) const {
  for (const auto& [own, one] : records) {
    const auto value = one.values.find(by);
    if (own.kind == of && !one.voided && value != one.values.end() && value->second == Value(id)) each(one);
  }
}
std::optional<PlaceId> Desk::place_of(const Who& who) const {
  if (who.id.starts_with("office of ")) return PlaceId{std::stoll(who.id.substr(10))};
  const auto found = unit_places.find(who.id);
  return found == unit_places.end() ? std::nullopt : std::optional(found->second);
}
std::optional<PlaceId> Desk::above(PlaceId place) const {
  if (place.value >= 10) return PlaceId{place.value / 10};
  return place.value > 1 ? std::optional(PlaceId{1}) : std::nullopt;
}
std::optional<Who> Desk::office_of(PlaceId place) const {
  return Who{Who::Kind::unit, "office of " + std::to_string(place.value)};
}
Touched Desk::touched(const RecordId& id, Seq base) const {
  Touched out;
  const auto& all = events.at(id);
  for (std::size_t i = static_cast<std::size_t>(base.value); i < all.size(); ++i) out.add(all[i]);
  return out;
}
std::set<FieldId> Desk::changed_since(const RecordId& id, Seq base) const { return touched(id, base).fields; }
std::optional<std::set<int>> Desk::rows_changed_since(const RecordId& id, FieldId by, Seq base) const {
  const Touched all = touched(id, base);
  const auto found = all.rows.find(by);
  return found == all.rows.end() ? std::nullopt : std::optional(found->second);
}

void add(Sums& sums, const std::vector<Contribution>& all) {
  for (const Contribution& one : all) {
    std::int64_t& sum = sums[{one.indicator, one.place.value, one.when, one.beside}];
    sum = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) + static_cast<std::uint64_t>(units_of(one)));
  }
  std::erase_if(sums, [](const auto& cell) { return cell.second == 0; });
}

}   // namespace gangmu::record::testing
