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
    for (const Tally& tally : kind_.tallies()) TRY(tell(tally));
    std::sort(out_.all.begin(), out_.all.end());
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
      case Tally::When::first: return mark("first:" + tally.event);
      case Tally::When::due: return mark("due:" + tally.event);
      case Tally::When::field: break;
    }
    const Values& from = tally.date_in_rows && row ? *row : record_.values;
    const auto found = from.find(tally.date_field);
    return found == from.end() ? std::string() : when_of(found->second);
  }

  /// A measure that is not there contributes nothing; one without day or place is counted beside the figure.
  void add(const Tally& tally, const PlaceId* place, std::string when, const Value* measure) {
    Contribution one{
        .indicator = tally.to, .place = place ? *place : PlaceId{}, .when = std::move(when), .units = 1, .decimals = 0};
    if (tally.sum) {
      const auto* number = measure ? std::get_if<Decimal>(measure) : nullptr;
      if (!number) return;
      one.units = number->units();
      one.decimals = number->scale();
    }
    if (!place || one.when.empty())
      ++out_.unplaced;
    else
      out_.all.push_back(std::move(one));
  }

  const Kind& kind_;
  const Record& record_;
  const World& world_;
  Contributions out_;
};

}   // namespace

Result<Contributions> contributions(const Kind& kind, const Record& record, const World& world) {
  return Teller(kind, record, world).run();
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
