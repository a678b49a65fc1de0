// SPDX-License-Identifier: Apache-2.0
// Persons in a ledger's cells: names beside units.
#pragma once

#include <string>
#include <string_view>

namespace gangmu::plan {

/// A cell under "责任单位及责任人": what is surely a unit, in the order typed, with its part; everything else may be a
/// person. What is no unit by its last word (局, 委, 镇政府, 公司 …), or may as well be a name (李　明, 张局, 李新村),
/// is taken for a person: a unit hidden is mended by an answer, a name shown is not. The text itself when it holds
/// nothing but units.
struct UnitsAndPersons {
  std::string units;
  bool persons = false;
};
UnitsAndPersons apart(std::string_view text);

/// A cell under a plain "责任单位": all of it but what is spelled as a name (李四光, 王副局长, 市水务局李四光) or
/// stands behind the label of one (牵头领导：李四). The text itself when it names nobody.
UnitsAndPersons beside_units(std::string_view text);

/// A head that may be one of persons though no field is known by it: 项目经理, 村书记, 市级河长, 责任科室及人员.
bool head_may_name_persons(std::string_view header);
/// A label that a name stands behind: 牵头领导, 组长, 联系电话; not 书记项目.
bool names_a_post(std::string_view label);
/// The cell is spelled as names and nothing else: 张三丰、李四光.
bool spelled_as_names(std::string_view text);

/// Surely a unit by its last word, not a name: 市水利局, 各有关单位.
bool stands_for_unit(std::u32string_view word);

}   // namespace gangmu::plan
