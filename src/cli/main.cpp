// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace gangmu::cli;
  Machine machine;
  Run run;
  CLI::App app{"纲目 Gangmu：百县千镇万村高质量发展工程工作平台 / platform for a city's county-town-village programme", "gangmu"};
  add_commands(app, machine, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  }
  return run();
}
