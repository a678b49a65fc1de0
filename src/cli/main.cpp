// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "store/errors.hpp"

int main(int argc, char** argv) {
  using namespace gangmu::cli;
  Machine machine;
  Run run;
  CLI::App app{"纲目 Gangmu：百县千镇万村高质量发展工程工作平台 / platform for a city's county-town-village programme",
               "gangmu"};
  add_commands(app, machine, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? exit_done : exit_usage; }
  try {
    return run();
  } catch (const std::filesystem::filesystem_error& error) {   // a folder of someone else's, mostly
    return report(gangmu::Error(
        gangmu::Diagnostic{&gangmu::store::errors::file_failed, {error.path1().string(), error.code().message()}, {}}));
  }
}
