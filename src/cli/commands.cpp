// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <cctype>

#include "app/version.hpp"

namespace gangmu::cli {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string option_row(const std::string& command, const CLI::Option& option) {
  const bool flag = option.get_expected_max() == 0;
  std::string form = option.get_name(option.get_positional());
  if (!flag && !option.get_positional()) form += " " + option.get_type_name();
  const std::string otherwise = option.get_required() ? "required" : flag ? "off" : option.get_default_str();
  return fmt::format("| `{}` | `{}` | {} | {} |\n", cell(form), variable_of(command, option), cell(otherwise),
                     cell(option.get_description()));
}

std::string command_section(const NamedCommand& of) {
  const CLI::App& command = *of.command;
  std::string out = fmt::format("\n## gangmu {}\n\n{}\n", of.name, command.get_description());
  std::string rows;
  for (const CLI::Option* option : command.get_options())
    if (option != command.get_help_ptr()) rows += option_row(of.name, *option);
  return rows.empty() ? out : out + "\n| flag | in the environment | default | is |\n|---|---|---|---|\n" + rows;
}

void take_from_environment(const NamedCommand& of) {
  for (CLI::Option* option : of.command->get_options())
    if (option != of.command->get_help_ptr()) option->envname(variable_of(of.name, *option));
}

}   // namespace

void add_commands(CLI::App& app, Machine& machine, Run& run) {
  app.set_version_flag("--version", std::string(app::program_version), "the program's version");
  app.require_subcommand(1);
  for (const auto add :
       {add_lint, add_init, add_join, add_load, add_export, add_serve, add_score, add_rollup, add_eval, add_due,
        add_cells, add_simulate, add_demo, add_doctor, add_audit, add_backup, add_restore, add_account, add_erase}) {
    add(app, machine, run);
  }
  // Only the chosen command looks at the environment: commands of a group share their options.
  for (const NamedCommand& of : all_commands(app))
    of.command->preparse_callback([of](std::size_t) { take_from_environment(of); });
}

std::vector<NamedCommand> all_commands(CLI::App& app) {
  std::vector<NamedCommand> out;
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    out.push_back({command->get_name(), command});
    for (const NamedCommand& below : all_commands(*command))
      out.push_back({command->get_name() + " " + below.name, below.command});
  }
  return out;
}

std::string variable_of(const std::string& command, const CLI::Option& option) {
  const std::string& flag = option.get_single_name();
  std::string out = flag == "data" ? "GANGMU_DATA" : "GANGMU_" + command + "_" + flag;
  for (char& c : out) c = c == ' ' || c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string commands_markdown(CLI::App& app) {
  std::string out =
      "# Commands\n\nGenerated from what the commands declare (`make bless`); `gangmu COMMAND --help` says the same. "
      "Every command ends with 0 when it\n"
      "is done, 1 when there are faults in the input (all of them told), 2 when it was called wrongly.\n\n"
      "What is not given on the command line is taken from the environment, where an empty variable counts as none; a "
      "switch is `true` or\n"
      "`false`, several values are separated by commas. `--data` is `GANGMU_DATA` for every command. Beside these, "
      "`LANG` chooses the language\n"
      "(English when it begins with `en`, `C` or `POSIX`) and `GANGMU_CIPHER=sm4` seals persons with SM4 and SM3. "
      "Limits: [settings.md](settings.md).\n";
  for (const NamedCommand& command : all_commands(app)) out += command_section(command);
  return out;
}

}   // namespace gangmu::cli
