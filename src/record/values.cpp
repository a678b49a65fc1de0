// SPDX-License-Identifier: Apache-2.0
#include "record/values.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/errors.hpp"
#include "record/names.hpp"
#include "record/shape.hpp"

namespace gangmu::record {
namespace {

using formula::Absent;
using FValue = formula::Value;

/// Things are compared by number; what has none of ours gets one from its text (FNV-1a, 64 bits).
std::int64_t number_of(std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return static_cast<std::int64_t>(hash >> 1);
}
FValue thing(const Who& who) {
  if (who.id.empty()) return Absent::missing;
  return formula::Thing{number_of(std::to_string(static_cast<int>(who.kind)) + ":" + who.id)};
}

Absent absence(Gap gap) {
  return gap == Gap::withheld         ? Absent::withheld
         : gap == Gap::not_applicable ? Absent::not_applicable
                                      : Absent::missing;
}

FValue line_value(const World& world, const std::string& line) {
  const auto found = std::find(world.lines.begin(), world.lines.end(), line);
  return found == world.lines.end() ? FValue(Absent::missing) : FValue(formula::Code{found - world.lines.begin()});
}

class RowValues : public formula::Values {
 public:
  RowValues(const std::vector<Field>& fields, const record::Values& row, const RecordValues& outer,
            const Catalogue& catalogue)
      : fields_(fields), row_(row), outer_(outer), catalogue_(catalogue) {}
  [[nodiscard]] FValue value(std::int64_t symbol) const override {
    const Field* field = find(fields_, FieldId{symbol});
    return field ? formula_value(*field, row_, catalogue_) : FValue(Absent::missing);
  }
  [[nodiscard]] const Calendar* calendar() const override { return outer_.calendar(); }
  [[nodiscard]] std::optional<Date> today() const override { return outer_.today(); }

 private:
  const std::vector<Field>& fields_;
  const record::Values& row_;
  const RecordValues& outer_;
  const Catalogue& catalogue_;
};

}   // namespace

FValue formula_value(const Field& field, const Values& values, const Catalogue& catalogue) {
  const auto found = values.find(field.id);
  if (found == values.end()) return Absent::missing;
  const Value& value = found->second;
  if (const auto* gap = std::get_if<Gap>(&value)) return absence(*gap);
  if (const auto* number = std::get_if<Decimal>(&value)) return *number;
  if (std::holds_alternative<Threshold>(value)) return Absent::threshold;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* date = std::get_if<Date>(&value)) return *date;
  if (const auto* at = std::get_if<Instant>(&value)) return *at;
  if (const auto* period = std::get_if<Period>(&value)) return period->last();
  if (const auto* place = std::get_if<PlaceId>(&value)) return formula::Thing{place->value};
  if (const auto* who = std::get_if<Who>(&value)) return thing(*who);
  if (const auto* id = std::get_if<RecordId>(&value)) return formula::Thing{number_of(id->text())};
  if (const auto* file = std::get_if<FileRef>(&value)) return formula::Thing{number_of(file->digest)};
  if (const auto* codes = std::get_if<Codes>(&value)) {
    const CodeList* list = catalogue.list(field.spec.list);
    const Code* code = list && codes->all.size() == 1 ? list->find(codes->all.front()) : nullptr;
    return code ? FValue(formula::Code{code - list->codes.data()}) : FValue(Absent::missing);
  }
  if (const auto* shape = std::get_if<Shape>(&value)) return formula::Thing{number_of(shape_json(*shape).canonical())};
  return std::string("sealed");   // only whether it is there may be asked
}

namespace {

constexpr std::int64_t digits_kept = 999'999'999'999'999'999;   // 18 digits, so that a value can change its sign

Result<Decimal> rounded(const Decimal& value, int decimals) {
  if (value.scale() <= decimals) return value.rescaled(decimals);
  std::int64_t step = 1;
  for (int i = decimals; i < value.scale(); ++i) step *= 10;
  const std::int64_t rest = value.units() % step, whole = value.units() / step;
  const std::int64_t up = std::abs(rest) >= step - std::abs(rest) ? (rest < 0 ? -1 : 1) : 0;
  return Decimal(whole + up, decimals);
}

Result<Value> kept(const Result<Decimal>& value) {
  if (!value) return fail(value.error());
  if (value->units() > digits_kept || value->units() < -digits_kept)
    return fail(gangmu::errors::number_overflow, {value->text()});
  return Value(*value);
}

/// The period of that kind in which the day lies; of weeks and single months together the day itself says nothing.
Period period_of(Date day, PeriodKind kind) {
  const int year = day.year(), month = day.month();
  switch (kind) {
    case PeriodKind::year: return Period::of_year(year);
    case PeriodKind::half: return *Period::parse(std::to_string(year) + (month > 6 ? "H2" : "H1"));
    case PeriodKind::quarter: return Period::of_quarter(year, (month + 2) / 3);
    default: return Period::of_month(year, month);
  }
}

}   // namespace

