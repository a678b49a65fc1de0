// SPDX-License-Identifier: Apache-2.0
// gangmu simulate INPUT OUT: the example city as a pack, from its catalogue and schemes and a seed.
#include <fmt/core.h>

#include "cli/command.hpp"
#include "cli/say.hpp"
#include "sim/simulate.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string input = "programmes/example-city", out;
  std::uint64_t seed = 20230616;
  sim::Shape shape;
};

Status simulate(Machine& machine, const Options& options) {
  TRY_ASSIGN(const pack::Files input, read_folder(options.input));
  TRY_ASSIGN(const pack::Pack pack, sim::simulate(input, options.seed, options.shape));
  TRY_ASSIGN(const pack::Files files, pack::write_pack(pack));
  TRY(write_folder(machine.files, options.out, files));
  say("{}：模拟数据，{} 个地区，{} 条数据\n", "{}: simulated; {} places, {} figures\n", options.out, pack.places.size(),
      pack.observations.size());
  return {};
}

}   // namespace

void add_simulate(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("simulate", "生成示例市（模拟数据） / make the example city (simulated data)");
  auto options = std::make_shared<Options>();
  command->add_option("--input", options->input, "catalogue and schemes")->capture_default_str();
  command->add_option("--seed", options->seed, "same seed, same bytes")->capture_default_str();
  command->add_option("--counties", options->shape.counties, "how many counties")->capture_default_str();
  command->add_option("--towns", options->shape.towns, "how many towns, at least one a county")->capture_default_str();
  command->add_option("--villages", options->shape.villages, "how many villages, at least one a town")
      ->capture_default_str();
  command->add_option("--years", options->shape.years, "years of figures from 2016 on")->capture_default_str();
  command->add_option("out", options->out, "folder to write")->required();
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = simulate(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
