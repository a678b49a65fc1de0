// SPDX-License-Identifier: Apache-2.0
#include "app/version.hpp"
#include "cli/command.hpp"

int main(int argc, char** argv) {
  using namespace gangmu::cli;
  Machine machine;
  Run run;
  CLI::App app{"纲目 Gangmu：百县千镇万村高质量发展工程工作平台 / platform for a city's county-town-village programme", "gangmu"};
  app.set_version_flag("--version", std::string(gangmu::app::program_version));
  app.require_subcommand(1);
  for (const auto add : {add_lint, add_init, add_join, add_load, add_export, add_serve, add_score, add_rollup, add_simulate, add_demo, add_doctor,
                         add_audit, add_backup, add_restore}) {
    add(app, machine, run);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  }
  return run();
}
