// SPDX-License-Identifier: Apache-2.0
// What cells of a sheet name outside their kind: places, units and posts, records of other registers.
#pragma once

#include <map>
#include <string>

#include "app/place_names.hpp"
#include "app/records/desk.hpp"
#include "record/cell.hpp"

namespace gangmu::app {

class SheetNames final : public record::CellNames {
 public:
  explicit SheetNames(const Desk& desk) : desk_(desk), places_(desk.picture()) {}
  [[nodiscard]] std::optional<PlaceId> place(std::string_view typed) const override;
  /// "post:…" as it stands; the office of a place by its code; else a unit by its name.
  [[nodiscard]] std::optional<record::Who> who(std::string_view typed, const record::Field& field) const override;
  /// Its address, its number, or its title where only one that this reader may see has it.
  [[nodiscard]] std::optional<record::RecordId> record(std::string_view typed,
                                                       const record::Field& field) const override;

 private:
  using Known = std::multimap<std::string, record::RecordId, std::less<>>;
  [[nodiscard]] const Known& known(const std::string& kind) const;
  const Desk& desk_;
  PlaceNames places_;
  mutable std::map<std::string, std::optional<PlaceId>, std::less<>> found_places_;
  mutable std::map<std::string, Known, std::less<>> known_;   ///< numbers and titles, by register
};

}   // namespace gangmu::app
