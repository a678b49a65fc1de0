// SPDX-License-Identifier: Apache-2.0
// gangmu rollup --places P.csv --indicators I.csv --values V.csv: what figures add up to at every level, from plain files.
#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/plain.hpp"
#include "fact/rollup.hpp"
#include "pack/layout.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string places, indicators, values, out;
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
  files["programme.yaml"] = "id: rollup\nname_zh: rollup\nname_en: rollup\nsynthetic: " + std::string(synthetic ? "true" : "false") +
                            "\nroot: \"" + root + "\"\nvalid_from: \"1949-10-01\"\nlevels: [province, city, county, town, village]\n"
                            "languages: [zh, en]\nlicence: none\n";
  return pack::read_pack(files);
}

Status rollup(Machine& machine, const Options& options) {
  TRY_ASSIGN(pack::Pack frame, frame_of(machine, options));
  std::vector<fact::Indicator> indicators;
  for (const Definition* definition : frame.of_kind("indicator")) {
    TRY_ASSIGN(fact::Indicator indicator, pack::indicator_of(*definition));
    if (!indicators.empty() && indicators.back().code == indicator.code) indicators.back() = std::move(indicator);
    else indicators.push_back(std::move(indicator));
  }
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(options.values, {"place", "indicator", "period", "value"}));
  std::vector<fact::FactRow> facts;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    facts.push_back({csv.at(i, "place"), csv.at(i, "indicator"), csv.at(i, "period"), csv.at(i, "value"), csv.position(i)});
  }
  TRY_ASSIGN(place::Tree tree, place::Tree::build(std::move(frame.places)));
  TRY_ASSIGN(const auto rows, fact::rollup(std::make_shared<const place::Tree>(std::move(tree)), std::move(indicators), facts, machine.executor));
  OutTable table{"rollup", {"place", "indicator", "period", "value", "reported", "expected"}, {}};
  for (const auto& row : rows) {
    table.rows.push_back({row.place, row.indicator, row.period.text(), row.value, std::to_string(row.reported), std::to_string(row.expected)});
  }
  return write_tables(machine.files, {table}, options.out, options.json);
}

}  // namespace

void add_rollup(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("rollup", "用普通文件汇总 / roll up from plain files");
  auto options = std::make_shared<Options>();
  command->add_option("--places", options->places, "places.csv as in a pack")->required();
  command->add_option("--indicators", options->indicators, "indicators.csv as in a pack")->required();
  command->add_option("--values", options->values, "csv: place,indicator,period,value")->required();
  command->add_option("--out", options->out, "folder for rollup.csv");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = rollup(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}  // namespace gangmu::cli
