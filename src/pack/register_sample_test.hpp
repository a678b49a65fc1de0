// SPDX-License-Identifier: Apache-2.0
// The tiny pack with a register: a kind of matters and a kind of things, their flow, code list and limits.
#pragma once

#include "pack/sample_test.hpp"

namespace gangmu::pack::sample {

inline Files with_registers() {
  Files files = tiny();
  files["law.csv"] =
      "id,title_zh,in_force\n"
      "xf,信访工作条例,2022-05-01\n";
  files["limits.csv"] =
      "id,n,unit,from,until,law,article,extension,extensions,own\n"
      "xf.inform,15,d,2022-05-01,,xf,第二十三条,,,\n"
      "xf.handle,60,d,2022-05-01,,xf,第三十四条,30,1,\n"
      "own.check,5,wd,2020-01-01,,,,,,true\n";
  files["codes/need.csv"] =
      "code,zh,en,until,into\n"
      "money,资金,Money,,\n"
      "land,用地,Land,,\n"
      "site,场地,Site,2022-12-31,land\n";
  files["flows/matter@1.yaml"] =
      "id: matter@1\n"
      "states:\n"
      "  raised: open\n"
      "  answered: {is: wait, zh: 已答复, en: Answered}\n"
      "  done: final\n"
      "steps:\n"
      "  answer: {from: raised, to: answered, by: answerer, need: [reply], set: {met: \"yes\", answered_on: due_on}}\n"
      "  accept: {from: answered, to: done, by: raiser}\n"
      "clocks:\n"
      "  inform: {start: raised, stop: answer, budget: xf.inform}\n"
      "  check: {start: answer, stop: accept, budget: own.check, ladder: [{at: \"100%\", notify: county_office}]}\n";
  files["kinds/matter.yaml"] =
      "id: matter\n"
      "is: {zh: 事项, en: Matter, home: county, number: \"SX{yyyy}-{n:4}\", title: [text], flow: matter@1, enter: "
      "[town_clerk]}\n"
      "fields:\n"
      "  text: {type: text, max: 500, need: always}\n"
      "  place: {type: place, need: always}\n"
      "  site: {type: ref, to: site, inverse: matters}\n"
      "  need: {type: choice, list: need}\n"
      "  answerer: {type: who, of: [unit, post], need: always}\n"
      "  due_on: date\n"
      "  answered_on: {type: date}\n"
      "  met: {type: flag}\n"
      "  reply: {type: text, max: 1000}\n"
      "tallies:\n"
      "  - {to: pop, measure: count, date: due(inform)}\n"
      "rights:\n"
      "  read: [{to: units, where: place in scope}]\n"
      "  edit: [{to: raiser, where: raiser == my.unit}]\n"
      "views: {list: [text, place], board: state}\n";
  files["kinds/site.yaml"] =
      "id: site\n"
      "is: {version: 1, zh: 地块, en: Site, home: county, key: [name], title: [name]}\n"
      "fields:\n"
      "  name: {type: text, max: 80, need: always}\n"
      "  place: {type: place, level: town, need: always}\n"
      "  owner: {type: person, personal: true}\n"
      "  crops: {type: rows, key: [year], of: {year: {type: period, kind: year}, yield: {type: number, unit: 公斤, "
      "decimals: 1}}}\n"
      "  total: {type: number, unit: 公斤, decimals: 1, \"=\": sum(crops.yield)}\n"
      "  open_matters: {type: number, decimals: 0, \"=\": count(matter.site where state == raised)}\n";
  return files;
}

/// with_registers() with `what` replaced by `by`, once, in one file.
inline Files registers_changed(const std::string& path, const std::string& what, const std::string& by) {
  Files files = with_registers();
  std::string& bytes = files[path];
  bytes.replace(bytes.find(what), what.size(), by);
  return files;
}

}   // namespace gangmu::pack::sample
