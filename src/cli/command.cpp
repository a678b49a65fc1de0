// SPDX-License-Identifier: Apache-2.0
#include "app/records/kinds.hpp"
#include "cli/command.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "pack/common.hpp"
#include "store/errors.hpp"
#include "store/opening.hpp"

namespace gangmu::cli {

namespace fs = std::filesystem;

store::Surroundings Machine::surroundings() {
  return {clock, secrets, files, executor, pack::indicator_of, app::kinds_of};
}

Language reader_language() {
  const char* lang = std::getenv("LANG");
  const std::string_view language = lang ? lang : "";
  const bool english = language.starts_with("en") || language.starts_with("C") || language.starts_with("POSIX");
  return english ? Language::en : Language::zh;
}

int report(const Error& error) {
  for (const Diagnostic& fault : error.all()) fmt::print(stderr, "{}\n", visible(fault.line(reader_language())));
  return exit_faults;
}

std::string visible(std::string_view given) {
  std::string out;
  for (const char32_t c : text::code_points(given)) {
    const bool steers = (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7f && c < 0xa0) ||
                        (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    out += !steers     ? text::utf8({&c, 1})
           : c < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                       : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
  return out;
}

Error of_store(const Error& error, const fs::path& folder) {
  Diagnostics all = error.all();
  for (Diagnostic& fault : all) {
    if (fault.where.file.empty()) fault.where.file = folder.string();
  }
  return Error(std::move(all));
}

namespace {

constexpr std::size_t folder_bytes = 2ull << 30;

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}   // namespace

namespace {

Result<pack::Files> files_in(const fs::path& folder) {
  if (!fs::is_directory(folder)) return fail(errors::folder_missing, {folder.string()});
  pack::Files out;
  std::size_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename().string().starts_with(".")) continue;
    bytes += entry.file_size();
    if (bytes > folder_bytes) return fail(errors::pack_too_large, {folder.string(), std::to_string(folder_bytes)});
    out[fs::relative(entry.path(), folder).generic_string()] = read_bytes(entry.path());
  }
  return out;
}

}   // namespace

Result<pack::Files> read_folder(const fs::path& folder) {
  TRY_ASSIGN(pack::Files own, files_in(folder));
  return pack::with_common(std::move(own), [&](const std::string& name) {
    return files_in(fs::absolute(folder).lexically_normal() / ".." / "common" / name).value_or(pack::Files{});
  });
}

Status write_folder(store::Files& files, const fs::path& folder, const pack::Files& content) {
  TRY(files.make_folder(folder));
  for (const auto& [name, bytes] : content) {
    const fs::path path = folder / name;
    TRY(files.make_folder(path.parent_path()));
    if (fs::exists(path) && read_bytes(path) == bytes) continue;
    TRY(files.write_durably(path, bytes, 0644));
  }
  return {};
}

Result<pack::Pack> read_pack_folder(const fs::path& folder) {
  TRY_ASSIGN(const pack::Files files, read_folder(folder));
  return pack::read_pack(files);
}

namespace {

constexpr std::string_view server_file_name = "server.json";
fs::path server_file(const store::Config& config) { return config.folder / server_file_name; }

}   // namespace

Result<store::Config> store_config(const fs::path& data, const std::string& programme) {
  store::Config config;
  config.folder = data / programme;
  config.key_folder = fs::path(data.lexically_normal().string() + ".keys") / programme;
  const char* cipher = std::getenv("GANGMU_CIPHER");
  if (cipher && std::string_view(cipher) == "sm4") config.cipher = store::Cipher::sm4_sm3;
  if (!fs::exists(server_file(config))) return config;
  const auto server = Json::parse(read_bytes(server_file(config)));
  const std::string* keys = server ? (*server)["keys"].string() : nullptr;
  const std::string* postgres = server ? (*server)["postgres"].string() : nullptr;
  if (!keys || !postgres) return fail(errors::server_file_malformed, {server_file(config).string()});
  config.key_folder = *keys;
  if (const std::string* files = (*server)["files"].string()) config.file_folder = *files;
  config.engine = store::Engine::postgres;
  config.connection = *postgres;
  return config;
}

Status note_server(store::Files& files, const store::Config& config) {
  if (store::holds_store(config.folder, files))
    return fail(store::errors::store_exists, {config.folder.string()});   // and it stays as it is
  Json server;
  server.set("keys", fs::absolute(config.key_folder).string());
  server.set("postgres", config.connection);
  TRY(files.make_folder(config.folder));
  return files.write_durably(server_file(config), server.canonical() + "\n", 0600);
}

Result<std::unique_ptr<store::Store>> open_store(Machine& machine, const fs::path& data, const std::string& programme) {
  TRY_ASSIGN(const store::Config config, store_config(data, programme));
  return open_store(machine, config);
}

Result<std::unique_ptr<store::Store>> open_store(Machine& machine, const store::Config& config) {
  auto store = store::Store::open(config, machine.surroundings());
  if (!store) return fail(of_store(store.error(), config.folder));
  return store;
}

std::vector<std::string> stored_programmes(const fs::path& data) {
  store::SystemFiles files;
  std::vector<std::string> out;
  if (!fs::is_directory(data)) return out;
  for (const auto& entry : fs::directory_iterator(data)) {
    std::error_code closed;   // to us: lost+found, where the folder is a disk of its own
    const bool store = store::holds_store(entry.path(), files) || fs::exists(entry.path() / server_file_name, closed);
    if (store && entry.is_directory(closed)) out.push_back(entry.path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "\n");
}

void Progress::show(std::size_t done, std::size_t total) {
  const long long now = store::monotonic_milliseconds();
  if (done < total && now - last_ < 100) return;
  last_ = now;
  drawn_ = true;
  const double elapsed = static_cast<double>(now - begin_) / 1000.0;
  const double left = done ? elapsed * (static_cast<double>(total) / static_cast<double>(done) - 1.0) : 0.0;
  const bool zh = reader_language() == Language::zh;
  fmt::print(stderr, "\r{} {} / {}{} {:.0f} {}   ", what_, done, total, zh ? "，约剩" : ", about", left,
             zh ? "秒" : "s left");
  std::fflush(stderr);
}

}   // namespace gangmu::cli
