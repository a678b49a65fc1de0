// SPDX-License-Identifier: Apache-2.0
// gangmu score --scheme S.yaml --values V.csv [--places P.csv] [--period P]: an assessment from plain files.
#include "cli/command.hpp"
#include "cli/plain.hpp"
#include "pack/yaml.hpp"
#include "score/plain.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string scheme, values, places, period, out;
  bool json = false;
};

Result<std::vector<score::ValueRow>> value_rows(const std::string& path) {
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(path, {"place", "indicator", "period", "value"}));
  std::vector<score::ValueRow> rows;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    rows.push_back({csv.at(i, "place"), csv.at(i, "indicator"), csv.at(i, "period"), csv.at(i, "value"), csv.position(i)});
  }
  return rows;
}

Result<std::vector<score::PlaceRow>> place_rows(const std::string& path) {
  std::vector<score::PlaceRow> rows;
  if (path.empty()) return rows;
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(path, {"code", "class"}));
  for (std::size_t i = 0; i < csv.size(); ++i) {
    rows.push_back({csv.at(i, "code"), csv.at(i, "class"), csv.at(i, "name"), csv.at(i, "group"), csv.position(i)});
  }
  return rows;
}

Status score(Machine& machine, const Options& options) {
  TRY_ASSIGN(const std::string bytes, machine.files.read(options.scheme));
  TRY_ASSIGN(const pack::Yaml yaml, pack::read_yaml(bytes, options.scheme));
  TRY_ASSIGN(const score::Scheme scheme,
             score::scheme_from_json(yaml.value, {}, [&](std::string_view pointer) { return yaml.at(pointer); }));
  TRY_ASSIGN(const auto values, value_rows(options.values));
  TRY_ASSIGN(const auto places, place_rows(options.places));
  std::optional<Period> period;
  if (!options.period.empty()) {
    TRY_ASSIGN(period, Period::parse(options.period));
  }
  TRY_ASSIGN(auto tables, score::score_plainly(scheme, values, places, period, machine.executor));
  std::vector<OutTable> out;
  for (auto& table : tables) out.push_back({std::move(table.name), std::move(table.header), std::move(table.rows)});
  return write_tables(machine.files, out, "ranks", options.out, options.json);
}

}  // namespace

void add_score(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("score", "用普通文件计算得分 / assess from plain files");
  auto options = std::make_shared<Options>();
  command->add_option("--scheme", options->scheme, "scheme (yaml)")->required();
  command->add_option("--values", options->values, "csv: place,indicator,period,value")->required();
  command->add_option("--places", options->places, "csv: code,class[,name,group]");
  command->add_option("--period", options->period, "period to assess; the latest of the values when absent");
  command->add_option("--out", options->out, "folder for one csv a table; without it the ranks are printed");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = score(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}  // namespace gangmu::cli
