// SPDX-License-Identifier: Apache-2.0
// What a View shows of records: the kinds there are and their columns. Names only, so that whoever reads figures or
// tasks need not know records.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"
#include "record/value.hpp"
#include "store/shelf.hpp"

namespace gangmu::record {
class Catalogue;
class Columns;
}   // namespace gangmu::record

namespace gangmu::store {

class Definitions;

/// Which kinds there are, from the definitions; given by whoever knows how they stand in them.
using CatalogueReader = std::function<Result<std::shared_ptr<const record::Catalogue>>(const Definitions& definitions)>;

/// A record with its document, of a kind that is kept whole.
struct WholeRecord {
  record::RecordId id{};
  Json document{};   ///< with its `seq`
  [[nodiscard]] const record::RecordId& key() const { return id; }
  [[nodiscard]] Seq seq() const { return Seq{document["seq"].integer_or(0)}; }
};

struct Records {
  std::shared_ptr<const record::Catalogue> catalogue{};   ///< null: no kinds
  std::map<std::string, std::shared_ptr<const record::Columns>, std::less<>> kinds{};
  std::map<std::string, Shelf<WholeRecord>, std::less<>> whole{};   ///< of kinds of the program (Kind::whole)
  [[nodiscard]] const record::Columns* find(std::string_view kind) const {
    const auto found = kinds.find(kind);
    return found == kinds.end() ? nullptr : found->second.get();
  }
};

}   // namespace gangmu::store
