// SPDX-License-Identifier: Apache-2.0
// Each class of bad kind, flow, code list and limit once, with the line its reader gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pack/errors.hpp"
#include "pack/register_sample_test.hpp"

namespace gangmu::pack {
namespace {

using sample::registers_changed;
using sample::with_registers;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string matter_file = "kinds/matter.yaml", site_file = "kinds/site.yaml", flow_file = "flows/matter@1.yaml",
                  need_file = "codes/need.csv", limits_file = "limits.csv";

std::vector<std::string> told_of(const Files& files) {
  EXPECT_FALSE(read_pack(files));
  std::vector<std::string> out;
  for (Diagnostic one : lint(files)) {
    one.where.column = 0;
    out.push_back(one.line(Language::en));
  }
  return out;
}
std::vector<std::string> told(const std::string& path, const std::string& what, const std::string& by) {
  return told_of(registers_changed(path, what, by));
}

Files renamed(const std::string& from, const std::string& to) {
  Files files = with_registers();
  files[to] = files[from];
  files.erase(from);
  return files;
}

TEST(RegistersLint, TheSampleItselfIsSound) { EXPECT_THAT(sample::lines(lint(with_registers())), IsEmpty()); }

TEST(RegistersLint, FilesAreNamedAsWhatTheyHold) {
  EXPECT_THAT(told_of(renamed(site_file, "kinds/plot.yaml")),
              ElementsAre("kinds/plot.yaml:1: the file must bear the name of its id 'site': name it kinds/site.yaml"));
  EXPECT_THAT(told_of(renamed(flow_file, "flows/matter.yaml")),
              ElementsAre("flows/matter.yaml:1: the file must bear the name of its id 'matter@1': name it "
                          "flows/matter@1.yaml"));
  EXPECT_THAT(told(flow_file, "id: matter@1", "id: matter"),
              ElementsAre("flows/matter@1.yaml:1: the id of a flow is name@version, not 'matter'; write matter@1"));
  EXPECT_THAT(told(site_file, "id: site\n", ""), ElementsAre("kinds/site.yaml:1: id is missing; write it (id: site)"));
  EXPECT_THAT(told_of(renamed(site_file, "kind/site.yaml")).front(),
              testing::StartsWith("kind/site.yaml:1: a pack has no file 'kind/site.yaml'"));
}

TEST(RegistersLint, TypesAndKeys) {
  EXPECT_THAT(told(site_file, "type: text", "type: txt"),
              ElementsAre("kinds/site.yaml:4: there is no type 'txt'; did you mean text?"));
  EXPECT_THAT(told(matter_file, "due_on: date", "due_on: dat"),
              ElementsAre("kinds/matter.yaml:9: there is no type 'dat'; did you mean date?"));
  EXPECT_THAT(told(site_file, "max: 80", "maxx: 80"),
              ElementsAre("kinds/site.yaml:4: the key 'maxx' is not known here; write max"));
  EXPECT_THAT(told(site_file, "name: {", "name: {id: 3, "),
              ElementsAre("kinds/site.yaml:4: the key 'id' is not known here; write no"));
  EXPECT_THAT(told(site_file, "personal: true", "personal: false"),
              ElementsAre("kinds/site.yaml:6: field 'owner' names a person: write personal: true"));
  EXPECT_THAT(told(site_file, "  place:", "  name: {type: text}\n  place:"),
              ElementsAre("kinds/site.yaml:5: 'name' stands here twice (first on line 4); keep one"));
}

TEST(RegistersLint, NumbersAreUsedOnce) {
  Files files = registers_changed(site_file, "name: {", "name: {no: 1, ");
  files[site_file].replace(files[site_file].find("owner: {"), 8, "owner: {no: 1, ");
  EXPECT_THAT(told_of(files),
              ElementsAre("kinds/site.yaml:6: field 'owner' has the number 1 of 'name'; numbers are never used again, "
                          "take another"));
}

TEST(RegistersLint, VersionsBeginAtOne) {
  EXPECT_THAT(told(site_file, "version: 1", "version: 0"),
              ElementsAre("kinds/site.yaml:2: version can't be '0'; write a whole number from 1"));
}

TEST(RegistersLint, CyclesOverSeveralKinds) {
  Files files = registers_changed(site_file, "matter.site where state == raised", "matter.plot where weight > 0");
  files[site_file] += "  lead: {type: ref, to: matter, inverse: plots}\n";
  std::string& kind = files[matter_file];
  kind.replace(kind.find("  site: {"), 9, "  plot: {");
  kind.replace(kind.find("  met: {"), 0,
               "  weight: {type: number, decimals: 0, \"=\": count(site.lead where open_matters > 0)}\n");
  EXPECT_THAT(told_of(files),
              ElementsAre("kinds/matter.yaml:11: computed fields go round: matter.weight → site.open_matters → "
                          "matter.weight"));
}

TEST(RegistersLint, FormulasAndGuards) {
  EXPECT_THAT(told(site_file, "sum(crops.yield)", "sum(crops.yield) + owner"),
              ElementsAre("kinds/site.yaml:8: 'owner' is personal; an expression may only ask whether it is there: "
                          "has(owner)"));
  EXPECT_THAT(told(flow_file, "accept: {", "accept: {when: text, "),
              ElementsAre("flows/matter@1.yaml:8: yes or no is wanted here, not a text"));
  EXPECT_THAT(told(matter_file, "where: place in scope", "where: place"),
              ElementsAre("kinds/matter.yaml:16: yes or no is wanted here, not an object (place)"));
}

TEST(RegistersLint, StatesAreReachedLeftAndUnderAClock) {
  EXPECT_THAT(told(flow_file, "  done: final", "  done: final\n  lost: final"),
              ElementsAre("flows/matter@1.yaml:6: no step leads to state 'lost': add one, or take the state away"));
  EXPECT_THAT(told(flow_file, "  done: final", "  done: open"),
              ElementsAre("flows/matter@1.yaml:5: state 'done' is not final and no step leaves it"));
  EXPECT_THAT(
      told(flow_file, "  check: {start: answer, stop: accept", "  check: {start: raised, stop: answer"),
      ElementsAre("flows/matter@1.yaml:4: no clock runs in state 'answered' when it is reached by answer: add a "
                  "clock, or let one go on"));
}

TEST(RegistersLint, Names) {
  const std::string roles = "; roles stand in roles.yaml, without it the standard ones hold (docs/access.md)";
  EXPECT_THAT(told(matter_file, "[town_clerk]", "[town_clark]"),
              ElementsAre("kinds/matter.yaml:2: there is no role 'town_clark'; did you mean town_clerk?" + roles));
  EXPECT_THAT(told(matter_file, "to: units", "to: unit"),
              ElementsAre("kinds/matter.yaml:16: there is no role 'unit'" + roles));
  EXPECT_THAT(told(matter_file, "to: pop", "to: popp"),
              ElementsAre("kinds/matter.yaml:14: there is no indicator 'popp'; did you mean pop?"));
  EXPECT_THAT(told(matter_file, "list: need", "list: needs"),
              ElementsAre("kinds/matter.yaml:7: there is no code list 'needs'; did you mean need?"));
  EXPECT_THAT(told(matter_file, "flow: matter@1", "flow: matter@2"),
              ElementsAre("kinds/matter.yaml:2: there is no flow 'matter@2'; did you mean matter@1?"));
  EXPECT_THAT(told(flow_file, "budget: own.check", "budget: own.chek"),
              ElementsAre("flows/matter@1.yaml:11: the table of limits has no 'own.chek'; did you mean own.check?"));
  EXPECT_THAT(told(flow_file, "by: raiser", "by: raisr"),
              ElementsAre("flows/matter@1.yaml:8: 'raisr' is no role, no field that names somebody, and not raiser, "
                          "clock or rule"));
}

TEST(RegistersLint, Codes) {
  EXPECT_THAT(told(need_file, "land,用地,Land,,\n", "land,用地,Land,,\nmoney,钱,Money,,\n"),
              ElementsAre("codes/need.csv:4: 'money' appears twice (first on line 2); keep one row"));
  EXPECT_THAT(told(need_file, "2022-12-31,land", "2022-12-31,lnad"),
              ElementsAre("codes/need.csv:4: into: 'lnad' is not in codes/need.csv; did you mean land?; correct it, or "
                          "add it there first"));
  EXPECT_THAT(told(need_file, "2022-12-31,land", ",land"),
              ElementsAre("codes/need.csv:4: code 'site' goes into 'land' and has no last day; write until"));
  EXPECT_THAT(told(need_file, "land,用地,Land,,", "land,用地,Land,2022-12-31,site"),
              ElementsAre("codes/need.csv:3: the into of code 'land' leads back to itself; correct it",
                          "codes/need.csv:4: the into of code 'site' leads back to itself; correct it"));
  EXPECT_THAT(told(need_file, "money,资金,Money,,\nland,用地,Land,,\n",
                   "money,资金,Money,2020-12-31,\nland,用地,Land,2021-12-31,\n"),
              ElementsAre("codes/need.csv:1: every code of codes/need.csv ends, the last on 2022-12-31; add one that "
                          "goes on, or take until away"));
}

TEST(RegistersLint, Limits) {
  EXPECT_THAT(told(limits_file, "xf.inform,15,d,2022-05-01,,xf,", "xf.inform,15,d,2022-05-01,,,"),
              ElementsAre("limits.csv:2: limit 'xf.inform' names no law: write law (an id of law.csv), or own = true "
                          "where the office sets it itself"));
  EXPECT_THAT(told(limits_file, ",xf,第二十三条", ",xff,第二十三条"),
              ElementsAre("limits.csv:2: law: 'xff' is not in law.csv; did you mean xf?; correct it, or add it there "
                          "first"));
  EXPECT_THAT(told(limits_file, "15,d", "15,days"),
              ElementsAre("limits.csv:2: unit can't be 'days'; write one of d, wd, h, wh, min"));
  EXPECT_THAT(told(limits_file, "15,d", "0,d"),
              ElementsAre("limits.csv:2: n can't be '0'; write a whole number from 1"));
  EXPECT_THAT(told(limits_file, ",30,1,", ",30,,"), ElementsAre("limits.csv:3: extensions can't be empty; fill it in"));
  EXPECT_THAT(told(limits_file, "own.check,5", "xf.inform,5"),
              ElementsAre("limits.csv:2: limit 'xf.inform' has two rows valid on 2022-05-01"));
  EXPECT_THAT(told(limits_file, "2020-01-01,,", "2023-01-01,2022-12-31,"),
              testing::Contains("limits.csv:4: until 2022-12-31 comes before from 2023-01-01; correct it"));
  EXPECT_THAT(told(limits_file, "2020-01-01,,", "2020-01-01,2021-12-31,"),
              ElementsAre("flows/matter@1.yaml:11: limit 'own.check' has no row valid on 2022-05-01; add it with its "
                          "citation"))
      << "it ended before the newest of them began";
}

TEST(RegistersLint, AllFaultsOfAllFilesInOneRun) {
  Files files = registers_changed(site_file, "type: text", "type: txt");
  files[matter_file].replace(files[matter_file].find("type: ref"), 9, "type: rfe");
  files[need_file] += "land,地,,,\n";
  EXPECT_THAT(told_of(files), testing::SizeIs(3));
}

TEST(RegistersLint, AFlowNobodyUsesIsNoted) {
  Files files = registers_changed(matter_file, ", flow: matter@1", "");
  EXPECT_THAT(
      sample::lines(lint_all(files).notes),
      ElementsAre("flows/matter@1.yaml:1:1: no kind names flow matter@1, it is not checked; name it in a kind, or "
                  "take it out"));
}

}   // namespace
}   // namespace gangmu::pack
