// SPDX-License-Identifier: Apache-2.0
#include "record/tally.hpp"

#include <algorithm>
#include <map>

#include "record/values.hpp"

namespace gangmu::record {
namespace {

std::string when_of(const Value& value) {
  if (const auto* day = std::get_if<Date>(&value)) return Period::of_day(*day).text();
  if (const auto* period = std::get_if<Period>(&value)) return period->text();
  return {};
}

class Teller {
 public:
  Teller(const Kind& kind, const Record& record, const World& world) : kind_(kind), record_(record), world_(world) {}

  Result<Contributions> run() {
    if (record_.voided) return Contributions{};
    for (const Tally& tally : kind_.tallies())
      if (tally.date != Tally::When::each) TRY(tell(tally));
    for (const auto& [number, one] : record_.kept) out_.push_back(one);
    Contributions out;
    for (Contribution& one : out_) (one.beside ? out.beside : out.all).push_back(std::move(one));
    std::sort(out.all.begin(), out.all.end());
    std::sort(out.beside.begin(), out.beside.end());
    return out;
  }
  Result<std::vector<Contribution>> run(std::string_view step) {
    for (const Tally& tally : kind_.tallies())
      if (tally.date == Tally::When::each && tally.event == step) TRY(tell(tally));
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Value* value(FieldId id) const {
    const auto found = record_.values.find(id);
    return found == record_.values.end() ? nullptr : &found->second;
  }

  Status tell(const Tally& tally) {
    if (tally.when) {
      TRY_ASSIGN(const formula::Value holds, formula::evaluate(*tally.when, RecordValues(kind_, record_, world_)));
      if (holds != formula::Value(true)) return {};
    }
    const Value* at = value(tally.place);
    const auto* place = at ? std::get_if<PlaceId>(at) : nullptr;
    if (!tally.rows) {
      add(tally, place, day(tally, nullptr), tally.sum ? value(tally.sum) : nullptr);
      return {};
    }
    const Value* held = value(tally.rows);
    const Rows* rows = held ? std::get_if<Rows>(held) : nullptr;
    if (!rows) return {};
    for (const auto& [number, row] : rows->all) {
      const auto summed = row.find(tally.sum);
      add(tally, place, day(tally, &row), summed == row.end() ? nullptr : &summed->second);
    }
    return {};
  }

  [[nodiscard]] std::string day(const Tally& tally, const Values* row) const {
    const auto mark = [&](const std::string& name) {
      const auto found = record_.marks.find(name);
      return found == record_.marks.end() ? std::string() : Period::of_day(found->second).text();
    };
    switch (tally.date) {
      case Tally::When::at_end: return "end";
      case Tally::When::each: return Period::of_day(world_.now.date()).text();
      case Tally::When::first: return mark("first:" + tally.event);
      case Tally::When::due: return mark("due:" + tally.event);
      case Tally::When::field: break;
    }
    const Values& from = tally.date_in_rows && row ? *row : record_.values;
    const auto found = from.find(tally.date_field);
    return found == from.end() ? std::string() : when_of(found->second);
  }

  void add(const Tally& tally, const PlaceId* place, std::string when, const Value* measure) {
    const auto* number = measure ? std::get_if<Decimal>(measure) : nullptr;
    Contribution one{
        .indicator = tally.to, .place = place ? *place : PlaceId{}, .when = std::move(when), .units = 1, .decimals = 0};
    one.beside = !place || one.when.empty() || (tally.sum && !number);
    if (tally.sum && !one.beside) {
      one.units = number->units();
      one.decimals = number->scale();
    }
    out_.push_back(std::move(one));
  }

  const Kind& kind_;
  const Record& record_;
  const World& world_;
  std::vector<Contribution> out_;
};

}   // namespace

Result<Contributions> contributions(const Kind& kind, const Record& record, const World& world) {
  return Teller(kind, record, world).run();
}

Result<std::vector<Contribution>> taken(const Kind& kind, const Record& record, const World& world,
                                        std::string_view step) {
  return Teller(kind, record, world).run(step);
}

std::vector<Contribution> changes(const std::vector<Contribution>& before, const std::vector<Contribution>& after) {
  std::vector<Contribution> out, gone, came;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(came));
  for (Contribution& one : gone) one.units = -one.units;
  out = std::move(gone);
  out.insert(out.end(), came.begin(), came.end());
  return out;
}

}   // namespace gangmu::record