Result<Value> stored_value(const Field& field, const FValue& value, const Catalogue& catalogue) {
  if (const auto* why = std::get_if<Absent>(&value))
    return Value(*why == Absent::withheld         ? Gap::withheld
                 : *why == Absent::not_applicable ? Gap::not_applicable
                                                  : Gap::missing);
  if (const auto* number = std::get_if<Decimal>(&value)) return kept(rounded(*number, field.spec.decimals));
  if (const auto* real = std::get_if<double>(&value)) return kept(rounded_half_up(*real, field.spec.decimals));
  if (const auto* code = std::get_if<formula::Code>(&value)) {
    const CodeList* list = catalogue.list(field.spec.list);
    return list ? Value(Codes{{list->codes[static_cast<std::size_t>(code->id)].code}}) : Value(Gap::missing);
  }
  if (const auto* flag = std::get_if<bool>(&value)) return Value(*flag);
  if (const auto* text = std::get_if<std::string>(&value)) return Value(*text);
  if (const auto* date = std::get_if<Date>(&value))
    return field.type == Type::period ? Value(period_of(*date, field.spec.period)) : Value(*date);
  if (const auto* at = std::get_if<Instant>(&value)) return Value(*at);
  return Value(Gap::missing);
}

std::optional<Value> RecordValues::raw(std::int64_t symbol) const {
  if (symbol >= look_step) {
    const Field* field = kind_.field(FieldId{symbol / look_step});
    return field ? raw_looked(*field, symbol % look_step) : std::nullopt;
  }
  if (kind_.field(FieldId{symbol})) {
    const auto found = record_.values.find(FieldId{symbol});
    return found == record_.values.end() ? std::nullopt : std::optional(found->second);
  }
  const auto who = [](const Who& one) { return one.id.empty() ? std::nullopt : std::optional(Value(one)); };
  switch (symbol) {
    case fixed_raiser: return who(record_.raiser);
    case fixed_actor:
    case fixed_my_unit: return who(world_.actor.who);
    case fixed_my_post: return who(world_.actor.post);
    case fixed_my_place: return world_.actor.place ? std::optional(Value(*world_.actor.place)) : std::nullopt;
    case fixed_now: return Value(world_.now);
    default: return std::nullopt;
  }
}

/// A record that is void is referred to as one that is not there.
const Record* RecordValues::standing(const RecordId& id) const {
  const Record* other = world_.lookup.referred(id);
  return other && !other->voided ? other : nullptr;
}

std::optional<Value> RecordValues::raw_looked(const Field& field, std::int64_t seen) const {
  const auto found = record_.values.find(field.id);
  if (found == record_.values.end()) return std::nullopt;
  if (const auto* who = std::get_if<Who>(&found->second)) {
    const std::string line = seen == attribute_line ? world_.lookup.line_of(*who) : std::string();
    if (seen == attribute_line) return line.empty() ? std::nullopt : std::optional(Value(line));
    const auto place = world_.lookup.place_of(*who);
    return place ? std::optional(Value(*place)) : std::nullopt;
  }
  const auto* id = std::get_if<RecordId>(&found->second);
  const Record* other = id ? standing(*id) : nullptr;
  if (!other) return std::nullopt;
  const auto value = other->values.find(FieldId{seen});
  return value == other->values.end() ? std::nullopt : std::optional(value->second);
}

FValue RecordValues::value(std::int64_t symbol) const {
  if (symbol >= look_step) {
    const Field* field = kind_.field(FieldId{symbol / look_step});
    return field ? looked(*field, symbol % look_step) : FValue(Absent::missing);
  }
  const Field* field = kind_.field(FieldId{symbol});
  if (!field) return fixed(symbol);
  if (field->computed && !field->stored_computed()) {   // read, never stored
    const auto out = formula::evaluate(*field->computed, *this);
    return out ? *out : FValue(Absent::missing);
  }
  return formula_value(*field, record_.values, world_.catalogue);
}

