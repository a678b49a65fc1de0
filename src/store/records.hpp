// SPDX-License-Identifier: Apache-2.0
// Records of kinds (台账). What happened is in table record_event, append-only and journalled; documents, keys, ways
// back and contributions are applied from it by `apply`, which a write and a replay call alike and which runs no rule:
// it patches, and compares what the document claims before and after.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/columns.hpp"
#include "store/record_picture.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct RecordEvent {
  record::RecordId id{};
  Seq seq{};
  int n = 0;   ///< order within one entry
  Json body{};
};

namespace records {
/// Where an event stands in its record's history.
struct EventPlace {
  EventPlace(Seq s, int place = 0) : seq(s), n(place) {}   // NOLINT(google-explicit-constructor): before an entry
  Seq seq;
  int n;
};
}   // namespace records

/// The last value of one cell and how it came about.
struct Tallied {
  record::RecordId id{};
  Seq seq{};
  Decimal value{};
};

namespace records {

/// Adds what happened, and applies it. Actor and time are filled in where there are none. Error: row_exists when a key
/// is taken.
Status append(Tx& tx, const record::RecordId& id, record::Event event);

/// The document as it was after entry `as_of`, with its `seq`; nothing when there was none yet.
Result<std::optional<Json>> document(Database& database, const record::RecordId& id, Seq as_of);
/// The last `most` events known at `as_of` that stand before `before`, oldest first.
Result<std::vector<RecordEvent>> events_before(Database& database, const record::RecordId& id, Seq as_of,
                                               EventPlace before, std::size_t most);
/// Whether any event known at `as_of` holds ciphertext of what was hidden in its texts.
Result<bool> any_hidden(Database& database, const record::RecordId& id, Seq as_of);
/// Whether an event up to `as_of` named that file.
Result<bool> named_file(Database& database, const record::RecordId& id, const Digest& digest, Seq as_of);
/// What changed after entry `base`.
Result<record::Touched> touched_since(Database& database, const record::RecordId& id, Seq base);

/// The highest number of a home's records of a kind; 0: none yet.
Result<std::int64_t> last_number(Database& database, PlaceId home, std::string_view kind);
/// The same over all homes, also of places that are no more: for a kind whose numbers are one series. Looks through the
/// keys of all records.
Result<std::int64_t> last_number(Database& database, std::string_view kind);
/// The highest number of a series; the numbers of one series begin alike and end in a count and perhaps more.
Result<std::int64_t> last_in_series(Database& database, PlaceId home, std::string_view kind, std::string_view series);
/// Who claims a key; `name`: "key", "no" for the number people read, "void" for
/// the address number of one that is, "pack" for its number in the pack that brought it.
Result<std::optional<record::RecordId>> holder(Database& database, PlaceId home, std::string_view kind,
                                               std::string_view name, std::string_view value);
/// Every claim of one name under a home: what is claimed, and by whom.
Status each_claim(Database& database, PlaceId home, std::string_view kind, std::string_view name,
                  const std::function<void(std::string_view value, const record::RecordId& holder)>& visit);
/// What entry `seq` did to the records of a kind at a home, in order of their numbers.
Result<std::vector<RecordEvent>> events_at(Database& database, PlaceId home, std::string_view kind, Seq seq);
/// Those of a home that claim any value under a name, by their numbers: "void"; "pack": a pack brought them.
Result<std::vector<record::RecordId>> claiming(Database& database, PlaceId home, std::string_view kind,
                                               std::string_view name);
/// Records of `kind` whose `field` refers to `id`, in order.
Result<std::vector<record::RecordId>> referring(Database& database, const record::RecordId& id, std::string_view kind,
                                                record::FieldId field);
/// Those of the same kind that were merged into `id` or into one of these, in order.
Result<std::vector<record::RecordId>> merged_into(Database& database, const record::RecordId& id);
/// Contributions to one cell known at `as_of`, in order: their sum is its value.
Result<std::vector<Tallied>> tallied(Database& database, PlaceId home, std::string_view indicator, PlaceId place,
                                     std::string_view period, Seq as_of);

/// What events do to the derived tables. Shape: rows of record_event, in the order they were written.
Status apply(Database& database, std::span<const Row> events);

/// Documents of a home's records of a kind with numbers above `after`, in order, `most` of them; void ones, too.
Result<std::vector<record::Change>> page(Database& database, PlaceId home, std::string_view kind, std::int64_t after,
                                         std::size_t most);
/// All documents of a kind, or of all; in order of home and number.
Status for_each(Database& database, const std::function<Status(record::Change&&)>& visit);

}   // namespace records
}   // namespace gangmu::store
