// SPDX-License-Identifier: Apache-2.0
// gangmu score --scheme S.yaml --values V.csv [--places P.csv] [--period P]: an assessment from plain files; with
// --uncertainty N,
// --sensitivity N [--seed S] [--vary V.yaml] its stress test.
#include "cli/command.hpp"
#include "cli/plain.hpp"
#include "pack/yaml.hpp"
#include "score/plain.hpp"
#include "score/variation_json.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string scheme, values, places, indicators, period, out, vary;
  std::size_t uncertainty = 0, sensitivity = 0, lift = 0;
  std::uint64_t seed = 1;
  bool json = false;
};

/// Of other files of figures: observations.csv of a pack, and what rollup writes.
const std::vector<std::string> columns_beside = {"date",     "evidence", "unit", "source",   "status",  "grade",
                                                 "revision", "version",  "note", "reported", "expected"};

Result<std::vector<score::ValueRow>> value_rows(const std::string& path) {
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(path, {"place", "indicator", "period", "value"}, columns_beside));
  std::vector<score::ValueRow> rows;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    rows.push_back({csv.at(i, "place"), csv.at(i, "indicator"), csv.at(i, "period"), csv.at(i, "value"),
                    csv.position(i), csv.at(i, "date"), csv.at(i, "evidence")});
  }
  return rows;
}

Result<std::vector<score::PlaceRow>> place_rows(const std::string& path) {
  std::vector<score::PlaceRow> rows;
  if (path.empty()) return rows;
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(path, {"code", "class"}, {"name", "group"}));
  for (std::size_t i = 0; i < csv.size(); ++i) {
    rows.push_back({csv.at(i, "code"), csv.at(i, "class"), csv.at(i, "name"), csv.at(i, "group"), csv.position(i)});
  }
  return rows;
}

/// Codes of a catalogue.
Result<std::vector<std::string>> codes_of(const std::string& path) {
  std::vector<std::string> codes;
  if (path.empty()) return codes;
  TRY_ASSIGN(const CsvRows csv, CsvRows::read(path, {"code"}));
  for (std::size_t i = 0; i < csv.size(); ++i) codes.push_back(csv.at(i, "code"));
  return codes;
}

Result<score::StressRequest> stress_request(Machine& machine, const Options& options) {
  score::StressRequest out;
  out.uncertainty = options.uncertainty;
  out.sensitivity = options.sensitivity;
  out.seed = options.seed;
  out.lift = options.lift;
  if (options.vary.empty()) return out;
  TRY_ASSIGN(const std::string bytes, machine.files.read(options.vary));
  TRY_ASSIGN(const pack::Yaml yaml, pack::read_yaml(bytes, options.vary));
  TRY_ASSIGN(out.variation,
             score::variation_from_json(yaml.value, [&](std::string_view pointer) { return yaml.at(pointer); }));
  return out;
}

Status score(Machine& machine, const Options& options) {
  TRY_ASSIGN(const std::string bytes, machine.files.read(options.scheme));
  TRY_ASSIGN(const pack::Yaml yaml, pack::read_yaml(bytes, options.scheme));
  TRY_ASSIGN(const score::Scheme scheme,
             score::scheme_from_json(yaml.value, {}, [&](std::string_view pointer) { return yaml.at(pointer); }));
  TRY_ASSIGN(const auto values, value_rows(options.values));
  TRY_ASSIGN(const auto places, place_rows(options.places));
  std::optional<Period> period;
  if (!options.period.empty()) { TRY_ASSIGN(period, Period::parse(options.period)); }
  TRY_ASSIGN(const auto stress, stress_request(machine, options));
  TRY_ASSIGN(const auto beside, codes_of(options.indicators));
  TRY_ASSIGN(auto tables, score::score_plainly(scheme, values, places, period, machine.executor, stress, beside));
  std::vector<OutTable> out;
  for (auto& table : tables) out.push_back({std::move(table.name), std::move(table.header), std::move(table.rows)});
  return write_tables(machine.files, out, "ranks", options.out, options.json);
}

}   // namespace

void add_score(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("score", "用普通文件计算得分 / assess from plain files");
  auto options = std::make_shared<Options>();
  command->add_option("--scheme", options->scheme, "scheme (yaml)")->required();
  command->add_option("--values", options->values, "csv: place,indicator,period,value")->required();
  command->add_option("--places", options->places, "csv: code,class[,name,group]");
  command->add_option("--indicators", options->indicators,
                      "csv: code; indicators that may stand in the values though the scheme doesn't read them");
  command->add_option("--period", options->period, "period to assess; the latest of the values when absent");
  command->add_option("--uncertainty", options->uncertainty, "runs of the stress test: rank intervals, bands, duels");
  command->add_option("--sensitivity", options->sensitivity,
                      "base runs of the Sobol' indices, best a power of two; factors + 2 times as many are made");
  command->add_option("--lift", options->lift, "what would lift each place by so many ranks, least effort first");
  command->add_option("--seed", options->seed, "of the random numbers; the same seed gives the same bytes");
  command->add_option("--vary", options->vary, "yaml: what is varied; the usual set when absent");
  command->add_option("--out", options->out, "folder for one csv a table; without it the ranks are printed");
  command->add_flag("--json", options->json, "print JSON");
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = score(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
