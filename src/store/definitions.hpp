// SPDX-License-Identifier: Apache-2.0
// Definitions by kind and id, all versions. Published once, never changed; a change is the next version.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/definition.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

/// A definition as it stands in the table, with the entry that published it.
struct StoredDefinition : Definition {
  Seq seq;
};

/// The immutable catalogue of one View. Kinds nobody changed are shared with the catalogue before.
class Definitions {
 public:
  using Versions = std::vector<std::shared_ptr<const StoredDefinition>>;   ///< ascending

  /// The last version, retired or not; nullptr when there is none.
  [[nodiscard]] const StoredDefinition* latest(std::string_view kind, std::string_view id) const;
  [[nodiscard]] const StoredDefinition* version(std::string_view kind, std::string_view id, int version) const;
  /// The last version valid on a date.
  [[nodiscard]] const StoredDefinition* valid_on(std::string_view kind, std::string_view id, Date date) const;
  /// The latest of each id of a kind in order of id, without retired ones.
  [[nodiscard]] std::vector<const StoredDefinition*> list(std::string_view kind) const;
  [[nodiscard]] Versions versions(std::string_view kind, std::string_view id) const;
  /// Those that still say something, by valid_from: a version published later takes the place of what stood from its
  /// day on.
  [[nodiscard]] Versions timeline(std::string_view kind, std::string_view id) const;
  [[nodiscard]] std::vector<std::string> kinds() const;
  /// All ids of a kind in order, retired ones too.
  [[nodiscard]] std::vector<std::string> ids(std::string_view kind) const;

  [[nodiscard]] std::shared_ptr<const Definitions> with(std::vector<StoredDefinition> added) const;

 private:
  using Kind = std::map<std::string, Versions, std::less<>>;
  std::map<std::string, std::shared_ptr<const Kind>, std::less<>> kinds_;
};

namespace definitions {

/// The next version; when the latest has equal bytes, equal valid_from and is not retired it is returned and nothing is
/// written.
Result<StoredDefinition> publish(Tx& tx, std::string_view kind, std::string_view id, Date valid_from, Json body);
/// A version that says `retired`. Error: no_such_row. Already retired: returned as it is.
Result<StoredDefinition> retire(Tx& tx, std::string_view kind, std::string_view id, Date valid_from);
Result<std::optional<StoredDefinition>> latest(Tx& tx, std::string_view kind, std::string_view id);
Result<std::vector<StoredDefinition>> list(Tx& tx, std::string_view kind);   ///< latest of each id, retired ones too

Result<StoredDefinition> of_row(const Row& row);
Result<std::shared_ptr<const Definitions>> load(Database& database);

}   // namespace definitions
}   // namespace gangmu::store
