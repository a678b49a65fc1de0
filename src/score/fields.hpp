// SPDX-License-Identifier: Apache-2.0
// The fields of a scheme and of a variation, as data: what the reader lets through and what docs/schemes.md tells.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gangmu::score {

enum class FieldForm : std::uint8_t {
  text,
  whole,         ///< a whole number
  number,        ///< plain notation, up to nine decimals
  weight,        ///< per cent, or a fraction such as 1/3
  weights,       ///< a weight, or a map from class to weight
  yes_no,        ///< true, false
  word,          ///< one of `values`
  words,         ///< a list of such
  date,          ///< 2023-06-30
  base,          ///< last_year, same_period_last_year, previous, 3_years_ago, 2020
  texts,         ///< a list of texts
  weight_list,   ///< a list of weights
  rows,          ///< a list of lists of numbers
  group,         ///< fields of the group named in `values`
  groups         ///< a list of such, or (fn_by_class) a map from class to one
};

struct SchemeField {
  std::string_view name;
  FieldForm form;
  bool required = false;
  std::string_view values = {};      ///< words, separated by |, or a group's name; of numbers their range
  std::string_view otherwise = {};   ///< what holds when it is left out
  std::string_view zh = {}, en = {};
};

struct FieldGroup {
  std::string_view name;   ///< "scheme"
  std::string_view zh, en;
  std::span<const SchemeField> fields;
};

/// In the order of the document.
std::span<const FieldGroup> field_groups();
const FieldGroup& field_group(std::string_view name);

}   // namespace gangmu::score
