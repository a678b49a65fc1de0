// SPDX-License-Identifier: Apache-2.0
#include "app/records/opening.hpp"

#include <algorithm>
#include <charconv>

#include "app/errors.hpp"
#include "app/records/act.hpp"
#include "app/records/record_numbers.hpp"
#include "pack/records.hpp"
#include "record/opening.hpp"
#include "record/ways_out.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

using record::Kind;
using record::RecordId;
using ByNumber = std::map<std::pair<std::string, std::string>, RecordId>;   ///< by kind and number in the pack

/// What the store holds of it.
Result<ByNumber> held(store::Database& database, const record::Catalogue& kinds, const std::vector<PlaceId>& homes,
                      Seq as_of) {
  ByNumber out;
  for (const auto& kind : kinds.kinds())
    for (const PlaceId home : homes) {
      TRY_ASSIGN(const auto ids, store::records::claiming(database, home, kind->id(), "pack"));
      for (const RecordId& id : ids) {
        TRY_ASSIGN(const auto document, store::records::document(database, id, as_of));
        if (document) out[{kind->id(), (*document)["o"].string_or("")}] = id;
      }
    }
  return out;
}

const record::Field* place_field(const Kind& kind) {
  const record::Field* found = kind.field("place");
  for (const record::Field& field : kind.fields())
    if (!found && field.type == record::Type::place && field.stored() && !field.personal) found = &field;
  return found;
}

void referred_kinds(const std::vector<record::Field>& fields, std::set<std::string>& out) {
  for (const record::Field& field : fields) {
    if (field.type == record::Type::ref) out.insert(field.spec.to);
    referred_kinds(field.spec.rows, out);
  }
}

class Writing {
 public:
  Writing(store::Tx& tx, const OpeningRecords& all, const std::set<pack::ObjectKey>& taken)
      : tx_(tx), all_(all), taken_(taken) {
    names_.place = [this, codes = all.pack.codes()](std::string_view code) -> std::optional<PlaceId> {
      const auto found = codes.find(std::string(code));
      return found == codes.end() ? std::nullopt : std::optional(all_.places.at(found->second));
    };
    names_.record = [this](const std::string& kind, std::string_view number) -> std::optional<RecordId> {
      const auto found = known_.find({kind, std::string(number)});
      return found == known_.end() ? std::nullopt : std::optional(found->second);
    };
  }

  Status run() {
    TRY_ASSIGN(known_, held(tx_.database(), all_.kinds, all_.homes, tx_.seq()));
    TRY(give_addresses());
    for (const Kind* kind : in_order())
      for (const Json& row : all_.pack.records.at(kind->id()))
        if (is_taken(*kind, row)) TRY(write(*kind, row));
    return {};
  }

 private:
  [[nodiscard]] bool is_taken(const Kind& kind, const Json& row) const {
    return taken_.contains(pack::ObjectKey{"record", kind.id() + "/" + row["id"].string_or("")});
  }

  /// Rows refer to one another, so each has its address before any is written.
  Status give_addresses() {
    for (const auto& [id, rows] : all_.pack.records) {
      const Kind& kind = *all_.kinds.find(id);
      RecordNumbers numbers(kind, tx_);
      for (const Json& row : rows) {
        const std::pair<std::string, std::string> name{id, row["id"].string_or("")};
        if (known_.contains(name) || !is_taken(kind, row)) continue;
        const PlaceId home = all_.tree.home(node_of(kind, row));
        TRY_ASSIGN(RecordNumbers::Given given, numbers.next(home));
        numbers_[given.id] = std::move(given.no);
        known_[name] = std::move(given.id);
      }
    }
    return {};
  }

  [[nodiscard]] place::NodeIndex node_of(const Kind& kind, const Json& row) const {
    const record::Field* field = place_field(kind);
    const auto place = field ? names_.place(row[field->name].string_or("")) : std::nullopt;
    const place::NodeIndex node = place ? all_.tree.find(*place) : place::no_node;
    if (node != place::no_node) return node;
    const Json& programme = all_.pack.programme;
    const place::NodeIndex focus = all_.tree.find_code(programme["focus"].string_or(programme["root"].string_or("")));
    return focus == place::no_node ? 0 : focus;
  }

  /// What is referred to before what refers to it, as far as kinds don't refer to each other in a circle.
  [[nodiscard]] std::vector<const Kind*> in_order() const {
    std::vector<const Kind*> out, left;
    for (const auto& [id, rows] : all_.pack.records) left.push_back(all_.kinds.find(id));
    const auto waits = [&](const Kind* kind) {
      std::set<std::string> needs;
      referred_kinds(kind->fields(), needs);
      return std::ranges::any_of(left, [&](const Kind* other) { return other != kind && needs.contains(other->id()); });
    };
    while (!left.empty()) {
      auto next = std::ranges::find_if_not(left, waits);
      if (next == left.end()) next = left.begin();
      out.push_back(*next);
      left.erase(next);
    }
    return out;
  }