FValue RecordValues::fixed(std::int64_t symbol) const {
  switch (symbol) {
    case fixed_state: return formula::Code{record_.standing.state};
    case fixed_raiser: return thing(record_.raiser);
    case fixed_actor:
    case fixed_my_unit: return thing(world_.actor.who);
    case fixed_my_post: return thing(world_.actor.post);
    case fixed_my_line: return line_value(world_, world_.actor.line);
    case fixed_my_place:
      return world_.actor.place ? FValue(formula::Thing{world_.actor.place->value}) : FValue(Absent::missing);
    case fixed_now: return world_.now;
    default: break;
  }
  if (symbol >= fixed_clocks) return formula::Thing{symbol - fixed_clocks};
  const std::string name = kind_.names().path(symbol).front();
  const auto count = record_.standing.counts.find(name);
  return Decimal(count == record_.standing.counts.end() ? 0 : count->second, 0);
}

FValue RecordValues::looked(const Field& field, std::int64_t seen) const {
  const auto found = record_.values.find(field.id);
  if (found == record_.values.end()) return Absent::missing;
  if (const auto* who = std::get_if<Who>(&found->second)) {
    if (seen == attribute_line) return line_value(world_, world_.lookup.line_of(*who));
    const auto place = world_.lookup.place_of(*who);
    return place ? FValue(formula::Thing{place->value}) : FValue(Absent::missing);
  }
  const auto* id = std::get_if<RecordId>(&found->second);
  const Record* other = id ? standing(*id) : nullptr;
  const Kind* kind = id ? world_.catalogue.find(id->kind) : nullptr;
  const Field* target = kind ? kind->field(FieldId{seen}) : nullptr;
  return other && target ? formula_value(*target, other->values, world_.catalogue) : FValue(Absent::missing);
}

Result<FValue> RecordValues::in_row(const Field& rows, const record::Values& row, const formula::Tree& tree) const {
  return formula::evaluate(tree, RowValues(rows.spec.rows, row, *this, world_.catalogue));
}

Status RecordValues::elements(std::int64_t symbol, const Each& each) const {
  if (symbol < roll_base) {
    const Field* field = kind_.field(FieldId{symbol});
    const auto found = record_.values.find(FieldId{symbol});
    const Rows* rows = found == record_.values.end() ? nullptr : std::get_if<Rows>(&found->second);
    if (!field || !rows) return {};
    for (const auto& [number, row] : rows->all) TRY(each(RowValues(field->spec.rows, row, *this, world_.catalogue)));
    return {};
  }
  const Kind& other = *world_.catalogue.kinds()[static_cast<std::size_t>((symbol - roll_base) / 1'000'000)];
  Status out;
  world_.lookup.referring(other.id(), FieldId{(symbol - roll_base) % 1'000'000}, record_.id, [&](const Record& one) {
    if (out && !one.voided) out = each(RecordValues(other, one, world_));
  });
  return out;
}

bool RecordValues::member(std::int64_t symbol, const FValue& value) const {
  const auto* place = std::get_if<formula::Thing>(&value);
  if (symbol == fixed_scope) return place && world_.lookup.in_scope(PlaceId{place->id});
  const Field* field = kind_.field(FieldId{symbol});
  const auto found = record_.values.find(FieldId{symbol});
  const auto* code = std::get_if<formula::Code>(&value);
  const Codes* codes = found == record_.values.end() ? nullptr : std::get_if<Codes>(&found->second);
  if (!field || !codes || !code) return false;
  const std::string text = kind_.names().code_text(field->spec.list, *code);
  return std::find(codes->all.begin(), codes->all.end(), text) != codes->all.end();
}

FValue RecordValues::call(std::int64_t function, std::span<const FValue> arguments) const {
  const auto* clock = std::get_if<formula::Thing>(&arguments[0]);
  const flow::Flow* flow = kind_.flow();
  if (!clock || !flow) return Absent::missing;
  const auto index = static_cast<flow::ClockIndex>(clock->id);
  const auto running = record_.standing.clocks.find(index);
  if (function == function_age) {
    if (running == record_.standing.clocks.end() || !running->second.running_since) return Absent::missing;
    return Decimal(std::int64_t{world_.now.date().days} - running->second.running_since->date().days, 0);
  }
  return in_time(index);
}

/// Measured in its first run: yes when it stopped before its due moment, no when that moment came first (`late:`), not
/// known while it runs.
FValue RecordValues::in_time(flow::ClockIndex clock) const {
  if (record_.marks.contains("late:" + kind_.flow()->clocks()[clock].id)) return false;
  const auto runs = record_.standing.runs.find(clock);
  if (runs == record_.standing.runs.end()) return Absent::missing;
  const auto running = record_.standing.clocks.find(clock);
  const bool first = running != record_.standing.clocks.end() && running->second.run == 1;
  return first ? FValue(Absent::missing) : FValue(true);
}

}   // namespace gangmu::record
