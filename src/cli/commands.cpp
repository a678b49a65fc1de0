// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <fmt/format.h>

#include "app/version.hpp"

namespace gangmu::cli {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string option_row(const CLI::Option& option) {
  const bool flag = option.get_expected_max() == 0;
  std::string form = option.get_name(option.get_positional());
  if (!flag && !option.get_positional()) form += " " + option.get_type_name();
  const std::string otherwise = option.get_required() ? "required" : flag ? "off" : option.get_default_str();
  return fmt::format("| `{}` | {} | {} |\n", cell(form), otherwise, cell(option.get_description()));
}

std::string command_section(const CLI::App& command) {
  std::string out = fmt::format("\n## gangmu {}\n\n{}\n\n| flag | default | is |\n|---|---|---|\n", command.get_name(), command.get_description());
  for (const CLI::Option* option : command.get_options())
    if (option != command.get_help_ptr()) out += option_row(*option);
  return out;
}

}  // namespace

void add_commands(CLI::App& app, Machine& machine, Run& run) {
  app.set_version_flag("--version", std::string(app::program_version), "the program's version");
  app.require_subcommand(1);
  for (const auto add : {add_lint, add_init, add_join, add_load, add_export, add_serve, add_score, add_rollup, add_simulate, add_demo, add_doctor,
                         add_audit, add_backup, add_restore, add_account, add_erase}) {
    add(app, machine, run);
  }
}

std::string commands_markdown(const CLI::App& app) {
  std::string out =
      "# Commands\n\nGenerated from what the commands declare (`make bless`); `gangmu COMMAND --help` says the same. Every command ends with 0 when it\n"
      "is done, 1 when there are faults in the input (all of them told), 2 when it was called wrongly.\n";
  for (const CLI::App* command : app.get_subcommands({})) out += command_section(*command);
  return out;
}

}  // namespace gangmu::cli
