// SPDX-License-Identifier: Apache-2.0
// Where a store lives and the limits it keeps. Every limit is named in the refusal that it causes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "store/cipher.hpp"
#include "store/database.hpp"

namespace gangmu::store {

struct Limits {
  std::size_t queue_commands = 4096;           ///< writes waiting; the next one is refused (writer_busy)
  std::size_t group_commands = 256;            ///< writes in one transaction
  std::size_t entry_bytes = 256 * 1024;        ///< rows of one entry; more go to a batch file the entry names
  std::size_t command_rows = 5'000'000;        ///< rows one command may touch
  std::size_t command_bytes = 1024ull << 20;   ///< canonical bytes of those rows
  std::size_t answer_bytes = 64 * 1024;        ///< canonical answer, kept beside its request key
  std::size_t value_bytes = 48ull << 20;       ///< one text or bytes value: a 32 MiB workbook, sealed and in base64
  std::size_t key_text_bytes = 256;            ///< actor, act, request key
  std::size_t incremental_rows = 20'000;   ///< a group that touches more rebuilds its part of the View from the tables
  int read_connections = 2;                ///< connections for reads
  int read_milliseconds = 1000;            ///< no read transaction outlives this
  int checkpoint_pages = 4000;             ///< SQLite: pages in the WAL before they move to the main file
  int request_key_days = 400;              ///< offline drafts come back within this time
  int file_days = 7;                       ///< an uploaded file no record names goes after this time
  int file_scrub_days = 30;                ///< every file records name is read and proved anew this often
  int look_milliseconds = 500;   ///< PostgreSQL: how often a writer without work makes sure that it still is the writer
  int follow_milliseconds = 50;   ///< PostgreSQL: how often a server that does not write looks for entries
};

struct Config {
  std::filesystem::path folder;   ///< database, HEAD, LOCK, batches/; one a server, also on PostgreSQL
  std::filesystem::path
      file_folder;                    ///< files records name; empty: `files` in `folder`. Servers of one store share it
  std::filesystem::path key_folder;   ///< head.key and subjects.keys, outside `folder`; servers of one store share it
  Engine engine = Engine::sqlite;     ///< sqlite or postgres
  std::string connection;             ///< PostgreSQL: libpq connection string; search_path may name a schema
  bool require_checksums = true;      ///< PostgreSQL: refuse a cluster without data checksums
  Cipher cipher = Cipher::aes_256_gcm;   ///< personal data are sealed with; what another sealed is opened still
  bool own_thread = true;                ///< false: writes run on the caller's thread (command line, simulator)
  bool follow = false;   ///< PostgreSQL: while another server writes, read along; take over when it is gone
  std::string address;   ///< "host:port" or "https://host:port" where this one takes writes from servers that follow;
                         ///< "" takes none
  Limits limits;         ///< as above
};

inline std::filesystem::path files_of(const Config& config) {
  return config.file_folder.empty() ? config.folder / "files" : config.file_folder;
}

}   // namespace gangmu::store
