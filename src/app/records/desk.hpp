// SPDX-License-Identifier: Apache-2.0
// Who looks at or acts on records. Each grant is a hat: a role, the place it reaches from, the unit it acts for. What
// one hat allows is allowed; what a kind says of rights (docs/kinds.md) is asked of each hat, and of every door the
// same way.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/picture.hpp"
#include "record/decide.hpp"
#include "record/query.hpp"
#include "store/records.hpp"

namespace gangmu::app {

struct Hat {
  std::string role{};   ///< empty: the machine or the console, who may what their rights allow
  place::NodeIndex node = 0;
  record::Who unit{};      ///< the department it holds for (line), else the office of its place by its code
  record::Actor actor{};   ///< as the kernel sees it
  bool writes = true;      ///< its role may enter, edit and take steps
  bool opens = true;       ///< and open registers: ways out of a flow are its acts
  bool tasks = true;       ///< and read tasks, as records refer to them
};

class Desk;

/// What a decision reads beside the record: others through the tables, as of an entry.
class RecordTables final : public record::Lookup {
 public:
  RecordTables(store::Database& database, const store::View& view, Seq as_of)
      : RecordTables(database, view.records.catalogue.get(), *view.tree, as_of) {}
  RecordTables(store::Database& database, const record::Catalogue* catalogue, const place::Tree& tree, Seq as_of)
      : database_(database), catalogue_(catalogue), tree_(tree), as_of_(as_of) {}
  void wear(const Hat* hat) { hat_ = hat; }
  /// From now on what this desk may not see is told as one that is not there.
  void seen_from(const Desk& desk) { desk_ = &desk; }
  /// A record as it is kept, whoever looks; null: there is none.
  [[nodiscard]] const record::Record* at(const record::RecordId& id) const;
  /// The one that goes on, of one that was merged.
  [[nodiscard]] const record::Record* referred(const record::RecordId& id) const override;
  void referring(std::string_view kind, record::FieldId field, const record::RecordId& id,
                 const std::function<void(const record::Record&)>& each) const override;
  [[nodiscard]] std::string line_of(const record::Who& who) const override;
  [[nodiscard]] std::optional<PlaceId> place_of(const record::Who& who) const override;
  [[nodiscard]] bool in_scope(PlaceId place) const override;
  [[nodiscard]] std::set<record::FieldId> changed_since(const record::RecordId& id, Seq base) const override;
  [[nodiscard]] std::optional<std::set<int>> rows_changed_since(const record::RecordId& id, record::FieldId field,
                                                                Seq base) const override;
  [[nodiscard]] std::optional<place::Level> level_of(PlaceId place) const override;
  [[nodiscard]] std::optional<PlaceId> above(PlaceId place) const override;
  [[nodiscard]] std::optional<record::Who> office_of(PlaceId place) const override;
  /// The first fault of a read that the kernel's interface can't carry.
  [[nodiscard]] const Status& status() const { return status_; }

 private:
  [[nodiscard]] record::Touched touched(const record::RecordId& id, Seq base) const;
  store::Database& database_;
  const record::Catalogue* catalogue_;
  const place::Tree& tree_;
  Seq as_of_;
  const Hat* hat_ = nullptr;
  const Desk* desk_ = nullptr;
  mutable std::map<record::RecordId, std::unique_ptr<record::Record>> seen_;
  mutable Status status_;
};

/// What an act needs: which hat, and why none.
class Desk {
 public:
  Desk(Service& service, const Picture& picture, const Call& call);

  [[nodiscard]] const record::Catalogue& catalogue() const { return *picture_.view->records.catalogue; }
  [[nodiscard]] const Picture& picture() const { return picture_; }
  [[nodiscard]] const std::vector<Hat>& hats() const { return hats_; }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const Calendar& calendar() const { return *calendar_; }

  /// A kind that is open and that the reader may know of. Errors: unknown_register.
  [[nodiscard]] Result<const record::Columns*> columns(std::string_view kind) const;
  [[nodiscard]] const record::Sight& sight(const record::Columns& columns) const;
  [[nodiscard]] bool sees(const record::Columns& columns, const record::RecordId& id) const;
  [[nodiscard]] bool sees(const record::RecordId& id) const;   ///< also of a kind that is not open

  /// The hat under which the act is allowed; null: none. `record` null: one that begins, at `place`.
  [[nodiscard]] const Hat* for_step(const record::Kind& kind, const record::Record& record, std::string_view step,
                                    RecordTables& tables) const;
  [[nodiscard]] const Hat* for_edit(const record::Kind& kind, const record::Record& record, RecordTables& tables) const;
  /// Who the flow names for it; where it names nobody, the office.
  [[nodiscard]] const Hat* for_extension(const record::Kind& kind, const record::Record& record,
                                         std::string_view clock) const;
  /// Correct, reopen, move, migrate, void and restore: the office of the region.
  [[nodiscard]] const Hat* for_way_out(const record::Kind& kind, const record::Record& record) const;
  /// Merging it with another, and taking that back: who may edit it, and of a closed one the office.
  [[nodiscard]] const Hat* for_merge(const record::Kind& kind, const record::Record& record,
                                     RecordTables& tables) const;
  [[nodiscard]] const Hat* for_create(const record::Kind& kind, std::optional<PlaceId> place) const;

  [[nodiscard]] bool reaches(const Hat& hat, PlaceId place) const { return reaches(hat, picture_.tree().find(place)); }

  [[nodiscard]] record::World world(const Hat& hat, RecordTables& tables) const;
  /// Where it stands in the tree of now; no_node: nowhere.
  [[nodiscard]] place::NodeIndex node_of(const record::Kind& kind, const record::Record& record) const;

 private:
  [[nodiscard]] bool reaches(const Hat& hat, place::NodeIndex node) const;
  [[nodiscard]] bool holds(const record::Right& right, const record::Kind& kind, const record::Record& record,
                           const Hat& hat, RecordTables& tables) const;
  [[nodiscard]] const Hat* acting(const std::vector<std::string>& by, const record::Kind& kind,
                                  const record::Record& record) const;
  [[nodiscard]] bool named(const std::vector<std::string>& who, const record::Kind& kind, const record::Record* record,
                           const Hat& hat) const;
  Picture picture_;
  Instant now_;
  std::vector<Hat> hats_;
  std::vector<std::string> lines_;
  std::shared_ptr<const Calendar> calendar_;
  mutable std::map<std::string, record::Sight, std::less<>> sights_;   ///< by kind, as asked for
};

/// Whether the office opened a kind: with an owner and the number of the list of registers it was entered in.
struct Opened {
  std::string owner{}, list_number{};
};
std::optional<Opened> opened(const store::View& view, std::string_view kind);

/// Working days as the programme publishes them; none: every day is unpublished.
std::shared_ptr<const Calendar> calendar_of(const store::View& view);

}   // namespace gangmu::app