  Status write(const Kind& kind, const Json& row) {
    auto written = decided(kind, row);
    if (written) return {};
    Diagnostics faults = written.error().all();
    for (Diagnostic& one : faults) {
      const std::string cell = one.where.file;   // the field, where it is known
      one.where = {.file = "records/" + kind.id() + ".csv",
                   .line = 0,
                   .column = 0,
                   .cell = "id " + row["id"].string_or("") + (cell.empty() ? "" : " · " + cell)};
    }
    return fail(std::move(faults));
  }

  Status decided(const Kind& kind, const Json& row) {
    const std::string number = row["id"].string_or("");
    const RecordId id = known_.at({kind.id(), number});
    record::Asked asked{.step = std::string(record::step_opening), .typed = {}};
    asked.state = row["state"].string_or("");
    asked.opening = number;
    TRY_ASSIGN(asked.typed, record::opening_values(kind, row, all_.kinds, names_));
    TRY_ASSIGN(const auto document, store::records::document(tx_.database(), id, tx_.seq()));
    std::optional<record::Record> before;
    if (document) { TRY_ASSIGN(before, record::record_of(kind, id, *document)); }
    if (!before) asked.no = numbers_.at(id);
    RecordTables tables(tx_.database(), &all_.kinds, all_.tree, tx_.seq());
    TRY_ASSIGN(const auto calendar, calendar_in());
    record::Actor actor;   // the office of its place is held to have raised it
    actor.who = {record::Who::Kind::unit, all_.tree[node_of(kind, row)].code};
    const record::World world{tx_.at(), all_.kinds, *calendar, actor, tables, {}};
    auto event = record::decide(kind, before ? &*before : nullptr, id, asked, world);
    TRY(tables.status());
    if (!event) return fail(event.error());
    if (event->empty()) return {};
    TRY(keys_free(tx_, id, *event));
    tx_.uses("kind", kind.id(), kind.version());
    return store::records::append(tx_, id, *std::move(event));
  }

  Result<std::shared_ptr<const Calendar>> calendar_in() {
    if (calendar_) return calendar_;
    calendar_ = std::make_shared<const Calendar>();
    const std::string id = all_.pack.programme["calendar"].string_or("");
    const auto* definition = id.empty() ? nullptr : all_.pack.find("calendar", id);
    if (definition) {
      TRY_ASSIGN(Calendar calendar, pack::calendar_of(*definition));
      calendar_ = std::make_shared<const Calendar>(std::move(calendar));
    }
    return calendar_;
  }

  store::Tx& tx_;
  const OpeningRecords& all_;
  const std::set<pack::ObjectKey>& taken_;
  ByNumber known_;
  std::map<RecordId, std::string> numbers_;   ///< that people read, of those that begin
  record::OpeningNames names_;
  std::shared_ptr<const Calendar> calendar_;
};

}   // namespace

Status write_opening_records(store::Tx& tx, const OpeningRecords& all, const std::set<pack::ObjectKey>& taken) {
  return Writing(tx, all, taken).run();
}

Result<std::map<std::string, std::vector<Json>>> opening_records(store::Store& store, const store::View& view,
                                                                 const std::function<std::string(PlaceId)>& code) {
  std::map<std::string, std::vector<Json>> out;
  if (!view.records.catalogue) return out;
  const record::Catalogue& kinds = *view.records.catalogue;
  return store.read([&](store::Database& database) -> Result<std::map<std::string, std::vector<Json>>> {
    TRY_ASSIGN(const ByNumber all, held(database, kinds, view.homes->all(), view.seq));
    std::map<RecordId, std::string> numbers;
    for (const auto& [name, id] : all) numbers[id] = name.second;
    RecordTables tables(database, view, view.seq);
    record::OpeningNames names;
    names.code = code;
    names.number = [&](const RecordId& id) {
      const record::Record* stands = tables.referred(id);   // one that was merged is in no pack any more
      const auto found = numbers.find(stands ? stands->id : id);
      return found == numbers.end() ? std::string() : found->second;
    };
    for (const auto& [name, id] : all) {
      const Kind& kind = *kinds.find(name.first);
      TRY_ASSIGN(const auto document, store::records::document(database, id, view.seq));
      TRY_ASSIGN(const record::Record record, record::record_of(kind, id, *document));
      if (record.voided || !kind.source().opening) continue;
      Json row = record::opening_row(kind, record.values, names);
      row.set("id", name.second);
      if (kind.flow() && record.standing.state != kind.flow()->start())
        row.set("state", kind.flow()->states()[record.standing.state].id);
      out[name.first].push_back(std::move(row));
    }
    const auto number_in = [](const Json& row) {
      std::int64_t n = 0;
      const std::string text = row["id"].string_or("");
      std::from_chars(text.data(), text.data() + text.size(), n);
      return n;
    };
    for (auto& [kind, rows] : out) std::ranges::sort(rows, {}, number_in);
    return std::move(out);
  });
}

}   // namespace gangmu::app
