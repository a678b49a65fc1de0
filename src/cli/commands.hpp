// SPDX-License-Identifier: Apache-2.0
// The program's commands in one list, and docs/commands.md from what they declare.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace gangmu::cli {

/// Declares every command and the flags of the program itself on `app`; the chosen command sets `run` and takes what
/// was not given from the environment.
void add_commands(CLI::App& app, Machine& machine, Run& run);

struct NamedCommand {
  std::string name;   ///< "account create"
  CLI::App* command;
};
/// All that can be called, those below `account` and `audit` included; a group stands before its commands.
std::vector<NamedCommand> all_commands(CLI::App& app);
/// Environment variable of a flag: GANGMU_DATA is --data of every command, any other one is GANGMU_<COMMAND>_<FLAG>.
std::string variable_of(const std::string& command, const CLI::Option& option);

/// Each command with its flags, what they mean and their defaults, as the commands declare them.
std::string commands_markdown(CLI::App& app);

}   // namespace gangmu::cli
