// SPDX-License-Identifier: Apache-2.0
// programme.yaml: what the programme is. Its fields are those of the layout table; a field that is not there is a fault
// with the nearest known name.
#include "base/text.hpp"
#include "pack/common.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"

namespace gangmu::pack {
namespace {

/// Scalars as the text the column checks read; a code typed without quotes arrives as an integer.
std::string scalar_text(const Json& value) {
  if (const auto* s = value.string()) return *s;
  return value.is_null() ? "" : value.canonical();
}

}   // namespace

void Reader::read_programme() {
  const std::string file = "programme.yaml";
  units_ = common_units();
  default_from_ = Date{};
  const auto found = files_.find(file);
  if (found == files_.end()) return;   // check_paths has said so
  const auto yaml = read_yaml(text_of(found->second, file, faults), file);
  if (!yaml) return faults.add(yaml.error());
  const FileLayout& layout = *layout_of(file);
  const auto* object = yaml->value.object();
  if (!object) return faults.add(errors::field_missing, {"id", "id: …"}, yaml->at(""));

  std::vector<std::string> names;
  for (const Column& column : layout.columns) names.emplace_back(column.name);
  for (const auto& [key, value] : *object) {
    if (layout.column(key)) continue;
    const auto [zh, en] = did_you_mean(key, names);
    faults.add(errors::field_unknown, {key, zh, en}, yaml->at("/" + key));
  }
  for (const Column& column : layout.columns) {
    const Json& value = yaml->value[column.name];
    const Position where = yaml->at("/" + std::string(column.name));
    if (value.is_null()) {
      if (column.required) faults.add(errors::field_missing, {std::string(column.name), std::string(column.en)}, where);
    } else if (column.type == ColumnType::object) {
      if (value.array())
        pack.programme.set(column.name, value);
      else
        faults.add(errors::cell_form,
                   {std::string(column.name), scalar_text(value), "列表（- 一行一个）", "a list (- one a line)"},
                   where);
    } else if (Json checked = cell(column, scalar_text(value), where); !checked.is_null()) {
      pack.programme.set(column.name, std::move(checked));
    }
  }
  if (const auto* units = pack.programme["units"].array())
    for (const Json& unit : *units) units_.insert(unit.string_or(""));
  if (const auto* headlines = pack.programme["headlines"].array())
    for (std::size_t i = 0; i < headlines->size(); ++i)
      pending_.push_back(
          {"headlines", "indicator", (*headlines)[i].string_or(""), yaml->at("/headlines/" + std::to_string(i))});
  check_uses(*yaml);
  if (const auto from = Date::parse(pack.programme["valid_from"].string_or(""))) default_from_ = *from;
}

/// What is used has become the pack's own: only its files count from now on.
void Reader::check_uses(const Yaml& yaml) {
  const auto* uses = yaml.value["uses"].array();
  for (std::size_t i = 0; uses && i < uses->size(); ++i) {
    const std::string used = (*uses)[i].string_or("");
    if (files_.contains(common_marker(used))) continue;
    faults.add(errors::uses_unknown, {used, used.substr(0, used.find('@'))}, yaml.at("/uses/" + std::to_string(i)));
  }
  if (uses) pack.programme.object()->erase("uses");
}

}   // namespace gangmu::pack
