// SPDX-License-Identifier: Apache-2.0
// The one decision about a record: what an act changes of it, or every reason why not. Pure; rights are asked before by
// the host
// (`Kind::edit`, `Step::by`), which also seals personal values.
//
//   base by field → typed → set and taken → rule → computed → guard and needs → clocks → computed → checks → tallies →
//   difference
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "record/record.hpp"

namespace gangmu::record {

/// What the host knows of the world around a record.
class Lookup {
 public:
  virtual ~Lookup() = default;
  /// A record referred to; null when it is not there or may not be read.
  [[nodiscard]] virtual const Record* referred(const RecordId&) const { return nullptr; }
  /// Calls for each record of `kind` whose `field` names `id`, in order of number.
  virtual void referring(std::string_view, FieldId, const RecordId&, const std::function<void(const Record&)>&) const {}
  [[nodiscard]] virtual std::string line_of(const Who&) const { return {}; }
  [[nodiscard]] virtual std::optional<PlaceId> place_of(const Who&) const { return {}; }
  [[nodiscard]] virtual bool in_scope(PlaceId) const { return false; }
  /// Fields of the record changed after `base` by others.
  [[nodiscard]] virtual std::set<FieldId> changed_since(const RecordId&, Seq) const { return {}; }
  /// Of a field of rows: which rows (`Touched::rows`); nothing: it is not known, so any.
  [[nodiscard]] virtual std::optional<std::set<int>> rows_changed_since(const RecordId&, FieldId, Seq) const {
    return {};
  }
  /// The place above in the tree; nothing at its top.
  [[nodiscard]] virtual std::optional<PlaceId> above(PlaceId) const { return {}; }
  /// The unit that answers for a place.
  [[nodiscard]] virtual std::optional<Who> office_of(PlaceId) const { return {}; }
  /// For fields that say of which levels a place must be; nothing: not known, so not checked.
  [[nodiscard]] virtual std::optional<place::Level> level_of(PlaceId) const { return {}; }
};

struct Actor {
  Who who{};   ///< the unit or post acted for
  Who post{};
  std::string line{};
  std::optional<PlaceId> place{};
};

struct World {
  Instant now{};
  const Catalogue& catalogue;
  const Calendar& calendar;
  const Actor& actor;
  const Lookup& lookup;
  std::vector<std::string> lines{};
};

struct Asked {
  std::string step{};   ///< create, edit, a step of the flow, or "extend-" and the id of a clock
  Values typed{};       ///< Gap::missing clears; rows: only those that change, a row without values goes
  std::string reason{};
  Seq base{};              ///< what the person saw
  std::string no{};        ///< of one that begins: the number people read
  std::string state{};     ///< and where it stands already, when it comes from a list; empty: at its start
  std::string sealed{};    ///< ciphertext of what was hidden in the reason or in a text
  std::string opening{};   ///< its number in the pack that brings it (step_opening); typed are all its values
};

/// What only code can say of a step; kinds of packs have none.
using Rule = std::function<Result<Values>(const Record& before, Values after, const Asked&, const World&)>;
using Rules = std::map<std::string, Rule, std::less<>>;

/// `before` null: a record that begins. All faults at once. An event that changes nothing is answered empty.
Result<Event> decide(const Kind& kind, const Record* before, const RecordId& id, const Asked& asked, const World& world,
                     const Rules& rules = {});

/// A personal value in clear, which the host asks before it seals it: does it fit the field? The value as it is to be
/// sealed.
Result<Value> fitting_clear(const Field& field, const Value& typed, const Catalogue& catalogue, Date today);

/// Steps that could be taken now as to state, count, time and guard; rights are the host's.
std::vector<std::string> possible_steps(const Kind& kind, const Record& record, const World& world);

/// Clocks that run and could be extended once more; rights are the host's (`ClockRule::extend_who`).
std::vector<std::string> extensible_clocks(const Kind& kind, const Record& record, const World& world);

/// Whether a condition over the record is a yes; what is absent or overflows is none.
bool holds(const Kind& kind, const Record& record, const World& world, const formula::Tree& condition);

/// What is read and never stored: computed fields that look at other records, roll them up, or depend on the day.
Values read_now(const Kind& kind, const Record& record, const World& world);

/// The same values by today's rules: for `doctor --rules` and tests. Nothing is repaired.
Result<Values> derived(const Kind& kind, const Record& record, const World& world);

}   // namespace gangmu::record
