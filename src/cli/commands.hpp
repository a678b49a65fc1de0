// SPDX-License-Identifier: Apache-2.0
// The program's commands in one list, and docs/commands.md from what they declare.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace gangmu::cli {

/// Declares every command and the flags of the program itself on `app`; the chosen command sets `run`.
void add_commands(CLI::App& app, Machine& machine, Run& run);
/// Each command with its flags, what they mean and their defaults, as the commands declare them.
std::string commands_markdown(const CLI::App& app);

}  // namespace gangmu::cli
