// SPDX-License-Identifier: Apache-2.0
// A private PostgreSQL for tests and benchmarks: a cluster with data checksums in a temporary folder, a socket and no
// TCP, started once a program and thrown away at its end. Where PostgreSQL is not installed, what needs it fails.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "store/database.hpp"

namespace gangmu::store::test {
namespace postgres_fixture {

namespace fs = std::filesystem;

inline fs::path binaries() {
  const fs::path root = "/usr/lib/postgresql";
  fs::path newest;
  if (fs::exists(root))
    for (const auto& version : fs::directory_iterator(root))
      if (fs::exists(version.path() / "bin/initdb")) newest = std::max(newest, version.path() / "bin");
  if (newest.empty())
    throw std::runtime_error("PostgreSQL is not installed: these tests need it (apt install postgresql)");
  return newest;
}

/// PostgreSQL refuses to run as root.
inline std::string as_user(const std::string& command) {
  return geteuid() == 0 ? "runuser -u postgres -- " + command : command;
}

inline void run(const std::string& command, const fs::path& log) {
  const std::string whole = command + " >>" + log.string() + " 2>&1";
  if (std::system(whole.c_str()) != 0) throw std::runtime_error("failed: " + command + ", see " + log.string());
}

class Cluster {
 public:
  Cluster(bool sync, bool checksums) : bin_(binaries()) {
    std::string name = "/tmp/gangmu-pg-XXXXXX";   // short: a socket's path may have 107 bytes
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    root_ = name;
    if (geteuid() == 0) run("chown postgres " + name, root_ / "log");
    const std::string data = name + "/data";
    run(as_user((bin_ / "initdb").string() + " -D " + data + " -U gangmu -A trust -E UTF8 --locale=C --no-sync" +
                (checksums ? " --data-checksums" : "")),
        root_ / "log");
    options_ = "-k " + name + " -c listen_addresses= -c shared_buffers=32MB" + (sync ? "" : " -c fsync=off");
    start();
  }
  ~Cluster() {
    const std::string stop = as_user((bin_ / "pg_ctl").string() + " -D " + root_.string() + "/data -m immediate stop");
    if (std::system((stop + " >/dev/null 2>&1").c_str()) == 0) fs::remove_all(root_);
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  void start() { control("-w -l " + root_.string() + "/data/server.log -o '" + options_ + "' start"); }
  void kill() { control("-m immediate stop"); }   ///< as when its machine fails: no checkpoint, connections broken

  [[nodiscard]] std::string connection() const { return "host=" + root_.string() + " user=gangmu dbname=postgres"; }

 private:
  void control(const std::string& what) {
    run(as_user((bin_ / "pg_ctl").string() + " -D " + root_.string() + "/data " + what), root_ / "log");
  }

  fs::path bin_, root_;
  std::string options_;
};

inline std::unique_ptr<Cluster>& cluster() {
  static std::unique_ptr<Cluster> one;
  return one;
}

inline std::string new_schema(const Cluster& in) {
  static int number = 0;
  const std::string schema = "t" + std::to_string(++number);
  const auto database = open_postgres(in.connection());
  if (!database || !(*database)->exec("CREATE SCHEMA " + schema))
    throw std::runtime_error("the private PostgreSQL does not answer");
  return in.connection() + " options='-c search_path=" + schema + "'";
}

}   // namespace postgres_fixture

/// sync: the cluster flushes to disk as in earnest (for benchmarks). Must come before the first use.
inline void start_postgres(bool sync) {
  auto& one = postgres_fixture::cluster();
  if (!one) one = std::make_unique<postgres_fixture::Cluster>(sync, true);
}

/// Connection string to a new, empty schema of the private cluster. Throws when there is no cluster.
inline std::string fresh_postgres_schema() {
  start_postgres(false);
  return postgres_fixture::new_schema(*postgres_fixture::cluster());
}

/// A cluster without checksums, for the test that it is refused.
inline std::string postgres_without_checksums() {
  static const postgres_fixture::Cluster bare(false, false);
  return postgres_fixture::new_schema(bare);
}

}   // namespace gangmu::store::test
