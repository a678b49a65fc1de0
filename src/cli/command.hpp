// SPDX-License-Identifier: Apache-2.0
// What every command has: the machine it runs on, how it reads and writes folders, how it prints faults and progress.
// Exit codes: 0 done, 1 faults in the input (all listed), 2 usage.
#pragma once

#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "app/service.hpp"
#include "base/parallel.hpp"
#include "pack/pack.hpp"
#include "store/opening.hpp"
#include "store/store.hpp"
#include "store/system.hpp"

namespace gangmu::cli {

inline constexpr int exit_done = 0, exit_faults = 1, exit_usage = 2;

/// The real world, handed to everything below.
struct Machine {
  store::SystemClock clock;
  store::SystemSecrets secrets;
  store::SystemFiles files;
  ThreadExecutor executor{std::max(1u, std::thread::hardware_concurrency())};

  store::Surroundings surroundings();
};

/// A subcommand: declares its flags on `app` and sets what runs when it is chosen.
using Run = std::function<int()>;
void add_lint(CLI::App& app, Machine& machine, Run& run);
void add_init(CLI::App& app, Machine& machine, Run& run);
void add_join(CLI::App& app, Machine& machine, Run& run);
void add_load(CLI::App& app, Machine& machine, Run& run);
void add_export(CLI::App& app, Machine& machine, Run& run);
void add_serve(CLI::App& app, Machine& machine, Run& run);
void add_score(CLI::App& app, Machine& machine, Run& run);
void add_rollup(CLI::App& app, Machine& machine, Run& run);
void add_due(CLI::App& app, Machine& machine, Run& run);
void add_eval(CLI::App& app, Machine& machine, Run& run);
void add_cells(CLI::App& app, Machine& machine, Run& run);
void add_simulate(CLI::App& app, Machine& machine, Run& run);
void add_demo(CLI::App& app, Machine& machine, Run& run);
void add_doctor(CLI::App& app, Machine& machine, Run& run);
void add_account(CLI::App& app, Machine& machine, Run& run);
void add_erase(CLI::App& app, Machine& machine, Run& run);
void add_audit(CLI::App& app, Machine& machine, Run& run);
void add_backup(CLI::App& app, Machine& machine, Run& run);
void add_restore(CLI::App& app, Machine& machine, Run& run);

/// Prints every fault, one line each, in the reader's language (say.hpp), and gives exit_faults.
int report(const Error& error);
/// The same faults with the store's folder before each that names no file: which of several stores it is.
Error of_store(const Error& error, const std::filesystem::path& folder);

/// All regular files below a folder, by relative path, with what the pack uses of ../common. Errors: folder_missing,
/// file_failed, limit_exceeded.
Result<pack::Files> read_folder(const std::filesystem::path& folder);
/// Writes files below a folder, making folders as needed; files already equal are left alone.
Status write_folder(store::Files& files, const std::filesystem::path& folder, const pack::Files& content);
Result<pack::Pack> read_pack_folder(const std::filesystem::path& folder);

/// Where the store of a programme lies under --data, with its keys beside (data.keys/<programme>). A file "server.json"
/// in its folder says {"keys":FOLDER,"postgres":CONNECTION} when it is in PostgreSQL. GANGMU_CIPHER=sm4 in the
/// environment seals persons with SM4 and SM3 from now on. Error: server_file_malformed.
Result<store::Config> store_config(const std::filesystem::path& data, const std::string& programme);
/// Writes that file, so that later commands find the store.
Status note_server(store::Files& files, const store::Config& config);
/// head.key and subjects.keys; the folder is made. Errors: file_missing, file_failed.
Status copy_keys(store::Files& files, const std::filesystem::path& from, const std::filesystem::path& to);
/// Store::open; its errors say which store it is.
Result<std::unique_ptr<store::Store>> open_store(Machine& machine, const std::filesystem::path& data,
                                                 const std::string& programme);
Result<std::unique_ptr<store::Store>> open_store(Machine& machine, const store::Config& config);
/// {"at","fault_zh","fault_en"}: how every note on a proof begins (store/notes.hpp). nullptr: it passed.
Json fault_note(Machine& machine, const Error* fault);
/// Leaves a note beside a store (store/notes.hpp), outside a transaction. That it could not be left is told, and spoils
/// no result.
void keep_note(Machine& machine, const store::Config& config, const store::Beside& store, std::string_view name,
               const Json& note);
/// The same of a proof of the whole store.
void note_check(Machine& machine, const store::Config& config, const store::Beside& store,
                const Result<store::Verification>& found);
/// Programmes that have a store under --data, damaged or not, in order of their names.
std::vector<std::string> stored_programmes(const std::filesystem::path& data);

/// "loaded 120,000 of 865,200 figures, about 4 s left" on standard error, redrawn at most ten times a second.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)), begin_(store::monotonic_milliseconds()) {}
  ~Progress();
  void show(std::size_t done, std::size_t total);

 private:
  std::string what_;
  long long begin_;
  long long last_ = 0;
  bool drawn_ = false;
};

}   // namespace gangmu::cli
