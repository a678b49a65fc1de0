// SPDX-License-Identifier: Apache-2.0
// A host for tests: kinds declared as JSON, records held in a map, acts decided and applied, the laws checked at each.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "record/decide.hpp"
#include "record/tally.hpp"

namespace gangmu::record::testing {

using Shared = std::shared_ptr<const Catalogue>;

/// {"codes": {…}, "flows": […], "kinds": […], "indicators": […]}. A position is the JSON pointer, as its file.
Result<Shared> catalogue_of(const Json& declared);
Result<Shared> catalogue_of(const char* text);
/// ["position: text", …], or nothing where all is well.
std::vector<std::string> faults_in(const Json& declared);

const Calendar& calendar();
Instant at(std::string_view day);   ///< nine o'clock

/// By indicator, place, day and whether it stands beside the figure; cells that came to nothing are not there.
using Sums = std::map<std::tuple<std::string, std::int64_t, std::string, bool>, std::int64_t>;
void add(Sums& sums, const std::vector<Contribution>& all);

class Desk : public Lookup {
 public:
  explicit Desk(Shared catalogue) : catalogue_(std::move(catalogue)) {}

  std::map<RecordId, Record> records;
  std::map<RecordId, std::vector<Event>> events;
  Actor actor{
      .who = {Who::Kind::unit, "town"}, .post = {Who::Kind::post, "head"}, .line = "farm", .place = PlaceId{70}};
  Instant now = at("2023-06-16");
  std::map<std::string, PlaceId> unit_places{{"town", PlaceId{70}}, {"bureau", PlaceId{71}}};

  [[nodiscard]] const Catalogue& catalogue() const { return *catalogue_; }
  [[nodiscard]] const Kind& kind(std::string_view id) const { return *catalogue_->find(id); }
  [[nodiscard]] FieldId field(std::string_view kind, std::string_view name) const;
  [[nodiscard]] World world() const { return {now, *catalogue_, calendar(), actor, *this, {"farm", "trade"}}; }

  /// Decides; applies what was decided to the document of before.
  Result<Event> act(const RecordId& id, const Asked& asked);
  /// What another act of the kernel decided of a record that stands.
  Result<Event> keep(const RecordId& id, Result<Event> event);
  /// The same with typed values as JSON by name: {"name": "…"}.
  Result<Event> act(const RecordId& id, std::string step, const Json& typed = {}, Seq base = {});
  [[nodiscard]] std::string text(const RecordId& id, std::string_view field) const;   ///< canonical JSON, or "missing"

  /// Every law that ties a record to its last event and to all before it.
  void laws(const RecordId& id);

  const Record* referred(const RecordId& id) const override;
  void referring(std::string_view kind, FieldId field, const RecordId& id,
                 const std::function<void(const Record&)>& each) const override;
  [[nodiscard]] std::string line_of(const Who& who) const override { return who.id == "bureau" ? "trade" : "farm"; }
  [[nodiscard]] std::optional<PlaceId> place_of(const Who& who) const override;
  /// Places go 1 → 7 → 70, 71 …; the office of a place is the unit "office of 7".
  [[nodiscard]] std::optional<PlaceId> above(PlaceId place) const override;
  [[nodiscard]] std::optional<Who> office_of(PlaceId place) const override;
  [[nodiscard]] bool in_scope(PlaceId place) const override { return place.value < 100; }
  [[nodiscard]] std::set<FieldId> changed_since(const RecordId& id, Seq base) const override;
  [[nodiscard]] std::optional<std::set<int>> rows_changed_since(const RecordId& id, FieldId field,
                                                                Seq base) const override;

 private:
  [[nodiscard]] Touched touched(const RecordId& id, Seq base) const;
  Shared catalogue_;
  std::map<RecordId, Json> documents_;
  std::map<RecordId, Sums> told_;
  std::map<RecordId, std::size_t> seen_;
};

}   // namespace gangmu::record::testing
