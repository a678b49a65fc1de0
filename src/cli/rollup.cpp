// SPDX-License-Identifier: Apache-2.0
// gangmu rollup --places P.csv --indicators I.csv --values V.csv: what figures add up to at every level, from plain
// files.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/plain.hpp"
#include "fact/rollup.hpp"
#include "pack/layout.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string places, indicators, values, level, out;
  bool json = false;
};

/// The two files make a small pack: the same reader, the same messages.
Result<pack::Pack> frame_of(Machine& machine, const Options& options) {
  pack::Files files;
  TRY_ASSIGN(files["places.csv"], machine.files.read(options.places));
  TRY_ASSIGN(files["indicators.csv"], machine.files.read(options.indicators));
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(options.places, {"code", "parent"}));
  std::string root;
  for (std::size_t i = 0; i < csv.size() && root.empty(); ++i) {
    if (csv.at(i, "parent").empty()) root = csv.at(i, "code");
  }
  const bool synthetic = root.starts_with("99");
  files["sources.csv"] = "id,name_zh,grade,precedence\nfile,file,A,10\n";
  files["programme.yaml"] =
      "id: rollup\nname_zh: rollup\nname_en: rollup\nsynthetic: " + std::string(synthetic ? "true" : "false") +
      "\nroot: \"" + root +
      "\"\nvalid_from: \"1949-10-01\"\nlevels: [province, city, county, town, village]\n"
      "languages: [zh, en]\nlicence: none\n";
  return pack::read_pack(files);
}

/// The rows, without those that a later revision of the same figure and source replaces, as observations.csv of a pack
/// has them.
std::vector<fact::FactRow> last_revisions(const CsvRows& csv) {
  const auto key_of = [&](std::size_t i) {
    return std::tuple(csv.at(i, "place"), csv.at(i, "indicator"), csv.at(i, "period"), csv.at(i, "source"));
  };
  const auto revision_of = [&](std::size_t i) { return std::max(1, std::atoi(csv.at(i, "revision").c_str())); };
  std::map<decltype(key_of(0)), int> last;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    int& known = last[key_of(i)];
    known = std::max(known, revision_of(i));
  }
  std::vector<fact::FactRow> out;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (revision_of(i) < last[key_of(i)]) continue;
    out.push_back(
        {csv.at(i, "place"), csv.at(i, "indicator"), csv.at(i, "period"), csv.at(i, "value"), csv.position(i)});
  }
  return out;
}

Status rollup(Machine& machine, const Options& options) {
  TRY_ASSIGN(pack::Pack frame, frame_of(machine, options));
  std::vector<fact::IndicatorVersions> indicators;
  for (const Definition* definition : frame.of_kind("indicator")) {
    TRY_ASSIGN(fact::Indicator indicator, pack::indicator_of(*definition));
    if (indicators.empty() || indicators.back().back().indicator.code != indicator.code) indicators.emplace_back();
    fact::publish(indicators.back(), {definition->valid_from, std::move(indicator)});
  }
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(options.values, {"place", "indicator", "period", "value"}));
  const std::vector<fact::FactRow> facts = last_revisions(csv);
  TRY_ASSIGN(const auto frames, frame.frames());
  TRY_ASSIGN(const auto rows, fact::rollup(frames, std::move(indicators), facts, machine.executor));
  const auto level = place::level_of(options.level);
  OutTable table{"rollup", {"place", "indicator", "period", "value", "reported", "expected"}, {}};
  for (const auto& row : rows) {
    if (level && row.level != *level) continue;
    table.rows.push_back({row.place, row.indicator, row.period.text(), row.value, std::to_string(row.reported),
                          std::to_string(row.expected)});
  }
  return write_tables(machine.files, {table}, "rollup", options.out, options.json);
}

}   // namespace

void add_rollup(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("rollup", "用普通文件汇总 / roll up from plain files");
  auto options = std::make_shared<Options>();
  command->add_option("--places", options->places, "places.csv as in a pack")->required();
  command->add_option("--indicators", options->indicators, "indicators.csv as in a pack")->required();
  command->add_option("--values", options->values, "csv: place,indicator,period,value[,source,revision]")->required();
  command->add_option("--level", options->level, "only the rows of this level")
      ->check(CLI::IsMember({"province", "city", "county", "town", "village"}));
  command->add_option("--out", options->out, "folder for rollup.csv");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = rollup(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
