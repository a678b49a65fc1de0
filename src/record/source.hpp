// SPDX-License-Identifier: Apache-2.0
// A kind as it was written: texts with positions. YAML of a pack, JSON of a published definition and a program's own
// declaration end here; `Catalogue::make` proves them together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/written.hpp"
#include "flow/source.hpp"
#include "record/field.hpp"

namespace gangmu::record {

struct FieldSource {
  Written name{};
  int id = 0;   ///< 0: not yet numbered
  Written type{};
  std::string zh{}, en{};
  std::optional<Written> max{}, least{}, most{}, decimals{}, unit{}, show{}, list{}, to{}, inverse{}, period{}, need{},
      check{}, source{}, datum{}, computed{}, take{}, was{};
  std::vector<Written> of{}, levels{}, row_key{};
  std::vector<Written> alias{};   ///< what sheets call it as well
  bool many = false, personal = false, na = false;
  int since = 1;
  int until = 0;   ///< the last version that asks it; 0: it still does
  std::vector<FieldSource> rows{};
  std::vector<Written> inline_list{};   ///< a choice whose codes stand in the field itself
};

struct TallySource {
  Written to{}, measure{};
  std::optional<Written> when{}, date{}, place{};
};

struct RightSource {
  std::vector<Written> to{};
  std::optional<Written> where{};
};

/// What takes the place of what a narrower version can't hold: of states, of codes by field, of values by formula.
struct MapSource {
  std::vector<std::pair<Written, Written>> states{}, fields{};
  std::vector<std::pair<Written, std::vector<std::pair<Written, Written>>>> codes{};
  Position where{};
};

struct KindSource {
  Written id{};
  int version = 1;
  std::string zh{}, en{};
  std::optional<Written> home{}, number{}, flow{};
  std::vector<Written> key{}, title{}, enter{}, import{}, checks{}, public_fields{};
  bool offline = false, volume = false, opening = false;
  std::vector<FieldSource> fields{};
  std::vector<TallySource> tallies{};
  std::vector<RightSource> read{}, edit{};
  std::vector<std::pair<Written, std::vector<Written>>> unseal{};
  std::vector<std::pair<std::string, std::vector<Written>>> views{};
  std::optional<MapSource> map{};
};

struct CodeSource {
  Written code{};
  std::string zh{}, en{};
  std::optional<Date> from{}, until{};   ///< first and last day it may be chosen
  std::string into{};                    ///< what it was merged into
};

/// Reads the form of docs/kinds.md. Faults of form go to the members' document.
KindSource read_kind(Members members, Written id);
std::vector<CodeSource> read_codes(Members& members, std::string_view key);

/// Numbers for fields that have none: those of `before` by name (or by `was`), new ones behind the highest ever given.
KindSource numbered(KindSource source, const KindSource* before);

}   // namespace gangmu::record
